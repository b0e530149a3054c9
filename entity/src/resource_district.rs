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

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
