//! Brings a database up to date with this version: its tables, and the screening of what is stored.

use super::Failure;
use crate::database::Databases;
use crate::import::upgrade as stored;
use japan::clock::Clock;

/// The missing steps, and the number of records that were closed.
pub(super) struct Upgraded {
    pub(super) steps: Vec<String>,
    pub(super) closed: usize,
}

/// Updates the tables and screens what is stored; nothing when both were done before.
pub(super) async fn upgrade(databases: &Databases, clock: Clock) -> Result<Upgraded, Failure> {
    let steps = databases.migrate().await?;
    let closed = screen(databases, clock).await?;
    Ok(Upgraded { steps, closed })
}

/// Screens what is stored by the rules of this version; answers how many records were closed.
pub(super) async fn screen(databases: &Databases, clock: Clock) -> Result<usize, Failure> {
    let closed = stored::upgrade_stored(databases, clock).await?;
    if closed > 0 {
        tracing::warn!(closed, "what may be private was closed; 'yui review' and 'yui audit' list it");
    }
    Ok(closed)
}

/// The steps that are missing.
pub(super) async fn missing(databases: &Databases) -> Result<Vec<String>, Failure> {
    let mut missing = databases.pending_migrations().await?;
    // Without the tables there is nothing to screen.
    if missing.is_empty() {
        missing = stored::missing(databases).await?;
    }
    Ok(missing)
}
