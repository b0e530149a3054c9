//! A point in Japan, and the distance between two of them.

use std::fmt;

const JAPAN_LATITUDES: std::ops::RangeInclusive<f64> = 20.2..=45.8;
const JAPAN_LONGITUDES: std::ops::RangeInclusive<f64> = 122.7..=154.2;

/// The position that geocoders return for an address they only know to be in Japan, and the distance within
/// which a position counts as this one.
const CENTROID_OF_JAPAN: (f64, f64) = (36.204824, 138.252924);
const CENTROID_TOLERANCE: f64 = 1e-4;

/// Equatorial radius in metres and flattening of the GRS80 ellipsoid, to which JGD2011 coordinates refer.
const EQUATORIAL_RADIUS: f64 = 6_378_137.0;
const FLATTENING: f64 = 1.0 / 298.257_222_101;

/// A point in Japan in decimal degrees (JGD2011, which is WGS84 to within a metre).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    latitude: f64,
    longitude: f64,
}

/// Reason for which a pair of coordinates is not accepted as a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PositionError {
    /// Latitude or longitude is infinite or no number.
    NotANumber,
    /// Latitude or longitude is exactly zero, which stands for an unknown position.
    Zero,
    /// Latitude and longitude are swapped.
    Swapped,
    /// The centre of Japan, which geocoders return for an address they cannot find.
    CentroidOfJapan,
    /// Not in the box around Japan: 20.2 to 45.8 degrees north, 122.7 to 154.2 east.
    OutsideJapan,
}

impl Position {
    /// Checks decimal degrees, and refuses the values that open data contain in place of a real position.
    pub fn parse(latitude: f64, longitude: f64) -> Result<Self, PositionError> {
        if !latitude.is_finite() || !longitude.is_finite() {
            return Err(PositionError::NotANumber);
        }
        if latitude == 0.0 || longitude == 0.0 {
            return Err(PositionError::Zero);
        }
        if is_in_japan(longitude, latitude) {
            return Err(PositionError::Swapped);
        }
        if is_centroid(latitude, longitude) {
            return Err(PositionError::CentroidOfJapan);
        }
        if !is_in_japan(latitude, longitude) {
            return Err(PositionError::OutsideJapan);
        }
        Ok(Self { latitude, longitude })
    }

    /// Degrees north, 20.2 to 45.8.
    pub fn latitude(&self) -> f64 {
        self.latitude
    }

    /// Degrees east, 122.7 to 154.2.
    pub fn longitude(&self) -> f64 {
        self.longitude
    }

    /// Metres to `other` on a plane that touches the ellipsoid at `self`.
    ///
    /// Within 0.1 % up to 10 km and 1 % up to 50 km; not symmetric beyond that, since the plane is `self`'s.
    pub fn distance_meters(&self, other: &Self) -> f64 {
        let (north, east) = meters_per_degree(self.latitude);
        let north = north * (other.latitude - self.latitude);
        let east = east * (other.longitude - self.longitude);
        north.hypot(east)
    }
}

/// Metres in one degree northward and in one degree eastward at `latitude` (degrees, -90 to 90).
pub fn meters_per_degree(latitude: f64) -> (f64, f64) {
    let (sine, cosine) = latitude.to_radians().sin_cos();
    let eccentricity_squared = FLATTENING * (2.0 - FLATTENING);
    let w_squared = 1.0 - eccentricity_squared * sine * sine;
    let prime_vertical_radius = EQUATORIAL_RADIUS / w_squared.sqrt();
    let meridional_radius = prime_vertical_radius * (1.0 - eccentricity_squared) / w_squared;
    (meridional_radius.to_radians(), prime_vertical_radius.to_radians() * cosine)
}

fn is_in_japan(latitude: f64, longitude: f64) -> bool {
    JAPAN_LATITUDES.contains(&latitude) && JAPAN_LONGITUDES.contains(&longitude)
}

fn is_centroid(latitude: f64, longitude: f64) -> bool {
    let (center_latitude, center_longitude) = CENTROID_OF_JAPAN;
    (latitude - center_latitude).abs() <= CENTROID_TOLERANCE
        && (longitude - center_longitude).abs() <= CENTROID_TOLERANCE
}

impl fmt::Display for PositionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "Latitude and longitude must be numbers.",
            Self::Zero => "A latitude or longitude of exactly zero stands for an unknown position.",
            Self::Swapped => "Latitude and longitude are swapped.",
            Self::CentroidOfJapan => {
                "This is the centre of Japan, which geocoders answer when they cannot find an address."
            }
            Self::OutsideJapan => "The position is not in Japan.",
        })
    }
}

