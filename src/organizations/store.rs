//! Organizations by key and by public id, and nested in the rows they belong to.

use super::Organization;
use crate::auth::Viewer;
use crate::auth::row_scope::{find_visible, visible_to};
use crate::context::{Batch, BatchError};
use crate::database::packed::{self, Cells};
use crate::error::Result;
use async_graphql::dataloader::Loader;
use entity::organization::{Column, Entity, Model};
use sea_orm::sea_query::{ExprTrait, Query, SimpleExpr};
use sea_orm::{ColumnTrait, DatabaseConnection, DbBackend, DbErr, IntoSimpleExpr, QueryFilter};
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

/// The organization whose key is in a column of a resource within the viewer's scope, as a JSON aggregate
/// nested in its row.
pub fn nested(backend: DbBackend, key: SimpleExpr) -> SimpleExpr {
    let mut select = Query::select();
    select.from(Entity).and_where(Column::Id.into_simple_expr().eq(key));
    let uuid = packed::uuid(backend, Column::Uuid.into_simple_expr());
    let others =
        [Column::Name, Column::CorporateNumber, Column::ParentId].map(IntoSimpleExpr::into_simple_expr);
    select.expr(packed::array(backend, std::iter::once(uuid).chain(others).collect()));
    packed::nested(backend, select)
}

/// Reads what [`nested`] selects.
pub fn read(mut cells: Cells) -> std::result::Result<Organization, DbErr> {
    Ok(Organization {
        uuid: cells.uuid()?,
        name: cells.value()?,
        corporate_number: cells.value()?,
        parent_id: cells.value()?,
    })
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
