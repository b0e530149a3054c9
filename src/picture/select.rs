//! Which resources match: a filter as facts about resources, and the rows of which they hold.

use super::areas::DistrictCode;
use super::open::{self, RuleGroups};
use super::raw::{NO_DAY, day};
use super::segment::{Rows, Segment, any_of};
use super::text;
use super::view::{Matches, View};
use crate::resources::freshness::Freshness;
use crate::resources::near::{Circle, squared_meters};
use crate::resources::search::{TextSearch, Tier};
use chrono::{Datelike, NaiveDate};
use entity::enums::{PublicationState, ResourceKind, ServiceArea};
use japan::values::{Bounds, cell};
use roaring::RoaringBitmap;
use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

/// The most runs of map cells that cover a box: more runs look at fewer rows outside of the box.
const CELL_RUNS: usize = 24;

/// So many rows are tested one by one faster than the edge of a box is found.
const TESTED: usize = 3_000;
/// Levels of the quads that are put together to a box, from those of a country to those of a house.
const QUAD_LEVELS: [u32; 13] = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20];

/// Something that holds of a resource or not.
#[derive(Clone, Debug)]
pub enum Criterion {
    /// It is in one of these states.
    States(Vec<PublicationState>),
    /// It is of one of these kinds.
    Kinds(Vec<ResourceKind>),
    /// It stands in one of these prefectures, by codes of two digits.
    Prefectures(Vec<String>),
    /// It stands in one of these municipalities, by codes of six digits.
    Municipalities(Vec<String>),
    /// It stands in one of these municipalities, by internal key.
    MunicipalityKeys(Vec<i64>),
    /// It stands in one of these districts.
    StandsIn(Vec<DistrictCode>),
    /// It can be used from one of these districts, or from everywhere.
    UsableFrom {
        /// The districts.
        districts: Vec<DistrictCode>,
        /// Also where nobody recorded from where it can be used.
        or_unknown: bool,
    },
    /// It answers for one of these districts, by internal key.
    Serves(Vec<i64>),
    /// It has a position, or has none.
    Located(bool),
    /// It is as fresh as one of these, judged as of a day.
    Fresh(Vec<Freshness>, NaiveDate),
    /// It has one of these tags.
    Tagged(Vec<String>),
    /// One visit certainly costs no more than so many yen.
    VisitAtMost(i32),
    /// An hour of help certainly costs no more than so many yen.
    HourAtMost(i32),
    /// It has a service of which all of this holds.
    Offers(Vec<OfService>),
    /// Its categories are one of these.
    Categories(Vec<String>),
    /// It declares one of these departments, by codes of five digits.
    Departments(Vec<String>),
    /// It has beds, or has published that it has none.
    Beds(bool),
    /// It is open, and perhaps also what may be, as rules were judged.
    Open {
        /// The rules.
        rules: Arc<RuleGroups>,
        /// Also where nobody can be sure.
        or_unknown: bool,
    },
    /// It follows one of these rules, and what is recorded of it is certain enough to say on which days.
    Dated(Arc<RuleGroups>),
    /// It has no place on the map.
    OffTheMap,
    /// One of these holds.
    Any(Vec<Criterion>),
    /// All of these hold.
    All(Vec<Criterion>),
    /// This does not hold.
    Not(Box<Criterion>),
}

/// Something that holds of a service.
#[derive(Clone, Debug)]
pub enum OfService {
    /// It is of one of these types, by codes of three digits.
    Types(Vec<String>),
    /// It is available on all of these days, as published.
    Days(i16),
}

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'w> {
    /// All of this must hold.
    pub criteria: &'w [Criterion],
    /// This must be found.
    pub text: Option<&'w TextSearch>,
    /// How well it must be found.
    pub tier: Tier,
    /// Within a circle.
    pub near: Option<Circle>,
    /// Within a box.
    pub bounds: Option<Bounds>,
}

