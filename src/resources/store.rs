//! Lists, counts and single resources, always within the viewer's scope.
//!
//! The number of statements does not depend on the number of rows: a page is one statement, in the orders
//! RELEVANCE and OPEN_FIRST one for each segment, four at most; each related type that is selected adds one
//! or two. Tests count them (`App::statements`).

use super::filter::Filter;
use super::near::{Circle, squared_distance, squared_meters};
use super::order::{Order, Segment};
use super::row::{Columns, Row};
use super::search::{Areas, TextSearch, Tier, index_key};
use crate::auth::row_scope::visible_to;
use crate::auth::{Permissions, Viewer, policy};
use crate::cache::Cache;
use crate::context::{Batch, BatchError};
use crate::database::packed::{self, Cells};
use crate::database::prepared::{ANY_ID, PreparedById};
use crate::error::{Error, Result};
use crate::pagination::{Cursor, Key, Page};
use async_graphql::dataloader::Loader;
use entity::enums::PublicationState;
use entity::resource::Column;
use entity::{identifier, resource};
use japan::values::{Bounds, cell, is_storable};
use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, IntoIden, Query, SelectStatement, SimpleExpr, TableRef, Value, ValueTuple,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, DbBackend, IntoSimpleExpr, JoinType,
    QueryFilter, QueryTrait,
};
use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::ops::RangeInclusive;
use std::sync::{Arc, LazyLock};
use uuid::Uuid;

/// The most runs of map cells that cover a box: more runs read fewer rows outside of the box.
const CELL_RUNS: usize = 24;
/// Capacity of the cache of statements for one resource, some 2 kB each.
const CACHED: NonZeroUsize = NonZeroUsize::MIN.saturating_add(255);

/// A list that a caller asked for, before pagination.
#[derive(Clone, Debug)]
pub struct Listing {
    /// Its filter.
    pub filter: Filter,
    /// The text that must match.
    pub text: Option<TextSearch>,
    /// The circle on the map.
    pub near: Option<Circle>,
    /// Its order.
    pub order: Order,
}

/// A row with its place in the list.
pub struct Placed {
    /// The row.
    pub row: Row,
    /// Its cursor.
    pub cursor: Cursor,
    /// Metres from the centre of the circle asked for.
    pub distance_meters: Option<f64>,
    /// How well it matches the text.
    pub tier: Tier,
}

/// A page of a list.
#[derive(Default)]
pub struct Slice {
    /// The rows in list order.
    pub rows: Vec<Placed>,
    /// Whether the list goes on beyond the page, in the direction of reading.
    pub more: bool,
}

/// Reads a page: one statement for each segment of the order that it touches, at most four.
pub async fn list(
    db: &DatabaseConnection,
    viewer: &Viewer,
    listing: &Listing,
    page: &Page,
    columns: Columns,
) -> Result<Slice> {
    let mut slice = Slice::default();
    let segments = listing.order.segments(listing.text.as_ref());
    let mut order: Vec<usize> = (0..segments.len()).collect();
    if page.backward {
        order.reverse();
    }
    let start = page.from.as_ref().map(|cursor| usize::from(cursor.segment));
    let passed = |n: &usize| start.is_some_and(|start| if page.backward { *n > start } else { *n < start });
    for n in order.into_iter().filter(|n| !passed(n)) {
        let Some(part) = segments.get(n) else { continue };
        let missing = page.limit + 1 - slice.rows.len();
        let from = page.from.as_ref().filter(|_| start == Some(n));
        slice.rows.extend(
            segment(db, viewer, listing, (n as u8, part), from, page.backward, missing, columns).await?,
        );
        if slice.rows.len() > page.limit {
            break;
        }
    }
    slice.more = slice.rows.len() > page.limit;
    slice.rows.truncate(page.limit);
    if page.backward {
        slice.rows.reverse();
    }
    Ok(slice)
}

