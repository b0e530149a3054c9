//! Fallback desks: whom to call when a list is empty.

use super::ConsultationDesk;
use super::store::{self, Answering};
use super::terms::DeskTopic;
use crate::context::RequestContext;
use crate::error::Result;
use crate::resources::filter::{Area, Filter};
use crate::resources::near::Circle;
use async_graphql::Context;
use entity::enums::PublicationState;
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
        Some(Area::Districts(codes)) => {
            let view = RequestContext::of(ctx).view().await?;
            let called = codes.iter().flat_map(|code| view.areas().districts_called(code));
            named(ctx, &Answering::Districts(called.map(|district| district.id).collect())).await
        }
        Some(Area::Municipalities(codes)) => {
            let view = RequestContext::of(ctx).view().await?;
            let ids = codes.iter().filter_map(|code| view.areas().municipality_of(code));
            named(ctx, &Answering::Municipalities(ids.collect())).await
        }
        None => around(ctx, near, filter.bounds).await,
    }
}

/// The support centres of an area that was named; where none can be rung, the desks for all topics (総合相談) follow.
async fn named(ctx: &Context<'_>, area: &Answering) -> Result<Vec<ConsultationDesk>> {
    let (centers, can_be_rung) = by_telephone(answering(ctx, area, DeskTopic::SupportCenter).await?);
    match can_be_rung {
        true => Ok(centers),
        false => followed_by_all_topics(ctx, area, centers).await,
    }
}

/// The desks, first those that are not suspended and have a telephone number that the viewer sees, and whether there is one.
fn by_telephone(desks: Vec<ConsultationDesk>) -> (Vec<ConsultationDesk>, bool) {
    let (mut desks, without): (Vec<_>, Vec<_>) = desks.into_iter().partition(|desk| {
        let is_suspended = desk.0.state == PublicationState::Suspended;
        !is_suspended && desk.0.contacts().iter().any(|contact| contact.tel.is_some())
    });
    let can_be_rung = !desks.is_empty();
    desks.extend(without);
    (desks, can_be_rung)
}

async fn followed_by_all_topics(
    ctx: &Context<'_>,
    area: &Answering,
    centers: Vec<ConsultationDesk>,
) -> Result<Vec<ConsultationDesk>> {
    let all = answering(ctx, area, DeskTopic::Comprehensive).await?;
    let is_new = |desk: &ConsultationDesk| centers.iter().all(|center| center.0.id != desk.0.id);
    let all: Vec<_> = all.into_iter().filter(is_new).collect();
    let (mut desks, _) = by_telephone(centers.into_iter().chain(all).collect());
    desks.truncate(MOST);
    Ok(desks)
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
    let touched: Vec<i64> = context.view().await?.areas().outlined_in(&place).collect();
    if touched.is_empty() || touched.len() > MOST_MUNICIPALITIES {
        return Ok(Vec::new());
    }
    let area = Answering::Municipalities(touched);
    let (centers, can_be_rung) = by_telephone(answering(ctx, &area, DeskTopic::SupportCenter).await?);
    if centers.len() <= FEW {
        return match can_be_rung {
            true => Ok(centers),
            false => followed_by_all_topics(ctx, &area, centers).await,
        };
    }
    let (all, _) = by_telephone(answering(ctx, &area, DeskTopic::Comprehensive).await?);
    Ok(if all.is_empty() { centers } else { all })
}

async fn answering(ctx: &Context<'_>, area: &Answering, topic: DeskTopic) -> Result<Vec<ConsultationDesk>> {
    Ok(store::answering(&RequestContext::of(ctx).view().await?, area, topic, MOST))
}
