//! `yui.db-lock`: one program at a time creates, updates or fills an SQLite database, and the journal beside a
//! database is one that belongs to it.
//!
//! SQLite applies any `-wal` it finds to the database beside it. After a crash that is the repair; after
//! another file has replaced the database it is damage. So a server writes a new random stamp into the header
//! of the database, at its start and every minute while there are changes, and the same number here. A
//! journal is accepted only beside a database whose header has a stamp of this file. A copy of the last
//! minute has that stamp too; as a rule it is another file (inode), which is stored here as well.

use super::super::ConnectError;
use super::{header, journal};
use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, fchown};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const OWNER_ONLY: u32 = 0o600;
/// The header of a journal; a shorter one holds nothing.
const JOURNAL_HEADER: u64 = 32;
const BETWEEN_TRIES: Duration = Duration::from_millis(20);
/// How long to wait for the lock where only a note is to be written.
const SHORT: Duration = Duration::from_secs(20);
/// A stamp that no database has: those that are given are smaller.
const NEVER_GIVEN: u32 = u32::MAX;
/// How the line with the inodes begins.
const INODES: &str = "inodes";
const EXPLANATION: &str = "# Yui locks this file while it starts, and keeps here which -wal belongs to the database.\n\
                           # It may be deleted while no Yui is running.\n";

/// The exclusive lock for creating, updating or filling a database. Released when dropped, or when the
/// program is killed.
pub(in crate::database) struct StartTurn {
    file: File,
    path: PathBuf,
}

/// Beside the file itself, as SQLite does with its own, not beside a link to it.
fn sibling(database: &Path, ending: &str) -> PathBuf {
    let mut name = std::fs::canonicalize(database).unwrap_or_else(|_| database.to_owned()).into_os_string();
    name.push(ending);
    name.into()
}

impl StartTurn {
    /// Waits for the lock, at most for `patience`.
    pub(in crate::database) async fn wait(database: &Path, patience: Duration) -> Result<Self, ConnectError> {
        let path = sibling(database, "-lock");
        let shown = database.display().to_string();
        let failed = |cause: io::Error| match cause.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                ConnectError::Unreadable { file: shown.clone() }
            }
            _ => ConnectError::Other { place: path.display().to_string(), reason: cause.to_string() },
        };
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(OWNER_ONLY);
        let file = options.open(&path).map_err(failed)?;
        belongs_with(&file, database);
        let began = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { file, path }),
                Err(TryLockError::WouldBlock) if began.elapsed() < patience => {
                    tokio::time::sleep(BETWEEN_TRIES).await;
                }
                Err(TryLockError::WouldBlock) => return Err(ConnectError::Locked { file: shown.clone() }),
                Err(TryLockError::Error(cause)) => return Err(failed(cause)),
            }
        }
    }

    /// Replaces the stored stamps and inodes. On disk when this returns.
    pub(super) fn write(&mut self, database: &Path, stamps: &[u32]) -> Result<(), ConnectError> {
        let lines: String = stamps.iter().map(|stamp| format!("{stamp}\n")).collect();
        // Over the former text, so that a full disk leaves one of the two.
        let written = std::fs::metadata(database).and_then(|database| {
            let inodes = Inodes { database: database.ino(), lock: self.file.metadata()?.ino() };
            let text = format!("{EXPLANATION}{inodes}\n{lines}");
            self.file.seek(SeekFrom::Start(0))?;
            self.file.write_all(text.as_bytes())?;
            self.file.set_len(text.len() as u64)?;
            self.file.sync_all()
        });
        written.map_err(|cause| ConnectError::Other {
            place: self.path.display().to_string(),
            reason: cause.to_string(),
        })
    }
}

/// Gives the lock to the owner of the database, where root made it: the service runs under another account.
fn belongs_with(lock: &File, database: &Path) {
    let (Ok(database), Ok(own)) = (std::fs::metadata(database), lock.metadata()) else { return };
    if database.uid() != own.uid()
        && let Err(cause) = fchown(lock, Some(database.uid()), Some(database.gid()))
    {
        tracing::debug!(error = %cause, "the lock of the database has another owner than the database");
    }
}

/// The numbers that the file system has for the database and for its lock.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Inodes {
    database: u64,
    lock: u64,
}

impl fmt::Display for Inodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{INODES} {} {}", self.database, self.lock)
    }
}

impl Inodes {
    fn read(line: &str) -> Option<Self> {
        let (database, lock) = line.strip_prefix(INODES)?.trim_start().split_once(' ')?;
        Some(Self { database: database.parse().ok()?, lock: lock.parse().ok()? })
    }
}

/// The content of the lock file: stamps and inodes of its database.
#[derive(Default)]
struct Noted {
    stamps: Vec<u32>,
    inodes: Option<Inodes>,
    /// The inode of the lock itself.
    lock: Option<u64>,
}

