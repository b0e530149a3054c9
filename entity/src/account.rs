//! A person who may sign in here.

use sea_orm::entity::prelude::*;

/// One row is an account (アカウント): a person who may sign in with mail address and password.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Public id: a random UUID.
    pub uuid: Uuid,
    /// Mail address for signing in, in lower case; unique.
    pub email: String,
    /// Name of the person (氏名).
    pub name: String,
    /// argon2id in PHC form; null until the invitation is accepted.
    pub password_hash: Option<String>,
    /// Bit set of roles (役割): 1 partner, 2 care professional, 4 coordinator, 8 admin.
    pub roles: i16,
    /// Code of the organization of the person, as in `organization.code`; null: none.
    pub organization_code: Option<String>,
    /// Codes of the districts the person works for, separated by blanks: `D01` or `062031:D01`.
    pub district_codes: String,
    /// When the account was made, in milliseconds since 1970 UTC.
    pub created_at: i64,
    /// When the account was closed, in milliseconds since 1970 UTC; null: it is open.
    pub closed_at: Option<i64>,
    /// Attempts to sign in in a row without success; 0 after one.
    pub failed_attempts: i32,
    /// Until when no attempt is taken, in milliseconds since 1970 UTC; while nothing is locked, when the last
    /// attempt was; 0 after a success.
    pub locked_until: i64,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
