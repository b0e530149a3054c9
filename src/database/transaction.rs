//! The transaction of a change. It can be committed only when every statement of it succeeded, and a commit counts
//! only when the database confirms it.

use super::Databases;
use super::sqlite::{self, Witness};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::OwnedMutexGuard;

/// A write transaction. Begun only by [`Databases::begin_write`] and its variants. Rolled back when dropped.
///
/// After a failed statement it refuses every further one: SQLite may have rolled back by itself, and later
/// statements would be stored without the earlier ones; PostgreSQL answers `COMMIT` with a rollback and no
/// error.
pub struct WriteTransaction {
    inner: DatabaseTransaction,
    failed: AtomicBool,
    /// Of an SQLite database.
    witness: Option<Arc<Witness>>,
    databases: Databases,
    /// This process's lock for rewriting the directory.
    _turn: Option<OwnedMutexGuard<()>>,
}

impl WriteTransaction {
    pub(super) fn new(
        databases: &Databases,
        inner: DatabaseTransaction,
        turn: Option<OwnedMutexGuard<()>>,
    ) -> Self {
        Self {
            inner,
            failed: AtomicBool::new(false),
            witness: databases.witness().cloned(),
            databases: databases.clone(),
            _turn: turn,
        }
    }

    /// Commits.
    ///
    /// # Errors
    /// When a statement failed before, or when the database does not confirm the commit. Then nothing was
    /// stored, except in one case that cannot be detected: the connection broke between the commit and its
    /// confirmation.
    pub async fn commit(self) -> Result<(), DbErr> {
        if self.failed.load(Ordering::Acquire) {
            // Dropping the transaction rolls it back; the first failure was reported where it happened.
            return Err(unfinished());
        }
        if self.witness.is_some() {
            self.noted(sqlite::number_commit(&self.inner).await)?;
        }
        let sign = self.witness.as_deref().map(Witness::expect);
        let outcome = match (self.inner.commit().await, sign) {
            (Ok(()), Some(sign)) if !sign.was_seen() => Err(unconfirmed()),
            (outcome, _) => outcome,
        };
        match &outcome {
            Ok(()) => self.databases.health().write_succeeded(),
            Err(cause) => {
                self.databases.retire_writers();
                self.databases.health().commit_failed(cause);
            }
        }
        outcome
    }

    /// Rolls back.
    ///
    /// # Errors
    /// When the database does not answer; then it rolls back by itself.
    pub async fn rollback(self) -> Result<(), DbErr> {
        self.inner.rollback().await.inspect_err(|_| self.databases.retire_writers())
    }

    /// For the steps of a migration, whose library takes nothing else.
    pub(super) fn inner(&self) -> &DatabaseTransaction {
        &self.inner
    }

    /// Notes the failure of a statement.
    fn noted<T>(&self, outcome: Result<T, DbErr>) -> Result<T, DbErr> {
        outcome.inspect_err(|cause| {
            self.failed.store(true, Ordering::Release);
            self.databases.health().statement_failed(cause);
        })
    }

    fn still_whole(&self) -> Result<(), DbErr> {
        if self.failed.load(Ordering::Acquire) { Err(unfinished()) } else { Ok(()) }
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for WriteTransaction {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.still_whole()?;
        self.noted(self.inner.execute_raw(statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.still_whole()?;
        self.noted(self.inner.execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.still_whole()?;
        self.noted(self.inner.query_one_raw(statement).await)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.still_whole()?;
        self.noted(self.inner.query_all_raw(statement).await)
    }
}

impl fmt::Debug for WriteTransaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WriteTransaction").field("failed", &self.failed).finish_non_exhaustive()
    }
}

fn unfinished() -> DbErr {
    DbErr::Custom("a statement of this transaction failed, so that nothing of it is kept".into())
}

fn unconfirmed() -> DbErr {
    DbErr::Custom("the database did not confirm the commit, so that nothing of it is kept".into())
}
