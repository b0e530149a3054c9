//! What partners and professionals may know of an activity beside what everybody knows (連携団体・専門職限り).

use super::terms::{Insurance, SogoJigyo};
use crate::context::RequestContext;
use crate::error::{Nullable, Result};
use crate::local::store::PartnerFactsOf;
use crate::restricted::restricted;
use crate::terms::Term;
use async_graphql::Context;
use entity::enums::Visibility;
use serde::{Deserialize, Serialize};

/// Facts that are not for everybody, as they are stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PartnerFacts {
    /// Persons who have signed up (登録者数); `None`: not recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered: Option<i32>,
    /// Persons who come each time, on average (平均参加者数); `None`: not recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendance: Option<i32>,
    /// Persons who help (担い手の人数); `None`: not recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub helpers: Option<i32>,
    /// Insurance of helpers and guests (保険); `None`: not recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insurance: Option<Term<Insurance>>,
    /// Place within the comprehensive programme of care prevention (総合事業の位置付け); `None`: not recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sogo_jigyo: Option<Term<SogoJigyo>>,
}

impl PartnerFacts {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// One of these facts of a resource, named `Type.field`; it is not even asked for on behalf of somebody who can
/// never read it.
pub async fn partner_fact<T>(
    ctx: &Context<'_>,
    field: &'static str,
    resource_id: i64,
    fact: impl FnOnce(&PartnerFacts) -> Option<T>,
) -> Option<T> {
    restricted(ctx, field, Visibility::Partner, Some(()))?;
    let found: Result<_> = RequestContext::of(ctx).load(PartnerFactsOf(resource_id)).await;
    fact(&*found.nullable(ctx)?)
}
