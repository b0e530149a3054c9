//! The health of the database as last seen: whether it answers, the last write was stored, and the file is
//! still the same.

use super::Trouble;
use sea_orm::{DbErr, RuntimeErr, sqlx};
use tokio::sync::watch;

/// The state of the database as last seen. Shared by everything that reads or writes.
#[derive(Debug)]
pub struct Health(watch::Sender<Seen>);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Seen {
    away: bool,
    write_failed: bool,
    replaced: bool,
}

impl Seen {
    fn readiness(self) -> Readiness {
        match self {
            Self { replaced: true, .. } => Readiness::Replaced,
            Self { away: true, .. } => Readiness::Away,
            Self { write_failed: true, .. } => Readiness::WriteFailed,
            _ => Readiness::Ready,
        }
    }
}

/// Whether the service can answer, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// Reads and writes work, and the tables are of this version.
    Ready,
    /// The database does not answer.
    Away,
    /// The tables are of another version of the program.
    Outdated,
    /// The last write was not stored: disk full, quota, I/O error.
    WriteFailed,
    /// The SQLite file was replaced, moved or deleted while the program ran.
    Replaced,
}

impl Readiness {
    /// The name of the check that failed, for monitoring.
    pub fn failed_check(self) -> Option<&'static str> {
        match self {
            Self::Ready => None,
            Self::Away => Some("database"),
            Self::Outdated => Some("migrations"),
            Self::WriteFailed => Some("writes"),
            Self::Replaced => Some("file"),
        }
    }

    /// Whether not even a query can be answered.
    pub fn refuses_everything(self) -> bool {
        match self {
            Self::Away | Self::Replaced => true,
            Self::Ready | Self::Outdated | Self::WriteFailed => false,
        }
    }
}

/// As the cause of a refusal in the log.
impl From<Readiness> for Box<dyn std::error::Error + Send + Sync> {
    fn from(readiness: Readiness) -> Self {
        format!("failed check: {}", readiness.failed_check().unwrap_or("none")).into()
    }
}

impl Default for Health {
    fn default() -> Self {
        Self(watch::Sender::new(Seen::default()))
    }
}

impl Health {
    /// Whether the last write was not stored.
    pub fn write_has_failed(&self) -> bool {
        self.0.borrow().write_failed
    }

    /// The readiness as last seen, without asking the database; never `Outdated`.
    pub fn readiness(&self) -> Readiness {
        self.0.borrow().readiness()
    }

    /// Returns when no request can be answered any more.
    pub async fn until_nothing_can_be_answered(&self) {
        let mut receiver = self.0.subscribe();
        if receiver.wait_for(|seen| seen.readiness().refuses_everything()).await.is_err() {
            // The sender lives as long as `self`.
            std::future::pending::<()>().await;
        }
    }

    pub(super) fn answered(&self) {
        if self.change(|seen| seen.away = false) {
            tracing::info!("the database answers again");
        }
    }

    pub(super) fn went_away(&self, cause: &str) {
        if self.change(|seen| seen.away = true) {
            tracing::error!(
                error = cause,
                "the database does not answer; requests are refused until it does"
            );
        }
    }

    /// Marks the file as replaced, for good: the open file is not the one of that name.
    pub(super) fn was_replaced(&self, what: &str) {
        if self.change(|seen| seen.replaced = true) {
            tracing::error!(
                "{what} Nothing is answered from here on: stop this program, see to the file, and start it again."
            );
        }
    }

    pub(super) fn write_succeeded(&self) {
        if self.write_has_failed() && self.change(|seen| seen.write_failed = false) {
            tracing::info!("writes are stored again");
        }
    }

    /// Notes a failed commit, unless its cause is the data or a lock.
    pub(super) fn commit_failed(&self, cause: &DbErr) {
        if !(is_about_the_data(cause) || Trouble::of(cause) == Some(Trouble::Busy)) {
            self.write_failed(cause);
        }
    }

    /// Notes a failed statement, if the storage is its cause.
    pub(super) fn statement_failed(&self, cause: &DbErr) {
        if matches!(Trouble::of(cause), Some(Trouble::Storage | Trouble::Damaged)) {
            self.write_failed(cause);
        }
    }

    fn write_failed(&self, cause: &DbErr) {
        if self.change(|seen| seen.write_failed = true) {
            tracing::error!(error = %cause, "a write was not stored; the service is not ready until one is");
        }
    }

    /// Changes the state; answers whether it differs, so that each change is logged once.
    fn change(&self, change: impl FnOnce(&mut Seen)) -> bool {
        self.0.send_if_modified(|seen| {
            let before = *seen;
            change(seen);
            *seen != before
        })
    }
}

/// A constraint that is checked at the commit only.
fn is_about_the_data(cause: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) = cause
    else {
        return false;
    };
    match cause.as_ref() {
        sqlx::Error::Database(answer) => {
            answer.code().is_some_and(|code| code.len() == 5 && code.starts_with("23"))
        }
        _ => false,
    }
}
