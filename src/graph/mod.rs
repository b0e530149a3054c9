//! The interfaces `Node` and `Resource`, the fields of every kind of resource, and the queries about
//! resources of any kind. This module depends on all kinds; they use only the macros
//! of their fields and the filter of lists.

pub mod contact_point;
pub mod facility;
pub mod filter;
pub(crate) mod list_field;
pub mod map;
mod nodes;
pub mod queries;
pub mod resource;

pub use resource::Resource;

use crate::acceptances::MedicalAcceptance;
use crate::accounts::Account;
use crate::api_tokens::ApiToken;
use crate::care::CareFacility;
use crate::consents::Consent;
use crate::coordinators::SupportCoordinator;
use crate::desks::ConsultationDesk;
use crate::districts::{District, Municipality};
use crate::gatherings::GatheringPlace;
use crate::liaison::contacts::LiaisonContact;
use crate::liaison::sheets::LiaisonSheet;
use crate::liaison::sheets::entry::{Physician, PhysicianEntry};
use crate::medical::MedicalFacility;
use crate::mutual_aid::MutualAidGroup;
use crate::organizations::Organization;
use crate::private_services::PrivateService;
use crate::vacancies::VacancyReport;
use async_graphql::{ID, Interface};

/// Anything that has an id of its own.
#[derive(Clone, Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Opaque id."))]
pub enum Node {
    /// A place of gathering (通いの場).
    GatheringPlace(GatheringPlace),
    /// A mutual-aid group (支え合い活動).
    MutualAidGroup(MutualAidGroup),
    /// A private service outside of the care insurance (介護保険外サービス・自費サービス・配食・家事代行).
    PrivateService(PrivateService),
    /// A care facility (介護事業所).
    CareFacility(CareFacility),
    /// A medical facility (医療機関・病院・診療所・クリニック・歯科・薬局).
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
    /// What a service of a facility takes on (医療ニーズの受け入れ).
    MedicalAcceptance(MedicalAcceptance),
    /// A version of a liaison sheet (連携シート).
    LiaisonSheet(LiaisonSheet),
    /// What a version of a sheet says of one physician (医師ごとの記載).
    PhysicianEntry(PhysicianEntry),
    /// A physician (医師).
    Physician(Physician),
    /// A desk of professionals (平時の連絡窓口・退院調整担当者).
    LiaisonContact(LiaisonContact),
    /// A report of vacancies (空き情報).
    VacancyReport(VacancyReport),
    /// A consent to be reached by a number or an address (公開同意).
    Consent(Consent),
    /// An account of a person who may sign in here (アカウント).
    Account(Account),
    /// A token of a program (APIトークン).
    ApiToken(ApiToken),
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
