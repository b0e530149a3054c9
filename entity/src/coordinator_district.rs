//! A district a coordinator is responsible for.

use sea_orm::entity::prelude::*;

/// One row is a district (担当地区) a coordinator is responsible for.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "coordinator_district")]
pub struct Model {
    /// References `coordinator.id`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub coordinator_id: i64,
    /// References `district.id`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub district_id: i64,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
