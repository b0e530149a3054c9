//! Facets: counts of a list by kind, category and area.

use super::kinds::ResourceKind;
use super::spread;
use super::store::Listing;
use crate::care::CareServiceType;
use crate::context::RequestContext;
use crate::districts::store::{DistrictKey, MunicipalityKey};
use crate::districts::{District, Municipality, Prefecture};
use crate::error::Result;
use crate::local_kinds;
use crate::medical::InstitutionType;
use crate::terms::{Labelled, Term};
use async_graphql::{Context, Object, SimpleObject};
use entity::resource::Column;
use sea_orm::{ActiveEnum, TryGetable};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Counts of a list; each is one statement, run only when asked for.
pub struct Facets {
    listing: Arc<Listing>,
}

impl Facets {
    /// The counts of a list.
    pub fn new(listing: Arc<Listing>) -> Self {
        Self { listing }
    }
}

/// The kind whose resources have a category, and its Japanese label.
pub fn category(code: &str) -> Option<(entity::enums::ResourceKind, &'static str)> {
    use entity::enums::ResourceKind::{CareFacility, MedicalFacility};
    let care = CareServiceType::of_code(code).map(|service| (CareFacility, service.0.short_name));
    let medical = || InstitutionType::of_code(code).map(|institution| (MedicalFacility, institution.label()));
    care.or_else(medical).or_else(|| local_kinds::category(code))
}

/// How many there are of a kind.
#[derive(Clone, Debug, SimpleObject)]
pub struct KindCount {
    /// Kind of resource (種別).
    pub kind: Term<ResourceKind>,
    /// How many (件数).
    pub count: i64,
}

/// How many there are of a category.
#[derive(SimpleObject)]
pub struct CategoryCount {
    /// Which kind of resource has it: labels such as 配食 occur in several.
    pub kind: Term<ResourceKind>,
    /// What `ResourceFilter.categories` takes (分類コード): the code of a care service type (`150`), the name of a type of institution
    /// (`CLINIC`), or the set and word of a local kind (`gathering:SALON`, `aid:SHOPPING`, `private:MEALS`, `topic:SUPPORT_CENTER`).
    pub code: String,
    /// What people call it, `デイサービス`, `診療所`.
    pub label: String,
    /// How many (件数). A facility with several services counts once for each.
    pub count: i64,
}

/// How many there are in a prefecture.
#[derive(SimpleObject)]
pub struct PrefectureCount {
    /// Prefecture (都道府県).
    pub prefecture: Prefecture,
    /// How many (件数).
    pub count: i64,
}

/// How many there are in a municipality.
#[derive(SimpleObject)]
pub struct MunicipalityCount {
    /// Municipality (市区町村).
    pub municipality: Municipality,
    /// How many (件数).
    pub count: i64,
}

/// How many there are in a district.
#[derive(SimpleObject)]
pub struct DistrictCount {
    /// District (圏域).
    pub district: District,
    /// How many (件数).
    pub count: i64,
}

/// How the things of a list are spread (内訳). Groups without any are left out.
#[Object(name = "ResourceFacets")]
impl Facets {
    /// By kind (種別ごと).
    async fn kinds(&self, ctx: &Context<'_>) -> Result<Vec<KindCount>> {
        let counts: BTreeMap<i16, i64> = self.over(ctx, Column::Kind).await?;
        let mut kinds = Vec::new();
        for (kind, count) in counts {
            let kind = entity::enums::ResourceKind::try_from_value(&kind)?;
            kinds.push(KindCount { kind: Term(kind.into()), count });
        }
        Ok(kinds)
    }

    /// By what it is, by code (分類ごと): care service type, medical institution type, kind of gathering, kind of help.
    async fn categories(&self, ctx: &Context<'_>) -> Result<Vec<CategoryCount>> {
        let sets: BTreeMap<String, i64> = self.over(ctx, Column::Categories).await?;
        let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
        for (set, count) in &sets {
            for code in set.split(',').filter(|code| !code.is_empty()) {
                *counts.entry(code).or_default() += count;
            }
        }
        let named = |(code, count): (&str, i64)| {
            let (kind, label) = category(code)?;
            let kind = Term(kind.into());
            Some(CategoryCount { kind, label: label.to_owned(), code: code.to_owned(), count })
        };
        Ok(counts.into_iter().filter_map(named).collect())
    }

    /// By prefecture, by code (都道府県ごと).
    async fn prefectures(&self, ctx: &Context<'_>) -> Result<Vec<PrefectureCount>> {
        let counts: BTreeMap<String, i64> = self.over(ctx, Column::PrefectureCode).await?;
        let with_name = |(code, count): (String, i64)| {
            Some(PrefectureCount { prefecture: Prefecture::of_code(&code)?, count })
        };
        Ok(counts.into_iter().filter_map(with_name).collect())
    }

    /// By municipality, by code (市区町村ごと).
    async fn municipalities(&self, ctx: &Context<'_>) -> Result<Vec<MunicipalityCount>> {
        let groups: BTreeMap<i64, i64> = self.over(ctx, Column::MunicipalityId).await?;
        let keys = groups.keys().map(|id| MunicipalityKey(*id));
        let mut known = RequestContext::of(ctx).load_many(keys).await?;
        let with_name = |(id, count)| {
            Some(MunicipalityCount { municipality: known.remove(&MunicipalityKey(id))?, count })
        };
        let mut counts: Vec<_> = groups.into_iter().filter_map(with_name).collect();
        counts.sort_by(|a, b| a.municipality.0.code.cmp(&b.municipality.0.code));
        Ok(counts)
    }

    /// By the district it stands in (所在地の圏域), by code.
    async fn home_districts(&self, ctx: &Context<'_>) -> Result<Vec<DistrictCount>> {
        districts(ctx, self.over(ctx, Column::HomeDistrictId).await?).await
    }

    /// By the district it can be used from (利用できる地区), by code. A resource of several districts counts
    /// in each; what can be used from everywhere counts in none.
    async fn service_districts(&self, ctx: &Context<'_>) -> Result<Vec<DistrictCount>> {
        let context = RequestContext::of(ctx);
        let groups = spread::over_service_districts(context.db(), &context.viewer, &self.listing).await?;
        districts(ctx, groups).await
    }
}

async fn districts(ctx: &Context<'_>, groups: BTreeMap<i64, i64>) -> Result<Vec<DistrictCount>> {
    let mut known = RequestContext::of(ctx).load_many(groups.keys().map(|id| DistrictKey(*id))).await?;
    let with_name = |(id, count)| Some(DistrictCount { district: known.remove(&DistrictKey(id))?, count });
    let mut counts: Vec<_> = groups.into_iter().filter_map(with_name).collect();
    counts.sort_by_key(|count| (count.district.0.municipality_id, count.district.0.code.clone()));
    Ok(counts)
}

impl Facets {
    async fn over<T: TryGetable + Ord>(&self, ctx: &Context<'_>, column: Column) -> Result<BTreeMap<T, i64>> {
        let context = RequestContext::of(ctx);
        spread::over(context.db(), &context.viewer, &self.listing, column).await
    }
}
