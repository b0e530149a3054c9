//! Finds nodes of any type by public id.

use super::{Node, Resource};
use crate::auth::Viewer;
use crate::context::RequestContext;
use crate::coordinators::store as coordinators;
use crate::districts::store as districts;
use crate::error::Result;
use crate::id::{NodeId, NodeType};
use crate::liaison::contacts::store as liaison_contacts;
use crate::liaison::sheets::store as sheets;
use crate::organizations::store as organizations;
use crate::resources::Listed;
use crate::resources::row::Columns;
use crate::resources::store::{self};
use async_graphql::Context;
use sea_orm::DatabaseConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// Finds nodes of any type, with one statement for each type.
pub(super) async fn find_nodes(ctx: &Context<'_>, ids: &[NodeId]) -> Result<HashMap<NodeId, Node>> {
    let context = RequestContext::of(ctx);
    let (db, viewer) = (context.db(), &context.viewer);
    let of = |wanted: fn(NodeType) -> bool| -> Vec<Uuid> {
        ids.iter().filter(|id| wanted(id.node)).map(|id| id.uuid).collect()
    };
    let mut found = HashMap::new();
    let resources = of(|node| matches!(node, NodeType::Resource(_)));
    if !resources.is_empty() {
        let columns = Columns::of(ctx.field().selection_set());
        found.extend(resource_nodes(db, viewer, &resources, columns).await?);
    }
    let wanted = of(|node| node == NodeType::Organization);
    if !wanted.is_empty() {
        let rows = organizations::find_many(db, viewer, &wanted).await?;
        found.extend(
            rows.into_iter().map(|o| (NodeId::new(NodeType::Organization, o.uuid), Node::Organization(o))),
        );
    }
    let wanted = of(|node| node == NodeType::Municipality);
    if !wanted.is_empty() {
        let rows = districts::find_municipalities(db, &wanted).await?;
        found.extend(
            rows.into_iter().map(|m| (NodeId::new(NodeType::Municipality, m.0.uuid), Node::Municipality(m))),
        );
    }
    let wanted = of(|node| node == NodeType::District);
    if !wanted.is_empty() {
        let rows = districts::find_districts(db, &wanted).await?;
        found
            .extend(rows.into_iter().map(|d| (NodeId::new(NodeType::District, d.0.uuid), Node::District(d))));
    }
    let wanted = of(|node| node == NodeType::LiaisonSheet);
    if !wanted.is_empty() {
        let rows = sheets::find_many(db, viewer, &wanted).await?;
        found.extend(rows.into_iter().map(|s| (s.node_id(), Node::LiaisonSheet(s.handed_to(context)))));
    }
    let wanted = of(|node| node == NodeType::LiaisonContact);
    if !wanted.is_empty() {
        let rows = liaison_contacts::find_many(db, viewer, &wanted).await?;
        found.extend(rows.into_iter().map(|c| (c.node_id(), Node::LiaisonContact(c.handed_to(context)))));
    }
    let wanted = of(|node| node == NodeType::SupportCoordinator);
    if !wanted.is_empty() {
        let rows = coordinators::find_many(db, &wanted).await?;
        found.extend(rows.into_iter().map(|c| (c.node_id(), Node::SupportCoordinator(c))));
    }
    Ok(found)
}

async fn resource_nodes(
    db: &DatabaseConnection,
    viewer: &Viewer,
    ids: &[Uuid],
    columns: Columns,
) -> Result<Vec<(NodeId, Node)>> {
    let rows = match ids {
        [id] => store::find(db, viewer, *id, columns).await?.into_iter().collect(),
        _ => store::find_many(db, viewer, ids, columns).await?,
    };
    let node = |row: crate::resources::row::Row| {
        let id = NodeId::new(NodeType::Resource(row.kind), row.uuid);
        Some((id, Node::from(Resource::from_row(row)?)))
    };
    Ok(rows.into_iter().filter_map(node).collect())
}
