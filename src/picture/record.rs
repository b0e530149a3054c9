//! One resource as a viewer may see it.

use super::raw::day;
use super::segment::{Contact, Segment};
use super::texts::{ContactTexts, ResourceTexts};
use super::view::View;
use crate::auth::policy::{self, Circulation};
use chrono::NaiveDate;
use entity::enums::{
    ContactKind, LocationStatus, PositionPrecision, PublicationState, ResourceKind, ServiceArea, Visibility,
};
use std::fmt;
use std::sync::Arc;
use uuid::Uuid;

/// A resource that a viewer may know of. Cheap to clone.
#[derive(Clone)]
pub struct Record {
    view: Arc<View>,
    part: usize,
    row: u32,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record").field("id", &self.id()).finish_non_exhaustive()
    }
}

/// The organization that runs a resource.
#[derive(Clone, Copy, Debug)]
pub struct OwnOrganization<'r> {
    /// Public id.
    pub uuid: Uuid,
    /// Its name.
    pub name: &'r str,
    /// Its corporate number.
    pub corporate_number: Option<&'r str>,
    /// Internal key of the organization it is part of.
    pub parent_id: Option<i64>,
}

/// A contact that the viewer may read.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "named as the columns of `entity::contact_point`")]
pub struct OwnContact<'r> {
    pub service_code: Option<&'r str>,
    pub kind: ContactKind,
    pub label: Option<&'r str>,
    pub phone: Option<&'r str>,
    pub phone_e164: Option<&'r str>,
    pub fax: Option<&'r str>,
    pub fax_e164: Option<&'r str>,
    pub email: Option<&'r str>,
    /// Whether it is one for care professionals, and not open to the public or partners: reading it is written to the audit.
    pub is_for_professionals: bool,
    /// Name of the person, and the visibility without consents, where the viewer looks after the resource.
    pub confidential: Option<(Option<&'r str>, Visibility)>,
}

/// Declares methods that give one text.
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident;)+) => {
        impl Record {
            $($(#[$doc])*
            pub fn $name(&self) -> Option<&str> {
                self.segment().texts_of(self.row).nth(ResourceTexts::NUMBERS.$name)
            })+
        }
    };
}

texts! {
    /// Name (名称).
    name;
    /// Reading of the name (名称カナ).
    name_kana;
    /// What people call it (通称).
    alias;
    /// What it offers, in words (説明).
    description;
    /// Web page (ホームページ).
    url;
    /// Postal code (郵便番号).
    postal_code;
    /// Address (住所).
    address;
    /// Building and floor (方書).
    building;
    /// Remarks (備考).
    note;
    /// Why it is suspended (休止理由).
    suspension_reason;
    /// Folded name; the order of lists.
    sort_key;
}

/// Declares methods that give a value of a column.
macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident: $type:ty = |$segment:ident, $row:ident| $value:expr;)+) => {
        impl Record {
            $($(#[$doc])*
            pub fn $name(&self) -> $type {
                let ($segment, $row) = (self.segment(), self.row as usize);
                $value
            })+
        }
    };
}

