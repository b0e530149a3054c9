//! A part of the picture: resources in columns and sets. It never changes.
//!
//! Rows are in the order of their cells on the map, those without a position at the end: what lies together on the map lies
//! together in memory, and is a run in the sets of areas.

use super::grams::Grams;
use super::order::verified;
use super::texts::{Reading, ResourceTexts, Texts};
use entity::enums::{
    ContactKind, LocationStatus, PositionPrecision, PublicationState, ResourceKind, ServiceArea, Visibility,
};
use japan::values::Bounds;
use roaring::RoaringBitmap;
use sha2::{Digest, Sha256};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::OnceLock;
use uuid::Uuid;

/// Rows of a segment.
pub(super) type Rows = RoaringBitmap;

/// Rows by something they have.
pub(super) type Sets<K> = HashMap<K, Rows>;

/// A list for each row, one after the other.
#[derive(Debug)]
pub(super) struct Lists<T> {
    pub(super) all: Vec<T>,
    ends: Vec<u32>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { all: Vec::new(), ends: Vec::new() }
    }
}

impl<T> Lists<T> {
    /// Closes the list of the next row, to which all that was added to `all` since then belongs.
    pub(super) fn close(&mut self) {
        self.ends.push(self.all.len() as u32);
    }

    /// The list of a row.
    pub(super) fn of(&self, row: u32) -> &[T] {
        let end = |row: usize| self.ends.get(row).copied().unwrap_or_default() as usize;
        let start = (row as usize).checked_sub(1).map_or(0, end);
        self.all.get(start..end(row as usize)).unwrap_or_default()
    }

    /// The row to whose list an entry belongs.
    pub(super) fn row_of(&self, entry: u32) -> u32 {
        self.ends.partition_point(|end| *end <= entry) as u32
    }

    /// The lists of rows, put into an order.
    pub(super) fn in_order(&self, rows: &[u32]) -> Self
    where
        T: Copy,
    {
        let mut lists =
            Self { all: Vec::with_capacity(self.all.len()), ends: Vec::with_capacity(rows.len()) };
        for row in rows {
            lists.all.extend_from_slice(self.of(*row));
            lists.close();
        }
        lists
    }
}

/// Facts of a resource that are never looked through in bulk.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rest {
    pub(super) texts: u32,
    /// Place in the organizations of the segment, plus one; 0: none.
    pub(super) organization: u32,
    /// Internal key of the source; 0: none.
    pub(super) source: u32,
    pub(super) created_on: i32,
    pub(super) updated_on: i32,
    pub(super) status: LocationStatus,
    pub(super) precision: Option<PositionPrecision>,
    pub(super) service_area: ServiceArea,
}

/// An organization that runs resources of the segment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Owner {
    pub(super) id: i64,
    pub(super) uuid: Uuid,
    /// Name, corporate number.
    pub(super) texts: u32,
    pub(super) parent: Option<i64>,
}

/// A contact.
#[derive(Clone, Copy, Debug)]
pub(super) struct Contact {
    /// Code of the service, label, phone, phone in international form, fax, the same, mail, name of the person.
    pub(super) texts: u32,
    pub(super) kind: ContactKind,
    pub(super) visibility: Visibility,
    /// Last days of consents for the public, for partners, for care professionals.
    pub(super) until: [i32; 3],
}

/// A service of a care facility.
#[derive(Clone, Copy, Debug)]
pub(super) struct Service {
    /// Place in the codes of the segment.
    pub(super) code: u16,
    /// Bits of the days; negative: not published.
    pub(super) days: i16,
    /// Whether its publisher no longer lists it.
    pub(super) is_gone: bool,
}

/// The next schedule of a resource.
#[derive(Clone, Copy, Debug)]
pub(super) struct Schedule {
    pub(super) id: i64,
    pub(super) rule: i64,
}

/// The columns.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) ids: Vec<i64>,
    pub(super) uuids: Vec<Uuid>,
    pub(super) kinds: Vec<ResourceKind>,
    pub(super) states: Vec<PublicationState>,
    /// Place in the category sets of the segment.
    pub(super) categories: Vec<u32>,
    /// Number of the prefecture; 0: none.
    pub(super) prefectures: Vec<u8>,
    /// Internal key; 0: none.
    pub(super) municipalities: Vec<u32>,
    /// Internal key; 0: none.
    pub(super) homes: Vec<u32>,
    /// Not a number: none.
    pub(super) latitudes: Vec<f64>,
    pub(super) longitudes: Vec<f64>,
    pub(super) as_of: Vec<i32>,
    pub(super) verified: Vec<i32>,
    pub(super) vanished: Vec<i32>,
    pub(super) suspended_from: Vec<i32>,
    pub(super) suspended_to: Vec<i32>,
    pub(super) rest: Vec<Rest>,
}

