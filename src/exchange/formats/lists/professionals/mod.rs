//! Lists that associations and institutions fill in for care professionals: desks, and what facilities take on.
//! What is wrong with a row is said in Japanese.

pub mod acceptances;
mod cells;
pub mod contacts;
mod readers;
mod times;

use super::super::{Family, Format, Profile, SideTable, list};
use crate::liaison::terms::LiaisonContactKind;

pub use cells::FacilityNumber;
pub use readers::{LIST as READER_LIST, Readers};

/// 平時の連絡窓口一覧.
pub const GENERAL: Profile = list(
    Format::LiaisonContacts,
    "liaison-contacts",
    "平時の連絡窓口一覧",
    contacts::GENERAL,
    contacts::GENERAL_COLUMNS,
    Family::SideTable(SideTable::LiaisonContacts(LiaisonContactKind::General)),
);
/// 退院調整担当者一覧.
pub const DISCHARGE: Profile = list(
    Format::DischargeCoordinators,
    "discharge-coordinators",
    "退院調整担当者一覧",
    contacts::DISCHARGE,
    contacts::DISCHARGE_COLUMNS,
    Family::SideTable(SideTable::LiaisonContacts(LiaisonContactKind::Discharge)),
);
/// 受け入れ施設一覧.
pub const ACCEPTANCES: Profile = list(
    Format::MedicalAcceptances,
    "medical-acceptances",
    "受け入れ施設一覧",
    acceptances::REQUIRED,
    acceptances::COLUMNS,
    Family::SideTable(SideTable::MedicalAcceptances),
);
