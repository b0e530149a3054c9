//! Writes versions of sheets. The new one takes the place of the old in the caller's transaction; nothing is deleted.

use super::{Draft, DraftEntry, code_of, search_key};
use crate::audit::{self, Author, Change};
use crate::clock;
use crate::id::{NodeId, NodeType};
use crate::liaison::facts::EntryFacts;
use entity::{affiliation, distribution, liaison_entry, liaison_entry_tag, liaison_sheet, physician};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryOrder,
};
use serde_json::json;
use uuid::Uuid;

/// Puts a new version in the place of the one that holds, with its distribution list, and answers its public id.
/// The same sheet again is no new version: `None`.
pub async fn replace(
    tx: &DatabaseTransaction,
    author: &Author,
    draft: &Draft,
) -> Result<Option<Uuid>, DbErr> {
    let previous = newest(tx, draft.resource_id).await?;
    let physicians = physicians(tx, draft).await?;
    for (code, day) in &draft.left {
        end_affiliation(tx, draft.resource_id, code, *day).await?;
    }
    if let Some(previous) = &previous
        && previous.replaced_at.is_none()
        && says_the_same(tx, previous, draft, &physicians).await?
    {
        return Ok(None);
    }
    let now = clock::now_ms();
    if let Some(previous) = previous.as_ref().filter(|sheet| sheet.replaced_at.is_none()) {
        let replaced = liaison_sheet::ActiveModel {
            id: Set(previous.id),
            replaced_at: Set(Some(now)),
            ..Default::default()
        };
        replaced.update(tx).await?;
    }
    let sheet = insert(tx, author, draft, previous.as_ref(), now).await?;
    for (ordinal, (entry, affiliation_id)) in (0..).zip(draft.entries.iter().zip(&physicians)) {
        insert_entry(tx, sheet.id, sheet.uuid, ordinal, *affiliation_id, &entry.facts).await?;
    }
    let thing = |uuid| NodeId::new(NodeType::LiaisonSheet, uuid).text();
    let change = Change {
        action: "replaceLiaisonSheet",
        things: vec![thing(sheet.uuid)],
        before: previous.as_ref().map(|sheet| json!({ "version": sheet.version })),
        after: Some(json!({ "version": sheet.version })),
    };
    audit::record(tx, author, change).await?;
    Ok(Some(sheet.uuid))
}

#[expect(clippy::disallowed_methods, reason = "whoever writes a sheet was asked before whether they may")]
async fn newest(tx: &DatabaseTransaction, resource_id: i64) -> Result<Option<liaison_sheet::Model>, DbErr> {
    liaison_sheet::Entity::find()
        .filter(liaison_sheet::Column::ResourceId.eq(resource_id))
        .order_by_desc(liaison_sheet::Column::Version)
        .one(tx)
        .await
}

async fn insert(
    tx: &DatabaseTransaction,
    author: &Author,
    draft: &Draft,
    previous: Option<&liaison_sheet::Model>,
    now: i64,
) -> Result<liaison_sheet::Model, DbErr> {
    let version = previous.map_or(1, |sheet| sheet.version + 1);
    let uuid = Uuid::new_v5(&draft.resource_uuid, format!("liaison-sheet:{version}").as_bytes());
    let sheet = liaison_sheet::ActiveModel {
        uuid: Set(uuid),
        resource_id: Set(draft.resource_id),
        version: Set(version),
        issuer: Set(draft.issuer.clone()),
        issued_on: Set(draft.issued_on),
        as_of: Set(draft.as_of),
        review_due_on: Set(draft.review_due_on),
        facts: Set(json(&draft.facts)?),
        consent_method: Set(draft.consent_method),
        consented_on: Set(draft.consented_on),
        consent_withdrawn_on: Set(None),
        recorded_at: Set(now),
        recorded_by: Set(author.subject.clone()),
        replaced_at: Set(None),
        ..Default::default()
    };
    let sheet = sheet.insert(tx).await?;
    if let Some(previous) = previous {
        inherit_distribution(tx, previous.uuid, uuid).await?;
    }
    Ok(sheet)
}

/// Whoever reads the version that held reads the new one.
#[expect(clippy::disallowed_methods, reason = "whoever writes a sheet was asked before whether they may")]
async fn inherit_distribution(tx: &DatabaseTransaction, from: Uuid, to: Uuid) -> Result<(), DbErr> {
    let list = distribution::Entity::find().filter(distribution::Column::ThingUuid.eq(from)).all(tx).await?;
    let same = |row: distribution::Model| distribution::ActiveModel {
        thing_uuid: Set(to),
        organization_id: Set(row.organization_id),
        covers_children: Set(row.covers_children),
    };
    if list.is_empty() {
        return Ok(());
    }
    distribution::Entity::insert_many(list.into_iter().map(same)).exec_without_returning(tx).await?;
    Ok(())
}

/// The affiliations of the physicians of a draft, found or made, in its order.
async fn physicians(tx: &DatabaseTransaction, draft: &Draft) -> Result<Vec<i64>, DbErr> {
    let mut found = Vec::with_capacity(draft.entries.len());
    for entry in &draft.entries {
        let physician = find_or_create(tx, draft, entry).await?;
        found.push(affiliate(tx, draft, &physician).await?);
    }
    Ok(found)
}

