//! Screens again what is stored, once after an upgrade to a version with stricter rules about private numbers, and
//! before anything is served.
//!
//! The rules are those of an import (`cells/contact.rs`, `withheld`). Closed contacts are listed for review until a
//! consent opens them.

use crate::audit::{self, Author, Change};
use crate::auth::row_scope::Unscoped;
use crate::consents::store as consents;
use crate::database::{Databases, ImportTurn, json, state};
use crate::import::cells::contact::holds_mobile;
use crate::import::derive::derive;
use crate::import::derive::draft::uuid_of;
use crate::import::facts::local::{KEY, LocalContactKind, LocalFacts};
use crate::import::report::Report;
use crate::import::row::{Body, fingerprint};
use crate::withheld::store as withheld;
use entity::enums::{Audience, ContactKind, Visibility};
use entity::{contact_point, coordinator, liaison_contact, official_record, resource};
use japan::clock::Clock;
use japan::values::ContactValue;
use japan::values::mentions::private_mentions;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, ExprTrait, IntoActiveModel, JoinType,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The rules of this version. A version with stricter ones has another name here.
const RULES: &str = "2026-11-29";
/// Records that are read at a time.
const CHUNK: u64 = 2_000;
/// Prefix of the formats in which cities publish medical and care facilities.
const MUNICIPAL: &str = "municipal-";

/// Whether the stored data was last screened by other rules.
///
/// # Errors
/// When the database fails.
pub async fn is_pending(databases: &Databases) -> Result<bool, DbErr> {
    Ok(state::get(&databases.read, state::SCREENING).await?.as_deref() != Some(RULES))
}

/// Screens everything that is stored, in one transaction, unless it was screened by these rules already. Answers
/// the public ids of what was changed.
///
/// # Errors
/// When the database fails.
pub async fn screen_again(databases: &Databases, clock: Clock) -> Result<Vec<Uuid>, DbErr> {
    if !is_pending(databases).await? {
        return Ok(Vec::new());
    }
    let turn = ImportTurn::begin(databases, false).await?;
    // Another program may have done it while this one waited.
    if state::get(&turn, state::SCREENING).await?.as_deref() == Some(RULES) {
        turn.rollback().await?;
        return Ok(Vec::new());
    }
    let texts = withheld::resources(&turn).await?;
    let mut closed = directory(&turn, clock).await?;
    closed.extend(contacts(&turn).await?);
    let mut changed: BTreeSet<Uuid> = closed.iter().copied().collect();
    changed.extend(withheld::resources(&turn).await?.difference(&texts));
    changed.extend(coordinators(&turn).await?);
    changed.extend(desks(&turn).await?);
    if !changed.is_empty() {
        let things = changed.iter().map(Uuid::to_string).collect();
        let change = Change { action: "screenAgain", things, ..Change::default() };
        audit::record(&turn, &Author::command_line(), change).await?;
    }
    let closed: Vec<String> = closed.iter().map(Uuid::to_string).collect();
    state::set(&turn, state::CLOSED_CONTACTS, &closed.join(",")).await?;
    state::set(&turn, state::SCREENING, RULES).await?;
    turn.commit().await?;
    Ok(changed.into_iter().collect())
}

/// Contacts that the last screening closed and that no consent has opened since: the resource, and the number.
///
/// # Errors
/// When the database fails.
pub(super) async fn closed_contacts(db: &impl Unscoped) -> Result<Vec<(resource::Model, String)>, DbErr> {
    use contact_point::Column;
    let listed = state::get(db, state::CLOSED_CONTACTS).await?.unwrap_or_default();
    let uuids: Vec<Uuid> = listed.split(',').filter_map(|uuid| uuid.parse().ok()).collect();
    let closed = db
        .every::<contact_point::Entity>()
        .filter(
            Column::Kind.eq(ContactKind::LeaderPersonal).and(Column::Visibility.eq(Visibility::Coordinator)),
        )
        .select_also(resource::Entity)
        .join(JoinType::InnerJoin, contact_point::Relation::Resource.def())
        .filter(resource::Column::Uuid.is_in(uuids))
        .order_by_asc(Column::Id);
    let numbers = |(contact, resource): (contact_point::Model, Option<resource::Model>)| {
        let number =
            [contact.phone, contact.fax].into_iter().flatten().find(|number| holds_mobile(number))?;
        Some((resource?, number))
    };
    Ok(closed.all(db).await?.into_iter().filter_map(numbers).collect())
}

/// Corrects the records, and derives again what had a number to correct or has private numbers in its texts.
/// Answers the resources of the corrected records.
async fn directory(turn: &ImportTurn, clock: Clock) -> Result<BTreeSet<Uuid>, DbErr> {
    let (mut corrected, mut facilities) = (BTreeSet::new(), BTreeSet::new());
    let mut last = 0;
    loop {
        let after = official_record::Column::Id.gt(last);
        let all = turn.every::<official_record::Entity>().filter(after);
        let records = all.order_by_asc(official_record::Column::Id).limit(CHUNK).all(turn).await?;
        let Some(end) = records.last() else { break };
        last = end.id;
        for record in records {
            if let Some(body) = screened(&record)? {
                facilities.insert(record.facility_key.clone());
                corrected.insert(uuid_of(&record.facility_key));
                let mut row = record.into_active_model();
                row.fingerprint = Set(fingerprint(body.as_bytes()));
                row.body = Set(body);
                row.update(turn).await?;
            } else if mentions_private(&read(&record)?) {
                facilities.insert(record.facility_key);
            }
        }
    }
    let keys: Vec<String> = facilities.into_iter().collect();
    let mut report = Report::default();
    derive(turn, &keys, clock.today(), &mut report, |_| {}).await?;
    // A resource that a person verified later than the files stays as it is stored, except for its texts.
    let kept: Vec<Uuid> = report.kept.iter().filter_map(|kept| kept.split(' ').next()).map(uuid_of).collect();
    let kept = turn.every::<resource::Entity>().filter(resource::Column::Uuid.is_in(kept)).all(turn).await?;
    let ids: Vec<i64> = kept.iter().map(|row| row.id).collect();
    withheld::hold_stored(turn, &consents::ledger(turn).await?, &ids).await?;
    Ok(corrected)
}

