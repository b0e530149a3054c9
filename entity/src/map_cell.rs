//! How many resources stand in a cell of the map; kept by triggers, never written by hand.

use crate::enums::{PublicationState, ResourceKind};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "map_cell")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub level: i16,
    #[sea_orm(primary_key, auto_increment = false)]
    pub cell: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: ResourceKind,
    #[sea_orm(primary_key, auto_increment = false)]
    pub categories: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub state: PublicationState,
    pub count: i64,
    pub latitude_sum: f64,
    pub longitude_sum: f64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
