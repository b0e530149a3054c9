//! Which resources are open, by the rules they follow and what else is recorded of them.
//!
//! The judgement of a single resource is `facts` in `src/resources/openness.rs`; this is the same over many at a time, and
//! `tests/api/schedules/filter.rs` compares the two place by place.

use super::raw::{NO_DAY, lasts};
use super::segment::{Rows, Segment};
use super::select::is_known_since;
use crate::resources::freshness::Limits;
use chrono::{Datelike, NaiveDate};
use entity::enums::{PublicationState, ResourceKind};
use roaring::RoaringBitmap;
use sea_orm::Iterable;
use std::collections::{BTreeMap, HashSet};

/// First and last of the dates that matter; a suspension that covers both covers all.
pub type Dates = (NaiveDate, NaiveDate);

/// Rules by their judgement, each with the dates on which it holds.
#[derive(Clone, Debug)]
pub struct RuleGroups {
    /// Of the whole question.
    pub dates: Dates,
    /// Surely open.
    pub open: BTreeMap<Dates, Vec<i64>>,
    /// Perhaps.
    pub unknown: BTreeMap<Dates, Vec<i64>>,
    /// All that are in force.
    pub in_force: Vec<i64>,
    /// The day of the request, as of which records are fresh.
    pub today: NaiveDate,
}

impl RuleGroups {
    /// Rules that hold whatever the day.
    pub fn of_any_day(rules: Vec<i64>, today: NaiveDate) -> Self {
        let (open, unknown) = (BTreeMap::from([((today, today), rules)]), BTreeMap::new());
        Self { dates: (today, today), open, unknown, in_force: Vec::new(), today }
    }
}

/// The rows that are surely open, and perhaps those of which nobody can be sure.
pub(super) fn open(segment: &Segment, among: &Rows, rules: &RuleGroups, or_unknown: bool) -> Rows {
    let certain = certain(segment, among, rules.today);
    let mut found = follows_on(segment, &certain, &rules.open);
    if or_unknown {
        found |= follows_on(segment, among, &rules.unknown);
        let not_closed = not_closed(segment, among, rules.dates);
        let doubtful = &not_closed - &certain;
        let without_rule = &not_closed - follows(segment, &not_closed, &rules.in_force);
        found |= doubtful;
        found |= without_rule;
    }
    found
}

/// The rows that follow one of the open rules, and of which that is certain.
pub(super) fn dated(segment: &Segment, among: &Rows, rules: &RuleGroups) -> Rows {
    let certain = certain(segment, among, rules.today);
    rules.open.values().fold(Rows::new(), |found, ids| found | follows(segment, &certain, ids))
}

/// The rows that follow one of some rules and are not suspended on all of its dates.
fn follows_on(segment: &Segment, among: &Rows, rules: &BTreeMap<Dates, Vec<i64>>) -> Rows {
    let mut found = Rows::new();
    for (dates, ids) in rules {
        found |= follows(segment, &not_closed(segment, among, *dates), ids);
    }
    found
}

/// The rows that follow one of some rules.
pub(super) fn follows(segment: &Segment, among: &Rows, rules: &[i64]) -> Rows {
    // Many rules and few rows: the schedules of each row are looked at instead.
    if among.len() < rules.len() as u64 * 4 {
        let wanted: HashSet<i64> = rules.iter().copied().collect();
        let follows =
            |row: &u32| segment.schedules.of(*row).iter().any(|schedule| wanted.contains(&schedule.rule));
        return RoaringBitmap::from_sorted_iter(among.iter().filter(follows)).unwrap_or_default();
    }
    let mut following = Rows::new();
    for rule in rules {
        if let Some(rows) = segment.index.rules.get(rule) {
            following |= rows;
        }
    }
    following & among
}

/// The rows that are neither ended nor suspended on all days from a first to a last one.
pub(super) fn not_closed(segment: &Segment, among: &Rows, (first, last): Dates) -> Rows {
    let (first, last) = (first.num_days_from_ce(), last.num_days_from_ce());
    let day = |column: &[i32], row: u32| column.get(row as usize).copied().unwrap_or(NO_DAY);
    let covers = |row: &u32| {
        let (from, to) =
            (day(&segment.columns.suspended_from, *row), day(&segment.columns.suspended_to, *row));
        lasts((from, to), first, last)
    };
    let mut closed: Rows = (among & &segment.index.suspended).iter().filter(covers).collect();
    if let Some(ended) = segment.index.states.get(&PublicationState::Ended) {
        closed |= ended;
    }
    among - closed
}

/// The rows that were confirmed recently enough for their kind, are not overdue after a suspension, and are still listed by
/// their source.
pub(super) fn certain(segment: &Segment, among: &Rows, today: NaiveDate) -> Rows {
    let index = &segment.index;
    let mut doubtful = among & &index.vanished;
    let due_from = Limits::on(today).due_from;
    for kind in ResourceKind::iter().filter(|kind| kind.is_local()) {
        if let Some(of_kind) = index.kinds.get(&kind) {
            let old = |row: &u32| !is_known_since(segment, *row, due_from);
            doubtful.extend((among & of_kind).iter().filter(old));
        }
    }
    if let Some(suspended) = index.states.get(&PublicationState::Suspended) {
        let today = today.num_days_from_ce();
        let is_overdue = |row: &u32| {
            segment.columns.suspended_to.get(*row as usize).is_some_and(|to| *to != NO_DAY && *to < today)
        };
        doubtful.extend((among & suspended).iter().filter(is_overdue));
    }
    among - doubtful
}
