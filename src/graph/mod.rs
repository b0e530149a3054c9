//! The interfaces `Node` and `Resource`, the fields of every kind of resource, and the queries about
//! resources of any kind. This module depends on all kinds; they use only its shared fields.

pub mod contact_point;
pub mod fields;
pub(crate) mod list_field;
pub mod map;
mod nodes;
pub mod queries;

use crate::care::CareFacility;
use crate::coordinators::SupportCoordinator;
use crate::desks::ConsultationDesk;
use crate::districts::{District, Municipality};
use crate::gatherings::GatheringPlace;
use crate::liaison::contacts::LiaisonContact;
use crate::liaison::sheets::LiaisonSheet;
use crate::medical::MedicalFacility;
use crate::mutual_aid::MutualAidGroup;
use crate::organizations::Organization;
use crate::private_services::PrivateService;
use crate::resources::row::Row;
use crate::resources::{Listed, contacts, freshness, kinds, location, openness, provenance};
use crate::scalars::{Date, DateTime};
use crate::schedules::{OpenState, Schedule};
use crate::withheld::WithheldField;
use async_graphql::{ID, Interface};
use entity::enums;

/// Anything that has an id of its own.
#[derive(Clone, Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Opaque id."))]
pub enum Node {
    /// A place of gathering (通いの場).
    GatheringPlace(GatheringPlace),
    /// A mutual-aid group (支え合い活動).
    MutualAidGroup(MutualAidGroup),
    /// A private service outside of the care insurance (介護保険外サービス).
    PrivateService(PrivateService),
    /// A care facility (介護事業所).
    CareFacility(CareFacility),
    /// A medical facility (医療機関).
    MedicalFacility(MedicalFacility),
    /// A consultation desk (相談窓口).
    ConsultationDesk(ConsultationDesk),
    /// A corporation or office (運営団体).
    Organization(Organization),
    /// A municipality (市区町村).
    Municipality(Municipality),
    /// A daily-life district (日常生活圏域).
    District(District),
    /// A coordinator of everyday support (生活支援コーディネーター).
    SupportCoordinator(SupportCoordinator),
    /// A version of a liaison sheet (連携シート).
    LiaisonSheet(LiaisonSheet),
    /// A desk of professionals (平時の連絡窓口・退院調整担当者).
    LiaisonContact(LiaisonContact),
}

