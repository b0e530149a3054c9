//! Root fields about liaison sheets.

use super::LiaisonSheet;
use super::filter::LiaisonSheetFilter;
use super::filter::SheetCriteria;
use super::store;
use crate::context::RequestContext;
use crate::error::{Error, Nullable, Result};
use crate::liaison::reach::store as reach;
use crate::liaison::require_reader;
use crate::pagination::{Cursor, Key, PageArguments, PageInfo};
use async_graphql::{Context, Object, SimpleObject};

/// Rows in the largest page: smaller than elsewhere, since sheets are for looking up, not for copying in
/// bulk.
pub const LARGEST_PAGE: usize = 50;
const LIST: u32 = u32::from_be_bytes(*b"shee");

/// Queries about liaison sheets.
#[derive(Default)]
pub struct LiaisonSheetQueries;

/// A page of liaison sheets.
pub struct LiaisonSheetConnection {
    wanted: SheetCriteria,
    edges: Vec<LiaisonSheetEdge>,
    page_info: PageInfo,
}

/// A liaison sheet in a list.
#[derive(Clone, SimpleObject)]
pub struct LiaisonSheetEdge {
    /// Opaque place in the list; give it back as `after`.
    cursor: String,
    /// The sheet.
    node: LiaisonSheet,
}

#[Object]
impl LiaisonSheetQueries {
    /// Liaison sheets (連携シート) that hold now, by the name of the institution. For care professionals of the
    /// organizations on their distribution lists, the institutions themselves and the city; every sheet
    /// that is handed out is logged as read.
    async fn liaison_sheets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which sheets.")] filter: Option<LiaisonSheetFilter>,
        #[graphql(
            desc = "Words of the names or readings of institutions and physicians, kana or kanji; all must occur."
        )]
        text: Option<String>,
        #[graphql(desc = "Page size, 0 to 50; 20 without it.")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins.")] after: Option<String>,
    ) -> Option<LiaisonSheetConnection> {
        list(ctx, filter.unwrap_or_default(), text, first, after).await.nullable(ctx)
    }
}

async fn list(
    ctx: &Context<'_>,
    filter: LiaisonSheetFilter,
    text: Option<String>,
    first: Option<i32>,
    after: Option<String>,
) -> Result<Option<LiaisonSheetConnection>> {
    let context = RequestContext::of(ctx);
    require_reader(context)?;
    let page = PageArguments { first, after, ..PageArguments::default() }.page(LIST)?;
    if page.limit > LARGEST_PAGE {
        return Err(Error::invalid("first", format!("`first` must be between 0 and {LARGEST_PAGE}.")));
    }
    if page.from.as_ref().is_some_and(|cursor| !matches!(cursor.key, Key::Text(_))) {
        return Err(Cursor::unknown("after"));
    }
    let mut wanted = filter.resolve(text.as_deref(), context.viewer.today())?;
    store::look_up(context, &mut wanted).await?;
    if let Some(question) = filter.question() {
        let reachable = reach::reachable(context.db(), &context.viewer, &wanted, question).await?;
        wanted.entries = Some(reachable);
    }
    let only_counted = !ctx.field().selection_set().any(|field| field.name() != "totalCount");
    let mut found = match only_counted {
        true => Vec::new(),
        false => store::list(context.db(), &context.viewer, &wanted, &page).await?,
    };
    let has_next_page = found.len() > page.limit;
    found.truncate(page.limit);
    let edge = |(sort_key, sheet): (String, LiaisonSheet)| LiaisonSheetEdge {
        cursor: Cursor { segment: 0, key: Key::Text(sort_key), id: sheet.row().id }.encode(LIST),
        node: sheet.handed_to(context),
    };
    let edges: Vec<_> = found.into_iter().map(edge).collect();
    let page_info = PageInfo {
        has_next_page,
        has_previous_page: page.from.is_some(),
        start_cursor: edges.first().map(|edge| edge.cursor.clone()),
        end_cursor: edges.last().map(|edge| edge.cursor.clone()),
    };
    Ok(Some(LiaisonSheetConnection { wanted, edges, page_info }))
}

/// A page of liaison sheets.
#[Object]
impl LiaisonSheetConnection {
    /// The sheets of the page, each with its cursor.
    async fn edges(&self) -> &[LiaisonSheetEdge] {
        &self.edges
    }

    /// The sheets of the page.
    async fn nodes(&self) -> Vec<&LiaisonSheet> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// What lies before and after the page.
    async fn page_info(&self) -> &PageInfo {
        &self.page_info
    }

    /// How many of the sheets you may read match (件数). Counted only when asked for.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<u64> {
        let context = RequestContext::of(ctx);
        store::count(context.db(), &context.viewer, &self.wanted).await
    }
}
