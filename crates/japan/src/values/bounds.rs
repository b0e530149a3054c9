//! A box of latitudes and longitudes, as map views request it.

use std::fmt;

use super::position::{Position, meters_per_degree};

/// A box in decimal degrees with all four edges inside it. It never crosses the 180th meridian.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    pub(super) south: f64,
    pub(super) west: f64,
    pub(super) north: f64,
    pub(super) east: f64,
}

/// Reason for which four numbers are not accepted as a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoundsError {
    /// An edge is infinite or no number.
    NotANumber,
    /// A latitude beyond 90 or a longitude beyond 180 degrees.
    OutOfRange,
    /// The southern edge lies north of the northern one.
    SouthOfNorth,
    /// The western edge lies east of the eastern one: the box would cross the 180th meridian.
    Antimeridian,
}

impl Bounds {
    /// Checks decimal degrees: latitudes from -90 to 90, longitudes from -180 to
    /// 180. A line or a point is a box too.
    pub fn parse(south: f64, west: f64, north: f64, east: f64) -> Result<Self, BoundsError> {
        if ![south, west, north, east].into_iter().all(f64::is_finite) {
            return Err(BoundsError::NotANumber);
        }
        if south.abs().max(north.abs()) > 90.0 || west.abs().max(east.abs()) > 180.0 {
            return Err(BoundsError::OutOfRange);
        }
        if south > north {
            return Err(BoundsError::SouthOfNorth);
        }
        if west > east {
            return Err(BoundsError::Antimeridian);
        }
        Ok(Self { south, west, north, east })
    }

    /// A box that contains every point within `meters` of `center`, and a
    /// little more. Negative metres count as 0.
    pub fn around(center: &Position, meters: f64) -> Self {
        // Degrees of latitude change by 1 % between equator and pole: 2 % cover that and all rounding.
        let meters = meters.max(0.0) * 1.02 + 0.01;
        let height = meters / meters_per_degree(center.latitude()).0;
        let north = (center.latitude() + height).min(90.0);
        // The parallels are shortest, and so the box is widest, at its edge towards the pole.
        let width = meters / meters_per_degree(north).1.max(f64::MIN_POSITIVE);
        Self {
            south: (center.latitude() - height).max(-90.0),
            west: (center.longitude() - width).max(-180.0),
            north,
            east: (center.longitude() + width).min(180.0),
        }
    }

    /// Whether a position lies in the box or on an edge of it.
    pub fn contains(&self, position: &Position) -> bool {
        (self.south..=self.north).contains(&position.latitude())
            && (self.west..=self.east).contains(&position.longitude())
    }

    /// Whether another box lies in it, at least so many degrees from its edge.
    pub fn holds(&self, other: &Self, margin: f64) -> bool {
        self.south + margin <= other.south
            && self.west + margin <= other.west
            && other.north + margin <= self.north
            && other.east + margin <= self.east
    }

    /// A box that is so many degrees wider on each side, within the limits of degrees.
    pub fn widened(&self, degrees: f64) -> Self {
        Self {
            south: (self.south - degrees).max(-90.0),
            west: (self.west - degrees).max(-180.0),
            north: (self.north + degrees).min(90.0),
            east: (self.east + degrees).min(180.0),
        }
    }

    /// Whether another box is at most so many degrees from it.
    pub fn touches(&self, other: &Self, margin: f64) -> bool {
        self.south <= other.north + margin
            && other.south <= self.north + margin
            && self.west <= other.east + margin
            && other.west <= self.east + margin
    }

    /// Latitude of the southern edge in degrees, -90 to 90.
    pub fn south(&self) -> f64 {
        self.south
    }

    /// Degrees east of the western edge, -180 to 180.
    pub fn west(&self) -> f64 {
        self.west
    }

    /// Degrees north of the northern edge, -90 to 90.
    pub fn north(&self) -> f64 {
        self.north
    }

    /// Degrees east of the eastern edge, -180 to 180.
    pub fn east(&self) -> f64 {
        self.east
    }

    /// The smallest box with both.
    pub fn with(&self, other: &Self) -> Self {
        Self {
            south: self.south.min(other.south),
            west: self.west.min(other.west),
            north: self.north.max(other.north),
            east: self.east.max(other.east),
        }
    }
}

impl fmt::Display for BoundsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "The edges of a box must be numbers.",
            Self::OutOfRange => {
                "Latitudes are between -90 and 90 degrees, longitudes between -180 and 180."
            }
            Self::SouthOfNorth => "The southern edge is north of the northern edge.",
            Self::Antimeridian => {
                "The western edge is east of the eastern edge; a box across the 180th meridian is not supported."
            }
        })
    }
}

impl std::error::Error for BoundsError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_box_that_is_none_is_refused() {
        for (south, west, north, east, error) in [
            (f64::NAN, 139.0, 39.0, 140.0, BoundsError::NotANumber),
            (38.0, 139.0, f64::INFINITY, 140.0, BoundsError::NotANumber),
            (-91.0, 139.0, 39.0, 140.0, BoundsError::OutOfRange),
            (38.0, 139.0, 39.0, 180.5, BoundsError::OutOfRange),
            (39.0, 139.0, 38.0, 140.0, BoundsError::SouthOfNorth),
            (38.0, 170.0, 39.0, -170.0, BoundsError::Antimeridian),
        ] {
            assert_eq!(Bounds::parse(south, west, north, east), Err(error));
        }
    }

    #[test]
    fn the_edges_belong_to_the_box() {
        let bounds = Bounds::parse(38.0, 139.0, 39.0, 140.0).unwrap();
        let holds = |latitude, longitude| bounds.contains(&Position::parse(latitude, longitude).unwrap());
        assert!(holds(38.0, 139.0) && holds(39.0, 140.0));
        assert!(!holds(37.999, 139.5) && !holds(38.5, 140.001));
    }

    #[test]
    fn a_circle_larger_than_the_globe_stays_on_it() {
        let center = Position::parse(38.7, 139.8).unwrap();
        let globe = Bounds::around(&center, 1e9);
        assert_eq!(Bounds::parse(-90.0, -180.0, 90.0, 180.0), Ok(globe));
        assert!(Bounds::around(&center, f64::NAN).contains(&center));
        assert!(Bounds::around(&center, -5.0).contains(&center));
    }

    proptest! {
        #[test]
        fn the_box_around_holds_the_circle(
            latitude in 24.0..44.0, longitude in 125.0..152.0,
            bearing in 0.0..std::f64::consts::TAU, meters in 0.0..100_000.0,
        ) {
            let center = Position::parse(latitude, longitude).unwrap();
            let (north, east) = meters_per_degree(latitude);
            let edge = Position::parse(
                latitude + meters * bearing.cos() / north,
                longitude + meters * bearing.sin() / east,
            ).unwrap();
            prop_assert!(Bounds::around(&center, meters).contains(&edge));
        }
    }
}
