//! A desk that care professionals turn to (平時の連絡窓口・退院調整担当者).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "liaison_contact")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub uuid: Uuid,
    pub number: String,
    pub kind: String,
    pub organization_type: String,
    pub resource_id: Option<i64>,
    pub organization_id: Option<i64>,
    pub organization_name: String,
    pub search_key: String,
    pub sort_key: String,
    pub audience: String,
    pub facts: String,
    pub reach: String,
    pub as_of: Date,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    pub recorded_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
