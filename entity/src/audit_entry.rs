//! Something that was done, or care-professional data that was looked at.

use crate::enums::AuditKind;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entry")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub uuid: Uuid,
    pub at: i64,
    pub kind: AuditKind,
    pub subject: String,
    pub roles: i16,
    pub organization_code: Option<String>,
    pub token_id: Option<String>,
    pub action: String,
    pub operation: Option<String>,
    pub request_id: Option<String>,
    pub things: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
