//! How far this process knows the change log: by its own commits at once, by those of other programs as soon as the watch of
//! the database reads the log.

use crate::database::Databases;
use sea_orm::{ConnectionTrait, DbErr, Statement};
use std::fmt;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// How old the last look at the log may be for a version to count.
const FRESH: Duration = Duration::from_secs(1);
/// How long the watch waits for the writer to log what another program wrote past the log.
const PATIENCE: Duration = Duration::from_millis(500);

/// The directory as of some change. What was read under an equal version is what would be read now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Version {
    /// Number of the newest transaction.
    pub seq: i64,
    /// How often the log was found to have lost transactions, as after a restore.
    turn: u64,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}.{:x}", self.seq, self.turn)
    }
}

/// What this process has seen of the log.
#[derive(Debug, Default)]
pub(in crate::database) struct Seen {
    newest: AtomicI64,
    turn: AtomicU64,
    /// When the last look that was answered began.
    looked: Mutex<Option<Instant>>,
}

impl Seen {
    /// Notes a transaction that this process has committed.
    pub(in crate::database) fn committed(&self, seq: i64) {
        self.newest.fetch_max(seq, Ordering::AcqRel);
    }

    fn looked(&self, began: Instant, seq: i64) {
        if self.newest.fetch_max(seq, Ordering::AcqRel) > seq {
            // A commit of this process since the look began, or another database: either way what is known is not used.
            self.turn.fetch_add(1, Ordering::AcqRel);
        }
        *self.looked.lock().unwrap_or_else(PoisonError::into_inner) = Some(began);
    }

    fn version(&self) -> Option<Version> {
        let looked = *self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        looked.filter(|looked| looked.elapsed() < FRESH)?;
        Some(Version { seq: self.newest.load(Ordering::Acquire), turn: self.turn.load(Ordering::Acquire) })
    }
}

impl Databases {
    /// The version of the directory, without asking the database; `None`: the log could not be read for a second, or nothing
    /// watches it.
    pub fn version(&self) -> Option<Version> {
        self.shared.seen.version()
    }

    /// Reads how far the log goes, through a connection. Takes up what another program wrote past it.
    pub(in crate::database) async fn look_at_log(&self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        let began = Instant::now();
        let sql =
            "SELECT COALESCE(MAX(seq), 0), CAST(EXISTS (SELECT 1 FROM touched) AS INTEGER) FROM change_set";
        let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
        let Some(row) = row else { return Ok(()) };
        self.shared.seen.looked(began, row.try_get_by_index(0)?);
        if row.try_get_by_index::<i32>(1)? != 0
            && let Ok(tx) = self.begin_write_until(Instant::now() + PATIENCE).await
        {
            tx.commit().await?;
        }
        Ok(())
    }
}
