//! What one viewer may see of a picture.

use super::areas::Areas;
use super::record::Record;
use super::segment::{Rows, Segment, any_of, hash_of_code};
use super::snapshot::Picture;
use super::spread::Heap;
use super::text::is_meant;
use crate::auth::Permissions;
use crate::auth::policy::{self, Relation};
use crate::resources::search::SearchWord;
use entity::enums::{PublicationState, ResourceKind};
use sea_orm::Iterable;
use std::collections::HashSet;
use std::sync::{Arc, LazyLock};
use uuid::Uuid;

/// A picture as one viewer may see it.
pub struct View {
    picture: Arc<Picture>,
    /// Of each segment.
    visible: Arc<Vec<Rows>>,
    permissions: Arc<Permissions>,
}

/// Rows that match, of each segment.
#[derive(Clone, Debug, Default)]
pub struct Matches(pub(super) Vec<Rows>);

impl Matches {
    /// How many there are.
    pub fn count(&self) -> u64 {
        self.0.iter().map(Rows::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Rows::is_empty)
    }

    /// Whether a record of the same view is among them.
    pub fn contains(&self, record: &Record) -> bool {
        let (part, row) = record.place();
        self.0.get(part).is_some_and(|rows| rows.contains(row))
    }
}

/// The rows of which a viewer may know.
pub(super) fn visible(segment: &Segment, permissions: &Permissions) -> Rows {
    let mut visible = Rows::new();
    for state in PublicationState::iter() {
        let Some(in_state) = segment.index.states.get(&state) else { continue };
        let scope = policy::record(permissions, state);
        if scope.anywhere {
            visible |= in_state;
        } else if scope.exists() {
            let mut tied = Rows::new();
            if scope.own_district {
                tied |= of_districts(segment, in_state, permissions);
            }
            if scope.owner {
                tied |= owned(segment, permissions) & in_state;
            }
            visible |= tied;
        }
    }
    visible
}

/// The rows that stand in, or can be used from, a district of a viewer.
fn of_districts(segment: &Segment, among: &Rows, permissions: &Permissions) -> Rows {
    let keys: Vec<u32> = permissions.districts.iter().filter_map(|id| u32::try_from(*id).ok()).collect();
    let mut found = any_of(&segment.index.homes, among, keys.iter());
    found |= any_of(&segment.index.served, among, keys.iter());
    found
}

/// The rows that the organization of a viewer runs or is.
fn owned(segment: &Segment, permissions: &Permissions) -> Rows {
    let mut found = match permissions.organization {
        Some(own) => segment.run_by(|id| id == own),
        None => Rows::new(),
    };
    found.extend(permissions.own_resources.iter().filter_map(|id| segment.row_of(*id)));
    found
}

impl View {
    pub(super) fn new(picture: Arc<Picture>, visible: Arc<Vec<Rows>>, permissions: Arc<Permissions>) -> Self {
        Self { picture, visible, permissions }
    }

    /// The counts of the whole directory for viewers like this one: those that are kept, or new ones.
    pub(super) fn counted(
        &self,
        what: (u32, Vec<PublicationState>, Vec<ResourceKind>),
        count: impl FnOnce() -> Vec<Heap>,
    ) -> Arc<Vec<Heap>> {
        let key = (Arc::clone(&self.permissions), what);
        self.picture.counted.get(&key).unwrap_or_else(|| {
            let counts = Arc::new(count());
            self.picture.counted.put(key, Arc::clone(&counts));
            counts
        })
    }

    /// Districts and municipalities, which are public.
    pub fn areas(&self) -> &Arc<Areas> {
        &self.picture.areas
    }

    /// Whether the viewer may know something of a municipality, by internal key: a resource, or its districts.
    pub fn knows_something_of(&self, municipality: i64) -> bool {
        let key = u32::try_from(municipality).unwrap_or_default();
        let has_resources = |(segment, visible): (&Segment, &Rows)| {
            segment.index.municipalities.get(&key).is_some_and(|here| !here.is_disjoint(visible))
        };
        self.parts().any(has_resources) || self.areas().has_districts(municipality)
    }

    pub(super) fn permissions(&self) -> &Permissions {
        &self.permissions
    }

    pub(super) fn segment(&self, part: usize) -> &Segment {
        static NONE: LazyLock<Segment> = LazyLock::new(Segment::default);
        self.picture.parts.get(part).map_or(&NONE, |part| &part.segment)
    }

