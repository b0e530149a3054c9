//! An entry of the audit, as the graph answers it.

use crate::auth::{Role, Roles};
use crate::connection::connection;
use crate::scalars::DateTime;
use crate::terms::{Term, labelled};
use async_graphql::{ID, InputObject, SimpleObject};
use entity::audit_entry::Model;

labelled! {
    /// What kind of event an entry is about (種別).
    AuditKind as entity::enums::AuditKind {
        /// Something was looked at (閲覧).
        Read = ("閲覧", "えつらん", "見た", "Read"),
        /// Something was changed (変更).
        Change = ("変更", "へんこう", "かえた", "Change"),
    }
}

/// Which entries of the audit are meant.
#[derive(Clone, Debug, Default, InputObject)]
pub struct AuditFilter {
    /// By this subject.
    pub subject: Option<String>,
    /// About this thing: its public id.
    pub thing: Option<ID>,
    /// Of this kind.
    pub kind: Option<AuditKind>,
    /// The field of a mutation, `withdrawConsent`, or `READ`.
    pub action: Option<String>,
    /// From this instant on.
    pub since: Option<DateTime>,
    /// Before this instant.
    pub until: Option<DateTime>,
}

/// Something that was done, or care-professional data that was looked at (監査記録).
#[derive(Clone, Debug, SimpleObject)]
pub struct AuditEntry {
    /// When.
    pub at: DateTime,
    /// Looked at or changed.
    pub kind: Term<AuditKind>,
    /// Who: the subject of the token, or the account on the server that ran a command.
    pub subject: String,
    /// What they were trusted with at that time.
    pub roles: Vec<Term<Role>>,
    /// The organization they belonged to, by its code.
    pub organization_code: Option<String>,
    /// By which token.
    pub token_id: Option<String>,
    /// The field of the mutation, or `READ`.
    pub action: String,
    /// Name of the operation.
    pub operation: Option<String>,
    /// Id of the request, as in the log of the server.
    pub request_id: Option<String>,
    /// Public ids of what it is about.
    pub things: Vec<String>,
    /// The changed fields before, as JSON.
    pub before: Option<String>,
    /// The changed fields after, as JSON.
    pub after: Option<String>,
    /// Internal key, `audit_entry.id`; the cursor of a page.
    #[graphql(skip)]
    pub id: i64,
}

impl From<Model> for AuditEntry {
    fn from(row: Model) -> Self {
        Self {
            at: DateTime::of_ms(row.at),
            kind: Term(row.kind.into()),
            subject: row.subject,
            roles: Roles::of_number(row.roles).iter().map(Term).collect(),
            organization_code: row.organization_code,
            token_id: row.token_id,
            action: row.action,
            operation: row.operation,
            request_id: row.request_id,
            things: serde_json::from_str(&row.things).unwrap_or_default(),
            before: row.before,
            after: row.after,
            id: row.id,
        }
    }
}

connection! {
    /// A page of the audit.
    AuditConnection of
    /// An entry of the audit in a list.
    AuditEdge of
    /// The entry.
    AuditEntry
}
