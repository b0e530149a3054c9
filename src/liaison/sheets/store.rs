//! Reads sheets within the viewer's scope, their entries and their versions.

use super::LiaisonSheet;
use super::filter::SheetCriteria;
use crate::auth::row_scope::{find_visible, visible_to};
use crate::auth::{Viewer, conditions};
use crate::context::{Batch, BatchError, RequestContext, grouped};
use crate::database::packed;
use crate::error::Result;
use crate::liaison::overdue_before;
use crate::pagination::{Key, Page};
use crate::resources::freshness::Freshness;
use crate::resources::search::{SearchWord, TextSearch};
use async_graphql::dataloader::Loader;
use chrono::NaiveDate;
use entity::liaison_sheet::{Column, Entity, Model};
use entity::{affiliation, liaison_entry, liaison_entry_tag, physician, resource};
use japan::values::is_storable;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, DbBackend, IntoSimpleExpr, JoinType,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, RelationDef, RelationTrait, Select,
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

/// A page of current sheets by the name of the institution, and one more if there is one; each with its sort key.
pub async fn list(
    db: &DatabaseConnection,
    viewer: &Viewer,
    wanted: &SheetCriteria,
    page: &Page,
) -> Result<Vec<(String, LiaisonSheet)>> {
    let mut select =
        current(viewer).filter(wanted.condition(db.get_database_backend())).limit(page.limit as u64 + 1);
    if let Some(cursor) = &page.from
        && let Key::Text(name) = &cursor.key
    {
        let sort_key = || resource::Column::SortKey.into_simple_expr();
        let same = sort_key().eq(name.as_str()).and(Column::Id.gt(cursor.id));
        select = select.filter(Condition::any().add(sort_key().gt(name.as_str())).add(same));
    }
    let rows: Vec<(Model, Option<resource::Model>)> = select
        .select_also(resource::Entity)
        .order_by_asc(resource::Column::SortKey)
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    let read = |(row, institution): (Model, Option<resource::Model>)| {
        let sort_key = institution.map(|row| row.sort_key).unwrap_or_default();
        Ok((sort_key, LiaisonSheet::read(row)?))
    };
    rows.into_iter().map(read).collect()
}

