//! The facts that only a private service has.

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
    /// Kinds of service (種類).
    pub kinds: Vec<PrivateServiceKind>,
    /// Offers with their fees (メニュー).
    pub menus: Vec<ServiceMenu>,
    /// People for whom it is (対象).
    pub eligibility: Eligibility,
    /// How to ask for it (申込み); `None`: not recorded.
    pub how_to_apply: Option<HowToApply>,
    /// Whether new users are taken (新規受付); `None`: not recorded.
    pub intake: Option<Intake>,
    /// Day in Asia/Tokyo of `intake`; `None`: not recorded.
    pub intake_as_of: Option<Date>,
    /// Whether people in wheelchairs are taken (車いす対応); `None`: not recorded.
    pub wheelchair: Option<bool>,
    /// Whether people on stretchers are taken (ストレッチャー対応); `None`: not recorded.
    pub stretcher: Option<bool>,
    /// Checks of the provider (信頼の裏付け); empty: none recorded.
    pub vouching: Vec<Vouching>,
}

/// Who has checked the provider (信頼の裏付け).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
pub struct Vouching {
    /// By what means (確認の方法).
    pub by: Term<VouchedBy>,
    /// Name of the list, the certificate or the programme (名簿・認証の名前).
    pub note: Option<String>,
    /// The day from which this is known (確認日).
    #[graphql(name = "vouchedOn")]
    pub on: Option<Date>,
}
