//! Screens again what is stored, once after an upgrade to a version with stricter rules about private numbers, and
//! before anything is served.
//!
//! The rules are those of an import (`cells/contact.rs`, `withheld`). Closed contacts are listed for review until a
//! consent opens them.

mod side_tables;

use crate::audit::{self, Author, Change};
use crate::auth::row_scope::Unscoped;
use crate::consents::store as consents;
use crate::database::{Databases, ImportTurn, UpgradeStep, json, state};
use crate::id::{NodeId, NodeType};
use crate::import::cells::contact::{close_shared, holds_mobile, parted, without_mobiles};
use crate::import::derive::derive;
use crate::import::derive::draft::uuid_of;
use crate::import::facts::local::{KEY, LocalFacts};
use crate::import::formats::{Format, Issuer};
use crate::import::report::Report;
use crate::import::row::{Body, CELLS, fingerprint};
use crate::withheld::store as withheld;
use entity::enums::AuditAction;
use entity::enums::{ContactKind, ResourceKind, Visibility};
use entity::{contact_point, official_record, resource};
use japan::clock::Clock;
use japan::codes::care_service_types;
use japan::values::mentions::private_mentions;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, ExprTrait, IntoActiveModel, Iterable, JoinType,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashSet};
use uuid::Uuid;

/// The rules are those about private numbers.
pub const STEP: UpgradeStep = UpgradeStep { note: state::SCREENING, rules: "2026-11-30.3" };
/// Records that are read at a time.
const CHUNK: u64 = 2_000;
/// Public ids in one statement.
const AT_ONCE: usize = 1_000;

/// Screens everything that is stored, in one transaction, unless it was screened by these rules already. Answers
/// the number of records that were changed.
///
/// # Errors
/// When the database fails.
pub async fn screen_again(databases: &Databases, clock: Clock) -> Result<usize, DbErr> {
    let Some(turn) = STEP.begin(databases).await? else { return Ok(0) };
    let texts = withheld::resources(&turn).await?;
    let Corrected { entries, mut kept, numbers } = directory(&turn, clock).await?;
    // Contacts first: a number in a text may be shown while it is a public contact.
    let mut stored = contacts(&turn).await?;
    stored.extend(contacts_with(&turn, &numbers, &kept).await?);
    remember_removed(&turn, &numbers).await?;
    kept.extend(stored.iter().map(|resource| resource.id));
    let mut changed: HashSet<NodeId> = stored.iter().map(resource_id).collect();
    for key in &entries {
        changed.extend(places(&turn, key).await?.iter().map(resource_id));
    }
    let local = entries.iter().filter(|key| key.starts_with(KEY)).map(|key| uuid_of(key));
    let mut closed: BTreeSet<String> =
        stored.iter().map(|resource| resource.uuid).chain(local).map(|uuid| uuid.to_string()).collect();
    withheld::hold_stored(&turn, &consents::ledger(&turn).await?, &kept).await?;
    let withheld = withheld::resources(&turn).await?;
    let newly: Vec<Uuid> = withheld.difference(&texts).copied().collect();
    changed.extend(with_uuids(&turn, &newly).await?.iter().map(resource_id));
    changed.extend(side_tables::screened(&turn).await?);
    let count = changed.len();
    if count > 0 {
        let change = Change { things: changed.into_iter().collect(), ..Change::of(AuditAction::ScreenAgain) };
        audit::record(&turn, &Author::command_line(), change).await?;
    }
    closed.extend(listed(&turn).await?);
    let closed: Vec<String> = closed.into_iter().collect();
    state::set(&turn, state::CLOSED_CONTACTS, &closed.join(",")).await?;
    STEP.finish(turn).await?;
    Ok(count)
}

/// What earlier screenings closed.
async fn listed(db: &impl Unscoped) -> Result<Vec<String>, DbErr> {
    let listed = state::get(db, state::CLOSED_CONTACTS).await?.unwrap_or_default();
    Ok(listed.split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect())
}

