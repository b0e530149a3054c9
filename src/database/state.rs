//! A key-value store for the program's notes about the database itself.

use sea_orm::{ConnectionTrait, DbErr, Statement};

/// Progress of the loading of the demo.
pub const DEMO: &str = "demo";
/// Name of the rules about private numbers by which everything stored was last screened.
pub const SCREENING: &str = "screening";
/// Name of the spelling with which the keys of 町字 were last written.
pub const TOWN_KEYS: &str = "town-keys";
/// Name of the way in which the text index was last written.
pub const SEARCH_INDEX: &str = "search-index";
/// Name of the form in which identifiers of lists were last written.
pub const LOCAL_IDS: &str = "local-ids";
/// Whether the addresses of services were derived that differ from those of their facilities.
pub const SERVICE_ADDRESSES: &str = "service-addresses";
/// Public ids of the resources whose contacts that screening closed, joined by commas.
pub const CLOSED_CONTACTS: &str = "closed-contacts";
/// Numbers that screening took out of records of cities' lists: pairs of the public id of a facility and the number, as JSON.
pub const REMOVED_NUMBERS: &str = "removed-numbers";
/// How often imports have changed the records of files: one that was prepared before another knows it by this.
pub const RECORDS: &str = "records";
/// The id of the key that signed last, by which an instance with other keys is noticed.
pub const SIGNING_KEY: &str = "signing-key";
/// Written by the health check to see whether writes are stored.
pub(super) const WRITE_CHECK: &str = "write-check";

/// The value of a name; `None` when there is none.
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

/// Sets the value of a name (upsert).
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
