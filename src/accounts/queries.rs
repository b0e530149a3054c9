//! Root fields about accounts, for those who manage them.

use super::{Account, store};
use crate::auth::policy::Action;
use crate::context::RequestContext;
use crate::error::{Nullable, Result};
use crate::pagination::{PageArguments, PageInfo};
use async_graphql::{Context, Object};

/// Tells cursors of this list from others.
const LIST: u32 = 0x6163_6374;

/// Queries about accounts.
#[derive(Default)]
pub struct AccountQueries;

/// A page of accounts.
pub struct AccountConnection {
    nodes: Vec<Account>,
    page_info: PageInfo,
}

#[Object]
impl AccountQueries {
    /// Who may sign in here (アカウントの一覧), in the order in which they were invited. For ADMIN.
    async fn accounts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, at most 100; 20 without it.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of an earlier page.")] after: Option<String>,
    ) -> Option<AccountConnection> {
        page(RequestContext::of(ctx), first, after).await.nullable(ctx)
    }
}

async fn page(
    context: &RequestContext,
    first: Option<i32>,
    after: Option<String>,
) -> Result<Option<AccountConnection>> {
    context.require(Action::ManageAccounts)?;
    let page = PageArguments { first, after, ..PageArguments::default() }.page(LIST)?;
    let rows = store::list(context.db(), &context.viewer, &page).await?;
    let (nodes, page_info) = page.forward(LIST, rows, |account| account.0.id);
    Ok(Some(AccountConnection { nodes, page_info }))
}

/// A page of accounts.
#[Object]
impl AccountConnection {
    /// The accounts.
    async fn nodes(&self) -> &[Account] {
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