    /// The segments, each with the rows that the viewer may know of.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&Segment, &Rows)> {
        self.picture.parts.iter().map(|part| &*part.segment).zip(self.visible.iter())
    }

    /// The segments, each with the rows that match.
    pub(super) fn over<'v, 'm>(
        &'v self,
        matches: &'m Matches,
    ) -> impl Iterator<Item = (&'v Segment, &'m Rows)> {
        self.parts().map(|(segment, _)| segment).zip(&matches.0)
    }

    /// The keys of all rules that resources follow, whoever may know of them.
    pub fn rules(&self) -> HashSet<i64> {
        self.parts().flat_map(|(segment, _)| segment.index.rules.keys().copied()).collect()
    }

    /// The resources with some internal keys, in no particular order.
    pub fn find(self: &Arc<Self>, ids: impl IntoIterator<Item = i64>) -> Vec<Record> {
        let find = |id: i64| self.first(|segment| segment.row_of(id));
        ids.into_iter().filter_map(find).collect()
    }

    /// The resource with a public id.
    pub fn find_by_uuid(self: &Arc<Self>, uuid: Uuid) -> Option<Record> {
        self.first(|segment| segment.find(uuid))
    }

    /// The resources with an official code, in the order of entry.
    pub fn find_by_identifier(self: &Arc<Self>, system: &str, value: &str) -> Vec<Record> {
        let hash = hash_of_code(system, value);
        let of_part = |(part, (segment, visible)): (usize, (&Segment, &Rows))| {
            let from = segment.identifiers.partition_point(|(known, _)| *known < hash);
            let same = segment.identifiers.iter().skip(from).take_while(|(known, _)| *known == hash);
            let rows = same.map(|(_, row)| *row).filter(|row| visible.contains(*row));
            rows.map(|row| Record::new(Arc::clone(self), part, row)).collect::<Vec<_>>()
        };
        let mut found: Vec<Record> = self.parts().enumerate().flat_map(of_part).collect();
        found.sort_by_key(Record::id);
        found
    }

    /// The row that is found in one of the segments, unless a later one has replaced it or the viewer may not know of it.
    fn first(self: &Arc<Self>, find: impl Fn(&Segment) -> Option<u32>) -> Option<Record> {
        let found = self.parts().enumerate().filter_map(|(part, (segment, visible))| {
            find(segment).filter(|row| visible.contains(*row)).map(|row| (part, row))
        });
        found.last().map(|(part, row)| Record::new(Arc::clone(self), part, row))
    }

    /// Some resources by internal key, of which the viewer may know.
    pub fn among(&self, ids: &[i64]) -> Matches {
        let of_part = |(segment, visible): (&Segment, &Rows)| {
            let rows = ids.iter().filter_map(|id| segment.row_of(*id));
            rows.filter(|row| visible.contains(*row)).collect()
        };
        Matches(self.parts().map(of_part).collect())
    }

    /// Internal keys, in no particular order.
    pub fn ids(&self, matches: &Matches) -> Vec<i64> {
        self.over(matches).flat_map(|(segment, rows)| rows.iter().map(|row| segment.id(row))).collect()
    }

    /// Those of some resources in which a word occurs, or another word for it.
    pub fn meant(&self, among: &Matches, word: &SearchWord) -> Matches {
        Matches(self.over(among).map(|(segment, rows)| is_meant(segment, rows, word)).collect())
    }

    /// The records of rows.
    pub fn records(self: &Arc<Self>, matches: &Matches) -> Vec<Record> {
        let of_part = |(part, rows): (usize, &Rows)| {
            rows.iter().map(|row| Record::new(Arc::clone(self), part, row)).collect::<Vec<_>>()
        };
        let mut records: Vec<Record> = matches.0.iter().enumerate().flat_map(of_part).collect();
        records.sort_by_key(Record::id);
        records
    }

    /// The ties of the viewer to a resource.
    pub(super) fn relation(&self, segment: &Segment, row: u32) -> Relation {
        let is_own = |id: &u32| self.permissions.districts.contains(&i64::from(*id));
        let home = segment.columns.homes.get(row as usize);
        let own_district = home.into_iter().chain(segment.served.of(row)).any(is_own);
        Relation { own_district, owner: self.is_owner(segment, row) }
    }

    /// Whether the organization of the viewer runs a resource, or is it.
    fn is_owner(&self, segment: &Segment, row: u32) -> bool {
        let runs = || segment.owner(row).is_some_and(|owner| Some(owner.id) == self.permissions.organization);
        self.permissions.own_resources.contains(&segment.id(row)) || runs()
    }

    /// The same of a row of a segment.
    pub(super) fn owns(&self, (part, row): (usize, u32)) -> bool {
        self.is_owner(self.segment(part), row)
    }

    /// Whether the viewer may know of a row of a segment.
    pub(super) fn knows_of(&self, (part, row): (usize, u32)) -> bool {
        self.visible.get(part).is_some_and(|visible| visible.contains(row))
    }

    pub(super) fn picture(&self) -> &Picture {
        &self.picture
    }
}
