//! The handles to the database: readers, the writer, the health check. No table of the directory is known here.
//!
//! Durability: a killed program, a full disk and a power cut lose no acknowledged change, as far as the disk
//! does what `fsync` asks for; SQLite writes with `synchronous=FULL`. Not promised: disks and virtual
//! machines that only report having written, network file systems, PostgreSQL with `fsync` or
//! `synchronous_commit` off. After a write that could not be stored `/readyz` says so, and the health check
//! writes until one is stored (`probe.rs`).

mod begin;
pub mod changes;
mod connect_error;
mod health;
pub mod json;
pub mod keys;
mod postgres;
mod probe;
mod snapshot;
pub mod sqlite;
pub mod staging;
pub mod state;
mod transaction;
mod trouble;
mod upgrade_step;
mod version;

pub use begin::ImportTurn;
pub use connect_error::ConnectError;
pub use health::{Health, Readiness};
pub use transaction::WriteTransaction;
pub use trouble::Trouble;
pub use upgrade_step::UpgradeStep;
pub use version::{StartTurn, VersionError};

use probe::Probe;
use sea_orm::{DatabaseConnection, DbBackend, DbErr, SqlxPostgresConnector, SqlxSqliteConnector};
use sqlite::Witness;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long a command waits for the writer by default: longer than any mutation takes, shorter than a person
/// would wait.
const PATIENCE: Duration = Duration::from_secs(20);

/// Cheap to clone. Readers cannot write on SQLite; changes go through [`Databases::begin_write`] and its like.
#[derive(Clone, Debug)]
pub struct Databases {
    /// For queries.
    pub read: DatabaseConnection,
    write: DatabaseConnection,
    patience: Duration,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    health: Arc<Health>,
    probe: Probe,
    /// Of an SQLite database.
    sqlite: Option<Sqlite>,
    /// Of a PostgreSQL database.
    doubt: Option<Arc<postgres::Doubt>>,
    /// Of a PostgreSQL database: writers that are older than this are closed before they are used again.
    retired: Option<Arc<postgres::Doubt>>,
    /// At most one transaction of this process waits in the database for the lock for rewriting the
    /// directory; the others wait here, without a connection.
    rewrite: Arc<tokio::sync::Mutex<()>>,
    /// What is committed, for a commit that compares with it: it does not wait for requests.
    committed: DatabaseConnection,
    /// For the picture of the directory: the readers, beside what counts the statements of requests.
    reading: DatabaseConnection,
    /// How far this process knows the change log.
    seen: changes::Seen,
}

#[derive(Debug)]
struct Sqlite {
    file: PathBuf,
    write: sea_orm::sqlx::SqlitePool,
    witness: Arc<Witness>,
}

impl Databases {
    /// Opens the database of a command that may take its time: no statement is stopped.
    pub async fn connect(url: &str) -> Result<Self, ConnectError> {
        Self::open(url, None).await
    }

    /// Opens the database of a command that only reads: none is created.
    ///
    /// # Errors
    /// Also [`ConnectError::Missing`] where there is no file.
    pub async fn connect_existing(url: &str) -> Result<Self, ConnectError> {
        match Self::file_of(url)? {
            Some(file) if !(file.exists() || sqlite::has_journal(&file)) => {
                Err(ConnectError::Missing { file: file.display().to_string() })
            }
            _ => Self::connect(url).await,
        }
    }

    /// Opens the database of a server: no statement of a reader outlives `limit`, so that an abandoned query
    /// releases its connection.
    pub async fn connect_with_limit(url: &str, limit: Duration) -> Result<Self, ConnectError> {
        Self::open(url, Some(limit)).await
    }

    async fn open(url: &str, limit: Option<Duration>) -> Result<Self, ConnectError> {
        match url.split_once("://").map(|(scheme, _)| scheme) {
            Some("postgres" | "postgresql") => Ok(Self::of_postgres(postgres::open(url, limit).await?)),
            Some("sqlite") | None => Ok(Self::of_sqlite(sqlite::open(url, limit).await?)),
            Some(_) => Err(ConnectError::not_a_url(url)),
        }
    }

