//! Watch lists (見守りリスト): the institutions whose sheets a viewer watches, and what changed on them.

pub mod changes;
pub mod mutations;
pub mod queries;
pub mod store;

use crate::connection::connection;
use crate::context::RequestContext;
use crate::error::{Error, Result};
use crate::medical::MedicalFacility;
use crate::resources::Listed;
use crate::resources::row::Row;
use crate::resources::store::ResourceKey;
use crate::scalars::DateTime;
use async_graphql::{ComplexObject, Context, SimpleObject};

/// The most institutions on one watch list.
pub const MOST: u64 = 500;

/// An institution that you watch (見守り中の医療機関).
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct WatchedInstitution {
    /// Internal key of the institution, `resource.id`.
    #[graphql(skip)]
    pub resource_id: i64,
    /// Since when you watch it (登録日時).
    pub added_at: DateTime,
}

#[ComplexObject]
impl WatchedInstitution {
    /// The institution (医療機関). Watching it does not mean that there is a sheet for you.
    async fn institution(&self, ctx: &Context<'_>) -> Result<MedicalFacility> {
        institution(RequestContext::of(ctx), self.resource_id).await
    }
}

connection! {
    /// A page of the institutions that you watch.
    WatchedInstitutionConnection of
    /// An institution in a list of those that you watch.
    WatchedInstitutionEdge of
    /// The institution, and since when you watch it.
    WatchedInstitution
}

/// The medical facility of an internal key that was read within the viewer's scope.
pub async fn institution(context: &RequestContext, resource_id: i64) -> Result<MedicalFacility> {
    let row = context.load(ResourceKey(resource_id)).await?;
    let facility = row.and_then(|row| MedicalFacility::from_row(Row::clone(&row)));
    facility.ok_or_else(|| Error::internal("an institution that is no medical facility"))
}

/// The subject whose list it is: only authenticated viewers have one.
pub fn subject(context: &RequestContext) -> Result<&str> {
    crate::liaison::require_reader(context)?;
    context.viewer.identity().map(|identity| identity.subject.as_ref()).ok_or(Error::Unauthenticated)
}
