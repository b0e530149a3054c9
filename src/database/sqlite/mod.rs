//! Opening an SQLite file: one writer, a pool of readers, and a connection for the health check.

pub mod copy;
mod header;
mod journal;
mod limit;
mod lock_file;
mod witness;

pub(super) use lock_file::{StartTurn, has_journal};
pub use witness::Witness;

use super::ConnectError;
use libsqlite3_sys::{
    SQLITE_CONFIG_MEMSTATUS, SQLITE_DBCONFIG_ENABLE_QPSG, sqlite3_config, sqlite3_db_config,
    sqlite3_db_readonly,
};
use sea_orm::sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};
use sea_orm::sqlx::{self, ConnectOptions, SqlitePool};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};
use std::ffi::c_int;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::ptr;
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Once};
use std::time::Duration;

const READERS: u32 = 4;
/// How long a statement of a reader waits for a lock. Readers wait only while another program repairs the journal.
const BUSY: Duration = Duration::from_secs(10);
/// How long one attempt of the writer waits; `begin_write_until` attempts again until its own time is over.
const WRITER_BUSY: Duration = Duration::from_millis(100);
/// How long the health check waits for its statement.
const PROBE_BUSY: Duration = Duration::from_millis(400);
/// Time-out of the writer's pool: practically none, since every caller has a deadline of its own.
const UNLIMITED: Duration = Duration::from_secs(24 * 60 * 60);
/// How long a program waits for another one that creates the database.
const CREATING: Duration = Duration::from_secs(60);
/// In KiB, hence negative: 64 MiB for the writer. Readers need little: lists are answered from memory.
const WRITER_CACHE: &str = "-65536";
const READER_CACHE: &str = "-4096";
const JOURNAL_BYTES: &str = "67108864";
const OTHERS: u32 = 0o077;
/// The stamp of a file that was never stamped.
const NO_STAMP: u32 = 0;

/// The pools of an open file.
pub(super) struct Opened {
    pub(super) read: SqlitePool,
    pub(super) write: SqlitePool,
    pub(super) probe: SqlitePool,
    pub(super) committed: SqlitePool,
    pub(super) witness: Arc<Witness>,
    pub(super) file: PathBuf,
}

/// Opens a file without taking a write lock, unless it has to be made or is in another journal mode.
pub(super) async fn open(url: &str, limit: Option<Duration>) -> Result<Opened, ConnectError> {
    let options = parse(url)?;
    count_no_memory();
    let file = options.get_filename().to_owned();
    let shown = file.display().to_string();
    let failed = |cause| ConnectError::from_sqlite(&shown, cause);
    let witness = Arc::<Witness>::default();
    let write = writer(options.clone(), Arc::clone(&witness));
    let is_new = std::fs::metadata(&file).map_or(true, |file| file.len() == 0);
    if is_new {
        create(&file, &write).await?;
    }
    lock_file::check_journal(&file)?;
    lock_file::take_as_it_is(&file).await?;
    let read = open_readers(options.clone(), limit).await.map_err(failed)?;
    if !is_new && is_of_another_program(&read).await.map_err(failed)? {
        return Err(ConnectError::OfAnotherProgram { file: shown });
    }
    warn_of_others(&file);
    let is_journaled =
        check_writable(&read).await.map_err(failed)?.ok_or(ConnectError::ReadOnly { file: shown.clone() })?;
    if !is_journaled {
        // A restored copy, or a file of another program: the writer changes the mode when it connects.
        let _turn = StartTurn::wait(&file, CREATING).await?;
        write.acquire().await.map_err(failed)?;
    }
    let (committed, probe) = (committed(options.clone()), probe(options));
    Ok(Opened { read, write, probe, committed, witness, file })
}

pub(super) fn file_of(url: &str) -> Result<PathBuf, ConnectError> {
    parse(url).map(|options| options.get_filename().to_owned())
}

