//! Entries of the audit in the database: they are only added and read.

use super::entry::{AuditEntry, AuditFilter};
use super::{Author, Change};
use crate::auth::Viewer;
use crate::auth::row_scope::{Unscoped, WithoutViewer, visible_to};
use crate::id::NodeId;
use crate::pagination::Page;
use async_graphql::ID;
use entity::audit_entry::Column;
use entity::enums::{AuditAction, AuditKind};
use entity::{audit_entry, audit_thing};
use futures_util::Stream;
use japan::values::is_storable;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveEnum, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, DbErr,
    EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// Adds an entry about a change; call it in the transaction of the change.
pub async fn record(db: &impl ConnectionTrait, author: &Author, change: Change) -> Result<(), DbErr> {
    let text = |fields: Option<Value>| fields.map(|fields| fields.to_string());
    let things: Vec<String> = change.things.into_iter().map(NodeId::text).collect();
    let entry = audit_entry::ActiveModel {
        kind: Set(AuditKind::Change),
        action: Set(change.action.to_value()),
        before: Set(text(change.before)),
        after: Set(text(change.after)),
        ..entry(author, &things)
    };
    insert(db, entry, things).await
}

/// Adds an entry about the data for care professionals that an operation has read.
pub async fn record_reads(
    db: &impl ConnectionTrait,
    author: &Author,
    things: Vec<String>,
) -> Result<(), DbErr> {
    let entry = audit_entry::ActiveModel {
        kind: Set(AuditKind::Read),
        action: Set(AuditAction::Read.to_value()),
        ..entry(author, &things)
    };
    insert(db, entry, things).await
}

/// Entries the viewer may read, newest first, and one more than the page holds.
pub async fn list(
    db: &DatabaseConnection,
    viewer: &Viewer,
    filter: &AuditFilter,
    page: &Page,
) -> Result<Vec<AuditEntry>, DbErr> {
    let mut select =
        visible_to::<audit_entry::Entity>(viewer).filter(matching(filter)).order_by_desc(Column::Id);
    if let Some(cursor) = &page.from {
        select = select.filter(Column::Id.lt(cursor.id));
    }
    let found = select.limit(page.limit as u64 + 1).all(db).await?;
    Ok(found.into_iter().map(AuditEntry::from).collect())
}

/// Every entry since an instant, oldest first, for the operator of the server.
#[expect(clippy::disallowed_methods, reason = "the operator has no viewer")]
pub async fn all<'db>(
    db: &'db DatabaseConnection,
    since_ms: i64,
) -> Result<impl Stream<Item = Result<audit_entry::Model, DbErr>> + 'db, DbErr> {
    WithoutViewer::of(db)
        .every::<audit_entry::Entity>()
        .filter(Column::At.gte(since_ms))
        .order_by_asc(Column::Id)
        .stream(db)
        .await
}

fn matching(filter: &AuditFilter) -> Condition {
    let about = |thing: &ID| {
        Column::Id.in_subquery(
            Query::select()
                .column(audit_thing::Column::EntryId)
                .from(audit_thing::Entity)
                .and_where(audit_thing::Column::Thing.eq(thing.as_str()))
                .to_owned(),
        )
    };
    let texts = [filter.subject.as_deref(), filter.thing.as_ref().map(|id| id.as_str())];
    if texts.into_iter().flatten().any(|text| !is_storable(text)) {
        return Condition::all().add(Expr::value(false));
    }
    Condition::all()
        .add_option(filter.subject.as_ref().map(|subject| Column::Subject.eq(subject)))
        .add_option(filter.thing.as_ref().map(about))
        .add_option(filter.kind.map(|kind| Column::Kind.eq(AuditKind::from(kind))))
        .add_option(filter.action.map(|action| Column::Action.eq(AuditAction::from(action).to_value())))
        .add_option(filter.since.map(|since| Column::At.gte(since.0.timestamp_millis())))
        .add_option(filter.until.map(|until| Column::At.lt(until.0.timestamp_millis())))
}

fn entry(author: &Author, things: &[String]) -> audit_entry::ActiveModel {
    audit_entry::ActiveModel {
        uuid: Set(Uuid::now_v7()),
        at: Set(author.clock.now_ms()),
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
    // Two values a row: 2,000 parameters, below what a statement of either database takes.
    for chunk in things.chunks(1_000) {
        let rows = chunk
            .iter()
            .map(|thing| audit_thing::ActiveModel { thing: Set(thing.clone()), entry_id: Set(inserted) });
        audit_thing::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}
