//! The audit entries that concern a thing.

use sea_orm::entity::prelude::*;

/// One row links a public id to an entry of the audit that names it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_thing")]
pub struct Model {
    /// Public id, as in `audit_entry.things`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub thing: String,
    /// References `audit_entry.id`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: i64,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
