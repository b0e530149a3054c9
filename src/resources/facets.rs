//! Facets: counts of a list by kind, category and area.

use super::connection::Found;
use super::kinds::ResourceKind;
use crate::care::CareServiceType;
use crate::districts::{District, Municipality, Prefecture};
use crate::local_kinds;
use crate::medical::InstitutionType;
use crate::terms::{Labelled, Term};
use async_graphql::{Object, SimpleObject};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Counts of a list, made only when asked for.
pub struct Facets {
    found: Arc<Found>,
}

impl Facets {
    /// The counts of a list.
    pub fn new(found: Arc<Found>) -> Self {
        Self { found }
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
    async fn kinds(&self) -> Vec<KindCount> {
        let counts = self.found.view.kinds(self.found.matches());
        counts.into_iter().map(|(kind, count)| KindCount { kind: Term(kind.into()), count }).collect()
    }

    /// By what it is, by code (分類ごと): care service type, medical institution type, kind of gathering, kind of help.
    async fn categories(&self) -> Vec<CategoryCount> {
        let named = |(kind, code, label, count): (entity::enums::ResourceKind, &str, &str, i64)| {
            let (code, label) = (code.to_owned(), label.to_owned());
            CategoryCount { kind: Term(kind.into()), code, label, count }
        };
        categories(&self.found).into_iter().map(named).collect()
    }

    /// By prefecture, by code (都道府県ごと).
    async fn prefectures(&self) -> Vec<PrefectureCount> {
        let with_name = |(number, count): (u8, i64)| {
            Some(PrefectureCount { prefecture: Prefecture::of_code(&format!("{number:02}"))?, count })
        };
        self.found.view.prefectures(self.found.matches()).into_iter().filter_map(with_name).collect()
    }

    /// By municipality, by code (市区町村ごと).
    async fn municipalities(&self) -> Vec<MunicipalityCount> {
        let areas = self.found.view.areas();
        let with_name = |(id, count)| {
            Some(MunicipalityCount { municipality: Municipality(areas.municipality(id)?.clone()), count })
        };
        let groups = self.found.view.municipalities(self.found.matches());
        let mut counts: Vec<_> = groups.into_iter().filter_map(with_name).collect();
        counts.sort_by(|a, b| a.municipality.0.code.cmp(&b.municipality.0.code));
        counts
    }

    /// By the district it stands in (所在地の圏域), by code.
    async fn home_districts(&self) -> Vec<DistrictCount> {
        districts(&self.found, self.found.view.home_districts(self.found.matches()))
    }

    /// By the district it can be used from (利用できる地区), by code. A resource of several districts counts
    /// in each; what can be used from everywhere counts in none.
    async fn service_districts(&self) -> Vec<DistrictCount> {
        districts(&self.found, self.found.view.service_districts(self.found.matches()))
    }
}

/// How many there are of each category, by code: its kind, code, label and count.
pub fn categories(found: &Found) -> Vec<(entity::enums::ResourceKind, &str, &'static str, i64)> {
    let counts = found.view.categories(found.matches()).into_iter();
    counts
        .filter_map(|(code, count)| category(code).map(|(kind, label)| (kind, code, label, count)))
        .collect()
}

fn districts(found: &Found, groups: BTreeMap<i64, i64>) -> Vec<DistrictCount> {
    let areas = found.view.areas();
    let with_name =
        |(id, count)| Some(DistrictCount { district: District(areas.district(id)?.clone()), count });
    let mut counts: Vec<_> = groups.into_iter().filter_map(with_name).collect();
    counts.sort_by_key(|count| (count.district.0.municipality_id, count.district.0.code.clone()));
    counts
}
