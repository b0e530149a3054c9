//! Profiles of the lists that associations and institutions fill in for care professionals: desks, and care
//! needs that facilities accept.

use crate::import::formats::{Family, Format, Profile, SideTable, list};
use crate::import::tables::{acceptances, desks};
use crate::liaison::terms::LiaisonContactKind;

/// 平時の連絡窓口一覧.
pub const GENERAL: Profile = list(
    Format::LiaisonContacts,
    "liaison-contacts",
    "平時の連絡窓口一覧",
    desks::form::GENERAL,
    desks::form::GENERAL_COLUMNS,
    Family::SideTable(SideTable::LiaisonContacts(LiaisonContactKind::General)),
);
/// 退院調整担当者一覧.
pub const DISCHARGE: Profile = list(
    Format::DischargeCoordinators,
    "discharge-coordinators",
    "退院調整担当者一覧",
    desks::form::DISCHARGE,
    desks::form::DISCHARGE_COLUMNS,
    Family::SideTable(SideTable::LiaisonContacts(LiaisonContactKind::Discharge)),
);
/// 受け入れ施設一覧.
pub const ACCEPTANCES: Profile = list(
    Format::MedicalAcceptances,
    "medical-acceptances",
    "受け入れ施設一覧",
    acceptances::form::REQUIRED,
    acceptances::form::COLUMNS,
    Family::SideTable(SideTable::MedicalAcceptances),
);
