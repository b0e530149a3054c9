//! A word by which a desk of professionals is filtered.

use sea_orm::entity::prelude::*;

/// One row is a tag by which a desk of professionals is filtered.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "liaison_contact_tag")]
pub struct Model {
    /// Set and code: `topic:ADMISSION`, `channel:PHONE`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tag: String,
    /// References `liaison_contact.id`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: i64,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