/// Contacts that the last screening closed and that no consent has opened since: the resource, and the number.
///
/// # Errors
/// When the database fails.
pub(super) async fn closed_contacts(db: &impl Unscoped) -> Result<Vec<(resource::Model, String)>, DbErr> {
    use contact_point::Column;
    let uuids: Vec<Uuid> = listed(db).await?.iter().filter_map(|uuid| uuid.parse().ok()).collect();
    let mut all = Vec::new();
    for some in uuids.chunks(AT_ONCE) {
        let is_closed =
            Column::Kind.eq(ContactKind::LeaderPersonal).and(Column::Visibility.eq(Visibility::Coordinator));
        let closed = db
            .every::<contact_point::Entity>()
            .filter(is_closed)
            .select_also(resource::Entity)
            .join(JoinType::InnerJoin, contact_point::Relation::Resource.def())
            .filter(resource::Column::Uuid.is_in(some.iter().copied()))
            .order_by_asc(Column::Id);
        all.extend(closed.all(db).await?);
    }
    let numbers = |(contact, resource): (contact_point::Model, Option<resource::Model>)| {
        let number =
            [contact.phone, contact.fax].into_iter().flatten().find(|number| holds_mobile(number))?;
        Some((resource?, number))
    };
    let mut found: Vec<(resource::Model, String)> = all.into_iter().filter_map(numbers).collect();
    for (uuid, number) in removed(db).await? {
        let of_facility = db.every::<resource::Entity>().filter(resource::Column::Uuid.eq(uuid));
        let Some(resource) = of_facility.one(db).await? else { continue };
        let stored =
            Column::ResourceId.eq(resource.id).and(Column::Phone.eq(&number).or(Column::Fax.eq(&number)));
        if db.every::<contact_point::Entity>().filter(stored).one(db).await?.is_none() {
            found.push((resource, number));
        }
    }
    Ok(found)
}

/// The numbers that screenings took out of records, each with the public id of a facility of the record.
async fn removed(db: &impl Unscoped) -> Result<BTreeSet<(Uuid, String)>, DbErr> {
    match state::get(db, state::REMOVED_NUMBERS).await? {
        Some(text) => json::read(&text, "program_state", 0),
        None => Ok(BTreeSet::new()),
    }
}

async fn remember_removed(turn: &ImportTurn, numbers: &[(String, String)]) -> Result<(), DbErr> {
    let mut all = removed(turn).await?;
    for (key, number) in numbers {
        let places = places(turn, key).await?;
        all.extend(places.first().map(|place| (place.uuid, number.clone())));
    }
    if all.is_empty() {
        return Ok(());
    }
    let text = serde_json::to_string(&all).map_err(|cause| DbErr::Custom(cause.to_string()))?;
    state::set(turn, state::REMOVED_NUMBERS, &text).await
}

/// What screening made of the records.
struct Corrected {
    /// Keys of the facilities and local resources whose records were corrected.
    entries: BTreeSet<String>,
    /// Internal keys of the resources that stay as they are stored because a person verified them later than the files.
    kept: Vec<i64>,
    /// The numbers that were taken out of records of facilities, with the keys of these.
    numbers: Vec<(String, String)>,
}

