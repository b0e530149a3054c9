//! Root fields about mutual-aid groups.

use super::MutualAidGroup;
use super::tags::{AID, COMPENSATION};
use super::terms::{AidCategory, Compensation};
use crate::error::Result;
use crate::graph::list_field::list_field;
use crate::local::store;
use crate::local::tags::{self, Flag};
use crate::local::terms::Intake;
use crate::resources::filter::{Conditions, given, yen};
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
    /// The criteria as conditions.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the field that makes no sense.
    pub fn conditions(&self) -> Result<Conditions> {
        let mut filter = Conditions::default();
        if let Some(wanted) = given("categories", &self.categories)? {
            filter = filter.tagged(AID.any_of(wanted));
        }
        if let Some(wanted) = given("compensation", &self.compensation)? {
            filter = filter.tagged(COMPENSATION.any_of(wanted));
        }
        if let Some(yen) = yen("hourAtMost", self.hour_at_most)? {
            filter = filter.among(store::hour_at_most(yen));
        }
        if let Some(wanted) = given("intake", &self.intake)? {
            filter = filter.tagged(tags::INTAKE.any_of(wanted));
        }
        if let Some(wanted) = given("acceptsCertified", &self.accepts_certified)? {
            filter = filter.tagged(tags::CERTIFIED.any_of(wanted));
        }
        if self.recruiting == Some(true) {
            filter = filter.tagged(vec![Flag::Recruiting.tag()]);
        }
        Ok(filter)
    }
}

list_field! {
    /// Queries about mutual-aid groups.
    MutualAidQueries {}
    /// Mutual-aid groups (支え合い活動).
    mutual_aid_groups(Some(&[ResourceKind::MutualAidGroup])) -> MutualAidGroup;
    {}
}
