//! Z-order cells of the globe: with one integer index, a few ranges find the points of a box.
//!
//! Longitude and latitude are each cut into 2^20 steps (about 30 m and 20 m in Japan) and their bits interleaved, the
//! latitude's bit above the longitude's, so that the first `2 * level` bits of a cell name its quad at that level.
//!
//! The reason: a B-tree cannot search latitude and longitude at once, and the spatial indexes of SQLite and
//! PostgreSQL differ. Points of a cluster on the map share the first bits of their cells.

use std::{mem, ops::RangeInclusive};

use super::bounds::Bounds;

/// Finest level, which is that of a cell; level 0 is the whole globe.
const LEVELS: u32 = 20;
const STEPS: u32 = 1 << LEVELS;

/// Quads examined for each requested range: more of them make the cover tighter and slower to compute.
const QUADS_PER_RANGE: usize = 8;

/// The cell of a point in degrees, 0 to 2^40 - 1. Points outside of the globe get the nearest cell.
pub fn cell(latitude: f64, longitude: f64) -> i64 {
    let (x, y) = steps(latitude, longitude);
    interleave(x, y)
}

/// The quad at `level` (0 to 20) that contains `cell`.
pub fn parent(cell: i64, level: u32) -> i64 {
    cell >> (2 * LEVELS.saturating_sub(level))
}

/// The cells of a run of quads at `level` (0 to 20): those of which [`parent`] is one of the quads.
pub fn cells_of(quads: &RangeInclusive<i64>, level: u32) -> RangeInclusive<i64> {
    let bits = 2 * LEVELS.saturating_sub(level);
    quads.start() << bits..=((quads.end() + 1) << bits) - 1
}

/// The box of a quad at `level` (0 to 20), as returned by [`parent`].
pub fn parent_bounds(parent: i64, level: u32) -> Bounds {
    let (x, y) = deinterleave(parent);
    let quads = f64::from(1_u32 << level.min(LEVELS));
    let longitude = |x: u32| f64::from(x) / quads * 360.0 - 180.0;
    let latitude = |y: u32| f64::from(y) / quads * 180.0 - 90.0;
    Bounds { south: latitude(y), west: longitude(x), north: latitude(y + 1), east: longitude(x + 1) }
}

/// Sorted, disjoint ranges of cells that together cover every cell of `bounds`.
///
/// At least one, at most `max_ranges`. They cover other cells as well, so callers still compare coordinates.
pub fn covering(bounds: &Bounds, max_ranges: usize) -> Vec<RangeInclusive<i64>> {
    let area = Area::of(bounds);
    let max_ranges = max_ranges.max(1);
    let mut quads = vec![area.smallest_quad()];
    let mut finer = Vec::new();
    while quads.len() < max_ranges.saturating_mul(QUADS_PER_RANGE) && quads.iter().any(|quad| !quad.inside) {
        refine(&area, &quads, &mut finer);
        mem::swap(&mut quads, &mut finer);
    }
    join(&quads, max_ranges)
}

/// A box as quads of certain levels that lie wholly in it, and the cells along its edge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Runs of quads, each with its level; all of their points lie in the box.
    pub inside: Vec<(u32, RangeInclusive<i64>)>,
    /// Runs of cells that contain the rest of the box and some of its surroundings.
    pub edge: Vec<RangeInclusive<i64>>,
}

