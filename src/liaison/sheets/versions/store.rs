//! Writes versions of sheets. A new version replaces the current one in the caller's transaction; nothing is
//! deleted.

use super::physicians;
use super::{Draft, DraftEntry};
use crate::audit::{self, Author, Change};
use crate::auth::row_scope::Unscoped;
use crate::id::{NodeId, NodeType};
use crate::liaison::facts::EntryFacts;
use chrono::NaiveDate;
use entity::enums::AuditAction;
use entity::{affiliation, distribution, liaison_entry, liaison_entry_tag, liaison_sheet, physician};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, DbErr, EntityTrait, JoinType, QueryFilter,
    QueryOrder, QuerySelect, RelationDef, RelationTrait,
};
use serde_json::json;
use uuid::Uuid;

/// Replaces the current version by a new one with the same distribution list, and answers the public id of
/// the new one. Idempotent: a draft that repeats the current version makes none and answers `None`.
pub async fn replace(tx: &impl Unscoped, author: &Author, draft: &Draft) -> Result<Option<Uuid>, DbErr> {
    let previous = newest(tx, draft.resource_id).await?;
    if repeats(tx, previous.as_ref(), draft).await? {
        return Ok(None);
    }
    let now = author.clock.now_ms();
    if let Some(previous) = previous.as_ref().filter(|sheet| sheet.replaced_at.is_none()) {
        let replaced = liaison_sheet::ActiveModel {
            id: Set(previous.id),
            replaced_at: Set(Some(now)),
            ..Default::default()
        };
        replaced.update(tx).await?;
    }
    let sheet = insert(tx, author, draft, previous.as_ref(), now).await?;
    let affiliations = physicians::settle(tx, author, draft).await?;
    for (ordinal, (entry, affiliation)) in (0..).zip(draft.entries.iter().zip(&affiliations)) {
        insert_entry(tx, &sheet, ordinal, affiliation, &entry.facts).await?;
    }
    let change = Change {
        action: AuditAction::ReplaceLiaisonSheet,
        things: vec![public_id(&sheet)],
        before: previous.as_ref().map(|sheet| json!({ "version": sheet.version })),
        after: Some(json!({ "version": sheet.version })),
    };
    audit::record(tx, author, change).await?;
    Ok(Some(sheet.uuid))
}

/// Whether [`replace`] would make a new version.
pub async fn would_replace(db: &impl Unscoped, draft: &Draft) -> Result<bool, DbErr> {
    let previous = newest(db, draft.resource_id).await?;
    Ok(!repeats(db, previous.as_ref(), draft).await?)
}

/// Whether [`withdraw`] would find a consent to withdraw.
pub async fn would_withdraw(db: &impl Unscoped, resource_id: i64) -> Result<bool, DbErr> {
    Ok(newest(db, resource_id).await?.is_some_and(|sheet| sheet.consent_withdrawn_on.is_none()))
}

async fn repeats(
    db: &impl Unscoped,
    previous: Option<&liaison_sheet::Model>,
    draft: &Draft,
) -> Result<bool, DbErr> {
    match previous {
        Some(previous) => says_the_same(db, previous, draft).await,
        None => Ok(false),
    }
}

/// Withdraws the consent of an institution to every version of its sheet: organizations on its distribution
/// list read none of them from now on. Answers the current version; `None`: there is no consent to withdraw.
pub async fn withdraw(
    tx: &impl Unscoped,
    author: &Author,
    resource_id: i64,
    day: NaiveDate,
) -> Result<Option<liaison_sheet::Model>, DbErr> {
    use liaison_sheet::{ActiveModel, Column, Entity};
    let Some(newest) = newest(tx, resource_id).await?.filter(|sheet| sheet.consent_withdrawn_on.is_none())
    else {
        return Ok(None);
    };
    let agreed =
        Condition::all().add(Column::ResourceId.eq(resource_id)).add(Column::ConsentWithdrawnOn.is_null());
    let versions = tx.every::<Entity>().filter(agreed.clone()).order_by_asc(Column::Version).all(tx).await?;
    let withdrawn = ActiveModel { consent_withdrawn_on: Set(Some(day)), ..Default::default() };
    Entity::update_many().set(withdrawn).filter(agreed).exec(tx).await?;
    let change = Change {
        action: AuditAction::WithdrawLiaisonConsent,
        things: versions.iter().map(public_id).collect(),
        before: Some(json!({ "consentWithdrawnOn": null })),
        after: Some(json!({ "consentWithdrawnOn": day })),
    };
    audit::record(tx, author, change).await?;
    Ok(Some(liaison_sheet::Model { consent_withdrawn_on: Some(day), ..newest }))
}

