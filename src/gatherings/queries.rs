//! Root fields about places of gathering.

use super::GatheringPlace;
use super::tags::{ACTIVITY, GATHERING, OPERATOR, VENUE};
use super::terms::{Activity, GatheringKind, OperatorType, VenueType};
use crate::error::Result;
use crate::graph::list_field::list_field;
use crate::local::tags::{self, Flag};
use crate::local::terms::{Accessibility, Reservation};
use crate::picture::Criterion;
use crate::resources::filter::{given, yen};
use crate::terms::Answer;
use async_graphql::InputObject;
use entity::enums::ResourceKind;

/// Which places of gathering to list, by what only they have.
#[derive(Clone, Debug, Default, InputObject)]
pub struct GatheringCriteria {
    /// Kinds of gathering (種類).
    gathering_kinds: Option<Vec<GatheringKind>>,
    /// Where people do one of these (活動内容).
    activities: Option<Vec<Activity>>,
    /// Run by one of these (運営主体).
    operators: Option<Vec<OperatorType>>,
    /// Held at one of these (場所の種類).
    venues: Option<Vec<VenueType>>,
    /// One visit certainly costs no more than so many yen (参加費の上限); 0: free. Unknown fees do not match.
    fee_at_most: Option<i32>,
    /// Has all of this (バリアフリー). What is not recorded does not match.
    accessible: Option<Vec<Accessibility>>,
    /// Whether people with 要支援 or 要介護 are welcome: `[YES, CONSULT]`. UNKNOWN only on request.
    accepts_certified: Option<Vec<Answer>>,
    /// Whether one has to announce oneself (予約).
    reservation: Option<Vec<Reservation>>,
    /// True: people are fetched (送迎あり).
    pickup: Option<bool>,
    /// True: people with dementia are expressly welcome (認知症の方も歓迎).
    dementia_welcome: Option<bool>,
    /// True: family carers are expressly welcome (介護者も歓迎).
    carers_welcome: Option<bool>,
}

impl GatheringCriteria {
    /// What must hold.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the field that makes no sense.
    pub fn criteria(&self) -> Result<Vec<Criterion>> {
        let mut all = Vec::new();
        if let Some(wanted) = given("gatheringKinds", &self.gathering_kinds)? {
            all.push(Criterion::Tagged(GATHERING.any_of(wanted)));
        }
        if let Some(wanted) = given("activities", &self.activities)? {
            all.push(Criterion::Tagged(ACTIVITY.any_of(wanted)));
        }
        if let Some(wanted) = given("operators", &self.operators)? {
            all.push(Criterion::Tagged(OPERATOR.any_of(wanted)));
        }
        if let Some(wanted) = given("venues", &self.venues)? {
            all.push(Criterion::Tagged(VENUE.any_of(wanted)));
        }
        if let Some(yen) = yen("feeAtMost", self.fee_at_most)? {
            all.push(Criterion::VisitAtMost(yen));
        }
        for wanted in given("accessible", &self.accessible)?.unwrap_or_default() {
            all.push(Criterion::Tagged(tags::ACCESS.any_of(std::slice::from_ref(wanted))));
        }
        if let Some(wanted) = given("acceptsCertified", &self.accepts_certified)? {
            all.push(Criterion::Tagged(tags::CERTIFIED.any_of(wanted)));
        }
        if let Some(wanted) = given("reservation", &self.reservation)? {
            all.push(Criterion::Tagged(tags::RESERVATION.any_of(wanted)));
        }
        if self.pickup == Some(true) {
            all.push(Criterion::Tagged(vec![Flag::Pickup.tag()]));
        }
        if self.dementia_welcome == Some(true) {
            all.push(Criterion::Tagged(vec![Flag::DementiaWelcome.tag()]));
        }
        if self.carers_welcome == Some(true) {
            all.push(Criterion::Tagged(vec![Flag::CarersWelcome.tag()]));
        }
        Ok(all)
    }
}

list_field! {
    /// Queries about places of gathering.
    GatheringQueries {}
    /// Places of gathering (通いの場).
    gathering_places(Some(&[ResourceKind::GatheringPlace])) -> GatheringPlace;
    {}
}
