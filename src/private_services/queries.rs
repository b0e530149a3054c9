//! Root fields about private services.

use super::PrivateService;
use super::tags::{PRIVATE_SERVICE, VOUCHED};
use super::terms::{PrivateServiceKind, VouchedBy};
use crate::error::Result;
use crate::graph::list_field::list_field;
use crate::local::tags::{self, Flag};
use crate::local::terms::Intake;
use crate::picture::Criterion;
use crate::resources::filter::given;
use async_graphql::InputObject;
use entity::enums::ResourceKind;

/// Which private services to list, by what only they have.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PrivateServiceCriteria {
    /// Offers one of these (種類).
    service_kinds: Option<Vec<PrivateServiceKind>>,
    /// Checked by one of these (信頼の裏付け).
    vouched_by: Option<Vec<VouchedBy>>,
    /// Whether new users are taken (新規受付).
    intake: Option<Vec<Intake>>,
    /// True: takes people in wheelchairs (車いす対応).
    wheelchair: Option<bool>,
    /// True: takes people on stretchers (ストレッチャー対応).
    stretcher: Option<bool>,
}

impl PrivateServiceCriteria {
    /// What must hold.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the field that makes no sense.
    pub fn criteria(&self) -> Result<Vec<Criterion>> {
        let mut all = Vec::new();
        if let Some(wanted) = given("serviceKinds", &self.service_kinds)? {
            all.push(Criterion::Tagged(PRIVATE_SERVICE.any_of(wanted)));
        }
        if let Some(wanted) = given("vouchedBy", &self.vouched_by)? {
            all.push(Criterion::Tagged(VOUCHED.any_of(wanted)));
        }
        if let Some(wanted) = given("intake", &self.intake)? {
            all.push(Criterion::Tagged(tags::INTAKE.any_of(wanted)));
        }
        if self.wheelchair == Some(true) {
            all.push(Criterion::Tagged(vec![Flag::Wheelchair.tag()]));
        }
        if self.stretcher == Some(true) {
            all.push(Criterion::Tagged(vec![Flag::Stretcher.tag()]));
        }
        Ok(all)
    }
}

list_field! {
    /// Queries about private services.
    PrivateServiceQueries {}
    /// Private services outside of the care insurance (介護保険外サービス).
    private_services(Some(&[ResourceKind::PrivateService])) -> PrivateService;
    {}
}
