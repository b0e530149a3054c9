//! The change log: the transactions that changed the directory.

use sea_orm::entity::prelude::*;

/// One row is a transaction that changed the directory.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "change_set")]
pub struct Model {
    /// Internal key; it does not follow the order of the commits.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Position in the log: 1, 2, 3 without gaps, in the order of the commits; null until the commit.
    pub seq: Option<i64>,
    /// When it was committed, in milliseconds since 1970 UTC.
    pub at: i64,
    /// References `audit_entry.id`: who changed what; null: no such entry.
    pub audit_entry_id: Option<i64>,
    /// Whether any thing may have changed, and single ones are not listed: after an upgrade of the database.
    pub everything: bool,
    /// Number of the rows of `change` that belong to it.
    pub changes: i32,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
