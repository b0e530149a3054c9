//! An entry of the audit, as the graph answers it.

use super::terms::{AuditAction, AuditKind, AuditedType};
use crate::auth::{Role, Roles};
use crate::connection::connection;
use crate::id::NodeId;
use crate::scalars::DateTime;
use crate::terms::Term;
use async_graphql::{ID, InputObject, SimpleObject};
use entity::audit_entry::Model;
use sea_orm::ActiveEnum;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Which entries of the audit are meant.
#[derive(Clone, Debug, Default, InputObject)]
pub struct AuditFilter {
    /// By this subject (操作者).
    pub subject: Option<String>,
    /// About this thing (対象): its public id.
    pub thing: Option<ID>,
    /// Of this kind (種別).
    pub kind: Option<AuditKind>,
    /// With this action (操作).
    pub action: Option<AuditAction>,
    /// From this instant on (開始日時).
    pub since: Option<DateTime>,
    /// Before this instant (終了日時).
    pub until: Option<DateTime>,
}

/// Something that was done, or care-professional data that was looked at (監査記録).
#[derive(Clone, Debug, SimpleObject)]
pub struct AuditEntry {
    /// When (日時).
    pub at: DateTime,
    /// Looked at or changed (種別).
    pub kind: Term<AuditKind>,
    /// Who (操作者): the subject of the token, or the account on the server that ran a command.
    pub subject: String,
    /// What they were trusted with at that time (役割).
    pub roles: Vec<Term<Role>>,
    /// The organization they belonged to, by its code (所属).
    pub organization_code: Option<String>,
    /// By which token (トークン).
    pub token_id: Option<String>,
    /// What was done (操作); null: something that only a newer version knows.
    pub action: Option<Term<AuditAction>>,
    /// Name of the operation (操作名).
    pub operation: Option<String>,
    /// Id of the request, as in the log of the server (リクエストID).
    pub request_id: Option<String>,
    /// What it is about (対象).
    pub things: Vec<AuditedThing>,
    /// The fields that were changed (変更点), of an import its file and counts; none where only the fact is kept.
    pub changes: Vec<AuditedChange>,
    /// Internal key, `audit_entry.id`; the cursor of a page.
    #[graphql(skip)]
    pub id: i64,
}

/// A thing that an entry of the audit is about (監査の対象).
#[derive(Clone, Debug, SimpleObject)]
pub struct AuditedThing {
    /// Its id, which `node` answers with what you may see of it; null: an older version wrote no id.
    pub node_id: Option<ID>,
    /// Its type (種類); null without an id.
    #[graphql(name = "type")]
    pub node: Option<Term<AuditedType>>,
    /// What an older version wrote in place of the id (旧記録の対象); null beside an id.
    pub code: Option<String>,
}

/// A field that was changed (変更点).
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct AuditedChange {
    /// Name of the field, as in the input of the mutation (項目); of an import a count, `created`.
    pub field: String,
    /// Its values before (変更前); none: it had none, or they are not recorded.
    pub before: Vec<String>,
    /// Its values after; none: it has none. An organization with those below it is `MIHON-CORP以下`, as in the lists of
    /// readers.
    pub after: Vec<String>,
}

impl AuditedThing {
    fn of_text(text: String) -> Self {
        let id = ID(text);
        match NodeId::parse(&id, "id") {
            Ok(parsed) => Self { node_id: Some(id), node: Some(Term(parsed.node.into())), code: None },
            Err(_) => Self { node_id: None, node: None, code: Some(id.0) },
        }
    }
}

impl From<Model> for AuditEntry {
    fn from(row: Model) -> Self {
        let things: Vec<String> = serde_json::from_str(&row.things).unwrap_or_default();
        Self {
            at: DateTime::of_ms(row.at),
            kind: Term(row.kind.into()),
            subject: row.subject,
            roles: Roles::of_number(row.roles).iter().map(Term).collect(),
            organization_code: row.organization_code,
            token_id: row.token_id,
            action: action(&row.action),
            operation: row.operation,
            request_id: row.request_id,
            things: things.into_iter().map(AuditedThing::of_text).collect(),
            changes: changes(fields(row.before.as_deref()), fields(row.after.as_deref())),
            id: row.id,
        }
    }
}

fn action(stored: &str) -> Option<Term<AuditAction>> {
    entity::enums::AuditAction::try_from_value(&stored.to_owned()).ok().map(|action| Term(action.into()))
}

/// The fields of a stored JSON object.
fn fields(stored: Option<&str>) -> Map<String, Value> {
    stored.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// The fields whose values differ, in the order of their names.
fn changes(before: Map<String, Value>, after: Map<String, Value>) -> Vec<AuditedChange> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let change = |name: &String| {
        let (before, after) = (values(before.get(name)), values(after.get(name)));
        (before != after).then(|| AuditedChange { field: name.clone(), before, after })
    };
    names.into_iter().filter_map(change).collect()
}

/// The values of a field as text.
fn values(value: Option<&Value>) -> Vec<String> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(items)) => items.iter().flat_map(|item| values(Some(item))).collect(),
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Object(object)) => match (object.get("code"), object.get("coversChildren")) {
            (Some(Value::String(code)), Some(Value::Bool(true))) => vec![format!("{code}以下")],
            (Some(Value::String(code)), Some(Value::Bool(false))) => vec![code.clone()],
            _ => vec![Value::Object(object.clone()).to_string()],
        },
        Some(value @ (Value::Bool(_) | Value::Number(_))) => vec![value.to_string()],
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_that_differ_are_told_with_their_values() {
        let before =
            r#"{"roles":["ADMIN"],"name":"見本","organizations":[{"code":"A","coversChildren":true}]}"#;
        let after =
            r#"{"roles":[],"name":"見本","organizations":[{"code":"A","coversChildren":false}],"created":3}"#;
        let told = changes(fields(Some(before)), fields(Some(after)));
        let told: Vec<_> =
            told.iter().map(|one| (one.field.as_str(), one.before.join(" "), one.after.join(" "))).collect();
        let text = str::to_owned;
        assert_eq!(
            told,
            [
                ("created", text(""), text("3")),
                ("organizations", text("A以下"), text("A")),
                ("roles", text("ADMIN"), text("")),
            ]
        );
        assert_eq!(changes(fields(None), fields(None)), []);
    }
}