    fn of_postgres(opened: postgres::Opened) -> Self {
        Self {
            read: SqlxPostgresConnector::from_sqlx_postgres_pool(opened.read.clone()),
            write: SqlxPostgresConnector::from_sqlx_postgres_pool(opened.write),
            patience: PATIENCE,
            shared: Arc::new(Shared {
                health: Arc::default(),
                committed: SqlxPostgresConnector::from_sqlx_postgres_pool(opened.committed),
                reading: SqlxPostgresConnector::from_sqlx_postgres_pool(opened.read),
                probe: Probe::of_postgres(opened.probe),
                sqlite: None,
                doubt: Some(opened.doubt),
                retired: Some(opened.retired),
                rewrite: Arc::default(),
                seen: changes::Seen::default(),
            }),
        }
    }

    fn of_sqlite(opened: sqlite::Opened) -> Self {
        let sqlite = Sqlite { file: opened.file, write: opened.write.clone(), witness: opened.witness };
        Self {
            read: SqlxSqliteConnector::from_sqlx_sqlite_pool(opened.read.clone()),
            write: SqlxSqliteConnector::from_sqlx_sqlite_pool(opened.write),
            patience: PATIENCE,
            shared: Arc::new(Shared {
                health: Arc::default(),
                committed: SqlxSqliteConnector::from_sqlx_sqlite_pool(opened.committed),
                reading: SqlxSqliteConnector::from_sqlx_sqlite_pool(opened.read),
                probe: Probe::of_sqlite(opened.probe),
                sqlite: Some(sqlite),
                doubt: None,
                retired: None,
                rewrite: Arc::default(),
                seen: changes::Seen::default(),
            }),
        }
    }

    /// The same database with another patience: how long to wait for the writer.
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The file of an SQLite database; none of another.
    pub fn file(url: &str) -> Option<PathBuf> {
        Self::file_of(url).ok().flatten()
    }

    /// The file that a URL names; none of a PostgreSQL database.
    ///
    /// # Errors
    /// For a text that names neither.
    pub fn file_of(url: &str) -> Result<Option<PathBuf>, ConnectError> {
        match url.split_once("://").map(|(scheme, _)| scheme) {
            Some("postgres" | "postgresql") => Ok(None),
            Some("sqlite") | None => sqlite::file_of(url).map(Some),
            Some(_) => Err(ConnectError::not_a_url(url)),
        }
    }

    /// The file that is open; none on PostgreSQL.
    pub fn open_file(&self) -> Option<&Path> {
        self.shared.sqlite.as_ref().map(|sqlite| sqlite.file.as_path())
    }

    /// The writer outside of a transaction: for maintenance and for test fixtures. Changes that are
    /// acknowledged to a caller go through [`Self::begin_write`].
    pub fn writer(&self) -> &DatabaseConnection {
        &self.write
    }

    /// The health of the database as last seen.
    pub fn health(&self) -> &Arc<Health> {
        &self.shared.health
    }

    /// Call it when a connection was found cut: older connections are tested before they are used.
    pub fn doubt_connections(&self) {
        if let Some(doubt) = &self.shared.doubt {
            doubt.cast();
        }
    }

    /// Call it when a transaction did not end well: older writer connections are not used again. On SQLite
    /// each connection is checked when it returns to its pool.
    fn retire_writers(&self) {
        if let Some(retired) = &self.shared.retired {
            retired.cast();
        }
    }

    /// Notes the number of a transaction in the change log.
    fn has_logged(&self, seq: i64) {
        self.shared.seen.committed(seq);
    }

    fn witness(&self) -> Option<&Arc<Witness>> {
        self.shared.sqlite.as_ref().map(|sqlite| &sqlite.witness)
    }

    fn is_postgres(&self) -> bool {
        self.write.get_database_backend() == DbBackend::Postgres
    }

    /// Registers a callback with the text of every statement that reads or writes, also for later clones of
    /// this handle.
    pub fn on_statement(&mut self, heard: impl Fn(&str) + Clone + Send + Sync + 'static) {
        for handle in [&mut self.read, &mut self.write] {
            let heard = heard.clone();
            handle.set_metric_callback(move |info| heard(&info.statement.sql));
        }
    }

    /// Waits for running statements and closes every connection, the writer last: SQLite then checkpoints its
    /// journal into the file.
    pub async fn close(self) -> Result<(), DbErr> {
        self.read.close().await?;
        self.shared.probe.close().await;
        self.shared.committed.close_by_ref().await?;
        self.write.close().await
    }
}
