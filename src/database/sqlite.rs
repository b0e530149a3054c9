//! Opening an SQLite file: one writer, a pool of readers, and a time limit for the readers' statements.

use super::{ConnectError, Databases};
use libsqlite3_sys::{
    SQLITE_CONFIG_MEMSTATUS, SQLITE_DBCONFIG_ENABLE_QPSG, SQLITE_TRACE_STMT, sqlite3_config,
    sqlite3_db_config, sqlite3_trace_v2,
};
use sea_orm::SqlxSqliteConnector;
use sea_orm::sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};
use sea_orm::sqlx::{self, ConnectOptions, SqlitePool};
use std::cell::Cell;
use std::ffi::{c_int, c_uint, c_void};
use std::path::PathBuf;
use std::ptr;
use std::str::FromStr;
use std::sync::Once;
use std::time::{Duration, Instant};

const READERS: u32 = 4;
const BUSY: Duration = Duration::from_secs(10);
/// In KiB, hence negative: 64 MiB for the writer, the same shared out among the readers.
const WRITER_CACHE: &str = "-65536";
const READER_CACHE: &str = "-16384";
const MAPPED_BYTES: &str = "1073741824";
const JOURNAL_BYTES: &str = "67108864";
/// Steps of SQLite's virtual machine between two looks at the clock: about a millisecond.
const STEPS_BETWEEN_LOOKS: i32 = 50_000;

pub(super) async fn open(url: &str, limit: Option<Duration>) -> Result<Databases, ConnectError> {
    let options = parse(url)?;
    count_no_memory();
    let file = options.get_filename().display().to_string();
    let failed = |cause| ConnectError::from_sqlite(&file, cause);
    // The writer comes first: it creates the file and switches it to WAL, which readers cannot.
    let write = open_writer(options.clone()).await.map_err(failed)?;
    let read = open_readers(options, limit).await.map_err(failed)?;
    Ok(Databases {
        read: SqlxSqliteConnector::from_sqlx_sqlite_pool(read),
        write: SqlxSqliteConnector::from_sqlx_sqlite_pool(write),
    })
}

pub(super) fn file(url: &str) -> Option<PathBuf> {
    parse(url).ok().map(|options| options.get_filename().to_owned())
}

fn parse(url: &str) -> Result<SqliteConnectOptions, ConnectError> {
    let unusable = |reason: String| ConnectError::NotADatabaseUrl { reason };
    if url.trim().is_empty() {
        return Err(unusable("it is empty".into()));
    }
    if url.contains(":memory:") || url.contains("mode=memory") {
        return Err(ConnectError::InMemory);
    }
    let options = if url.starts_with("sqlite:") {
        let options = SqliteConnectOptions::from_str(url).map_err(|cause| unusable(cause.to_string()))?;
        if url.contains("mode=") { options } else { options.create_if_missing(true) }
    } else {
        SqliteConnectOptions::new().filename(url).create_if_missing(true)
    };
    Ok(options
        .busy_timeout(BUSY)
        .foreign_keys(true)
        .synchronous(SqliteSynchronous::Normal)
        .pragma("temp_store", "MEMORY")
        .disable_statement_logging())
}

async fn open_writer(options: SqliteConnectOptions) -> Result<SqlitePool, sqlx::Error> {
    let options = options
        .journal_mode(SqliteJournalMode::Wal)
        .pragma("journal_size_limit", JOURNAL_BYTES)
        .pragma("cache_size", WRITER_CACHE)
        .optimize_on_close(true, None);
    let pool = lasting_pool(1).connect_with(options).await?;
    // SQLite opens a file it may not write without a word; only an attempt to write tells.
    sqlx::raw_sql("BEGIN IMMEDIATE; CREATE TABLE may_write (n); ROLLBACK").execute(&pool).await?;
    Ok(pool)
}

async fn open_readers(
    options: SqliteConnectOptions,
    limit: Option<Duration>,
) -> Result<SqlitePool, sqlx::Error> {
    // A server answers from mapped pages; a command that reads everything once would only make
    // the whole file count as its memory.
    let mapped = if limit.is_some() { MAPPED_BYTES } else { "0" };
    let options = options
        .create_if_missing(false)
        .pragma("mmap_size", mapped)
        .pragma("cache_size", READER_CACHE)
        .pragma("query_only", "ON");
    lasting_pool(READERS)
        .after_connect(move |connection, _| Box::pin(prepare_reader(connection, limit)))
        .connect_with(options)
        .await
}

/// A local file does not go away: no test before use, no end of life.
fn lasting_pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
}

thread_local! {
    /// When the statement began that runs on this thread. sqlx gives each connection its own
    /// thread, and both callbacks below run there.
    static BEGAN: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// SQLite's memory statistics cost a global lock at every allocation, and nobody reads them.
fn count_no_memory() {
    static BEFORE_THE_FIRST_DATABASE: Once = Once::new();
    // SAFETY: the option takes one int; without a database open yet nothing else runs in SQLite.
    // Should something have opened one before, SQLite refuses the setting and stays as it was.
    BEFORE_THE_FIRST_DATABASE.call_once(|| unsafe {
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    });
}

async fn prepare_reader(
    connection: &mut SqliteConnection,
    limit: Option<Duration>,
) -> Result<(), sqlx::Error> {
    keep_plans(connection).await?;
    limit_statements(connection, limit).await
}

/// Keeps the plan of a prepared statement whatever is bound to it. Without this SQLite, which was
/// built to look at the distribution of values, prepares a statement anew at nearly every use.
async fn keep_plans(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let mut handle = connection.lock_handle().await?;
    // SAFETY: the handle is open and locked; the option takes an int and a pointer that may be null.
    unsafe {
        let raw = handle.as_raw_handle().as_ptr();
        sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_QPSG, 1, ptr::null_mut::<c_int>());
    }
    Ok(())
}

/// Stops a statement of this connection that runs for longer than `limit`.
///
/// Dropping a query does not stop SQLite, and neither the pool nor the caller can name the
/// connection a statement runs on without waiting for it. So the connection itself looks at the
/// clock: it notes when a statement begins and asks every millisecond or so whether time is up.
async fn limit_statements(
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
