//! Migrations: which steps the database lacks for this version of the program, and applying them.

use super::{ConnectError, Databases, sqlite};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, TransactionTrait};
use std::time::Duration;

/// "yui" in ASCII: the advisory lock on PostgreSQL under which one program at a time starts.
const LOCK: i64 = 0x79_75_69;
/// How long a program waits for another one that updates or fills the same database.
const PATIENCE: Duration = Duration::from_secs(300);

/// Why a database does not fit this program.
#[derive(Debug)]
pub enum VersionError {
    /// It has migrations that this program does not know.
    Newer,
    /// It did not answer, or a migration failed and was rolled back.
    Failed(DbErr),
    /// Another program has been updating or filling it for too long.
    Taken(ConnectError),
}

impl From<DbErr> for VersionError {
    fn from(cause: DbErr) -> Self {
        match cause {
            // The library's error for migrations in the database that it does not know.
            DbErr::Custom(_) => Self::Newer,
            cause => Self::Failed(cause),
        }
    }
}

/// The exclusive lock for updating or filling a database, across all programs. Released when dropped.
pub struct StartTurn(Turn);

enum Turn {
    Sqlite(sqlite::StartTurn),
    Postgres(#[expect(dead_code, reason = "held for its lock")] DatabaseTransaction),
}

pub(super) async fn pending(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let steps = Migrator::get_pending_migrations_read_only(db).await?;
    Ok(steps.iter().map(|step| step.name().to_owned()).collect())
}

impl Databases {
    /// Migrations that this program knows and the database does not have. Changes nothing and takes no lock.
    pub async fn pending_migrations(&self) -> Result<Vec<String>, VersionError> {
        Ok(pending(&self.read).await?)
    }

    /// Applies the missing migrations and answers their names. Without any, no lock is taken.
    pub async fn migrate(&self) -> Result<Vec<String>, VersionError> {
        if self.pending_migrations().await?.is_empty() {
            return Ok(Vec::new());
        }
        let turn = self.start_turn().await?;
        self.migrate_in(&turn).await
    }

    /// The same, for a program that holds the lock already.
    pub async fn migrate_in(&self, _: &StartTurn) -> Result<Vec<String>, VersionError> {
        let missing = self.pending_migrations().await?;
        if missing.is_empty() {
            return Ok(missing);
        }
        // All steps or none: a killed program leaves the version it found.
        let tx = self.begin_write().await.map_err(VersionError::Failed)?;
        Migrator::up(tx.inner(), None).await.map_err(VersionError::Failed)?;
        tx.commit_upgrade().await.map_err(VersionError::Failed)?;
        Ok(missing)
    }

    /// Waits until no other program updates or fills this database.
    pub async fn start_turn(&self) -> Result<StartTurn, VersionError> {
        if let Some(file) = self.open_file() {
            let turn = sqlite::StartTurn::wait(file, PATIENCE).await.map_err(VersionError::Taken)?;
            return Ok(StartTurn(Turn::Sqlite(turn)));
        }
        #[expect(clippy::disallowed_methods, reason = "the transaction only holds a lock")]
        let transaction = self.writer().begin().await?;
        let wait = PATIENCE.as_millis();
        let lock = format!("SET LOCAL lock_timeout = {wait}; SELECT pg_advisory_xact_lock({LOCK})");
        transaction.execute_unprepared(&lock).await?;
        Ok(StartTurn(Turn::Postgres(transaction)))
    }

    /// Ties an SQLite database and its journal together, so that a journal that comes to lie beside another
    /// database is noticed. Nothing on PostgreSQL.
    pub async fn claim(&self, turn: &mut StartTurn) {
        if let (Turn::Sqlite(turn), Some(opened)) = (&mut turn.0, &self.shared.sqlite) {
            sqlite::stamp(turn, &opened.write, &opened.file).await;
        }
    }
}
