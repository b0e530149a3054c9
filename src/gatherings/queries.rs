//! Root fields about places of gathering.

use super::GatheringPlace;
use super::tags::{ACTIVITY, GATHERING, OPERATOR, VENUE};
use super::terms::{Activity, GatheringKind, OperatorType, VenueType};
use crate::context::RequestContext;
use crate::error::Result;
use crate::local::store;
use crate::local::tags::{self, Flag};
use crate::local::terms::{Acceptance, Accessibility, Reservation};
use crate::pagination::PageArguments;
use crate::resources::connection::{Connection, ListArguments, connect};
use crate::resources::filter::{Filter, Near, ResourceFilter, given, yen};
use crate::resources::kinds::ResourceOrder;
use async_graphql::{Context, InputObject, Object};
use chrono::NaiveDate;
use entity::enums::ResourceKind;

/// Which places of gathering to list: everything a resource filter has, and what only they have.
#[derive(Clone, Debug, Default, InputObject)]
pub struct GatheringPlaceFilter {
    #[graphql(flatten)]
    resource: ResourceFilter,
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
    accepts_certified: Option<Vec<Acceptance>>,
    /// Whether one has to announce oneself (予約).
    reservation: Option<Vec<Reservation>>,
    /// True: people are fetched (送迎あり).
    pickup: Option<bool>,
    /// True: people with dementia are expressly welcome (認知症の方も歓迎).
    dementia_welcome: Option<bool>,
    /// True: family carers are expressly welcome (介護者も歓迎).
    carers_welcome: Option<bool>,
}

impl GatheringPlaceFilter {
    fn resolve(&self, today: NaiveDate) -> Result<Filter> {
        let mut filter = self.resource.resolve(today)?.of_kind(ResourceKind::GatheringPlace);
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

/// Queries about places of gathering.
#[derive(Default)]
pub struct GatheringQueries;

#[Object]
impl GatheringQueries {
    /// Places of gathering (通いの場).
    #[expect(clippy::too_many_arguments, reason = "the arguments of a list field")]
    async fn gathering_places(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to list.")] filter: Option<GatheringPlaceFilter>,
        #[graphql(
            desc = "Words that must all occur in names, readings, address or organization; kana, width and old kanji do not matter."
        )]
        text: Option<String>,
        #[graphql(desc = "Only within a circle; also gives distances.")] near: Option<Near>,
        #[graphql(desc = "Without it: by distance with `near`, by relevance with `text`, else as entered.")]
        order_by: Option<ResourceOrder>,
        #[graphql(desc = "Page size from the front, 0 to 100; 20 without it.")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins.")] after: Option<String>,
        #[graphql(desc = "Page size from the back, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Cursor before which the page ends.")] before: Option<String>,
    ) -> Result<Connection<GatheringPlace>> {
        let filter = filter.unwrap_or_default().resolve(RequestContext::of(ctx).viewer.today())?;
        let page = PageArguments { first, after, last, before };
        connect(ctx, filter, ListArguments { text, near, order_by, page }).await
    }
}
