//! The root field `reachableNow`.

use super::filter::{Asked, ReachableFilter};
use super::judge::{Answer, Question};
use super::list::{Candidate, Judged, Who};
use super::{Reachable, Subject, candidates};
use crate::connection::connection;
use crate::context::RequestContext;
use crate::error::{Error, Nullable, OrNull, Result};
use crate::liaison::contacts::{select as desks, store as contacts};
use crate::liaison::paging::LARGEST_PAGE;
use crate::liaison::require_reader;
use crate::liaison::sheets::{entry_store, select as sheets};
use crate::liaison::terms::{ContactChannel, ContactPurpose};
use crate::pagination::{Cursor, Key, Page, PageArguments, PageInfo};
use crate::scalars::{DateTime, is_written_alike};
use async_graphql::{Context, Object, SimpleObject};
use chrono::{FixedOffset, NaiveDate};
use japan::clock::Clock;
use japan::clock::JAPAN;
use std::sync::Arc;

const LIST: u32 = u32::from_be_bytes(*b"now ");
const UNKNOWN: u32 = u32::from_be_bytes(*b"perh");

/// Queries about who can be reached.
#[derive(Default)]
pub struct ReachQueries;

/// A page of physicians and desks, and those whose reachability is unknown.
pub struct ReachableConnection {
    judged: Arc<Judged>,
    edges: Vec<ReachableEdge>,
    page_info: PageInfo,
}

/// Somebody in a list.
#[derive(Clone, SimpleObject)]
pub struct ReachableEdge {
    /// Opaque place in the list as it was at that instant; give it back as `after`.
    cursor: String,
    /// Who, by which channel, until when.
    node: Reachable,
}

connection! {
    /// A page of those nobody can be sure of (要確認).
    UnknownReachableConnection of
    /// Somebody in the list of those nobody can be sure of.
    UnknownReachableEdge of
    /// Who, and why nobody can be sure.
    Reachable
}

#[Object]
impl ReachQueries {
    /// Whom one can turn to (いま連絡できる人): physicians of liaison sheets and desks of professionals, with the
    /// channel to use, until when, and what to avoid. First those who can be turned to now, by the channel they
    /// prefer; then the others, by the beginning of their next window. Those nobody can be sure of stand apart
    /// in `unknown`. For care professionals, as far as they may read sheets and desks; logged as read.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn reachable_now(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At which instant; now without it.")] at: Option<DateTime>,
        #[graphql(desc = "Only by this channel (連絡手段).")] channel: Option<ContactChannel>,
        #[graphql(desc = "Only for this purpose (目的). A sheet is not for emergencies: URGENT finds only \
                          whoever offers it.")]
        purpose: Option<ContactPurpose>,
        #[graphql(desc = "Whom.")] filter: Option<ReachableFilter>,
        #[graphql(desc = "Words of the names or readings of people and institutions; all must occur.")] text: Option<
            String,
        >,
        #[graphql(desc = "Page size, 0 to 50; 20 without it.")] first: Option<i32>,
        #[graphql(
            desc = "Cursor after which the page begins. Without `at`, the page is of the instant of the \
                          cursor."
        )]
        after: Option<String>,
    ) -> Option<ReachableConnection> {
        let page = PageArguments { first, after, ..PageArguments::default() };
        let asked = (at, channel, purpose);
        answer(ctx, asked, filter.unwrap_or_default(), text, &page).await.nullable(ctx)
    }
}

type Moment = (Option<DateTime>, Option<ContactChannel>, Option<ContactPurpose>);

async fn answer(
    ctx: &Context<'_>,
    (at, channel, purpose): Moment,
    filter: ReachableFilter,
    text: Option<String>,
    page: &PageArguments,
) -> Result<Option<ReachableConnection>> {
    let context = RequestContext::of(ctx);
    require_reader(context)?;
    let page = page.page(LIST)?;
    let size = of_at_most(LARGEST_PAGE, page.limit)?;
    let (instant, from) = place(&page, at, context.clock())?;
    let question = Question { at: instant, channel, purpose };
    let asked = filter.resolve(text.as_deref(), instant.date_naive(), context.viewer.today())?;
    let candidates = find(context, asked, instant.date_naive()).await?;
    // Judging thousands of timetables is left to a thread of its own, so that other requests do not wait.
    let judged = tokio::task::spawn_blocking(move || {
        let judged = Judged::new(question, candidates);
        let listed = judged.listed(from, size);
        (judged, listed)
    });
    let (judged, listed) = judged.await.map_err(Error::internal)?;
    let minute = instant.timestamp() / 60;
    let cursor = |at: usize| place_after(LIST, from + at, Key::Number(minute as f64));
    let nodes = Reachable::of(context, listed).await?;
    let edges: Vec<_> =
        nodes.into_iter().enumerate().map(|(at, node)| ReachableEdge { cursor: cursor(at), node }).collect();
    let page_info = PageInfo {
        has_next_page: from + size < judged.count(),
        has_previous_page: from > 0,
        start_cursor: edges.first().map(|edge| edge.cursor.clone()),
        end_cursor: edges.last().map(|edge| edge.cursor.clone()),
    };
    Ok(Some(ReachableConnection { judged: Arc::new(judged), edges, page_info }))
}

