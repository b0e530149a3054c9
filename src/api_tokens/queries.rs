//! Root fields about tokens of programs, for those who manage them.

use super::{ApiToken, store};
use crate::auth::policy::Action;
use crate::context::RequestContext;
use crate::error::{Nullable, Result};
use crate::pagination::{PageArguments, PageInfo};
use async_graphql::{Context, Object};

/// Tells cursors of this list from others.
const LIST: u32 = 0x746f_6b6e;

/// Queries about tokens of programs.
#[derive(Default)]
pub struct ApiTokenQueries;

/// A page of tokens.
pub struct ApiTokenConnection {
    nodes: Vec<ApiToken>,
    page_info: PageInfo,
}

#[Object]
impl ApiTokenQueries {
    /// Tokens made for programs (APIトークンの一覧), in the order in which they were made. For ADMIN.
    async fn api_tokens(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, at most 100; 20 without it.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of an earlier page.")] after: Option<String>,
    ) -> Option<ApiTokenConnection> {
        page(RequestContext::of(ctx), first, after).await.nullable(ctx)
    }
}

async fn page(
    context: &RequestContext,
    first: Option<i32>,
    after: Option<String>,
) -> Result<Option<ApiTokenConnection>> {
    context.require(Action::ManageApiTokens)?;
    let page = PageArguments { first, after, ..PageArguments::default() }.page(LIST)?;
    let rows = store::list(context.db(), &context.viewer, &page).await?;
    let (nodes, page_info) = page.forward(LIST, rows, |token| token.0.id);
    Ok(Some(ApiTokenConnection { nodes, page_info }))
}

/// A page of tokens.
#[Object]
impl ApiTokenConnection {
    /// The tokens.
    async fn nodes(&self) -> &[ApiToken] {
        &self.nodes
    }

    /// Whether there are more.
    async fn page_info(&self) -> &PageInfo {
        &self.page_info
    }

    /// How many there are in the whole list (件数). Counted only when asked for.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<u64> {
        let context = RequestContext::of(ctx);
        store::count(context.db(), &context.viewer).await
    }
}
