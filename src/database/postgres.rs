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
/// The pool of the writers never gives up by itself: whoever waits for it has a limit of their own.
const UNLIMITED: Duration = Duration::from_secs(24 * 60 * 60);
/// How long the health check waits for its connection.
const PROBE: Duration = Duration::from_millis(200);
const IDLE_BEFORE_TEST: Duration = Duration::from_secs(30);

/// The pools of a database.
pub(super) struct Opened {
    pub(super) read: PgPool,
    pub(super) write: PgPool,
    pub(super) probe: PgPool,
    pub(super) doubt: Arc<Doubt>,
}

/// Since when connections may have been cut: those that are older are tested before they are used again.
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
    let mut options = PgConnectOptions::from_str(url)
        .map_err(|cause| ConnectError::NotADatabaseUrl { reason: cause.to_string() })?
        .application_name("yui")
        .disable_statement_logging();
    if let Some(limit) = limit {
        options = options.options([("statement_timeout", limit.as_millis().to_string())]);
    }
    reach(&options).await?;
    let doubt = Arc::<Doubt>::default();
    let read = pool(READERS, PATIENCE, &doubt).connect_lazy_with(options.clone());
    let write = pool(WRITERS, UNLIMITED, &doubt)
        .after_release(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
        .connect_lazy_with(options.clone());
    let probe = pool(1, PROBE, &doubt).connect_lazy_with(options);
    Ok(Opened { read, write, probe, doubt })
}

/// A test before every statement would cost a round trip; only a connection that has been idle for a while, or that
/// is in doubt, may have been cut by a firewall or a restart.
fn pool(connections: u32, patience: Duration, doubt: &Arc<Doubt>) -> PgPoolOptions {
    let doubt = Arc::clone(doubt);
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(patience)
        .test_before_acquire(false)
        .before_acquire(move |connection, known: PoolConnectionMetadata| {
            let is_trusted = known.idle_for < IDLE_BEFORE_TEST && !doubt.falls_on(known.age);
            Box::pin(async move { Ok(is_trusted || connection.ping().await.is_ok()) })
        })
}

/// Connections outside the pool, which would hide a refusal behind its own patience.
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
    let (before, other, after) =
        (backend(&mut first).await?, backend(&mut second).await?, backend(&mut first).await?);
    first.close().await?;
    second.close().await?;
    Ok(before == other || before != after)
}

/// In the simple protocol, which needs no prepared statement.
async fn backend(connection: &mut PgConnection) -> Result<i32, sqlx::Error> {
    use sqlx::{Executor, Row};
    connection.fetch_one(sqlx::raw_sql("SELECT pg_backend_pid()")).await?.try_get(0)
}
