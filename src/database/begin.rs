//! Beginning a write transaction: the wait for the writer, and the lock for rewriting the directory.
//!
//! Every wait for the writer ends: it lasts at most as long as the operation may take, holds no connection
//! that readers need, and ends with [`Trouble::Busy`], `BUSY` in the graph. Commands that only read take no
//! write lock, nor does `--dry-run` on a database that is up to date. A server that cannot write at its
//! start begins all the same.

use super::trouble::{Trouble, busy};
use super::{Databases, WriteTransaction};
use sea_orm::{
    AccessMode, ConnAcquireErr, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    IsolationLevel, QueryResult, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;
use tokio::time::{Instant, sleep, timeout_at};

/// "import" in ASCII: the advisory lock on PostgreSQL under which the directory is rewritten.
const LOCK: i64 = 0x69_6d_70_6f_72_74;
/// Between two attempts to get the write lock of SQLite, which has no queue across programs.
const PAUSE: Duration = Duration::from_millis(20);

impl Databases {
    /// Begins a transaction that will write, after waiting at most as long as this handle's patience.
    ///
    /// # Errors
    /// [`Trouble::Busy`] when another transaction held the writer all the time.
    pub async fn begin_write(&self) -> Result<WriteTransaction, DbErr> {
        self.begin_write_until(Instant::now() + self.patience).await
    }

    /// Begins a transaction that will write. On SQLite it takes the write lock at once: a
    /// transaction that reads first and asks for the lock later fails as soon as two do so.
    ///
    /// # Errors
    /// [`Trouble::Busy`] when another transaction held the writer until the deadline.
    pub async fn begin_write_until(&self, deadline: Instant) -> Result<WriteTransaction, DbErr> {
        let begun = self.begin_until(deadline, false).await;
        let inner = begun.inspect_err(|cause| self.health().statement_failed(cause))?;
        Ok(WriteTransaction::new(self, inner, None))
    }

    /// Begins a transaction that rewrites the directory, after waiting at most as long as this handle's
    /// patience.
    ///
    /// # Errors
    /// [`Trouble::Busy`] when other transactions held the lock all the time.
    pub async fn begin_rewrite(&self) -> Result<WriteTransaction, DbErr> {
        self.begin_rewrite_until(Instant::now() + self.patience).await
    }

    /// Begins a transaction that rewrites the directory. Such transactions exclude each other: an import
    /// concurrent with a withdrawal, of which neither sees the writes of the other, would publish a number
    /// again that was just hidden.
    ///
    /// # Errors
    /// [`Trouble::Busy`] when other transactions held the lock until the deadline.
    pub async fn begin_rewrite_until(&self, deadline: Instant) -> Result<WriteTransaction, DbErr> {
        let turn = self.rewrite_turn(deadline).await?;
        let begun = self.begin_until(deadline, true).await;
        let inner = begun.inspect_err(|cause| self.health().statement_failed(cause))?;
        Ok(WriteTransaction::new(self, inner, Some(turn)))
    }

    /// Waits for this process's lock for rewriting the directory.
    pub(super) async fn rewrite_turn(&self, deadline: Instant) -> Result<OwnedMutexGuard<()>, DbErr> {
        timeout_at(deadline, self.shared.rewrite.clone().lock_owned()).await.map_err(|_| busy())
    }

    async fn begin_until(&self, deadline: Instant, rewrites: bool) -> Result<DatabaseTransaction, DbErr> {
        let unfinished = Unfinished(Some(self));
        let begun = tokio::select! {
            begun = self.attempts(deadline, rewrites) => begun,
            () = self.health().until_nothing_can_be_answered() => {
                Err(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))
            }
        };
        if begun.is_ok() {
            unfinished.finish();
        }
        begun
    }

    async fn attempts(&self, deadline: Instant, rewrites: bool) -> Result<DatabaseTransaction, DbErr> {
        loop {
            let attempt = timeout_at(deadline, self.attempt(deadline, rewrites)).await;
            match attempt.unwrap_or_else(|_| Err(busy())) {
                Err(cause) if Trouble::of(&cause) == Some(Trouble::Busy) => {
                    if Instant::now() + PAUSE >= deadline {
                        return Err(busy());
                    }
                    sleep(PAUSE).await;
                }
                outcome => return outcome,
            }
        }
    }

    async fn attempt(&self, deadline: Instant, rewrites: bool) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: (!self.is_postgres()).then_some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        #[expect(clippy::disallowed_methods, reason = "the one place where changes begin")]
        let transaction = self.write.begin_with_options(options).await?;
        if self.is_postgres() {
            // Neither the advisory lock nor a row lock is waited for beyond the deadline.
            if rewrites {
                take_rewrite_lock(&transaction, deadline).await?;
            }
            // By the second the triggers of the change log know a transaction whose commit writes it.
            let set = format!("SET LOCAL lock_timeout = {}; SET LOCAL yui.logs = 'on'", left(deadline));
            transaction.execute_unprepared(&set).await?;
        }
        Ok(transaction)
    }
}