columns! {
    /// Public id.
    uuid: Uuid = |segment, row| segment.columns.uuids.get(row).copied().unwrap_or_default();
    /// Kind (種別).
    kind: ResourceKind = |segment, row| segment.columns.kinds.get(row).copied().unwrap_or(ResourceKind::ConsultationDesk);
    /// State (掲載状態).
    state: PublicationState = |segment, row| segment.columns.states.get(row).copied().unwrap_or(PublicationState::Withdrawn);
    /// Codes of its categories, separated by commas.
    categories: &str = |segment, row| {
        let set = segment.columns.categories.get(row).and_then(|set| segment.category_sets.get(*set as usize));
        set.map_or("", String::as_str)
    };
    /// Number of its prefecture (都道府県).
    prefecture: Option<u8> = |segment, row| segment.columns.prefectures.get(row).copied().filter(|number| *number > 0);
    /// Internal key of its municipality (市区町村).
    municipality_id: Option<i64> = |segment, row| key(segment.columns.municipalities.get(row).copied());
    /// Internal key of the district in which it stands (所在地の圏域).
    home_district_id: Option<i64> = |segment, row| key(segment.columns.homes.get(row).copied());
    /// Latitude and longitude in degrees.
    position: Option<(f64, f64)> = |segment, row| {
        let position = segment.columns.latitudes.get(row).copied().zip(segment.columns.longitudes.get(row).copied());
        position.filter(|(latitude, longitude)| !latitude.is_nan() && !longitude.is_nan())
    };
    /// Whether and why it has a position (位置の状態).
    location_status: LocationStatus = |segment, row| segment.columns.rest.get(row).map_or(LocationStatus::Unknown, |rest| rest.status);
    /// How its position was found (位置精度).
    precision: Option<PositionPrecision> = |segment, row| segment.columns.rest.get(row)?.precision;
    /// From where it can be used (利用できる範囲).
    service_area: ServiceArea = |segment, row| segment.columns.rest.get(row).map_or(ServiceArea::Unknown, |rest| rest.service_area);
    /// Internal key of the data set it comes from (出典).
    source_id: Option<i64> = |segment, row| key(segment.columns.rest.get(row).map(|rest| rest.source));
    /// The day the facts are from (情報時点).
    as_of: Option<NaiveDate> = |segment, row| day(*segment.columns.as_of.get(row)?);
    /// The day of the last verification (最終確認日).
    last_verified_on: Option<NaiveDate> = |segment, row| day(*segment.columns.verified.get(row)?);
    /// Since when its publisher no longer lists it (公表一覧から消えた日).
    vanished_on: Option<NaiveDate> = |segment, row| day(*segment.columns.vanished.get(row)?);
    /// The day it came into this directory (登録日).
    created_on: Option<NaiveDate> = |segment, row| day(segment.columns.rest.get(row)?.created_on);
    /// The day its facts last changed here (更新日).
    updated_on: Option<NaiveDate> = |segment, row| day(segment.columns.rest.get(row)?.updated_on);
    /// First day of its suspension (休止初日).
    suspended_from: Option<NaiveDate> = |segment, row| day(*segment.columns.suspended_from.get(row)?);
    /// Last day of its suspension (休止末日).
    suspended_to: Option<NaiveDate> = |segment, row| day(*segment.columns.suspended_to.get(row)?);
}

fn key(number: Option<u32>) -> Option<i64> {
    number.filter(|number| *number > 0).map(i64::from)
}

impl Record {
    pub(super) fn new(view: Arc<View>, part: usize, row: u32) -> Self {
        Self { view, part, row }
    }

    fn segment(&self) -> &Segment {
        self.view.segment(self.part)
    }

    /// The view in which it was found.
    pub fn view(&self) -> &Arc<View> {
        &self.view
    }

    /// The segment in which it stands, and its row.
    pub(super) fn place(&self) -> (usize, u32) {
        (self.part, self.row)
    }

    /// Internal key.
    pub fn id(&self) -> i64 {
        self.segment().id(self.row)
    }

    /// Keys of the rules of its schedules, in no particular order.
    pub fn rules(&self) -> impl Iterator<Item = i64> + '_ {
        self.segment().schedules.of(self.row).iter().map(|schedule| schedule.rule)
    }

    /// Its texts.
    pub fn texts(&self) -> ResourceTexts<Option<&str>> {
        ResourceTexts::read(self.segment().texts_of(self.row))
    }

    /// The organization that runs it (運営団体).
    pub fn organization(&self) -> Option<OwnOrganization<'_>> {
        let segment = self.segment();
        let owner = segment.owner(self.row)?;
        let mut texts = segment.texts.from(owner.texts);
        Some(OwnOrganization {
            uuid: owner.uuid,
            name: texts.next().unwrap_or_default(),
            corporate_number: texts.next(),
            parent_id: owner.parent,
        })
    }

    /// Internal keys of the districts from which it can be used (利用できる地区).
    pub fn served_districts(&self) -> impl Iterator<Item = i64> + '_ {
        self.segment().served.of(self.row).iter().map(|id| i64::from(*id))
    }

    /// Its contacts that the viewer may read, in order.
    pub fn contacts(&self) -> impl Iterator<Item = OwnContact<'_>> {
        let segment = self.segment();
        let permissions = self.view.permissions();
        let relation = self.view.relation(segment, self.row);
        let is_looked_after = policy::reads(permissions, Visibility::Coordinator).reaches(relation);
        let readable =
            move |contact: &&Contact| policy::reads_contact(permissions, &circulation(contact), relation);
        segment.contacts.of(self.row).iter().filter(readable).map(move |contact| {
            let texts = ContactTexts::read(segment.texts.from(contact.texts));
            OwnContact {
                service_code: texts.service_code,
                kind: contact.kind,
                label: texts.label,
                phone: texts.phone,
                phone_e164: texts.phone_e164,
                fax: texts.fax,
                fax_e164: texts.fax_e164,
                email: texts.email,
                is_for_professionals: policy::is_for_professionals(permissions, &circulation(contact)),
                confidential: is_looked_after.then_some((texts.person_name, contact.visibility)),
            }
        })
    }
}

pub(super) fn circulation(contact: &Contact) -> Circulation {
    Circulation { visibility: contact.visibility, until: contact.until.map(day) }
}