#[expect(clippy::disallowed_methods, reason = "whoever writes a sheet was asked before whether they may")]
async fn find_or_create(
    tx: &DatabaseTransaction,
    draft: &Draft,
    entry: &DraftEntry,
) -> Result<physician::Model, DbErr> {
    use physician::{ActiveModel, Column, Entity};
    // Somebody new is known by the institution that named them first: equal names elsewhere are other people.
    let named = format!("physician:{}", search_key(&entry.name, entry.name_kana.as_deref()));
    let uuid = Uuid::new_v5(&draft.resource_uuid, named.as_bytes());
    let known = match &entry.code {
        Some(code) => Entity::find().filter(Column::Code.eq(code)).one(tx).await?,
        None => Entity::find().filter(Column::Uuid.eq(uuid)).one(tx).await?,
    };
    let key = search_key(&entry.name, entry.name_kana.as_deref());
    match known {
        Some(known) if known.name == entry.name && known.name_kana == entry.name_kana => Ok(known),
        Some(known) => {
            let renamed = ActiveModel {
                id: Set(known.id),
                name: Set(entry.name.clone()),
                name_kana: Set(entry.name_kana.clone()),
                search_key: Set(key),
                ..Default::default()
            };
            renamed.update(tx).await
        }
        None => {
            let new = ActiveModel {
                uuid: Set(uuid),
                code: Set(entry.code.clone().unwrap_or_else(|| code_of(uuid))),
                name: Set(entry.name.clone()),
                name_kana: Set(entry.name_kana.clone()),
                search_key: Set(key),
                ..Default::default()
            };
            new.insert(tx).await
        }
    }
}

/// The affiliation of a physician with the institution; one that had ended begins anew.
#[expect(clippy::disallowed_methods, reason = "whoever writes a sheet was asked before whether they may")]
async fn affiliate(
    tx: &DatabaseTransaction,
    draft: &Draft,
    physician: &physician::Model,
) -> Result<i64, DbErr> {
    use affiliation::{ActiveModel, Column, Entity};
    let known = Entity::find()
        .filter(Column::PhysicianId.eq(physician.id))
        .filter(Column::ResourceId.eq(draft.resource_id))
        .one(tx)
        .await?;
    match known {
        Some(known) if known.ended_on.is_none() => Ok(known.id),
        Some(known) => {
            let again = ActiveModel { id: Set(known.id), ended_on: Set(None), ..Default::default() };
            Ok(again.update(tx).await?.id)
        }
        None => {
            let new = ActiveModel {
                uuid: Set(Uuid::new_v5(&draft.resource_uuid, physician.uuid.as_bytes())),
                physician_id: Set(physician.id),
                resource_id: Set(draft.resource_id),
                ended_on: Set(None),
                ..Default::default()
            };
            Ok(new.insert(tx).await?.id)
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "whoever writes a sheet was asked before whether they may")]
async fn end_affiliation(
    tx: &DatabaseTransaction,
    resource_id: i64,
    code: &str,
    day: chrono::NaiveDate,
) -> Result<(), DbErr> {
    let Some(physician) = physician::Entity::find().filter(physician::Column::Code.eq(code)).one(tx).await?
    else {
        return Ok(());
    };
    let ended = affiliation::ActiveModel { ended_on: Set(Some(day)), ..Default::default() };
    affiliation::Entity::update_many()
        .set(ended)
        .filter(affiliation::Column::PhysicianId.eq(physician.id))
        .filter(affiliation::Column::ResourceId.eq(resource_id))
        .exec(tx)
        .await?;
    Ok(())
}

async fn insert_entry(
    tx: &DatabaseTransaction,
    sheet_id: i64,
    sheet_uuid: Uuid,
    ordinal: i32,
    affiliation_id: i64,
    facts: &EntryFacts,
) -> Result<(), DbErr> {
    let entry = liaison_entry::ActiveModel {
        uuid: Set(Uuid::new_v5(&sheet_uuid, affiliation_id.to_string().as_bytes())),
        sheet_id: Set(sheet_id),
        affiliation_id: Set(affiliation_id),
        ordinal: Set(ordinal),
        facts: Set(json(facts)?),
        reach: Set(json(&facts.reach().map_err(unwritable)?)?),
        ..Default::default()
    };
    let entry = entry.insert(tx).await?;
    let tags = facts
        .tags()
        .into_iter()
        .map(|tag| liaison_entry_tag::ActiveModel { tag: Set(tag), entry_id: Set(entry.id) });
    let once = OnConflict::new().do_nothing().to_owned();
    liaison_entry_tag::Entity::insert_many(tags).on_conflict(once).exec_without_returning(tx).await?;
    Ok(())
}

/// Whether a draft repeats the version that holds, day and all.
#[expect(clippy::disallowed_methods, reason = "whoever writes a sheet was asked before whether they may")]
async fn says_the_same(
    tx: &DatabaseTransaction,
    previous: &liaison_sheet::Model,
    draft: &Draft,
    affiliations: &[i64],
) -> Result<bool, DbErr> {
    let same = previous.facts == json(&draft.facts)?
        && previous.as_of == draft.as_of
        && previous.review_due_on == draft.review_due_on
        && previous.issuer == draft.issuer
        && previous.consent_method == draft.consent_method
        && previous.consented_on == draft.consented_on
        && previous.consent_withdrawn_on.is_none();
    if !same {
        return Ok(false);
    }
    let entries = liaison_entry::Entity::find()
        .filter(liaison_entry::Column::SheetId.eq(previous.id))
        .order_by_asc(liaison_entry::Column::Ordinal)
        .all(tx)
        .await?;
    let now = draft.entries.iter().map(|entry| json(&entry.facts)).collect::<Result<Vec<_>, _>>()?;
    let before = entries.iter().map(|entry| (&entry.facts, entry.affiliation_id));
    Ok(before.eq(now.iter().zip(affiliations.iter().copied())))
}

fn json(value: &impl serde::Serialize) -> Result<String, DbErr> {
    serde_json::to_string(value).map_err(unwritable)
}

fn unwritable(cause: serde_json::Error) -> DbErr {
    DbErr::Custom(format!("facts cannot be written: {cause}"))
}
