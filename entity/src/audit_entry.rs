//! The audit: changes, and reads of care-professional data.

use crate::enums::AuditKind;
use sea_orm::entity::prelude::*;

/// One row is an entry of the audit (監査記録): a change, or a read of care-professional data.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entry")]
pub struct Model {
    /// Internal key; grows with time, so that it orders the entries.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// UUIDv7 of the entry.
    pub uuid: Uuid,
    /// When it happened, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Read or change.
    pub kind: AuditKind,
    /// Author: `account:` and its UUID, `command-line:` and a user name, or the subject of another token.
    pub subject: String,
    /// Bit set of roles the author had: 1 partner, 2 care professional, 4 coordinator, 8 admin.
    pub roles: i16,
    /// Code of the organization of the author at that time; null: none.
    pub organization_code: Option<String>,
    /// Id of the credential: UUID of the session or program token, or the `jti` of an identity provider;
    /// null: none, as for a command on the server.
    pub token_id: Option<String>,
    /// An [`AuditAction`](crate::enums::AuditAction), `withdrawConsent`, `READ`; text, so that an entry of a newer version
    /// can still be read.
    pub action: String,
    /// Name of the GraphQL operation; null: it had none, or a command did it.
    pub operation: Option<String>,
    /// Id of the HTTP request, as in the log of the server; null: a command did it.
    pub request_id: Option<String>,
    /// JSON list of the public ids that were changed or read.
    pub things: String,
    /// JSON object of the changed fields before; null: not recorded.
    pub before: Option<String>,
    /// JSON object of the changed fields after; null: not recorded.
    pub after: Option<String>,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
