//! The stamp in the header of an SQLite file, read past SQLite's caches and journal.
//!
//! The file is read through SQLite's own handle: closing any other handle of the same file would drop every lock
//! that SQLite holds on it in this process (<https://www.sqlite.org/howtocorrupt.html>, 2.2).

use libsqlite3_sys::{
    SQLITE_FCNTL_FILE_POINTER, SQLITE_FCNTL_HAS_MOVED, SQLITE_OK, SQLITE_OPEN_READONLY, sqlite3,
    sqlite3_close, sqlite3_file, sqlite3_file_control, sqlite3_open_v2,
};
use sea_orm::sqlx::{self, sqlite::SqliteConnection};
use std::ffi::{CString, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::ptr;

/// Where the header keeps the number that `PRAGMA user_version` sets: four bytes, the highest first.
const STAMP: i64 = 60;
/// Where it keeps the number that `PRAGMA application_id` sets: that of the last commit.
pub(super) const NUMBER: i64 = 68;

/// The stamp of the file itself; none of a file that is missing or too short.
pub(super) fn stamp_of(path: &Path) -> Option<u32> {
    read_from(path, STAMP)
}

/// The number of the last commit that is in the file itself; none of a file that is missing or too short.
pub(super) fn number_of(path: &Path) -> Option<u32> {
    read_from(path, NUMBER)
}

fn read_from(path: &Path, at: i64) -> Option<u32> {
    let name = CString::new(path.as_os_str().as_bytes()).ok()?;
    let mut raw: *mut sqlite3 = ptr::null_mut();
    // SAFETY: the name ends with NUL and outlives the call; the handle is closed whether or not it could be
    // opened, and no statement runs on it, so that nothing of the database is locked, recovered or changed.
    unsafe {
        let opened = sqlite3_open_v2(name.as_ptr(), &raw mut raw, SQLITE_OPEN_READONLY, ptr::null());
        let value = if opened == SQLITE_OK { read(raw, at) } else { None };
        sqlite3_close(raw);
        value
    }
}

/// The state of the file of an open connection.
pub(super) struct FileState {
    /// The file was renamed, deleted, or another one has its name.
    pub(super) has_moved: bool,
    /// The stamp in the file, as it is now.
    pub(super) stamp: Option<u32>,
    /// The number of the last commit in the file; it only grows, unless an older copy was written over the file.
    pub(super) number: Option<u32>,
}

/// Reads the state of the file of a connection. The connection must not map the file into memory.
pub(super) async fn look(connection: &mut SqliteConnection) -> Result<FileState, sqlx::Error> {
    let mut handle = connection.lock_handle().await?;
    let raw = handle.as_raw_handle().as_ptr();
    let mut moved: c_int = 0;
    // SAFETY: the handle is open and locked; this control takes a pointer to an int.
    let (stamp, number) = unsafe {
        let pointer = (&raw mut moved).cast::<c_void>();
        sqlite3_file_control(raw, c"main".as_ptr(), SQLITE_FCNTL_HAS_MOVED, pointer);
        (read(raw, STAMP), read(raw, NUMBER))
    };
    Ok(FileState { has_moved: moved != 0, stamp, number })
}

/// # Safety
/// The handle must be open, and no other thread may use it meanwhile.
unsafe fn read(raw: *mut sqlite3, at: i64) -> Option<u32> {
    let mut file: *mut sqlite3_file = ptr::null_mut();
    let mut bytes = [0_u8; 4];
    // SAFETY: this control takes a pointer to a pointer, which SQLite sets to a file that lives as long as the
    // handle. A file without methods is not open. `xRead` writes at most the four bytes it is given.
    unsafe {
        let pointer = (&raw mut file).cast::<c_void>();
        sqlite3_file_control(raw, c"main".as_ptr(), SQLITE_FCNTL_FILE_POINTER, pointer);
        let x_read = file.as_ref()?.pMethods.as_ref()?.xRead?;
        let outcome = x_read(file, bytes.as_mut_ptr().cast(), 4, at);
        (outcome == SQLITE_OK).then(|| u32::from_be_bytes(bytes))
    }
}
