//! The filter of acceptances.

use super::decide::Candidate;
use super::terms::{AcceptanceAnswer, CareNeed};
use crate::care::CareServiceGroup;
use crate::care::queries::unknown_service;
use crate::error::{Error, Result};
use crate::resources::filter::{CommonFilter, Filter, given};
use crate::resources::kinds::PublicationState;
use crate::scalars::Date;
use crate::vacancies::terms::VacancyStatus;
use async_graphql::InputObject;
use chrono::NaiveDate;
use japan::codes;

/// Which facilities to list by what they take on. All needs must be met by one and the same service.
#[derive(Clone, Debug, InputObject)]
pub struct MedicalAcceptanceFilter {
    /// The needs (医療ニーズ), at least one; every one of them must be met.
    pub needs: Vec<CareNeed>,
    /// Answers that meet a need (受け入れの可否); YES and CONSULT without it. CONSULT is never shown as YES.
    pub answers: Option<Vec<AcceptanceAnswer>>,
    /// Of services of these types (サービスの種類): official codes of three digits, `210`.
    pub service_types: Option<Vec<String>>,
    /// Of services of these groups (サービスの分類).
    pub service_groups: Option<Vec<CareServiceGroup>>,
    /// Of facilities usable from these districts (利用できる地区): `D01`, or `062031:D01`.
    pub service_districts: Option<Vec<String>>,
    /// Of facilities that stand in these districts (所在地の圏域).
    pub home_districts: Option<Vec<String>>,
    /// Of facilities that stand in these municipalities (市区町村): official codes.
    pub municipality_codes: Option<Vec<String>>,
    /// With one of these reports of vacancies (空き状況); where nobody knows it is UNKNOWN.
    pub vacancy: Option<Vec<VacancyStatus>>,
    /// With `vacancy` (空きを調べる日): on this day; today without it. A report about another time says nothing of it.
    pub vacancy_on: Option<Date>,
    /// Also those of which nobody has said whether they meet a need (未確認), at the end of the list.
    #[graphql(default = false)]
    pub include_unknown: bool,
    /// With `serviceDistricts` (利用地域不明を含む): also facilities of which nobody has said from where they can be used.
    #[graphql(default = false)]
    pub include_unknown_service_area: bool,
}

/// A checked filter.
#[derive(Clone, Debug)]
pub struct AcceptanceCriteria {
    /// Each once.
    pub needs: Vec<CareNeed>,
    /// Answers that meet a need.
    pub answers: Vec<AcceptanceAnswer>,
    /// Codes of services.
    pub services: Option<Vec<String>>,
    /// Of some facilities, by their areas.
    pub resource: Filter,
    /// Accepted states of the vacancy report.
    pub vacancy: Option<Vec<VacancyStatus>>,
    /// The day for which there must be room.
    pub vacancy_on: NaiveDate,
}

impl MedicalAcceptanceFilter {
    /// Checks the filter.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the field that makes no sense.
    pub fn resolve(&self, today: NaiveDate) -> Result<AcceptanceCriteria> {
        use AcceptanceAnswer::{Consult, Unknown, Yes};
        let mut needs = self.needs.clone();
        needs.sort_unstable();
        needs.dedup();
        if needs.is_empty() {
            return Err(Error::invalid("needs", "Name at least one need."));
        }
        let mut answers = given("answers", &self.answers)?.map_or(vec![Yes, Consult], <[_]>::to_vec);
        if self.include_unknown {
            answers.push(Unknown);
        }
        let resource = CommonFilter {
            service_districts: self.service_districts.clone(),
            home_districts: self.home_districts.clone(),
            municipality_codes: self.municipality_codes.clone(),
            include_unknown_service_area: self.include_unknown_service_area,
            // A suspended or ended facility takes no new users.
            states: Some(vec![PublicationState::Published]),
            ..CommonFilter::default()
        };
        Ok(AcceptanceCriteria {
            needs,
            answers,
            services: self.services()?,
            resource: resource.resolve(today)?,
            vacancy: given("vacancy", &self.vacancy)?.map(<[_]>::to_vec),
            vacancy_on: self.vacancy_on.map_or(today, |day| day.0),
        })
    }

    fn services(&self) -> Result<Option<Vec<String>>> {
        let types = given("serviceTypes", &self.service_types)?;
        let groups = given("serviceGroups", &self.service_groups)?;
        for code in types.unwrap_or_default() {
            if codes::care_service_type(code).is_none() {
                return Err(unknown_service(code));
            }
        }
        if types.is_none() && groups.is_none() {
            return Ok(None);
        }
        let of_type = |code: &str| types.is_none_or(|types| types.iter().any(|wanted| wanted == code));
        let of_group = |group: CareServiceGroup| groups.is_none_or(|groups| groups.contains(&group));
        let wanted = codes::care_service_types().iter();
        let wanted = wanted.filter(|one| of_type(one.code) && of_group(one.group.into()));
        Ok(Some(wanted.map(|one| one.code.to_owned()).collect()))
    }
}

impl AcceptanceCriteria {
    /// Whether a service matches by its type and its answers.
    pub fn takes(&self, candidate: &Candidate) -> bool {
        let of_service = self.services.as_ref().is_none_or(|codes| codes.contains(&candidate.service_code));
        of_service && candidate.meets(&self.needs, &self.answers)
    }

    /// Whether an unanswered need matches: then every answer is read, not only those on the needs.
    pub fn takes_unknown(&self) -> bool {
        self.answers.contains(&AcceptanceAnswer::Unknown)
    }
}
