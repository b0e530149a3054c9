//! One resource as the fields of the graph read it.

use super::contacts::ContactPoint;
use crate::organizations::Organization;
use crate::picture::Record;
use chrono::NaiveDate;
use entity::enums::{LocationStatus, PositionPrecision, PublicationState, ResourceKind, ServiceArea};
use uuid::Uuid;

/// A resource that the viewer may know of, with the columns of `entity::resource`.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "named as the columns of `entity::resource`")]
pub struct Row {
    pub id: i64,
    pub uuid: Uuid,
    pub kind: ResourceKind,
    pub name: String,
    pub name_kana: Option<String>,
    pub alias: Option<String>,
    pub description: Option<String>,
    pub url: Option<String>,
    pub state: PublicationState,
    pub service_area: ServiceArea,
    pub source_id: Option<i64>,
    pub as_of: Option<NaiveDate>,
    pub last_verified_on: Option<NaiveDate>,
    pub vanished_on: Option<NaiveDate>,
    pub created_on: Option<NaiveDate>,
    pub updated_on: Option<NaiveDate>,
    pub note: Option<String>,
    pub categories: String,
    pub suspended_from: Option<NaiveDate>,
    pub suspended_to: Option<NaiveDate>,
    pub suspension_reason: Option<String>,
    pub location: Location,
    /// Who runs it (運営団体).
    pub organization: Option<Organization>,
    /// Where the rest is read from.
    pub record: Record,
}

/// The location of a resource.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "named as the columns of `entity::resource`")]
pub struct Location {
    pub prefecture_code: Option<String>,
    pub municipality_id: Option<i64>,
    pub home_district_id: Option<i64>,
    pub postal_code: Option<String>,
    pub address: Option<String>,
    pub building: Option<String>,
    pub status: LocationStatus,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub precision: Option<PositionPrecision>,
}

impl Row {
    /// The contacts that the viewer may read, in order (連絡先).
    pub fn contacts(&self) -> Vec<ContactPoint> {
        self.record.contacts().map(|contact| ContactPoint::of(&contact, self)).collect()
    }
}

impl From<Record> for Row {
    fn from(record: Record) -> Self {
        let texts = record.texts();
        let own = |text: Option<&str>| text.map(str::to_owned);
        let position = record.position();
        Self {
            id: record.id(),
            uuid: record.uuid(),
            kind: record.kind(),
            name: own(texts.name).unwrap_or_default(),
            name_kana: own(texts.name_kana),
            alias: own(texts.alias),
            description: own(texts.description),
            url: own(texts.url),
            state: record.state(),
            service_area: record.service_area(),
            source_id: record.source_id(),
            as_of: record.as_of(),
            last_verified_on: record.last_verified_on(),
            vanished_on: record.vanished_on(),
            created_on: record.created_on(),
            updated_on: record.updated_on(),
            note: own(texts.note),
            categories: record.categories().to_owned(),
            suspended_from: record.suspended_from(),
            suspended_to: record.suspended_to(),
            suspension_reason: own(texts.suspension_reason),
            location: Location {
                prefecture_code: record.prefecture().map(|number| format!("{number:02}")),
                municipality_id: record.municipality_id(),
                home_district_id: record.home_district_id(),
                postal_code: own(texts.postal_code),
                address: own(texts.address),
                building: own(texts.building),
                status: record.location_status(),
                latitude: position.map(|(latitude, _)| latitude),
                longitude: position.map(|(_, longitude)| longitude),
                precision: record.precision(),
            },
            organization: record.organization().map(Organization::from),
            record,
        }
    }
}
