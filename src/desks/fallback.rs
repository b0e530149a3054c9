//! Fallback desks: whom to call when a list is empty.

use super::ConsultationDesk;
use super::store::{self, Answering};
use super::terms::DeskTopic;
use crate::context::RequestContext;
use crate::districts::store::outlined_in;
use crate::error::Result;
use crate::resources::areas::districts;
use crate::resources::filter::{Area, Filter};
use crate::resources::near::Circle;
use async_graphql::Context;
use japan::values::Bounds;

/// The most desks that are offered.
const MOST: usize = 20;
/// The most support centres of a municipality that are offered one by one.
const FEW: usize = 3;
/// The most municipalities that a map box may touch to have fallback desks.
const MOST_MUNICIPALITIES: usize = 5;

/// The fallback desks of the area of a list; none for a list without an area.
pub async fn desks(
    ctx: &Context<'_>,
    filter: &Filter,
    near: Option<Circle>,
) -> Result<Vec<ConsultationDesk>> {
    match &filter.area {
        Some(Area::Districts(codes)) => named(ctx, &Answering::Districts(districts(codes))).await,
        Some(Area::Municipalities(codes)) => named(ctx, &Answering::of_codes(codes)).await,
        None => around(ctx, near, filter.bounds).await,
    }
}

/// The support centres of an area that was named; where there is none, the desks for all topics (総合相談).
async fn named(ctx: &Context<'_>, area: &Answering) -> Result<Vec<ConsultationDesk>> {
    let centers = answering(ctx, area, DeskTopic::SupportCenter).await?;
    if centers.is_empty() { answering(ctx, area, DeskTopic::Comprehensive).await } else { Ok(centers) }
}

/// The desks around a position, of which only the municipality is certain: its support centres if they are
/// few, else its desks for all topics (総合相談), whose staff know the responsible centre.
async fn around(
    ctx: &Context<'_>,
    near: Option<Circle>,
    bounds: Option<Bounds>,
) -> Result<Vec<ConsultationDesk>> {
    let Some(place) = near.map(|circle| Bounds::around(&circle.center, 0.0)).or(bounds) else {
        return Ok(Vec::new());
    };
    let context = RequestContext::of(ctx);
    let touched = outlined_in(context.db(), &place).await?;
    if touched.is_empty() || touched.len() > MOST_MUNICIPALITIES {
        return Ok(Vec::new());
    }
    let area = Answering::of_municipalities(&touched);
    let centers = answering(ctx, &area, DeskTopic::SupportCenter).await?;
    if (1..=FEW).contains(&centers.len()) {
        return Ok(centers);
    }
    let all = answering(ctx, &area, DeskTopic::Comprehensive).await?;
    Ok(if all.is_empty() { centers } else { all })
}

async fn answering(ctx: &Context<'_>, area: &Answering, topic: DeskTopic) -> Result<Vec<ConsultationDesk>> {
    let context = RequestContext::of(ctx);
    store::answering(context.db(), &context.viewer, area, topic, MOST).await
}
