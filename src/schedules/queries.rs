//! The root field of the calendar across resources.

use super::{Occurrence, Schedule, check_period};
use crate::context::RequestContext;
use crate::desks::{ConsultationDesk, fallback};
use crate::error::{OrNull, Result};
use crate::graph::filter::ResourceFilter;
use crate::pagination::{Cursor, PageArguments, PageInfo};
use crate::picture::{Matches, View};
use crate::resources::calendar::{self, Entry};
use crate::resources::kinds::{ResourceKind, stored};
use crate::resources::open_filter;
use crate::resources::search::TextSearch;
use crate::resources::store::Listing;
use crate::scalars::Date;
use crate::schedules::store::SchedulesOf;
use async_graphql::{Context, Object, SimpleObject};
use chrono::NaiveDate;
use std::collections::HashSet;
use std::sync::Arc;

/// Tells the calendar's cursors from those of other lists.
const CALENDAR: u32 = 0x63_61_6c_00;

/// A page of the calendar (予定の一覧).
pub struct OccurrenceConnection {
    found: Found,
    edges: Vec<OccurrenceEdge>,
    page_info: PageInfo,
    /// Whether the list is empty; false after a cursor, which comes from a list that is not.
    empty: bool,
}

/// The resources of which the calendar is.
struct Found {
    view: Arc<View>,
    listing: Listing,
    matches: Matches,
}

/// A row of the calendar.
#[derive(Clone, SimpleObject)]
pub struct OccurrenceEdge {
    /// Opaque place in the list; give it back as `after`.
    cursor: String,
    /// The meeting.
    node: Occurrence,
}

/// A page of the calendar, in order of time.
#[Object]
impl OccurrenceConnection {
    /// The meetings with their cursors.
    async fn edges(&self) -> &[OccurrenceEdge] {
        &self.edges
    }

    /// The meetings.
    async fn nodes(&self) -> Vec<&Occurrence> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// What lies before and after the page.
    async fn page_info(&self) -> &PageInfo {
        &self.page_info
    }

    /// How many matching resources have no date that can be computed (日程不定期・未記載): they are not in
    /// this list, ask them. Counted only when asked for.
    async fn undated_count(&self, ctx: &Context<'_>) -> Result<i64> {
        let context = RequestContext::of(ctx);
        let Found { view, matches, .. } = &self.found;
        calendar::count_undated(context.db(), (view, matches), context.viewer.today()).await
    }

    /// Who to ring when nothing meets (相談先), as in other lists: the support centres (地域包括支援センター) of the
    /// district asked for. At most 20.
    async fn fallback_desks(&self, ctx: &Context<'_>) -> Result<Vec<ConsultationDesk>> {
        if !self.empty {
            return Ok(Vec::new());
        }
        fallback::desks(ctx, &self.found.listing.filter, None).await
    }
}

/// Queries about the calendar.
#[derive(Default)]
pub struct ScheduleQueries;

#[Object]
impl ScheduleQueries {
    /// What meets when (予定), across all resources that match, in order of time. Never invented: what
    /// cannot be computed is counted in `undatedCount`.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a list field")]
    async fn occurrences(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "First day.")] from: Date,
        #[graphql(desc = "Last day, at most 400 days on.")] to: Date,
        #[graphql(desc = "Of which kinds of resources; of all without it.")] kinds: Option<Vec<ResourceKind>>,
        #[graphql(desc = "Of which resources.")] filter: Option<ResourceFilter>,
        #[graphql(desc = "Words that must all occur in the resource.")] text: Option<String>,
        #[graphql(desc = "Page size, 0 to 100; 20 without it.")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins.")] after: Option<String>,
    ) -> Option<OccurrenceConnection> {
        let page = PageArguments { first, after, ..PageArguments::default() };
        let wanted = (kinds, filter.unwrap_or_default());
        connect(ctx, (from.0, to.0), wanted, text, page).await.or_null(ctx)
    }
}

async fn connect(
    ctx: &Context<'_>,
    period: (NaiveDate, NaiveDate),
    (kinds, filter): (Option<Vec<ResourceKind>>, ResourceFilter),
    text: Option<String>,
    page: PageArguments,
) -> Result<OccurrenceConnection> {
    check_period(period.0, period.1)?;
    let page = page.page(CALENDAR)?;
    if page.from.as_ref().is_some_and(|cursor| !calendar::holds(cursor)) {
        return Err(Cursor::unknown("after"));
    }
    let context = RequestContext::of(ctx);
    let (view, today) = (context.view().await?, context.viewer.today());
    let filter = filter.resolve(today, stored(&kinds)?.as_deref())?;
    let filter = open_filter::prepare(context, &view, filter).await?;
    let text = text.as_deref().map(TextSearch::parse).transpose()?.flatten();
    let listing = Listing { text, ..Listing::of(filter) };
    let matches = listing.all(&view);
    let found = calendar::list(context.db(), (&view, &matches), today, period, &page).await?;
    let empty = found.entries.is_empty() && !found.more && page.from.is_none();
    let edges = edges(context, found.entries).await?;
    let page_info = PageInfo {
        has_next_page: found.more,
        has_previous_page: page.from.is_some(),
        start_cursor: edges.first().map(|edge| edge.cursor.clone()),
        end_cursor: edges.last().map(|edge| edge.cursor.clone()),
    };
    let found = Found { view, listing, matches };
    Ok(OccurrenceConnection { found, edges, page_info, empty })
}

/// Joins the entries with their schedules, in one statement.
async fn edges(context: &RequestContext, entries: Vec<Entry>) -> Result<Vec<OccurrenceEdge>> {
    let resources: HashSet<i64> = entries.iter().map(|entry| entry.resource_id).collect();
    let schedules = context.load_many(resources.into_iter().map(SchedulesOf)).await?;
    let edge = |entry: Entry| {
        let own = schedules.get(&SchedulesOf(entry.resource_id))?;
        let stored = own.iter().find(|stored| stored.id() == entry.schedule_id)?.clone();
        let node = Occurrence::new(entry.occurrence, Schedule::new(entry.resource_id, stored));
        Some(OccurrenceEdge { cursor: entry.cursor.encode(CALENDAR), node })
    };
    Ok(entries.into_iter().filter_map(edge).collect())
}
