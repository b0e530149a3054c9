//! The root field about desks of professionals.

use super::LiaisonContact;
use super::filter::LiaisonContactFilter;
use super::select::Selection;
use super::store;
use crate::context::RequestContext;
use crate::error::{OrNull, Result};
use crate::liaison::paging::{cut, page_by_name};
use crate::pagination::{PageArguments, PageInfo};
use crate::picture::ReadableDesk;
use async_graphql::{Context, Object, SimpleObject};

const LIST: u32 = u32::from_be_bytes(*b"desk");

/// Queries about desks of professionals.
#[derive(Default)]
pub struct LiaisonContactQueries;

/// A page of desks of professionals.
#[derive(Default)]
pub struct LiaisonContactConnection {
    total_count: usize,
    edges: Vec<LiaisonContactEdge>,
    page_info: PageInfo,
}

/// A desk of professionals in a list.
#[derive(Clone, SimpleObject)]
pub struct LiaisonContactEdge {
    /// Opaque place in the list; give it back as `after`.
    cursor: String,
    /// The desk.
    node: LiaisonContact,
}

#[Object]
impl LiaisonContactQueries {
    /// Desks that care professionals turn to (平時の連絡窓口・退院調整担当者), by the name of the organization: those
    /// that hold today, or on another day when one is given. Everybody sees those that their owners have
    /// opened; every other one that is handed out is logged as read.
    async fn liaison_contacts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which desks.")] filter: Option<LiaisonContactFilter>,
        #[graphql(
            desc = "Words of the names of organizations, departments and wards, kana or kanji; all must occur."
        )]
        text: Option<String>,
        #[graphql(desc = "Page size, 0 to 50; 20 without it.")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins.")] after: Option<String>,
    ) -> Option<LiaisonContactConnection> {
        list(ctx, filter.unwrap_or_default(), text, first, after).await.or_null(ctx)
    }
}

async fn list(
    ctx: &Context<'_>,
    filter: LiaisonContactFilter,
    text: Option<String>,
    first: Option<i32>,
    after: Option<String>,
) -> Result<LiaisonContactConnection> {
    let context = RequestContext::of(ctx);
    let page = page_by_name(PageArguments { first, after, ..PageArguments::default() }, LIST)?;
    let wanted = filter.resolve(text.as_deref(), context.viewer.today())?;
    let selection = Selection::of(context, wanted).await?;
    let found: Vec<&ReadableDesk> = selection.desks().collect();
    let total_count = found.len();
    if !ctx.field().selection_set().any(|field| field.name() != "totalCount") {
        return Ok(LiaisonContactConnection { total_count, ..LiaisonContactConnection::default() });
    }
    let (rows, page_info) = cut(&found, &page, LIST, |one| (&*one.desk.sort_key, one.desk.id));
    let ids: Vec<i64> = rows.iter().map(|(_, one)| one.desk.id).collect();
    let mut desks = store::find_by_key(context.db(), &context.viewer, &ids).await?;
    let edge = |(cursor, one): (String, &ReadableDesk)| {
        let node = desks.remove(&one.desk.id)?.handed_to(context);
        Some(LiaisonContactEdge { cursor, node })
    };
    let edges = rows.into_iter().filter_map(edge).collect();
    Ok(LiaisonContactConnection { total_count, edges, page_info })
}

/// A page of desks of professionals.
#[Object]
impl LiaisonContactConnection {
    /// The desks of the page, each with its cursor.
    async fn edges(&self) -> &[LiaisonContactEdge] {
        &self.edges
    }

    /// The desks of the page.
    async fn nodes(&self) -> Vec<&LiaisonContact> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// What lies before and after the page.
    async fn page_info(&self) -> &PageInfo {
        &self.page_info
    }

    /// How many of the desks you may see match (件数).
    async fn total_count(&self) -> usize {
        self.total_count
    }
}