/// Milliseconds until a deadline, at least one: none would be without limit.
fn left(deadline: Instant) -> u128 {
    deadline.saturating_duration_since(Instant::now()).as_millis().max(1)
}

/// Waits for the lock for rewriting the directory in a transaction of PostgreSQL.
pub(super) async fn take_rewrite_lock(tx: &impl ConnectionTrait, deadline: Instant) -> Result<(), DbErr> {
    let left = left(deadline);
    let turn = format!("SET LOCAL lock_timeout = {left}; SELECT pg_advisory_xact_lock({LOCK})");
    tx.execute_unprepared(&turn).await.map(drop)
}

/// Guards a begin that may be cancelled or fail: the state of its connection is then unknown.
struct Unfinished<'d>(Option<&'d Databases>);

impl Unfinished<'_> {
    fn finish(mut self) {
        self.0 = None;
    }
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        if let Some(databases) = self.0 {
            databases.retire_writers();
        }
    }
}

/// The transaction of an import run: one that writes, or for `--dry-run` one that cannot.
#[derive(Debug)]
pub enum ImportTurn {
    /// Writes, when it is committed.
    Real(WriteTransaction),
    /// Only reads and takes no lock; the database refuses every write.
    Rehearsal(DatabaseTransaction),
}

impl ImportTurn {
    /// Waits for the lock for rewriting the directory, or begins to read for a rehearsal.
    ///
    /// # Errors
    /// When the database fails, or when other transactions held the lock for too long.
    pub async fn begin(databases: &Databases, rehearses: bool) -> Result<Self, DbErr> {
        if !rehearses {
            return databases.begin_rewrite().await.map(Self::Real);
        }
        let options = TransactionOptions {
            access_mode: databases.is_postgres().then_some(AccessMode::ReadOnly),
            // One state of the database for all statements, which SQLite gives anyway.
            isolation_level: databases.is_postgres().then_some(IsolationLevel::RepeatableRead),
            ..Default::default()
        };
        #[expect(clippy::disallowed_methods, reason = "a transaction that cannot write")]
        let reading = databases.read.begin_with_options(options).await?;
        Ok(Self::Rehearsal(reading))
    }

    /// Whether it is a dry run: changes are only counted.
    pub fn is_rehearsal(&self) -> bool {
        matches!(self, Self::Rehearsal(_))
    }

    /// The transaction that writes; a rehearsal has none.
    pub fn writing(&self) -> Option<&WriteTransaction> {
        match self {
            Self::Real(writing) => Some(writing),
            Self::Rehearsal(_) => None,
        }
    }

    /// Commits; a rehearsal has nothing to commit.
    ///
    /// # Errors
    /// When the database does not confirm it.
    pub async fn commit(self) -> Result<(), DbErr> {
        match self {
            Self::Real(writing) => writing.commit().await,
            Self::Rehearsal(reading) => reading.rollback().await,
        }
    }

    /// Commits an upgrade of stored data: the change log says that anything may have changed.
    ///
    /// # Errors
    /// When the database does not confirm it.
    pub(super) async fn commit_upgrade(self) -> Result<(), DbErr> {
        match self {
            Self::Real(writing) => writing.commit_upgrade().await,
            Self::Rehearsal(reading) => reading.rollback().await,
        }
    }

    /// Rolls back.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn rollback(self) -> Result<(), DbErr> {
        match self {
            Self::Real(writing) => writing.rollback().await,
            Self::Rehearsal(reading) => reading.rollback().await,
        }
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for ImportTurn {
    fn get_database_backend(&self) -> DbBackend {
        match self {
            Self::Real(writing) => writing.get_database_backend(),
            Self::Rehearsal(reading) => reading.get_database_backend(),
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self {
            Self::Real(writing) => writing.execute_raw(statement).await,
            Self::Rehearsal(reading) => reading.execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self {
            Self::Real(writing) => writing.execute_unprepared(sql).await,
            Self::Rehearsal(reading) => reading.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Real(writing) => writing.query_one_raw(statement).await,
            Self::Rehearsal(reading) => reading.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Real(writing) => writing.query_all_raw(statement).await,
            Self::Rehearsal(reading) => reading.query_all_raw(statement).await,
        }
    }
}