fn read(record: &official_record::Model) -> Result<Map<String, Value>, DbErr> {
    json::read(&record.body, "official_record", record.id)
}

/// The body of a record without public numbers that may be mobile ones; `None`: it has none.
fn screened(record: &official_record::Model) -> Result<Option<String>, DbErr> {
    if record.facility_key.starts_with(KEY) {
        let mut facts: LocalFacts = json::read(&record.body, "official_record", record.id)?;
        let mut closed = false;
        for contact in facts.contacts.iter_mut().filter(|contact| contact.public) {
            let lines = [&contact.phone, &contact.fax].into_iter().flatten();
            if lines.map(|line| line.display.as_str()).any(holds_mobile) {
                (contact.public, contact.kind) = (false, LocalContactKind::LeaderPersonal);
                closed = true;
            }
        }
        return Ok(closed.then(|| Body::of(&facts).to_json()));
    }
    if !record.format.starts_with(MUNICIPAL) {
        // Ministries publish the numbers of offices, which are mobile ones here and there.
        return Ok(None);
    }
    let mut facts = read(record)?;
    let mut closed = false;
    for fact in ["phone", "fax"] {
        let number = facts.get_mut(fact).filter(|fact| fact["display"].as_str().is_some_and(holds_mobile));
        if let Some(number) = number {
            *number = Value::Null;
            closed = true;
        }
    }
    Ok(closed.then(|| Value::Object(facts).to_string()))
}

/// Whether a text of a record has a private number. Contacts are judged as such.
fn mentions_private(facts: &Map<String, Value>) -> bool {
    fn any(value: &Value) -> bool {
        match value {
            Value::String(text) => !private_mentions(text).is_empty(),
            Value::Array(values) => values.iter().any(any),
            Value::Object(fields) => fields.values().any(any),
            _ => false,
        }
    }
    let is_contact = |name: &str| matches!(name, "phone" | "fax" | "contacts");
    facts.iter().any(|(name, value)| !is_contact(name) && any(value))
}

/// Closes public contacts of local activities that the records did not reach; answers their resources.
async fn contacts(turn: &ImportTurn) -> Result<Vec<Uuid>, DbErr> {
    use contact_point::Column;
    let public = turn
        .every::<contact_point::Entity>()
        .filter(Column::Visibility.eq(Visibility::Public).and(Column::BaseVisibility.is_null()))
        .select_also(resource::Entity)
        .join(JoinType::InnerJoin, contact_point::Relation::Resource.def());
    let mut closed = Vec::new();
    for (contact, resource) in public.all(turn).await? {
        let Some(resource) = resource.filter(|resource| resource.kind.is_local()) else { continue };
        if [&contact.phone, &contact.fax].into_iter().flatten().any(|line| holds_mobile(line)) {
            let mut row = contact.into_active_model();
            row.visibility = Set(Visibility::Coordinator);
            row.kind = Set(ContactKind::LeaderPersonal);
            row.update(turn).await?;
            closed.push(resource.uuid);
        }
    }
    Ok(closed)
}

/// Removes the numbers of coordinators that may be mobile ones, which an import does not take either.
async fn coordinators(turn: &ImportTurn) -> Result<Vec<Uuid>, DbErr> {
    let mut changed = Vec::new();
    for row in turn.every::<coordinator::Entity>().all(turn).await? {
        if row.phone.as_deref().is_some_and(holds_mobile) {
            changed.push(row.uuid);
            let mut row = row.into_active_model();
            (row.phone, row.phone_e164) = (Set(None), Set(None));
            row.update(turn).await?;
        }
    }
    Ok(changed)
}

/// Closes public desks with a private number to all but care professionals.
async fn desks(turn: &ImportTurn) -> Result<Vec<Uuid>, DbErr> {
    let mut changed = Vec::new();
    let public = liaison_contact::Column::Audience.eq(Audience::Public);
    for row in turn.every::<liaison_contact::Entity>().filter(public).all(turn).await? {
        let facts: Map<String, Value> = json::read(&row.facts, "liaison_contact", row.id)?;
        let line = facts.get("line").and_then(Value::as_object);
        let numbers = line.into_iter().flat_map(Map::values).filter_map(Value::as_str);
        let private = |written: &str| ContactValue::numbers(written).iter().any(ContactValue::is_private);
        if numbers.into_iter().any(private) || mentions_private(&facts) {
            changed.push(row.uuid);
            let mut row = row.into_active_model();
            row.audience = Set(Audience::AllCareProfessionals);
            row.update(turn).await?;
        }
    }
    Ok(changed)
}
