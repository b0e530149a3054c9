//! Brings what is stored up to the rules of this version, once, before anything is served: keys of 町字, identifiers of
//! lists, addresses of services, private numbers, the text index.

use crate::database::Databases;
use crate::import::derive::{local_ids, service_addresses};
use crate::import::screening;
use crate::import::tables::areas::keys;
use crate::search_index;
use japan::clock::Clock;
use sea_orm::DbErr;

/// Does what was not done by this version yet; answers the number of records that were closed.
///
/// # Errors
/// When the database fails.
pub async fn upgrade_stored(databases: &Databases, clock: Clock) -> Result<usize, DbErr> {
    keys::refresh(databases).await?;
    local_ids::refresh(databases, clock).await?;
    service_addresses::refresh(databases, clock).await?;
    let closed = screening::screen_again(databases, clock).await?;
    search_index::refresh(databases).await?;
    Ok(closed)
}

/// The steps that were not done by this version yet.
///
/// # Errors
/// When the database fails.
pub async fn missing(databases: &Databases) -> Result<Vec<String>, DbErr> {
    let steps = [
        (keys::STEP, "keys of 町字"),
        (local_ids::STEP, "identifiers of lists"),
        (service_addresses::STEP, "addresses of services"),
        (screening::STEP, "screening of what is stored"),
        (search_index::STEP, "text index"),
    ];
    let mut missing = Vec::new();
    for (step, name) in steps {
        if step.is_pending(databases).await? {
            missing.push(name.to_owned());
        }
    }
    Ok(missing)
}
