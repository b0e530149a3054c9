//! Root fields about areas.

use super::lookup::{self, DistrictAnswer, DistrictLookup};
use super::{District, Municipality, store};
use crate::context::RequestContext;
use crate::error::{Error, Result};
use crate::scalars::Date;
use async_graphql::{Context, Object};
use japan::codes;
use japan::values::MunicipalityCode;

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
    ) -> Result<Vec<Municipality>> {
        if let Some(code) = prefecture_code.as_deref().filter(|code| codes::prefecture(code).is_none()) {
            return Err(Error::invalid(
                "prefectureCode",
                format!("「{code}」 is not a prefecture code of two digits, 01 to 47."),
            ));
        }
        let context = RequestContext::of(ctx);
        store::municipalities(context.db(), &context.viewer, prefecture_code.as_deref()).await
    }

    /// Daily-life districts (日常生活圏域) valid on a day, by municipality and code.
    async fn districts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Official code of six digits, or five without the check digit.")] municipality_code: Option<String>,
        #[graphql(desc = "The day; without it, today in Japan.")] as_of: Option<Date>,
    ) -> Result<Vec<District>> {
        let code = municipality_code.as_deref().map(MunicipalityCode::parse).transpose();
        let code = code.map_err(|error| Error::invalid("municipalityCode", error.to_string()))?;
        let context = RequestContext::of(ctx);
        let day = as_of.map_or(context.viewer.today(), |day| day.0);
        store::districts(context.db(), code.as_ref().map(MunicipalityCode::as_str), day).await
    }

    /// Which district is responsible (圏域の判定), by the list of 町字 that the city keeps: never by the nearest
    /// office or a line on the map. An unclear answer names its candidates and the reason.
    async fn district_of(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Exactly one of address, position and townCode.")] by: DistrictLookup,
        #[graphql(desc = "The day; without it, today in Japan.")] as_of: Option<Date>,
    ) -> Result<DistrictAnswer> {
        let context = RequestContext::of(ctx);
        let day = as_of.map_or(context.viewer.today(), |day| day.0);
        lookup::resolve(context, by, day).await
    }
}
