//! Columns that hold JSON: read in one way, and an unreadable one is an error that names its row.

use sea_orm::DbErr;
use serde::de::DeserializeOwned;
use std::fmt::Display;

/// Reads the JSON of a row.
///
/// # Errors
/// Names the table and the key of the row.
pub fn read<T: DeserializeOwned>(text: &str, table: &str, key: impl Display) -> Result<T, DbErr> {
    serde_json::from_str(text).map_err(|cause| DbErr::Json(format!("{table} {key} cannot be read: {cause}")))
}
