//! For whom something is. What nobody recorded is null, which is not no.

use super::terms::Gender;
use crate::terms::Term;
use async_graphql::SimpleObject;
use serde::{Deserialize, Serialize};

/// For whom it is (対象).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
#[serde(default)]
pub struct Eligibility {
    /// In the organiser's own words (対象者).
    pub text: Option<String>,
    /// From which age on (対象年齢の下限).
    pub age_min: Option<i32>,
    /// Whether only for men or women (性別); null: nobody has recorded it.
    pub gender: Option<Term<Gender>>,
    /// Only for people of its districts (地区限定).
    pub districts_only: Option<bool>,
    /// Only for members (会員限定).
    pub members_only: Option<bool>,
    /// People with dementia are welcome (認知症の方も歓迎).
    pub dementia_welcome: Option<bool>,
    /// Family carers are welcome (介護者も歓迎).
    pub carers_welcome: Option<bool>,
    /// For people who live alone (独居).
    pub living_alone: Option<bool>,
    /// For households of old people only (高齢者のみ世帯).
    pub elderly_only_household: Option<bool>,
    /// For people with disabilities (障害のある方).
    pub disabled: Option<bool>,
    /// For families that raise children (子育て世帯).
    pub child_rearing: Option<bool>,
}
