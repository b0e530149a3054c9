//! Opening a PostgreSQL database: readers, writers and the health check have a pool each.

use super::ConnectError;
use sea_orm::sqlx::pool::PoolConnectionMetadata;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sea_orm::sqlx::{self, ConnectOptions, Connection, PgPool};
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

const READERS: u32 = 8;
/// Of these one at most waits for an import, see `begin_rewrite_until`.
const WRITERS: u32 = 4;
const PATIENCE: Duration = Duration::from_secs(10);
/// Time-out of the writers' pool: practically none, since every caller has a deadline of its own.
const UNLIMITED: Duration = Duration::from_secs(24 * 60 * 60);
/// How long the health check waits for its connection.
const PROBE: Duration = Duration::from_millis(200);
const IDLE_BEFORE_TEST: Duration = Duration::from_secs(30);

/// The pools of a database.
pub(super) struct Opened {
    pub(super) read: PgPool,
    pub(super) write: PgPool,
    pub(super) probe: PgPool,
    pub(super) committed: PgPool,
    pub(super) doubt: Arc<Doubt>,
    pub(super) retired: Arc<Doubt>,
}

/// Since when connections are not to be trusted: those that are older are tested, or closed, before they are used.
#[derive(Debug, Default)]
pub(super) struct Doubt(Mutex<Option<Instant>>);

impl Doubt {
    pub(super) fn cast(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    fn falls_on(&self, age: Duration) -> bool {
        let since = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        since.is_some_and(|since| age > since.elapsed())
    }
}

pub(super) async fn open(url: &str, limit: Option<Duration>) -> Result<Opened, ConnectError> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|cause| ConnectError::NotADatabaseUrl { reason: cause.to_string() })?
        .application_name("yui")
        .disable_statement_logging();
    reach(&options).await?;
    let (doubt, retired) = (Arc::<Doubt>::default(), Arc::<Doubt>::default());
    let nothing = Arc::<Doubt>::default();
    let pool = |connections, patience, retired| pool(connections, patience, limit, &doubt, retired);
    let read = pool(READERS, PATIENCE, &nothing).connect_lazy_with(options.clone());
    let write = pool(WRITERS, UNLIMITED, &retired)
        .after_release(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
        .connect_lazy_with(options.clone());
    let committed = pool(WRITERS, PATIENCE, &nothing).connect_lazy_with(options.clone());
    let probe = pool(1, PROBE, &nothing).connect_lazy_with(options);
    Ok(Opened { read, write, probe, committed, doubt, retired })
}

/// A test before every statement would cost a round trip; only a connection that has been idle for a while, or that
/// is in doubt, may have been cut by a firewall or a restart.
fn pool(
    connections: u32,
    patience: Duration,
    limit: Option<Duration>,
    doubt: &Arc<Doubt>,
    retired: &Arc<Doubt>,
) -> PgPoolOptions {
    let (doubt, retired) = (Arc::clone(doubt), Arc::clone(retired));
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(patience)
        .test_before_acquire(false)
        // As a statement: a pooler in between passes over options of the start.
        .after_connect(move |connection, _| Box::pin(limit_statements(connection, limit)))
        .before_acquire(move |connection, known: PoolConnectionMetadata| {
            let is_trusted = known.idle_for < IDLE_BEFORE_TEST && !doubt.falls_on(known.age);
            let is_retired = retired.falls_on(known.age);
            Box::pin(async move { Ok(!is_retired && (is_trusted || connection.ping().await.is_ok())) })
        })
}

async fn limit_statements(connection: &mut PgConnection, limit: Option<Duration>) -> Result<(), sqlx::Error> {
    let Some(limit) = limit else { return Ok(()) };
    let set = format!("SET statement_timeout = {}", limit.as_millis());
    sqlx::raw_sql(sqlx::AssertSqlSafe(set)).execute(connection).await.map(|_| ())
}

/// Connects outside of the pool, which would hide a refusal behind its own time-out.
async fn reach(options: &PgConnectOptions) -> Result<(), ConnectError> {
    let server = format!("{}:{}", options.get_host(), options.get_port());
    let failed = |cause| ConnectError::from_postgres(server.clone(), cause);
    let first = connect(options).await.map_err(failed)?;
    if is_pooled_by_transaction(options, first).await.map_err(failed)? {
        return Err(ConnectError::TransactionPooling { server });
    }
    Ok(())
}

async fn connect(options: &PgConnectOptions) -> Result<PgConnection, sqlx::Error> {
    let attempt = tokio::time::timeout(PATIENCE, PgConnection::connect_with(options));
    attempt.await.unwrap_or(Err(sqlx::Error::PoolTimedOut))
}

/// Whether a pooler hands one connection of the server to two of ours that are both open: the process that answers
/// is the same then.
async fn is_pooled_by_transaction(
    options: &PgConnectOptions,
    mut first: PgConnection,
) -> Result<bool, sqlx::Error> {
    let mut second = connect(options).await?;
    let own = [backend(&mut first).await?];
    let other = [backend(&mut second).await?];
    // An odd number of questions, against a pooler that distributes them in turn (round robin).
    let own = [own[0], backend(&mut first).await?, backend(&mut first).await?];
    let other = [other[0], backend(&mut second).await?];
    first.close().await?;
    second.close().await?;
    let is_one = |pids: &[i32]| pids.iter().all(|pid| *pid == pids[0]);
    Ok(!is_one(&own) || !is_one(&other) || own[0] == other[0])
}

/// In the simple protocol, which needs no prepared statement.
async fn backend(connection: &mut PgConnection) -> Result<i32, sqlx::Error> {
    use sqlx::{Executor, Row};
    connection.fetch_one(sqlx::raw_sql("SELECT pg_backend_pid()")).await?.try_get(0)
}
