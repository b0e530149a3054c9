//! Resources around a point: the circle of a search, and distances from its centre.

use crate::error::{Error, Result};
use async_graphql::InputObject;
use entity::resource::Column;
use japan::values::Position;
use sea_orm::IntoSimpleExpr;
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};

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

/// The squared distance in metres from a point as the databases compute it: the same operations in
/// the same order as [`squared_meters`], so that both give the same number to the last bit.
pub fn squared_distance(center: &Position) -> SimpleExpr {
    let (a, b) = japan::values::meters_per_degree(center.latitude());
    let part = |column: Column, from: f64, scale: f64| {
        let degrees = column.into_simple_expr().sub(Expr::value(from)).mul(Expr::value(scale));
        degrees.clone().mul(degrees)
    };
    part(Column::Latitude, center.latitude(), a).add(part(Column::Longitude, center.longitude(), b))
}

/// The squared distance in metres of a position from a point.
pub fn squared_meters(center: &Position, latitude: f64, longitude: f64) -> f64 {
    let (a, b) = japan::values::meters_per_degree(center.latitude());
    let (north, east) = ((latitude - center.latitude()) * a, (longitude - center.longitude()) * b);
    north * north + east * east
}
