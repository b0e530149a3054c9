//! What only a private service has.

use super::terms::{PrivateServiceKind, VouchedBy};
use crate::local::terms::Intake;
use crate::local::{Eligibility, HowToApply, ServiceMenu};
use crate::scalars::Date;
use crate::terms::Term;
use async_graphql::SimpleObject;
use serde::{Deserialize, Serialize};

/// The facts of a private service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PrivateServiceDetails {
    pub kinds: Vec<PrivateServiceKind>,
    pub menus: Vec<ServiceMenu>,
    pub eligibility: Eligibility,
    pub how_to_apply: Option<HowToApply>,
    pub intake: Option<Intake>,
    pub intake_as_of: Option<Date>,
    pub wheelchair: Option<bool>,
    pub stretcher: Option<bool>,
    pub vouching: Vec<Vouching>,
}

/// Who has checked the provider (信頼の裏付け).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
pub struct Vouching {
    /// By what means.
    pub by: Term<VouchedBy>,
    /// Name of the list, the certificate or the programme.
    pub note: Option<String>,
    /// As of which day.
    pub on: Option<Date>,
}
