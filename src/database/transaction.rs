//! The transaction of a change. It can be committed only when every statement of it succeeded, and a commit counts
//! only when the database confirms it.

use super::Databases;
use super::changes::{self, Prepared};
use super::sqlite::{self, Witness};
use japan::clock::Clock;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement};
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
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
    /// Changes that were prepared.
    prepared: Mutex<Option<Prepared>>,
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
            prepared: Mutex::default(),
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
        self.still_whole()?;
        let prepared = *self.prepared.lock().unwrap_or_else(PoisonError::into_inner);
        let logged = changes::finish(&self.databases.shared.committed, &self, prepared, now_ms()).await?;
        self.confirmed(logged).await
    }

    /// Begins to write changes that were prepared: until [`Self::take_up`] nothing is noted of what is written.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_prepared(&self) -> Result<Prepared, DbErr> {
        Prepared::begin(self, now_ms()).await
    }

    /// Takes up the prepared changes of a table: see [`Prepared::finish`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_up(&self, begun: Prepared, table: &str, keys: (i64, i64)) -> Result<(), DbErr> {
        let prepared = begun.finish(self, table, keys).await?;
        *self.prepared.lock().unwrap_or_else(PoisonError::into_inner) = Some(prepared);
        Ok(())
    }

    /// Becomes one that rewrites the directory, with this process's lock for it.
    pub(super) fn rewriting(self, turn: OwnedMutexGuard<()>) -> Self {
        Self { _turn: Some(turn), ..self }
    }

    /// Commits an upgrade of the database: the change log says that anything may have changed.
    ///
    /// # Errors
    /// As [`Self::commit`].
    pub(super) async fn commit_upgrade(self) -> Result<(), DbErr> {
        self.still_whole()?;
        let logged = changes::finish_everything(&self, now_ms()).await?;
        self.confirmed(Some(logged)).await
    }

    async fn confirmed(self, logged: Option<i64>) -> Result<(), DbErr> {
        if self.witness.is_some() {
            self.noted(sqlite::number_commit(&self.inner).await)?;
        }
        let sign = self.witness.as_deref().map(Witness::expect);
        let outcome = match (self.inner.commit().await, sign) {
            (Ok(()), Some(sign)) if !sign.was_seen() => Err(unconfirmed()),
            (outcome, _) => outcome,
        };
        match &outcome {
            Ok(()) => {
                self.databases.health().write_succeeded();
                logged.into_iter().for_each(|seq| self.databases.has_logged(seq));
            }
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

    /// Dropping a failed transaction rolls it back; the first failure was reported where it happened.
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

#[expect(clippy::disallowed_methods, reason = "a commit has an instant of its own")]
fn now_ms() -> i64 {
    Clock::read().now_ms()
}

fn unfinished() -> DbErr {
    DbErr::Custom("a statement of this transaction failed, so that nothing of it is kept".into())
}

fn unconfirmed() -> DbErr {
    DbErr::Custom("the database did not confirm the commit, so that nothing of it is kept".into())
}
