//! Where a resource is.

use super::kinds::{LocationStatus, PositionPrecision};
pub use super::row::Location;
use crate::context::RequestContext;
use crate::districts::store::{DistrictKey, MunicipalityKey};
use crate::districts::{District, Municipality, Prefecture};
use crate::error::Nullable;
use crate::picture::Record;
use crate::terms::Term;
use async_graphql::{Context, Object, SimpleObject};
use entity::enums;

/// A point on the map (位置).
#[derive(Clone, Copy, Debug, PartialEq, SimpleObject)]
pub struct Position {
    /// Latitude in degrees (緯度), WGS 84 / JGD2011.
    pub latitude: f64,
    /// Longitude in degrees (経度).
    pub longitude: f64,
    /// How the point was found (位置精度).
    pub precision: Term<PositionPrecision>,
}

/// The position of a resource; `None` unless the status is LOCATED.
pub fn point_of(record: &Record) -> Option<(f64, f64)> {
    let is_located = record.location_status() == enums::LocationStatus::Located;
    record.position().filter(|_| is_located && record.precision().is_some())
}

impl Location {
    /// The location with another address in the same municipality, without a position.
    pub fn moved_to(self, address: Option<String>) -> Self {
        Self {
            prefecture_code: self.prefecture_code,
            municipality_id: self.municipality_id,
            address,
            status: enums::LocationStatus::Unknown,
            home_district_id: None,
            postal_code: None,
            building: None,
            latitude: None,
            longitude: None,
            precision: None,
        }
    }

    /// The position; `None` unless the status is LOCATED.
    pub fn point(&self) -> Option<Position> {
        if self.status != enums::LocationStatus::Located {
            return None;
        }
        let precision = PositionPrecision::from(self.precision?);
        Some(Position { latitude: self.latitude?, longitude: self.longitude?, precision: Term(precision) })
    }
}

/// Where a resource is (所在地).
#[Object]
impl Location {
    /// Whether and why there is a position (位置の状態).
    async fn status(&self) -> Term<LocationStatus> {
        Term(LocationStatus::from(self.status))
    }

    /// Prefecture (都道府県).
    async fn prefecture(&self) -> Option<Prefecture> {
        self.prefecture_code.as_deref().and_then(Prefecture::of_code)
    }

    /// Municipality (市区町村); null when the address does not tell it for certain.
    async fn municipality(&self, ctx: &Context<'_>) -> Option<Municipality> {
        RequestContext::of(ctx).load(MunicipalityKey(self.municipality_id?)).await.nullable(ctx)
    }

    /// Postal code (郵便番号), `997-0816`; null: not published.
    async fn postal_code(&self) -> Option<&str> {
        self.postal_code.as_deref()
    }

    /// Address as published (住所), digits in half width.
    async fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }

    /// Building and floor (方書).
    async fn building(&self) -> Option<&str> {
        self.building.as_deref()
    }

    /// Position (位置・緯度経度); null unless the status is LOCATED, and never 0, 0.
    async fn position(&self) -> Option<Position> {
        self.point()
    }

    /// Daily-life district it stands in (所在地の圏域).
    async fn home_district(&self, ctx: &Context<'_>) -> Option<District> {
        RequestContext::of(ctx).load(DistrictKey(self.home_district_id?)).await.nullable(ctx)
    }
}
