//! Services of care facilities.

use super::CareService;
use crate::auth::row_scope::below;
use crate::context::{Batch, BatchError, grouped};
use async_graphql::dataloader::Loader;
use entity::care_service::{Column, Entity};
use sea_orm::QueryOrder;
use std::collections::HashMap;
use std::sync::Arc;

/// The services of a facility that was read within the viewer's scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ServicesOf(pub i64);

impl Loader<ServicesOf> for Batch {
    type Value = Arc<Vec<CareService>>;
    type Error = BatchError;

    async fn load(&self, keys: &[ServicesOf]) -> Result<HashMap<ServicesOf, Self::Value>, BatchError> {
        let select = below::<Entity>(keys.iter().map(|key| key.0))
            .order_by_asc(Column::ResourceId)
            .order_by_asc(Column::Ordinal);
        let found = select.all(self.db()).await.map_err(Arc::new)?;
        Ok(grouped(found.into_iter().map(|row| (ServicesOf(row.resource_id), CareService(row)))))
    }
}