impl Noted {
    /// The content; empty when there is no lock file, or when it cannot be read.
    fn of(database: &Path) -> Self {
        let read = || -> io::Result<Self> {
            let mut file = File::open(sibling(database, "-lock"))?;
            let mut text = String::new();
            file.read_to_string(&mut text)?;
            Ok(Self {
                stamps: text.lines().filter_map(|line| line.parse().ok()).collect(),
                inodes: text.lines().find_map(Inodes::read),
                lock: Some(file.metadata()?.ino()),
            })
        };
        read().unwrap_or_default()
    }

    /// Whether the database has a stamp of this lock file, and the stored inode. A folder that was copied as
    /// a whole, lock file included, has other inodes throughout and is accepted.
    fn is_of(&self, database: &Path) -> bool {
        let is_same_file = self.inodes.is_none_or(|noted| {
            Some(noted.lock) != self.lock
                || std::fs::metadata(database).is_ok_and(|file| file.ino() == noted.database)
        });
        is_same_file && header::stamp_of(database).is_some_and(|stamp| self.stamps.contains(&stamp))
    }
}

/// The stamps that a database may have; empty when the lock file has none.
pub(super) fn stamps(database: &Path) -> Vec<u32> {
    Noted::of(database).stamps
}

/// Notes that another file was written over a database in use: its journal is refused from now on, also at
/// the next start. Call it again when another program holds the lock.
pub(super) async fn disown_journal(database: &Path) -> Result<(), ConnectError> {
    if stamps(database) == [NEVER_GIVEN] {
        return Ok(());
    }
    StartTurn::wait(database, Duration::ZERO).await?.write(database, &[NEVER_GIVEN])
}

/// The files that SQLite may leave beside a database.
fn journals(database: &Path) -> [PathBuf; 3] {
    ["-wal", "-shm", "-journal"].map(|ending| sibling(database, ending))
}

/// Those of them that are there.
pub(super) fn journals_there(database: &Path) -> Vec<PathBuf> {
    let all = journals(database).into_iter();
    all.filter(|journal| std::fs::symlink_metadata(journal).is_ok()).collect()
}

/// Refuses a database beside the journal of another one.
pub(super) fn check_journal(database: &Path) -> Result<(), ConnectError> {
    // Another start may have stamped both between the reads of lock file and database, hence a second check.
    let belongs = || is_known(database) && journal::continues(database, &sibling(database, "-wal"));
    if !has_journal(database) || belongs() || belongs() {
        return Ok(());
    }
    Err(ConnectError::ForeignJournal { file: database.display().to_string() })
}

/// Whether the lock file belongs to this database, or has no stamps.
fn is_known(database: &Path) -> bool {
    let noted = Noted::of(database);
    noted.stamps.is_empty() || noted.is_of(database)
}

/// Refuses a backup beside a journal that is not known to be its own: a finished backup has none, and reading would
/// write the journal into it.
pub(super) fn check_backup(backup: &Path) -> Result<(), ConnectError> {
    let [_, _, rollback] = journals(backup);
    let is_foreign =
        has_journal(backup) && (Noted::of(backup).stamps.is_empty() || check_journal(backup).is_err());
    if is_foreign || std::fs::symlink_metadata(rollback).is_ok() {
        return Err(ConnectError::JournalOfBackup { file: backup.display().to_string() });
    }
    Ok(())
}

/// Accepts a database without a journal as it is now: it was replaced while no program used it.
pub(super) async fn take_as_it_is(database: &Path) -> Result<(), ConnectError> {
    if is_known(database) {
        return Ok(());
    }
    let mut turn = StartTurn::wait(database, SHORT).await?;
    if is_known(database) || has_journal(database) {
        return Ok(());
    }
    turn.write(database, &[header::stamp_of(database).unwrap_or_default()])
}

/// Whether a journal with anything in it lies beside a database.
pub(in crate::database) fn has_journal(database: &Path) -> bool {
    std::fs::metadata(sibling(database, "-wal")).is_ok_and(|journal| journal.len() > JOURNAL_HEADER)
}

/// Refuses to create a database beside the journal of a deleted one: SQLite would delete the journal's
/// changes.
pub(super) fn check_beside_nothing(database: &Path) -> Result<(), ConnectError> {
    let is_gone = std::fs::metadata(database).map_or(true, |file| file.len() == 0);
    if is_gone && has_journal(database) {
        return Err(ConnectError::OnlyJournal { file: database.display().to_string() });
    }
    Ok(())
}

/// Makes an empty file that only its owner may read, unless there is one.
pub(super) fn create(database: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(OWNER_ONLY).open(database) {
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other.map(|_| ()),
    }
}
