//! Filters of sheets: by institution, by physician, by how they want to be consulted.

use crate::error::{Error, Result};
use crate::id::{NodeId, NodeType};
use crate::liaison::reach::judge::Question;
use crate::liaison::terms::{ConferenceAttendance, ContactChannel, ContactPurpose};
use crate::medical::queries::unknown_department;
use crate::resources::filter::{CommonFilter, Filter, given};
use crate::resources::freshness::Freshness;
use crate::resources::kinds::PublicationState;
use crate::resources::search::TextSearch;
use crate::scalars::DateTime;
use crate::terms::{Answer, Labelled};
use async_graphql::{ID, InputObject};
use chrono::NaiveDate;
use japan::clock::JAPAN;
use uuid::Uuid;

/// Which liaison sheets to list. Conditions are combined with AND, the values of one list with OR. Those on
/// physicians must all hold of one physician who still works there.
#[derive(Clone, Debug, Default, InputObject)]
pub struct LiaisonSheetFilter {
    #[graphql(flatten)]
    people: LiaisonFilter,
    /// How fresh the sheet is (鮮度): those that are due ask for a review.
    review_states: Option<Vec<Freshness>>,
    /// One physician can surely be turned to at this instant (この時刻に連絡できる), by the same judgement as
    /// `reachableNow`.
    reachable_at: Option<DateTime>,
    /// With `reachableAt`: by this channel (連絡手段).
    reachable_by: Option<ContactChannel>,
    /// With `reachableAt`: for this purpose (目的).
    reachable_for: Option<ContactPurpose>,
}

/// What sheets and people are looked for by.
#[derive(Clone, Debug, Default, InputObject)]
pub struct LiaisonFilter {
    /// Of these institutions (医療機関): their ids.
    pub institutions: Option<Vec<ID>>,
    /// Of physicians with these codes (医師コード).
    pub physician_codes: Option<Vec<String>>,
    /// Of physicians of these departments (診療科): official codes of five digits, `01001`.
    pub departments: Option<Vec<String>>,
    /// Of institutions usable from these districts (利用できる地区): `D01`, or `062031:D01`.
    pub service_districts: Option<Vec<String>>,
    /// Of institutions that stand in these districts (所在地の圏域).
    pub home_districts: Option<Vec<String>>,
    /// Of institutions that stand in these municipalities (市区町村): official codes.
    pub municipality_codes: Option<Vec<String>>,
    /// Want to be turned to by one of these channels (望ましい連絡手段).
    pub channels: Option<Vec<ContactChannel>>,
    /// What they say of conferences on services (サービス担当者会議).
    pub care_conference: Option<Vec<ConferenceAttendance>>,
    /// What they say of conferences before a discharge (退院前カンファレンス).
    pub discharge_conference: Option<Vec<ConferenceAttendance>>,
    /// House calls (往診).
    pub house_call: Option<Vec<Answer>>,
    /// Regular visits at home (訪問診療).
    pub home_visit: Option<Vec<Answer>>,
    /// Care at the end of life (看取り).
    pub end_of_life: Option<Vec<Answer>>,
}

/// A checked filter.
#[derive(Clone, Debug, Default)]
pub struct SheetCriteria {
    /// The day as of which freshness and affiliations are judged.
    pub today: NaiveDate,
    /// Of these institutions.
    pub institutions: Option<Vec<Uuid>>,
    /// Of physicians with these codes.
    pub physician_codes: Option<Vec<String>>,
    /// Groups of tags: one physician has a tag of each group.
    pub tags: Vec<Vec<String>>,
    /// Of some institutions, by their areas.
    pub resource: Option<Filter>,
    /// Text that the names of institution or physician must match.
    pub text: Option<TextSearch>,
    /// Review states.
    pub review_states: Option<Vec<Freshness>>,
}

impl LiaisonSheetFilter {
    /// Checks the filter, without its conditions on reachability.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the field that makes no sense.
    pub fn resolve(&self, text: Option<&str>, today: NaiveDate) -> Result<SheetCriteria> {
        let review_states = given("reviewStates", &self.review_states)?.map(<[Freshness]>::to_vec);
        Ok(SheetCriteria { review_states, ..self.people.resolve(text, today)? })
    }

