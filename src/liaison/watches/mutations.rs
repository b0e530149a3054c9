//! Mutations of the viewer's watch list.

use super::store;
use crate::context::RequestContext;
use crate::error::Nullable;
use crate::liaison::institution_of;
use crate::medical::MedicalFacility;
use crate::user_error::{NotDone, UserError, with_user_errors};
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

/// Changes to watch lists.
#[derive(Default)]
pub struct WatchMutations;

/// An institution to be watched, or no longer.
#[derive(InputObject)]
pub struct WatchInput {
    /// Which one (医療機関): its id.
    institution: ID,
}

/// What came of watching an institution.
#[derive(SimpleObject)]
pub struct WatchPayload {
    /// The institution (医療機関); null when nothing was changed.
    institution: Option<MedicalFacility>,
    /// Why not (入力などの問題).
    user_errors: Vec<UserError>,
}

/// What came of watching an institution no longer.
#[derive(SimpleObject)]
pub struct UnwatchPayload {
    /// Why not (入力などの問題).
    user_errors: Vec<UserError>,
}

#[Object]
impl WatchMutations {
    /// Watches the sheet of an institution (見守りリストに追加): `watchedChanges` tells what changes on it. Any medical
    /// facility can be watched, whether or not it has a sheet that you may read. At most 500. For care
    /// professionals.
    async fn watch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which institution.")] input: WatchInput,
    ) -> Option<WatchPayload> {
        let payload = |(institution, user_errors)| Some(WatchPayload { institution, user_errors });
        with_user_errors(watch(RequestContext::of(ctx), &input.institution).await).map(payload).nullable(ctx)
    }

    /// Watches an institution no longer (見守りリストから削除).
    async fn unwatch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which institution.")] input: WatchInput,
    ) -> Option<UnwatchPayload> {
        let payload = |(_, user_errors): (Option<()>, _)| Some(UnwatchPayload { user_errors });
        with_user_errors(unwatch(RequestContext::of(ctx), &input.institution).await)
            .map(payload)
            .nullable(ctx)
    }
}

async fn watch(context: &RequestContext, id: &ID) -> Result<MedicalFacility, NotDone> {
    super::subject(context)?;
    let institution = institution_of(id)?;
    let tx = context.begin_write().await?;
    let resource_id = store::watch(&tx, &context.viewer, &context.author(), institution).await?;
    tx.commit().await?;
    Ok(super::institution(context, resource_id).await?)
}

async fn unwatch(context: &RequestContext, id: &ID) -> Result<(), NotDone> {
    super::subject(context)?;
    let institution = institution_of(id)?;
    let tx = context.begin_write().await?;
    store::unwatch(&tx, &context.author(), institution).await?;
    tx.commit().await?;
    Ok(())
}