impl Columns {
    /// The columns, with their rows put into an order.
    pub(super) fn in_order(&self, rows: &[u32]) -> Self {
        fn column<T: Copy>(values: &[T], rows: &[u32]) -> Vec<T> {
            rows.iter().filter_map(|row| values.get(*row as usize).copied()).collect()
        }
        Self {
            ids: column(&self.ids, rows),
            uuids: column(&self.uuids, rows),
            kinds: column(&self.kinds, rows),
            states: column(&self.states, rows),
            categories: column(&self.categories, rows),
            prefectures: column(&self.prefectures, rows),
            municipalities: column(&self.municipalities, rows),
            homes: column(&self.homes, rows),
            latitudes: column(&self.latitudes, rows),
            longitudes: column(&self.longitudes, rows),
            as_of: column(&self.as_of, rows),
            verified: column(&self.verified, rows),
            vanished: column(&self.vanished, rows),
            suspended_from: column(&self.suspended_from, rows),
            suspended_to: column(&self.suspended_to, rows),
            rest: column(&self.rest, rows),
        }
    }
}

/// The rows that have something.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) all: Rows,
    pub(super) states: Sets<PublicationState>,
    pub(super) kinds: Sets<ResourceKind>,
    pub(super) prefectures: Sets<u8>,
    pub(super) municipalities: Sets<u32>,
    pub(super) homes: Sets<u32>,
    pub(super) served: Sets<u32>,
    pub(super) areas: Sets<ServiceArea>,
    pub(super) located: Rows,
    pub(super) with_cell: Rows,
    pub(super) tags: Sets<String>,
    /// By the code of a service, also of those that are gone.
    pub(super) services: Sets<String>,
    pub(super) departments: Sets<String>,
    pub(super) rules: Sets<i64>,
    pub(super) with_beds: Rows,
    pub(super) without_beds: Rows,
    /// By whether they were ever suspended, or are.
    pub(super) suspended: Rows,
    pub(super) vanished: Rows,
}

/// A part of the picture.
#[derive(Debug, Default)]
pub(super) struct Segment {
    pub(super) columns: Columns,
    pub(super) index: Index,
    pub(super) texts: Texts,
    pub(super) category_sets: Vec<String>,
    pub(super) owners: Vec<Owner>,
    pub(super) contacts: Lists<Contact>,
    pub(super) service_codes: Vec<String>,
    pub(super) services: Lists<Service>,
    pub(super) served: Lists<u32>,
    pub(super) schedules: Lists<Schedule>,
    /// The most that a visit, and the least that an hour, costs for certain, of the few rows that say so.
    pub(super) visit_yen: HashMap<u32, i32>,
    pub(super) hour_yen: HashMap<u32, i32>,
    /// Digits of phone and fax numbers in international form, each with its contact.
    pub(super) numbers: Vec<(u64, u32)>,
    /// Hashes of official codes, in order, each with its row.
    pub(super) identifiers: Vec<(u64, u32)>,
    /// Hashes of public ids, in order, each with its row.
    pub(super) by_uuid: Vec<(u64, u32)>,
    /// Cells of the map, of the rows from the first on.
    pub(super) cells: Vec<i64>,
    pub(super) grams: Grams,
    /// In the order of entry.
    pub(super) by_entry: Ranking,
    /// Made when a list is first sorted in this way.
    pub(super) by_name: OnceLock<Ranking>,
    pub(super) by_verified: OnceLock<Ranking>,
    /// Made when it is first asked for.
    pub(super) extents: OnceLock<Vec<(u32, Bounds)>>,
}

impl Segment {
    /// How many rows it has.
    pub(super) fn len(&self) -> u32 {
        self.columns.ids.len() as u32
    }

    /// Internal key of a row.
    pub(super) fn id(&self, row: u32) -> i64 {
        self.columns.ids.get(row as usize).copied().unwrap_or_default()
    }

    /// The row of an internal key.
    pub(super) fn row_of(&self, id: i64) -> Option<u32> {
        let sorted = &self.by_entry.sorted;
        sorted.binary_search_by_key(&id, |row| self.id(*row)).ok().and_then(|at| sorted.get(at).copied())
    }

    /// The row of a public id.
    pub(super) fn find(&self, uuid: Uuid) -> Option<u32> {
        let hash = hash_of(uuid);
        let from = self.by_uuid.partition_point(|(known, _)| *known < hash);
        let same = self.by_uuid.get(from..)?.iter().take_while(|(known, _)| *known == hash);
        same.map(|(_, row)| *row).find(|row| self.columns.uuids.get(*row as usize) == Some(&uuid))
    }

