//! The facts that only a consultation desk has.

use super::terms::{ConsultationMethod, DeskTopic};
use crate::local::{Access, Fee};
use serde::{Deserialize, Serialize};

/// The facts of a consultation desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeskDetails {
    /// Topics (相談の種類).
    pub topics: Vec<DeskTopic>,
    /// Ways to consult (相談方法).
    pub methods: Vec<ConsultationMethod>,
    /// Languages beside Japanese (対応言語), in Japanese words.
    pub languages: Vec<String>,
    /// Fees (料金); empty: not recorded.
    pub fees: Vec<Fee>,
    /// Help while it is closed (時間外の対応); `None`: nothing said.
    pub after_hours: Option<String>,
    /// People who can come, in words (対象); `None`: nothing said.
    pub eligibility: Option<String>,
    /// Way there and accessibility (アクセス・バリアフリー).
    pub access: Access,
}