impl Wanted<'_> {
    /// States and kinds, when nothing else than these and a box is wanted.
    pub(super) fn only_states_and_kinds(&self) -> Option<(Vec<PublicationState>, Vec<ResourceKind>)> {
        let (mut states, mut kinds) = (None, None);
        for criterion in self.criteria {
            match criterion {
                Criterion::States(own) if states.is_none() => states = Some(own.clone()),
                Criterion::Kinds(own) if kinds.is_none() => kinds = Some(own.clone()),
                _ => return None,
            }
        }
        let is_all = self.text.is_none() && self.near.is_none();
        is_all.then(|| (states.unwrap_or_default(), kinds.unwrap_or_default()))
    }

    /// What a list of criteria wants, and nothing else.
    pub fn all(criteria: &[Criterion]) -> Wanted<'_> {
        Wanted { criteria, text: None, tier: Tier::Anywhere, near: None, bounds: None }
    }
}

impl View {
    /// The resources that match, of which the viewer may know.
    pub fn matching(&self, wanted: &Wanted<'_>) -> Matches {
        Matches(self.parts().map(|(segment, visible)| self.of_segment(segment, visible, wanted)).collect())
    }

    /// Those of some resources of which a criterion holds.
    pub fn narrow(&self, among: &Matches, criterion: &Criterion) -> Matches {
        let parts = self.over(among);
        Matches(parts.map(|(segment, rows)| self.holding(segment, rows, criterion)).collect())
    }

    fn of_segment(&self, segment: &Segment, visible: &Rows, wanted: &Wanted<'_>) -> Rows {
        let rows = match (wanted.near, wanted.bounds) {
            (None, Some(bounds)) => in_box(segment, visible, &bounds, |row| is_inside(segment, row, wanted)),
            (Some(circle), _) => {
                let runs = cell::covering(&Bounds::around(&circle.center, circle.meters), CELL_RUNS);
                in_runs(segment, visible, &runs, |row| is_inside(segment, row, wanted))
            }
            (None, None) => visible.clone(),
        };
        self.of_rows(segment, rows, wanted)
    }

    /// The resources that match and lie in some runs of map cells.
    pub(super) fn matching_in(&self, wanted: &Wanted<'_>, runs: &[RangeInclusive<i64>]) -> Matches {
        let of_part = |(segment, visible): (&Segment, &Rows)| {
            let rows = in_runs(segment, visible, runs, |row| is_inside(segment, row, wanted));
            self.of_rows(segment, rows, wanted)
        };
        Matches(self.parts().map(of_part).collect())
    }

    fn of_rows(&self, segment: &Segment, mut rows: Rows, wanted: &Wanted<'_>) -> Rows {
        for criterion in wanted.criteria {
            if rows.is_empty() {
                return rows;
            }
            rows = self.holding(segment, &rows, criterion);
        }
        match wanted.text {
            Some(text) => text::found(self, segment, &rows, text, wanted.tier),
            None => rows,
        }
    }