/// The next rows of one segment. The keys are found first, by index alone where possible; the
/// columns of just those rows are read around them.
#[expect(clippy::too_many_arguments, reason = "one call site; a struct would only move the names")]
async fn segment(
    db: &DatabaseConnection,
    viewer: &Viewer,
    listing: &Listing,
    (number, part): (u8, &Segment),
    from: Option<&Cursor>,
    backward: bool,
    limit: usize,
    columns: Columns,
) -> Result<Vec<Placed>> {
    let backend = db.get_database_backend();
    let text = listing.text.as_ref().is_some_and(|text| text.number().is_none());
    let mut keys = matching(viewer, listing, part.tier, backend);
    keys.cond_where(part.group.clone().unwrap_or_else(Condition::all));
    keys.column((resource::Entity, Column::Id)).limit(limit as u64);
    if let Some(condition) = from.and_then(|c| listing.order.continue_from(c, backend, text, backward)) {
        keys.and_where(condition);
    }
    let area = listing.near.is_some() || listing.filter.bounds.is_some();
    listing.order.apply(&mut keys, backend, (text, area), backward);
    let columns = if listing.near.is_some() { columns.with(Columns::POSITION) } else { columns };
    let mut expressions = columns.expressions(viewer, backend);
    expressions.extend(listing.order.selected_text());
    let mut rows = visible_to::<resource::Entity>(viewer).into_query();
    rows.clear_selects().and_where(Column::Id.in_subquery(keys));
    let found = packed::rows(db, rows, expressions).await?;
    let mut placed: Vec<Placed> = found
        .into_iter()
        .map(|cells| read_placed(cells, listing, (number, part.tier), columns))
        .collect::<Result<_>>()?;
    placed.sort_by(|a, b| listing.order.compare(&a.cursor, &b.cursor));
    if backward {
        placed.reverse();
    }
    Ok(placed)
}

fn read_placed(
    mut cells: Cells,
    listing: &Listing,
    (segment, tier): (u8, Tier),
    columns: Columns,
) -> Result<Placed> {
    let row = Row::read(&mut cells, columns)?;
    let squared = listing.near.zip(row.location.latitude.zip(row.location.longitude));
    let squared = squared.map(|(circle, (lat, lng))| squared_meters(&circle.center, lat, lng));
    let key = match listing.order {
        Order::Key | Order::Relevance => Key::None,
        Order::OpenFirst(ref groups) => Key::Number(groups.minute as f64),
        Order::Distance(_) => Key::Number(squared.unwrap_or(f64::INFINITY)),
        Order::Name | Order::RecentlyVerified => Key::Text(cells.value()?),
    };
    let cursor = Cursor { segment, key, id: row.id };
    Ok(Placed { row, cursor, distance_meters: squared.map(f64::sqrt), tier })
}

impl Listing {
    /// Whether the stored counts by map cell can answer: the filter has only a box, states and kinds, and no
    /// state of which the viewer may know some records only.
    pub fn counted_by_cell(&self, viewer: &Viewer) -> bool {
        let some_only = |state: &PublicationState| {
            let scope = policy::record(viewer.permissions(), *state);
            scope.exists() && !scope.anywhere
        };
        self.text.is_none()
            && self.near.is_none()
            && self.filter.cell_condition.is_some()
            && !self.filter.states.iter().any(some_only)
    }
}

/// A statement that finds the matching resources within the viewer's scope, without columns, order or limit.
pub fn matching(viewer: &Viewer, listing: &Listing, tier: Tier, backend: DbBackend) -> SelectStatement {
    let around = listing.near.map(|circle| Bounds::around(&circle.center, circle.meters));
    let runs = around.or(listing.filter.bounds).map(|area| cell::covering(&area, CELL_RUNS));
    matching_in(viewer, listing, tier, backend, runs.as_deref().unwrap_or_default())
}

