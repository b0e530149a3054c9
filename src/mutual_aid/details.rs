//! The facts that only a mutual-aid group has.

use super::terms::{AidCategory, Compensation, TransportLegalBasis};
use crate::local::terms::{FeeKind, Intake};
use crate::local::{Eligibility, Fee, HowToApply, Season};
use crate::scalars::{Date, YearMonth};
use crate::terms::Term;
use async_graphql::{ComplexObject, SimpleObject};
use serde::{Deserialize, Serialize};

/// The facts of a mutual-aid group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MutualAidDetails {
    /// Kinds of help (活動区分), without those that only a menu names.
    pub categories: Vec<AidCategory>,
    /// Pay of helpers (有償・無償); `None`: not recorded.
    pub compensation: Option<Compensation>,
    /// Offers with their fees (メニュー).
    pub menus: Vec<Menu>,
    /// Fees beside those of the menus (料金); empty: not recorded, which is not free.
    pub fees: Vec<Fee>,
    /// Fees of members (会員制度); `None`: no membership is recorded.
    pub membership: Option<Membership>,
    /// People who can be helped (利用できる人).
    pub eligibility: Eligibility,
    /// How to ask for help (申込み); `None`: not recorded.
    pub how_to_apply: Option<HowToApply>,
    /// Whether more helpers are looked for (担い手募集中); `None`: not recorded.
    pub recruiting: Option<bool>,
    /// Tasks of new helpers and whom to ask (募集の内容); `None`: nothing said.
    pub recruit_note: Option<String>,
    /// Whether new users are taken (新規受付); `None`: not recorded.
    pub intake: Option<Intake>,
    /// Day in Asia/Tokyo of `intake`; `None`: not recorded.
    pub intake_as_of: Option<Date>,
    /// Whether people with 要支援 or 要介護 are helped; `None`: not recorded.
    pub accepts_certified: Option<crate::terms::Answer>,
    /// Part of the year with help (季節限定); `None`: all year, or not recorded.
    pub season: Option<Season>,
    /// Legal basis of rides (移送の法的位置付け), not in the GraphQL schema; `None`: not recorded.
    pub transport_legal_basis: Option<TransportLegalBasis>,
    /// Year and month in which it began (開始年月); `None`: not recorded.
    pub started_on: Option<YearMonth>,
    /// Year and month in which it ended (終了年月); `None`: no end is recorded.
    pub ended_on: Option<YearMonth>,
}

/// Words of menus that are rides, whatever category is given.
const RIDES: [&str; 6] = ["送迎", "移送", "運転", "乗車", "お出かけ支援", "外出支援"];

impl MutualAidDetails {
    /// The fees beside those of the menus that may be shown: those of a group that only gives rides are fares.
    pub fn shown_fees(&self) -> Vec<Fee> {
        let reviewed =
            self.transport_legal_basis.is_some_and(|basis| basis != TransportLegalBasis::Unreviewed);
        let of_rides = self.categories == [AidCategory::Transport];
        shown(&self.fees, !of_rides || reviewed)
    }

    /// Its own categories, and those that only its menus name.
    pub fn all_categories(&self) -> Vec<AidCategory> {
        let mut all: Vec<AidCategory> = Vec::new();
        let of_menus = self.menus.iter().filter_map(|menu| Some(menu.category?.0));
        for category in self.categories.iter().copied().chain(of_menus) {
            if !all.contains(&category) {
                all.push(category);
            }
        }
        all
    }
}

/// One thing the group does (メニュー).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
#[graphql(complex)]
pub struct Menu {
    /// What it is, `玄関前の除雪`.
    pub name: String,
    /// Under what it falls (活動区分).
    pub category: Option<Term<AidCategory>>,
    /// Fees as recorded; [`Menu::shown_fees`] are those that may be shown.
    #[graphql(skip)]
    #[serde(default)]
    pub fees: Vec<Fee>,
    /// Whether the fare may be shown, because its legal basis was reviewed.
    #[graphql(skip)]
    #[serde(default)]
    pub fare_reviewed: bool,
    /// Only in this part of the year (季節限定).
    pub season: Option<Season>,
    /// Only in some of the districts, in words (一部地区のみ).
    pub districts_note: Option<String>,
    /// On what conditions (条件).
    pub conditions: Option<String>,
}

#[ComplexObject]
impl Menu {
    /// What it costs (料金). The fare of a ride nobody has reviewed is not shown: NEGOTIABLE, please ask.
    async fn fees(&self) -> Vec<Fee> {
        self.shown_fees()
    }
}

impl Menu {
    /// The fees that may be shown.
    pub fn shown_fees(&self) -> Vec<Fee> {
        let ride = self.category.is_some_and(|category| category.0 == AidCategory::Transport)
            || RIDES.iter().any(|word| self.name.contains(word));
        shown(&self.fees, !ride || self.fare_reviewed)
    }
}

/// The fees, or in place of those that may not be shown that one has to ask.
fn shown(fees: &[Fee], may_be_shown: bool) -> Vec<Fee> {
    if may_be_shown || fees.is_empty() { fees.to_vec() } else { vec![Fee::of(FeeKind::Negotiable)] }
}

/// What members pay (会員制度).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
#[serde(default)]
pub struct Membership {
    /// Yearly fee of those who are helped, in yen (利用会員の年会費).
    pub user_fee_yen: Option<i32>,
    /// Yearly fee of those who help, in yen (協力会員の年会費).
    pub helper_fee_yen: Option<i32>,
    /// How one becomes a member (登録).
    pub note: Option<String>,
}

/// People who help (担い手).
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct Helpers {
    /// Whether more are looked for (担い手募集中); null: nobody has recorded it.
    pub recruiting: Option<bool>,
    /// What they would do, whom to ask (募集の内容).
    pub recruit_note: Option<String>,
}
