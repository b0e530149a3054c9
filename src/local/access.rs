//! How one gets in: steps, chairs, parking, winter.

use super::terms::Accessibility;
use crate::terms::Term;
use async_graphql::SimpleObject;
use serde::{Deserialize, Serialize};

/// How one gets there and in (アクセス・バリアフリー).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
#[serde(default)]
pub struct Access {
    /// What is there for people who walk, see or hear badly (バリアフリー). What is missing here is not recorded.
    pub features: Vec<Term<Accessibility>>,
    /// Remarks on it (備考).
    pub note: Option<String>,
    /// How to get there (アクセス).
    pub directions: Option<String>,
    /// Parking (駐車場).
    pub parking: Option<Parking>,
    /// Parking and snow clearing in winter (冬の駐車・除雪).
    pub winter_note: Option<String>,
}

/// Parking (駐車場).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
#[serde(default)]
pub struct Parking {
    /// Whether there is any (有無); null: nobody has recorded it.
    pub available: Option<bool>,
    /// For how many cars (台数).
    pub count: Option<i32>,
    /// Remarks (備考).
    pub note: Option<String>,
}
