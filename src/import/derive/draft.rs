//! A facility as derived from the records, before it is compared with the stored one.
//!
//! Its key is written `care:0670100123`, `medical:06:…` or `local:…`. The public id is a hash of it, so the
//! way a key is written never changes.

use crate::import::derive::parts::{self, Corporation, Line, Medical, Service, number};
use crate::import::facts::{Placement, ServedArea, Timing};
use crate::import::row::fingerprint;
use crate::local::PartnerFacts;
use crate::local_kinds::Details;
use crate::withheld::{Texts, WithheldText};
use chrono::NaiveDate;
use entity::enums::{LocationStatus, PositionPrecision, PublicationState, ResourceKind, ServiceArea};
use entity::resource;
use japan::text::fold;
use japan::values::cell;
use sea_orm::ActiveEnum;
use sea_orm::ActiveValue::{NotSet, Set};
use serde::Serialize;
use uuid::Uuid;

/// Namespace of the public ids that are derived from official keys.
const NAMESPACE: Uuid = Uuid::from_u128(0x9d3b_2c52_6f0e_5e0a_9b5e_7975_6900_0001);

/// The public id of an official key: the same in every database, for ever.
pub fn uuid_of(key: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, key.as_bytes())
}

/// A facility of any kind.
#[derive(Clone, Debug, Serialize)]
pub struct Draft {
    pub key: String,
    #[serde(serialize_with = "number")]
    pub kind: ResourceKind,
    pub name: String,
    pub name_kana: Option<String>,
    pub alias: Option<String>,
    pub url: Option<String>,
    pub note: Option<String>,
    pub categories: String,
    pub prefecture_code: Option<String>,
    pub municipality_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    pub address: Option<String>,
    pub building: Option<String>,
    pub position: Option<(f64, f64)>,
    #[serde(serialize_with = "optional_number")]
    pub precision: Option<PositionPrecision>,
    pub home_district_id: Option<i64>,
    pub organization: Option<Corporation>,
    pub source_id: i64,
    pub as_of: Option<NaiveDate>,
    pub vanished_on: Option<NaiveDate>,
    pub identifiers: Vec<(&'static str, String)>,
    pub contacts: Vec<Line>,
    pub services: Vec<Service>,
    pub medical: Option<Medical>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub schedules: Vec<Timing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub local: Option<Box<Local>>,
    /// Texts that were withheld because they look private.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<WithheldText>,
}

/// Facts that only resources of local kinds have.
#[derive(Clone, Debug, Serialize)]
pub struct Local {
    pub details: Details,
    #[serde(skip_serializing_if = "PartnerFacts::is_empty")]
    pub partner: PartnerFacts,
    pub description: Option<String>,
    pub placement: Placement,
    pub reach: ServedArea,
    /// Whether it stays in state DRAFT until districts from which it can be used are known.
    pub needs_districts: bool,
    #[serde(serialize_with = "number")]
    pub state: PublicationState,
    pub suspended: Option<(Option<NaiveDate>, Option<NaiveDate>, Option<String>)>,
    pub last_verified_on: Option<NaiveDate>,
    /// Internal keys of the districts it can be used from, once the area is known.
    pub district_ids: Vec<i64>,
}

impl Local {
    /// Whether no district is known from which it can be used, and it cannot be used from everywhere.
    pub fn nowhere(&self) -> bool {
        self.district_ids.is_empty() && self.reach != ServedArea::Everywhere
    }
}

impl Draft {
    /// The public id.
    pub fn uuid(&self) -> Uuid {
        uuid_of(&self.key)
    }

    /// The office number of a care facility.
    pub fn office(&self) -> Option<&str> {
        let mut identifiers = self.identifiers.iter();
        identifiers
            .find(|(system, _)| *system == entity::identifier::CARE_OFFICE_NUMBER)
            .map(|(_, value)| value.as_str())
    }

