//! Root fields about the audit.

use super::entry::{AuditConnection, AuditFilter};
use super::store;
use crate::auth::policy::Action;
use crate::context::RequestContext;
use crate::error::{OrNull, Result};
use crate::pagination::PageArguments;
use async_graphql::{Context, Object};

/// Tells lists with this order from others.
const LIST: u32 = 0x6175_6474;

/// Queries about the audit.
#[derive(Default)]
pub struct AuditQueries;

#[Object]
impl AuditQueries {
    /// What was done and which care-professional data was looked at (監査記録), newest first. For administrators.
    async fn audit_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to look for.")] filter: Option<AuditFilter>,
        #[graphql(desc = "How many, 0 to 100; 20 when not said.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
    ) -> Option<AuditConnection> {
        read(ctx, filter.unwrap_or_default(), first, after).await.or_null(ctx)
    }
}

async fn read(
    ctx: &Context<'_>,
    filter: AuditFilter,
    first: Option<i32>,
    after: Option<String>,
) -> Result<AuditConnection> {
    let context = RequestContext::of(ctx);
    context.require(Action::ReadAudit)?;
    let page = PageArguments { first, after, ..PageArguments::default() }.page(LIST)?;
    let entries = store::list(context.db(), &context.viewer, &filter, &page).await?;
    let (rows, page_info) = page.forward(LIST, entries, |entry| entry.id);
    Ok(AuditConnection::new(rows, page_info))
}
