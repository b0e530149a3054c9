//! Failed sign-ins with a mail address that no account has.

use sea_orm::entity::prelude::*;

/// One row counts failed sign-ins with a mail address that no account has.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "unknown_sign_in")]
pub struct Model {
    /// SHA-256 of the mail address, 64 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub email_hash: String,
    /// Attempts in a row.
    pub failed_attempts: i32,
    /// Until when no attempt is taken, in milliseconds since 1970 UTC; unlocked: when the last one was.
    pub locked_until: i64,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
