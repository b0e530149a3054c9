//! A token of the identity provider that is refused before it ends.

use sea_orm::entity::prelude::*;

/// One row is a token of an identity provider that is refused before it ends.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revoked_token")]
pub struct Model {
    /// Issuer of the token (claim `iss`).
    #[sea_orm(primary_key, auto_increment = false)]
    pub issuer: String,
    /// Id of the token (claim `jti`).
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_id: String,
    /// When the token was revoked, in milliseconds since 1970 UTC.
    pub revoked_at: i64,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
