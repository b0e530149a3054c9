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

/// Sees the commits of the only connection that writes.
#[derive(Debug, Default)]
pub struct Witness(Mutex<Option<Arc<AtomicBool>>>);

/// Whether the commit that was expected took place.
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
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&sign));
        Sign(sign)
    }

    fn see(&self) {
        if let Some(sign) = self.0.lock().unwrap_or_else(PoisonError::into_inner).take() {
            sign.store(true, Ordering::Release);
        }
    }

    /// Makes a connection tell of its commits. SQLite calls the hook when the outermost transaction is committed,
    /// never when a savepoint is released.
    pub(super) async fn listen(
        self: Arc<Self>,
        connection: &mut SqliteConnection,
    ) -> Result<(), sqlx::Error> {
        connection.lock_handle().await?.set_commit_hook(move || {
            self.see();
            true
        });
        Ok(())
    }
}

/// Whether a connection has no transaction open, by SQLite's word and by sqlx's.
pub(super) async fn is_at_rest(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    let mut handle = connection.lock_handle().await?;
    // SAFETY: the handle is open and locked, and the function only reads.
    let autocommit = unsafe { sqlite3_get_autocommit(handle.as_raw_handle().as_ptr()) != 0 };
    // The lock was granted after everything that was sent to the connection before, undoings among it.
    drop(handle);
    let at_rest = autocommit && !connection.is_in_transaction();
    if !at_rest {
        tracing::warn!("a connection that was left within a transaction is closed");
    }
    Ok(at_rest)
}
