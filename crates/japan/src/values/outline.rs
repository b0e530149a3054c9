//! The outline of an area: polygons with holes, as simplified by their publisher.

use super::Bounds;
use serde::{Deserialize, Serialize};

/// A closed line of `[longitude, latitude]`; the first point is repeated at the end.
type Ring = Vec<(f64, f64)>;

/// Polygons; of each the first ring is the outer one, the others are holes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Outline(Vec<Vec<Ring>>);

impl Outline {
    /// An outline of polygons.
    pub fn new(polygons: Vec<Vec<Ring>>) -> Self {
        Self(polygons)
    }

    /// Whether a point lies inside, or not further outside than a tolerance in degrees.
    pub fn contains(&self, latitude: f64, longitude: f64, tolerance: f64) -> bool {
        let point = (longitude, latitude);
        let close = |ring: &Ring| edges(ring).any(|(a, b)| distance(a, b, point) < tolerance);
        self.0.iter().any(|polygon| holds(polygon, point) || polygon.iter().any(close))
    }

    /// Whether the area and a box overlap.
    pub fn touches(&self, bounds: &Bounds) -> bool {
        let corner = (bounds.west(), bounds.south());
        let inside = |(x, y): (f64, f64)| {
            (bounds.west()..=bounds.east()).contains(&x) && (bounds.south()..=bounds.north()).contains(&y)
        };
        let crosses =
            |ring: &Ring| edges(ring).any(|(a, b)| inside(a) || sides(bounds).any(|s| meet((a, b), s)));
        self.0.iter().any(|polygon| holds(polygon, corner) || polygon.iter().any(crosses))
    }

    /// The bounding box as south, west, north, east; `None` without any point.
    pub fn extent(&self) -> Option<(f64, f64, f64, f64)> {
        let points = || self.0.iter().flatten().flatten().copied();
        points().next()?;
        let south = points().map(|p| p.1).fold(f64::INFINITY, f64::min);
        let west = points().map(|p| p.0).fold(f64::INFINITY, f64::min);
        let north = points().map(|p| p.1).fold(f64::NEG_INFINITY, f64::max);
        let east = points().map(|p| p.0).fold(f64::NEG_INFINITY, f64::max);
        Some((south, west, north, east))
    }
}

/// Whether a point is inside of the outer ring and of no hole: inside of an odd number of rings.
fn holds(polygon: &[Ring], point: (f64, f64)) -> bool {
    polygon.iter().filter(|ring| encloses(ring, point)).count() % 2 == 1
}

fn edges(ring: &[(f64, f64)]) -> impl Iterator<Item = ((f64, f64), (f64, f64))> + '_ {
    ring.iter().copied().zip(ring.iter().copied().skip(1))
}

fn encloses(ring: &[(f64, f64)], (x, y): (f64, f64)) -> bool {
    let crossings = edges(ring)
        .filter(|((ax, ay), (bx, by))| (*ay > y) != (*by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax);
    crossings.count() % 2 == 1
}

fn distance(a: (f64, f64), b: (f64, f64), p: (f64, f64)) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx * dx + dy * dy;
    let along =
        if length == 0.0 { 0.0 } else { (((p.0 - a.0) * dx + (p.1 - a.1) * dy) / length).clamp(0.0, 1.0) };
    (p.0 - a.0 - along * dx).hypot(p.1 - a.1 - along * dy)
}

fn sides(bounds: &Bounds) -> impl Iterator<Item = ((f64, f64), (f64, f64))> {
    let (south, west, north, east) = (bounds.south(), bounds.west(), bounds.north(), bounds.east());
    let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)];
    corners.into_iter().zip(corners.into_iter().skip(1))
}

type Line = ((f64, f64), (f64, f64));

fn meet((a, b): Line, (c, d): Line) -> bool {
    let turn =
        |p: (f64, f64), q: (f64, f64), r: (f64, f64)| (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
    (turn(a, b, c) > 0.0) != (turn(a, b, d) > 0.0) && (turn(c, d, a) > 0.0) != (turn(c, d, b) > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(from: f64, to: f64) -> Ring {
        vec![(from, from), (to, from), (to, to), (from, to), (from, from)]
    }

    fn with_hole() -> Outline {
        Outline::new(vec![vec![square(0.0, 1.0), square(0.4, 0.6)]])
    }

    #[test]
    fn a_hole_is_outside_but_the_edge_is_tolerated() {
        let outline = with_hole();
        assert!(outline.contains(0.2, 0.2, 0.01));
        assert!(!outline.contains(0.5, 0.5, 0.01));
        assert!(outline.contains(0.5, 1.005, 0.01));
        assert!(!outline.contains(0.1, 1.1, 0.01));
    }

    #[test]
    fn a_box_touches_what_it_overlaps_surrounds_or_lies_in() {
        let touches = |south, west, north, east| {
            Bounds::parse(south, west, north, east).map(|bounds| with_hole().touches(&bounds))
        };
        assert_eq!(touches(0.1, 0.1, 0.2, 0.2), Ok(true));
        assert_eq!(touches(-1.0, -1.0, 2.0, 2.0), Ok(true));
        assert_eq!(touches(0.9, 0.3, 1.5, 0.35), Ok(true));
        assert_eq!(touches(0.45, 0.45, 0.55, 0.55), Ok(false));
        assert_eq!(touches(1.1, 1.1, 1.2, 1.2), Ok(false));
        assert_eq!(with_hole().extent(), Some((0.0, 0.0, 1.0, 1.0)));
    }
}