/// Creates the file, readable by its owner only from its first byte on.
async fn create(file: &Path, write: &SqlitePool) -> Result<(), ConnectError> {
    let shown = file.display().to_string();
    let mut turn = StartTurn::wait(file, CREATING).await?;
    lock_file::check_beside_nothing(file)?;
    lock_file::create(file).map_err(|_| ConnectError::Unreadable { file: shown.clone() })?;
    // A former database of this name had other stamps.
    if header::stamp_of(file).unwrap_or_default() == NO_STAMP {
        turn.write(file, &[NO_STAMP])?;
    }
    write.acquire().await.map_err(|cause| ConnectError::from_sqlite(&shown, cause))?;
    Ok(())
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
        SqliteConnectOptions::from_str(url).map_err(|cause| unusable(cause.to_string()))?
    } else {
        SqliteConnectOptions::new().filename(url)
    };
    Ok(options
        .create_if_missing(false)
        .busy_timeout(BUSY)
        .foreign_keys(true)
        // An acknowledged change survives a power cut: the journal is on disk before a commit returns.
        .synchronous(SqliteSynchronous::Full)
        .pragma("temp_store", "MEMORY")
        .disable_statement_logging())
}

fn writer(options: SqliteConnectOptions, witness: Arc<Witness>) -> SqlitePool {
    let options = options
        .busy_timeout(WRITER_BUSY)
        .journal_mode(SqliteJournalMode::Wal)
        .pragma("journal_size_limit", JOURNAL_BYTES)
        .pragma("cache_size", WRITER_CACHE)
        // An import prepares its rows in temporary tables (`database/staging.rs`), which may be large.
        .pragma("temp_store", "FILE")
        .optimize_on_close(true, None);
    let trusting = Arc::clone(&witness);
    lasting_pool(1)
        .acquire_timeout(UNLIMITED)
        .after_connect(move |connection, _| Box::pin(Arc::clone(&witness).listen(connection)))
        .after_release(move |connection, _| Box::pin(Arc::clone(&trusting).trusts(connection)))
        .connect_lazy_with(options)
}

/// The connection of the health check. It does not map the file, so that it sees changes by other programs.
fn probe(options: SqliteConnectOptions) -> SqlitePool {
    let options = options.busy_timeout(PROBE_BUSY).pragma("mmap_size", "0").pragma("query_only", "ON");
    lasting_pool(1).acquire_timeout(PROBE_BUSY).connect_lazy_with(options)
}

/// The connection with which a commit reads what is committed. One suffices: there is one writer.
fn committed(options: SqliteConnectOptions) -> SqlitePool {
    let options =
        options.pragma("mmap_size", "0").pragma("cache_size", READER_CACHE).pragma("query_only", "ON");
    lasting_pool(1).connect_lazy_with(options)
}

async fn open_readers(
    options: SqliteConnectOptions,
    limit: Option<Duration>,
) -> Result<SqlitePool, sqlx::Error> {
    // Pages are not mapped: after each commit SQLite would map the file anew, and what is read by key is read from
    // few pages.
    let options =
        options.pragma("mmap_size", "0").pragma("cache_size", READER_CACHE).pragma("query_only", "ON");
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

/// Whether the file has tables, but not those of this program: then nothing in it may be changed.
async fn is_of_another_program(read: &SqlitePool) -> Result<bool, sqlx::Error> {
    let question = "SELECT sum(name <> 'seaql_migrations') > 0 \
                    AND sum(name IN ('seaql_migrations', 'resource', 'official_record')) < 3 \
                    FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    let found: Option<bool> = sqlx::query_scalar(question).fetch_one(read).await?;
    Ok(found.unwrap_or(false))
}

/// Gives the transaction its number: see [`journal`].
pub(super) async fn number_commit(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    let last = tx.query_one_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA application_id")).await?;
    let last: i32 = last.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    tx.execute_unprepared(&format!("PRAGMA application_id = {}", last.wrapping_add(1))).await?;
    Ok(())
}

/// Whether the file is in the journal mode of this program; `None` when it may not be written. SQLite opens a file
/// it may not write without an error.
async fn check_writable(read: &SqlitePool) -> Result<Option<bool>, sqlx::Error> {
    let mut connection = read.acquire().await?;
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut *connection).await?;
    let mut handle = connection.lock_handle().await?;
    // SAFETY: the handle is open and locked, the name ends with NUL, and the function only reads.
    let read_only = unsafe { sqlite3_db_readonly(handle.as_raw_handle().as_ptr(), c"main".as_ptr()) != 0 };
    Ok((!read_only).then(|| mode.eq_ignore_ascii_case("wal")))
}

