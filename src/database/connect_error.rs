//! Why a database could not be opened, in words for the operator.

use sea_orm::sqlx;
use std::fmt;

/// Why a database cannot be used. Displays as one sentence that says what to do; never holds a password.
#[derive(Debug, PartialEq, Eq)]
pub enum ConnectError {
    /// The text is neither a file nor the URL of a database this program knows.
    NotADatabaseUrl {
        /// What is wrong with it.
        reason: String,
    },
    /// A database that lives in memory is empty for every connection.
    InMemory,
    /// The file or its folder cannot be opened.
    Unreadable {
        /// The file as it was written.
        file: String,
    },
    /// The file is something else, or damaged.
    NotADatabase {
        /// The file as it was written.
        file: String,
    },
    /// The file or its folder may not be written.
    ReadOnly {
        /// The file as it was written.
        file: String,
    },
    /// The disk or the quota is full.
    NoSpace {
        /// The file as it was written.
        file: String,
    },
    /// Another program holds the database.
    Locked {
        /// The file as it was written.
        file: String,
    },
    /// A journal lies beside the file that belongs to another one.
    ForeignJournal {
        /// The file as it was written.
        file: String,
    },
    /// The journal of an SQLite database that is gone.
    OnlyJournal {
        /// The file as it was written.
        file: String,
    },
    /// A backup beside a journal that is not known to be its own.
    JournalOfBackup {
        /// The file as it was written.
        file: String,
    },
    /// There is no SQLite file of this name.
    Missing {
        /// The file as it was written.
        file: String,
    },
    /// An SQLite file that has tables, and none of this program.
    OfAnotherProgram {
        /// The file as it was written.
        file: String,
    },
    /// The server hands out another connection for each transaction.
    TransactionPooling {
        /// Host and port.
        server: String,
    },
    /// No server answers.
    Unreachable {
        /// Host and port.
        server: String,
    },
    /// The server refuses the connection.
    Refused {
        /// Host and port.
        server: String,
        /// The server's own message.
        reason: String,
    },
    /// Anything else.
    Other {
        /// File or server.
        place: String,
        /// The cause as the database names it.
        reason: String,
    },
}

impl ConnectError {
    /// For an unknown URL scheme; names the scheme only, since the rest may hold a password.
    pub(super) fn not_a_url(url: &str) -> Self {
        let scheme = url.split_once("://").map_or(url, |(scheme, _)| scheme);
        Self::NotADatabaseUrl { reason: format!("'{scheme}' is not a kind of database it knows") }
    }

    /// For a SQLite file.
    pub(super) fn from_sqlite(file: &str, error: sqlx::Error) -> Self {
        let file = file.to_owned();
        match sqlite_code(&error) {
            // The lower byte of an extended result code: https://www.sqlite.org/rescode.html
            Some(5 | 6) => Self::Locked { file },
            Some(8) => Self::ReadOnly { file },
            Some(13) => Self::NoSpace { file },
            Some(14) => Self::Unreadable { file },
            Some(11 | 26) => Self::NotADatabase { file },
            _ => Self::Other { place: file, reason: error.to_string() },
        }
    }

    /// For a PostgreSQL server.
    pub(super) fn from_postgres(server: String, error: sqlx::Error) -> Self {
        match error {
            // The error of PgBouncer in its default configuration, whichever pooling mode it is in.
            sqlx::Error::Database(answer) if answer.message().contains("unsupported startup parameter") => {
                Self::TransactionPooling { server }
            }
            sqlx::Error::Database(answer) => Self::Refused { server, reason: answer.message().to_owned() },
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => Self::Unreachable { server },
            other => Self::Other { place: server, reason: other.to_string() },
        }
    }
}

fn sqlite_code(error: &sqlx::Error) -> Option<i32> {
    let code = error.as_database_error()?.code()?.parse::<i32>().ok()?;
    Some(code & 0xff)
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotADatabaseUrl { reason } => write!(
                f,
                "The setting --database (DATABASE_URL) is not usable: {reason}. Give a file such as yui.db, \
                 or a URL such as sqlite://yui.db or postgres://user:password@host/name."
            ),
            Self::InMemory => write!(
                f,
                "The setting --database (DATABASE_URL) asks for a database in memory. Yui opens several \
                 connections, and each would see its own empty one. Give a file such as yui.db."
            ),
            Self::Unreadable { file } => write!(
                f,
                "The database file '{file}' cannot be opened. Check that its folder exists and that this \
                 account may read and write there."
            ),
            Self::NotADatabase { file } => {
                write!(
                    f,
                    "The file '{file}' is not an SQLite database, or it is damaged. Check the name; if it is the right \
                     one, use a backup (yui restore)."
                )
            }
            Self::ReadOnly { file } => write!(
                f,
                "The database file '{file}' can only be read. This account must be allowed to write the \
                 file and its folder."
            ),
            Self::NoSpace { file } => {
                write!(f, "There is no room left for '{file}'. Make room on the disk, then try again.")
            }
            Self::Locked { file } => write!(
                f,
                "The database file '{file}' is held by another program. Wait until that has finished, \
                 then try again."
            ),
            Self::ForeignJournal { file } => write!(
                f,
                "'{file}' is not the database that '{file}-wal' belongs to: it was replaced while changes were \
                 still in the journal. Move '{file}-wal' and '{file}-shm' to another folder (keep them: they hold \
                 the last changes of the former database), then start again. If the database and its -wal were \
                 copied here together, delete '{file}-lock' instead."
            ),
            Self::OnlyJournal { file } => write!(
                f,
                "The database '{file}' is missing, and its last changes are still in '{file}-wal'. Bring the file \
                 back under this name. If it is lost, move '{file}-wal' and '{file}-shm' to another folder and bring \
                 a backup back: yui --database {file} restore BACKUP"
            ),
            Self::JournalOfBackup { file } => write!(
                f,
                "Beside the backup lies the journal of a database ('{file}-wal' or '{file}-journal'), and a backup of \
                 'yui backup' has none: nothing was read. Move these files, and '{file}-shm' if it is there, to another \
                 folder. If the files of a database were copied together by hand, copy its '-lock' file as well."
            ),
            Self::Missing { file } => write!(
                f,
                "There is no database '{file}'. Check the name in --database (DATABASE_URL); 'yui serve' and 'yui \
                 import' make a new one."
            ),
            Self::OfAnotherProgram { file } => write!(
                f,
                "'{file}' is the database of another program: it has tables, and none of Yui. Nothing in it was \
                 changed. Name another file with --database (DATABASE_URL); one that does not exist yet is made."
            ),
            Self::TransactionPooling { server } => write!(
                f,
                "At {server} answers PgBouncer with settings that do not suit Yui: with pool_mode = transaction \
                 prepared statements do not work. Give Yui a database entry of its own there with pool_mode = session, and set \
                 ignore_startup_parameters = extra_float_digits; or connect to PostgreSQL itself."
            ),
            Self::Unreachable { server } => {
                write!(
                    f,
                    "The database server at {server} does not answer. Check its address and that it runs."
                )
            }
            Self::Refused { server, reason } => {
                write!(f, "The database server at {server} refused the connection: {reason}.")
            }
            Self::Other { place, reason } => write!(f, "The database at {place} cannot be used: {reason}."),
        }
    }
}

impl std::error::Error for ConnectError {}
