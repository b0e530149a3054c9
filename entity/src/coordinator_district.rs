//! A district a coordinator is responsible for.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "coordinator_district")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub coordinator_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub district_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