/// Warns when other users of the machine can read the file, as those of earlier versions and copies. Logged
/// once: a server opens its database twice.
fn warn_of_others(file: &Path) {
    static WAS_SAID: AtomicBool = AtomicBool::new(false);
    let mode = std::fs::metadata(file).map_or(0, |file| file.permissions().mode());
    if mode & OTHERS != 0 && !WAS_SAID.swap(true, Ordering::Relaxed) {
        let file = file.display();
        tracing::warn!(%file, "other accounts may read the database; take that away: chmod 600 {file} {file}-wal {file}-shm");
    }
}

/// Checks the open file; answers what is wrong with it, if anything is. `newest` is the number of the newest
/// commit seen in the file so far.
pub(super) async fn look_at_file(
    probe: &SqlitePool,
    file: &Path,
    newest: &AtomicU32,
) -> Result<Option<String>, sqlx::Error> {
    let state = header::look(&mut *probe.acquire().await?).await?;
    let shown = file.display();
    let seen = state.number.unwrap_or_default();
    let is_older = seen < newest.fetch_max(seen, Ordering::Relaxed);
    Ok(if state.has_moved {
        Some(format!("The database file '{shown}' was moved, deleted or replaced while it was in use."))
    } else if is_older {
        // Its stamp may be a valid one: that of the last minute.
        if let Err(cause) = lock_file::disown_journal(file).await {
            tracing::error!(error = %cause, "that an older copy was written over the database could not be noted");
        }
        Some(format!("An older copy was written over the database '{shown}' while it was in use."))
    } else if !(is_ours(file, state.stamp) || is_ours(file, look_again(probe).await?.stamp)) {
        Some(format!("Another file was written over the database '{shown}' while it was in use."))
    } else {
        None
    })
}

fn is_ours(file: &Path, stamp: Option<u32>) -> bool {
    let stamps = lock_file::stamps(file);
    stamps.is_empty() || stamp.is_some_and(|stamp| stamps.contains(&stamp))
}

/// Checks again after 50 ms: another start may have stamped both between the reads of the file and of its
/// lock file.
async fn look_again(probe: &SqlitePool) -> Result<header::FileState, sqlx::Error> {
    tokio::time::sleep(Duration::from_millis(50)).await;
    header::look(&mut *probe.acquire().await?).await
}

/// Gives the file a new stamp, by which its journal belongs to it from now on. A server that cannot write at
/// its start, because the disk is full, still reads: the former stamp stays valid.
pub(super) async fn stamp(turn: &mut StartTurn, write: &SqlitePool, file: &Path) {
    if let Err(cause) = new_stamp(turn, write, file).await {
        tracing::debug!(error = %cause, "the database could not be given a new stamp");
    }
}

async fn new_stamp(turn: &mut StartTurn, write: &SqlitePool, file: &Path) -> Result<(), ConnectError> {
    let shown = file.display().to_string();
    let failed = |cause| ConnectError::from_sqlite(&shown, cause);
    let mut bytes = [0_u8; 4];
    getrandom::fill(&mut bytes)
        .map_err(|cause| ConnectError::Other { place: shown.clone(), reason: cause.to_string() })?;
    // Neither 0, which a file without a stamp has, nor negative, as which the pragma would show it.
    let new = (u32::from_be_bytes(bytes) >> 1).max(1);
    let mut stamps = lock_file::stamps(file);
    stamps.extend(header::stamp_of(file));
    stamps.push(new);
    turn.write(file, &stamps)?;
    let mut connection = write.acquire().await.map_err(failed)?;
    let set = format!("PRAGMA user_version = {new}; PRAGMA wal_checkpoint(TRUNCATE)");
    sqlx::raw_sql(sqlx::AssertSqlSafe(set)).execute(&mut *connection).await.map_err(failed)?;
    // While another program still reads, the file gets its stamp with a later checkpoint: both are valid
    // until then.
    if header::stamp_of(file) == Some(new) {
        turn.write(file, &[new])?;
    }
    Ok(())
}

/// Turns off SQLite's memory statistics, which cost a global lock at every allocation and are not used.
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
    limit::limit_statements(connection, limit).await
}

/// Keeps the plan of a prepared statement whatever is bound to it. Otherwise SQLite, which is built with
/// statistics on the distribution of values, prepares a statement again at nearly every use.
async fn keep_plans(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let mut handle = connection.lock_handle().await?;
    // SAFETY: the handle is open and locked; the option takes an int and a pointer that may be null.
    unsafe {
        let raw = handle.as_raw_handle().as_ptr();
        sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_QPSG, 1, ptr::null_mut::<c_int>());
    }
    Ok(())
}
