//! Root fields about private services.

use super::PrivateService;
use super::tags::{PRIVATE_SERVICE, VOUCHED};
use super::terms::{PrivateServiceKind, VouchedBy};
use crate::context::RequestContext;
use crate::error::Result;
use crate::local::tags::{self, Flag};
use crate::local::terms::Intake;
use crate::pagination::PageArguments;
use crate::resources::connection::{Connection, ListArguments, connect};
use crate::resources::filter::{Filter, Near, ResourceFilter, given};
use crate::resources::kinds::ResourceOrder;
use async_graphql::{Context, InputObject, Object};
use chrono::NaiveDate;
use entity::enums::ResourceKind;

/// Which private services to list: everything a resource filter has, and what only they have.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PrivateServiceFilter {
    #[graphql(flatten)]
    resource: ResourceFilter,
    /// Offers one of these (種類).
    service_kinds: Option<Vec<PrivateServiceKind>>,
    /// Checked by one of these (信頼の裏付け).
    vouched_by: Option<Vec<VouchedBy>>,
    /// Whether new users are taken (新規受付).
    intake: Option<Vec<Intake>>,
    /// True: takes people in wheelchairs (車いす対応).
    wheelchair: Option<bool>,
    /// True: takes people on stretchers (ストレッチャー対応).
    stretcher: Option<bool>,
}

impl PrivateServiceFilter {
    fn resolve(&self, today: NaiveDate) -> Result<Filter> {
        let mut filter = self.resource.resolve(today)?.of_kind(ResourceKind::PrivateService);
        if let Some(wanted) = given("serviceKinds", &self.service_kinds)? {
            filter = filter.tagged(PRIVATE_SERVICE.any_of(wanted));
        }
        if let Some(wanted) = given("vouchedBy", &self.vouched_by)? {
            filter = filter.tagged(VOUCHED.any_of(wanted));
        }
        if let Some(wanted) = given("intake", &self.intake)? {
            filter = filter.tagged(tags::INTAKE.any_of(wanted));
        }
        if self.wheelchair == Some(true) {
            filter = filter.tagged(vec![Flag::Wheelchair.tag()]);
        }
        if self.stretcher == Some(true) {
            filter = filter.tagged(vec![Flag::Stretcher.tag()]);
        }
        Ok(filter)
    }
}

/// Queries about private services.
#[derive(Default)]
pub struct PrivateServiceQueries;

#[Object]
impl PrivateServiceQueries {
    /// Private services outside of the care insurance (介護保険外サービス).
    #[expect(clippy::too_many_arguments, reason = "the arguments of a list field")]
    async fn private_services(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to list.")] filter: Option<PrivateServiceFilter>,
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
    ) -> Result<Connection<PrivateService>> {
        let filter = filter.unwrap_or_default().resolve(RequestContext::of(ctx).viewer.today())?;
        let page = PageArguments { first, after, last, before };
        connect(ctx, filter, ListArguments { text, near, order_by, page }).await
    }
}
