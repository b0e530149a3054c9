//! Writes the keys of 町字 again, once after an upgrade to a version that spells them in another way.

use crate::auth::row_scope::Unscoped;
use crate::database::{Databases, ImportTurn, UpgradeStep, state};
use entity::{district_town, town};
use japan::address::town_key;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

/// The rules are those of `japan::address::town_key`.
pub const STEP: UpgradeStep = UpgradeStep { note: state::TOWN_KEYS, rules: "2026-11-29" };
/// Rows that are read at a time.
const CHUNK: u64 = 5_000;

/// Writes the keys that differ, in one transaction; nothing when they have this spelling already.
///
/// # Errors
/// When the database fails.
pub async fn refresh(databases: &Databases) -> Result<(), DbErr> {
    let Some(turn) = STEP.begin(databases).await? else { return Ok(()) };
    towns(&turn).await?;
    district_towns(&turn).await?;
    STEP.finish(turn).await
}

async fn towns(turn: &ImportTurn) -> Result<(), DbErr> {
    let mut last = 0;
    loop {
        let after = turn.every::<town::Entity>().filter(town::Column::Id.gt(last));
        let rows = after.order_by_asc(town::Column::Id).limit(CHUNK).all(turn).await?;
        let Some(end) = rows.last() else { return Ok(()) };
        last = end.id;
        for row in rows {
            let key = town_key(&format!("{}{}", row.town, row.koaza));
            if key != row.name_key {
                let mut changed = row.into_active_model();
                changed.name_key = Set(key);
                changed.update(turn).await?;
            }
        }
    }
}

async fn district_towns(turn: &ImportTurn) -> Result<(), DbErr> {
    let mut last = 0;
    loop {
        let after = turn.every::<district_town::Entity>().filter(district_town::Column::Id.gt(last));
        let rows = after.order_by_asc(district_town::Column::Id).limit(CHUNK).all(turn).await?;
        let Some(end) = rows.last() else { return Ok(()) };
        last = end.id;
        for row in rows {
            let key = town_key(&row.town);
            if key != row.name_key {
                let mut changed = row.into_active_model();
                changed.name_key = Set(key);
                changed.update(turn).await?;
            }
        }
    }
}
