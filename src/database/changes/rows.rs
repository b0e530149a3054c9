//! Reads the rows of parts as the values that are compared.

use super::watched::Part;
use crate::database::keys;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};
use serde_json::value::RawValue;
use std::collections::HashMap;

/// The values of a row, in the order of the columns of its part.
pub(super) type Row = Vec<Box<RawValue>>;

/// The rows of a part, by the thing they belong to.
pub(super) async fn rows(
    db: &impl ConnectionTrait,
    part: &Part,
    ids: &[i64],
) -> Result<HashMap<i64, Vec<Row>>, DbErr> {
    rows_from(db, part, &part.from, ids).await
}

/// The same from other tables.
pub(super) async fn rows_from(
    db: &impl ConnectionTrait,
    part: &Part,
    from: &str,
    ids: &[i64],
) -> Result<HashMap<i64, Vec<Row>>, DbErr> {
    let mut found: HashMap<i64, Vec<Row>> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let Some(row) = db.query_one_raw(statement(db.get_database_backend(), part, from, ids)).await? else {
        return Ok(found);
    };
    let text: String = row.try_get_by_index(0)?;
    let unreadable = |cause| DbErr::Type(format!("rows for the change log cannot be read: {cause}"));
    let all: Vec<(i64, Row)> = serde_json::from_str(&text).map_err(unreadable)?;
    for (id, row) in all {
        found.entry(id).or_default().push(row);
    }
    Ok(found)
}

/// A statement that answers all rows as one JSON text: one row costs less than thousands.
fn statement(backend: DbBackend, part: &Part, from: &str, ids: &[i64]) -> Statement {
    let is_postgres = backend == DbBackend::Postgres;
    let table = part.table();
    let columns = part.columns.iter().map(|column| match column.is_uuid && !is_postgres {
        true => format!("hex({table}.\"{}\")", column.name),
        false => format!("{table}.\"{}\"", column.name),
    });
    let (columns, key) = (columns.collect::<Vec<_>>().join(", "), &part.key);
    let among = keys::in_list(backend);
    let sql = if is_postgres {
        format!(
            "SELECT CAST(COALESCE(json_agg(json_build_array({key}, json_build_array({columns}))), '[]') AS TEXT) \
             FROM {from} WHERE {key} IN ({among})"
        )
    } else {
        format!(
            "SELECT json_group_array(json_array({key}, json_array({columns}))) \
             FROM {from} WHERE {key} IN ({among})"
        )
    };
    Statement::from_sql_and_values(backend, sql, [keys::list(ids).into()])
}
