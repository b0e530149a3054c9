//! Which resources to list: one filter for every list, the map and the calendar, with criteria for each kind.

use crate::care::queries::CareCriteria;
use crate::desks::queries::DeskCriteria;
use crate::error::{Error, Result};
use crate::gatherings::queries::GatheringCriteria;
use crate::local_kinds;
use crate::medical::InstitutionType;
use crate::medical::queries::MedicalCriteria;
use crate::mutual_aid::queries::MutualAidCriteria;
use crate::picture::{Criterion, OfService};
use crate::private_services::queries::PrivateServiceCriteria;
use crate::resources::facets::category;
use crate::resources::filter::{CommonFilter, Filter, given};
use crate::terms::Labelled;
use async_graphql::InputObject;
use chrono::NaiveDate;
use entity::enums::ResourceKind;
use japan::codes;
use sea_orm::Iterable;

/// What to list (絞り込み). Conditions are combined with AND, the values of one list with OR; an empty list means the same as
/// none. Criteria of a kind (`gathering`, `care` …) hold for resources of this kind and leave the others alone: name the kinds
/// in `kinds` beside the filter to list no others.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ResourceFilter {
    #[graphql(flatten)]
    common: CommonFilter,
    /// What it is (分類): codes as `facets.categories` gives them, `gathering:SALON`, `110`, `CLINIC`.
    categories: Option<Vec<String>>,
    /// Of places of gathering (通いの場).
    gathering: Option<GatheringCriteria>,
    /// Of mutual-aid groups (支え合い活動).
    mutual_aid: Option<MutualAidCriteria>,
    /// Of private services (介護保険外サービス).
    private_service: Option<PrivateServiceCriteria>,
    /// Of care facilities (介護事業所).
    care: Option<CareCriteria>,
    /// Of medical facilities (医療機関).
    medical: Option<MedicalCriteria>,
    /// Of consultation desks (相談窓口).
    desk: Option<DeskCriteria>,
}

impl ResourceFilter {
    /// The filter on resources of some kinds or of all. What is fresh is judged as of a day.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the field that makes no sense.
    pub fn resolve(&self, today: NaiveDate, kinds: Option<&[ResourceKind]>) -> Result<Filter> {
        let mut filter = self.common.resolve(today)?;
        if let Some(kinds) = kinds {
            filter = filter.and(Criterion::Kinds(kinds.to_vec()));
        }
        if let Some(codes) = given("categories", &self.categories)? {
            filter = filter.and(of_categories(codes)?);
        }
        for kind in ResourceKind::iter() {
            // Criteria of a kind that is not listed are checked all the same.
            let Some(criteria) = self.criteria(kind)?.filter(|criteria| !criteria.is_empty()) else {
                continue;
            };
            match kinds {
                Some(kinds) if !kinds.contains(&kind) => {}
                Some([_]) => filter.criteria.extend(criteria),
                _ => {
                    let others = ResourceKind::iter().filter(|other| *other != kind).collect();
                    let of_kind = Criterion::All(criteria);
                    filter = filter.and(Criterion::Any(vec![Criterion::Kinds(others), of_kind]));
                }
            }
        }
        Ok(filter)
    }

    /// Whether the filter has a box, which the map takes beside it.
    pub fn has_bounds(&self) -> bool {
        self.common.bounds.is_some()
    }

    fn criteria(&self, kind: ResourceKind) -> Result<Option<Vec<Criterion>>> {
        match kind {
            ResourceKind::GatheringPlace => self.gathering.as_ref().map(GatheringCriteria::criteria),
            ResourceKind::MutualAidGroup => self.mutual_aid.as_ref().map(MutualAidCriteria::criteria),
            ResourceKind::PrivateService => {
                self.private_service.as_ref().map(PrivateServiceCriteria::criteria)
            }
            ResourceKind::CareFacility => self.care.as_ref().map(CareCriteria::criteria),
            ResourceKind::MedicalFacility => self.medical.as_ref().map(MedicalCriteria::criteria),
            ResourceKind::ConsultationDesk => self.desk.as_ref().map(DeskCriteria::criteria),
        }
        .transpose()
    }
}

/// Resources of one of these categories, each of which belongs to one kind.
fn of_categories(codes: &[String]) -> Result<Criterion> {
    let (mut services, mut institutions, mut tags) = (Vec::new(), Vec::new(), Vec::new());
    for code in codes {
        let (kind, _) = category(code).ok_or_else(|| unknown_category(code))?;
        let of_kind = match kind {
            ResourceKind::CareFacility => &mut services,
            ResourceKind::MedicalFacility => &mut institutions,
            ResourceKind::GatheringPlace
            | ResourceKind::MutualAidGroup
            | ResourceKind::PrivateService
            | ResourceKind::ConsultationDesk => &mut tags,
        };
        of_kind.push(code.clone());
    }
    let mut any = Vec::new();
    if !services.is_empty() {
        any.push(Criterion::Offers(vec![OfService::Types(services)]));
    }
    if !institutions.is_empty() {
        any.push(Criterion::Categories(institutions));
    }
    if !tags.is_empty() {
        any.push(Criterion::Tagged(tags));
    }
    Ok(Criterion::Any(any))
}

fn unknown_category(code: &str) -> Error {
    let services = codes::care_service_types().iter().map(|service| (service.code, service.short_name));
    let institutions = InstitutionType::ALL.iter().map(|one| (one.code(), one.label()));
    let known = services.chain(institutions).chain(local_kinds::categories());
    Error::unknown("categories", code, "is no category. `facets { categories { code } }` lists them.", known)
}
