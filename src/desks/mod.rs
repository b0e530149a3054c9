//! Consultation desks (相談窓口), among them the community support centres (地域包括支援センター).

mod object;
mod details;
pub mod fallback;
pub mod queries;
pub mod store;
pub mod tags;
pub mod terms;

pub use details::DeskDetails;

use crate::error::Result;
use crate::local::store::facts;
use crate::resources::Listed;
use crate::resources::row::Row;
use async_graphql::Context;
use entity::enums::ResourceKind;
use std::sync::Arc;

/// A consultation desk.
#[derive(Clone, Debug)]
pub struct ConsultationDesk(pub Row);

impl ConsultationDesk {
    async fn facts(&self, ctx: &Context<'_>) -> Result<Arc<DeskDetails>> {
        facts(ctx, self.0.id).await
    }
}

impl Listed for ConsultationDesk {
    const NAME: &'static str = "ConsultationDesk";

    fn from_row(row: Row) -> Option<Self> {
        (row.kind == ResourceKind::ConsultationDesk).then_some(Self(row))
    }

    fn row(&self) -> &Row {
        &self.0
    }
}
