//! What only a consultation desk has.

use super::terms::{ConsultationMethod, DeskTopic};
use crate::local::{Access, Fee};
use serde::{Deserialize, Serialize};

/// The facts of a consultation desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeskDetails {
    pub topics: Vec<DeskTopic>,
    pub methods: Vec<ConsultationMethod>,
    pub languages: Vec<String>,
    pub fees: Vec<Fee>,
    pub after_hours: Option<String>,
    pub eligibility: Option<String>,
    pub access: Access,
}
