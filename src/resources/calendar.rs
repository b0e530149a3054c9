//! The calendar across resources: the dates of each rule are computed once, then the resources that follow
//! the rules are read in the order of the calendar.

use super::open_filter::{certain, not_closed_between};
use super::search::Tier;
use super::store::{self, Listing};
use crate::auth::Viewer;
use crate::error::Result;
use crate::pagination::{Cursor, Key, Page};
use crate::scalars::is_written_alike;
use crate::schedules::store::{self as schedules, ReadyRule, follows};
use chrono::NaiveDate;
use entity::resource::Column;
use entity::schedule;
use hours::occurrences::{self, Occurrence};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, Query, SelectStatement, SimpleExpr};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, IntoSimpleExpr, JoinType, Order, QueryResult};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// The most pairs of slot and rule in one statement; a page of a city needs far fewer.
const PAIRS: usize = 2_000;

/// One meeting of one place.
pub struct Entry {
    /// The schedule it follows (開催日時).
    pub schedule_id: i64,
    /// Internal key of the resource.
    pub resource_id: i64,
    /// Its date and times.
    pub occurrence: Occurrence,
    /// Its cursor.
    pub cursor: Cursor,
}

/// A page of the calendar.
#[derive(Default)]
pub struct Entries {
    /// In order of time.
    pub entries: Vec<Entry>,
    /// Whether there is more.
    pub more: bool,
}

/// Occurrences by slot of the calendar and by rule.
type Slots = BTreeMap<String, HashMap<i64, Occurrence>>;

/// Reads a page: one statement for the rules of the places, and usually one or two for the places.
pub async fn list(
    db: &DatabaseConnection,
    viewer: &Viewer,
    listing: &Listing,
    (from, to): (NaiveDate, NaiveDate),
    page: &Page,
) -> Result<Entries> {
    let rules = rules_of(db, viewer, listing).await?;
    let after = page.from.as_ref().map(|cursor| (slot_of(cursor), cursor.id));
    let begin = after.as_ref().and_then(|(slot, _)| day_of(slot)).map_or(from, |day| Ord::max(day, from));
    let mut days = begin.iter_days().take_while(|day| *day <= to);
    let mut found = Entries::default();
    // Nearly every pair of a slot and a rule has a place; where many have none, the next statement takes more
    // pairs.
    let mut pairs = page.limit + 1;
    loop {
        let mut slots = next_slots(&mut days, &rules, after.as_ref().map(|(slot, _)| slot.as_str()), pairs);
        if slots.is_empty() {
            return Ok(found);
        }
        while !slots.is_empty() {
            let part = first_of(&mut slots, pairs);
            pairs = Ord::min(pairs * 4, PAIRS);
            let missing = page.limit + 1 - found.entries.len();
            found.entries.extend(places(db, viewer, listing, &part, after.as_ref(), missing).await?);
            if found.entries.len() > page.limit {
                found.more = true;
                found.entries.truncate(page.limit);
                return Ok(found);
            }
        }
    }
}

/// Takes the first slots, until they hold so many rules.
fn first_of(slots: &mut Slots, pairs: usize) -> Slots {
    let (mut part, mut held) = (Slots::new(), 0);
    while held < pairs
        && let Some((slot, rules)) = slots.pop_first()
    {
        held += rules.len();
        part.insert(slot, rules);
    }
    part
}

/// How many matching places have no computable date.
pub async fn count_undated(db: &DatabaseConnection, viewer: &Viewer, listing: &Listing) -> Result<i64> {
    let rules = rules_of(db, viewer, listing).await?;
    let mut dated: Vec<i64> =
        rules.iter().filter(|(_, rule)| rule.rule.uncomputable().is_none()).map(|(id, _)| *id).collect();
    dated.sort_unstable();
    let sure = certain(viewer.today()).and(follows(
        db.get_database_backend(),
        Column::Id.into_simple_expr(),
        &dated,
    ));
    let listing = Listing { filter: listing.filter.clone().and(sure.not()), ..listing.clone() };
    store::count(db, viewer, &listing).await
}

/// The rules that the matching places follow.
async fn rules_of(
    db: &DatabaseConnection,
    viewer: &Viewer,
    listing: &Listing,
) -> Result<HashMap<i64, Arc<ReadyRule>>> {
    let mut select = with_schedules(viewer, listing, db.get_database_backend());
    select.distinct().column((schedule::Entity, schedule::Column::RuleId));
    let ids: HashSet<i64> = db
        .query_all(&select)
        .await?
        .iter()
        .map(|row| row.try_get_by_index(0))
        .collect::<std::result::Result<_, _>>()?;
    schedules::rules_among(db, ids).await
}

fn with_schedules(viewer: &Viewer, listing: &Listing, backend: DbBackend) -> SelectStatement {
    let mut select = store::matching(viewer, listing, Tier::Anywhere, backend);
    let own = schedule::Column::ResourceId.into_simple_expr().eq(Column::Id.into_simple_expr());
    select.join(JoinType::InnerJoin, schedule::Entity, own);
    select
}