/// Corrects the records, and derives again what had a number to correct or has private numbers in its texts.
async fn directory(turn: &ImportTurn, clock: Clock) -> Result<Corrected, DbErr> {
    let (mut entries, mut facilities, mut numbers) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    let mut last = 0;
    loop {
        let after = official_record::Column::Id.gt(last);
        let all = turn.every::<official_record::Entity>().filter(after);
        let records = all.order_by_asc(official_record::Column::Id).limit(CHUNK).all(turn).await?;
        let Some(end) = records.last() else { break };
        last = end.id;
        for record in records {
            if let Some((body, taken_out)) = screened(&record)? {
                numbers.extend(taken_out.into_iter().map(|number| (record.facility_key.clone(), number)));
                facilities.insert(record.facility_key.clone());
                entries.insert(record.facility_key.clone());
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
    derive(turn, keys, clock.today(), &mut report).await?;
    let uuids: Vec<Uuid> =
        report.kept.iter().filter_map(|kept| kept.split(' ').next()).map(uuid_of).collect();
    let kept = with_uuids(turn, &uuids).await?.iter().map(|row| row.id).collect();
    Ok(Corrected { entries, kept, numbers })
}

fn read(record: &official_record::Model) -> Result<Map<String, Value>, DbErr> {
    json::read(&record.body, "official_record", record.id)
}

/// The body of a record without public numbers that may be mobile ones, and the numbers that are in it no more; `None`: it
/// has none.
fn screened(record: &official_record::Model) -> Result<Option<(String, Vec<String>)>, DbErr> {
    if record.facility_key.starts_with(KEY) {
        let mut facts: LocalFacts = json::read(&record.body, "official_record", record.id)?;
        let mut closed = false;
        let mut contacts = Vec::new();
        for contact in facts.contacts {
            let parts = if contact.public { parted(contact) } else { (Some(contact), None) };
            closed |= parts.1.is_some();
            contacts.extend([parts.0, parts.1].into_iter().flatten());
        }
        closed |= close_shared(&mut contacts);
        facts.contacts = contacts;
        return Ok(closed.then(|| (Body::of(&facts).to_json(), Vec::new())));
    }
    let issuer = Format::named(&record.format).map(|format| format.profile().issuer);
    if issuer == Some(Issuer::Ministry) {
        // Ministries publish the numbers of offices, which are mobile ones here and there.
        return Ok(None);
    }
    let mut facts = read(record)?;
    let mut taken_out = Vec::new();
    for fact in ["phone", "fax"] {
        let Some(number) = facts.get_mut(fact) else { continue };
        let Some(display) = number["display"].as_str().filter(|display| holds_mobile(display)) else {
            continue;
        };
        let display = display.to_owned();
        *number = serde_json::to_value(without_mobiles(&display))
            .map_err(|cause| DbErr::Custom(cause.to_string()))?;
        taken_out.push(display);
    }
    Ok((!taken_out.is_empty()).then(|| (Value::Object(facts).to_string(), taken_out)))
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
    let is_contact = |name: &str| matches!(name, "phone" | "fax" | "contacts" | CELLS);
    facts.iter().any(|(name, value)| !is_contact(name) && any(value))
}

/// Closes public contacts of local activities that the records did not reach; answers their resources.
async fn contacts(turn: &ImportTurn) -> Result<Vec<resource::Model>, DbErr> {
    use contact_point::Column;
    let public = turn
        .every::<contact_point::Entity>()
        .filter(Column::Visibility.eq(Visibility::Public).and(Column::BaseVisibility.is_null()))
        .select_also(resource::Entity)
        .join(JoinType::InnerJoin, contact_point::Relation::Resource.def())
        .filter(resource::Column::Kind.is_in(ResourceKind::iter().filter(|kind| kind.is_local())));
    let mut closed = Vec::new();
    for (contact, resource) in public.all(turn).await? {
        let Some(resource) = resource else { continue };
        if [&contact.phone, &contact.fax].into_iter().flatten().any(|line| holds_mobile(line)) {
            close(turn, contact).await?;
            closed.push(resource);
        }
    }
    Ok(closed)
}

async fn close(turn: &ImportTurn, contact: contact_point::Model) -> Result<(), DbErr> {
    let mut row = contact.into_active_model();
    row.visibility = Set(Visibility::Coordinator);
    row.kind = Set(ContactKind::LeaderPersonal);
    row.update(turn).await?;
    Ok(())
}

/// Closes public contacts with a number that was taken out of a record, at facilities that stay as they are stored. A number
/// that a ministry publishes of the facility stays public.
async fn contacts_with(
    turn: &ImportTurn,
    numbers: &[(String, String)],
    kept: &[i64],
) -> Result<Vec<resource::Model>, DbErr> {
    use contact_point::Column;
    let mut closed = Vec::new();
    for (key, number) in numbers {
        if is_published(turn, key, number).await? {
            continue;
        }
        for place in places(turn, key).await?.into_iter().filter(|place| kept.contains(&place.id)) {
            let public = Column::Visibility.eq(Visibility::Public).and(Column::BaseVisibility.is_null());
            let with_number = Column::Phone.eq(number).or(Column::Fax.eq(number));
            let here = Column::ResourceId.eq(place.id).and(public).and(with_number);
            for contact in turn.every::<contact_point::Entity>().filter(here).all(turn).await? {
                close(turn, contact).await?;
                closed.push(place.clone());
            }
        }
    }
    Ok(closed)
}

/// The resources of a facility: of an office with several places all of them, the main one first.
async fn places(turn: &ImportTurn, key: &str) -> Result<Vec<resource::Model>, DbErr> {
    let others = care_service_types().iter().map(|service| uuid_of(&format!("{key}@{}", service.code)));
    let uuids: Vec<Uuid> = std::iter::once(uuid_of(key)).chain(others).collect();
    let of_facility = resource::Column::Uuid.is_in(uuids.iter().copied());
    let mut found = turn.every::<resource::Entity>().filter(of_facility).all(turn).await?;
    found.sort_by_key(|place| uuids.iter().position(|uuid| *uuid == place.uuid));
    Ok(found)
}

/// Whether a record of a ministry states the number of the facility.
async fn is_published(turn: &ImportTurn, key: &str, number: &str) -> Result<bool, DbErr> {
    let of_facility = official_record::Column::FacilityKey.eq(key);
    let records = turn.every::<official_record::Entity>().filter(of_facility).all(turn).await?;
    let of_ministry = |record: &&official_record::Model| {
        Format::named(&record.format).is_some_and(|format| format.profile().issuer == Issuer::Ministry)
    };
    Ok(records.iter().filter(of_ministry).any(|record| record.body.contains(number)))
}

fn resource_id(resource: &resource::Model) -> NodeId {
    NodeId::new(NodeType::Resource(resource.kind), resource.uuid)
}

/// The resources with some UUIDs.
async fn with_uuids(turn: &ImportTurn, uuids: &[Uuid]) -> Result<Vec<resource::Model>, DbErr> {
    let mut found = Vec::new();
    for some in uuids.chunks(AT_ONCE) {
        let here = resource::Column::Uuid.is_in(some.iter().copied());
        found.extend(turn.every::<resource::Entity>().filter(here).all(turn).await?);
    }
    Ok(found)
}
