//! Copies of an SQLite database: backup of one in use, restore, and integrity check.

use super::super::ConnectError;
use super::lock_file::{self, StartTurn};
use super::{CREATING, NO_STAMP, count_no_memory};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sea_orm::sqlx::{self, ConnectOptions, Connection};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

const OWNER_ONLY: u32 = 0o600;
/// Findings that are shown; a damaged file may have thousands.
const MOST_FINDINGS: usize = 100;
const BUSY: Duration = Duration::from_secs(30);
const PAGES: &str = "PRAGMA integrity_check(100)";
const REFERENCES: &str = "SELECT 'a row of ' || \"table\" || ' refers to a row of ' || parent || ' that is not there' \
                          FROM pragma_foreign_key_check() LIMIT 100";
const TABLES: &str = "SELECT 'it has no tables of Yui' WHERE (SELECT count(*) FROM sqlite_master \
                      WHERE name IN ('seaql_migrations', 'resource')) < 2";

/// Why a copy was not made. Displays as a sentence; no partial copy is left behind.
#[derive(Debug)]
pub enum CopyError {
    /// There is a file of that name already.
    Exists(PathBuf),
    /// Beside the target lie files of the journal of another database.
    JournalThere(Vec<PathBuf>),
    /// The source is damaged or no database of this program; with the findings of the integrity check.
    NotWhole(PathBuf, Vec<String>),
    /// A file could not be read or written.
    File(PathBuf, io::Error),
    /// A database could not be opened, read or written.
    Connect(ConnectError),
}

impl std::fmt::Display for CopyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exists(file) => write!(
                f,
                "'{0}' is there already, and nothing is ever written over. Choose another name, or move '{0}' away \
                 first, together with '{0}-wal' and '{0}-shm' if they are there. A server that uses it must be \
                 stopped before.",
                file.display()
            ),
            Self::JournalThere(files) => write!(
                f,
                "Beside the target lies the journal of a database that was there before, or of a server that is \
                 still running. Stop the server, and move away first: {}.",
                files.iter().map(|file| format!("'{}'", file.display())).collect::<Vec<_>>().join(", ")
            ),
            Self::NotWhole(file, findings) => {
                write!(f, "'{}' is not a whole database of Yui: {}.", file.display(), findings.join("; "))
            }
            Self::File(file, cause) if cause.kind() == ErrorKind::NotFound => write!(
                f,
                "'{}' cannot be made: its folder does not exist. Make the folder first, or name another one.",
                file.display()
            ),
            Self::File(file, cause) => write!(f, "'{}' cannot be written or read: {cause}.", file.display()),
            Self::Connect(cause) => cause.fmt(f),
        }
    }
}

impl std::error::Error for CopyError {}

/// Writes a copy of a database, which may be in use, under a new name, and reads it back.
///
/// # Errors
/// When the name is taken, when there is no space, or when the copy fails the integrity check.
pub async fn back_up(database: &Path, out: &Path) -> Result<(), CopyError> {
    if fs::symlink_metadata(out).is_ok() {
        return Err(CopyError::Exists(out.to_owned()));
    }
    // The journal of a former database of this name would be read into the copy.
    refuse_journals(out)?;
    lock_file::check_journal(database).map_err(CopyError::Connect)?;
    let part = Unfinished::create(out)?;
    write_copy(database, &part.0, out).await?;
    let findings = findings(&part.0).await?;
    if !findings.is_empty() {
        return Err(CopyError::NotWhole(database.to_owned(), findings));
    }
    part.becomes(out)
}

/// Restores a backup as a database that does not exist yet.
///
/// # Errors
/// When the target exists and is not empty, or when the backup fails the integrity check.
pub async fn restore(backup: &Path, database: &Path) -> Result<(), CopyError> {
    let mut turn = StartTurn::wait(database, CREATING).await.map_err(CopyError::Connect)?;
    match fs::metadata(database) {
        Ok(file) if file.len() > 0 => return Err(CopyError::Exists(database.to_owned())),
        _ => (),
    }
    refuse_journals(database)?;
    lock_file::check_backup(backup).map_err(CopyError::Connect)?;
    let part = Unfinished::create(database)?;
    // Through SQLite: a backup of the files themselves may have a journal beside it.
    write_copy(backup, &part.0, database).await?;
    let findings = findings(&part.0).await?;
    if !findings.is_empty() {
        return Err(CopyError::NotWhole(backup.to_owned(), findings));
    }
    if fs::metadata(database).is_ok_and(|file| file.len() == 0) {
        fs::remove_file(database).map_err(|cause| CopyError::File(database.to_owned(), cause))?;
    }
    // A former database of this name had other stamps. The part keeps its inode under its new name.
    turn.write(&part.0, &[NO_STAMP]).map_err(CopyError::Connect)?;
    part.becomes(database)
}

