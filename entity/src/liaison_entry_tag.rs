//! A word by which an entry of a sheet is filtered.

use sea_orm::entity::prelude::*;

/// One row is a tag by which entries of liaison sheets are filtered.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "liaison_entry_tag")]
pub struct Model {
    /// Set and code: `channel:PHONE`, `department:01001`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tag: String,
    /// References `liaison_entry.id`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: i64,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
