//! Organizations by key and by public id.

use super::Organization;
use crate::auth::Viewer;
use crate::auth::row_scope::{find_visible, visible_to};
use crate::context::{Batch, BatchError};
use crate::error::Result;
use crate::picture::OwnOrganization;
use async_graphql::dataloader::Loader;
use entity::organization::{Column, Entity, Model};
use sea_orm::{ColumnTrait, DatabaseConnection, QueryFilter};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// An organization by internal key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OrganizationKey(pub i64);

/// Organizations by public id, in no particular order.
pub async fn find_many(db: &DatabaseConnection, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Organization>> {
    let found = find_visible::<Entity>(db, viewer, Column::Uuid, ids).await?;
    Ok(found.into_iter().map(Organization::from).collect())
}

impl From<OwnOrganization<'_>> for Organization {
    fn from(own: OwnOrganization<'_>) -> Self {
        Self {
            uuid: own.uuid,
            name: own.name.to_owned(),
            corporate_number: own.corporate_number.map(str::to_owned),
            parent_id: own.parent_id,
        }
    }
}

impl From<Model> for Organization {
    fn from(row: Model) -> Self {
        Self {
            uuid: row.uuid,
            name: row.name,
            corporate_number: row.corporate_number,
            parent_id: row.parent_id,
        }
    }
}

impl Loader<OrganizationKey> for Batch {
    type Value = Organization;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[OrganizationKey],
    ) -> std::result::Result<HashMap<OrganizationKey, Organization>, BatchError> {
        let ids = keys.iter().map(|key| key.0);
        let found = visible_to::<Entity>(&self.viewer)
            .filter(Column::Id.is_in(ids))
            .all(self.db())
            .await
            .map_err(Arc::new)?;
        Ok(found.into_iter().map(|o| (OrganizationKey(o.id), o.into())).collect())
    }
}