fn refuse_journals(target: &Path) -> Result<(), CopyError> {
    let there = lock_file::journals_there(target);
    if there.is_empty() { Ok(()) } else { Err(CopyError::JournalThere(there)) }
}

/// The integrity check: findings in pages, indexes and references; empty for a sound file.
///
/// # Errors
/// When it cannot be opened.
pub async fn findings(file: &Path) -> Result<Vec<String>, CopyError> {
    let failed = |cause| of_sqlite(file, cause);
    let mut connection = connect(file).await.map_err(failed)?;
    let mut findings = Vec::new();
    for question in [PAGES, REFERENCES, TABLES] {
        match sqlx::query_scalar::<_, String>(question).fetch_all(&mut connection).await {
            Ok(answers) => findings.extend(answers.into_iter().filter(|answer| answer != "ok")),
            // Damage may end the check itself.
            Err(cause) => findings.push(format!("it cannot be read to its end: {cause}")),
        }
    }
    findings.truncate(MOST_FINDINGS);
    connection.close().await.map_err(failed)?;
    Ok(findings)
}

/// `VACUUM INTO` reads one state of the source, journal included, while others write.
/// Errors name the file as the caller knows it: the source when it is damaged, else the target.
async fn write_copy(source: &Path, part: &Path, target: &Path) -> Result<(), CopyError> {
    let reading = |cause| of_sqlite(source, cause);
    let writing = |cause| match of_sqlite(target, cause) {
        CopyError::Connect(ConnectError::NotADatabase { .. }) => {
            CopyError::Connect(ConnectError::NotADatabase { file: source.display().to_string() })
        }
        other => other,
    };
    // The source is never written, even with a journal beside it; without one it is not even locked, and no
    // file is created beside it.
    let is_alone = lock_file::journals_there(source).is_empty();
    let options = options(source).read_only(true).immutable(is_alone);
    let mut connection = options.connect().await.map_err(reading)?;
    sqlx::query("VACUUM INTO ?")
        .bind(part.display().to_string())
        .execute(&mut connection)
        .await
        .map_err(writing)?;
    connection.close().await.map_err(reading)?;
    // No stamp: a journal of the source must never be taken for one of the copy.
    let mut copy = connect(part).await.map_err(writing)?;
    sqlx::raw_sql("PRAGMA user_version = 0").execute(&mut copy).await.map_err(writing)?;
    copy.close().await.map_err(writing)
}

fn of_sqlite(file: &Path, cause: sqlx::Error) -> CopyError {
    CopyError::Connect(ConnectError::from_sqlite(&file.display().to_string(), cause))
}

fn options(file: &Path) -> SqliteConnectOptions {
    count_no_memory();
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(false);
    options.busy_timeout(BUSY).disable_statement_logging()
}

async fn connect(file: &Path) -> Result<SqliteConnection, sqlx::Error> {
    options(file).connect().await
}

/// A partial copy beside the target, readable by its owner only; deleted when dropped unfinished.
struct Unfinished(PathBuf);

impl Unfinished {
    fn create(target: &Path) -> Result<Self, CopyError> {
        let mut name = target.as_os_str().to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let part = PathBuf::from(name);
        let created = OpenOptions::new().write(true).create_new(true).mode(OWNER_ONLY).open(&part);
        created.map_err(|cause| CopyError::File(target.to_owned(), cause))?;
        Ok(Self(part))
    }

    /// On disk under its name when this returns.
    fn becomes(self, target: &Path) -> Result<(), CopyError> {
        let failed = |cause| CopyError::File(target.to_owned(), cause);
        File::open(&self.0).and_then(|file| file.sync_all()).map_err(failed)?;
        // A link does not replace a file that was created meanwhile, as renaming would.
        match fs::hard_link(&self.0, target) {
            Ok(()) => fs::remove_file(&self.0).map_err(failed)?,
            Err(cause) if cause.kind() == ErrorKind::AlreadyExists => {
                return Err(CopyError::Exists(target.to_owned()));
            }
            // Sticks and some network shares have no links.
            Err(_) if fs::symlink_metadata(target).is_ok() => {
                return Err(CopyError::Exists(target.to_owned()));
            }
            Err(_) => fs::rename(&self.0, target).map_err(failed)?,
        }
        let folder =
            target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Err(cause) = fs::remove_file(&self.0)
            && cause.kind() != ErrorKind::NotFound
        {
            tracing::warn!(error = %cause, file = %self.0.display(), "an unfinished copy was left behind");
        }
    }
}