/// Anything a person can be pointed to (地域資源).
#[expect(clippy::duplicated_attributes, reason = "two fields of one type are no duplicates")]
#[derive(Clone, Interface)]
#[graphql(
    field(name = "id", ty = "ID", desc = "Opaque id, the same in every database that knows the resource."),
    field(name = "kind", ty = "kinds::ResourceKind", desc = "Kind of resource (種別)."),
    field(name = "name", ty = "&str", desc = "Name (名称)."),
    field(name = "name_kana", ty = "Option<&str>", desc = "Reading of the name as published (名称カナ)."),
    field(name = "alias", ty = "Option<&str>", desc = "What people call it (通称)."),
    field(name = "description", ty = "Option<&str>", desc = "What it offers, in words (説明)."),
    field(name = "url", ty = "Option<&str>", desc = "Web page, http or https."),
    field(name = "state", ty = "kinds::PublicationState", desc = "Publication state (掲載状態)."),
    field(name = "location", ty = "&location::Location", desc = "Where it is (所在地)."),
    field(
        name = "service_area",
        ty = "kinds::ServiceArea",
        desc = "From where it can be used (利用できる範囲)."
    ),
    field(
        name = "service_districts",
        ty = "Vec<District>",
        desc = "Districts it can be used from (利用できる地区)."
    ),
    field(name = "organization", ty = "Option<Organization>", desc = "Who runs it (運営団体)."),
    field(
        name = "contacts",
        ty = "Vec<contacts::ContactPoint>",
        desc = "How to reach it (連絡先): only what you may see."
    ),
    field(
        name = "withheld",
        ty = "Vec<WithheldField>",
        desc = "What is not shown because it looks private (非公開にした項目), and why."
    ),
    field(
        name = "schedules",
        ty = "Vec<Schedule>",
        desc = "When it is open or meets (開催日時・営業時間). None: nobody has recorded it."
    ),
    field(
        name = "open_state",
        ty = "OpenState",
        desc = "Whether one may come (開いているか). UNKNOWN means: call first.",
        arg(name = "at", ty = "Option<DateTime>", desc = "At which instant; now without it.")
    ),
    field(
        name = "suspension",
        ty = "Option<openness::Suspension>",
        desc = "From when to when it is suspended (休止期間); null: it is not."
    ),
    field(name = "identifiers", ty = "Vec<provenance::Identifier>", desc = "Official codes (識別子)."),
    field(name = "source", ty = "Option<provenance::Source>", desc = "The data set it comes from (出典)."),
    field(
        name = "disclaimer",
        ty = "String",
        desc = "What to bear in mind when using the record (注意書き), in Japanese."
    ),
    field(
        name = "as_of",
        ty = "Option<Date>",
        desc = "The day the facts are from (情報時点); null: unknown."
    ),
    field(
        name = "last_verified_on",
        ty = "Option<Date>",
        desc = "The day somebody last verified them (最終確認日)."
    ),
    field(
        name = "missing_since",
        ty = "Option<Date>",
        desc = "Since when the complete list of its publisher no longer has it (公表一覧から消えた日)."
    ),
    field(name = "freshness", ty = "freshness::Freshness", desc = "How fresh the record is (鮮度)."),
    field(name = "note", ty = "Option<&str>", desc = "Remarks (備考).")
)]
pub enum Resource {
    /// A place of gathering (通いの場).
    GatheringPlace(GatheringPlace),
    /// A mutual-aid group (支え合い活動).
    MutualAidGroup(MutualAidGroup),
    /// A private service outside of the care insurance (介護保険外サービス).
    PrivateService(PrivateService),
    /// A care facility (介護事業所).
    CareFacility(CareFacility),
    /// A medical facility (医療機関).
    MedicalFacility(MedicalFacility),
    /// A consultation desk (相談窓口).
    ConsultationDesk(ConsultationDesk),
}

impl Listed for Resource {
    const NAME: &'static str = "Resource";

    fn from_row(row: Row) -> Option<Self> {
        Some(match row.kind {
            enums::ResourceKind::GatheringPlace => Self::GatheringPlace(GatheringPlace(row)),
            enums::ResourceKind::MutualAidGroup => Self::MutualAidGroup(MutualAidGroup(row)),
            enums::ResourceKind::PrivateService => Self::PrivateService(PrivateService(row)),
            enums::ResourceKind::MedicalFacility => Self::MedicalFacility(MedicalFacility(row)),
            enums::ResourceKind::CareFacility => Self::CareFacility(CareFacility(row)),
            enums::ResourceKind::ConsultationDesk => Self::ConsultationDesk(ConsultationDesk(row)),
        })
    }

    fn row(&self) -> &Row {
        match self {
            Self::GatheringPlace(place) => &place.0,
            Self::MutualAidGroup(group) => &group.0,
            Self::PrivateService(service) => &service.0,
            Self::CareFacility(facility) => &facility.0,
            Self::MedicalFacility(facility) => &facility.0,
            Self::ConsultationDesk(desk) => &desk.0,
        }
    }
}

impl From<Resource> for Node {
    fn from(resource: Resource) -> Self {
        match resource {
            Resource::GatheringPlace(place) => Self::GatheringPlace(place),
            Resource::MutualAidGroup(group) => Self::MutualAidGroup(group),
            Resource::PrivateService(service) => Self::PrivateService(service),
            Resource::CareFacility(facility) => Self::CareFacility(facility),
            Resource::MedicalFacility(facility) => Self::MedicalFacility(facility),
            Resource::ConsultationDesk(desk) => Self::ConsultationDesk(desk),
        }
    }
}
