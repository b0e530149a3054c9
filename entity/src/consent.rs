//! What somebody agreed to about a contact, and whether they took it back.

use crate::enums::{ConsentMethod, ConsentPurpose, ConsentSubject};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consent")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub uuid: Uuid,
    pub resource_uuid: Uuid,
    pub purpose: ConsentPurpose,
    pub subject: ConsentSubject,
    pub method: ConsentMethod,
    pub phone: Option<String>,
    pub fax: Option<String>,
    pub email: Option<String>,
    pub obtained_on: Date,
    pub expires_on: Option<Date>,
    pub withdrawn_on: Option<Date>,
    pub withdrawn_at: Option<i64>,
    pub evidence: Option<String>,
    pub recorded_by: String,
    pub recorded_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