/// Splits a box into quads of the given levels (ascending). The finest level used is one at which the box is
/// at most a few dozen quads wide, so that its edge stays a short list.
pub fn parts(bounds: &Bounds, levels: &[u32]) -> Parts {
    const MOST_ACROSS: u32 = 48;
    let area = Area::of(bounds);
    let across = |level: &u32| ((area.east - area.west).max(area.north - area.south)) >> (LEVELS - level);
    let finest = levels.iter().rev().find(|level| across(level) <= MOST_ACROSS).or(levels.first());
    let Some(finest) = finest.copied() else { return Parts::default() };
    let mut parts = Parts::default();
    let mut waiting = vec![area.smallest_quad()];
    while let Some(quad) = waiting.pop() {
        let level = LEVELS - quad.scale;
        let whole = area.holds_apart_from_edge(&quad);
        let own = levels.iter().find(|l| **l >= level).filter(|_| whole);
        if let Some(own) = own {
            let run = parent(quad.first, *own)..=parent(quad.last(), *own);
            push(&mut parts.inside, *own, run);
        } else if level >= finest {
            let run = quad.first..=quad.last();
            match parts.edge.last_mut() {
                Some(last) if *last.end() + 1 == quad.first => *last = *last.start()..=*run.end(),
                _ => parts.edge.push(run),
            }
        } else {
            let scale = quad.scale - 1;
            let quarters = (0..4).rev().map(|quarter| quad.first + (quarter << (2 * scale)));
            waiting.extend(quarters.filter_map(|first| area.quad(first, scale)));
        }
    }
    parts
}

fn push(runs: &mut Vec<(u32, RangeInclusive<i64>)>, level: u32, run: RangeInclusive<i64>) {
    match runs.last_mut() {
        Some((same, last)) if *same == level && *last.end() + 1 == *run.start() => {
            *last = *last.start()..=*run.end()
        }
        _ => runs.push((level, run)),
    }
}

/// A box in steps, edges included.
struct Area {
    west: u32,
    south: u32,
    east: u32,
    north: u32,
}

/// The square of `1 << scale` steps whose first cell is `first`.
#[derive(Clone, Copy)]
struct Quad {
    first: i64,
    scale: u32,
    inside: bool,
}

impl Area {
    fn of(bounds: &Bounds) -> Self {
        let (west, south) = steps(bounds.south, bounds.west);
        let (east, north) = steps(bounds.north, bounds.east);
        Self { west, south, east, north }
    }

    fn smallest_quad(&self) -> Quad {
        let differing = (self.west ^ self.east) | (self.south ^ self.north);
        let scale = u32::BITS - differing.leading_zeros();
        let first = interleave(self.west >> scale, self.south >> scale) << (2 * scale);
        let inside = self.holds(self.west >> scale << scale, self.south >> scale << scale, scale);
        Quad { first, scale, inside }
    }

    /// The quad if it touches this area.
    fn quad(&self, first: i64, scale: u32) -> Option<Quad> {
        let (x, y) = deinterleave(first);
        let last = (1 << scale) - 1;
        let touches = x <= self.east && x + last >= self.west && y <= self.north && y + last >= self.south;
        touches.then(|| Quad { first, scale, inside: self.holds(x, y, scale) })
    }

    fn holds(&self, x: u32, y: u32, scale: u32) -> bool {
        let last = (1 << scale) - 1;
        x >= self.west && x + last <= self.east && y >= self.south && y + last <= self.north
    }
}

impl Area {
    /// Whether a quad lies in the box without touching the cells that its edge runs through.
    fn holds_apart_from_edge(&self, quad: &Quad) -> bool {
        let (x, y) = deinterleave(quad.first);
        let last = (1 << quad.scale) - 1;
        x > self.west && x + last < self.east && y > self.south && y + last < self.north
    }
}

impl Quad {
    fn last(&self) -> i64 {
        self.first + (1 << (2 * self.scale)) - 1
    }
}

/// Replaces each quad that lies only partly in `area` by those of its
/// quarters that touch it; the order is kept.
fn refine(area: &Area, quads: &[Quad], finer: &mut Vec<Quad>) {
    finer.clear();
    for quad in quads {
        if quad.inside {
            finer.push(*quad);
            continue;
        }
        let scale = quad.scale - 1;
        let quarters = (0..4).map(|quarter| quad.first + (quarter << (2 * scale)));
        finer.extend(quarters.filter_map(|first| area.quad(first, scale)));
    }
}

