//! Reads the entries of sheets and the physicians they name: as visible as the sheets, which are read within the viewer's
//! scope.

use super::LiaisonSheet;
use super::entry::{Physician, PhysicianEntry};
use super::store::{current, naming};
use crate::auth::Viewer;
use crate::auth::row_scope::{Unscoped, WithoutViewer, visible_to};
use crate::context::{Batch, BatchError, grouped};
use crate::error::Result;
use async_graphql::dataloader::Loader;
use entity::liaison_sheet::{Column, Entity};
use entity::{affiliation, liaison_entry, physician};
use sea_orm::sea_query::{Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbErr, JoinType, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, RelationDef, RelationTrait, Select,
};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// The entries of a sheet that was read within the viewer's scope, in the order of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EntriesOf(pub i64);

/// Entries of current sheets, by internal key, each with its sheet.
pub async fn find_entries(
    db: &DatabaseConnection,
    viewer: &Viewer,
    ids: &[i64],
) -> Result<HashMap<i64, (PhysicianEntry, LiaisonSheet)>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let wanted = || liaison_entry::Column::Id.is_in(ids.iter().copied());
    let found = with_sheets(db, current(viewer), wanted).await?;
    Ok(found.into_iter().map(|(entry, sheet)| (entry.stored().id, (entry, sheet))).collect())
}

/// Entries of any version by public id, each with its sheet, in no particular order.
pub async fn find_entries_by_id(
    db: &DatabaseConnection,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<Vec<(PhysicianEntry, LiaisonSheet)>> {
    let wanted = || liaison_entry::Column::Uuid.is_in(ids.iter().copied());
    with_sheets(db, visible_to::<Entity>(viewer), wanted).await
}

/// The entries among those wanted of which the sheet is among those that may be read.
async fn with_sheets(
    db: &DatabaseConnection,
    readable: Select<Entity>,
    wanted: impl Fn() -> SimpleExpr,
) -> Result<Vec<(PhysicianEntry, LiaisonSheet)>> {
    let of_these = Query::select()
        .column(liaison_entry::Column::SheetId)
        .from(liaison_entry::Entity)
        .and_where(wanted())
        .to_owned();
    let rows = readable.filter(Column::Id.in_subquery(of_these)).all(db).await?;
    let sheets: HashMap<i64, LiaisonSheet> =
        rows.into_iter().map(|row| Ok((row.id, LiaisonSheet::read(row)?))).collect::<Result<_>>()?;
    let entries = entries(db, wanted()).await?;
    let with_sheet = |(sheet_id, entry): (i64, PhysicianEntry)| Some((entry, sheets.get(&sheet_id)?.clone()));
    Ok(entries.into_iter().filter_map(with_sheet).collect())
}

/// Physicians by public id that a version of a sheet names which the viewer may read, in no particular order.
pub async fn find_physicians(
    db: &DatabaseConnection,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<Vec<Physician>> {
    let named = naming(visible_to::<Entity>(viewer))
        .select_only()
        .column(physician::Column::Id)
        .filter(physician::Column::Uuid.is_in(ids.iter().copied()));
    let people = unscoped(db)
        .every::<physician::Entity>()
        .filter(physician::Column::Id.in_subquery(named.into_query()))
        .all(db)
        .await?;
    Ok(people.into_iter().map(Physician::from).collect())
}

impl Loader<EntriesOf> for Batch {
    type Value = Arc<Vec<PhysicianEntry>>;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[EntriesOf],
    ) -> std::result::Result<HashMap<EntriesOf, Self::Value>, BatchError> {
        let of_these = liaison_entry::Column::SheetId.is_in(keys.iter().map(|key| key.0));
        let found = entries(self.db(), of_these).await.map_err(Arc::new)?;
        Ok(grouped(found.into_iter().map(|(sheet_id, entry)| (EntriesOf(sheet_id), entry))))
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "entries and their physicians are as visible as their sheet, which was read in scope"
)]
fn unscoped<C: ConnectionTrait>(db: &C) -> WithoutViewer<'_, C> {
    WithoutViewer::of(db)
}

/// Entries with the physician, by sheet and in its order: two statements.
async fn entries(
    db: &DatabaseConnection,
    which: SimpleExpr,
) -> std::result::Result<Vec<(i64, PhysicianEntry)>, DbErr> {
    use liaison_entry::{Column, Entity};
    let to_affiliation: RelationDef = liaison_entry::Relation::Affiliation.def();
    let db = &unscoped(db);
    let found = db
        .every::<Entity>()
        .join(JoinType::InnerJoin, to_affiliation)
        .select_also(affiliation::Entity)
        .filter(which)
        .order_by_asc(Column::SheetId)
        .order_by_asc(Column::Ordinal)
        .all(db)
        .await?;
    let ids = found.iter().filter_map(|(_, affiliation)| Some(affiliation.as_ref()?.physician_id));
    let people = db.every::<physician::Entity>().filter(physician::Column::Id.is_in(ids)).all(db).await?;
    let people: HashMap<i64, physician::Model> = people.into_iter().map(|one| (one.id, one)).collect();
    let read = |(entry, affiliation): (liaison_entry::Model, Option<affiliation::Model>)| {
        let affiliation = affiliation?;
        let physician = people.get(&affiliation.physician_id)?.clone();
        let sheet = entry.sheet_id;
        Some(PhysicianEntry::read(entry, affiliation, physician).map(|entry| (sheet, entry)))
    };
    found.into_iter().filter_map(read).collect()
}
