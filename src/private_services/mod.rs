//! Private services outside of the care insurance (介護保険外サービス): delivery, rides, meals, hairdressing.

mod object;
mod details;
pub mod queries;
pub mod tags;
pub mod terms;

pub use details::{PrivateServiceDetails, Vouching};

use crate::error::Result;
use crate::local::store::facts;
use crate::resources::Listed;
use crate::resources::row::Row;
use async_graphql::Context;
use entity::enums::ResourceKind;
use std::sync::Arc;

/// A private service.
#[derive(Clone, Debug)]
pub struct PrivateService(pub Row);

impl PrivateService {
    async fn facts(&self, ctx: &Context<'_>) -> Result<Arc<PrivateServiceDetails>> {
        facts(ctx, self.0.id).await
    }
}

impl Listed for PrivateService {
    const NAME: &'static str = "PrivateService";

    fn from_row(row: Row) -> Option<Self> {
        (row.kind == ResourceKind::PrivateService).then_some(Self(row))
    }

    fn row(&self) -> &Row {
        &self.0
    }
}
