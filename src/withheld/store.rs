//! Withheld and released texts in the database.

use super::rules::Released;
use super::texts::WithheldText;
use super::{WithheldField, stored};
use crate::auth::row_scope::{Unscoped, below};
use crate::consents::effect::Ledger;
use crate::context::{Batch, BatchError, grouped};
use crate::terms::Term;
use async_graphql::dataloader::Loader;
use entity::{held_text, released_text, resource};
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait,
};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use uuid::Uuid;

/// Rows per statement: 4,000 parameters, below what a statement of either database takes.
const CHUNK: usize = 1_000;

/// The withheld fields of a resource that was read within the viewer's scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WithheldOf(pub i64);

impl Loader<WithheldOf> for Batch {
    type Value = Arc<Vec<WithheldField>>;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[WithheldOf],
    ) -> std::result::Result<HashMap<WithheldOf, Self::Value>, BatchError> {
        use held_text::Column;
        let found: Vec<(i64, String, entity::enums::HeldReason)> =
            below::<held_text::Entity>(keys.iter().map(|key| key.0))
                .select_only()
                .columns([Column::ResourceId, Column::Field, Column::Reason])
                .order_by_asc(Column::ResourceId)
                .order_by_asc(Column::Field)
                .into_tuple()
                .all(self.db())
                .await
                .map_err(Arc::new)?;
        let field = |(id, field, reason): (i64, String, entity::enums::HeldReason)| {
            (WithheldOf(id), WithheldField { field, reason: Term(reason.into()) })
        };
        Ok(grouped(found.into_iter().map(field)))
    }
}

/// All released texts.
pub async fn released(db: &impl Unscoped) -> Result<Released, DbErr> {
    let all = db.every::<released_text::Entity>().all(db).await?;
    Ok(Released::of(all.into_iter().map(|row| ((row.resource_uuid, row.field, row.digest), row.released_at))))
}

/// Resources with a released text: after a withdrawal they are screened again.
pub async fn with_released_text(db: &impl Unscoped) -> Result<Vec<i64>, DbErr> {
    let released =
        Query::select().column(released_text::Column::ResourceUuid).from(released_text::Entity).to_owned();
    let all = db.every::<resource::Entity>();
    let found = all.filter(resource::Column::Uuid.in_subquery(released)).select_only();
    found.column(resource::Column::Id).into_tuple().all(db).await
}

/// Stores the texts that were withheld from some resources.
pub async fn insert(
    db: &impl ConnectionTrait,
    held: impl Iterator<Item = (i64, &WithheldText)>,
) -> Result<(), DbErr> {
    let model = |(id, held): (i64, &WithheldText)| held_text::ActiveModel {
        resource_id: Set(id),
        field: Set(held.field.clone()),
        text: Set(held.text.clone()),
        reason: Set(held.reason),
    };
    let models: Vec<held_text::ActiveModel> = held.map(model).collect();
    let key = OnConflict::columns([held_text::Column::ResourceId, held_text::Column::Field]);
    let latest = key.clone().update_columns([held_text::Column::Text, held_text::Column::Reason]).to_owned();
    for chunk in models.chunks(CHUNK) {
        let insert = held_text::Entity::insert_many(chunk.to_vec()).on_conflict(latest.clone());
        insert.exec_without_returning(db).await?;
    }
    Ok(())
}

/// Public ids of the resources with withheld texts.
pub async fn resources(db: &impl Unscoped) -> Result<BTreeSet<Uuid>, DbErr> {
    let of_resource = held_text::Relation::Resource.def();
    let all = db.every::<held_text::Entity>().join(JoinType::InnerJoin, of_resource);
    let uuids = all.select_only().column(resource::Column::Uuid).distinct().into_tuple::<Uuid>();
    Ok(uuids.all(db).await?.into_iter().collect())
}

/// Stores that a text was released, by whom and when.
pub async fn release(
    db: &impl ConnectionTrait,
    (resource_uuid, field, digest): (Uuid, &str, String),
    (author, at): (&str, i64),
) -> Result<(), DbErr> {
    let row = released_text::ActiveModel {
        resource_uuid: Set(resource_uuid),
        field: Set(field.to_owned()),
        digest: Set(digest),
        released_by: Set(author.to_owned()),
        released_at: Set(at),
    };
    use released_text::Column;
    let again = OnConflict::columns([Column::ResourceUuid, Column::Field, Column::Digest])
        .update_columns([Column::ReleasedBy, Column::ReleasedAt])
        .to_owned();
    released_text::Entity::insert(row).on_conflict(again).exec_without_returning(db).await?;
    Ok(())
}

/// Screens the stored texts of some resources again and withholds those that must no longer be shown.
pub async fn hold_stored(db: &impl Unscoped, ledger: &Ledger, ids: &[i64]) -> Result<(), DbErr> {
    let released = released(db).await?;
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        if let Some(held) = stored::screen(db, id, ledger, &released).await? {
            insert(db, held.iter().map(|held| (id, held))).await?;
        }
    }
    Ok(())
}
