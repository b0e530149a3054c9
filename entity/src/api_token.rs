//! A token made for a program of an organization.

use sea_orm::entity::prelude::*;

/// One row is a token made for a program of an organization (APIトークン).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_token")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Public id: a random UUID. The audit notes it as `token_id`.
    pub uuid: Uuid,
    /// SHA-256 of the text of the token, 64 hexadecimal digits; the text itself is not stored.
    pub secret_hash: String,
    /// Name that says what the token is for (名称).
    pub name: String,
    /// Bit set of roles (役割) of the program: 1 partner, 2 care professional, 4 coordinator, 8 admin.
    pub roles: i16,
    /// Code of the organization whose program it is, as in `organization.code`; null: none.
    pub organization_code: Option<String>,
    /// Codes of the districts the token is for, separated by blanks: `D01` or `062031:D01`.
    pub district_codes: String,
    /// Subject that made the token, as in `audit_entry.subject`.
    pub created_by: String,
    /// When the token was made, in milliseconds since 1970 UTC.
    pub created_at: i64,
    /// End of the last day on which the token is accepted, in milliseconds since 1970 UTC; null: no end.
    pub expires_at: Option<i64>,
    /// When the token was revoked, in milliseconds since 1970 UTC; null: it was not.
    pub revoked_at: Option<i64>,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
