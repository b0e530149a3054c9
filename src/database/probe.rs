//! The health check. It has a connection of its own, so that it neither waits for requests nor takes a
//! connection from them.

use super::{Databases, Readiness, sqlite, state};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::FutureExt;
use sea_orm::sqlx::{self, PgPool, SqlitePool};
use sea_orm::{DatabaseConnection, DbErr, SqlxPostgresConnector, SqlxSqliteConnector};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, timeout};

/// Time limit of each step of a check: getting a connection, running its statement.
const PATIENCE: Duration = Duration::from_millis(250);
/// Random bytes of the trial write that shows whether there is space (base64 adds a third): more than a
/// change and its audit entry take.
const TRIAL_SIZE: usize = 128 << 10;
/// Checks in a row without an answer after which the database counts as away: one slow answer may only mean
/// load.
const MISSES: u64 = 2;
/// Interval between the checks of a server.
const BETWEEN: Duration = Duration::from_millis(150);
/// The same, when the last one had no answer.
const AFTER_SILENCE: Duration = Duration::from_millis(50);
/// How long a result is answered without another check.
const FRESH: Duration = Duration::from_millis(800);
/// How often a server stamps an SQLite database that is written to, so that an earlier copy is known as one.
const STAMPING: Duration = Duration::from_secs(60);

/// The connection of the check, and its last result.
#[derive(Debug)]
pub(super) struct Probe {
    pool: Pool,
    tables: DatabaseConnection,
    seen: Mutex<Option<(Instant, Readiness)>>,
    missed: AtomicU64,
    /// Of an SQLite file: the newest commit that was seen in it.
    newest: AtomicU32,
}

#[derive(Debug)]
enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// The outcome of a check.
enum Answer {
    Given,
    /// None in time.
    Silence,
    Failed(sqlx::Error),
}

impl Probe {
    pub(super) fn of_sqlite(pool: SqlitePool) -> Self {
        let tables = SqlxSqliteConnector::from_sqlx_sqlite_pool(pool.clone());
        Self::new(Pool::Sqlite(pool), tables)
    }

    pub(super) fn of_postgres(pool: PgPool) -> Self {
        let tables = SqlxPostgresConnector::from_sqlx_postgres_pool(pool.clone());
        Self::new(Pool::Postgres(pool), tables)
    }

    fn new(pool: Pool, tables: DatabaseConnection) -> Self {
        Self { pool, tables, seen: Mutex::default(), missed: AtomicU64::new(0), newest: AtomicU32::new(0) }
    }

    pub(super) async fn close(&self) {
        match &self.pool {
            Pool::Sqlite(pool) => pool.close().await,
            Pool::Postgres(pool) => pool.close().await,
        }
    }

    async fn ask(&self) -> Answer {
        match &self.pool {
            Pool::Sqlite(pool) => match sqlx::query("SELECT 1").execute(pool).await {
                Ok(_) => Answer::Given,
                Err(cause) => Answer::Failed(cause),
            },
            Pool::Postgres(pool) => ask_postgres(pool).await,
        }
    }

    /// Whether the database answers. An error counts when it happens with a new connection too, silence when it
    /// happens again. A file beside the program is never silent: where its answer takes long, the machine is busy.
    async fn look(&self, databases: &Databases) {
        let mut answer = self.ask().await;
        if let Answer::Failed(_) = answer {
            databases.doubt_connections();
            answer = self.ask().await;
        }
        let (missed, miss) = match answer {
            Answer::Given => {
                self.missed.store(0, Ordering::Relaxed);
                return databases.health().answered();
            }
            Answer::Silence => (1, "no answer in time".to_owned()),
            Answer::Failed(cause) => (MISSES, cause.to_string()),
        };
        if self.missed.fetch_add(missed, Ordering::Relaxed) + missed >= MISSES {
            databases.health().went_away(&miss);
        }
    }
}

