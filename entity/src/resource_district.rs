//! A district from which a resource can be used.

use sea_orm::entity::prelude::*;

/// One row is a district from which a resource can be used (利用できる地区).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "resource_district")]
pub struct Model {
    /// References `resource.id`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource_id: i64,
    /// References `district.id`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub district_id: i64,
}

/// The rows that a row refers to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The resource.
    #[sea_orm(
        belongs_to = "super::resource::Entity",
        from = "Column::ResourceId",
        to = "super::resource::Column::Id"
    )]
    Resource,
    /// The district it can be used from.
    #[sea_orm(
        belongs_to = "super::district::Entity",
        from = "Column::DistrictId",
        to = "super::district::Column::Id"
    )]
    District,
}

impl ActiveModelBehavior for ActiveModel {}