    /// All free texts. The name of the organization and the labels of contacts are passed separately.
    pub fn texts<'t>(
        &'t mut self,
        organization: &'t mut Option<String>,
        labels: Vec<&'t mut Option<String>>,
    ) -> Texts<'t> {
        let Self {
            name,
            name_kana,
            alias,
            url,
            note,
            address,
            building,
            services,
            medical,
            schedules,
            local,
            // Passed separately.
            organization: _,
            contacts: _,
            // Not free text: keys, numbers, days and words of closed sets.
            key: _,
            kind: _,
            categories: _,
            prefecture_code: _,
            municipality_code: _,
            postal_code: _,
            position: _,
            precision: _,
            home_district_id: _,
            source_id: _,
            as_of: _,
            vanished_on: _,
            identifiers: _,
            held: _,
        } = self;
        let (description, suspension_reason, details) = match local.as_deref_mut() {
            None => (None, None, None),
            Some(Local {
                details,
                description,
                suspended,
                // Numbers and words of closed sets.
                partner: _,
                placement: _,
                // Codes or names of districts, which the derivation resolves.
                reach: _,
                needs_districts: _,
                state: _,
                last_verified_on: _,
                district_ids: _,
            }) => (Some(description), suspended.as_mut().map(|(_, _, reason)| reason), Some(details)),
        };
        let own = resource::Texts {
            name_kana,
            alias,
            description,
            url,
            address,
            building,
            organization,
            note,
            suspension_reason,
        };
        Texts {
            name,
            own,
            closed_days_note: medical.as_mut().map(parts::of_medical),
            services: services.iter_mut().map(parts::of_service).collect(),
            schedules: schedules.iter_mut().map(parts::of_schedule).collect(),
            labels,
            details,
        }
    }

    /// The row of the resource, with the internal keys of its municipality and its organization.
    pub fn row(&self, municipality: Option<i64>, organization: Option<i64>) -> resource::ActiveModel {
        let local = self.local.as_deref();
        let suspended = local.and_then(|local| local.suspended.clone());
        let (suspended_from, suspended_to, suspension_reason) = suspended.unwrap_or_default();
        resource::ActiveModel {
            uuid: Set(self.uuid()),
            kind: Set(self.kind),
            state: Set(local.map_or(PublicationState::Published, |local| local.state)),
            name: Set(self.name.clone()),
            name_kana: Set(self.name_kana.clone()),
            alias: Set(self.alias.clone()),
            description: Set(local.and_then(|local| local.description.clone())),
            url: Set(self.url.clone()),
            sort_key: Set(fold(self.name_kana.as_deref().unwrap_or(&self.name))),
            categories: Set(self.categories.clone()),
            prefecture_code: Set(self.prefecture_code.clone()),
            municipality_id: Set(municipality),
            home_district_id: Set(self.home_district_id),
            postal_code: Set(self.postal_code.clone()),
            address: Set(self.address.clone()),
            building: Set(self.building.clone()),
            location_status: Set(self.location_status()),
            latitude: Set(self.position.map(|p| p.0)),
            longitude: Set(self.position.map(|p| p.1)),
            position_precision: Set(self.precision),
            cell: Set(self.position.map(|p| cell::cell(p.0, p.1))),
            service_area: Set(self.service_area()),
            organization_id: Set(organization),
            source_id: Set(Some(self.source_id)),
            as_of: Set(self.as_of),
            vanished_on: Set(self.vanished_on),
            note: Set(self.note.clone()),
            digest: Set(Some(self.digest())),
            last_verified_on: local
                .and_then(|local| local.last_verified_on)
                .map_or(NotSet, |day| Set(Some(day))),
            suspended_from: Set(suspended_from),
            suspended_to: Set(suspended_to),
            suspension_reason: Set(suspension_reason),
            created_on: NotSet,
            updated_on: NotSet,
            id: NotSet,
        }
    }

    fn location_status(&self) -> LocationStatus {
        match self.local.as_ref().map(|local| local.placement) {
            Some(Placement::Withheld) => LocationStatus::Withheld,
            Some(Placement::NoFixedPlace) => LocationStatus::NoFixedPlace,
            _ if self.position.is_some() => LocationStatus::Located,
            _ => LocationStatus::Unknown,
        }
    }

    fn service_area(&self) -> ServiceArea {
        match (self.kind, &self.local) {
            (ResourceKind::MedicalFacility, _) => ServiceArea::Everywhere,
            (_, Some(local)) if local.reach == ServedArea::Everywhere => ServiceArea::Everywhere,
            (_, Some(local)) if !local.district_ids.is_empty() => ServiceArea::Districts,
            _ => ServiceArea::Unknown,
        }
    }

    /// A fingerprint of the draft; drafts with equal digests need not be written again.
    pub fn digest(&self) -> String {
        let text = serde_json::to_vec(self).unwrap_or_default();
        fingerprint(&text)
    }
}

fn optional_number<E: ActiveEnum<Value = i16>, S: serde::Serializer>(
    value: &Option<E>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.serialize_i16(value.to_value()),
        None => serializer.serialize_none(),
    }
}
