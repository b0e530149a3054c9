//! A facility as derived from the records, before it is compared with the stored one.
//!
//! Its key is written `care:0670100123`, `medical:06:…` or `local:…`. The public id is a hash of it, so the
//! way a key is written never changes.

use crate::consents::effect::{Effect, Ledger};
use crate::import::facts::{Phone, Placement, ServedArea, Timing};
use crate::import::row::fingerprint;
use crate::local::PartnerFacts;
use crate::local_kinds::Details;
use crate::withheld::WithheldText;
use chrono::NaiveDate;
use entity::enums::{
    ContactKind, InstitutionType, PositionPrecision, PublicationState, ResourceKind, Visibility,
};
use japan::values::ContactValue;
use sea_orm::ActiveEnum;
use serde::Serialize;
use uuid::Uuid;

/// Namespace of the public ids that are derived from official keys.
const NAMESPACE: Uuid = Uuid::from_u128(0x9d3b_2c52_6f0e_5e0a_9b5e_7975_6900_0001);

/// The identifier that all facilities of one office share.
pub const OFFICE_NUMBER: &str = "care-office-number";

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

/// The corporation that runs a facility.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Corporation {
    pub name: String,
    pub number: Option<String>,
}

/// A contact: numbers and mail address with their visibility.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    #[serde(serialize_with = "number")]
    pub kind: ContactKind,
    #[serde(serialize_with = "number")]
    pub visibility: Visibility,
    pub service_code: Option<String>,
    pub label: Option<String>,
    pub person_name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub phone_e164: Option<String>,
    pub fax: Option<String>,
    pub fax_e164: Option<String>,
}

/// One service of a care facility.
#[derive(Clone, Debug, Serialize)]
pub struct Service {
    pub office_number: String,
    pub code: &'static str,
    pub name: String,
    pub name_kana: Option<String>,
    pub url: Option<String>,
    pub capacity: Option<i32>,
    pub available_days: Option<i16>,
    pub available_days_note: Option<String>,
    pub is_kyosei: Option<bool>,
    pub meets_kaigo_standard: Option<bool>,
    pub meets_shogai_standard: Option<bool>,
    pub note: Option<String>,
    pub as_of: Option<NaiveDate>,
    pub vanished_on: Option<NaiveDate>,
}

/// Facts that only medical facilities have.
#[derive(Clone, Debug, Serialize)]
pub struct Medical {
    #[serde(serialize_with = "number")]
    pub institution_type: InstitutionType,
    pub published_id: String,
    pub closed_days_note: Option<String>,
    /// General, long-term, psychiatric, tuberculosis, infectious, total.
    pub beds: [Option<i32>; 6],
    pub departments: Vec<(Option<String>, String)>,
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
        identifiers.find(|(system, _)| *system == OFFICE_NUMBER).map(|(_, value)| value.as_str())
    }

    /// A fingerprint of the draft; drafts with equal digests need not be written again.
    pub fn digest(&self) -> String {
        let text = serde_json::to_vec(self).unwrap_or_default();
        fingerprint(&text)
    }
}

impl Line {
    /// The phone and fax numbers and the mail address in comparable form.
    pub fn values(&self) -> Vec<ContactValue> {
        let numbers = [&self.phone, &self.phone_e164, &self.fax, &self.fax_e164];
        ContactValue::of_contact(numbers.map(Option::as_deref), self.email.as_deref())
    }

    /// Its visibility after the ledger of consents is applied.
    pub fn effect(&self, resource: Uuid, ledger: &Ledger) -> Effect {
        if ledger.is_empty() {
            return Effect::of(self.visibility);
        }
        ledger.effect(resource, &self.values(), self.visibility)
    }

    /// The public contact of a service; `None`: no phone and no fax number.
    pub fn new(
        service_code: Option<String>,
        label: Option<String>,
        phone: Option<Phone>,
        fax: Option<Phone>,
    ) -> Option<Self> {
        if phone.is_none() && fax.is_none() {
            return None;
        }
        let (phone, phone_e164) = phone.map_or((None, None), |p| (Some(p.display), p.e164));
        let (fax, fax_e164) = fax.map_or((None, None), |p| (Some(p.display), p.e164));
        Some(Self {
            kind: ContactKind::Representative,
            visibility: Visibility::Public,
            service_code,
            label,
            person_name: None,
            email: None,
            phone,
            phone_e164,
            fax,
            fax_e164,
        })
    }
}

fn number<E: ActiveEnum<Value = i16>, S: serde::Serializer>(
    value: &E,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_i16(value.to_value())
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