/// The slots of the next days, as many as it takes to hold so many rules.
fn next_slots(
    days: &mut impl Iterator<Item = NaiveDate>,
    rules: &HashMap<i64, Arc<ReadyRule>>,
    after: Option<&str>,
    pairs: usize,
) -> Slots {
    let mut slots = Slots::new();
    let mut held = 0;
    for day in days {
        for (id, rule) in rules {
            for occurrence in occurrences::on(&rule.timetable, day) {
                let slot = slot(&occurrence);
                if after.is_none_or(|after| slot.as_str() >= after) {
                    slots.entry(slot).or_default().insert(*id, occurrence);
                    held += 1;
                }
            }
        }
        if held >= pairs {
            break;
        }
    }
    slots
}

/// The slot of an occurrence, `2026-11-26 10:00`; one without a time comes last on its day.
fn slot(occurrence: &Occurrence) -> String {
    let time = occurrence.start.map_or("99:99".to_owned(), |start| start.format("%H:%M").to_string());
    format!("{} {time}", occurrence.date)
}

fn slot_of(cursor: &Cursor) -> String {
    match &cursor.key {
        Key::Text(slot) => slot.clone(),
        Key::None | Key::Number(_) => String::new(),
    }
}

fn day_of(slot: &str) -> Option<NaiveDate> {
    slot.split_once(' ')?.0.parse().ok()
}

/// Whether a cursor is valid in a calendar.
pub fn holds(cursor: &Cursor) -> bool {
    matches!(&cursor.key, Key::Text(slot) if day_of(slot).is_some_and(is_written_alike))
}

async fn places(
    db: &DatabaseConnection,
    viewer: &Viewer,
    listing: &Listing,
    slots: &Slots,
    after: Option<&(String, i64)>,
    limit: usize,
) -> Result<Vec<Entry>> {
    let backend = db.get_database_backend();
    let numbered: Vec<(&String, &HashMap<i64, Occurrence>)> = slots.iter().collect();
    let mut select = with_schedules(viewer, listing, backend);
    let own = Expr::col((schedule::Entity, schedule::Column::RuleId)).eq(pair("rule"));
    select
        .join_subquery(JoinType::InnerJoin, pairs(backend, &numbered), Alias::new("pair"), own)
        .column((schedule::Entity, schedule::Column::Id))
        .column((schedule::Entity, schedule::Column::ResourceId))
        .column((schedule::Entity, schedule::Column::RuleId))
        .expr(pair("slot"))
        .cond_where(not_closed_between(pair("day"), pair("day")))
        .and_where(certain(viewer.today()))
        .order_by_expr(pair("slot"), Order::Asc)
        .order_by((schedule::Entity, schedule::Column::Id), Order::Asc)
        .limit(limit as u64);
    // The slot of the cursor is the first of all, because earlier ones were left out.
    if let Some((slot, id)) = after
        && numbered.first().is_some_and(|(first, _)| *first == slot)
    {
        select.and_where(pair("slot").gt(0).or(schedule::Column::Id.into_simple_expr().gt(*id)));
    }
    let mut found = Vec::new();
    for row in db.query_all(&select).await? {
        found.extend(entry(&row, &numbered)?);
    }
    Ok(found)
}

fn entry(row: &QueryResult, numbered: &[(&String, &HashMap<i64, Occurrence>)]) -> Result<Option<Entry>> {
    let (schedule_id, resource_id): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    let (rule, slot): (i64, i64) = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
    let slot = usize::try_from(slot).ok().and_then(|slot| numbered.get(slot));
    Ok(slot.and_then(|(slot, occurrences)| {
        let cursor = Cursor { segment: 0, key: Key::Text((*slot).clone()), id: schedule_id };
        Some(Entry { schedule_id, resource_id, occurrence: occurrences.get(&rule)?.clone(), cursor })
    }))
}

fn pair(column: &'static str) -> SimpleExpr {
    Expr::col((Alias::new("pair"), Alias::new(column)))
}

/// Rules by slot as one value: there may be thousands.
fn pairs(backend: DbBackend, numbered: &[(&String, &HashMap<i64, Occurrence>)]) -> SelectStatement {
    let mut list = Vec::new();
    for (number, (slot, occurrences)) in numbered.iter().enumerate() {
        let day = slot.split(' ').next().unwrap_or_default();
        list.extend(occurrences.keys().map(|rule| format!("[{number},{rule},\"{day}\"]")));
    }
    let list = Expr::value(format!("[{}]", list.join(",")));
    let (function, argument, parts) = match backend {
        DbBackend::Postgres => (
            "json_array_elements",
            list.cast_as(Alias::new("JSON")),
            ["(value->>0)::BIGINT", "(value->>1)::BIGINT", "(value->>2)::DATE"],
        ),
        _ => (
            "json_each",
            list,
            ["json_extract(value, '$[0]')", "json_extract(value, '$[1]')", "json_extract(value, '$[2]')"],
        ),
    };
    let mut select = Query::select();
    for (part, name) in parts.into_iter().zip(["slot", "rule", "day"]) {
        select.expr_as(Expr::cust(part), Alias::new(name));
    }
    select.from_function(Func::cust(Alias::new(function)).arg(argument), Alias::new("each")).to_owned()
}
