//! Text that looked private and was released, by its digest.

use sea_orm::entity::prelude::*;

/// One row is a text that looked private and was released after a person had read it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "released_text")]
pub struct Model {
    /// Public id of the resource (`resource.uuid`); no foreign key, since it outlives the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource_uuid: Uuid,
    /// Path of the text in the words of the GraphQL schema, as in `held_text.field`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub field: String,
    /// SHA-256 of the text, 64 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub digest: String,
    /// Subject that released the text, as in `audit_entry.subject`.
    pub released_by: String,
    /// When the text was released, in milliseconds since 1970 UTC.
    pub released_at: i64,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
