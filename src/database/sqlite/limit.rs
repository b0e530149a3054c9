//! The time limit for the statements of readers.

use libsqlite3_sys::{SQLITE_TRACE_STMT, sqlite3_trace_v2};
use sea_orm::sqlx::{self, sqlite::SqliteConnection};
use std::cell::Cell;
use std::ffi::{c_int, c_uint, c_void};
use std::ptr;
use std::time::{Duration, Instant};

/// Steps of SQLite's virtual machine between two checks of the clock: about a millisecond.
const STEPS_BETWEEN_LOOKS: i32 = 50_000;

thread_local! {
    /// When the statement began that runs on this thread. sqlx gives each connection its own
    /// thread, and both callbacks below run there.
    static BEGAN: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Stops a statement of this connection that runs for longer than `limit`.
///
/// Dropping a query does not stop SQLite, and neither the pool nor the caller can name the connection a
/// statement runs on without waiting for it. So the connection itself checks the clock: it notes when a
/// statement begins and checks about every millisecond whether the limit is reached.
pub(super) async fn limit_statements(
    connection: &mut SqliteConnection,
    limit: Option<Duration>,
) -> Result<(), sqlx::Error> {
    let Some(limit) = limit else { return Ok(()) };
    let mut handle = connection.lock_handle().await?;
    // SAFETY: the handle is open and locked; the callback takes no context and does not unwind.
    unsafe {
        let raw = handle.as_raw_handle().as_ptr();
        sqlite3_trace_v2(raw, SQLITE_TRACE_STMT, Some(note_beginning), ptr::null_mut());
    }
    handle.set_progress_handler(STEPS_BETWEEN_LOOKS, move || {
        BEGAN.get().is_none_or(|began| began.elapsed() < limit)
    });
    Ok(())
}

extern "C" fn note_beginning(_: c_uint, _: *mut c_void, _: *mut c_void, _: *mut c_void) -> c_int {
    BEGAN.set(Some(Instant::now()));
    0
}
