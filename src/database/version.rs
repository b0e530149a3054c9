//! The version of the database against the version of the program: what is missing, and applying it.

use super::Databases;
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, TransactionTrait};

/// "yui" in ASCII: the advisory lock on PostgreSQL under which one program at a time migrates.
const LOCK: i64 = 0x79_75_69;

/// Why a database does not fit this program.
#[derive(Debug)]
pub enum VersionError {
    /// It holds steps this program has never heard of.
    Newer,
    /// It did not answer, or a step failed and was undone.
    Failed(DbErr),
}

impl From<DbErr> for VersionError {
    fn from(cause: DbErr) -> Self {
        match cause {
            // The library's only answer to steps in the database that it does not know.
            DbErr::Custom(_) => Self::Newer,
            cause => Self::Failed(cause),
        }
    }
}

impl Databases {
    /// Whether a statement comes back.
    pub async fn answers(&self) -> Result<(), DbErr> {
        self.read.execute_unprepared("SELECT 1").await.map(|_| ())
    }

    /// The steps this program knows and the database has not seen. Changes nothing.
    pub async fn pending_migrations(&self) -> Result<Vec<String>, VersionError> {
        let steps = Migrator::get_pending_migrations_read_only(&self.read).await?;
        Ok(steps.iter().map(|step| step.name().to_owned()).collect())
    }

    /// Applies what is missing and says which steps that were.
    pub async fn migrate(&self) -> Result<Vec<String>, VersionError> {
        let lock = self.migration_lock().await?;
        let applied = self.migrate_under_lock().await;
        if let Some(lock) = lock {
            lock.rollback().await?;
        }
        applied
    }

    async fn migrate_under_lock(&self) -> Result<Vec<String>, VersionError> {
        let missing = self.pending_migrations().await?;
        if missing.is_empty() {
            return Ok(missing);
        }
        match Migrator::up(&self.write, None).await {
            // On SQLite, which has no lock to wait for, another program may have been faster.
            Err(_) if self.pending_migrations().await?.is_empty() => Ok(Vec::new()),
            Err(cause) => Err(VersionError::Failed(cause)),
            Ok(()) => Ok(missing),
        }
    }

    async fn migration_lock(&self) -> Result<Option<DatabaseTransaction>, DbErr> {
        if self.write.get_database_backend() != DbBackend::Postgres {
            return Ok(None);
        }
        let transaction = self.write.begin().await?;
        transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
        Ok(Some(transaction))
    }
}
