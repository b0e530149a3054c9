//! Changes that are prepared before they are made: an import compares what it is going to write with what is committed,
//! so that its commit need not, and the triggers of the change log note nothing meanwhile.

use super::Change;
use super::record::{Own, row};
use crate::database::staging::insert_into;
use entity::enums::ChangedThing;
use sea_orm::{ActiveEnum, ConnectionTrait, DbBackend, DbErr, Statement};

/// Where the rows of resources are that an import is going to write.
pub trait StagedRows {
    /// The name of the table that has them in place of a table of the directory; `None`: that table stays as it is.
    fn table(&self, table: &str) -> Option<String>;

    /// Whether the rows of a resource in a table are replaced.
    fn replaces(&self, table: &str, resource: i64) -> bool;
}

/// Keeps prepared changes in a table with the columns of `change`.
///
/// # Errors
/// When the database fails.
pub async fn stage(db: &impl ConnectionTrait, table: &str, changes: Vec<Change>) -> Result<(), DbErr> {
    let rows = changes.into_iter().map(|change| row(0, 0, change)).collect::<Result<Vec<_>, _>>()?;
    insert_into(db, table, rows).await
}

/// The entry of the log that a transaction with prepared changes has begun.
#[derive(Clone, Copy, Debug)]
pub struct Prepared {
    pub(super) set: i64,
    /// Changes that it has.
    pub(super) count: i32,
}

impl Prepared {
    /// Begins an entry. From here on the triggers note nothing.
    pub(in crate::database) async fn begin(tx: &impl ConnectionTrait, now_ms: i64) -> Result<Self, DbErr> {
        let own = Own::of(tx);
        let set = own.begin_set(tx, now_ms, false).await?;
        tx.execute_unprepared(match tx.get_database_backend() {
            DbBackend::Postgres => "SET LOCAL yui.logs = 'prepared'",
            _ => "INSERT INTO changes_prepared (n) VALUES (1)",
        })
        .await?;
        Ok(Self { set, count: 0 })
    }

    /// Takes up the prepared changes of a table. Resources whose key is at least `new` are not there before; they get keys
    /// after `last`. From here on the triggers note what is written.
    pub(in crate::database) async fn finish(
        self,
        tx: &impl ConnectionTrait,
        table: &str,
        (new, last): (i64, i64),
    ) -> Result<Self, DbErr> {
        let resource = ChangedThing::Resource.to_value();
        let is_new = format!("thing = {resource} AND thing_id >= {new}");
        let key = format!("thing_id - {new} + {last}");
        let readers = "'\"resource\":' ||";
        let sql = format!(
            "INSERT INTO change (set_id, ordinal, thing, thing_id, uuid, how, closes, readers_before, readers_after, fields) \
             SELECT {set}, ROW_NUMBER() OVER () - 1, thing, \
             CASE WHEN {is_new} THEN {key} ELSE thing_id END, uuid, how, closes, readers_before, \
             CASE WHEN {is_new} THEN REPLACE(readers_after, {readers} thing_id, {readers} ({key})) ELSE readers_after END, \
             fields FROM {table}",
            set = self.set,
        );
        let count = tx.execute_unprepared(&sql).await?.rows_affected();
        tx.execute_unprepared(match tx.get_database_backend() {
            DbBackend::Postgres => "SET LOCAL yui.logs = 'on'",
            _ => "DELETE FROM changes_prepared",
        })
        .await?;
        Ok(Self { count: i32::try_from(count).unwrap_or(i32::MAX), ..self })
    }

    /// Names the entry of the audit, which is written last.
    pub(super) async fn name_audit_entry(self, tx: &impl ConnectionTrait, own: &Own) -> Result<(), DbErr> {
        let entry = own.audit_entry(tx).await?;
        let sql = "UPDATE change_set SET audit_entry_id = $1 WHERE id = $2";
        let statement =
            Statement::from_sql_and_values(tx.get_database_backend(), sql, [entry.into(), self.set.into()]);
        tx.execute_raw(statement).await.map(drop)
    }
}
