//! Stored distribution lists (配布先): the organizations that may read a desk, an answer or a report.

use crate::auth::row_scope::Unscoped;
use crate::import::complaint::Flaw;
use crate::import::tables::professionals::lookup::Named;
use crate::import::tables::professionals::readers::Readers;
use entity::distribution::{ActiveModel, Column, Entity};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

/// Keys of organizations, each with whether those below are included; sorted.
pub type Keys = Vec<(i64, bool)>;

/// The keys of the organizations of a list.
///
/// # Errors
/// Names a code that no organization has.
pub fn keys(readers: &Readers, named: &Named) -> Result<Keys, Flaw> {
    let key = |(code, below): &(String, bool)| Ok((named.organization(code)?, *below));
    let mut keys: Keys = readers.list.iter().map(key).collect::<Result<_, Flaw>>()?;
    keys.sort_unstable();
    Ok(keys)
}

/// Whether the stored list of a thing differs from this one.
pub async fn differ(db: &impl Unscoped, thing: Uuid, keys: &Keys) -> Result<bool, DbErr> {
    let known = db.every::<Entity>().filter(Column::ThingUuid.eq(thing)).order_by_asc(Column::OrganizationId);
    let known: Keys =
        known.all(db).await?.into_iter().map(|row| (row.organization_id, row.covers_children)).collect();
    Ok(known != *keys)
}

/// Replaces the stored list of a thing; returns whether it differed.
pub async fn replace(db: &impl Unscoped, thing: Uuid, keys: &Keys) -> Result<bool, DbErr> {
    if !differ(db, thing, keys).await? {
        return Ok(false);
    }
    Entity::delete_many().filter(Column::ThingUuid.eq(thing)).exec(db).await?;
    let model = |(organization_id, covers_children): &(i64, bool)| ActiveModel {
        thing_uuid: Set(thing),
        organization_id: Set(*organization_id),
        covers_children: Set(*covers_children),
    };
    if !keys.is_empty() {
        Entity::insert_many(keys.iter().map(model)).exec_without_returning(db).await?;
    }
    Ok(true)
}