/// The same inside of runs of map cells; no run means everywhere.
pub fn matching_in(
    viewer: &Viewer,
    listing: &Listing,
    tier: Tier,
    backend: DbBackend,
    runs: &[RangeInclusive<i64>],
) -> SelectStatement {
    let mut select = visible_to::<resource::Entity>(viewer).into_query();
    select.clear_selects().cond_where(listing.filter.condition.clone());
    if let Some(number) = listing.text.as_ref().and_then(TextSearch::number) {
        select.and_where(Column::Id.in_subquery(number.resources(viewer)));
    } else if let Some(text) = &listing.text {
        let areas = Areas {
            prefectures: &listing.filter.prefectures,
            municipalities: &listing.filter.municipalities,
        };
        select
            .join(JoinType::InnerJoin, Alias::new("resource_search"), same_id(index_key(backend)))
            .and_where(text.condition(backend, tier, &areas));
    }
    if let Some(circle) = listing.near {
        let reach = Expr::value(circle.meters * circle.meters);
        select.and_where(squared_distance(&circle.center).lte(reach));
    }
    if let Some(bounds) = &listing.filter.bounds {
        within(&mut select, bounds);
    }
    only_cells(&mut select, runs);
    select
}

/// Limits a statement on resources to those with a position inside of a box.
pub fn inside(select: &mut SelectStatement, bounds: &Bounds) {
    within(select, bounds);
    only_cells(select, &cell::covering(bounds, CELL_RUNS));
}

fn same_id(index_key: &str) -> SimpleExpr {
    Expr::cust(format!("\"resource\".\"id\" = {index_key}"))
}

fn within(select: &mut SelectStatement, bounds: &Bounds) {
    select
        .and_where(Column::Latitude.between(bounds.south(), bounds.north()))
        .and_where(Column::Longitude.between(bounds.west(), bounds.east()));
}

/// Limits a statement to runs of map cells: each is one short stretch of the index, wherever on the
/// map it lies.
fn only_cells(select: &mut SelectStatement, runs: &[RangeInclusive<i64>]) {
    if runs.is_empty() {
        return;
    }
    let runs = runs.iter().map(|run| ValueTuple::Two(Value::from(*run.start()), Value::from(*run.end())));
    let run = || Alias::new("run");
    let edge = |name: &'static str| Expr::col((run(), Alias::new(name)));
    let cell = || Column::Cell.into_simple_expr();
    let inside = cell().gte(edge("column1")).and(cell().lte(edge("column2")));
    select.join(JoinType::InnerJoin, TableRef::ValuesList(runs.collect(), run().into_iden()), inside);
}

/// How many resources match.
pub async fn count(db: &DatabaseConnection, viewer: &Viewer, listing: &Listing) -> Result<i64> {
    let mut select = matching(viewer, listing, Tier::Anywhere, db.get_database_backend());
    select.expr(Expr::cust("COUNT(*)"));
    let found = db.query_one(&select).await?.ok_or_else(|| Error::internal("COUNT(*) gave no row"))?;
    Ok(found.try_get_by_index(0)?)
}

/// Whether nothing at all matches.
pub async fn is_empty(db: &DatabaseConnection, viewer: &Viewer, listing: &Listing) -> Result<bool> {
    let mut select = matching(viewer, listing, Tier::Anywhere, db.get_database_backend());
    select.expr(Expr::value(1)).limit(1);
    Ok(db.query_one(&select).await?.is_none())
}

/// A resource by public id.
pub async fn find(
    db: &DatabaseConnection,
    viewer: &Viewer,
    id: Uuid,
    columns: Columns,
) -> Result<Option<Row>> {
    let backend = db.get_database_backend();
    let statement = by_id(viewer, columns, backend).with(backend, id);
    let found = packed::run(db, statement).await?.into_iter().next();
    Ok(found.map(|mut cells| Row::read(&mut cells, columns)).transpose()?)
}