/// The instant of the list and the offset at which the page begins.
fn place(page: &Page, at: Option<DateTime>, clock: Clock) -> Result<(chrono::DateTime<FixedOffset>, usize)> {
    let now = at.map_or_else(|| clock.now(), |at| at.0.to_utc()).with_timezone(&JAPAN);
    let Some(cursor) = &page.from else { return Ok((now, 0)) };
    let Key::Number(minute) = cursor.key else { return Err(Cursor::unknown("after")) };
    let then = chrono::DateTime::from_timestamp((minute as i64).saturating_mul(60), 0);
    let then = then.filter(|then| is_written_alike(then.date_naive()));
    let then = then.ok_or_else(|| Cursor::unknown("after"))?.with_timezone(&JAPAN);
    let from = usize::try_from(cursor.id).map_err(|_| Cursor::unknown("after"))?;
    Ok((if at.is_some() { now } else { then }, from))
}

fn of_at_most(largest: usize, size: usize) -> Result<usize> {
    if size > largest {
        return Err(Error::invalid("first", format!("`first` must be between 0 and {largest}.")));
    }
    Ok(size)
}

async fn find(context: &RequestContext, asked: Asked, day: NaiveDate) -> Result<Vec<Candidate>> {
    let mut found = Vec::new();
    if let Some(wanted) = asked.physicians {
        let selection = sheets::Selection::of(context, wanted).await?;
        found.extend(candidates::physicians(context, &selection, day).await?);
    }
    if let Some(wanted) = asked.desks {
        let selection = desks::Selection::of(context, wanted).await?;
        found.extend(candidates::desks(context, &selection).await?);
    }
    Ok(found)
}

/// Whom one can turn to.
#[Object]
impl ReachableConnection {
    /// The people of the page, each with a cursor.
    async fn edges(&self) -> &[ReachableEdge] {
        &self.edges
    }

    /// The people of the page.
    async fn nodes(&self) -> Vec<&Reachable> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// What lies before and after the page.
    async fn page_info(&self) -> &PageInfo {
        &self.page_info
    }

    /// As of which instant (判定の時刻).
    async fn at(&self) -> DateTime {
        DateTime(self.judged.at())
    }

    /// How many are in the whole list, without those in `unknown` (件数).
    async fn total_count(&self) -> usize {
        self.judged.count()
    }

    /// How many of them can be turned to at that instant (いま連絡できる人数).
    async fn reachable_count(&self) -> usize {
        self.judged.count_now()
    }

    /// How many nobody can be sure of (要確認の人数).
    async fn unknown_count(&self) -> usize {
        self.judged.count_unknown()
    }

    /// Those nobody can be sure of (要確認), by institution. For the next page ask with the `at` of the first one.
    async fn unknown(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Page size, 0 to 50; 20 without it.")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins.")] after: Option<String>,
    ) -> Option<UnknownReachableConnection> {
        let page = PageArguments { first, after, ..PageArguments::default() };
        self.unsure(ctx, &page).await.or_null(ctx)
    }
}

impl ReachableConnection {
    async fn unsure(&self, ctx: &Context<'_>, page: &PageArguments) -> Result<UnknownReachableConnection> {
        let page = page.page(UNKNOWN)?;
        let size = of_at_most(LARGEST_PAGE, page.limit)?;
        let minute = Key::Number((self.judged.at().timestamp() / 60) as f64);
        if page.from.as_ref().is_some_and(|cursor| cursor.key != minute) {
            let reason = "This cursor is of another instant. Ask with the `at` of the page it comes from.";
            return Err(Error::invalid("after", reason));
        }
        let from = page.from.as_ref().map_or(Ok(0), |cursor| usize::try_from(cursor.id));
        let from = from.map_err(|_| Cursor::unknown("after"))?;
        let nodes = Reachable::of(RequestContext::of(ctx), self.judged.unsure(from, size)).await?;
        let cursors = (from..).map(|at| place_after(UNKNOWN, at, minute.clone()));
        let rows: Vec<(String, Reachable)> = cursors.zip(nodes).collect();
        let page_info = PageInfo {
            has_next_page: from + size < self.judged.count_unknown(),
            has_previous_page: from > 0,
            start_cursor: rows.first().map(|(cursor, _)| cursor.clone()),
            end_cursor: rows.last().map(|(cursor, _)| cursor.clone()),
        };
        Ok(UnknownReachableConnection::new(rows, page_info))
    }
}

/// The cursor of the row at an offset.
fn place_after(list: u32, at: usize, key: Key) -> String {
    let id = i64::try_from(at + 1).unwrap_or(i64::MAX);
    Cursor { segment: 0, key, id }.encode(list)
}

impl Reachable {
    /// The physicians and desks with the data that the viewer may read; they are noted as read for the audit.
    async fn of(context: &RequestContext, found: Vec<(Who, Answer)>) -> Result<Vec<Self>> {
        let (db, viewer) = (context.db(), &context.viewer);
        let keys = |entry: bool| -> Vec<i64> {
            let of_kind = found.iter().filter(|(who, _)| matches!(who, Who::Entry(_)) == entry);
            of_kind.map(|(who, _)| who.key()).collect()
        };
        let mut entries = entry_store::find_entries(db, viewer, &keys(true)).await?;
        let mut desks = contacts::find_by_key(db, viewer, &keys(false)).await?;
        let mut people = Vec::with_capacity(found.len());
        for (who, answer) in found {
            let subject = match who {
                Who::Entry(id) => entries.remove(&id).map(|(entry, sheet)| Subject::Physician {
                    entry,
                    sheet: sheet.handed_to(context).into(),
                }),
                Who::Desk(id) => desks.remove(&id).map(|desk| Subject::Desk(desk.handed_to(context))),
            };
            people.extend(subject.map(|who| Self { who, answer }));
        }
        Ok(people)
    }
}
