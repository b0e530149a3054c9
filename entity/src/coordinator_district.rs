//! A district for which a coordinator is responsible.

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

/// The rows that a row refers to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The district the coordinator works in.
    #[sea_orm(
        belongs_to = "super::district::Entity",
        from = "Column::DistrictId",
        to = "super::district::Column::Id"
    )]
    District,
}

impl ActiveModelBehavior for ActiveModel {}
