//! Pages of rows in an order.

use super::raw::NO_DAY;
use super::record::Record;
use super::segment::{Ranking, Rows, Segment};
use super::view::{Matches, View};
use crate::pagination::Key;
use crate::resources::near::{Circle, squared_meters};
use chrono::{Datelike, NaiveDate};
use std::cmp::Ordering;
use std::sync::Arc;

/// Lists of more rows are read in the order of all rows, shorter ones are sorted.
const SORTED: u64 = 2_000;

/// An order of rows. Ties are in the order of entry.
#[derive(Clone, Copy, Debug)]
pub enum Sorting {
    /// In the order of entry.
    Entry,
    /// By reading.
    Name,
    /// By day of verification, the newest first.
    RecentlyVerified,
    /// By distance from the centre of a circle.
    Distance(Circle),
}

/// A place in an order.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// What is sorted by, before the internal key.
    pub key: Key,
    /// Internal key of the resource.
    pub id: i64,
}

/// A row that was found in a segment.
struct Found {
    part: usize,
    row: u32,
    spot: Spot,
}

impl Sorting {
    /// Compares two places.
    pub fn compare(&self, one: &Spot, other: &Spot) -> Ordering {
        let keys = match (&one.key, &other.key) {
            (Key::Text(one), Key::Text(other)) => one.cmp(other),
            (Key::Number(one), Key::Number(other)) => one.total_cmp(other),
            _ => Ordering::Equal,
        };
        let keys = if matches!(self, Self::RecentlyVerified) { keys.reverse() } else { keys };
        keys.then(one.id.cmp(&other.id))
    }

    fn key(&self, segment: &Segment, row: u32) -> Key {
        match self {
            Self::Entry => Key::None,
            Self::Name => Key::Text(segment.sort_key(row).to_owned()),
            Self::RecentlyVerified => {
                let day = NaiveDate::from_num_days_from_ce_opt(verified(segment, row)).unwrap_or_default();
                Key::Text(day.to_string())
            }
            Self::Distance(circle) => Key::Number(distance(segment, row, circle)),
        }
    }
}

/// The day of verification as a number; that of none is the first day there is.
pub(super) fn verified(segment: &Segment, row: u32) -> i32 {
    let day = segment.columns.verified.get(row as usize).copied().unwrap_or(NO_DAY);
    if day == NO_DAY { 1 } else { day }
}

fn distance(segment: &Segment, row: u32, circle: &Circle) -> f64 {
    let columns = &segment.columns;
    match columns.latitudes.get(row as usize).zip(columns.longitudes.get(row as usize)) {
        Some((latitude, longitude)) if !latitude.is_nan() => {
            squared_meters(&circle.center, *latitude, *longitude)
        }
        _ => f64::INFINITY,
    }
}

impl View {
    /// The next resources after a place, or before it, in an order; those before it from the back.
    pub fn page(
        self: &Arc<Self>,
        matches: &Matches,
        sorting: Sorting,
        from: Option<&Spot>,
        (backward, limit): (bool, usize),
    ) -> Vec<(Record, Spot)> {
        let mut found = Vec::new();
        for (part, (segment, rows)) in self.over(matches).enumerate() {
            let rows = next(segment, rows, sorting, from, (backward, limit));
            found.extend(rows.into_iter().map(|row| {
                let spot = Spot { key: sorting.key(segment, row), id: segment.id(row) };
                Found { part, row, spot }
            }));
        }
        found.sort_by(|one, other| {
            let order = sorting.compare(&one.spot, &other.spot);
            if backward { order.reverse() } else { order }
        });
        found.truncate(limit);
        found.into_iter().map(|one| (Record::new(Arc::clone(self), one.part, one.row), one.spot)).collect()
    }
}

/// The next rows of a segment.
fn next(
    segment: &Segment,
    rows: &Rows,
    sorting: Sorting,
    from: Option<&Spot>,
    (backward, limit): (bool, usize),
) -> Vec<u32> {
    match sorting {
        Sorting::Entry | Sorting::Name | Sorting::RecentlyVerified => {
            let ranking = match sorting {
                Sorting::Name => segment.by_name(),
                Sorting::RecentlyVerified => segment.by_verified(),
                Sorting::Entry | Sorting::Distance(_) => &segment.by_entry,
            };
            let (first, last) = between(segment, ranking, sorting, from, backward);
            ranked(ranking, rows, (first, last), (backward, limit))
        }
        Sorting::Distance(circle) => {
            let mut near: Vec<(f64, u32)> =
                rows.iter().map(|row| (distance(segment, row, &circle), row)).collect();
            if let Some(from) = from {
                let is_beyond = |(meters, row): &(f64, u32)| {
                    let spot = Spot { key: Key::Number(*meters), id: segment.id(*row) };
                    sorting.compare(&spot, from) == if backward { Ordering::Less } else { Ordering::Greater }
                };
                near.retain(is_beyond);
            }
            let order = |one: &(f64, u32), other: &(f64, u32)| {
                let order = one.0.total_cmp(&other.0).then(segment.id(one.1).cmp(&segment.id(other.1)));
                if backward { order.reverse() } else { order }
            };
            // Only those of the page are put into their order.
            if limit > 0 && limit < near.len() {
                near.select_nth_unstable_by(limit - 1, order);
            }
            near.truncate(limit);
            near.sort_by(order);
            near.into_iter().map(|(_, row)| row).collect()
        }
    }
}

/// The places of a ranking that lie after a place in the list, or before it.
fn between(
    segment: &Segment,
    ranking: &Ranking,
    sorting: Sorting,
    from: Option<&Spot>,
    backward: bool,
) -> (usize, usize) {
    let all = ranking.sorted.len();
    let Some(from) = from else { return (0, all) };
    let compare = |row: &u32| {
        let key = match (&from.key, sorting) {
            (Key::Text(text), Sorting::Name) => segment.sort_key(*row).cmp(text),
            (Key::Text(day), Sorting::RecentlyVerified) => {
                let day = day.parse::<NaiveDate>().map_or(1, |day| day.num_days_from_ce());
                day.cmp(&verified(segment, *row))
            }
            _ => Ordering::Equal,
        };
        key.then(segment.id(*row).cmp(&from.id))
    };
    match backward {
        false => (ranking.sorted.partition_point(|row| compare(row) != Ordering::Greater), all),
        true => (0, ranking.sorted.partition_point(|row| compare(row) == Ordering::Less)),
    }
}

fn ranked(
    ranking: &Ranking,
    rows: &Rows,
    (first, last): (usize, usize),
    (backward, limit): (bool, usize),
) -> Vec<u32> {
    if rows.len() > SORTED {
        let all = ranking.sorted.get(first..last).unwrap_or_default().iter().copied();
        let is_meant = |row: &u32| rows.contains(*row);
        return match backward {
            false => all.filter(is_meant).take(limit).collect(),
            true => all.rev().filter(is_meant).take(limit).collect(),
        };
    }
    let place = |row: u32| ranking.places.get(row as usize).map(|place| (*place as usize, row));
    let mut places: Vec<(usize, u32)> =
        rows.iter().filter_map(place).filter(|(place, _)| (first..last).contains(place)).collect();
    places.sort_unstable();
    if backward {
        places.reverse();
    }
    places.into_iter().take(limit).map(|(_, row)| row).collect()
}
