//! `yui.db-lock`: one program at a time creates, updates or fills an SQLite database, and the journal beside a
//! database is one that belongs to it.
//!
//! SQLite plays whatever `-wal` it finds into the database beside it. After a crash that is the repair; after
//! somebody has put another file in the place of the database it is damage. So every start of a server writes a new
//! random stamp into the header of the database, and the same number here. A journal is believed only beside a
//! database whose header has a stamp of this file.

use super::super::ConnectError;
use super::header;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const OWNER_ONLY: u32 = 0o600;
/// The header of a journal; a shorter one holds nothing.
const JOURNAL_HEADER: u64 = 32;
const BETWEEN_TRIES: Duration = Duration::from_millis(20);
const EXPLANATION: &str = "# Yui locks this file while it starts, and keeps here which -wal belongs to the database.\n\
                           # It may be deleted while no Yui is running.\n";

/// The turn at creating, updating or filling a database. Dropped, it is over; a killed program loses it too.
pub(in crate::database) struct StartTurn {
    file: File,
    path: PathBuf,
}

fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

impl StartTurn {
    /// Waits for the turn, at most for `patience`.
    pub(in crate::database) async fn wait(database: &Path, patience: Duration) -> Result<Self, ConnectError> {
        let path = beside(database, "-lock");
        let shown = database.display().to_string();
        let failed = |cause: io::Error| match cause.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::PermissionDenied => {
                ConnectError::Unreadable { file: shown.clone() }
            }
            _ => ConnectError::Other { place: path.display().to_string(), reason: cause.to_string() },
        };
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(OWNER_ONLY);
        let file = options.open(&path).map_err(failed)?;
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

    /// Replaces the stamps. On disk when this returns.
    pub(super) fn write(&mut self, stamps: &[u32]) -> Result<(), ConnectError> {
        let lines: String = stamps.iter().map(|stamp| format!("{stamp}\n")).collect();
        let written = self.file.seek(SeekFrom::Start(0)).and_then(|_| {
            self.file.set_len(0)?;
            self.file.write_all(format!("{EXPLANATION}{lines}").as_bytes())?;
            self.file.sync_all()
        });
        written.map_err(|cause| ConnectError::Other {
            place: self.path.display().to_string(),
            reason: cause.to_string(),
        })
    }
}

/// The stamps that a database may have; none when nothing is known.
pub(super) fn stamps(database: &Path) -> Vec<u32> {
    let mut text = String::new();
    let read = File::open(beside(database, "-lock")).and_then(|mut file| file.read_to_string(&mut text));
    match read {
        Ok(_) => text.lines().filter_map(|line| line.parse().ok()).collect(),
        Err(_) => Vec::new(),
    }
}

/// The files that SQLite may leave beside a database.
pub(super) fn journals(database: &Path) -> [PathBuf; 3] {
    ["-wal", "-shm", "-journal"].map(|ending| beside(database, ending))
}

/// Refuses a database beside the journal of another one.
pub(super) fn check_journal(database: &Path) -> Result<(), ConnectError> {
    let journal = beside(database, "-wal");
    let holds_something = std::fs::metadata(&journal).is_ok_and(|journal| journal.len() > JOURNAL_HEADER);
    let stamps = stamps(database);
    if !holds_something || stamps.is_empty() {
        return Ok(());
    }
    match header::stamp_of(database) {
        Some(stamp) if stamps.contains(&stamp) => Ok(()),
        // Between the two looks another start may have begun.
        Some(stamp) if self::stamps(database).contains(&stamp) => Ok(()),
        _ => Err(ConnectError::ForeignJournal { file: database.display().to_string() }),
    }
}

/// Refuses to make a database beside the journal of one that is gone: SQLite would delete what the journal holds.
pub(super) fn check_beside_nothing(database: &Path) -> Result<(), ConnectError> {
    let journal = beside(database, "-wal");
    let is_gone = std::fs::metadata(database).map_or(true, |file| file.len() == 0);
    let holds_something = std::fs::metadata(&journal).is_ok_and(|journal| journal.len() > JOURNAL_HEADER);
    if is_gone && holds_something {
        return Err(ConnectError::ForeignJournal { file: database.display().to_string() });
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
