//! How matching resources are spread: over kinds, categories, areas, and the cells of a map.

use super::record::Record;
use super::segment::{Rows, Segment, Sets};
use super::select::{Wanted, run_of};
use super::view::{Matches, View};
use entity::enums::ResourceKind;
use japan::values::{Bounds, cell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

/// The resources of one kind in one map cell, aggregated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heap {
    /// The cell, at the level asked for.
    pub cell: i64,
    /// Their kind.
    pub kind: ResourceKind,
    /// How many (件数).
    pub count: i64,
    /// Sum of the latitudes.
    pub latitude: f64,
    /// Sum of the longitudes.
    pub longitude: f64,
}

/// The finest level at which the whole directory is counted: some thousands of cells.
const COUNTED_LEVEL: u32 = 11;

/// Runs of heaps that are looked at for a box.
const HEAP_RUNS: usize = 8;
/// Runs of cells in which the municipalities of a box are looked for.
const BOX_RUNS: usize = 12;

/// In degrees: more than the width of a finest cell, by which a position and its cell may disagree.
const ROUNDING: f64 = 0.001;

impl View {
    /// How many there are of each kind.
    pub fn kinds(&self, matches: &Matches) -> BTreeMap<ResourceKind, i64> {
        self.sets(matches, |segment| &segment.index.kinds)
    }

    /// How many there are of each category.
    pub fn categories<'v>(&'v self, matches: &Matches) -> BTreeMap<&'v str, i64> {
        let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
        for (segment, rows) in self.over(matches) {
            let sets = tally(rows, &segment.columns.categories, segment.category_sets.len());
            for (set, count) in segment.category_sets.iter().zip(sets).filter(|(_, count)| *count > 0) {
                for code in set.split(',').filter(|code| !code.is_empty()) {
                    *counts.entry(code).or_default() += count;
                }
            }
        }
        counts
    }

    /// How many there are in each prefecture, by its number.
    pub fn prefectures(&self, matches: &Matches) -> BTreeMap<u8, i64> {
        let mut counts = BTreeMap::new();
        for (segment, rows) in self.over(matches) {
            for number in values(rows, &segment.columns.prefectures).filter(|number| **number > 0) {
                *counts.entry(*number).or_default() += 1;
            }
        }
        counts
    }

    /// Internal keys of the municipalities of which something stands in a box.
    pub fn municipalities_in(&self, bounds: &Bounds) -> impl Iterator<Item = i64> {
        let (south_to_north, west_to_east) = (bounds.south()..=bounds.north(), bounds.west()..=bounds.east());
        let runs = cell::covering(bounds, BOX_RUNS);
        let of_part = |(segment, visible): (&Segment, &Rows)| {
            let in_runs: Vec<Range<u32>> = runs.iter().map(|run| run_of(segment, run)).collect();
            let stands_in = |row: u32| {
                segment.position(row).is_some_and(|(latitude, longitude)| {
                    south_to_north.contains(&latitude) && west_to_east.contains(&longitude)
                })
            };
            let extents = segment.extents().iter().filter(|(_, extent)| bounds.touches(extent, 0.0));
            let here = extents.filter(|(key, _)| {
                let Some(rows) = segment.index.municipalities.get(key) else { return false };
                let mut near = in_runs.iter().flat_map(|run| rows.range(run.clone()));
                near.any(|row| stands_in(row) && visible.contains(row))
            });
            here.map(|(key, _)| i64::from(*key)).collect::<Vec<_>>()
        };
        self.parts().flat_map(of_part).collect::<BTreeSet<_>>().into_iter()
    }

    /// How many there are in each municipality, by its internal key.
    pub fn municipalities(&self, matches: &Matches) -> BTreeMap<i64, i64> {
        self.keys(matches, |segment| &segment.columns.municipalities)
    }

    /// How many stand in each district, by its internal key.
    pub fn home_districts(&self, matches: &Matches) -> BTreeMap<i64, i64> {
        self.keys(matches, |segment| &segment.columns.homes)
    }

    fn keys(&self, matches: &Matches, column: fn(&Segment) -> &Vec<u32>) -> BTreeMap<i64, i64> {
        let mut counts: HashMap<u32, i64> = HashMap::new();
        for (segment, rows) in self.over(matches) {
            // Neighbours are mostly of one area.
            let (mut key, mut count) = (0, 0);
            for own in values(rows, column(segment)) {
                if *own != key {
                    *counts.entry(key).or_default() += count;
                    (key, count) = (*own, 0);
                }
                count += 1;
            }
            *counts.entry(key).or_default() += count;
        }
        counts.remove(&0);
        counts.into_iter().map(|(key, count)| (i64::from(key), count)).collect()
    }

    /// How many can be used from each district, by its internal key. What can be used from everywhere is not counted.
    pub fn service_districts(&self, matches: &Matches) -> BTreeMap<i64, i64> {
        let counts = self.sets(matches, |segment| &segment.index.served);
        counts.into_iter().map(|(key, count)| (i64::from(key), count)).collect()
    }

    fn sets<K: Ord + Copy>(&self, matches: &Matches, sets: fn(&Segment) -> &Sets<K>) -> BTreeMap<K, i64> {
        let mut counts = BTreeMap::new();
        for (segment, rows) in self.over(matches) {
            for (key, set) in sets(segment) {
                let count = rows.intersection_len(set) as i64;
                if count > 0 {
                    *counts.entry(*key).or_default() += count;
                }
            }
        }
        counts
    }

    /// The resources that match and lie in quads of a level, in the order of entry.
    pub fn in_quads(self: &Arc<Self>, wanted: &Wanted<'_>, level: u32, quads: &BTreeSet<i64>) -> Vec<Record> {
        self.records(&self.matching_in(wanted, &runs_of(quads.iter().copied(), level)))
    }

    /// The resources that match by map cell of a level and by kind. The whole directory is counted once for each picture and
    /// kind of viewer; then only the cells along the edge of a box are looked at row by row.
    pub fn heaps(&self, wanted: &Wanted<'_>, level: u32) -> Vec<Heap> {
        let whole = wanted.only_states_and_kinds().filter(|_| level <= COUNTED_LEVEL);
        let (Some((states, kinds)), Some(bounds)) = (whole, wanted.bounds) else {
            return self.on_map(&self.matching(wanted), level);
        };
        let everywhere = Wanted { bounds: None, ..*wanted };
        let all = self.counted((level, states, kinds), || self.on_map(&self.matching(&everywhere), level));
        let (mut found, mut edge) = (Vec::new(), BTreeSet::new());
        for heap in around(&all, &bounds, level) {
            let own = cell::parent_bounds(heap.cell, level);
            if bounds.holds(&own, ROUNDING) {
                found.push(*heap);
            } else if bounds.touches(&own, ROUNDING) {
                edge.insert(heap.cell);
            }
        }
        let along = self.matching_in(wanted, &runs_of(edge.into_iter(), level));
        found.extend(self.on_map(&along, level));
        found.sort_by_key(|heap| (heap.cell, heap.kind));
        found
    }

    /// The resources by map cell of a level and by kind.
    fn on_map(&self, matches: &Matches, level: u32) -> Vec<Heap> {
        let mut heaps: BTreeMap<(i64, ResourceKind), Heap> = BTreeMap::new();
        for (segment, rows) in self.over(matches) {
            // Rows are in the order of their cells: those of one quad follow each other.
            let (mut quad, mut own) = (-1, Vec::new());
            for row in rows {
                let at = row as usize;
                let Some(cell) = segment.cells.get(at) else { break };
                if cell::parent(*cell, level) != quad {
                    add(&mut heaps, own.drain(..));
                    quad = cell::parent(*cell, level);
                }
                let columns = &segment.columns;
                let (Some(latitude), Some(longitude), Some(kind)) =
                    (columns.latitudes.get(at), columns.longitudes.get(at), columns.kinds.get(at))
                else {
                    continue;
                };
                let heap = match own.iter().position(|heap: &Heap| heap.kind == *kind) {
                    Some(known) => own.get_mut(known),
                    None => {
                        own.push(Heap { cell: quad, kind: *kind, count: 0, latitude: 0.0, longitude: 0.0 });
                        own.last_mut()
                    }
                };
                if let Some(heap) = heap {
                    heap.count += 1;
                    heap.latitude += latitude;
                    heap.longitude += longitude;
                }
            }
            add(&mut heaps, own.drain(..));
        }
        heaps.into_values().collect()
    }
}

