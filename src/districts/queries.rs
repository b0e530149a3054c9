//! Root fields about areas.

use super::lookup::{self, DistrictAnswer, DistrictLookup};
use super::{District, Municipality, store};
use crate::context::RequestContext;
use crate::error::{OrNull, Result};
use crate::resources::areas::{self, NamedArea, known_areas};
use crate::resources::filter::unknown_prefecture;
use crate::scalars::Date;
use async_graphql::{Context, Object};
use japan::codes;

/// Queries about areas.
#[derive(Default)]
pub struct DistrictQueries;

#[Object]
impl DistrictQueries {
    /// Municipalities (市区町村) in which the directory knows something, by code.
    async fn municipalities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Two digits, `06`; without it, all of Japan.")] prefecture_code: Option<String>,
    ) -> Option<Vec<Municipality>> {
        municipalities(ctx, prefecture_code.as_deref()).await.or_null(ctx)
    }

    /// Daily-life districts (日常生活圏域) valid on a day, by municipality and code.
    async fn districts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Official code of six digits, or five without the check digit.")] municipality_code: Option<String>,
        #[graphql(desc = "The day; without it, today in Japan.")] as_of: Option<Date>,
    ) -> Option<Vec<District>> {
        districts(ctx, municipality_code.as_deref(), as_of).await.or_null(ctx)
    }

    /// Which district is responsible (圏域の判定), by the list of 町字 that the city keeps: never by the nearest
    /// office or a line on the map. An unclear answer names its candidates and the reason.
    async fn district_of(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Exactly one of address, position and townCode.")] by: DistrictLookup,
        #[graphql(desc = "The day; without it, today in Japan.")] as_of: Option<Date>,
    ) -> Option<DistrictAnswer> {
        let context = RequestContext::of(ctx);
        let day = as_of.map_or(context.viewer.today(), |day| day.0);
        lookup::resolve(context, by, day).await.or_null(ctx)
    }
}

async fn municipalities(ctx: &Context<'_>, prefecture_code: Option<&str>) -> Result<Vec<Municipality>> {
    if let Some(code) = prefecture_code.filter(|code| codes::prefecture(code).is_none()) {
        return Err(unknown_prefecture("prefectureCode", code));
    }
    let context = RequestContext::of(ctx);
    Ok(store::municipalities(&*context.view().await?, prefecture_code))
}

async fn districts(
    ctx: &Context<'_>,
    municipality_code: Option<&str>,
    as_of: Option<Date>,
) -> Result<Vec<District>> {
    let code =
        municipality_code.map(|code| areas::municipality_code("municipalityCode", code)).transpose()?;
    let context = RequestContext::of(ctx);
    let named = code.iter().map(|code| ("municipalityCode", NamedArea::Municipality(code.clone())));
    let view = context.view().await?;
    known_areas(&view, context.viewer.today(), &named.collect::<Vec<_>>())?;
    let day = as_of.map_or(context.viewer.today(), |day| day.0);
    Ok(store::districts(view.areas(), code.as_deref(), day))
}