impl std::error::Error for PositionError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn position(latitude: f64, longitude: f64) -> Position {
        Position::parse(latitude, longitude).unwrap()
    }

    /// Vincenty's inverse formula on GRS80, metres.
    fn vincenty(from: Position, to: Position) -> f64 {
        let polar_radius = EQUATORIAL_RADIUS * (1.0 - FLATTENING);
        let reduced = |p: Position| ((1.0 - FLATTENING) * p.latitude.to_radians().tan()).atan();
        let (sin_u1, cos_u1) = reduced(from).sin_cos();
        let (sin_u2, cos_u2) = reduced(to).sin_cos();
        let l = (to.longitude - from.longitude).to_radians();
        let mut lambda = l;
        let mut distance = 0.0;
        for _ in 0..50 {
            let (sin_l, cos_l) = lambda.sin_cos();
            let sin_s = (cos_u2 * sin_l).hypot(cos_u1 * sin_u2 - sin_u1 * cos_u2 * cos_l);
            if sin_s == 0.0 {
                return 0.0;
            }
            let cos_s = sin_u1 * sin_u2 + cos_u1 * cos_u2 * cos_l;
            let s = sin_s.atan2(cos_s);
            let sin_a = cos_u1 * cos_u2 * sin_l / sin_s;
            let cos2_a = 1.0 - sin_a * sin_a;
            let cos_2m = cos_s - 2.0 * sin_u1 * sin_u2 / cos2_a;
            let c = FLATTENING / 16.0 * cos2_a * (4.0 + FLATTENING * (4.0 - 3.0 * cos2_a));
            let m2 = 2.0 * cos_2m * cos_2m - 1.0;
            lambda = l + (1.0 - c) * FLATTENING * sin_a * (s + c * sin_s * (cos_2m + c * cos_s * m2));
            let u2 = cos2_a * ((EQUATORIAL_RADIUS / polar_radius).powi(2) - 1.0);
            let a = 1.0 + u2 / 16384.0 * (4096.0 + u2 * (-768.0 + u2 * (320.0 - 175.0 * u2)));
            let b = u2 / 1024.0 * (256.0 + u2 * (-128.0 + u2 * (74.0 - 47.0 * u2)));
            let third = cos_2m * (4.0 * sin_s * sin_s - 3.0) * (4.0 * cos_2m * cos_2m - 3.0);
            let delta = b * sin_s * (cos_2m + b / 4.0 * (cos_s * m2 - b / 6.0 * third));
            distance = polar_radius * a * (s - delta);
        }
        distance
    }

    #[test]
    fn what_open_data_holds_in_place_of_a_position_is_refused() {
        for (latitude, longitude, error) in [
            (f64::NAN, 139.0, PositionError::NotANumber),
            (38.7, f64::INFINITY, PositionError::NotANumber),
            (0.0, 0.0, PositionError::Zero),
            (38.7, -0.0, PositionError::Zero),
            (139.8, 38.7, PositionError::Swapped),
            (36.204824, 138.252924, PositionError::CentroidOfJapan),
            (36.20490, 138.25300, PositionError::CentroidOfJapan),
            (53.41291, -8.24389, PositionError::OutsideJapan),
        ] {
            assert_eq!(Position::parse(latitude, longitude), Err(error));
        }
    }

    #[test]
    fn the_ends_of_japan_are_in_japan() {
        for (latitude, longitude) in
            [(20.4253, 136.0697), (24.4494, 122.9336), (24.2867, 153.9808), (45.5572, 148.7522)]
        {
            assert_eq!(position(latitude, longitude).latitude(), latitude);
            assert_eq!(position(latitude, longitude).longitude(), longitude);
        }
    }

    /// The example that the Geospatial Information Authority prints: Tsukuba to the old Tokyo datum.
    #[test]
    fn a_published_distance_comes_out() {
        let tsukuba = position(36.103_774_791_666_66, 140.087_855_041_666_64);
        let tokyo = position(35.655_028_5, 139.744_750_416_666_7);
        assert!((vincenty(tsukuba, tokyo) - 58_643.804).abs() < 0.01);
        assert!((tsukuba.distance_meters(&tokyo) / 58_643.804 - 1.0).abs() < 0.01);
    }

    proptest! {
        #[test]
        fn distances_agree_with_vincenty(
            latitude in 24.0..45.3, longitude in 123.5..153.5,
            bearing in 0.0..std::f64::consts::TAU, meters in 10.0..50_000.0,
        ) {
            let from = position(latitude, longitude);
            let (north, east) = meters_per_degree(latitude);
            let to = position(latitude + meters * bearing.cos() / north, longitude + meters * bearing.sin() / east);
            let exact = vincenty(from, to);
            let limit = if meters <= 10_000.0 { 0.001 } else { 0.01 };
            let error = (from.distance_meters(&to) / exact - 1.0).abs();
            prop_assert!(error < limit, "{error} at {meters} m");
        }
    }
}
