//! Root fields about coordinators.

use super::SupportCoordinator;
use super::store::{self, CoordinatorCriteria};
use super::terms::CoordinatorTier;
use crate::context::RequestContext;
use crate::error::{OrNull, Result};
use crate::picture::DistrictCode;
use crate::resources::areas::{self, NamedArea, known_areas};
use async_graphql::{Context, Object};

/// Queries about coordinators.
#[derive(Default)]
pub struct CoordinatorQueries;

#[Object]
impl CoordinatorQueries {
    /// Coordinators of everyday support (生活支援コーディネーター), by municipality and layer.
    async fn support_coordinators(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Official code of six digits, or five without the check digit.")] municipality_code: Option<String>,
        #[graphql(
            desc = "Responsible for this district: its code `D01`, or `062031:D01` with the municipality. The first layer is responsible for all districts of its municipality."
        )]
        district: Option<String>,
        #[graphql(desc = "First or second layer (層).")] tier: Option<CoordinatorTier>,
    ) -> Option<Vec<SupportCoordinator>> {
        list(ctx, municipality_code, district, tier).await.or_null(ctx)
    }
}

async fn list(
    ctx: &Context<'_>,
    municipality_code: Option<String>,
    district: Option<String>,
    tier: Option<CoordinatorTier>,
) -> Result<Vec<SupportCoordinator>> {
    let checked = |code: &str| areas::municipality_code("municipalityCode", code);
    let municipality_code = municipality_code.as_deref().map(checked).transpose()?;
    let context = RequestContext::of(ctx);
    let in_municipality =
        municipality_code.iter().map(|code| ("municipalityCode", NamedArea::Municipality(code.clone())));
    let in_district = district.iter().map(|code| ("district", NamedArea::District(code.clone())));
    let named: Vec<_> = in_municipality.chain(in_district).collect();
    let view = context.view().await?;
    known_areas(&view, context.viewer.today(), &named)?;
    let called = |code: String| view.areas().districts_called(&DistrictCode::parse(&code));
    let districts = district.map(|code| called(code).into_iter().map(|district| district.id).collect());
    let wanted = CoordinatorCriteria { municipality_code, districts, tier };
    store::list(context.db(), wanted).await
}
