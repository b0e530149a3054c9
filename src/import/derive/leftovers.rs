//! Finds facilities that no longer follow from the records.

use crate::auth::row_scope::Unscoped;
use crate::import::derive::draft::{Draft, uuid_of};
use crate::import::derive::facilities::Existing;
use chrono::NaiveDate;
use entity::{identifier, resource};
use sea_orm::{ColumnTrait, DbErr, FromQueryResult, QueryFilter, QuerySelect, RelationTrait};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A stored facility of an office, at a place where the office no longer has a service.
#[derive(FromQueryResult)]
pub struct Leftover {
    pub id: i64,
    uuid: Uuid,
    /// Number of the office.
    pub value: String,
    last_verified_on: Option<NaiveDate>,
}

/// Finds facilities without services, which remain when the services of an office are grouped differently.
pub async fn leftovers(
    db: &impl Unscoped,
    keys: &[String],
    drafts: &[Draft],
) -> Result<Vec<Leftover>, DbErr> {
    let offices: Vec<&str> = keys.iter().filter_map(|key| key.strip_prefix("care:")).collect();
    if offices.is_empty() {
        return Ok(Vec::new());
    }
    let all = db.every::<resource::Entity>();
    let identifiers = identifier::Relation::Resource.def().rev();
    let mut found = all
        .join(sea_orm::JoinType::InnerJoin, identifiers)
        .filter(resource::Column::Digest.is_not_null())
        .filter(identifier::Column::System.eq(identifier::CARE_OFFICE_NUMBER))
        .filter(identifier::Column::Value.is_in(offices))
        .column(identifier::Column::Value)
        .into_model::<Leftover>()
        .all(db)
        .await?;
    let derived: HashSet<Uuid> = drafts.iter().map(Draft::uuid).collect();
    found.retain(|facility| !derived.contains(&facility.uuid));
    Ok(found)
}

/// Numbers of offices with a facility that was verified here and would change. The whole office is kept,
/// because a service must not appear at two places.
pub(super) fn kept_offices(
    drafts: &[Draft],
    existing: &HashMap<Uuid, Existing>,
    left: &[Leftover],
) -> HashSet<String> {
    let of_drafts = drafts
        .iter()
        .filter(|draft| existing.get(&draft.uuid()).is_some_and(|known| known.keeps(draft)))
        .filter_map(Draft::office);
    let newest = |office: &str| {
        drafts.iter().filter(|draft| draft.office() == Some(office)).filter_map(|draft| draft.as_of).max()
    };
    let of_leftovers = left
        .iter()
        .filter(|facility| facility.last_verified_on.is_some_and(|day| newest(&facility.value) <= Some(day)))
        .map(|facility| facility.value.as_str());
    of_drafts.chain(of_leftovers).map(str::to_owned).collect()
}

/// Medical facilities all of whose records now belong to another one, except those that were verified here.
/// Answers the internal keys with the keys of the facilities.
pub async fn superseded(
    db: &impl Unscoped,
    keys: &[String],
    drafts: &[Draft],
) -> Result<Vec<(i64, String)>, DbErr> {
    let made: HashSet<&str> = drafts.iter().map(|draft| draft.key.as_str()).collect();
    let empty = keys.iter().filter(|key| key.starts_with("medical:") && !made.contains(key.as_str()));
    let empty: HashMap<Uuid, &String> = empty.map(|key| (uuid_of(key), key)).collect();
    if empty.is_empty() {
        return Ok(Vec::new());
    }
    let all = db.every::<resource::Entity>();
    let existing = all
        .filter(resource::Column::Uuid.is_in(empty.keys().copied()))
        .filter(resource::Column::Digest.is_not_null())
        .filter(resource::Column::LastVerifiedOn.is_null());
    let columns = [resource::Column::Id, resource::Column::Uuid];
    let found: Vec<(i64, Uuid)> = existing.select_only().columns(columns).into_tuple().all(db).await?;
    Ok(found.into_iter().filter_map(|(id, uuid)| Some((id, (*empty.get(&uuid)?).clone()))).collect())
}