/// The cache key of statements for one resource. It must have everything that the text of the statement
/// depends on, or one viewer would get the statement of another.
type ById = (Arc<Permissions>, Columns, bool);

/// The statement for one resource, from a cache, since clients repeat the same few selections.
fn by_id(viewer: &Viewer, columns: Columns, backend: DbBackend) -> Arc<PreparedById> {
    static PREPARED: LazyLock<Cache<ById, Arc<PreparedById>>> =
        LazyLock::new(|| Cache::with_capacity(CACHED));
    let key = (viewer.permissions().clone(), columns, backend == DbBackend::Postgres);
    if let Some(statement) = PREPARED.get(&key) {
        return statement;
    }
    let mut select = visible_to::<resource::Entity>(viewer).filter(Column::Uuid.eq(ANY_ID)).into_query();
    select.clear_selects();
    let statement = Arc::new(PreparedById::new(backend, select, columns.expressions(viewer, backend)));
    PREPARED.put(key, statement.clone());
    statement
}

/// Resources by public id, in no particular order.
pub async fn find_many(
    db: &DatabaseConnection,
    viewer: &Viewer,
    ids: &[Uuid],
    columns: Columns,
) -> Result<Vec<Row>> {
    let condition = Column::Uuid.is_in(ids.iter().copied());
    find_where(db, viewer, condition, columns).await
}

/// Resources whose internal keys a statement finds, in no particular order.
pub async fn find_selected(
    db: &DatabaseConnection,
    viewer: &Viewer,
    keys: SelectStatement,
    columns: Columns,
) -> Result<Vec<Row>> {
    find_where(db, viewer, Column::Id.in_subquery(keys), columns).await
}

async fn find_where(
    db: &DatabaseConnection,
    viewer: &Viewer,
    condition: SimpleExpr,
    columns: Columns,
) -> Result<Vec<Row>> {
    let mut select = visible_to::<resource::Entity>(viewer).filter(condition).into_query();
    select.clear_selects();
    let expressions = columns.expressions(viewer, db.get_database_backend());
    let found = packed::rows(db, select, expressions).await?;
    let read = |mut cells: Cells| Row::read(&mut cells, columns);
    Ok(found.into_iter().map(read).collect::<std::result::Result<_, _>>()?)
}

/// A whole resource by internal key, for fields that refer back to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ResourceKey(pub i64);

impl Loader<ResourceKey> for Batch {
    type Value = Arc<Row>;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[ResourceKey],
    ) -> std::result::Result<HashMap<ResourceKey, Arc<Row>>, BatchError> {
        let wanted = Column::Id.is_in(keys.iter().map(|key| key.0));
        let mut select = visible_to::<resource::Entity>(&self.viewer).filter(wanted).into_query();
        select.clear_selects();
        let expressions = Columns::ALL.expressions(&self.viewer, self.db().get_database_backend());
        let found = packed::rows(self.db(), select, expressions).await.map_err(Arc::new)?;
        let mut rows = HashMap::with_capacity(found.len());
        for mut cells in found {
            let row = Row::read(&mut cells, Columns::ALL).map_err(Arc::new)?;
            rows.insert(ResourceKey(row.id), Arc::new(row));
        }
        Ok(rows)
    }
}

/// The resource with an official code; of an office with several places, the main one.
pub async fn find_by_identifier(
    db: &DatabaseConnection,
    viewer: &Viewer,
    system: &str,
    value: &str,
    columns: Columns,
) -> Result<Option<Row>> {
    if !(is_storable(system) && is_storable(value)) {
        return Ok(None);
    }
    let owners = Query::select()
        .column(identifier::Column::ResourceId)
        .from(identifier::Entity)
        .and_where(identifier::Column::System.eq(system))
        .and_where(identifier::Column::Value.eq(value))
        .to_owned();
    let mut found = find_where(db, viewer, Column::Id.in_subquery(owners), columns).await?;
    found.sort_by_key(|row| row.id);
    Ok(found.into_iter().next())
}
