//! Reads sheets within the viewer's scope, their entries and their versions.

use super::LiaisonSheet;
use crate::auth::row_scope::{find_visible, visible_to};
use crate::auth::{Viewer, conditions};
use crate::context::{Batch, BatchError, grouped};
use crate::error::Result;
use async_graphql::dataloader::Loader;
use chrono::NaiveDate;
use entity::liaison_sheet::{Column, Entity, Model};
use entity::{affiliation, liaison_entry, physician, resource};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationDef, RelationTrait, Select,
};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// All versions of the sheet of an institution that the viewer may read, the newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VersionsOf(pub i64);

/// The current sheet of an institution, by its internal key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SheetOf(pub i64);

/// The current sheets that name a physician who still works there, by the physician's public id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SheetsNaming(pub Uuid);

/// Whether the viewer keeps the sheet of an institution; there is a value when they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kept(pub i64);

/// Current versions within the viewer's scope.
pub fn current(viewer: &Viewer) -> Select<Entity> {
    visible_to::<Entity>(viewer).filter(Column::ReplacedAt.is_null())
}

/// Current sheets by internal key.
pub async fn find_by_key(
    db: &DatabaseConnection,
    viewer: &Viewer,
    ids: &[i64],
) -> Result<HashMap<i64, LiaisonSheet>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = current(viewer).filter(Column::Id.is_in(ids.iter().copied())).all(db).await?;
    rows.into_iter().map(|row| Ok((row.id, LiaisonSheet::read(row)?))).collect()
}

/// Versions by public id, in no particular order.
pub async fn find_many(db: &DatabaseConnection, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<LiaisonSheet>> {
    let rows = find_visible::<Entity>(db, viewer, Column::Uuid, ids).await?;
    Ok(rows.into_iter().map(LiaisonSheet::read).collect::<std::result::Result<_, _>>()?)
}

/// The current sheet of an institution whose sheet this viewer keeps.
pub async fn find_kept(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    institution: Uuid,
) -> Result<Option<LiaisonSheet>> {
    let Some(kept) = conditions::keeps(viewer) else { return Ok(None) };
    let select = current(viewer).filter(kept).filter(resource::Column::Uuid.eq(institution));
    Ok(select.one(db).await?.map(LiaisonSheet::read).transpose()?)
}

/// Affiliations that have not ended on a day.
pub fn works_there(day: NaiveDate) -> Condition {
    let ended = affiliation::Column::EndedOn;
    Condition::any().add(ended.is_null()).add(ended.gt(day))
}

/// Sheets joined with the physicians they name.
pub(super) fn naming(sheets: Select<Entity>) -> Select<Entity> {
    let to_entry: RelationDef = liaison_entry::Relation::Sheet.def().rev();
    let to_affiliation: RelationDef = liaison_entry::Relation::Affiliation.def();
    let to_physician: RelationDef = affiliation::Relation::Physician.def();
    sheets
        .join(JoinType::InnerJoin, to_entry)
        .join(JoinType::InnerJoin, to_affiliation)
        .join(JoinType::InnerJoin, to_physician)
}

impl Loader<VersionsOf> for Batch {
    type Value = Arc<Vec<LiaisonSheet>>;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[VersionsOf],
    ) -> std::result::Result<HashMap<VersionsOf, Self::Value>, BatchError> {
        let found = visible_to::<Entity>(&self.viewer)
            .filter(Column::ResourceId.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(Column::ResourceId)
            .order_by_desc(Column::Version)
            .all(self.db())
            .await
            .map_err(Arc::new)?;
        let read = |row: Model| Ok((VersionsOf(row.resource_id), LiaisonSheet::read(row).map_err(Arc::new)?));
        Ok(grouped(found.into_iter().map(read).collect::<std::result::Result<Vec<_>, BatchError>>()?))
    }
}

impl Loader<SheetOf> for Batch {
    type Value = LiaisonSheet;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[SheetOf],
    ) -> std::result::Result<HashMap<SheetOf, LiaisonSheet>, BatchError> {
        let found = current(&self.viewer)
            .filter(Column::ResourceId.is_in(keys.iter().map(|key| key.0)))
            .all(self.db())
            .await
            .map_err(Arc::new)?;
        let read = |row: Model| Ok((SheetOf(row.resource_id), LiaisonSheet::read(row).map_err(Arc::new)?));
        found.into_iter().map(read).collect()
    }
}

impl Loader<SheetsNaming> for Batch {
    type Value = Arc<Vec<LiaisonSheet>>;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[SheetsNaming],
    ) -> std::result::Result<HashMap<SheetsNaming, Self::Value>, BatchError> {
        let found = naming(current(&self.viewer))
            .select_also(physician::Entity)
            .filter(physician::Column::Uuid.is_in(keys.iter().map(|key| key.0)))
            .filter(works_there(self.viewer.today()))
            .order_by_asc(resource::Column::SortKey)
            .order_by_asc(Column::Id)
            .all(self.db())
            .await
            .map_err(Arc::new)?;
        let read = |(row, physician): (Model, Option<physician::Model>)| {
            let key = SheetsNaming(physician?.uuid);
            Some(LiaisonSheet::read(row).map(|sheet| (key, sheet)).map_err(Arc::new))
        };
        Ok(grouped(found.into_iter().filter_map(read).collect::<std::result::Result<Vec<_>, _>>()?))
    }
}

impl Loader<Kept> for Batch {
    type Value = ();
    type Error = BatchError;

    async fn load(&self, keys: &[Kept]) -> std::result::Result<HashMap<Kept, ()>, BatchError> {
        let Some(kept) = conditions::keeps(&self.viewer) else { return Ok(HashMap::new()) };
        let found: Vec<i64> = visible_to::<resource::Entity>(&self.viewer)
            .select_only()
            .column(resource::Column::Id)
            .filter(resource::Column::Id.is_in(keys.iter().map(|key| key.0)))
            .filter(kept)
            .into_tuple()
            .all(self.db())
            .await
            .map_err(Arc::new)?;
        Ok(found.into_iter().map(|id| (Kept(id), ())).collect())
    }
}
