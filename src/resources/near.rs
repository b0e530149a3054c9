//! Resources around a point: the circle of a search, and distances from its centre.

use crate::error::{Error, Result};
use async_graphql::InputObject;
use japan::values::Position;

/// The largest radius of a search around a point.
const LARGEST_RADIUS: i32 = 50_000;

/// A circle on the map.
#[derive(Clone, Copy, Debug, InputObject)]
#[graphql(name = "NearInput")]
pub struct Near {
    /// Latitude of the centre, in Japan (緯度).
    pub latitude: f64,
    /// Longitude of the centre, in Japan (経度).
    pub longitude: f64,
    /// Radius in metres, 1 to 50,000 (半径).
    pub within_meters: i32,
}

/// A valid circle.
#[derive(Clone, Copy, Debug)]
pub struct Circle {
    /// The centre.
    pub center: Position,
    /// The radius.
    pub meters: f64,
}

impl Near {
    /// Checks the circle.
    ///
    /// # Errors
    /// `INVALID_INPUT` on `near`.
    pub fn parse(self) -> Result<Circle> {
        if !(1..=LARGEST_RADIUS).contains(&self.within_meters) {
            return Err(Error::invalid(
                "near",
                format!("`withinMeters` must be between 1 and {LARGEST_RADIUS}."),
            ));
        }
        let center = Position::parse(self.latitude, self.longitude);
        let center = center.map_err(|error| Error::invalid("near", error.to_string()))?;
        Ok(Circle { center, meters: f64::from(self.within_meters) })
    }
}

/// The squared distance in metres of a position from a point.
pub fn squared_meters(center: &Position, latitude: f64, longitude: f64) -> f64 {
    let (a, b) = japan::values::meters_per_degree(center.latitude());
    let (north, east) = ((latitude - center.latitude()) * a, (longitude - center.longitude()) * b);
    north * north + east * east
}
