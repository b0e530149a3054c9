//! Links by which people set the password of their account.

use sea_orm::entity::prelude::*;

/// One row is a link by which the holder of an account sets the password (招待).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// References `account.id`.
    pub account_id: i64,
    /// SHA-256 of the secret in the link, 64 hexadecimal digits; the secret itself is not stored.
    pub secret_hash: String,
    /// When the link ends, in milliseconds since 1970 UTC.
    pub expires_at: i64,
    /// When the link was used, in milliseconds since 1970 UTC; null: it was not.
    pub used_at: Option<i64>,
}

/// The rows that a row refers to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The account that is invited.
    #[sea_orm(
        belongs_to = "super::account::Entity",
        from = "Column::AccountId",
        to = "super::account::Column::Id"
    )]
    Account,
}

impl ActiveModelBehavior for ActiveModel {}
