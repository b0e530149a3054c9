//! Organizations by key and by public id, and as a part of the rows they belong to.

use super::Organization;
use crate::auth::{Viewer, conditions};
use crate::context::{Batch, BatchError};
use crate::database::packed::{self, Cells};
use crate::error::Result;
use async_graphql::dataloader::Loader;
use entity::organization::{Column, Entity, Model};
use entity::resource;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
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

/// Organizations this viewer may know about: those that run something the viewer may know about.
#[expect(clippy::disallowed_methods, reason = "this is the scoped select that everything else starts from")]
fn visible_to(viewer: &Viewer) -> Select<Entity> {
    let runs = Query::select()
        .expr(Expr::value(1))
        .from(resource::Entity)
        .and_where(resource::Column::OrganizationId.into_simple_expr().eq(Column::Id.into_simple_expr()))
        .cond_where(conditions::resources(viewer))
        .to_owned();
    Entity::find().filter(Expr::exists(runs))
}

/// Organizations by public id, in no particular order.
pub async fn find_many(db: &DatabaseConnection, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Organization>> {
    let found = visible_to(viewer).filter(Column::Uuid.is_in(ids.iter().copied())).all(db).await?;
    Ok(found.into_iter().map(Organization::from).collect())
}

/// The organization whose key stands in a column of a resource the viewer may know about, as a part
/// of its row.
pub fn nested(_viewer: &Viewer, backend: DbBackend, key: SimpleExpr) -> SimpleExpr {
    #[expect(
        clippy::disallowed_methods,
        reason = "who runs a visible resource is visible; no need to ask again"
    )]
    let mut select = Entity::find().filter(Column::Id.into_simple_expr().eq(key)).into_query();
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
        let found =
            visible_to(&self.viewer).filter(Column::Id.is_in(ids)).all(self.db()).await.map_err(Arc::new)?;
        Ok(found.into_iter().map(|o| (OrganizationKey(o.id), o.into())).collect())
    }
}
