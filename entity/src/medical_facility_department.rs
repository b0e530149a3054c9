//! A department (診療科目) a medical facility declares; without a code when the published name is not an official one.

use sea_orm::entity::prelude::*;

/// One row is a department (診療科目) that a medical facility declares.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "medical_facility_department")]
pub struct Model {
    /// References `resource.id`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource_id: i64,
    /// Place in the published order, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i32,
    /// Official code, five digits: `01001` (内科); null: the name is not an official one.
    pub code: Option<String>,
    /// Name as published.
    pub name: String,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
