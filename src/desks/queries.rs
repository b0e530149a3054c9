//! Root fields about consultation desks.

use super::ConsultationDesk;
use super::tags::{METHOD, TOPIC};
use super::terms::{ConsultationMethod, DeskTopic};
use crate::context::RequestContext;
use crate::error::Result;
use crate::local::tags;
use crate::local::terms::Accessibility;
use crate::pagination::PageArguments;
use crate::resources::connection::{Connection, ListArguments, connect};
use crate::resources::filter::{Filter, Near, ResourceFilter, given};
use crate::resources::kinds::ResourceOrder;
use async_graphql::{Context, InputObject, Object};
use chrono::NaiveDate;
use entity::enums::ResourceKind;

/// Which consultation desks to list: everything a resource filter has, and what only they have.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ConsultationDeskFilter {
    #[graphql(flatten)]
    resource: ResourceFilter,
    /// For one of these (相談の種類).
    topics: Option<Vec<DeskTopic>>,
    /// One can consult in one of these ways (相談方法).
    methods: Option<Vec<ConsultationMethod>>,
    /// Has all of this (バリアフリー). What is not recorded does not match.
    accessible: Option<Vec<Accessibility>>,
}

impl ConsultationDeskFilter {
    fn resolve(&self, today: NaiveDate) -> Result<Filter> {
        let mut filter = self.resource.resolve(today)?.of_kind(ResourceKind::ConsultationDesk);
        if let Some(wanted) = given("topics", &self.topics)? {
            filter = filter.tagged(TOPIC.any_of(wanted));
        }
        if let Some(wanted) = given("methods", &self.methods)? {
            filter = filter.tagged(METHOD.any_of(wanted));
        }
        for wanted in given("accessible", &self.accessible)?.unwrap_or_default() {
            filter = filter.tagged(tags::ACCESS.any_of(std::slice::from_ref(wanted)));
        }
        Ok(filter)
    }
}

/// Queries about consultation desks.
#[derive(Default)]
pub struct DeskQueries;

#[Object]
impl DeskQueries {
    /// Consultation desks (相談窓口).
    #[expect(clippy::too_many_arguments, reason = "the arguments of a list field")]
    async fn consultation_desks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to list.")] filter: Option<ConsultationDeskFilter>,
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
    ) -> Result<Connection<ConsultationDesk>> {
        let filter = filter.unwrap_or_default().resolve(RequestContext::of(ctx).viewer.today())?;
        let page = PageArguments { first, after, last, before };
        connect(ctx, filter, ListArguments { text, near, order_by, page }).await
    }
}
