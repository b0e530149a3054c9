//! One service of a care facility, keyed by office number and service code.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "care_service")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub resource_id: i64,
    pub office_number: String,
    pub service_code: String,
    pub ordinal: i32,
    pub name: String,
    pub name_kana: Option<String>,
    pub url: Option<String>,
    pub capacity: Option<i32>,
    pub available_days: Option<i16>,
    pub available_days_note: Option<String>,
    pub is_kyosei: Option<bool>,
    pub meets_kaigo_standard: Option<bool>,
    pub meets_shogai_standard: Option<bool>,
    pub note: Option<String>,
    pub as_of: Option<Date>,
    pub vanished_on: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
