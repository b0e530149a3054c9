//! Root fields about liaison sheets.

use super::LiaisonSheet;
use super::filter::LiaisonSheetFilter;
use super::select::Selection;
use super::store;
use crate::context::RequestContext;
use crate::error::{Nullable, Result};
use crate::liaison::paging::{Place, cut, page_by_name};
use crate::liaison::reach::candidates as reach;
use crate::liaison::require_reader;
use crate::pagination::{PageArguments, PageInfo};
use crate::picture::ReadableSheet;
use async_graphql::{Context, Object, SimpleObject};

const LIST: u32 = u32::from_be_bytes(*b"shee");

/// Queries about liaison sheets.
#[derive(Default)]
pub struct LiaisonSheetQueries;

/// A page of liaison sheets.
#[derive(Default)]
pub struct LiaisonSheetConnection {
    total_count: usize,
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
    let page = page_by_name(PageArguments { first, after, ..PageArguments::default() }, LIST)?;
    let wanted = filter.resolve(text.as_deref(), context.viewer.today())?;
    let mut selection = Selection::of(context, wanted).await?;
    if let Some(question) = filter.question() {
        let reachable = reach::reachable(context, &selection, question).await?;
        selection = selection.only(reachable);
    }
    let found: Vec<&ReadableSheet> = selection.sheets().collect();
    let total_count = found.len();
    if !ctx.field().selection_set().any(|field| field.name() != "totalCount") {
        return Ok(Some(LiaisonSheetConnection { total_count, ..LiaisonSheetConnection::default() }));
    }
    let (rows, page_info) = cut(&found, &page, LIST, place);
    let ids: Vec<i64> = rows.iter().map(|(_, one)| one.sheet.id).collect();
    let mut sheets = store::find_by_key(context.db(), &context.viewer, &ids).await?;
    let edge = |(cursor, one): (String, &ReadableSheet)| {
        let node = sheets.remove(&one.sheet.id)?.handed_to(context);
        Some(LiaisonSheetEdge { cursor, node })
    };
    let edges = rows.into_iter().filter_map(edge).collect();
    Ok(Some(LiaisonSheetConnection { total_count, edges, page_info }))
}

fn place(one: &ReadableSheet) -> Place<'_> {
    (one.institution.sort_key().unwrap_or_default(), one.sheet.id)
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

    /// How many of the sheets you may read match (件数).
    async fn total_count(&self) -> usize {
        self.total_count
    }
}
