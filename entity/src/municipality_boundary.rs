//! The outline of a municipality as JSON: polygons of rings of `[longitude, latitude]`.

use sea_orm::entity::prelude::*;

/// One row is the outline of a municipality (国土数値情報 N03).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "municipality_boundary")]
pub struct Model {
    /// References `municipality.id`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: i64,
    /// Southernmost WGS 84 latitude in degrees.
    pub south: f64,
    /// Westernmost WGS 84 longitude in degrees.
    pub west: f64,
    /// Northernmost WGS 84 latitude in degrees.
    pub north: f64,
    /// Easternmost WGS 84 longitude in degrees.
    pub east: f64,
    /// JSON list of polygons, each a list of rings of `[longitude, latitude]` in degrees.
    pub polygons: String,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
