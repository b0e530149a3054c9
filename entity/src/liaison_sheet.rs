//! A version of the liaison sheet of an institution (連携シート).

use crate::enums::ConsentMethod;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "liaison_sheet")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub uuid: Uuid,
    pub resource_id: i64,
    pub version: i32,
    pub issuer: String,
    pub issued_on: Date,
    pub as_of: Date,
    pub review_due_on: Date,
    pub facts: String,
    pub consent_method: ConsentMethod,
    pub consented_on: Date,
    pub consent_withdrawn_on: Option<Date>,
    pub recorded_at: i64,
    pub recorded_by: String,
    pub replaced_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