    /// The question about reachability at an instant, if there is one.
    pub fn question(&self) -> Option<Question> {
        let (channel, purpose) = (self.reachable_by, self.reachable_for);
        self.reachable_at.map(|at| Question { at: at.0.with_timezone(&JAPAN), channel, purpose })
    }
}

impl LiaisonFilter {
    /// Checks the filter.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the field that makes no sense.
    pub fn resolve(&self, text: Option<&str>, today: NaiveDate) -> Result<SheetCriteria> {
        let mut wanted = SheetCriteria {
            today,
            text: text.map(TextSearch::parse).transpose()?.flatten(),
            resource: self.resource(today)?,
            ..SheetCriteria::default()
        };
        if let Some(ids) = given("institutions", &self.institutions)? {
            wanted.institutions = Some(ids.iter().map(institution).collect::<Result<_>>()?);
        }
        if let Some(codes) = given("physicianCodes", &self.physician_codes)? {
            wanted.physician_codes = Some(codes.to_vec());
        }
        if let Some(codes) = given("departments", &self.departments)? {
            wanted.tags.push(codes.iter().map(|code| department(code)).collect::<Result<_>>()?);
        }
        tagged(&mut wanted, "channels", "channel", &self.channels)?;
        tagged(&mut wanted, "careConference", "conference", &self.care_conference)?;
        tagged(&mut wanted, "dischargeConference", "discharge-conference", &self.discharge_conference)?;
        tagged(&mut wanted, "houseCall", "house-call", &self.house_call)?;
        tagged(&mut wanted, "homeVisit", "home-visit", &self.home_visit)?;
        tagged(&mut wanted, "endOfLife", "end-of-life", &self.end_of_life)?;
        Ok(wanted)
    }

    /// Whether it has a condition that only physicians can meet.
    pub fn is_about_physicians(&self) -> bool {
        let offers = [&self.house_call, &self.home_visit, &self.end_of_life];
        says(&self.physician_codes)
            || says(&self.departments)
            || says(&self.care_conference)
            || says(&self.discharge_conference)
            || offers.into_iter().any(says)
    }

    fn resource(&self, today: NaiveDate) -> Result<Option<Filter>> {
        let lists = [&self.service_districts, &self.home_districts, &self.municipality_codes];
        if lists.iter().all(|list| list.as_ref().is_none_or(Vec::is_empty)) {
            return Ok(None);
        }
        let filter = CommonFilter {
            service_districts: self.service_districts.clone(),
            home_districts: self.home_districts.clone(),
            municipality_codes: self.municipality_codes.clone(),
            // The view decides which states the viewer may know of.
            states: Some(PublicationState::ALL.to_vec()),
            ..CommonFilter::default()
        };
        filter.resolve(today).map(Some)
    }
}

/// Whether a list was given and is not empty.
pub fn says<T>(list: &Option<Vec<T>>) -> bool {
    list.as_ref().is_some_and(|list| !list.is_empty())
}

fn tagged<T: Labelled>(
    wanted: &mut SheetCriteria,
    field: &'static str,
    mark: &str,
    list: &Option<Vec<T>>,
) -> Result<()> {
    if let Some(values) = given(field, list)? {
        wanted.tags.push(values.iter().map(|value| format!("{mark}:{}", value.code())).collect());
    }
    Ok(())
}

/// The institution of an id.
///
/// # Errors
/// `INVALID_INPUT` when it is the id of something else.
pub fn institution(id: &ID) -> Result<Uuid> {
    match NodeId::parse(id, "institutions")? {
        NodeId { node: NodeType::Resource(_), uuid } => Ok(uuid),
        _ => Err(Error::invalid("institutions", "This is the id of something else than an institution.")),
    }
}

fn department(code: &str) -> Result<String> {
    match japan::codes::medical_department(code) {
        Some(known) => Ok(format!("department:{}", known.code)),
        None => Err(unknown_department(code)),
    }
}
