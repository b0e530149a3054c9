//! Finds or creates the physicians of a draft and stores their affiliations. Affiliations end; they are not
//! deleted.

use crate::audit::{self, Author, Change};
use crate::auth::row_scope::Unscoped;
use crate::id::{NodeId, NodeType};
use crate::liaison::sheets::versions::{Draft, DraftEntry, code_of, name_key, search_key};
use chrono::NaiveDate;
use entity::enums::AuditAction;
use entity::{affiliation, physician};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

/// Writes the physicians of a draft: their names, their affiliations and the ends of affiliations. Answers
/// the affiliations of its entries, in its order.
pub(in crate::liaison::sheets::versions) async fn settle(
    tx: &impl Unscoped,
    author: &Author,
    draft: &Draft,
) -> Result<Vec<affiliation::Model>, DbErr> {
    let mut found = Vec::with_capacity(draft.entries.len());
    let mut named = Vec::new();
    for entry in &draft.entries {
        let physician = find_or_create(tx, author, draft, entry).await?;
        let ends = draft.leaves(&physician.code);
        found.push(affiliate(tx, draft, &physician, ends).await?);
        named.push(physician.code);
    }
    for (code, day) in draft.left.iter().filter(|(code, _)| !named.contains(code)) {
        end_affiliation(tx, draft.resource_id, code, *day).await?;
    }
    Ok(found)
}

/// Whether the affiliation of a physician is stored with that day as its end.
pub(in crate::liaison::sheets::versions) async fn has_left(
    tx: &impl Unscoped,
    resource_id: i64,
    code: &str,
    day: NaiveDate,
) -> Result<bool, DbErr> {
    let Some(physician) = of_code(tx, code).await? else { return Ok(false) };
    let known = tx
        .every::<affiliation::Entity>()
        .filter(affiliation::Column::PhysicianId.eq(physician.id))
        .filter(affiliation::Column::ResourceId.eq(resource_id))
        .one(tx)
        .await?;
    Ok(known.is_some_and(|known| known.ended_on == Some(day)))
}

async fn of_code(tx: &impl Unscoped, code: &str) -> Result<Option<physician::Model>, DbErr> {
    tx.every::<physician::Entity>().filter(physician::Column::Code.eq(code)).one(tx).await
}

async fn find_or_create(
    tx: &impl Unscoped,
    author: &Author,
    draft: &Draft,
    entry: &DraftEntry,
) -> Result<physician::Model, DbErr> {
    let known = match &entry.code {
        Some(code) => of_code(tx, code).await?.ok_or_else(|| {
            DbErr::RecordNotFound(format!("a sheet names a physician by the unknown code {code}"))
        })?,
        None => match place_of(tx, draft, entry).await? {
            Place::Taken(known) => known,
            Place::Free(uuid) => return create(tx, entry, uuid).await,
        },
    };
    if known.name == entry.name && known.name_kana == entry.name_kana {
        return Ok(known);
    }
    rename(tx, author, known, entry).await
}

/// The record of a physician whose entry has no code.
enum Place {
    /// The physician exists.
    Taken(physician::Model),
    /// There is none; a new one gets this id.
    Free(Uuid),
}

/// Finds the record of a physician without a code by institution and name: equal names at other institutions
/// are other people. A physician who had this name there and was renamed keeps their id; the new one gets
/// another.
async fn place_of(tx: &impl Unscoped, draft: &Draft, entry: &DraftEntry) -> Result<Place, DbErr> {
    use physician::{Column, Entity};
    let key = name_key(&entry.name, entry.name_kana.as_deref());
    let mut named = format!("physician:{key}");
    loop {
        let uuid = Uuid::new_v5(&draft.resource_uuid, named.as_bytes());
        let same = Condition::any().add(Column::Uuid.eq(uuid)).add(Column::Code.eq(code_of(uuid)));
        match tx.every::<Entity>().filter(same).one(tx).await? {
            None => return Ok(Place::Free(uuid)),
            Some(known) if known.uuid == uuid && key_of(&known) == key => return Ok(Place::Taken(known)),
            Some(_) => named.push('+'),
        }
    }
}

fn key_of(known: &physician::Model) -> String {
    name_key(&known.name, known.name_kana.as_deref())
}

async fn create(tx: &impl Unscoped, entry: &DraftEntry, uuid: Uuid) -> Result<physician::Model, DbErr> {
    let new = physician::ActiveModel {
        uuid: Set(uuid),
        code: Set(code_of(uuid)),
        name: Set(entry.name.clone()),
        name_kana: Set(entry.name_kana.clone()),
        search_key: Set(search_key(&entry.name, entry.name_kana.as_deref())),
        ..Default::default()
    };
    new.insert(tx).await
}

async fn rename(
    tx: &impl Unscoped,
    author: &Author,
    known: physician::Model,
    entry: &DraftEntry,
) -> Result<physician::Model, DbErr> {
    let said = |name: &str, kana: Option<&str>| json!({ "name": name, "nameKana": kana });
    let change = Change {
        action: AuditAction::RenamePhysician,
        things: vec![NodeId::new(NodeType::Physician, known.uuid)],
        before: Some(said(&known.name, known.name_kana.as_deref())),
        after: Some(said(&entry.name, entry.name_kana.as_deref())),
    };
    let renamed = physician::ActiveModel {
        id: Set(known.id),
        name: Set(entry.name.clone()),
        name_kana: Set(entry.name_kana.clone()),
        search_key: Set(search_key(&entry.name, entry.name_kana.as_deref())),
        ..Default::default()
    };
    audit::record(tx, author, change).await?;
    renamed.update(tx).await
}

/// Creates or updates the affiliation of a physician with the institution; one that had ended begins again.
async fn affiliate(
    tx: &impl Unscoped,
    draft: &Draft,
    physician: &physician::Model,
    ends: Option<NaiveDate>,
) -> Result<affiliation::Model, DbErr> {
    use affiliation::{ActiveModel, Column, Entity};
    let known = tx
        .every::<Entity>()
        .filter(Column::PhysicianId.eq(physician.id))
        .filter(Column::ResourceId.eq(draft.resource_id))
        .one(tx)
        .await?;
    match known {
        Some(known) if known.ended_on == ends => Ok(known),
        Some(known) => {
            let again = ActiveModel { id: Set(known.id), ended_on: Set(ends), ..Default::default() };
            again.update(tx).await
        }
        None => {
            let new = ActiveModel {
                uuid: Set(Uuid::new_v5(&draft.resource_uuid, physician.uuid.as_bytes())),
                physician_id: Set(physician.id),
                resource_id: Set(draft.resource_id),
                ended_on: Set(ends),
                ..Default::default()
            };
            new.insert(tx).await
        }
    }
}

async fn end_affiliation(
    tx: &impl Unscoped,
    resource_id: i64,
    code: &str,
    day: NaiveDate,
) -> Result<(), DbErr> {
    let Some(physician) = of_code(tx, code).await? else { return Ok(()) };
    let ended = affiliation::ActiveModel { ended_on: Set(Some(day)), ..Default::default() };
    affiliation::Entity::update_many()
        .set(ended)
        .filter(affiliation::Column::PhysicianId.eq(physician.id))
        .filter(affiliation::Column::ResourceId.eq(resource_id))
        .exec(tx)
        .await?;
    Ok(())
}
