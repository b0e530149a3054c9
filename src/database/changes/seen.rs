//! How far this process knows the change log: by its own commits at once, by those of other programs as soon as the watch of
//! the database reads the log.

use crate::database::Databases;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

/// How old the last look at the log may be for a version to count.
const FRESH: Duration = Duration::from_secs(1);

/// The directory as of some change. What was read under an equal version is what would be read now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Version {
    /// Number of the newest transaction.
    pub seq: i64,
    /// How often the log was found to have lost transactions, as after a restore.
    turn: u64,
}

impl Version {
    /// As of another transaction of the same log.
    pub fn at(self, seq: i64) -> Self {
        Self { seq, ..self }
    }

    /// Whether it has everything that another version has.
    pub fn covers(self, other: Self) -> bool {
        self.turn == other.turn && self.seq >= other.seq
    }
}

/// What this process has seen of the log.
#[derive(Debug, Default)]
pub(in crate::database) struct Seen {
    newest: AtomicI64,
    turn: AtomicU64,
    /// When the last look that was answered began; none while something is not logged yet.
    looked: Mutex<Option<Instant>>,
    /// Held by who logs what another program wrote.
    takes_up: Arc<tokio::sync::Mutex<()>>,
}

impl Seen {
    /// Notes a transaction that this process has committed.
    pub(in crate::database) fn committed(&self, seq: i64) {
        self.newest.fetch_max(seq, Ordering::AcqRel);
    }

    fn looked(&self, began: Instant, seq: i64, all_is_logged: bool) {
        if self.newest.fetch_max(seq, Ordering::AcqRel) > seq {
            // A commit of this process since the look began, or another database: either way what is known is not used.
            self.turn.fetch_add(1, Ordering::AcqRel);
        }
        *self.looked.lock().unwrap_or_else(PoisonError::into_inner) = all_is_logged.then_some(began);
    }

    fn version(&self) -> Option<Version> {
        let looked = *self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        looked.filter(|looked| looked.elapsed() < FRESH)?;
        Some(self.known())
    }

    /// The version, however old the last look is.
    fn known(&self) -> Version {
        Version { seq: self.newest.load(Ordering::Acquire), turn: self.turn.load(Ordering::Acquire) }
    }
}

impl Databases {
    /// The version of the directory, without asking the database; `None`: the log could not be read for a second, or nothing
    /// watches it.
    pub fn version(&self) -> Option<Version> {
        self.shared.seen.version()
    }

    /// The version of the directory. Asks the database when nothing has watched the log for a second.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn latest(&self) -> Result<Version, DbErr> {
        if let Some(version) = self.version() {
            return Ok(version);
        }
        self.look_again().await?;
        Ok(self.shared.seen.known())
    }

    /// Looks at the log now. What another program wrote past it is logged first, unless that program holds the writer for
    /// longer than a second.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn look_again(&self) -> Result<(), DbErr> {
        self.look_at_log(&self.shared.reading).await?;
        if self.version().is_some() {
            return Ok(());
        }
        let taken_up = tokio::time::timeout(FRESH, self.shared.seen.takes_up.lock()).await;
        if taken_up.is_ok() {
            self.look_at_log(&self.shared.reading).await?;
        }
        Ok(())
    }

    /// Reads how far the log goes, through a connection. Has what another program wrote past it taken up.
    pub(in crate::database) async fn look_at_log(&self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        let began = Instant::now();
        let past = match db.get_database_backend() {
            DbBackend::Postgres => "touched_past",
            // What is committed there was left by another program.
            _ => "touched",
        };
        let sql = format!(
            "SELECT COALESCE(MAX(seq), 0), CAST(EXISTS (SELECT 1 FROM {past}) AS INTEGER) FROM change_set"
        );
        let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
        let Some(row) = row else { return Ok(()) };
        let all_is_logged = row.try_get_by_index::<i32>(1)? == 0;
        self.shared.seen.looked(began, row.try_get_by_index(0)?, all_is_logged);
        if !all_is_logged && let Ok(turn) = Arc::clone(&self.shared.seen.takes_up).try_lock_owned() {
            tokio::spawn(self.clone().take_up(turn));
        }
        Ok(())
    }

    /// Commits nothing but what another program wrote past the log.
    async fn take_up(self, _turn: OwnedMutexGuard<()>) {
        let taken = match self.begin_write().await {
            Ok(tx) => tx.commit().await,
            busy => busy.map(drop),
        };
        if let Err(cause) = taken {
            tracing::debug!(error = %cause, "what another program wrote is not in the change log yet");
        }
    }
}
