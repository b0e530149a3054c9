//! The two handles to the database: many readers, one writer. No table is known here.

mod connect_error;
pub mod packed;
mod postgres;
pub mod remembered;
mod sqlite;
mod version;

pub use connect_error::ConnectError;
pub use version::VersionError;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use std::path::PathBuf;
use std::time::Duration;

/// "import" in ASCII: the advisory lock on PostgreSQL under which the directory is rewritten.
const LOCK: i64 = 0x69_6d_70_6f_72_74;

/// Cheap to clone. On SQLite `read` is a pool that cannot write and `write` one connection; on
/// PostgreSQL both are the same pool.
#[derive(Clone, Debug)]
pub struct Databases {
    /// For queries.
    pub read: DatabaseConnection,
    /// For transactions that change something.
    pub write: DatabaseConnection,
}

impl Databases {
    /// Opens the database of a command that may take its time: no statement is stopped.
    pub async fn connect(url: &str) -> Result<Self, ConnectError> {
        Self::open(url, None).await
    }

    /// Opens the database of a server: no statement of a reader outlives `limit`, so that a query
    /// nobody waits for any more gives its connection back.
    pub async fn connect_with_limit(url: &str, limit: Duration) -> Result<Self, ConnectError> {
        Self::open(url, Some(limit)).await
    }

    async fn open(url: &str, limit: Option<Duration>) -> Result<Self, ConnectError> {
        match url.split_once("://").map(|(scheme, _)| scheme) {
            Some("postgres" | "postgresql") => postgres::open(url, limit).await,
            Some("sqlite") | None => sqlite::open(url, limit).await,
            Some(_) => Err(ConnectError::not_a_url(url)),
        }
    }

    /// The file of an SQLite database; none of another.
    pub fn file(url: &str) -> Option<PathBuf> {
        match url.split_once("://").map(|(scheme, _)| scheme) {
            Some("sqlite") | None => sqlite::file(url),
            Some(_) => None,
        }
    }

    /// Begins a transaction that will write. On SQLite it takes the write lock at once: a
    /// transaction that reads first and asks for the lock later fails as soon as two do so.
    pub async fn begin_write(&self) -> Result<DatabaseTransaction, DbErr> {
        let sqlite = self.write.get_database_backend() == DbBackend::Sqlite;
        let options = TransactionOptions {
            sqlite_transaction_mode: sqlite.then_some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        self.write.begin_with_options(options).await
    }

    /// Begins a transaction that derives what the directory shows. Such transactions take turns: an
    /// import and a withdrawal at a time, neither of which sees what the other wrote, would bring back
    /// a number that was just hidden.
    pub async fn begin_rewrite(&self) -> Result<DatabaseTransaction, DbErr> {
        let transaction = self.begin_write().await?;
        // On SQLite there is one writer anyway.
        if transaction.get_database_backend() == DbBackend::Postgres {
            transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
        }
        Ok(transaction)
    }

    /// Waits for what is running and closes every connection, the writer last: SQLite then folds
    /// its journal back into the file.
    pub async fn close(self) -> Result<(), DbErr> {
        self.read.close().await?;
        self.write.close().await
    }
}
