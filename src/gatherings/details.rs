//! What only a place of gathering has.

use super::terms::{Activity, GatheringKind, OperatorType, VenueType};
use crate::local::terms::{Acceptance, Reservation};
use crate::local::{Access, Eligibility, Fee};
use crate::scalars::YearMonth;
use crate::terms::Term;
use async_graphql::SimpleObject;
use serde::{Deserialize, Serialize};

/// The facts of a place of gathering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatheringDetails {
    pub kind: GatheringKind,
    pub main_activity: Option<Activity>,
    #[serde(default)]
    pub activities: Vec<Activity>,
    pub operator_type: Option<OperatorType>,
    pub venue: Option<Venue>,
    #[serde(default)]
    pub eligibility: Eligibility,
    #[serde(default)]
    pub fees: Vec<Fee>,
    pub capacity: Option<i32>,
    pub reservation: Option<Reservation>,
    pub reservation_note: Option<String>,
    pub trial_possible: Option<bool>,
    pub bring: Option<String>,
    pub pickup: Option<Pickup>,
    pub allergy_policy: Option<String>,
    pub accepts_certified: Option<Acceptance>,
    #[serde(default)]
    pub access: Access,
    pub started_on: Option<YearMonth>,
    pub ended_on: Option<YearMonth>,
}

impl GatheringDetails {
    /// Nothing known but the kind.
    pub fn of(kind: GatheringKind) -> Self {
        Self {
            kind,
            main_activity: None,
            activities: Vec::new(),
            operator_type: None,
            venue: None,
            eligibility: Eligibility::default(),
            fees: Vec::new(),
            capacity: None,
            reservation: None,
            reservation_note: None,
            trial_possible: None,
            bring: None,
            pickup: None,
            allergy_policy: None,
            accepts_certified: None,
            access: Access::default(),
            started_on: None,
            ended_on: None,
        }
    }
}

/// Where it is held (会場).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
pub struct Venue {
    /// Name of the hall or house; null for a private home.
    pub name: Option<String>,
    /// What kind of place it is (場所の種類).
    #[graphql(name = "type")]
    pub kind: Option<Term<VenueType>>,
}

/// Whether people are fetched (送迎).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
#[serde(default)]
pub struct Pickup {
    /// Whether there is any; null: nobody has recorded it.
    pub available: Option<bool>,
    /// From where (範囲).
    pub area: Option<String>,
    /// What it costs.
    pub fee: Option<Fee>,
    /// Remarks.
    pub note: Option<String>,
}
