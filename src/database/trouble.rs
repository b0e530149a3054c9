//! Classifies database errors: contention, an unreachable database, a write that cannot be stored.

use sea_orm::sqlx::error::DatabaseError;
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, sqlx};

/// Kinds of database failures; any other error is a fault of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Another transaction holds a lock for longer than the caller may wait.
    Busy,
    /// The database does not answer, or the connection was cut.
    Away,
    /// The storage refuses: disk full, quota, I/O error, read-only.
    Storage,
    /// The stored data is damaged.
    Damaged,
    /// The database stopped the statement because it took too long.
    Stopped,
}

impl Trouble {
    /// The kind of an error; `None` for faults of the program, such as a wrong statement.
    pub fn of(error: &DbErr) -> Option<Self> {
        match error {
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => Some(Self::Busy),
            DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed) => Some(Self::Away),
            DbErr::Conn(cause) | DbErr::Exec(cause) | DbErr::Query(cause) => match cause {
                RuntimeErr::SqlxError(cause) => Self::of_sqlx(cause),
                RuntimeErr::Internal(_) => None,
            },
            _ => None,
        }
    }

    /// The kind of an error of the driver.
    pub(super) fn of_sqlx(error: &sqlx::Error) -> Option<Self> {
        match error {
            sqlx::Error::PoolTimedOut => Some(Self::Busy),
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed => Some(Self::Away),
            sqlx::Error::Database(answer) => Self::of_answer(answer.as_ref()),
            _ => None,
        }
    }

    /// SQLite answers numbers of at most four digits, PostgreSQL codes of five characters.
    fn of_answer(answer: &dyn DatabaseError) -> Option<Self> {
        let code = answer.code()?;
        match (code.len(), code.parse::<i32>()) {
            (..5, Ok(number)) => Self::of_sqlite(number),
            _ => Self::of_postgres(&code),
        }
    }

    /// Result codes of <https://www.sqlite.org/rescode.html>; the lower byte is the kind.
    fn of_sqlite(code: i32) -> Option<Self> {
        match code & 0xff {
            5 | 6 => Some(Self::Busy),
            // INTERRUPT
            9 => Some(Self::Stopped),
            // CORRUPT, NOTADB
            11 | 26 => Some(Self::Damaged),
            // READONLY, IOERR, FULL, CANTOPEN, NOLFS
            8 | 10 | 13 | 14 | 22 => Some(Self::Storage),
            _ => None,
        }
    }

    /// Error codes of <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
    fn of_postgres(code: &str) -> Option<Self> {
        match code {
            // Lock not available, serialization failure, deadlock.
            "55P03" | "40001" | "40P01" => Some(Self::Busy),
            "57014" => Some(Self::Stopped),
            // A server that follows another one, or that was made read-only.
            "25006" => Some(Self::Storage),
            "53300" => Some(Self::Away),
            "XX001" | "XX002" => Some(Self::Damaged),
            _ => match code.get(..2)? {
                "08" => Some(Self::Away),
                "57" => Some(Self::Away),
                "53" | "58" | "XX" | "F0" => Some(Self::Storage),
                _ => None,
            },
        }
    }
}

/// The error of a wait for the writer that ended without it.
pub(super) fn busy() -> DbErr {
    DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)
}
