//! Opening a PostgreSQL database: one pool for everything.

use super::{ConnectError, Databases};
use sea_orm::SqlxPostgresConnector;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sea_orm::sqlx::{self, ConnectOptions, Connection};
use std::str::FromStr;
use std::time::Duration;

const CONNECTIONS: u32 = 8;
const PATIENCE: Duration = Duration::from_secs(10);
const IDLE_BEFORE_TEST: Duration = Duration::from_secs(30);

pub(super) async fn open(url: &str, limit: Option<Duration>) -> Result<Databases, ConnectError> {
    let mut options = PgConnectOptions::from_str(url)
        .map_err(|cause| ConnectError::NotADatabaseUrl { reason: cause.to_string() })?
        .application_name("yui")
        .disable_statement_logging();
    if let Some(limit) = limit {
        options = options.options([("statement_timeout", limit.as_millis().to_string())]);
    }
    let server = format!("{}:{}", options.get_host(), options.get_port());
    reach(&options).await.map_err(|cause| ConnectError::from_postgres(server, cause))?;
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        // A test before every statement would cost a round trip; only a connection that has been
        // idle for a while may have been cut by a firewall or a restart.
        .test_before_acquire(false)
        .before_acquire(|connection, known| {
            Box::pin(async move { Ok(known.idle_for < IDLE_BEFORE_TEST || connection.ping().await.is_ok()) })
        })
        .connect_lazy_with(options);
    let read = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
    Ok(Databases { write: read.clone(), read })
}

/// One connection outside the pool, which would hide a refusal behind its own patience.
async fn reach(options: &PgConnectOptions) -> Result<(), sqlx::Error> {
    let attempt = tokio::time::timeout(PATIENCE, PgConnection::connect_with(options));
    attempt.await.unwrap_or(Err(sqlx::Error::PoolTimedOut))?.close().await
}
