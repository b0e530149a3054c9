//! The health check: a connection of its own, so that it neither waits for requests nor takes a place from them.

use super::{Databases, Readiness, sqlite, state};
use sea_orm::sqlx::{self, PgPool, SqlitePool};
use sea_orm::{DatabaseConnection, SqlxPostgresConnector, SqlxSqliteConnector};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, timeout};

/// How long one look at the database may take.
const PATIENCE: Duration = Duration::from_millis(400);
/// A database that is slow once may only be loaded.
const MISSES: u64 = 2;
/// Between two looks of a server.
const BETWEEN: Duration = Duration::from_millis(150);
/// What was seen is told for so long without another look.
const FRESH: Duration = Duration::from_millis(800);

/// The connection, and what it saw last.
#[derive(Debug)]
pub(super) struct Probe {
    pool: Pool,
    tables: DatabaseConnection,
    seen: Mutex<Option<(Instant, Readiness)>>,
    missed: AtomicU64,
}

#[derive(Debug)]
enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Probe {
    pub(super) fn of_sqlite(pool: SqlitePool) -> Self {
        let tables = SqlxSqliteConnector::from_sqlx_sqlite_pool(pool.clone());
        Self { pool: Pool::Sqlite(pool), tables, seen: Mutex::default(), missed: AtomicU64::new(0) }
    }

    pub(super) fn of_postgres(pool: PgPool) -> Self {
        let tables = SqlxPostgresConnector::from_sqlx_postgres_pool(pool.clone());
        Self { pool: Pool::Postgres(pool), tables, seen: Mutex::default(), missed: AtomicU64::new(0) }
    }

    pub(super) async fn close(&self) {
        match &self.pool {
            Pool::Sqlite(pool) => pool.close().await,
            Pool::Postgres(pool) => pool.close().await,
        }
    }

    async fn ask(&self) -> Result<(), sqlx::Error> {
        match &self.pool {
            Pool::Sqlite(pool) => sqlx::query("SELECT 1").execute(pool).await.map(|_| ()),
            Pool::Postgres(pool) => sqlx::query("SELECT 1").execute(pool).await.map(|_| ()),
        }
    }

    /// Whether the database answers. An error counts when it happens with a new connection too, silence when it
    /// happens again.
    async fn look(&self, databases: &Databases) {
        let mut answer = timeout(PATIENCE, self.ask()).await;
        if matches!(&answer, Ok(Err(cause)) if !matches!(cause, sqlx::Error::PoolTimedOut)) {
            databases.doubt_connections();
            answer = timeout(PATIENCE, self.ask()).await;
        }
        let (missed, miss) = match answer {
            Ok(Ok(())) => {
                self.missed.store(0, Ordering::Relaxed);
                return databases.health().answered();
            }
            Ok(Err(sqlx::Error::PoolTimedOut)) | Err(_) => (1, "no answer in time".to_owned()),
            Ok(Err(cause)) => (MISSES, cause.to_string()),
        };
        if self.missed.fetch_add(missed, Ordering::Relaxed) + missed >= MISSES {
            databases.health().went_away(&miss);
        }
    }
}

impl Databases {
    /// Whether the service can answer. Asks the database unless that was done a moment ago.
    pub async fn readiness(&self) -> Readiness {
        let mut seen = self.shared.probe.seen.lock().await;
        match *seen {
            Some((at, readiness)) if at.elapsed() < FRESH => readiness,
            _ => {
                let readiness = self.look().await;
                *seen = None;
                readiness
            }
        }
    }

    /// Looks at the database again and again, for as long as the server runs: requests are refused at once while
    /// it is away, and writes are tried again after one was not stored.
    pub async fn watch(self) {
        loop {
            let readiness = self.look().await;
            *self.shared.probe.seen.lock().await = Some((Instant::now(), readiness));
            sleep(BETWEEN).await;
        }
    }

    async fn look(&self) -> Readiness {
        let (probe, health) = (&self.shared.probe, self.health());
        if let (Some(sqlite), Pool::Sqlite(pool)) = (&self.shared.sqlite, &probe.pool)
            && let Ok(Ok(Some(what))) = timeout(PATIENCE, sqlite::look_at_file(pool, &sqlite.file)).await
        {
            health.was_replaced(&what);
            return Readiness::Replaced;
        }
        probe.look(self).await;
        if health.readiness() == Readiness::Away {
            return Readiness::Away;
        }
        if health.write_has_failed() {
            self.try_to_write().await;
        }
        match (health.readiness(), timeout(PATIENCE, super::version::pending(&probe.tables)).await) {
            (Readiness::Ready, Ok(Ok(missing))) if missing.is_empty() => Readiness::Ready,
            (Readiness::Ready, _) => Readiness::Outdated,
            (readiness, _) => readiness,
        }
    }

    /// A write like any other, which shows whether one is stored; its commit says so to the health.
    async fn try_to_write(&self) {
        let Ok(tx) = self.begin_write_until(Instant::now() + PATIENCE).await else { return };
        if state::set(&tx, state::WRITE_CHECK, "stored").await.is_ok() && tx.commit().await.is_err() {
            tracing::debug!("a write is still not stored");
        }
    }
}