/// How many current sheets match.
pub async fn count(db: &DatabaseConnection, viewer: &Viewer, wanted: &SheetCriteria) -> Result<u64> {
    let select = current(viewer).filter(wanted.condition(db.get_database_backend()));
    Ok(select.count(db).await?)
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

/// Finds the institutions that the criteria are about: those of areas, and those that words of the text mean.
///
/// # Errors
/// `INVALID_INPUT` on the field that names an area that does not exist.
pub async fn look_up(context: &RequestContext, wanted: &mut SheetCriteria) -> Result<()> {
    if let Some(facilities) = &mut wanted.resource {
        facilities.find(context).await?;
    }
    let Some(text) = &wanted.text else { return Ok(()) };
    let select = current(&context.viewer).select_only().column(Column::ResourceId).distinct();
    let institutions: Vec<i64> = select.into_tuple().all(context.db()).await?;
    let view = context.view().await?;
    let among = view.among(&institutions);
    wanted.named = text.words().iter().map(|word| view.ids(&view.meant(&among, word))).collect();
    Ok(())
}

impl SheetCriteria {
    /// The filter as a condition on sheets; `liaison_sheet` and `resource` are tables of the statement.
    pub fn condition(&self, backend: DbBackend) -> Condition {
        let mut all = Condition::all();
        if let Some(uuids) = &self.institutions {
            all = all.add(resource::Column::Uuid.is_in(uuids.iter().copied()));
        }
        if let Some(filter) = &self.resource {
            all = all.add(filter.condition(backend));
        }
        if let Some(states) = &self.review_states {
            all = all.add(
                states.iter().fold(Condition::any(), |any, state| any.add(reviewed(*state, self.today))),
            );
        }
        // A sheet of which every physician has left is found by the institution alone.
        if self.filters(backend).is_empty() && self.text.is_some() {
            let by_name = self
                .words()
                .fold(Condition::all(), |all, (_, institutions)| all.add(is_among(backend, institutions)));
            let entry = has_entry(self.entry(backend).unwrap_or_else(Condition::all), self.today);
            return all.add(Condition::any().add(by_name).add(entry));
        }
        match self.entry(backend) {
            Some(entry) => all.add(has_entry(entry, self.today)),
            None => all,
        }
    }

    /// The filter as a condition on one physician; `liaison_entry` and `physician` are tables of the
    /// statement.
    pub fn entry(&self, backend: DbBackend) -> Option<Condition> {
        let mut all = self.filters(backend);
        for (word, institutions) in self.words() {
            all = all.add(Condition::any().add(named(word)).add(is_among(backend, institutions)));
        }
        (!all.is_empty()).then_some(all)
    }

    /// The words, each with the institutions that it means.
    fn words(&self) -> impl Iterator<Item = (&SearchWord, &[i64])> {
        let institutions = |at: usize| self.named.get(at).map_or(&[][..], Vec::as_slice);
        let words = self.text.iter().flat_map(TextSearch::words).enumerate();
        words.map(move |(at, word)| (word, institutions(at)))
    }

    fn filters(&self, backend: DbBackend) -> Condition {
        let mut all = Condition::all();
        if let Some(codes) = &self.physician_codes {
            let codes = codes.iter().filter(|code| is_storable(code)).cloned();
            all = all.add(physician::Column::Code.is_in(codes));
        }
        for tags in &self.tags {
            all = all.add(liaison_entry::Column::Id.in_subquery(with_a_tag(tags)));
        }
        if let Some(ids) = &self.entries {
            all = all.add(packed::among(backend, liaison_entry::Column::Id.into_simple_expr(), ids));
        }
        all
    }
}

/// The same judgement as `Freshness::of`, as a condition.
fn reviewed(state: Freshness, today: NaiveDate) -> Condition {
    let due = Column::ReviewDueOn;
    let stale_before = overdue_before(today);
    match state {
        Freshness::Fresh => Condition::all().add(due.gte(today)),
        Freshness::Due => Condition::all().add(due.lt(today)).add(due.gt(stale_before)),
        Freshness::Stale => Condition::all().add(due.lte(stale_before)),
        // Every sheet has a review date.
        Freshness::Unknown => Condition::all().add(Expr::value(false)),
    }
}

fn with_a_tag(tags: &[String]) -> SelectStatement {
    Query::select()
        .column(liaison_entry_tag::Column::EntryId)
        .from(liaison_entry_tag::Entity)
        .and_where(liaison_entry_tag::Column::Tag.is_in(tags.iter().cloned()))
        .to_owned()
}

/// Whether the name or reading of a physician contains a word; search keys hold no wildcards.
fn named(word: &SearchWord) -> Condition {
    let contains = |key: &String| physician::Column::SearchKey.like(format!("%{key}%"));
    word.keys().fold(Condition::any(), |any, key| any.add(contains(key)))
}

fn is_among(backend: DbBackend, institutions: &[i64]) -> SimpleExpr {
    packed::among(backend, resource::Column::Id.into_simple_expr(), institutions)
}

/// Whether a sheet has an entry with this condition about a physician who still works there.
fn has_entry(condition: Condition, today: NaiveDate) -> SimpleExpr {
    use liaison_entry::Column as Entry;
    let entry = Query::select()
        .expr(Expr::value(1))
        .from(liaison_entry::Entity)
        .join(
            JoinType::InnerJoin,
            affiliation::Entity,
            affiliation::Column::Id.into_simple_expr().eq(Entry::AffiliationId.into_simple_expr()),
        )
        .join(
            JoinType::InnerJoin,
            physician::Entity,
            physician::Column::Id.into_simple_expr().eq(affiliation::Column::PhysicianId.into_simple_expr()),
        )
        .and_where(Entry::SheetId.into_simple_expr().eq(Column::Id.into_simple_expr()))
        .cond_where(works_there(today))
        .cond_where(condition)
        .to_owned();
    Expr::exists(entry)
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
