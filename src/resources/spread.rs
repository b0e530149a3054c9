//! Counts of matching resources by group: from the stored counts of whole map cells where the filter allows
//! it, and from the resources themselves along the edge of the box and everywhere else.

use super::search::Tier;
use super::store::{self, Listing};
use crate::auth::Viewer;
use crate::auth::row_scope::visible_to;
use crate::error::Result;
use entity::enums::ResourceKind;
use entity::map_cell::{self, Column as Cell};
use entity::resource::{self, Column};
use entity::resource_district as served;
use japan::values::cell::{self, Parts};
use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, IntoColumnRef, IntoIden, SelectStatement, SimpleExpr, TableRef, UnionType, Value,
    ValueTuple,
};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, IntoSimpleExpr, JoinType, QueryResult, QueryTrait,
    TryGetable,
};
use std::collections::BTreeMap;

/// Zoom levels with stored counts (the same as in the migration that makes the triggers).
const LEVELS: [u32; 3] = [8, 11, 14];

/// The number of resources for each value of a column, in one statement.
pub async fn over<T: TryGetable + Ord>(
    db: &DatabaseConnection,
    viewer: &Viewer,
    listing: &Listing,
    column: Column,
) -> Result<BTreeMap<T, i64>> {
    let kept = match column {
        Column::Kind => Some(Cell::Kind),
        Column::Categories => Some(Cell::Categories),
        _ => None,
    };
    let one = |select: &mut SelectStatement| {
        let column = Expr::col((resource::Entity, column).into_column_ref());
        select.expr(column.clone()).expr(Expr::cust("COUNT(*)")).add_group_by([column]);
    };
    let many = |select: &mut SelectStatement| {
        let Some(kept) = kept else { return };
        let column = Expr::col((map_cell::Entity, kept).into_column_ref());
        select.expr(column.clone()).expr(whole(Cell::Count)).add_group_by([column]);
    };
    let levels: &[u32] = if kept.is_some() { &LEVELS } else { &[] };
    let select = statement(viewer, listing, levels, db.get_database_backend(), one, many);
    let mut groups = BTreeMap::new();
    for row in db.query_all(&select).await? {
        // PostgreSQL and SQLite group NULL too; it is no value.
        if let Some(value) = row.try_get_by_index::<Option<T>>(0)? {
            *groups.entry(value).or_default() += row.try_get_by_index::<i64>(1)?;
        }
    }
    Ok(groups)
}

