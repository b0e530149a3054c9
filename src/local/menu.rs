//! A list of what is offered and what each costs.

use super::Fee;
use async_graphql::SimpleObject;
use serde::{Deserialize, Serialize};

/// Part of the year in which something is offered; may run across New Year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
pub struct Season {
    /// First day, `12-01` (初日).
    pub from: String,
    /// Last day, `03-31` (末日).
    pub to: String,
}

/// How one asks for it (申込み).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
#[serde(default)]
pub struct HowToApply {
    /// In words (申込方法).
    pub text: Option<String>,
    /// How many days before (何日前まで).
    pub lead_time_days: Option<i32>,
}

/// What one service of a provider costs (メニュー).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
pub struct ServiceMenu {
    /// What it is (品目).
    pub name: String,
    /// What it costs (料金).
    #[serde(default)]
    pub fees: Vec<Fee>,
    /// On what conditions (条件).
    pub conditions: Option<String>,
}
