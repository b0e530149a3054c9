//! The change log: what changed in a transaction.

use crate::enums::{ChangeType, ChangedThing};
use sea_orm::entity::prelude::*;

/// One row is a thing that a transaction changed. It holds no value of the thing.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "change")]
pub struct Model {
    /// References `change_set.id`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub set_id: i64,
    /// Place in the set, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i32,
    /// Kind of thing.
    pub thing: ChangedThing,
    /// Internal key of the thing in its table.
    pub thing_id: i64,
    /// Public id of the thing; null: it has none.
    pub uuid: Option<Uuid>,
    /// What happened to it.
    pub how: ChangeType,
    /// Whether somebody may see less than before: of two answers, the older one must not be given any more.
    pub closes: bool,
    /// JSON of the readers of the thing before (`src/database/changes/readers.rs`); null: it did not exist.
    pub readers_before: Option<String>,
    /// The same after; null: it does not exist.
    pub readers_after: Option<String>,
    /// JSON list of the changed fields in the words of the schema; `*`: unknown which.
    pub fields: String,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
