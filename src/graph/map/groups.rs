//! Groups of things that lie too close to each other to be shown one by one.

use crate::picture::Heap;
use crate::resources::facets::KindCount;
use crate::resources::kinds::ResourceKind;
use crate::terms::Term;
use japan::values::{Bounds, cell};
use std::collections::{BTreeMap, BTreeSet};
use std::f64::consts::TAU;

/// The latitude at which maps on the web end, so that the world is a square.
const MERCATOR_ENDS: f64 = 85.051_129;

/// Things whose cells touch or are one.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Their cells, quads of the level of the map.
    pub cells: BTreeSet<i64>,
    /// How many there are.
    pub count: i64,
    latitude_sum: f64,
    longitude_sum: f64,
    kinds: BTreeMap<entity::enums::ResourceKind, i64>,
}

impl Group {
    /// The things of one kind in one cell.
    fn of(heap: &Heap) -> Self {
        Self {
            cells: BTreeSet::from([heap.cell]),
            count: heap.count,
            latitude_sum: heap.latitude,
            longitude_sum: heap.longitude,
            kinds: BTreeMap::from([(heap.kind, heap.count)]),
        }
    }

    fn join(&mut self, other: Self) {
        self.cells.extend(other.cells);
        self.count += other.count;
        self.latitude_sum += other.latitude_sum;
        self.longitude_sum += other.longitude_sum;
        for (kind, count) in other.kinds {
            *self.kinds.entry(kind).or_default() += count;
        }
    }

    /// The mean of the positions, to a metre: beyond that the databases add up in different orders.
    pub fn centre(&self) -> (f64, f64) {
        let mean = |sum: f64| (sum / self.count as f64 * 1e5).round() / 1e5;
        (mean(self.latitude_sum), mean(self.longitude_sum))
    }

    /// The box of their cells.
    pub fn bounds(&self, level: u32) -> Option<Bounds> {
        let all = self.cells.iter().map(|quad| cell::parent_bounds(*quad, level));
        all.reduce(|one, other| one.with(&other))
    }

    /// How many of each kind (種別ごとの件数).
    pub fn kinds(&self) -> Vec<KindCount> {
        let count = |(kind, count): (&entity::enums::ResourceKind, &i64)| KindCount {
            kind: Term(ResourceKind::from(*kind)),
            count: *count,
        };
        self.kinds.iter().map(count).collect()
    }

    /// The centre on the screen, in widths of a cell: maps on the web stretch latitudes (Mercator), cells do not.
    fn place(&self, level: u32) -> (f64, f64) {
        let ((latitude, longitude), cells) = (self.centre(), f64::from(1_u32 << level));
        let stretched = latitude.clamp(-MERCATOR_ENDS, MERCATOR_ENDS).to_radians().tan().asinh();
        ((longitude + 180.0) / 360.0 * cells, (0.5 - stretched / TAU) * cells)
    }
}

/// Groups of which no two centres are closer on the screen than a cell of the level is wide, in the order of their first
/// cells.
pub fn apart(heaps: &[Heap], level: u32) -> Vec<Group> {
    let mut by_cell: BTreeMap<i64, Group> = BTreeMap::new();
    for heap in heaps {
        match by_cell.get_mut(&heap.cell) {
            Some(group) => group.join(Group::of(heap)),
            None => _ = by_cell.insert(heap.cell, Group::of(heap)),
        }
    }
    let mut groups: Vec<Group> = by_cell.into_values().collect();
    loop {
        let before = groups.len();
        groups = joined(groups, level);
        if groups.len() == before {
            return groups;
        }
    }
}

/// Joins each group with an earlier one that is too close. The centres move by it, so that others may be too close then.
fn joined(groups: Vec<Group>, level: u32) -> Vec<Group> {
    let mut left: Vec<Group> = Vec::with_capacity(groups.len());
    // Where each of them is; and the groups that were put into a square of the screen, by its corner.
    let mut places: Vec<(f64, f64)> = Vec::with_capacity(groups.len());
    let mut at: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
    for group in groups {
        let (x, y) = group.place(level);
        let (column, line) = (x.floor() as i64, y.floor() as i64);
        let around = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (column + dx, line + dy)));
        let is_near = |index: &usize| {
            let (other_x, other_y) = places[*index];
            (x - other_x).hypot(y - other_y) < 1.0
        };
        match around.filter_map(|square| at.get(&square)).flatten().copied().find(is_near) {
            Some(index) => {
                left[index].join(group);
                places[index] = left[index].place(level);
            }
            None => {
                at.entry((column, line)).or_default().push(left.len());
                places.push((x, y));
                left.push(group);
            }
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use entity::enums::ResourceKind::CareFacility;
    use proptest::prelude::*;

    fn heap((latitude, longitude): (f64, f64), level: u32) -> Heap {
        let cell = cell::parent(cell::cell(latitude, longitude), level);
        Heap { cell, kind: CareFacility, count: 1, latitude, longitude }
    }

    /// How far two places are from each other in pixels of a map with four cells on a tile of 256, by the scale of the
    /// map at their latitude.
    fn pixels(one: (f64, f64), other: (f64, f64), level: u32) -> (f64, f64) {
        let per_degree = 64.0 * f64::from(1_u32 << level) / 360.0;
        let scale = ((one.0 + other.0) / 2.0).to_radians().cos();
        ((one.1 - other.1) * per_degree, (one.0 - other.0) * per_degree / scale)
    }

    #[test]
    fn things_on_both_sides_of_an_edge_are_one_group() {
        let edge = cell::parent_bounds(cell::parent(cell::cell(38.73, 139.83), 12), 12).east();
        let heaps = [(38.73, edge - 1e-6), (38.73, edge + 1e-6)].map(|place| heap(place, 12));
        assert_ne!(heaps[0].cell, heaps[1].cell);
        let groups = apart(&heaps, 12);
        assert_eq!(groups.len(), 1);
        assert_eq!((groups[0].count, groups[0].cells.len()), (2, 2));
        assert_eq!(groups[0].kinds()[0].count, 2);
    }

    proptest! {
        #[test]
        fn no_two_centres_are_closer_than_a_cell_and_nothing_is_lost(
            places in prop::collection::vec((38.0f64..39.0, 139.0f64..140.0), 0..80),
            level in 6u32..14,
        ) {
            let heaps: Vec<Heap> = places.iter().map(|place| heap(*place, level)).collect();
            let groups = apart(&heaps, level);
            prop_assert_eq!(groups.iter().map(|group| group.count).sum::<i64>(), places.len() as i64);
            for (n, group) in groups.iter().enumerate() {
                for other in groups.iter().skip(n + 1) {
                    let (across, up) = pixels(group.centre(), other.centre(), level);
                    prop_assert!(across.hypot(up) >= 63.99, "{across} {up}");
                }
            }
        }
    }
}
