//! The calendar across resources: the dates of each rule are computed once, then the resources that follow
//! the rules are listed in the order of the calendar.

use crate::error::Result;
use crate::pagination::{Cursor, Key, Page};
use crate::picture::{Criterion, Following, Matches, RuleGroups, View};
use crate::scalars::is_written_alike;
use crate::schedules::store::{self as schedules, ReadyRule};
use chrono::NaiveDate;
use hours::occurrences::{self, Occurrence};
use sea_orm::DatabaseConnection;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

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

/// Reads a page. The dates of each rule are computed once, whatever number of places follows it.
pub async fn list(
    db: &DatabaseConnection,
    (view, matches): (&View, &Matches),
    today: NaiveDate,
    (from, to): (NaiveDate, NaiveDate),
    page: &Page,
) -> Result<Entries> {
    let following = view.following(matches, today);
    let rules = schedules::rules_among(db, following.keys().copied().collect()).await?;
    let after = page.from.as_ref().map(|cursor| (slot_of(cursor), cursor.id));
    let begin = after.as_ref().and_then(|(slot, _)| day_of(slot)).map_or(from, |day| Ord::max(day, from));
    let mut found = Entries::default();
    for day in begin.iter_days().take_while(|day| *day <= to) {
        for (slot, occurrences) in slots(&rules, day) {
            if after.as_ref().is_some_and(|(after, _)| slot < *after) {
                continue;
            }
            let last = after.as_ref().filter(|(after, _)| slot == *after).map(|(_, id)| *id);
            found.entries.extend(in_slot(&following, &slot, &occurrences, last));
            if found.entries.len() > page.limit {
                found.more = true;
                found.entries.truncate(page.limit);
                return Ok(found);
            }
        }
    }
    Ok(found)
}

/// What meets in a slot, in the order of the schedules, after one of them.
fn in_slot(
    following: &HashMap<i64, Vec<Following>>,
    slot: &str,
    occurrences: &[(i64, Occurrence)],
    after: Option<i64>,
) -> Vec<Entry> {
    let meets = |(rule, occurrence): &(i64, Occurrence)| {
        let places = following.get(rule).into_iter().flatten();
        let open = places.filter(|place| !place.is_closed_on(occurrence.date));
        let later = open.filter(|place| after.is_none_or(|after| place.schedule_id > after));
        let entry = |place: &Following| Entry {
            schedule_id: place.schedule_id,
            resource_id: place.resource_id,
            occurrence: occurrence.clone(),
            cursor: Cursor { segment: 0, key: Key::Text(slot.to_owned()), id: place.schedule_id },
        };
        later.map(entry).collect::<Vec<_>>()
    };
    let mut entries: Vec<Entry> = occurrences.iter().flat_map(meets).collect();
    entries.sort_by_key(|entry| entry.schedule_id);
    entries
}

/// How many matching places have no computable date.
pub async fn count_undated(
    db: &DatabaseConnection,
    (view, matches): (&View, &Matches),
    today: NaiveDate,
) -> Result<i64> {
    let rules = schedules::rules_among(db, view.rules_of(matches).into_iter().collect()).await?;
    let dated = rules.iter().filter(|(_, rule)| rule.rule.uncomputable().is_none()).map(|(id, _)| *id);
    let dated = RuleGroups::of_any_day(dated.collect(), today);
    let undated = view.narrow(matches, &Criterion::Not(Box::new(Criterion::Dated(Arc::new(dated)))));
    Ok(i64::try_from(undated.count()).unwrap_or(i64::MAX))
}

/// The occurrences of a day by slot, each with its rule.
fn slots(rules: &HashMap<i64, Arc<ReadyRule>>, day: NaiveDate) -> BTreeMap<String, Vec<(i64, Occurrence)>> {
    let mut slots: BTreeMap<String, Vec<(i64, Occurrence)>> = BTreeMap::new();
    for (id, rule) in rules {
        for occurrence in occurrences::on(&rule.timetable, day) {
            slots.entry(slot(&occurrence)).or_default().push((*id, occurrence));
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
