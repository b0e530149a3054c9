//! A template of statements that read one record by its public id: built once, then used with other ids.
//!
//! Building the text of a statement that looks up one row takes as long as running it.

use super::packed;
use sea_orm::sea_query::{SelectStatement, SimpleExpr};
use sea_orm::{DbBackend, Statement, Value, Values};
use uuid::Uuid;

/// Stands for the id while a statement is built. No row has it.
pub const ANY_ID: Uuid = Uuid::nil();

/// A packed statement with one place for an id.
pub struct PreparedById {
    sql: String,
    values: Vec<Value>,
}

impl PreparedById {
    /// Builds a statement whose conditions name [`ANY_ID`] as the placeholder of the id.
    pub fn new(backend: DbBackend, select: SelectStatement, columns: Vec<SimpleExpr>) -> Self {
        let built = backend.build(&packed::pack(backend, select, columns));
        Self { sql: built.sql, values: built.values.map(|values| values.0).unwrap_or_default() }
    }

    /// The statement for one id.
    pub fn with(&self, backend: DbBackend, id: Uuid) -> Statement {
        let place = Value::from(ANY_ID);
        let bound = |value: &Value| if *value == place { Value::from(id) } else { value.clone() };
        let values = Values(self.values.iter().map(bound).collect());
        Statement { sql: self.sql.clone(), values: Some(values), db_backend: backend }
    }
}
