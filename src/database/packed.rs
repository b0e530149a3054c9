//! JSON aggregates: a statement that answers all of its rows as a single JSON text.
//!
//! sqlx sends every SQLite row through a channel and copies each of its values, about 7 µs a row; for a page
//! of a hundred rows with their contacts this costs more than SQLite and GraphQL together. One row that holds
//! them all costs it once. Rows that belong to a row (its contacts, its organization) are nested in it as a
//! JSON value, without another statement.

use sea_orm::sea_query::{Alias, BinOper, Expr, ExprTrait, Func, SelectStatement, SimpleExpr};
use sea_orm::{ActiveEnum, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

/// The values of one row, read from front to back.
pub struct Cells(std::vec::IntoIter<Value>);

/// Runs a statement that has conditions but no columns, and answers the given columns of its rows,
/// in no particular order.
pub async fn rows(
    db: &DatabaseConnection,
    select: SelectStatement,
    columns: Vec<SimpleExpr>,
) -> Result<Vec<Cells>, DbErr> {
    let backend = db.get_database_backend();
    run(db, backend.build(&pack(backend, select, columns))).await
}

/// The same, each row read as one value of its own type: for thousands of rows.
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
pub(super) fn pack(
    backend: DbBackend,
    mut select: SelectStatement,
    columns: Vec<SimpleExpr>,
) -> SelectStatement {
    select.expr(list(backend, array(backend, columns)).cast_as(Alias::new("TEXT")));
    select
}

/// Runs a statement that was packed before.
pub async fn run(db: &DatabaseConnection, statement: Statement) -> Result<Vec<Cells>, DbErr> {
    let Some(row) = db.query_one_raw(statement).await? else { return Ok(Vec::new()) };
    let text: String = row.try_get_by_index(0)?;
    let rows: Vec<Vec<Value>> = serde_json::from_str(&text).map_err(unreadable)?;
    Ok(rows.into_iter().map(Cells::from).collect())
}

/// A JSON array of expressions.
pub fn array(backend: DbBackend, columns: Vec<SimpleExpr>) -> SimpleExpr {
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

/// A UUID, which SQLite keeps as bytes.
pub fn uuid(backend: DbBackend, column: SimpleExpr) -> SimpleExpr {
    if backend == DbBackend::Postgres { column } else { Func::cust(Alias::new("hex")).arg(column).into() }
}

fn unreadable(cause: serde_json::Error) -> DbErr {
    DbErr::Type(format!("a packed row cannot be read: {cause}"))
}

impl From<Vec<Value>> for Cells {
    fn from(values: Vec<Value>) -> Self {
        Self(values.into_iter())
    }
}

impl Cells {
    /// The next value.
    pub fn value<T: DeserializeOwned>(&mut self) -> Result<T, DbErr> {
        serde_json::from_value(self.0.next().unwrap_or_default()).map_err(unreadable)
    }

    /// The next value as a UUID.
    pub fn uuid(&mut self) -> Result<Uuid, DbErr> {
        let text: String = self.value()?;
        Uuid::parse_str(&text).map_err(|cause| DbErr::Type(format!("a packed UUID cannot be read: {cause}")))
    }

    /// The next value as a member of a closed set.
    pub fn member<E: ActiveEnum<Value = i16>>(&mut self) -> Result<E, DbErr> {
        E::try_from_value(&self.value()?)
    }

    /// The next value as a member of a closed set, if there is one.
    pub fn optional_member<E: ActiveEnum<Value = i16>>(&mut self) -> Result<Option<E>, DbErr> {
        self.value::<Option<i16>>()?.map(|value| E::try_from_value(&value)).transpose()
    }

    /// The next value as the rows of a nested list.
    pub fn rows(&mut self) -> Result<Vec<Self>, DbErr> {
        let rows: Vec<Vec<Value>> = self.value()?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// The next value as a nested row, if there is one.
    pub fn row(&mut self) -> Result<Option<Self>, DbErr> {
        Ok(self.value::<Option<Vec<Value>>>()?.map(Self::from))
    }
}
