//! A 町字 with its representative point.

use sea_orm::entity::prelude::*;

/// One row is a 町字 with its representative point (Geolonia 住所データ).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "town")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// References `municipality.id`.
    pub municipality_id: i64,
    /// Name of the 町字 without the 小字.
    pub town: String,
    /// Name of the 小字; empty: none.
    pub koaza: String,
    /// Key by which 町字 and 小字 together are compared: spelling unified, 大字 and 字 removed.
    pub name_key: String,
    /// WGS 84 latitude of the point in degrees; null: no usable point.
    pub latitude: Option<f64>,
    /// WGS 84 longitude of the point in degrees; null: no usable point.
    pub longitude: Option<f64>,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
