//! Names the list and the municipality in stored identifiers of lists, once after an upgrade from a version that stored the
//! bare number (管理番号): `K-001` of two lists named two records.

use crate::auth::row_scope::Unscoped;
use crate::database::{Databases, ImportTurn, UpgradeStep, state};
use crate::import::derive::draft::{Draft, uuid_of};
use crate::import::derive::facilities::{BATCH, Writer};
use crate::import::derive::local::{list_entry, number_in_list};
use crate::import::derive::place::Gazetteer;
use crate::import::derive::records;
use crate::import::facts::local::KEY;
use crate::import::report::Report;
use entity::{identifier, resource};
use japan::clock::Clock;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

/// The rules are the form of an identifier.
pub const STEP: UpgradeStep = UpgradeStep { note: state::LOCAL_IDS, rules: "list:municipality:number" };

/// Writes the identifiers in this form, in one transaction; nothing when they have it already.
///
/// # Errors
/// When the database fails.
pub async fn refresh(databases: &Databases, clock: Clock) -> Result<(), DbErr> {
    let Some(turn) = STEP.begin(databases).await? else { return Ok(()) };
    let mut keys = records::facility_keys(&turn, None).await?;
    keys.retain(|key| key.starts_with(KEY));
    let mut report = Report::default();
    let mut writer = Writer::new(&turn, Gazetteer::only_reading(), clock.today(), &mut report).await?;
    for batch in keys.chunks(BATCH) {
        digests(&turn, &mut writer, batch).await?;
        identifiers(&turn, batch).await?;
    }
    STEP.finish(turn).await
}

async fn identifiers(turn: &ImportTurn, keys: &[String]) -> Result<(), DbErr> {
    let entries: HashMap<Uuid, &String> = keys.iter().map(|key| (uuid_of(key), key)).collect();
    let ids: Vec<(i64, Uuid)> = turn
        .every::<resource::Entity>()
        .filter(resource::Column::Uuid.is_in(entries.keys().copied()))
        .select_only()
        .columns([resource::Column::Id, resource::Column::Uuid])
        .into_tuple()
        .all(turn)
        .await?;
    for (id, entry) in ids.into_iter().filter_map(|(id, uuid)| Some((id, list_entry(entries.get(&uuid)?)))) {
        identifier::Entity::update_many()
            .col_expr(identifier::Column::Value, Expr::value(entry))
            .filter(identifier::Column::ResourceId.eq(id))
            .filter(identifier::Column::System.eq(identifier::LOCAL_ID))
            .exec(turn)
            .await?;
    }
    Ok(())
}

/// Writes the digests of facilities that differ in nothing else, so that the next import does not report them.
async fn digests(turn: &ImportTurn, writer: &mut Writer<'_>, keys: &[String]) -> Result<(), DbErr> {
    let derived = writer.derived(turn, keys).await?;
    for mut draft in derived.drafts {
        let Some(known) = derived.existing.get(&draft.uuid()) else { continue };
        let digest = draft.digest();
        with_bare_number(&mut draft);
        if known.digest.as_ref() == Some(&draft.digest()) {
            resource::Entity::update_many()
                .col_expr(resource::Column::Digest, Expr::value(digest))
                .filter(resource::Column::Id.eq(known.id))
                .exec(turn)
                .await?;
        }
    }
    Ok(())
}

fn with_bare_number(draft: &mut Draft) {
    for (system, value) in &mut draft.identifiers {
        if *system == identifier::LOCAL_ID {
            *value = number_in_list(value).to_owned();
        }
    }
}