/// The number of resources usable from each district, in one statement. Resources usable from everywhere are
/// not counted.
pub async fn over_service_districts(
    db: &DatabaseConnection,
    viewer: &Viewer,
    listing: &Listing,
) -> Result<BTreeMap<i64, i64>> {
    let mut select = store::matching(viewer, listing, Tier::Anywhere, db.get_database_backend());
    let district = served::Column::DistrictId.into_simple_expr();
    let own = served::Column::ResourceId.into_simple_expr().eq(Column::Id.into_simple_expr());
    select
        .join(JoinType::InnerJoin, served::Entity, own)
        .expr(district.clone())
        .expr(Expr::cust("COUNT(*)"))
        .add_group_by([district]);
    let mut groups = BTreeMap::new();
    for row in db.query_all(&select).await? {
        groups.insert(row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    }
    Ok(groups)
}

/// The resources of one kind in one map cell, aggregated.
pub struct Heap {
    /// The cell, at the level asked for.
    pub cell: i64,
    /// Their kind.
    pub kind: ResourceKind,
    /// How many (件数).
    pub count: i64,
    /// Sum of the latitudes.
    pub latitude: f64,
    /// Sum of the longitudes.
    pub longitude: f64,
}

/// The resources of a listing by map cell of a level and by kind, in one statement.
pub async fn on_map(
    db: &DatabaseConnection,
    viewer: &Viewer,
    listing: &Listing,
    level: u32,
) -> Result<Vec<Heap>> {
    let one = |select: &mut SelectStatement| {
        let cell = Expr::cust(format!("\"resource\".\"cell\" / {}", cell::cells_in_quad(level)));
        let kind = Column::Kind.into_simple_expr();
        select.expr(cell.clone()).expr(kind.clone()).expr(Expr::cust("COUNT(*)"));
        select
            .expr(Column::Latitude.into_simple_expr().sum())
            .expr(Column::Longitude.into_simple_expr().sum());
        select.add_group_by([cell, kind]);
    };
    let many = |select: &mut SelectStatement| {
        let shrunk = Expr::cust(format!(
            "\"map_cell\".\"cell\" / CASE \"map_cell\".\"level\" {} END",
            LEVELS.map(|own| format!("WHEN {own} THEN {}", quads_in_quad(own, level))).join(" ")
        ));
        let kind = Expr::col((map_cell::Entity, Cell::Kind).into_column_ref());
        select.expr(shrunk.clone()).expr(kind.clone()).expr(whole(Cell::Count));
        select.expr(sum(Cell::LatitudeSum)).expr(sum(Cell::LongitudeSum)).add_group_by([shrunk, kind]);
    };
    let finer: Vec<u32> = LEVELS.into_iter().filter(|own| *own >= level).collect();
    let select = statement(viewer, listing, &finer, db.get_database_backend(), one, many);
    db.query_all(&select).await?.iter().map(heap).collect()
}

fn heap(row: &QueryResult) -> Result<Heap> {
    Ok(Heap {
        cell: row.try_get_by_index(0)?,
        kind: row.try_get_by_index(1)?,
        count: row.try_get_by_index(2)?,
        latitude: row.try_get_by_index(3)?,
        longitude: row.try_get_by_index(4)?,
    })
}

/// How many quads of a finer level lie in one of a coarser.
fn quads_in_quad(finer: u32, coarser: u32) -> i64 {
    Ord::max(cell::cells_in_quad(coarser) / cell::cells_in_quad(finer), 1)
}

fn sum(column: Cell) -> SimpleExpr {
    Expr::col((map_cell::Entity, column).into_column_ref()).sum()
}

/// A sum of whole numbers, which PostgreSQL would answer as NUMERIC.
fn whole(column: Cell) -> SimpleExpr {
    sum(column).cast_as(Alias::new("BIGINT"))
}

/// A union of the groups along the edge and the groups of whole cells.
fn statement(
    viewer: &Viewer,
    listing: &Listing,
    levels: &[u32],
    backend: DbBackend,
    one: impl Fn(&mut SelectStatement),
    many: impl Fn(&mut SelectStatement),
) -> SelectStatement {
    let parts = match (listing.counted_by_cell(viewer), &listing.filter.bounds) {
        (true, Some(bounds)) if !levels.is_empty() => cell::parts(bounds, levels),
        _ => Parts::default(),
    };
    if parts.inside.is_empty() {
        let mut select = store::matching(viewer, listing, Tier::Anywhere, backend);
        one(&mut select);
        return select;
    }
    let mut inside = whole_cells(viewer, listing, &parts);
    many(&mut inside);
    if !parts.edge.is_empty() {
        let mut edge = store::matching_in(viewer, listing, Tier::Anywhere, backend, &parts.edge);
        one(&mut edge);
        inside.union(UnionType::All, edge);
    }
    inside
}

fn whole_cells(viewer: &Viewer, listing: &Listing, parts: &Parts) -> SelectStatement {
    let mut select = visible_to::<map_cell::Entity>(viewer).into_query();
    select.clear_selects();
    if let Some(condition) = &listing.filter.cell_condition {
        select.cond_where(condition.clone());
    }
    let runs = parts.inside.iter().map(|(level, run)| {
        ValueTuple::Three(Value::from(*level as i16), Value::from(*run.start()), Value::from(*run.end()))
    });
    let run = || Alias::new("run");
    let edge = |name: &'static str| Expr::col((run(), Alias::new(name)));
    let own = |column: Cell| Expr::col((map_cell::Entity, column).into_column_ref());
    let on = own(Cell::Level)
        .eq(edge("column1"))
        .and(own(Cell::Cell).gte(edge("column2")))
        .and(own(Cell::Cell).lte(edge("column3")));
    select.join(JoinType::InnerJoin, TableRef::ValuesList(runs.collect(), run().into_iden()), on);
    select
}
