//! A session: a sign-in, with all refresh tokens that descend from it.

use sea_orm::entity::prelude::*;

/// One row is a session: it begins with a sign-in and lasts as long as it is refreshed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Random UUID; the audit notes it as `token_id`.
    pub uuid: Uuid,
    /// References `account.id`.
    pub account_id: i64,
    /// When the session began, in milliseconds since 1970 UTC.
    pub created_at: i64,
    /// When the session ends at the latest, in milliseconds since 1970 UTC: 90 days after it began.
    pub expires_at: i64,
    /// When the session was ended, in milliseconds since 1970 UTC; null: it was not.
    pub ended_at: Option<i64>,
}

/// The rows that a row refers to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The account that signed in.
    #[sea_orm(
        belongs_to = "super::account::Entity",
        from = "Column::AccountId",
        to = "super::account::Column::Id"
    )]
    Account,
}

impl ActiveModelBehavior for ActiveModel {}
