//! JSON aggregates: a statement that answers all of its rows as a single JSON text.
//!
//! sqlx sends every SQLite row through a channel and copies each of its values, about 7 µs a row. One row that
//! holds them all costs it once. Rows that belong to a row are nested in it as a JSON value, without another
//! statement.

use sea_orm::sea_query::{Alias, BinOper, Expr, ExprTrait, Func, SelectStatement, SimpleExpr};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr};
use serde::de::DeserializeOwned;

/// The given columns of the rows of a statement that has conditions but no columns, in no particular order. Each row is
/// read as one value of its own type: for thousands of rows.
pub async fn typed<T: DeserializeOwned>(
    db: &DatabaseConnection,
    select: SelectStatement,
    columns: Vec<SimpleExpr>,
) -> Result<Vec<T>, DbErr> {
    let backend = db.get_database_backend();
    let Some(row) = db.query_one_raw(backend.build(&pack(backend, select, columns))).await? else {
        return Ok(Vec::new());
    };
    let text: String = row.try_get_by_index(0)?;
    serde_json::from_str(&text).map_err(unreadable)
}

/// A column that holds JSON, as a part of the answer.
pub fn json(backend: DbBackend, column: SimpleExpr) -> SimpleExpr {
    match backend {
        DbBackend::Postgres => column.cast_as(Alias::new("JSON")),
        _ => Func::cust(Alias::new("json")).arg(column).into(),
    }
}

/// Whether a key is one of many. The list is one bound value, since it may hold thousands of keys.
pub fn among(backend: DbBackend, column: SimpleExpr, keys: &[i64]) -> SimpleExpr {
    let list = format!("[{}]", keys.iter().map(i64::to_string).collect::<Vec<_>>().join(","));
    let found = match backend {
        DbBackend::Postgres => {
            Expr::cust_with_values("(SELECT value::BIGINT FROM json_array_elements_text($1::JSON))", [list])
        }
        _ => Expr::cust_with_values("(SELECT value FROM json_each(?))", [list]),
    };
    column.binary(BinOper::In, found)
}

/// Gives a statement that has conditions but no columns its one packed column.
fn pack(backend: DbBackend, mut select: SelectStatement, columns: Vec<SimpleExpr>) -> SelectStatement {
    select.expr(list(backend, array(backend, columns)).cast_as(Alias::new("TEXT")));
    select
}

/// A JSON array of expressions.
fn array(backend: DbBackend, columns: Vec<SimpleExpr>) -> SimpleExpr {
    let name = if backend == DbBackend::Postgres { "json_build_array" } else { "json_array" };
    Func::cust(Alias::new(name)).args(columns).into()
}

/// The rows of a statement as one JSON array; empty without any.
pub fn list(backend: DbBackend, row: SimpleExpr) -> SimpleExpr {
    match backend {
        DbBackend::Postgres => {
            let empty = Expr::value("[]").cast_as(Alias::new("JSON"));
            Func::coalesce([Func::cust(Alias::new("json_agg")).arg(row).into(), empty]).into()
        }
        _ => Func::cust(Alias::new("json_group_array")).arg(row).into(),
    }
}

/// A subquery that answers one JSON value, inside of an array. SQLite loses the JSON type of a text that
/// comes out of a subquery, so it is parsed again there.
pub fn nested(backend: DbBackend, select: SelectStatement) -> SimpleExpr {
    let value = SimpleExpr::SubQuery(None, Box::new(select.into()));
    if backend == DbBackend::Postgres { value } else { Func::cust(Alias::new("json")).arg(value).into() }
}

fn unreadable(cause: serde_json::Error) -> DbErr {
    DbErr::Type(format!("a packed row cannot be read: {cause}"))
}
