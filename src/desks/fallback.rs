//! Fallback desks: whom to call when a list is empty.

use super::ConsultationDesk;
use super::store::{self, Answering};
use super::terms::DeskTopic;
use crate::context::RequestContext;
use crate::districts::store::outlined_in;
use crate::error::Result;
use crate::resources::areas::districts;
use crate::resources::contacts::store::ContactsOf;
use crate::resources::filter::{Area, Filter};
use crate::resources::near::Circle;
use async_graphql::Context;
use entity::enums::PublicationState;
use futures_util::future::try_join_all;
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

/// The support centres of an area that was named; where none can be rung, the desks for all topics (総合相談) follow.
async fn named(ctx: &Context<'_>, area: &Answering) -> Result<Vec<ConsultationDesk>> {
    let (centers, can_be_rung) =
        by_telephone(ctx, answering(ctx, area, DeskTopic::SupportCenter).await?).await?;
    match can_be_rung {
        true => Ok(centers),
        false => followed_by_all_topics(ctx, area, centers).await,
    }
}

/// The desks, first those that are not suspended and have a telephone number that the viewer sees, and whether there is one.
async fn by_telephone(
    ctx: &Context<'_>,
    desks: Vec<ConsultationDesk>,
) -> Result<(Vec<ConsultationDesk>, bool)> {
    let context = RequestContext::of(ctx);
    let contacts = desks.iter().map(|desk| context.load_list(ContactsOf(desk.0.id)));
    let contacts = try_join_all(contacts).await?;
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for (desk, contacts) in desks.into_iter().zip(contacts) {
        let is_suspended = desk.0.state == Some(PublicationState::Suspended);
        match !is_suspended && contacts.iter().any(|contact| contact.tel.is_some()) {
            true => with.push(desk),
            false => without.push(desk),
        }
    }
    let can_be_rung = !with.is_empty();
    with.extend(without);
    Ok((with, can_be_rung))
}

async fn followed_by_all_topics(
    ctx: &Context<'_>,
    area: &Answering,
    centers: Vec<ConsultationDesk>,
) -> Result<Vec<ConsultationDesk>> {
    let all = answering(ctx, area, DeskTopic::Comprehensive).await?;
    let is_new = |desk: &ConsultationDesk| centers.iter().all(|center| center.0.id != desk.0.id);
    let all: Vec<_> = all.into_iter().filter(is_new).collect();
    let (mut desks, _) = by_telephone(ctx, centers.into_iter().chain(all).collect()).await?;
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
    let touched = outlined_in(context.db(), &place).await?;
    if touched.is_empty() || touched.len() > MOST_MUNICIPALITIES {
        return Ok(Vec::new());
    }
    let area = Answering::of_municipalities(&touched);
    let (centers, can_be_rung) =
        by_telephone(ctx, answering(ctx, &area, DeskTopic::SupportCenter).await?).await?;
    if centers.len() <= FEW {
        return match can_be_rung {
            true => Ok(centers),
            false => followed_by_all_topics(ctx, &area, centers).await,
        };
    }
    let (all, _) = by_telephone(ctx, answering(ctx, &area, DeskTopic::Comprehensive).await?).await?;
    Ok(if all.is_empty() { centers } else { all })
}

async fn answering(ctx: &Context<'_>, area: &Answering, topic: DeskTopic) -> Result<Vec<ConsultationDesk>> {
    let context = RequestContext::of(ctx);
    store::answering(context.db(), &context.viewer, area, topic, MOST).await
}
