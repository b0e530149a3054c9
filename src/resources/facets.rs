//! How the things of a list are spread over kinds, categories and areas.

use super::kinds::ResourceKind;
use super::store::{self, Listing};
use crate::care::CareServiceType;
use crate::context::RequestContext;
use crate::districts::store::{DistrictKey, MunicipalityKey};
use crate::districts::{District, Municipality, Prefecture};
use crate::error::Result;
use crate::medical;
use async_graphql::{Context, Object, SimpleObject};
use entity::resource::Column;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Counts of a list; each is one statement, run only when asked for.
pub struct Facets {
    listing: Arc<Listing>,
}

impl Facets {
    /// Of a list.
    pub fn new(listing: Arc<Listing>) -> Self {
        Self { listing }
    }
}

/// How many there are of a kind.
#[derive(SimpleObject)]
pub struct KindCount {
    /// Kind of resource.
    pub kind: ResourceKind,
    /// How many.
    pub count: i64,
}

/// How many there are of a category.
#[derive(SimpleObject)]
pub struct CategoryCount {
    /// Code of the care service type, or name of the institution type (`CLINIC`).
    pub code: String,
    /// What people call it, `デイサービス`, `診療所`.
    pub label: String,
    /// How many. A facility with several services counts once for each.
    pub count: i64,
}

/// How many there are in a prefecture.
#[derive(SimpleObject)]
pub struct PrefectureCount {
    /// Prefecture.
    pub prefecture: Prefecture,
    /// How many.
    pub count: i64,
}

/// How many there are in a municipality.
#[derive(SimpleObject)]
pub struct MunicipalityCount {
    /// Municipality.
    pub municipality: Municipality,
    /// How many.
    pub count: i64,
}

/// How many there are in a district.
#[derive(SimpleObject)]
pub struct DistrictCount {
    /// District.
    pub district: District,
    /// How many.
    pub count: i64,
}

/// How the things of a list are spread (内訳). Groups without any are left out.
#[Object(name = "ResourceFacets")]
impl Facets {
    /// By kind.
    async fn kinds(&self, ctx: &Context<'_>) -> Result<Vec<KindCount>> {
        let context = RequestContext::of(ctx);
        let rows = store::count_by(context.db(), &context.viewer, &self.listing, Column::Kind).await?;
        let mut counts = Vec::new();
        for row in rows {
            let kind: entity::enums::ResourceKind = row.try_get_by_index(0)?;
            counts.push((kind, KindCount { kind: kind.into(), count: row.try_get_by_index(1)? }));
        }
        counts.sort_by_key(|(kind, _)| *kind);
        Ok(counts.into_iter().map(|(_, count)| count).collect())
    }

    /// By care service type and medical institution type, by code.
    async fn categories(&self, ctx: &Context<'_>) -> Result<Vec<CategoryCount>> {
        let context = RequestContext::of(ctx);
        let rows = store::count_by(context.db(), &context.viewer, &self.listing, Column::Categories).await?;
        let mut counts: BTreeMap<String, i64> = BTreeMap::new();
        for row in rows {
            let (categories, count): (String, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            for code in categories.split(',').filter(|code| !code.is_empty()) {
                *counts.entry(code.to_owned()).or_default() += count;
            }
        }
        let label = |code: &str| match CareServiceType::of_code(code) {
            Some(service) => service.0.short_name.to_owned(),
            None => medical::label(code).unwrap_or(code).to_owned(),
        };
        Ok(counts
            .into_iter()
            .map(|(code, count)| CategoryCount { label: label(&code), code, count })
            .collect())
    }

    /// By prefecture, by code.
    async fn prefectures(&self, ctx: &Context<'_>) -> Result<Vec<PrefectureCount>> {
        let context = RequestContext::of(ctx);
        let rows =
            store::count_by(context.db(), &context.viewer, &self.listing, Column::PrefectureCode).await?;
        let mut counts = Vec::new();
        for row in rows {
            let code: Option<String> = row.try_get_by_index(0)?;
            if let Some(prefecture) = code.as_deref().and_then(Prefecture::of_code) {
                counts.push(PrefectureCount { prefecture, count: row.try_get_by_index(1)? });
            }
        }
        counts.sort_by_key(|count| count.prefecture.code);
        Ok(counts)
    }

    /// By municipality, by code.
    async fn municipalities(&self, ctx: &Context<'_>) -> Result<Vec<MunicipalityCount>> {
        let context = RequestContext::of(ctx);
        let groups = self.by_id(ctx, Column::MunicipalityId).await?;
        let mut known = context.load_many(groups.iter().map(|(id, _)| MunicipalityKey(*id))).await?;
        let with_name = |(id, count)| {
            Some(MunicipalityCount { municipality: known.remove(&MunicipalityKey(id))?, count })
        };
        let mut counts: Vec<_> = groups.into_iter().filter_map(with_name).collect();
        counts.sort_by(|a, b| a.municipality.0.code.cmp(&b.municipality.0.code));
        Ok(counts)
    }

    /// By the district it stands in, by code.
    async fn home_districts(&self, ctx: &Context<'_>) -> Result<Vec<DistrictCount>> {
        let context = RequestContext::of(ctx);
        let groups = self.by_id(ctx, Column::HomeDistrictId).await?;
        let mut known = context.load_many(groups.iter().map(|(id, _)| DistrictKey(*id))).await?;
        let with_name =
            |(id, count)| Some(DistrictCount { district: known.remove(&DistrictKey(id))?, count });
        let mut counts: Vec<_> = groups.into_iter().filter_map(with_name).collect();
        counts.sort_by_key(|count| (count.district.0.municipality_id, count.district.0.code.clone()));
        Ok(counts)
    }
}

impl Facets {
    async fn by_id(&self, ctx: &Context<'_>, column: Column) -> Result<Vec<(i64, i64)>> {
        let context = RequestContext::of(ctx);
        let rows = store::count_by(context.db(), &context.viewer, &self.listing, column).await?;
        let mut counts = Vec::new();
        for row in rows {
            if let Some(id) = row.try_get_by_index::<Option<i64>>(0)? {
                counts.push((id, row.try_get_by_index(1)?));
            }
        }
        Ok(counts)
    }
}
