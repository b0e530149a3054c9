//! The facts of resources of local kinds, as rows of lists of cities and associations give them.

use crate::import::facts::{Fact, Phone, Placement, ServedArea, Timing};
use crate::import::row::{Body, OfficialRow};
use crate::local::PartnerFacts;
use crate::local_kinds::Details;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Prefix of the keys of local entries.
pub const KEY: &str = "local:";
/// The facts of one row of a list about a resource of a local kind. Rows that only add sessions to an entry
/// leave `name` empty.
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
    pub postal_code: Option<String>,
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
    pub reach: ServedArea,
    /// Whether it stays in state DRAFT until districts from which it can be used are known.
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
    /// Day of the information in the row; `None`: that of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_verified_on: Option<NaiveDate>,
    /// The identifier in the list; [`Fact::Nothing`]: the list numbers its rows anew in each edition.
    #[serde(skip_serializing_if = "Fact::is_unasked")]
    pub local_id: Fact<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<Details>,
    #[serde(skip_serializing_if = "PartnerFacts::is_empty")]
    pub partner: PartnerFacts,
}

impl LocalFacts {
    /// Makes a row of these facts. Rows with the same `entry` form one resource; `key` distinguishes them.
    pub fn into_row(self, line: u64, key: String, entry: String, scope: String) -> OfficialRow {
        let municipality_code = self.municipality_code.clone();
        let (body, cells) = (Body::of(&self), BTreeMap::new());
        OfficialRow {
            line,
            key,
            facility_key: entry,
            second_key: None,
            scope,
            municipality_code,
            body,
            cells,
        }
    }
}

/// A contact of a list. Its visibility is decided when the row is read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LocalContact {
    pub kind: LocalContactKind,
    /// Whether it is public; else only coordinators see it.
    pub public: bool,
    pub label: Option<String>,
    pub person_name: Option<String>,
    pub phone: Option<Phone>,
    pub fax: Option<Phone>,
    pub email: Option<String>,
}

/// The person or desk that answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LocalContactKind {
    Representative,
    Application,
    Intermediary,
    Staff,
    LeaderPersonal,
}

/// States of an entry that a list may give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LocalState {
    Draft,
    Published,
    Suspended,
    Ended,
}
