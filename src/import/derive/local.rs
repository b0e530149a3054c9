//! Resources of local kinds: one per entry of a city's list, and the sessions that other rows add.

use crate::import::derive::draft::{Corporation, Draft, Line, Local, Placement, Reach, Timing};
use crate::import::derive::observation::{Merged, Observation, Phone, merge};
use crate::import::row::{Body, OfficialRow};
use crate::local::{Details, PartnerFacts};
use chrono::NaiveDate;
use entity::enums::{ContactKind, PublicationState, Visibility};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How the keys of local entries begin.
pub const KEY: &str = "local:";
/// The identifier a city gives an entry of its list.
pub const LOCAL_ID: &str = "local-id";

/// What one row of a list says of a resource of a local kind. Rows that only add sessions to an
/// entry leave `name` empty.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LocalFacts {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_kana: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefecture_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub building: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<(f64, f64)>,
    pub placement: Placement,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corporate_number: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<LocalContact>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub schedules: Vec<Timing>,
    pub reach: Reach,
    /// Whether it stays a draft until somebody says from which districts it can be used.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub needs_districts: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<LocalState>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspended_from: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspended_to: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspension_reason: Option<String>,
    /// The day the row itself says it is from; without it, the day of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_verified_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub local_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<Details>,
    #[serde(skip_serializing_if = "PartnerFacts::is_empty")]
    pub partner: PartnerFacts,
}

impl LocalFacts {
    /// The row of a file that says this. Rows with one `entry` make one resource; `key` tells them apart.
    pub fn into_row(self, line: u64, key: String, entry: String, scope: String) -> OfficialRow {
        let municipality_code = self.municipality_code.clone();
        OfficialRow { line, key, facility_key: entry, scope, municipality_code, body: Body::of(&self) }
    }
}

/// A way to reach somebody, as a list gives it. Who may know it is decided when the row is read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LocalContact {
    pub kind: LocalContactKind,
    /// Whether everybody may know it; else only coordinators.
    pub public: bool,
    pub label: Option<String>,
    pub person_name: Option<String>,
    pub phone: Option<Phone>,
    pub fax: Option<Phone>,
    pub email: Option<String>,
}

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LocalContactKind {
    Representative,
    Application,
    Intermediary,
    Staff,
    LeaderPersonal,
}

/// What a list may say of the state of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LocalState {
    Draft,
    Published,
    Suspended,
    Ended,
}

/// The resource that all rows of one entry make together; none when no row names it.
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
    // Rows that repeat the name add sessions too, but not those of an earlier edition of the list.
    named.sort_by_key(|(_, merged)| (merged.vanished_on.is_some(), Reverse(merged.as_of)));
    let mut named = named.into_iter();
    let Some((key, main)) = named.next() else { return Ok(None) };
    let of_same_day = |one: &Merged<LocalFacts>| one.vanished_on.is_none() && one.as_of == main.as_of;
    let repeated = named.filter(|(_, one)| of_same_day(one)).flat_map(|(_, one)| one.facts.schedules);
    let sessions = repeated.chain(sessions).collect();
    Ok(draft(key, main, sessions))
}

fn draft(key: String, merged: Merged<LocalFacts>, sessions: Vec<Timing>) -> Option<Draft> {
    let facts = merged.facts;
    let details = facts.details?;
    let mut schedules = facts.schedules;
    schedules.extend(sessions.into_iter().filter(|one| !schedules.contains(one)).collect::<Vec<_>>());
    let suspended = (facts.suspended_from, facts.suspended_to, facts.suspension_reason);
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
        address: facts.address,
        building: facts.building,
        position: facts.position,
        precision: None,
        home_district_id: None,
        organization: facts.organization.map(|name| Corporation { name, number: facts.corporate_number }),
        source_id: merged.source_id,
        as_of: facts.as_of.or(merged.as_of),
        vanished_on: merged.vanished_on,
        identifiers: facts.local_id.map(|id| (LOCAL_ID, id)).into_iter().collect(),
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