fn public_id(sheet: &liaison_sheet::Model) -> NodeId {
    NodeId::new(NodeType::LiaisonSheet, sheet.uuid)
}

async fn newest(tx: &impl Unscoped, resource_id: i64) -> Result<Option<liaison_sheet::Model>, DbErr> {
    tx.every::<liaison_sheet::Entity>()
        .filter(liaison_sheet::Column::ResourceId.eq(resource_id))
        .order_by_desc(liaison_sheet::Column::Version)
        .one(tx)
        .await
}

async fn insert(
    tx: &impl Unscoped,
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

/// Copies the distribution list of the replaced version to the new one.
async fn inherit_distribution(tx: &impl Unscoped, from: Uuid, to: Uuid) -> Result<(), DbErr> {
    let list =
        tx.every::<distribution::Entity>().filter(distribution::Column::ThingUuid.eq(from)).all(tx).await?;
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

async fn insert_entry(
    tx: &impl Unscoped,
    sheet: &liaison_sheet::Model,
    ordinal: i32,
    affiliation: &affiliation::Model,
    facts: &EntryFacts,
) -> Result<(), DbErr> {
    let entry = liaison_entry::ActiveModel {
        uuid: Set(Uuid::new_v5(&sheet.uuid, affiliation.uuid.as_bytes())),
        sheet_id: Set(sheet.id),
        affiliation_id: Set(affiliation.id),
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

/// Whether a draft repeats the current version in everything: facts, dates, consent, names, affiliations.
async fn says_the_same(
    tx: &impl Unscoped,
    previous: &liaison_sheet::Model,
    draft: &Draft,
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
    let before = entries(tx, previous.id).await?;
    if before.len() != draft.entries.len() {
        return Ok(false);
    }
    for (before, now) in before.iter().zip(&draft.entries) {
        if !before.repeated_by(now, draft)? {
            return Ok(false);
        }
    }
    let stays = |code: &str| before.iter().any(|entry| entry.physician.code == code);
    for (code, day) in draft.left.iter().filter(|(code, _)| !stays(code)) {
        if !physicians::has_left(tx, draft.resource_id, code, *day).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// An entry of a version with its physician.
struct Entry {
    facts: String,
    ended_on: Option<NaiveDate>,
    physician: physician::Model,
}

impl Entry {
    fn repeated_by(&self, entry: &DraftEntry, draft: &Draft) -> Result<bool, DbErr> {
        let physician = &self.physician;
        let is_they = entry.code.as_ref().is_none_or(|code| *code == physician.code);
        Ok(is_they
            && physician.name == entry.name
            && physician.name_kana == entry.name_kana
            && self.ended_on == draft.leaves(&physician.code)
            && self.facts == json(&entry.facts)?)
    }
}

async fn entries(tx: &impl Unscoped, sheet_id: i64) -> Result<Vec<Entry>, DbErr> {
    use liaison_entry::Column;
    let affiliation: RelationDef = liaison_entry::Relation::Affiliation.def();
    let found = tx
        .every::<liaison_entry::Entity>()
        .join(JoinType::InnerJoin, affiliation)
        .select_also(affiliation::Entity)
        .filter(Column::SheetId.eq(sheet_id))
        .order_by_asc(Column::Ordinal)
        .all(tx)
        .await?;
    let ids = found.iter().filter_map(|(_, affiliation)| Some(affiliation.as_ref()?.physician_id));
    let physicians = tx.every::<physician::Entity>().filter(physician::Column::Id.is_in(ids)).all(tx).await?;
    let whole = |(entry, affiliation): (liaison_entry::Model, Option<affiliation::Model>)| {
        let affiliation = affiliation?;
        let physician = physicians.iter().find(|one| one.id == affiliation.physician_id)?.clone();
        Some(Entry { facts: entry.facts, ended_on: affiliation.ended_on, physician })
    };
    Ok(found.into_iter().filter_map(whole).collect())
}

fn json(value: &impl serde::Serialize) -> Result<String, DbErr> {
    serde_json::to_string(value).map_err(unwritable)
}

fn unwritable(cause: serde_json::Error) -> DbErr {
    DbErr::Custom(format!("facts cannot be written: {cause}"))
}
