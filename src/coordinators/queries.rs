//! Root fields about coordinators.

use super::SupportCoordinator;
use super::store::{self, CoordinatorCriteria};
use super::terms::CoordinatorTier;
use crate::context::RequestContext;
use crate::error::{OrNull, Result};
use crate::resources::districts::{districts, known_districts};
use crate::resources::filter::known_municipality;
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
    let known = |code: &str| known_municipality("municipalityCode", code);
    let code = municipality_code.as_deref().map(known).transpose()?;
    let context = RequestContext::of(ctx);
    let named: Vec<_> = district.iter().map(|code| ("district", code.clone())).collect();
    known_districts(context.db(), &named).await?;
    let wanted = CoordinatorCriteria {
        municipality_code: code.map(|code| code.as_str().to_owned()),
        districts: district.map(|code| districts(&[code])),
        tier,
    };
    store::list(context.db(), wanted).await
}
