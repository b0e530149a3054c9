//! Districts a resource can be used from.

use crate::auth::row_scope::{below, public};
use crate::context::{Batch, BatchError, grouped};
use crate::districts::District;
use async_graphql::dataloader::Loader;
use entity::{district, resource_district};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;
use std::sync::Arc;

/// The districts from which a resource can be used that was read within the viewer's scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ServedBy(pub i64);

impl Loader<ServedBy> for Batch {
    type Value = Arc<Vec<District>>;
    type Error = BatchError;

    async fn load(&self, keys: &[ServedBy]) -> Result<HashMap<ServedBy, Self::Value>, BatchError> {
        let pairs = below::<resource_district::Entity>(keys.iter().map(|key| key.0))
            .all(self.db())
            .await
            .map_err(Arc::new)?;
        let ids = pairs.iter().map(|pair| pair.district_id);
        let districts = public::<district::Entity>()
            .filter(district::Column::Id.is_in(ids))
            .order_by_asc(district::Column::Code)
            .all(self.db())
            .await
            .map_err(Arc::new)?;
        let served = districts.iter().flat_map(|district| {
            let here = pairs.iter().filter(|pair| pair.district_id == district.id);
            here.map(|pair| (ServedBy(pair.resource_id), District(district.clone())))
        });
        Ok(grouped(served))
    }
}
