//! Root fields about mutual-aid groups.

use super::MutualAidGroup;
use super::tags::{AID, COMPENSATION};
use super::terms::{AidCategory, Compensation};
use crate::error::Result;
use crate::graph::list_field::list_field;
use crate::local::tags::{self, Flag};
use crate::local::terms::Intake;
use crate::picture::Criterion;
use crate::resources::filter::{given, yen};
use crate::terms::Answer;
use async_graphql::InputObject;
use entity::enums::ResourceKind;

/// Which mutual-aid groups to list, by what only they have.
#[derive(Clone, Debug, Default, InputObject)]
pub struct MutualAidCriteria {
    /// Gives one of these kinds of help (活動区分).
    categories: Option<Vec<AidCategory>>,
    /// Whether helpers are paid (有償・無償).
    compensation: Option<Vec<Compensation>>,
    /// An hour of help certainly costs no more than so many yen (1時間あたりの上限). Unknown fees do not match.
    hour_at_most: Option<i32>,
    /// Whether new users are taken (新規受付).
    intake: Option<Vec<Intake>>,
    /// Whether people with 要支援 or 要介護 are welcome: `[YES, CONSULT]`. UNKNOWN only on request.
    accepts_certified: Option<Vec<Answer>>,
    /// True: looks for people who help (担い手募集中).
    recruiting: Option<bool>,
}

impl MutualAidCriteria {
    /// What must hold.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the field that makes no sense.
    pub fn criteria(&self) -> Result<Vec<Criterion>> {
        let mut all = Vec::new();
        if let Some(wanted) = given("categories", &self.categories)? {
            all.push(Criterion::Tagged(AID.any_of(wanted)));
        }
        if let Some(wanted) = given("compensation", &self.compensation)? {
            all.push(Criterion::Tagged(COMPENSATION.any_of(wanted)));
        }
        if let Some(yen) = yen("hourAtMost", self.hour_at_most)? {
            all.push(Criterion::HourAtMost(yen));
        }
        if let Some(wanted) = given("intake", &self.intake)? {
            all.push(Criterion::Tagged(tags::INTAKE.any_of(wanted)));
        }
        if let Some(wanted) = given("acceptsCertified", &self.accepts_certified)? {
            all.push(Criterion::Tagged(tags::CERTIFIED.any_of(wanted)));
        }
        if self.recruiting == Some(true) {
            all.push(Criterion::Tagged(vec![Flag::Recruiting.tag()]));
        }
        Ok(all)
    }
}

list_field! {
    /// Queries about mutual-aid groups.
    MutualAidQueries {}
    /// Mutual-aid groups (支え合い活動).
    mutual_aid_groups(Some(&[ResourceKind::MutualAidGroup])) -> MutualAidGroup;
    {}
}
