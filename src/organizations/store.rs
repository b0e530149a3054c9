//! Organizations by key and by public id, and as a part of the rows they belong to.

use super::Organization;
use crate::auth::Viewer;
use crate::context::{Batch, BatchError};
use crate::database::packed::{self, Cells};
use crate::error::Result;
use async_graphql::dataloader::Loader;
use entity::organization::{Column, Entity, Model};
use sea_orm::sea_query::{ExprTrait, SimpleExpr};
use sea_orm::{
    ColumnTrait, DatabaseConnection, DbBackend, DbErr, EntityTrait, IntoSimpleExpr, QueryFilter, QueryTrait,
    Select,
};
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
    Ok(found.into_iter().map(Organization::from).collect())
}

/// The organization whose key stands in a column, as a part of another row.
pub fn nested(viewer: &Viewer, backend: DbBackend, key: SimpleExpr) -> SimpleExpr {
    let mut select = visible_to(viewer).filter(Column::Id.into_simple_expr().eq(key)).into_query();
    let uuid = packed::uuid(backend, Column::Uuid.into_simple_expr());
    let others =
        [Column::Name, Column::CorporateNumber, Column::ParentId].map(IntoSimpleExpr::into_simple_expr);
    select.clear_selects().expr(packed::array(backend, std::iter::once(uuid).chain(others).collect()));
    packed::nested(backend, select)
}

/// Reads what [`nested`] selects.
pub fn read(mut cells: Cells) -> std::result::Result<Organization, DbErr> {
    Ok(Organization {
        uuid: cells.uuid()?,
        name: cells.next()?,
        corporate_number: cells.next()?,
        parent_id: cells.next()?,
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
        let found =
            visible_to(&self.viewer).filter(Column::Id.is_in(ids)).all(self.db()).await.map_err(Arc::new)?;
        Ok(found.into_iter().map(|o| (OrganizationKey(o.id), o.into())).collect())
    }
}