/// The heaps, which are in the order of their cells, that may touch a box.
fn around<'h>(heaps: &'h [Heap], bounds: &Bounds, level: u32) -> impl Iterator<Item = &'h Heap> {
    let runs = cell::covering(&bounds.widened(ROUNDING), HEAP_RUNS);
    let mut seen = 0;
    runs.into_iter().flat_map(move |run| {
        let (first, last) = (cell::parent(*run.start(), level), cell::parent(*run.end(), level));
        let start = heaps.partition_point(|heap| heap.cell < first).max(seen);
        seen = heaps.partition_point(|heap| heap.cell <= last).max(start);
        heaps.get(start..seen).unwrap_or_default()
    })
}

/// The cells of quads of a level.
fn runs_of(quads: impl Iterator<Item = i64>, level: u32) -> Vec<RangeInclusive<i64>> {
    quads.map(|quad| cell::cells_of(&(quad..=quad), level)).collect()
}

fn add(heaps: &mut BTreeMap<(i64, ResourceKind), Heap>, others: impl Iterator<Item = Heap>) {
    for other in others {
        let heap = heaps.entry((other.cell, other.kind)).or_insert(Heap {
            count: 0,
            latitude: 0.0,
            longitude: 0.0,
            ..other
        });
        heap.count += other.count;
        heap.latitude += other.latitude;
        heap.longitude += other.longitude;
    }
}

/// The values of a column in some rows, read by runs of rows.
fn values<'c, T>(rows: &Rows, column: &'c [T]) -> impl Iterator<Item = &'c T> {
    let mut rows = rows.iter();
    let runs = std::iter::from_fn(move || rows.next_range());
    runs.flat_map(|run| column.get(*run.start() as usize..=*run.end() as usize).unwrap_or_default())
}

/// How often each value of a column occurs among rows, where the values are numbers below a limit.
fn tally(rows: &Rows, column: &[u32], limit: usize) -> Vec<i64> {
    let mut counts = vec![0; limit];
    for value in values(rows, column) {
        if let Some(count) = counts.get_mut(*value as usize) {
            *count += 1;
        }
    }
    counts
}
