//! Refresh tokens of a session; using one creates the next.

use sea_orm::entity::prelude::*;

/// One row is a refresh token of a session, for one use.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refresh_token")]
pub struct Model {
    /// SHA-256 of the token, 64 hexadecimal digits; the token itself is not stored.
    #[sea_orm(primary_key, auto_increment = false)]
    pub secret_hash: String,
    /// References `session.id`.
    pub session_id: i64,
    /// When the token was made, in milliseconds since 1970 UTC; it is void 14 days later.
    pub created_at: i64,
    /// When the token was used, in milliseconds since 1970 UTC; null: it was not.
    pub used_at: Option<i64>,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