/// The ranges of sorted quads, joined across the smallest gaps until at most `max_ranges` are left.
fn join(quads: &[Quad], max_ranges: usize) -> Vec<RangeInclusive<i64>> {
    let mut gaps: Vec<(i64, usize)> = quads
        .windows(2)
        .enumerate()
        .filter_map(|(index, pair)| match pair {
            [left, right] => Some((right.first - left.last() - 1, index)),
            _ => None,
        })
        .filter(|&(gap, _)| gap > 0)
        .collect();
    if gaps.len() >= max_ranges {
        gaps.select_nth_unstable_by(max_ranges - 1, |left, right| right.cmp(left));
        gaps.truncate(max_ranges - 1);
    }
    gaps.sort_unstable_by_key(|&(_, index)| index);
    let ends = gaps.iter().map(|&(_, index)| index).chain(quads.len().checked_sub(1));
    let mut start = 0;
    ends.filter_map(|end| {
        let range = quads.get(start)?.first..=quads.get(end)?.last();
        start = end + 1;
        Some(range)
    })
    .collect()
}

/// The steps eastward from the 180th meridian and northward from the south pole.
fn steps(latitude: f64, longitude: f64) -> (u32, u32) {
    (step((longitude + 180.0) / 360.0), step((latitude + 90.0) / 180.0))
}

fn step(fraction: f64) -> u32 {
    // The cast turns negative numbers and NaN into 0.
    ((fraction * f64::from(STEPS)) as u32).min(STEPS - 1)
}

fn interleave(x: u32, y: u32) -> i64 {
    spread(x) | spread(y) << 1
}

fn deinterleave(code: i64) -> (u32, u32) {
    (gather(code), gather(code >> 1))
}

/// Moves bit n of a number below 2^20 to bit 2n.
fn spread(n: u32) -> i64 {
    let mut n = i64::from(n);
    n = (n | n << 16) & 0x0000_FFFF_0000_FFFF;
    n = (n | n << 8) & 0x00FF_00FF_00FF_00FF;
    n = (n | n << 4) & 0x0F0F_0F0F_0F0F_0F0F;
    n = (n | n << 2) & 0x3333_3333_3333_3333;
    (n | n << 1) & 0x5555_5555_5555_5555
}