/// A connection that stays silent is thrown away: back in its pool it would be waited for.
async fn ask_postgres(pool: &PgPool) -> Answer {
    let mut connection = match timeout(PATIENCE, pool.acquire()).await {
        Ok(Ok(connection)) => connection,
        Ok(Err(sqlx::Error::PoolTimedOut)) | Err(_) => return Answer::Silence,
        Ok(Err(cause)) => return Answer::Failed(cause),
    };
    match timeout(PATIENCE, sqlx::query("SELECT 1").execute(&mut *connection)).await {
        Ok(Ok(_)) => Answer::Given,
        Ok(Err(cause)) => Answer::Failed(cause),
        Err(_) => {
            drop(connection.detach());
            Answer::Silence
        }
    }
}

impl Databases {
    /// Whether the service can answer. Asks the database unless that was done a moment ago.
    pub async fn readiness(&self) -> Readiness {
        let seen = self.shared.probe.seen.lock().await;
        match *seen {
            Some((at, readiness)) if at.elapsed() < FRESH => readiness,
            // The lock is held: concurrent requests check one after another, not all at once.
            _ => self.look().await,
        }
    }

    /// Checks the database periodically for as long as the server runs: requests are refused at once while it
    /// is away, and writes are tried again after one was not stored.
    pub async fn watch(self) {
        let mut stamped = Instant::now();
        loop {
            // Late or failed: what depends on it is not used until the log could be read.
            let _ = timeout(PATIENCE, self.look_at_log(&self.shared.probe.tables)).await;
            let readiness = self.look().await;
            *self.shared.probe.seen.lock().await = Some((Instant::now(), readiness));
            if self.shared.probe.missed.load(Ordering::Relaxed) > 0 {
                // Whether it is away is not known yet: the next check decides.
                sleep(AFTER_SILENCE).await;
                continue;
            }
            if readiness == Readiness::Ready && stamped.elapsed() > STAMPING {
                stamped = Instant::now();
                self.stamp().await;
            }
            sleep(BETWEEN).await;
        }
    }

    /// Stamps an SQLite file that has a journal. Not while another program starts, which does the same; nor
    /// without a journal, when a copy has every change.
    async fn stamp(&self) {
        if self.open_file().is_some_and(sqlite::has_journal)
            && let Some(Ok(mut turn)) = self.start_turn().now_or_never()
        {
            self.claim(&mut turn).await;
        }
    }

    async fn look(&self) -> Readiness {
        let (probe, health) = (&self.shared.probe, self.health());
        if let (Some(sqlite), Pool::Sqlite(pool)) = (&self.shared.sqlite, &probe.pool)
            && let Ok(Some(what)) = sqlite::look_at_file(pool, &sqlite.file, &probe.newest).await
        {
            health.was_replaced(&what);
            return Readiness::Replaced;
        }
        probe.look(self).await;
        if health.readiness() == Readiness::Away || probe.missed.load(Ordering::Relaxed) > 0 {
            return health.readiness();
        }
        if health.write_has_failed() {
            self.try_to_write().await;
        }
        let pending = timeout(PATIENCE, super::version::pending(&probe.tables)).await;
        match (health.readiness(), pending) {
            (Readiness::Ready, Ok(Ok(missing))) if !missing.is_empty() => Readiness::Outdated,
            // The library's answer to steps that this program does not know.
            (Readiness::Ready, Ok(Err(DbErr::Custom(_)))) => Readiness::Outdated,
            // Slow or cut: the next check decides.
            (readiness, _) => readiness,
        }
    }

    /// Writes more than any change of a caller, so that the little space left on a full disk does not count;
    /// the commit notes in the health whether it was stored.
    async fn try_to_write(&self) {
        let Ok(trial) = trial() else { return };
        for value in [trial, "stored".to_owned()] {
            let Ok(tx) = self.begin_write_until(Instant::now() + PATIENCE).await else { return };
            if state::set(&tx, state::WRITE_CHECK, &value).await.is_err() || tx.commit().await.is_err() {
                tracing::debug!("a write is still not stored");
                return;
            }
        }
    }
}

/// The trial value, random because PostgreSQL would compress anything else.
fn trial() -> Result<String, getrandom::Error> {
    let mut bytes = vec![0; TRIAL_SIZE];
    getrandom::fill(&mut bytes)?;
    Ok(STANDARD.encode(bytes))
}
