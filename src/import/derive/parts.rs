//! The parts of a draft that become rows of their own: contacts, services, the facts of a medical facility.

use crate::consents::effect::{Effect, Ledger};
use crate::import::facts::{Phone, Timing};
use crate::withheld::texts::{ScheduleTexts, ServiceTexts};
use chrono::NaiveDate;
use entity::enums::{ContactKind, InstitutionType, Visibility};
use japan::values::ContactValue;
use sea_orm::ActiveEnum;
use serde::{Serialize, Serializer};
use uuid::Uuid;

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
    /// Where it differs from that of the facility.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub building: Option<String>,
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

/// The labels of contacts that the source made public.
pub(super) fn published(contacts: &mut [Line]) -> impl Iterator<Item = &mut Option<String>> {
    contacts.iter_mut().filter(|line| line.visibility == Visibility::Public).map(|line| {
        let Line {
            label,
            // Contact values; their consent decides their visibility.
            phone: _,
            phone_e164: _,
            fax: _,
            fax_e164: _,
            email: _,
            person_name: _,
            kind: _,
            visibility: _,
            service_code: _,
        } = line;
        label
    })
}

pub(super) fn of_medical(medical: &mut Medical) -> &mut Option<String> {
    let Medical {
        closed_days_note,
        institution_type: _,
        published_id: _,
        beds: _,
        // Departments as listed by the ministry.
        departments: _,
    } = medical;
    closed_days_note
}

pub(super) fn of_service(service: &mut Service) -> ServiceTexts<'_> {
    let Service {
        name,
        name_kana,
        address,
        building,
        url,
        available_days_note,
        note,
        office_number: _,
        code: _,
        capacity: _,
        available_days: _,
        is_kyosei: _,
        meets_kaigo_standard: _,
        meets_shogai_standard: _,
        as_of: _,
        vanished_on: _,
    } = service;
    ServiceTexts { name, name_kana, address, building, url, available_days_note, note }
}

pub(super) fn of_schedule(timing: &mut Timing) -> ScheduleTexts<'_> {
    let Timing { label, raw_text, venues, rule: _ } = timing;
    ScheduleTexts { label, raw_text, venues }
}

/// Writes a word of a closed set as its number in the database.
pub(super) fn number<E: ActiveEnum<Value = i16>, S: Serializer>(
    value: &E,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_i16(value.to_value())
}
