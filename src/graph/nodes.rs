//! Finds nodes of any type by public id, within the scope of the lists that show them.

use super::{Node, Resource};
use crate::acceptances;
use crate::accounts::Account;
use crate::api_tokens::ApiToken;
use crate::auth::row_scope::find_visible;
use crate::consents::store as consents;
use crate::context::RequestContext;
use crate::coordinators::store as coordinators;
use crate::districts::store as districts;
use crate::error::Result;
use crate::id::{NodeId, NodeType};
use crate::liaison::contacts::store as liaison_contacts;
use crate::liaison::sheets::{entry_store as entries, store as sheets};
use crate::organizations::store as organizations;
use crate::resources::Listed;
use crate::resources::row::Row;
use crate::vacancies::store as vacancies;
use async_graphql::Context;
use entity::{account, api_token};
use std::collections::HashMap;
use std::mem::{Discriminant, discriminant};
use uuid::Uuid;

/// Finds nodes of any type, with one read for each type.
pub(super) async fn find_nodes(ctx: &Context<'_>, ids: &[NodeId]) -> Result<HashMap<NodeId, Node>> {
    // Resources of any kind are one type here.
    let mut types: HashMap<Discriminant<NodeType>, Vec<NodeId>> = HashMap::new();
    for id in ids {
        types.entry(discriminant(&id.node)).or_default().push(*id);
    }
    let mut found = HashMap::new();
    for ids in types.into_values() {
        found.extend(nodes_of_type(ctx, &ids).await?);
    }
    Ok(found)
}

/// Finds nodes by ids of one type. Those that the viewer may not know about are not found; what is noted for the audit in a
/// list is noted here.
async fn nodes_of_type(ctx: &Context<'_>, asked: &[NodeId]) -> Result<Vec<(NodeId, Node)>> {
    let context = RequestContext::of(ctx);
    let (db, viewer) = (context.db(), &context.viewer);
    let Some(node) = asked.first().map(|id| id.node) else { return Ok(Vec::new()) };
    let ids: &[Uuid] = &asked.iter().map(|id| id.uuid).collect::<Vec<_>>();
    Ok(match node {
        NodeType::Resource(_) => resources(context, ids).await?,
        NodeType::Organization => {
            let rows = organizations::find_many(db, viewer, ids).await?;
            each(rows, |o| (NodeId::new(node, o.uuid), Node::Organization(o)))
        }
        NodeType::Municipality => {
            let rows = districts::find_municipalities(db, ids).await?;
            each(rows, |m| (NodeId::new(node, m.0.uuid), Node::Municipality(m)))
        }
        NodeType::District => {
            let rows = districts::find_districts(db, ids).await?;
            each(rows, |d| (NodeId::new(node, d.0.uuid), Node::District(d)))
        }
        NodeType::SupportCoordinator => {
            let rows = coordinators::find_many(db, ids).await?;
            each(rows, |c| (c.node_id(), Node::SupportCoordinator(c)))
        }
        NodeType::Account => {
            let rows = find_visible::<account::Entity>(db, viewer, account::Column::Uuid, ids).await?;
            each(rows, |row| (NodeId::new(node, row.uuid), Node::Account(Account(row))))
        }
        NodeType::ApiToken => {
            let rows = find_visible::<api_token::Entity>(db, viewer, api_token::Column::Uuid, ids).await?;
            each(rows, |row| (NodeId::new(node, row.uuid), Node::ApiToken(ApiToken(row))))
        }
        NodeType::Consent => {
            let rows = consents::find_many(db, viewer, ids).await?;
            each(rows, |c| (c.node_id(), Node::Consent(c)))
        }
        NodeType::LiaisonSheet => {
            let rows = sheets::find_many(db, viewer, ids).await?;
            each(rows, |s| (s.node_id(), Node::LiaisonSheet(s.handed_to(context))))
        }
        NodeType::PhysicianEntry => {
            let rows = entries::find_entries_by_id(db, viewer, ids).await?;
            each(rows, |(entry, sheet)| {
                sheet.handed_to(context);
                (entry.node_id(), Node::PhysicianEntry(entry))
            })
        }
        NodeType::Physician => {
            let rows = entries::find_physicians(db, viewer, ids).await?;
            each(rows, |p| (p.node_id(), Node::Physician(p.handed_to(context))))
        }
        NodeType::LiaisonContact => {
            let rows = liaison_contacts::find_many(db, viewer, ids).await?;
            each(rows, |c| (c.node_id(), Node::LiaisonContact(c.handed_to(context))))
        }
        NodeType::VacancyReport => {
            let rows = vacancies::find_many(db, viewer, ids).await?;
            each(rows, |r| (r.node_id(), Node::VacancyReport(r.handed_to(context))))
        }
        NodeType::MedicalAcceptance(_) => {
            let found = acceptances::find_many(context, asked).await?;
            each(found, |a| (a.node_id(), Node::MedicalAcceptance(a)))
        }
    })
}

fn each<T>(rows: Vec<T>, node: impl FnMut(T) -> (NodeId, Node)) -> Vec<(NodeId, Node)> {
    rows.into_iter().map(node).collect()
}

async fn resources(context: &RequestContext, ids: &[Uuid]) -> Result<Vec<(NodeId, Node)>> {
    let view = context.view().await?;
    let node = |id: &Uuid| {
        let row = Row::from(view.find_by_uuid(*id)?);
        let id = NodeId::new(NodeType::Resource(row.kind), row.uuid);
        Some((id, Node::from(Resource::from_row(row)?)))
    };
    Ok(ids.iter().filter_map(node).collect())
}
