//! Places of gathering (通いの場): salons, exercises, cafés, children's cafeterias, places to be.

mod object;
mod details;
pub mod queries;
pub mod tags;
pub mod terms;

pub use details::{GatheringDetails, Pickup, Venue};

use crate::error::Result;
use crate::local::store::facts;
use crate::resources::Listed;
use crate::resources::row::Row;
use async_graphql::Context;
use entity::enums::ResourceKind;
use std::sync::Arc;

/// A place of gathering.
#[derive(Clone, Debug)]
pub struct GatheringPlace(pub Row);

impl GatheringPlace {
    async fn facts(&self, ctx: &Context<'_>) -> Result<Arc<GatheringDetails>> {
        facts(ctx, self.0.id).await
    }
}

impl Listed for GatheringPlace {
    const NAME: &'static str = "GatheringPlace";

    fn from_row(row: Row) -> Option<Self> {
        (row.kind == ResourceKind::GatheringPlace).then_some(Self(row))
    }

    fn row(&self) -> &Row {
        &self.0
    }
}
