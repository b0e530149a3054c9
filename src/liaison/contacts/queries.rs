//! The root field about desks of professionals.

use super::LiaisonContact;
use super::filter::{ContactCriteria, LiaisonContactFilter};
use super::store;
use crate::context::RequestContext;
use crate::error::{Error, OrNull, Result};
use crate::liaison::sheets::queries::LARGEST_PAGE;
use crate::pagination::{Cursor, Key, PageArguments, PageInfo};
use async_graphql::{Context, Object, SimpleObject};

const LIST: u32 = u32::from_be_bytes(*b"desk");

/// Queries about desks of professionals.
#[derive(Default)]
pub struct LiaisonContactQueries;

/// A page of desks of professionals.
pub struct LiaisonContactConnection {
    wanted: ContactCriteria,
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
    let page = PageArguments { first, after, ..PageArguments::default() }.page(LIST)?;
    if page.limit > LARGEST_PAGE {
        return Err(Error::invalid("first", format!("`first` must be between 0 and {LARGEST_PAGE}.")));
    }
    if page.from.as_ref().is_some_and(|cursor| !matches!(cursor.key, Key::Text(_))) {
        return Err(Cursor::unknown("after"));
    }
    let mut wanted = filter.resolve(text.as_deref(), context.viewer.today())?;
    if let Some(facilities) = &mut wanted.resource {
        facilities.find(context).await?;
    }
    let only_counted = !ctx.field().selection_set().any(|field| field.name() != "totalCount");
    let mut found = match only_counted {
        true => Vec::new(),
        false => store::list(context.db(), &context.viewer, &wanted, &page).await?,
    };
    let has_next_page = found.len() > page.limit;
    found.truncate(page.limit);
    let edge = |desk: LiaisonContact| LiaisonContactEdge {
        cursor: Cursor { segment: 0, key: Key::Text(desk.row().sort_key.clone()), id: desk.row().id }
            .encode(LIST),
        node: desk.handed_to(context),
    };
    let edges: Vec<_> = found.into_iter().map(edge).collect();
    let page_info = PageInfo {
        has_next_page,
        has_previous_page: page.from.is_some(),
        start_cursor: edges.first().map(|edge| edge.cursor.clone()),
        end_cursor: edges.last().map(|edge| edge.cursor.clone()),
    };
    Ok(LiaisonContactConnection { wanted, edges, page_info })
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

    /// How many of the desks you may see match (件数). Counted only when asked for.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<u64> {
        let context = RequestContext::of(ctx);
        store::count(context.db(), &context.viewer, &self.wanted).await
    }
}
