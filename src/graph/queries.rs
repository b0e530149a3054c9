//! Root fields about resources of any kind.

use super::list_field::list_field;
use super::map::{self, MapArguments, MapView};
use super::nodes::find_nodes;
use super::{Node, Resource};
use crate::context::RequestContext;
use crate::error::{Error, Nullable, OrNull, Result};
use crate::graph::filter::ResourceFilter;
use crate::id::{NodeId, NodeType};
use crate::pagination::{Page, page_size};
use crate::picture::{Record, View};
use crate::resources::Listed;
use crate::resources::filter::BoundsInput;
use crate::resources::kinds::{ResourceKind, stored};
use crate::resources::order::Order;
use crate::resources::provenance::IdentifierSystem;
use crate::resources::row::Row;
use crate::resources::search::TextSearch;
use crate::resources::store::{self, Listing};
use async_graphql::{Context, ID, InputObject, OneofObject, SimpleObject};
use japan::text;
use std::collections::HashSet;
use std::sync::Arc;

/// The most ids in one query.
const MOST_IDS: usize = 100;

/// By what to find a resource: exactly one of these.
#[derive(OneofObject)]
#[graphql(name = "ResourceByInput")]
pub enum ResourceBy {
    /// Opaque id.
    Id(ID),
    /// Official code (識別子).
    Identifier(IdentifierInput),
}

/// An official code (識別子).
#[derive(InputObject)]
pub struct IdentifierInput {
    /// Which code it is (コードの種類).
    pub system: IdentifierSystem,
    /// The code, as `identifiers` of the resource gives it (コード).
    pub value: String,
}

/// Something to search for.
#[derive(SimpleObject)]
pub struct Suggestion {
    /// A name to put into the search field (候補の語).
    pub text: String,
    /// The first resource of that name (資源).
    pub resource: Resource,
}

list_field! {
    /// Queries about resources of any kind.
    ResourceQueries {
        /// Anything by its id; null when it does not exist for you.
        async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "Opaque id.")] id: ID) -> Option<Node> {
            find_node(ctx, &id).await.nullable(ctx)
        }

        /// Things by their ids, in the order asked for; null where one does not exist for you.
        async fn nodes(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Opaque ids, at most 100.")] ids: Vec<ID>,
        ) -> Option<Vec<Option<Node>>> {
            nodes_of(ctx, &ids).await.or_null(ctx)
        }

        /// A resource by id or official code; null when it does not exist for you. Of an office number
        /// whose services are at several places, the main place.
        async fn resource(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Exactly one of id and identifier.")] by: ResourceBy,
        ) -> Option<Resource> {
            resource_by(ctx, by).await.nullable(ctx)
        }
    }
    /// Resources of all kinds (地域資源).
    resources(stored(&kinds)?.as_deref(), kinds) -> Resource;
    {
        /// What is on a map (地図): pins where there is room for them, clusters where there is not.
        async fn map(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "The box on the map.")] bounds: BoundsInput,
            #[graphql(desc = "Zoom of the map, a whole number from 0 (the world) to 22 (a house), for tiles of 256 pixels; a map with tiles of 512 (MapLibre) sends its zoom plus one.")] zoom: i32,
            #[graphql(desc = "Kinds of resources; all without it.")] kinds: Option<Vec<ResourceKind>>,
            #[graphql(desc = "What to show.")] filter: Option<ResourceFilter>,
            #[graphql(desc = "Words that must all occur.")] text: Option<String>,
        ) -> Option<MapView> {
            let filter = filter.unwrap_or_default();
            map::draw(ctx, MapArguments { bounds, zoom, kinds, filter, text }).await.or_null(ctx)
        }

        /// Names for a search field (検索候補): those that begin with a text, those that contain it, then those of resources
        /// that `text` finds by something else, such as their category.
        async fn suggest(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "What has been typed so far.")] text: String,
            #[graphql(desc = "How many, 0 to 20; 10 without it.")] first: Option<i32>,
        ) -> Option<Vec<Suggestion>> {
            suggest(ctx, &text, first).await.or_null(ctx)
        }
    }
}

async fn nodes_of(ctx: &Context<'_>, ids: &[ID]) -> Result<Vec<Option<Node>>> {
    if ids.len() > MOST_IDS {
        return Err(Error::invalid("ids", format!("Ask for at most {MOST_IDS} ids at once.")));
    }
    let ids: Vec<NodeId> = ids.iter().map(|id| NodeId::parse(id, "ids")).collect::<Result<_>>()?;
    let found = find_nodes(ctx, &ids).await?;
    Ok(ids.iter().map(|id| found.get(id).cloned()).collect())
}

async fn suggest(ctx: &Context<'_>, text: &str, first: Option<i32>) -> Result<Vec<Suggestion>> {
    let limit = page_size("first", first.or(Some(10)))?;
    if limit > 20 {
        return Err(Error::invalid("first", "`first` must be between 0 and 20."));
    }
    // A text of signs only, such as 「・」, is not an error while it is being typed.
    if limit == 0 || text::words(text).is_empty() {
        return Ok(Vec::new());
    }
    let Some(text) = TextSearch::parse(text)? else { return Ok(Vec::new()) };
    let filter = ResourceFilter::default().resolve(RequestContext::of(ctx).viewer.today(), None)?;
    let listing = Listing { filter, text: Some(text), near: None, order: Order::Relevance };
    suggestions(ctx, &listing, limit).await
}

async fn suggestions(ctx: &Context<'_>, listing: &Listing, limit: usize) -> Result<Vec<Suggestion>> {
    // Branches share a name; three times as many rows nearly always hold enough different ones.
    let page = Page { limit: limit * 3, backward: false, from: None };
    let slice = store::page(&RequestContext::of(ctx).view().await?, listing, &page);
    let mut seen = HashSet::new();
    let rows = slice.places.into_iter().map(|place| Row::from(place.record));
    let rows = rows.filter(|row| seen.insert(row.name.clone()));
    let suggestion =
        |row: Row| Some(Suggestion { text: row.name.clone(), resource: Resource::from_row(row)? });
    Ok(rows.filter_map(suggestion).take(limit).collect())
}

async fn find_node(ctx: &Context<'_>, id: &ID) -> Result<Option<Node>> {
    let id = NodeId::parse(id, "id")?;
    Ok(find_nodes(ctx, &[id]).await?.remove(&id))
}

/// The resource that is asked for; `None`: it does not exist for the viewer.
///
/// # Errors
/// `INVALID_INPUT` for what is no id of a resource.
pub fn find_resource(view: &Arc<View>, by: ResourceBy) -> Result<Option<Record>> {
    Ok(match by {
        ResourceBy::Id(id) => {
            let NodeId { node: NodeType::Resource(kind), uuid } = NodeId::parse(&id, "by.id")? else {
                let reason = "This is the id of something else than a resource; ask `node` for it.";
                return Err(Error::invalid("by.id", reason));
            };
            view.find_by_uuid(uuid).filter(|record| record.kind() == kind)
        }
        ResourceBy::Identifier(code) => {
            view.find_by_identifier(code.system.stored(), &code.value).into_iter().next()
        }
    })
}

async fn resource_by(ctx: &Context<'_>, by: ResourceBy) -> Result<Option<Resource>> {
    let view = RequestContext::of(ctx).view().await?;
    Ok(find_resource(&view, by)?.map(Row::from).and_then(Resource::from_row))
}