    pub(super) fn holding(&self, segment: &Segment, among: &Rows, criterion: &Criterion) -> Rows {
        let index = &segment.index;
        match criterion {
            Criterion::States(states) => any_of(&index.states, among, states.iter()),
            Criterion::Kinds(kinds) => any_of(&index.kinds, among, kinds.iter()),
            Criterion::Prefectures(codes) => {
                let numbers: Vec<u8> = codes.iter().filter_map(|code| code.parse().ok()).collect();
                any_of(&index.prefectures, among, numbers.iter().filter(|number| **number > 0))
            }
            Criterion::Municipalities(codes) => {
                let ids = codes.iter().filter_map(|code| self.areas().municipality_of(code));
                in_municipalities(segment, among, ids)
            }
            Criterion::MunicipalityKeys(ids) => in_municipalities(segment, among, ids.iter().copied()),
            Criterion::StandsIn(codes) => any_of(&index.homes, among, self.districts(codes).iter()),
            Criterion::UsableFrom { districts, or_unknown } => {
                let mut found = any_of(&index.served, among, self.districts(districts).iter());
                let unknown = or_unknown.then_some(&ServiceArea::Unknown);
                let everywhere = std::iter::once(&ServiceArea::Everywhere);
                found |= any_of(&index.areas, among, everywhere.chain(unknown));
                found
            }
            Criterion::Serves(ids) => {
                let keys: Vec<u32> = ids.iter().filter_map(|id| u32::try_from(*id).ok()).collect();
                any_of(&index.served, among, keys.iter())
            }
            Criterion::Located(true) => among & &index.located,
            Criterion::Located(false) => among - &index.located,
            Criterion::Fresh(wanted, today) => fresh(segment, among, wanted, *today),
            Criterion::Tagged(tags) => any_of(&index.tags, among, tags.iter()),
            Criterion::VisitAtMost(yen) => few(&segment.visit_yen, among, |own| own <= *yen),
            Criterion::HourAtMost(yen) => few(&segment.hour_yen, among, |own| own <= *yen),
            Criterion::Offers(conditions) => offering(segment, among, conditions),
            Criterion::Categories(wanted) => of_categories(segment, among, wanted),
            Criterion::Departments(codes) => any_of(&index.departments, among, codes.iter()),
            Criterion::Beds(true) => among & &index.with_beds,
            Criterion::Beds(false) => among & &index.without_beds,
            Criterion::Open { rules, or_unknown } => open::open(segment, among, rules, *or_unknown),
            Criterion::Dated(rules) => open::dated(segment, among, rules),
            Criterion::OffTheMap => among - &index.with_cell,
            Criterion::Any(any) => {
                let mut found = Rows::new();
                any.iter().for_each(|one| found |= self.holding(segment, among, one));
                found
            }
            Criterion::All(all) => {
                all.iter().fold(among.clone(), |rows, one| self.holding(segment, &rows, one))
            }
            Criterion::Not(criterion) => among - self.holding(segment, among, criterion),
        }
    }

    /// Internal keys of districts by code.
    fn districts(&self, codes: &[DistrictCode]) -> Vec<u32> {
        let called = codes.iter().flat_map(|code| self.areas().districts_called(code));
        called.filter_map(|district| u32::try_from(district.id).ok()).collect()
    }
}

fn in_municipalities(segment: &Segment, among: &Rows, ids: impl Iterator<Item = i64>) -> Rows {
    let keys: Vec<u32> = ids.filter_map(|id| u32::try_from(id).ok()).filter(|key| *key > 0).collect();
    any_of(&segment.index.municipalities, among, keys.iter())
}

/// The rows in a run of map cells.
pub(super) fn run_of(segment: &Segment, run: &RangeInclusive<i64>) -> Range<u32> {
    let start = segment.cells.partition_point(|cell| cell < run.start());
    let end = segment.cells.partition_point(|cell| cell <= run.end());
    start as u32..end.max(start) as u32
}

/// The rows in a box. Of a box with many only those in cells along its edge are tested.
fn in_box(segment: &Segment, among: &Rows, bounds: &Bounds, is_inside: impl Fn(u32) -> bool) -> Rows {
    let runs = cell::covering(bounds, CELL_RUNS);
    if runs.iter().map(|run| run_of(segment, run).len()).sum::<usize>() <= TESTED {
        return in_runs(segment, among, &runs, is_inside);
    }
    let parts = cell::parts(bounds, &QUAD_LEVELS);
    let mut rows = in_runs(segment, among, &parts.edge, is_inside);
    let mut inside = Rows::new();
    // Quads that follow each other, with nothing between them, are one run of rows.
    let mut run = 0..0;
    for (level, quads) in &parts.inside {
        let next = run_of(segment, &cell::cells_of(quads, *level));
        if next.start == run.end {
            run.end = next.end;
        } else {
            inside.insert_range(std::mem::replace(&mut run, next));
        }
    }
    inside.insert_range(run);
    inside &= among;
    rows |= inside;
    rows
}

/// The rows in runs of map cells, which are in order and apart, for which a test of the position succeeds.
fn in_runs(
    segment: &Segment,
    among: &Rows,
    runs: &[RangeInclusive<i64>],
    is_inside: impl Fn(u32) -> bool,
) -> Rows {
    let rows = runs.iter().flat_map(|run| run_of(segment, run)).filter(|row| is_inside(*row));
    RoaringBitmap::from_sorted_iter(rows).unwrap_or_default() & among
}

