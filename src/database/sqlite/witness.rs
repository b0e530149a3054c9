//! Confirmation by SQLite itself that a transaction was committed.
//!
//! sqlx counts the depth of transactions beside SQLite. When SQLite undoes a transaction by itself (disk full, I/O
//! error), the two disagree: the next `commit` of sqlx only releases a savepoint inside an open transaction, and
//! everything acknowledged from then on is lost. So a commit counts when SQLite has called the commit hook of the
//! connection during it, and a connection whose state is in doubt never returns to its pool.

use libsqlite3_sys::sqlite3_get_autocommit;
use sea_orm::sqlx::{self, Connection, sqlite::SqliteConnection};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Observes the commits of the only connection that writes.
#[derive(Debug, Default)]
pub struct Witness {
    expected: Mutex<Option<Arc<AtomicBool>>>,
    /// The present transaction has begun to be committed.
    commits: AtomicBool,
    /// A commit was begun and undone: it failed.
    failed: AtomicBool,
}

/// Tells whether an expected commit took place.
pub struct Sign(Arc<AtomicBool>);

impl Sign {
    pub fn was_seen(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

impl Witness {
    /// To be called by the holder of the connection, before its commit.
    pub fn expect(&self) -> Sign {
        let sign = Arc::new(AtomicBool::new(false));
        *self.expected.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&sign));
        Sign(sign)
    }

    fn see_commit(&self) {
        self.commits.store(true, Ordering::Release);
        if let Some(sign) = self.expected.lock().unwrap_or_else(PoisonError::into_inner).take() {
            sign.store(true, Ordering::Release);
        }
    }

    fn see_rollback(&self) {
        if self.commits.swap(false, Ordering::AcqRel) {
            self.failed.store(true, Ordering::Release);
        }
    }

    /// Registers the commit and rollback hooks of a connection. SQLite calls the commit hook when the
    /// outermost transaction is about to be committed, never when a savepoint is released; when that fails it
    /// calls the rollback hook.
    pub(super) async fn listen(
        self: Arc<Self>,
        connection: &mut SqliteConnection,
    ) -> Result<(), sqlx::Error> {
        let mut handle = connection.lock_handle().await?;
        let witness = Arc::clone(&self);
        handle.set_commit_hook(move || {
            witness.see_commit();
            true
        });
        handle.set_rollback_hook(move || self.see_rollback());
        Ok(())
    }

    /// Whether the connection may be used again: no commit on it failed, and no transaction is open on it
    /// according to both SQLite and sqlx.
    pub(super) async fn trusts(
        self: Arc<Self>,
        connection: &mut SqliteConnection,
    ) -> Result<bool, sqlx::Error> {
        let mut handle = connection.lock_handle().await?;
        // SAFETY: the handle is open and locked, and the function only reads.
        let autocommit = unsafe { sqlite3_get_autocommit(handle.as_raw_handle().as_ptr()) != 0 };
        // The lock is granted after all commands that were sent to the connection before, rollbacks among
        // them.
        drop(handle);
        self.commits.store(false, Ordering::Release);
        let failed = self.failed.swap(false, Ordering::AcqRel);
        let trusted = autocommit && !connection.is_in_transaction() && !failed;
        if !trusted {
            tracing::debug!(failed, autocommit, "a connection is closed after a failed transaction");
        }
        Ok(trusted)
    }
}
