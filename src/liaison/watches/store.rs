//! Watch lists in the database: a viewer reads and changes only their own.

use super::{MOST, WatchedInstitution};
use crate::audit::{self, Author, Change};
use crate::auth::Viewer;
use crate::auth::row_scope::visible_to;
use crate::database::WriteTransaction;
use crate::error::Result;
use crate::id::{NodeId, NodeType};
use crate::liaison::sheets::LiaisonSheet;
use crate::pagination::Page;
use crate::scalars::DateTime;
use crate::user_error::{NotDone, UserError};
use entity::enums::AuditAction;
use entity::enums::ResourceKind;
use entity::liaison_watch::{ActiveModel, Column, Entity};
use entity::{liaison_sheet, resource};
use sea_orm::sea_query::{OnConflict, Query, SelectStatement};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseConnection, EntityTrait, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, RelationDef, RelationTrait,
};
use uuid::Uuid;

/// Puts an institution on the list of a subject, and answers its internal key. Idempotent.
pub async fn watch(
    tx: &WriteTransaction,
    viewer: &Viewer,
    author: &Author,
    institution: Uuid,
) -> std::result::Result<i64, NotDone> {
    let row = visible_to::<resource::Entity>(viewer)
        .filter(resource::Column::Uuid.eq(institution))
        .filter(resource::Column::Kind.eq(ResourceKind::MedicalFacility))
        .one(tx)
        .await?;
    let row = row.ok_or_else(|| UserError::not_found("institution", "There is no such institution."))?;
    let own = visible_to::<Entity>(viewer);
    if own.clone().filter(Column::ResourceId.eq(row.id)).count(tx).await? > 0 {
        return Ok(row.id);
    }
    if own.count(tx).await? >= MOST {
        let message = format!("You watch {MOST} institutions already; take one off the list first.");
        return Err(UserError::conflict("institution", message).into());
    }
    let new = ActiveModel {
        subject: Set(author.subject.clone()),
        resource_id: Set(row.id),
        since: Set(author.clock.now_ms()),
    };
    let once = OnConflict::columns([Column::Subject, Column::ResourceId])
        .do_nothing_on([Column::Subject, Column::ResourceId])
        .to_owned();
    Entity::insert(new).on_conflict(once).exec_without_returning(tx).await?;
    audit::record(tx, author, change(AuditAction::Watch, institution)).await?;
    Ok(row.id)
}

/// Takes an institution off the author's list.
pub async fn unwatch(
    tx: &WriteTransaction,
    author: &Author,
    institution: Uuid,
) -> std::result::Result<(), NotDone> {
    let of_it = Query::select()
        .column(resource::Column::Id)
        .from(resource::Entity)
        .and_where(resource::Column::Uuid.eq(institution))
        .to_owned();
    let own = Entity::delete_many().filter(Column::Subject.eq(author.subject.as_str()));
    let gone = own.filter(Column::ResourceId.in_subquery(of_it)).exec(tx).await?;
    if gone.rows_affected == 0 {
        return Err(UserError::not_found("institution", "You do not watch this institution.").into());
    }
    audit::record(tx, author, change(AuditAction::Unwatch, institution)).await?;
    Ok(())
}

fn change(action: AuditAction, institution: Uuid) -> Change {
    let id = NodeId::new(NodeType::Resource(ResourceKind::MedicalFacility), institution);
    Change { things: vec![id], ..Change::of(action) }
}

/// A page of the institutions a subject watches, and one more if there is one; of those the viewer may know about.
pub async fn list(
    db: &DatabaseConnection,
    viewer: &Viewer,
    subject: &str,
    page: &Page,
) -> Result<Vec<WatchedInstitution>> {
    let to_watch: RelationDef = entity::liaison_watch::Relation::Resource.def().rev();
    let rows: Vec<(i64, i64)> = visible_to::<resource::Entity>(viewer)
        .join(JoinType::InnerJoin, to_watch)
        .filter(Column::Subject.eq(subject))
        .filter(resource::Column::Id.gt(page.after_id()))
        .order_by_asc(resource::Column::Id)
        .limit(page.limit as u64 + 1)
        .select_only()
        .column(resource::Column::Id)
        .column(Column::Since)
        .into_tuple()
        .all(db)
        .await?;
    let watched = |(resource_id, since)| WatchedInstitution { resource_id, added_at: DateTime::of_ms(since) };
    Ok(rows.into_iter().map(watched).collect())
}

/// Versions recorded after an instant, of institutions a subject watches, that the viewer may read: the newest first,
/// and one more than the page holds.
pub async fn versions_since(
    db: &DatabaseConnection,
    viewer: &Viewer,
    subject: &str,
    since_ms: i64,
    page: &Page,
) -> Result<Vec<LiaisonSheet>> {
    let mut select = visible_to::<liaison_sheet::Entity>(viewer)
        .filter(liaison_sheet::Column::ResourceId.in_subquery(watched_by(subject)))
        .filter(liaison_sheet::Column::RecordedAt.gt(since_ms));
    if let Some(cursor) = &page.from {
        select = select.filter(liaison_sheet::Column::Id.lt(cursor.id));
    }
    let rows = select.order_by_desc(liaison_sheet::Column::Id).limit(page.limit as u64 + 1).all(db).await?;
    Ok(rows.into_iter().map(LiaisonSheet::read).collect::<std::result::Result<_, _>>()?)
}

fn watched_by(subject: &str) -> SelectStatement {
    Query::select().column(Column::ResourceId).from(Entity).and_where(Column::Subject.eq(subject)).to_owned()
}
