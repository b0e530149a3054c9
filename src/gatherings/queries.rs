//! Root fields about places of gathering.

use super::GatheringPlace;
use super::tags::{ACTIVITY, GATHERING, OPERATOR, VENUE};
use super::terms::{Activity, GatheringKind, OperatorType, VenueType};
use crate::error::Result;
use crate::graph::list_field::list_field;
use crate::local::store;
use crate::local::tags::{self, Flag};
use crate::local::terms::{Accessibility, Reservation};
use crate::resources::filter::{Conditions, given, yen};
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
    /// The criteria as conditions.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the field that makes no sense.
    pub fn conditions(&self) -> Result<Conditions> {
        let mut filter = Conditions::default();
        if let Some(wanted) = given("gatheringKinds", &self.gathering_kinds)? {
            filter = filter.tagged(GATHERING.any_of(wanted));
        }
        if let Some(wanted) = given("activities", &self.activities)? {
            filter = filter.tagged(ACTIVITY.any_of(wanted));
        }
        if let Some(wanted) = given("operators", &self.operators)? {
            filter = filter.tagged(OPERATOR.any_of(wanted));
        }
        if let Some(wanted) = given("venues", &self.venues)? {
            filter = filter.tagged(VENUE.any_of(wanted));
        }
        if let Some(yen) = yen("feeAtMost", self.fee_at_most)? {
            filter = filter.among(store::visit_at_most(yen));
        }
        for wanted in given("accessible", &self.accessible)?.unwrap_or_default() {
            filter = filter.tagged(tags::ACCESS.any_of(std::slice::from_ref(wanted)));
        }
        if let Some(wanted) = given("acceptsCertified", &self.accepts_certified)? {
            filter = filter.tagged(tags::CERTIFIED.any_of(wanted));
        }
        if let Some(wanted) = given("reservation", &self.reservation)? {
            filter = filter.tagged(tags::RESERVATION.any_of(wanted));
        }
        if self.pickup == Some(true) {
            filter = filter.tagged(vec![Flag::Pickup.tag()]);
        }
        if self.dementia_welcome == Some(true) {
            filter = filter.tagged(vec![Flag::DementiaWelcome.tag()]);
        }
        if self.carers_welcome == Some(true) {
            filter = filter.tagged(vec![Flag::CarersWelcome.tag()]);
        }
        Ok(filter)
    }
}

list_field! {
    /// Queries about places of gathering.
    GatheringQueries {}
    /// Places of gathering (通いの場).
    gathering_places(Some(&[ResourceKind::GatheringPlace])) -> GatheringPlace;
    {}
}
