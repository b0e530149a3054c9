//! Resources of local kinds: one per entry of a city's list, with the sessions of further rows.

use crate::import::derive::draft::{Draft, Local};
use crate::import::derive::observation::{Merged, Observation, merge};
use crate::import::derive::parts::{Corporation, Line};
use crate::import::facts::Timing;
use crate::import::facts::local::{KEY, LocalContact, LocalContactKind, LocalFacts, LocalState};
use entity::enums::{ContactKind, PublicationState, Visibility};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The identifier of an entry by its key: list, municipality and number (管理番号), which is unique within both only.
pub fn list_entry(key: &str) -> String {
    key.strip_prefix(KEY).unwrap_or(key).to_owned()
}

/// The number (管理番号) in an identifier of this system.
pub fn number_in_list(identifier: &str) -> &str {
    identifier.splitn(3, ':').nth(2).unwrap_or(identifier)
}

/// The resource of all rows of one entry; `None` when no row has its name.
pub fn resource(observations: Vec<Observation>) -> Result<Option<Draft>, serde_json::Error> {
    let mut rows: BTreeMap<String, Vec<Observation>> = BTreeMap::new();
    for observation in observations {
        rows.entry(observation.record_key.clone()).or_default().push(observation);
    }
    let mut named: Vec<(String, Merged<LocalFacts>)> = Vec::new();
    let mut sessions = Vec::new();
    for (key, observations) in rows {
        let Some(mut merged) = merge::<LocalFacts>(observations)? else { continue };
        if merged.facts.name.is_some() {
            named.push((key, merged));
        } else if merged.vanished_on.is_none() {
            sessions.append(&mut merged.facts.schedules);
        }
    }
    // Rows that repeat the name add sessions, except those of an earlier edition of the list.
    named.sort_by_key(|(_, merged)| (merged.vanished_on.is_some(), Reverse(merged.as_of)));
    let mut named = named.into_iter();
    let Some((key, main)) = named.next() else { return Ok(None) };
    let of_same_day = |one: &Merged<LocalFacts>| one.vanished_on.is_none() && one.as_of == main.as_of;
    let repeated = named.filter(|(_, one)| of_same_day(one)).flat_map(|(_, one)| one.facts.schedules);
    let sessions = repeated.chain(sessions).collect();
    Ok(draft(key, main, sessions))
}

/// The resource of an entry that is not stored.
pub fn of_rejected(number: String, facts: LocalFacts) -> Option<Draft> {
    draft(number, Merged { facts, as_of: None, source_id: 0, vanished_on: None }, Vec::new())
}

fn draft(key: String, merged: Merged<LocalFacts>, sessions: Vec<Timing>) -> Option<Draft> {
    let facts = merged.facts;
    let details = facts.details?;
    let mut schedules = facts.schedules;
    schedules.extend(sessions.into_iter().filter(|one| !schedules.contains(one)).collect::<Vec<_>>());
    let suspended = (facts.suspended_from, facts.suspended_to, facts.suspension_reason);
    let identifier = facts.local_id.known().map(|_| (entity::identifier::LOCAL_ID, list_entry(&key)));
    Some(Draft {
        key,
        kind: details.kind(),
        name: facts.name?,
        name_kana: facts.name_kana,
        alias: facts.alias,
        url: facts.url,
        note: facts.note,
        categories: details.searchable().categories.join(","),
        prefecture_code: facts.prefecture_code,
        municipality_code: facts.municipality_code,
        postal_code: facts.postal_code,
        address: facts.address,
        building: facts.building,
        position: facts.position,
        precision: None,
        home_district_id: None,
        organization: facts.organization.map(|name| Corporation { name, number: facts.corporate_number }),
        source_id: merged.source_id,
        as_of: facts.as_of.or(merged.as_of),
        vanished_on: merged.vanished_on,
        identifiers: identifier.into_iter().collect(),
        contacts: facts.contacts.into_iter().map(line).collect(),
        services: Vec::new(),
        medical: None,
        schedules,
        local: Some(Box::new(Local {
            details,
            partner: facts.partner,
            description: facts.description,
            placement: facts.placement,
            reach: facts.reach,
            needs_districts: facts.needs_districts,
            state: facts.state.map_or(PublicationState::Published, state),
            suspended: Some(suspended).filter(|suspended| *suspended != (None, None, None)),
            last_verified_on: facts.last_verified_on,
            district_ids: Vec::new(),
        })),
        held: Vec::new(),
    })
}

fn state(state: LocalState) -> PublicationState {
    match state {
        LocalState::Draft => PublicationState::Draft,
        LocalState::Published => PublicationState::Published,
        LocalState::Suspended => PublicationState::Suspended,
        LocalState::Ended => PublicationState::Ended,
    }
}

fn line(contact: LocalContact) -> Line {
    let kind = match contact.kind {
        LocalContactKind::Representative => ContactKind::Representative,
        LocalContactKind::Application => ContactKind::Application,
        LocalContactKind::Intermediary => ContactKind::Intermediary,
        LocalContactKind::Staff => ContactKind::Staff,
        LocalContactKind::LeaderPersonal => ContactKind::LeaderPersonal,
    };
    let (phone, phone_e164) = contact.phone.map_or((None, None), |p| (Some(p.display), p.e164));
    let (fax, fax_e164) = contact.fax.map_or((None, None), |p| (Some(p.display), p.e164));
    Line {
        kind,
        visibility: if contact.public { Visibility::Public } else { Visibility::Coordinator },
        service_code: None,
        label: contact.label,
        person_name: contact.person_name,
        email: contact.email,
        phone,
        phone_e164,
        fax,
        fax_e164,
    }
}
