//! Root fields about care facilities.

use super::{AvailableDay, CareFacility, CareServiceGroup, CareServiceType};
use crate::error::{Error, Result};
use crate::graph::list_field::list_field;
use crate::picture::{Criterion, OfService};
use crate::resources::filter::given;
use async_graphql::InputObject;
use entity::enums::ResourceKind;
use japan::codes;

/// Which care facilities to list, by what only they have. The
/// conditions on services hold for one and the same service.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CareCriteria {
    /// Offers one of these services (サービスの種類): official codes of three digits, `110`.
    service_types: Option<Vec<String>>,
    /// Offers a service of one of these groups (サービスの分類).
    service_groups: Option<Vec<CareServiceGroup>>,
    /// Offers it on all of these days, as published (利用可能曜日). Unpublished days do not match.
    available_on: Option<Vec<AvailableDay>>,
}

impl CareCriteria {
    /// What must hold.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the field that makes no sense.
    pub fn criteria(&self) -> Result<Vec<Criterion>> {
        let mut all = Vec::new();
        let mut offered = Vec::new();
        if let Some(codes) = given("serviceTypes", &self.service_types)? {
            offered.push(OfService::Types(known_codes(codes)?));
        }
        if let Some(groups) = given("serviceGroups", &self.service_groups)? {
            let wanted = |t: &&codes::CareServiceType| groups.iter().any(|g| *g == t.group.into());
            let codes = codes::care_service_types().iter().filter(wanted).map(|t| t.code.to_owned());
            offered.push(OfService::Types(codes.collect()));
        }
        if let Some(days) = given("availableOn", &self.available_on)? {
            offered.push(OfService::Days(days.iter().fold(0, |bits, day| bits | day.bit())));
        }
        if !offered.is_empty() {
            all.push(Criterion::Offers(offered));
        }
        Ok(all)
    }
}

fn known_codes(codes: &[String]) -> Result<Vec<String>> {
    let known = |code: &String| match codes::care_service_type(code) {
        Some(service) => Ok(service.code.to_owned()),
        None => Err(unknown_service(code)),
    };
    codes.iter().map(known).collect()
}

/// The error about a code that no care service has.
pub fn unknown_service(code: &str) -> Error {
    let known = codes::care_service_types().iter().map(|service| (service.code, service.name));
    let reason = "is no care service code. The field `careServiceTypes` lists them.";
    Error::unknown("serviceTypes", code, reason, known)
}

list_field! {
    /// Queries about care facilities.
    CareQueries {}
    /// Care facilities (介護事業所).
    care_facilities(Some(&[ResourceKind::CareFacility])) -> CareFacility;
    {
        /// Kinds of care insurance services (介護サービスの種類) with their official codes.
        async fn care_service_types(&self) -> Vec<CareServiceType> {
            codes::care_service_types().iter().map(CareServiceType).collect()
        }
    }
}
