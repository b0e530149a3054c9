//! Whether a facility takes people with a care need (医療ニーズの受け入れ).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "medical_acceptance")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub uuid: Uuid,
    pub resource_id: i64,
    pub service_code: String,
    pub need: String,
    pub answer: String,
    pub conditions: Option<String>,
    pub night_nurse: Option<bool>,
    pub max_persons: Option<i32>,
    pub as_of: Date,
    pub audience: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
