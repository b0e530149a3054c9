//! Root fields about mutual-aid groups.

use super::MutualAidGroup;
use super::tags::{AID, COMPENSATION};
use super::terms::{AidCategory, Compensation};
use crate::context::RequestContext;
use crate::error::Result;
use crate::local::store;
use crate::local::tags::{self, Flag};
use crate::local::terms::{Acceptance, Intake};
use crate::pagination::PageArguments;
use crate::resources::connection::{Connection, ListArguments, connect};
use crate::resources::filter::{Filter, Near, ResourceFilter, given, yen};
use crate::resources::kinds::ResourceOrder;
use async_graphql::{Context, InputObject, Object};
use chrono::NaiveDate;
use entity::enums::ResourceKind;

/// Which mutual-aid groups to list: everything a resource filter has, and what only they have.
#[derive(Clone, Debug, Default, InputObject)]
pub struct MutualAidGroupFilter {
    #[graphql(flatten)]
    resource: ResourceFilter,
    /// Gives one of these kinds of help (活動区分).
    categories: Option<Vec<AidCategory>>,
    /// Whether helpers are paid (有償・無償).
    compensation: Option<Vec<Compensation>>,
    /// An hour of help certainly costs no more than so many yen (1時間あたりの上限). Unknown fees do not match.
    hour_at_most: Option<i32>,
    /// Whether new users are taken (新規受付).
    intake: Option<Vec<Intake>>,
    /// Whether people with 要支援 or 要介護 are welcome: `[YES, CONSULT]`. UNKNOWN only on request.
    accepts_certified: Option<Vec<Acceptance>>,
    /// True: looks for people who help (担い手募集中).
    recruiting: Option<bool>,
}

impl MutualAidGroupFilter {
    fn resolve(&self, today: NaiveDate) -> Result<Filter> {
        let mut filter = self.resource.resolve(today)?.of_kind(ResourceKind::MutualAidGroup);
        if let Some(wanted) = given("categories", &self.categories)? {
            filter = filter.tagged(AID.any_of(wanted));
        }
        if let Some(wanted) = given("compensation", &self.compensation)? {
            filter = filter.tagged(COMPENSATION.any_of(wanted));
        }
        if let Some(yen) = yen("hourAtMost", self.hour_at_most)? {
            filter = filter.among(store::hour_at_most(yen));
        }
        if let Some(wanted) = given("intake", &self.intake)? {
            filter = filter.tagged(tags::INTAKE.any_of(wanted));
        }
        if let Some(wanted) = given("acceptsCertified", &self.accepts_certified)? {
            filter = filter.tagged(tags::CERTIFIED.any_of(wanted));
        }
        if self.recruiting == Some(true) {
            filter = filter.tagged(vec![Flag::Recruiting.tag()]);
        }
        Ok(filter)
    }
}

/// Queries about mutual-aid groups.
#[derive(Default)]
pub struct MutualAidQueries;

#[Object]
impl MutualAidQueries {
    /// Mutual-aid groups (支え合い活動).
    #[expect(clippy::too_many_arguments, reason = "the arguments of a list field")]
    async fn mutual_aid_groups(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to list.")] filter: Option<MutualAidGroupFilter>,
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
    ) -> Result<Connection<MutualAidGroup>> {
        let filter = filter.unwrap_or_default().resolve(RequestContext::of(ctx).viewer.today())?;
        let page = PageArguments { first, after, last, before };
        connect(ctx, filter, ListArguments { text, near, order_by, page }).await
    }
}
