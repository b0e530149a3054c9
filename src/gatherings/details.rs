//! The facts that only a place of gathering has.

use super::terms::{Activity, GatheringKind, OperatorType, VenueType};
use crate::local::terms::Reservation;
use crate::local::{Access, Eligibility, Fee};
use crate::scalars::YearMonth;
use crate::terms::{Answer, Term};
use async_graphql::SimpleObject;
use serde::{Deserialize, Serialize};

/// The facts of a place of gathering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatheringDetails {
    /// Kind of gathering (種類).
    pub kind: GatheringKind,
    /// Main activity (主な活動内容); `None`: not recorded.
    pub main_activity: Option<Activity>,
    /// Other activities (その他の活動).
    #[serde(default)]
    pub activities: Vec<Activity>,
    /// Kind of body that runs it (運営主体); `None`: not recorded.
    pub operator_type: Option<OperatorType>,
    /// Venue (会場); `None`: not recorded.
    pub venue: Option<Venue>,
    /// Guests for whom it is (対象).
    #[serde(default)]
    pub eligibility: Eligibility,
    /// Fees (参加費); empty: not recorded, which is not free.
    #[serde(default)]
    pub fees: Vec<Fee>,
    /// Capacity (定員) in persons; `None`: not recorded.
    pub capacity: Option<i32>,
    /// Whether a reservation is needed (予約); `None`: not recorded.
    pub reservation: Option<Reservation>,
    /// How and until when to reserve (予約の方法・締切); `None`: nothing said.
    pub reservation_note: Option<String>,
    /// Whether a trial visit is possible (見学・体験); `None`: not recorded.
    pub trial_possible: Option<bool>,
    /// Things to bring (持ち物); `None`: nothing said.
    pub bring: Option<String>,
    /// Whether guests are fetched (送迎); `None`: not recorded.
    pub pickup: Option<Pickup>,
    /// Handling of allergies where people eat (アレルギーへの対応); `None`: nothing said.
    pub allergy_policy: Option<String>,
    /// Whether people with 要支援 or 要介護 are welcome; `None`: not recorded.
    pub accepts_certified: Option<Answer>,
    /// Way there and accessibility (アクセス・バリアフリー).
    #[serde(default)]
    pub access: Access,
    /// Year and month in which it began (開始年月); `None`: not recorded.
    pub started_on: Option<YearMonth>,
    /// Year and month in which it ended (終了年月); `None`: no end is recorded.
    pub ended_on: Option<YearMonth>,
}

impl GatheringDetails {
    /// Facts with the kind only.
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
    /// Name of the hall or house (会場名); null for a private home.
    pub name: Option<String>,
    /// What kind of place it is (場所の種類).
    #[graphql(name = "type")]
    pub kind: Option<Term<VenueType>>,
}

/// Whether people are fetched (送迎).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
#[serde(default)]
pub struct Pickup {
    /// Whether there is any (有無); null: nobody has recorded it.
    pub available: Option<bool>,
    /// From where (範囲).
    pub area: Option<String>,
    /// What it costs (料金).
    pub fee: Option<Fee>,
    /// Remarks (備考).
    pub note: Option<String>,
}
