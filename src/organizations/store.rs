//! Organizations by key and by public id.

use super::Organization;
use crate::auth::Viewer;
use crate::context::{Batch, BatchError};
use crate::error::Result;
use async_graphql::dataloader::Loader;
use entity::organization::{Column, Entity};
use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter, Select};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// An organization by internal key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OrganizationKey(pub i64);

/// Organizations this viewer may know about: all of them are public.
#[expect(clippy::disallowed_methods, reason = "this is the scoped select that everything else starts from")]
fn visible_to(_viewer: &Viewer) -> Select<Entity> {
    Entity::find()
}

/// Organizations by public id, in no particular order.
pub async fn find_many(db: &DatabaseConnection, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Organization>> {
    let found = visible_to(viewer).filter(Column::Uuid.is_in(ids.iter().copied())).all(db).await?;
    Ok(found.into_iter().map(Organization).collect())
}

impl Loader<OrganizationKey> for Batch {
    type Value = Organization;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[OrganizationKey],
    ) -> std::result::Result<HashMap<OrganizationKey, Organization>, BatchError> {
        let ids = keys.iter().map(|key| key.0);
        let found =
            visible_to(&self.viewer).filter(Column::Id.is_in(ids)).all(self.db()).await.map_err(Arc::new)?;
        Ok(found.into_iter().map(|o| (OrganizationKey(o.id), Organization(o))).collect())
    }
}