fn is_inside(segment: &Segment, row: u32, wanted: &Wanted<'_>) -> bool {
    let columns = &segment.columns;
    let position = columns.latitudes.get(row as usize).zip(columns.longitudes.get(row as usize));
    let Some((latitude, longitude)) = position else { return false };
    let in_box = wanted.bounds.as_ref().is_none_or(|bounds| {
        (bounds.south()..=bounds.north()).contains(latitude)
            && (bounds.west()..=bounds.east()).contains(longitude)
    });
    let in_circle = wanted.near.as_ref().is_none_or(|circle| {
        squared_meters(&circle.center, *latitude, *longitude) <= circle.meters * circle.meters
    });
    in_box && in_circle
}

fn few(amounts: &HashMap<u32, i32>, among: &Rows, is_meant: impl Fn(i32) -> bool) -> Rows {
    amounts
        .iter()
        .filter(|(row, yen)| is_meant(**yen) && among.contains(**row))
        .map(|(row, _)| *row)
        .collect()
}

fn fresh(segment: &Segment, among: &Rows, wanted: &[Freshness], today: NaiveDate) -> Rows {
    let columns = &segment.columns;
    let number = |column: &[i32], row: u32| column.get(row as usize).copied().unwrap_or(NO_DAY);
    // Most rows have one of a few days: each is judged once.
    let mut judged: HashMap<(i32, bool), bool> = HashMap::new();
    let mut last = None;
    let is_meant = |row: &u32| {
        let known = number(&columns.verified, *row).max(number(&columns.as_of, *row));
        let vanished = number(&columns.vanished, *row);
        let key = (known, vanished != NO_DAY);
        if let Some((_, meant)) = last.filter(|(last, _)| *last == key) {
            return meant;
        }
        let judge = || wanted.contains(&Freshness::of(day(known), None, day(vanished), today));
        let meant = *judged.entry(key).or_insert_with(judge);
        last = Some((key, meant));
        meant
    };
    RoaringBitmap::from_sorted_iter(among.iter().filter(is_meant)).unwrap_or_default()
}

/// Whether a row was verified or published on a day or later.
pub(super) fn is_known_since(segment: &Segment, row: u32, day: NaiveDate) -> bool {
    let first = day.num_days_from_ce();
    let since = |column: &[i32]| column.get(row as usize).is_some_and(|day| *day >= first);
    since(&segment.columns.verified) || since(&segment.columns.as_of)
}

fn offering(segment: &Segment, among: &Rows, conditions: &[OfService]) -> Rows {
    // The codes that each condition on the type allows.
    let mut allowed = vec![true; segment.service_codes.len()];
    let (mut days, mut candidates) = (0, among.clone());
    for condition in conditions {
        match condition {
            OfService::Types(codes) => {
                candidates = any_of(&segment.index.services, &candidates, codes.iter());
                for (code, allowed) in segment.service_codes.iter().zip(&mut allowed) {
                    *allowed &= codes.contains(code);
                }
            }
            OfService::Days(bits) => days |= bits,
        }
    }
    let offers = |row: &u32| {
        segment.services.of(*row).iter().any(|service| {
            let of_type = allowed.get(usize::from(service.code)).copied().unwrap_or_default();
            let on_days = days == 0 || (service.days >= 0 && service.days & days == days);
            of_type && on_days && !service.is_gone
        })
    };
    RoaringBitmap::from_sorted_iter(candidates.iter().filter(offers)).unwrap_or_default()
}

fn of_categories(segment: &Segment, among: &Rows, wanted: &[String]) -> Rows {
    let places = (0_u32..).zip(&segment.category_sets).filter(|(_, set)| wanted.contains(set));
    let places: Rows = places.map(|(place, _)| place).collect();
    let has = |row: &u32| {
        segment.columns.categories.get(*row as usize).is_some_and(|place| places.contains(*place))
    };
    RoaringBitmap::from_sorted_iter(among.iter().filter(has)).unwrap_or_default()
}
