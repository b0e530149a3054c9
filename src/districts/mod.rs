//! Areas: prefectures, municipalities, and the daily-life districts (日常生活圏域) they consist of.

mod object;
pub mod lookup;
pub mod queries;
pub mod store;

use crate::context::RequestContext;
use crate::coordinators::SupportCoordinator;
use crate::coordinators::store::CoordinatorsOf;
use crate::desks::ConsultationDesk;
use crate::desks::store::SupportCenterOf;
use crate::error::Result;
use crate::scalars::Date;
use async_graphql::{Context, SimpleObject};
use japan::codes;

/// A prefecture (都道府県).
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct Prefecture {
    /// Two digits, `06` (都道府県コード).
    pub code: &'static str,
    /// Official name, `山形県`.
    pub name: &'static str,
    /// Reading in hiragana (よみ).
    pub name_kana: &'static str,
}

impl Prefecture {
    /// The prefecture with a code.
    pub fn of_code(code: &str) -> Option<Self> {
        codes::prefecture(code).map(|p| Self { code: p.code, name: p.name, name_kana: p.kana })
    }
}

/// A municipality.
#[derive(Clone, Debug)]
pub struct Municipality(pub entity::municipality::Model);

/// A daily-life district.
#[derive(Clone, Debug)]
pub struct District(pub entity::district::Model);

/// A 町字 that belongs to a district.
#[derive(Clone, Debug, SimpleObject)]
pub struct DistrictTown {
    /// Name of the 町字.
    pub name: String,
    /// First day it belongs to the district (適用開始日); null: since ever.
    pub valid_from: Option<Date>,
    /// Last day it belongs to the district (適用終了日); null: until further notice.
    pub valid_to: Option<Date>,
}

impl District {
    /// Whether it is valid on a day.
    pub fn is_valid(&self, day: chrono::NaiveDate) -> bool {
        store::is_valid(self.0.valid_from, self.0.valid_to, day)
    }

    /// The support centre that answers for it.
    pub async fn center(&self, ctx: &Context<'_>) -> Result<Option<ConsultationDesk>> {
        RequestContext::of(ctx).load(SupportCenterOf(self.0.id)).await
    }

    /// The coordinators of everyday support who are responsible for it.
    pub async fn coordinators_of(&self, ctx: &Context<'_>) -> Result<Vec<SupportCoordinator>> {
        let key = CoordinatorsOf { district: self.0.id, municipality: self.0.municipality_id };
        let coordinators = RequestContext::of(ctx).load_list(key).await?;
        Ok(coordinators.to_vec())
    }
}
