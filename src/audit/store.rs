//! Entries of the audit: they are only ever added.

use super::{Author, Change};
use crate::clock;
use entity::enums::AuditKind;
use entity::{audit_entry, audit_thing};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};
use serde_json::{Value, json};
use uuid::Uuid;

/// The action of an entry about reading.
pub const READ: &str = "READ";

/// Remembers a change; belongs into the transaction that makes it.
pub async fn record(db: &impl ConnectionTrait, author: &Author, change: Change) -> Result<(), DbErr> {
    let text = |fields: Option<Value>| fields.map(|fields| fields.to_string());
    let entry = audit_entry::ActiveModel {
        kind: Set(AuditKind::Change),
        action: Set(change.action.to_owned()),
        before: Set(text(change.before)),
        after: Set(text(change.after)),
        ..entry(author, &change.things)
    };
    insert(db, entry, change.things).await
}

/// Remembers which care-professional data an operation has read.
pub async fn record_reads(
    db: &impl ConnectionTrait,
    author: &Author,
    things: Vec<String>,
) -> Result<(), DbErr> {
    let entry = audit_entry::ActiveModel {
        kind: Set(AuditKind::Read),
        action: Set(READ.to_owned()),
        ..entry(author, &things)
    };
    insert(db, entry, things).await
}

fn entry(author: &Author, things: &[String]) -> audit_entry::ActiveModel {
    audit_entry::ActiveModel {
        uuid: Set(Uuid::now_v7()),
        at: Set(clock::now_ms()),
        subject: Set(author.subject.clone()),
        roles: Set(author.roles.number()),
        organization_code: Set(author.organization_code.clone()),
        token_id: Set(author.token_id.clone()),
        operation: Set(author.occasion.operation.clone()),
        request_id: Set(author.occasion.request_id.clone()),
        things: Set(json!(things).to_string()),
        before: Set(None),
        after: Set(None),
        ..Default::default()
    }
}

async fn insert(
    db: &impl ConnectionTrait,
    entry: audit_entry::ActiveModel,
    mut things: Vec<String>,
) -> Result<(), DbErr> {
    let inserted = audit_entry::Entity::insert(entry).exec(db).await?.last_insert_id;
    things.sort_unstable();
    things.dedup();
    // Two values each: far below what a statement takes for any answer there is.
    for chunk in things.chunks(1_000) {
        let rows = chunk
            .iter()
            .map(|thing| audit_thing::ActiveModel { thing: Set(thing.clone()), entry_id: Set(inserted) });
        audit_thing::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}
