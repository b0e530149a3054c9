//! Mutual-aid groups (支え合い活動): neighbours who help with everyday life, unpaid or for a little.

mod object;
mod details;
pub mod queries;
pub mod tags;
pub mod terms;

pub use details::{Helpers, Membership, Menu, MutualAidDetails};

use crate::error::Result;
use crate::local::store::facts;
use crate::resources::Listed;
use crate::resources::row::Row;
use async_graphql::Context;
use entity::enums::ResourceKind;
use std::sync::Arc;

/// A mutual-aid group.
#[derive(Clone, Debug)]
pub struct MutualAidGroup(pub Row);

impl MutualAidGroup {
    async fn facts(&self, ctx: &Context<'_>) -> Result<Arc<MutualAidDetails>> {
        facts(ctx, self.0.id).await
    }
}

impl Listed for MutualAidGroup {
    const NAME: &'static str = "MutualAidGroup";

    fn from_row(row: Row) -> Option<Self> {
        (row.kind == ResourceKind::MutualAidGroup).then_some(Self(row))
    }

    fn row(&self) -> &Row {
        &self.0
    }
}