/// Reverses [`spread`], ignoring the odd bits.
fn gather(code: i64) -> u32 {
    let mut n = code & 0x5555_5555_5555_5555;
    n = (n | n >> 1) & 0x3333_3333_3333_3333;
    n = (n | n >> 2) & 0x0F0F_0F0F_0F0F_0F0F;
    n = (n | n >> 4) & 0x00FF_00FF_00FF_00FF;
    n = (n | n >> 8) & 0x0000_FFFF_0000_FFFF;
    ((n | n >> 16) & 0xFFFF_FFFF) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::{Position, meters_per_degree};
    use proptest::prelude::*;

    fn bounds() -> impl Strategy<Value = Bounds> {
        let size = || (-5.0..1.8_f64).prop_map(|power| 10_f64.powf(power));
        (-90.0..=90.0, -180.0..=180.0, size(), size()).prop_map(
            |(south, west, height, width): (f64, f64, f64, f64)| {
                let (north, east) = ((south + height).min(90.0), (west + width).min(180.0));
                Bounds::parse(south, west, north, east).unwrap()
            },
        )
    }

    #[test]
    fn the_latitude_bit_lies_above_the_longitude_bit() {
        assert_eq!(cell(-90.0, -180.0), 0);
        assert_eq!(parent(cell(-45.0, 90.0), 1), 0b01);
        assert_eq!(parent(cell(45.0, -90.0), 1), 0b10);
        assert_eq!(cell(90.0, 180.0), (1 << 40) - 1);
        assert_eq!(cell(500.0, f64::NAN), cell(90.0, -180.0));
    }

    #[test]
    fn the_globe_and_a_point_are_one_range() {
        let globe = Bounds::parse(-90.0, -180.0, 90.0, 180.0).unwrap();
        assert_eq!(covering(&globe, 16), [0..=(1 << 40) - 1]);
        let point = Bounds::parse(38.7, 139.8, 38.7, 139.8).unwrap();
        let cell = cell(38.7, 139.8);
        assert_eq!(covering(&point, 0), [cell..=cell]);
    }

    #[test]
    fn a_box_of_three_kilometres_is_covered_tightly() {
        let (north, east) = meters_per_degree(35.0);
        let mut worst = 0.0_f64;
        for n in 0..2000 {
            let center = Position::parse(35.0 + f64::from(n) * 1e-4, 130.0 + f64::from(n) * 37e-4).unwrap();
            let (south, west) = (center.latitude() - 1500.0 / north, center.longitude() - 1500.0 / east);
            let bounds = Bounds::parse(south, west, south + 3000.0 / north, west + 3000.0 / east).unwrap();
            let cells: i64 = covering(&bounds, 16).iter().map(|range| range.end() - range.start() + 1).sum();
            let covered =
                cells as f64 * (360.0 / f64::from(STEPS)) * (180.0 / f64::from(STEPS)) * north * east;
            worst = worst.max(covered / 9e6);
        }
        assert!(worst < 2.5, "{worst} times the box");
    }

    proptest! {
        #[test]
        fn every_point_of_a_box_lies_in_exactly_one_part(
            south in 30.0..40.0f64, west in 130.0..140.0f64, height in 0.001..6.0f64, width in 0.001..6.0f64,
            points in proptest::collection::vec((0.0..1.0f64, 0.0..1.0f64), 40),
        ) {
            let bounds = Bounds::parse(south, west, south + height, west + width).expect("a box");
            let parts = parts(&bounds, &[8, 11, 14]);
            for (a, b) in points {
                let (lat, lng) = (south - 0.5 + a * (height + 1.0), west - 0.5 + b * (width + 1.0));
                let cell = cell(lat, lng);
                let inside = parts.inside.iter().filter(|(level, run)| run.contains(&parent(cell, *level))).count();
                let edge = parts.edge.iter().filter(|run| run.contains(&cell)).count();
                let within = (south..=south + height).contains(&lat) && (west..=west + width).contains(&lng);
                prop_assert!(inside + edge <= 1);
                prop_assert!(within || inside == 0, "a quad inside holds a point outside");
                prop_assert!(!within || inside + edge == 1, "a point of the box is in no part");
            }
            prop_assert!(parts.edge.len() < 500, "{} runs along the edge", parts.edge.len());
        }


        #[test]
        fn every_point_of_the_box_is_in_a_range(
            bounds in bounds(), right in 0.0..=1.0_f64, up in 0.0..=1.0_f64, max in 1usize..40,
        ) {
            let between = |low: f64, high: f64, share: f64| (low + (high - low) * share).min(high);
            let ranges = covering(&bounds, max);
            for (right, up) in [(right, up), (0.0, 0.0), (1.0, 1.0), (0.0, 1.0), (1.0, 0.0)] {
                let latitude = between(bounds.south(), bounds.north(), up);
                let longitude = between(bounds.west(), bounds.east(), right);
                let cell = cell(latitude, longitude);
                prop_assert!(ranges.iter().any(|range| range.contains(&cell)));
            }
        }

        #[test]
        fn ranges_are_few_sorted_and_apart(bounds in bounds(), max in 1usize..40) {
            let ranges = covering(&bounds, max);
            prop_assert!((1..=max).contains(&ranges.len()));
            prop_assert!(ranges.iter().all(|range| range.start() <= range.end()));
            prop_assert!(ranges.windows(2).all(|pair| pair[0].end() + 1 < *pair[1].start()));
        }

        #[test]
        fn a_point_lies_in_the_box_of_its_quad(latitude in -90.0..90.0, longitude in -180.0..180.0, level in 0u32..=20) {
            let quad = parent_bounds(parent(cell(latitude, longitude), level), level);
            prop_assert!((quad.south()..=quad.north()).contains(&latitude));
            prop_assert!((quad.west()..=quad.east()).contains(&longitude));
        }
    }
}