    /// The texts of a row.
    pub(super) fn texts_of(&self, row: u32) -> Reading<'_> {
        self.texts.from(self.columns.rest.get(row as usize).map_or(u32::MAX, |rest| rest.texts))
    }

    /// The key of a row by which names are sorted.
    pub(super) fn sort_key(&self, row: u32) -> &str {
        self.texts_of(row).nth(ResourceTexts::NUMBERS.sort_key).unwrap_or_default()
    }

    /// The rows in the order by reading.
    pub(super) fn by_name(&self) -> &Ranking {
        self.by_name.get_or_init(|| {
            let keys: Vec<&str> = (0..self.len()).map(|row| self.sort_key(row)).collect();
            Ranking::of(self.len(), |row| (keys.get(row as usize).copied(), self.id(row)))
        })
    }

    /// The rows in the order by day of verification, the newest first.
    pub(super) fn by_verified(&self) -> &Ranking {
        self.by_verified
            .get_or_init(|| Ranking::of(self.len(), |row| (Reverse(verified(self, row)), self.id(row))))
    }

    /// The position of a row that is on the map: latitude and longitude.
    pub(super) fn position(&self, row: u32) -> Option<(f64, f64)> {
        let at = row as usize;
        self.cells.get(at)?;
        self.columns.latitudes.get(at).copied().zip(self.columns.longitudes.get(at).copied())
    }

    /// The box around all that is on the map of each municipality, by internal key.
    pub(super) fn extents(&self) -> &[(u32, Bounds)] {
        self.extents.get_or_init(|| {
            let extent = |(key, rows): (&u32, &Rows)| {
                let points = rows.iter().filter_map(|row| self.position(row));
                let boxes = points.filter_map(|(latitude, longitude)| {
                    Bounds::parse(latitude, longitude, latitude, longitude).ok()
                });
                Some((*key, boxes.reduce(|one, other| one.with(&other))?))
            };
            self.index.municipalities.iter().filter(|(key, _)| **key > 0).filter_map(extent).collect()
        })
    }

    /// The organization of a row.
    pub(super) fn owner(&self, row: u32) -> Option<&Owner> {
        let place = self.columns.rest.get(row as usize)?.organization;
        self.owners.get(place.checked_sub(1)? as usize)
    }

    /// The rows that organizations with some keys run.
    pub(super) fn run_by(&self, is_meant: impl Fn(i64) -> bool) -> Rows {
        let places: Rows =
            (1..).zip(&self.owners).filter(|(_, owner)| is_meant(owner.id)).map(|(place, _)| place).collect();
        if places.is_empty() {
            return Rows::new();
        }
        let owned = (0..).zip(&self.columns.rest).filter(|(_, rest)| places.contains(rest.organization));
        RoaringBitmap::from_sorted_iter(owned.map(|(row, _)| row)).unwrap_or_default()
    }
}

/// All rows in an order.
#[derive(Debug, Default)]
pub(super) struct Ranking {
    /// The rows by place.
    pub(super) sorted: Vec<u32>,
    /// The places by row.
    pub(super) places: Vec<u32>,
}

impl Ranking {
    pub(super) fn of<K: Ord>(rows: u32, key: impl Fn(u32) -> K) -> Self {
        let mut sorted: Vec<u32> = (0..rows).collect();
        sorted.sort_unstable_by_key(|row| key(*row));
        let mut places = vec![0; sorted.len()];
        for (place, row) in (0..).zip(&sorted) {
            if let Some(of_row) = places.get_mut(*row as usize) {
                *of_row = place;
            }
        }
        Self { sorted, places }
    }
}

/// A hash of a public id: half of its bits, which are as good as random.
pub(super) fn hash_of(uuid: Uuid) -> u64 {
    let (high, low) = uuid.as_u64_pair();
    high.rotate_left(32) ^ low
}

/// A hash of an official code. A caller chooses codes, so that it must be one for which nobody finds another.
pub(super) fn hash_of_code(system: &str, value: &str) -> u64 {
    let digest = Sha256::new().chain_update(system).chain_update([0]).chain_update(value).finalize();
    digest.iter().take(8).fold(0, |hash, byte| hash << 8 | u64::from(*byte))
}

/// Some of a kind of sets, all in one.
pub(super) fn any_of<'s, K: Eq + Hash + 's>(
    sets: &Sets<K>,
    among: &Rows,
    keys: impl Iterator<Item = &'s K>,
) -> Rows {
    let mut found = Rows::new();
    for set in keys.filter_map(|key| sets.get(key)) {
        found |= among & set;
    }
    found
}
