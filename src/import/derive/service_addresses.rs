//! Derives offices with several services again, once after an upgrade from a version that did not store the address of a
//! service where it differs from that of its facility.

use crate::auth::row_scope::Unscoped;
use crate::database::{Databases, ImportTurn, state};
use crate::import::derive::facilities::derive;
use crate::import::report::Report;
use entity::official_record::{Column, Entity};
use japan::clock::Clock;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, DbErr, QueryFilter, QuerySelect};

const DONE: &str = "1";

/// Whether they were not derived yet.
///
/// # Errors
/// When the database fails.
pub async fn is_pending(databases: &Databases) -> Result<bool, DbErr> {
    Ok(state::get(&databases.read, state::SERVICE_ADDRESSES).await?.as_deref() != Some(DONE))
}

/// Derives the offices, in one transaction; nothing when it was done already.
///
/// # Errors
/// When the database fails.
pub async fn refresh(databases: &Databases, clock: Clock) -> Result<(), DbErr> {
    if !is_pending(databases).await? {
        return Ok(());
    }
    let turn = ImportTurn::begin(databases, false).await?;
    let offices: Vec<String> = turn
        .every::<Entity>()
        .filter(Column::FacilityKey.starts_with("care:"))
        .select_only()
        .column(Column::FacilityKey)
        .group_by(Column::FacilityKey)
        .having(Expr::cust("COUNT(*)").gt(1))
        .into_tuple()
        .all(&turn)
        .await?;
    derive(&turn, offices, clock.today(), &mut Report::default(), |_| {}).await?;
    state::set(&turn, state::SERVICE_ADDRESSES, DONE).await?;
    turn.commit().await
}
