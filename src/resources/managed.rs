//! Resources for mutations, with the check of the viewer's permission.

use crate::auth::Viewer;
use crate::auth::policy::{self, Action, Relation};
use crate::auth::row_scope::{below, visible_to};
use crate::error::Result;
use crate::id::{NodeId, NodeType};
use entity::enums::ResourceKind;
use entity::resource::Column;
use entity::{resource, resource_district};
use sea_orm::{ColumnTrait, ConnectionTrait, PaginatorTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

/// A resource for which the viewer has the permission they asked for.
#[derive(Clone, Copy, Debug)]
pub struct Managed {
    /// Internal key.
    pub id: i64,
    /// Public id without its type.
    pub uuid: Uuid,
    /// Its kind.
    pub kind: ResourceKind,
}

type Found = (i64, ResourceKind, Option<i64>, Option<i64>);

impl Managed {
    /// The public id.
    pub fn node_id(&self) -> NodeId {
        NodeId::new(NodeType::Resource(self.kind), self.uuid)
    }
}

/// The resource, if it is within the viewer's scope and they may do the action to it.
pub async fn find(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    uuid: Uuid,
    action: Action,
) -> Result<Option<Managed>> {
    let columns = [Column::Id, Column::Kind, Column::HomeDistrictId, Column::OrganizationId];
    let select =
        visible_to::<resource::Entity>(viewer).filter(Column::Uuid.eq(uuid)).select_only().columns(columns);
    let found: Option<Found> = select.into_tuple().one(db).await?;
    let Some((id, kind, home, organization)) = found else { return Ok(None) };
    let permissions = viewer.permissions();
    let at_home = home.is_some_and(|home| permissions.districts.contains(&home));
    let own_district = at_home || serves_any(db, id, &permissions.districts).await?;
    let member = organization.is_some() && organization == permissions.organization;
    let relation = Relation { own_district, owner: member || permissions.own_resources.contains(&id) };
    Ok(policy::may(permissions, action, relation).then_some(Managed { id, uuid, kind }))
}

async fn serves_any(db: &impl ConnectionTrait, resource_id: i64, districts: &[i64]) -> Result<bool> {
    if districts.is_empty() {
        return Ok(false);
    }
    let served = below::<resource_district::Entity>([resource_id])
        .filter(resource_district::Column::DistrictId.is_in(districts.iter().copied()));
    Ok(served.count(db).await? > 0)
}
