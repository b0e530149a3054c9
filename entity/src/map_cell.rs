//! Numbers of resources in cells of the map; maintained by triggers, never written by hand.

use crate::enums::{PublicationState, ResourceKind};
use sea_orm::entity::prelude::*;

/// One row counts the resources of one kind, categories and state in one cell of the map.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "map_cell")]
pub struct Model {
    /// Level of the cell: 8, 11 or 14, about 120 km, 15 km and 2 km wide.
    #[sea_orm(primary_key, auto_increment = false)]
    pub level: i16,
    /// Number of the cell at this level: the first bits of `resource.cell`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub cell: i64,
    /// Kind of the resources.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: ResourceKind,
    /// As `resource.categories`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub categories: String,
    /// Publication state of the resources.
    #[sea_orm(primary_key, auto_increment = false)]
    pub state: PublicationState,
    /// Number of resources; never 0.
    pub count: i64,
    /// Sum of their WGS 84 latitudes in degrees; divided by `count` it is the centre.
    pub latitude_sum: f64,
    /// Sum of their WGS 84 longitudes in degrees.
    pub longitude_sum: f64,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
