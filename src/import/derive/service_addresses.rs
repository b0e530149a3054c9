//! Derives offices with several services again, once after an upgrade from a version that did not store the address of a
//! service where it differs from that of its facility.

use crate::auth::row_scope::Unscoped;
use crate::database::{Databases, UpgradeStep, state};
use crate::import::derive::facilities::derive;
use crate::import::report::Report;
use entity::official_record::{Column, Entity};
use japan::clock::Clock;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, DbErr, QueryFilter, QuerySelect};

/// Done once; the derivation decides what differs.
pub const STEP: UpgradeStep = UpgradeStep { note: state::SERVICE_ADDRESSES, rules: "1" };

/// Derives the offices, in one transaction; nothing when it was done already.
///
/// # Errors
/// When the database fails.
pub async fn refresh(databases: &Databases, clock: Clock) -> Result<(), DbErr> {
    let Some(turn) = STEP.begin(databases).await? else { return Ok(()) };
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
    derive(&turn, offices, clock.today(), &mut Report::default()).await?;
    STEP.finish(turn).await
}
