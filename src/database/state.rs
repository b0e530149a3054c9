//! What the program notes about the database itself: few values by name.

use sea_orm::{ConnectionTrait, DbErr, Statement};

/// How far the loading of the demo came.
pub const DEMO: &str = "demo";
/// The id of the key that signed last, by which an instance with other keys is noticed.
pub const SIGNING_KEY: &str = "signing-key";
/// Written to see whether anything can be.
pub(super) const WRITE_CHECK: &str = "write-check";

/// The value of a name; none when nothing was noted.
///
/// # Errors
/// When the database fails.
pub async fn get(db: &impl ConnectionTrait, name: &str) -> Result<Option<String>, DbErr> {
    let sql = "SELECT value FROM program_state WHERE name = $1";
    let row = db
        .query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [name.into()]))
        .await?;
    row.map(|row| row.try_get_by_index(0)).transpose()
}

/// Notes a value under a name, in place of what was noted before.
///
/// # Errors
/// When the database fails.
pub async fn set(db: &impl ConnectionTrait, name: &str, value: &str) -> Result<(), DbErr> {
    let sql = "INSERT INTO program_state (name, value) VALUES ($1, $2) \
               ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    let values = [name.into(), value.into()];
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}
