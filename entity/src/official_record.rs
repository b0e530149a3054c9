//! What an official file last said of one of its rows, cleaned.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "official_record")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub format: String,
    pub record_key: String,
    pub facility_key: String,
    pub scope: String,
    pub municipality_code: Option<String>,
    pub as_of: Option<Date>,
    pub source_id: i64,
    pub fingerprint: String,
    pub body: String,
    pub vanished_on: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
