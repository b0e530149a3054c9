//! Root fields about the viewer's watch list.

use super::changes::{SheetChangeConnection, of_versions};
use super::{WatchedInstitutionConnection, store, subject};
use crate::context::RequestContext;
use crate::error::{Error, Nullable, Result};
use crate::liaison::paging::LARGEST_PAGE;
use crate::pagination::PageArguments;
use crate::scalars::DateTime;
use async_graphql::{Context, Object};

const WATCHED: u32 = u32::from_be_bytes(*b"watc");
const CHANGES: u32 = u32::from_be_bytes(*b"wchg");

/// Queries about the viewer's watch list.
#[derive(Default)]
pub struct WatchQueries;

#[Object]
impl WatchQueries {
    /// The institutions that you watch (見守りリスト), as they were entered into the directory. For care professionals.
    async fn watched_institutions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Page size, 0 to 100; 20 without it.")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins.")] after: Option<String>,
    ) -> Option<WatchedInstitutionConnection> {
        list(RequestContext::of(ctx), first, after).await.nullable(ctx)
    }

    /// What changed on the sheets that you watch (連携シートの変更), the newest first: each new version, compared with the
    /// last one before it that you may read. Every sheet that is handed out is logged as read.
    async fn watched_changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only what was recorded after this instant.")] since: DateTime,
        #[graphql(desc = "Page size, 0 to 50; 20 without it.")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins.")] after: Option<String>,
    ) -> Option<SheetChangeConnection> {
        changed(RequestContext::of(ctx), since, first, after).await.nullable(ctx)
    }
}

async fn list(
    context: &RequestContext,
    first: Option<i32>,
    after: Option<String>,
) -> Result<Option<WatchedInstitutionConnection>> {
    let subject = subject(context)?;
    let page = PageArguments { first, after, ..PageArguments::default() }.page(WATCHED)?;
    let found = store::list(context.db(), &context.viewer, subject, &page).await?;
    let (rows, page_info) = page.forward(WATCHED, found, |watched| watched.resource_id);
    Ok(Some(WatchedInstitutionConnection::new(rows, page_info)))
}

async fn changed(
    context: &RequestContext,
    since: DateTime,
    first: Option<i32>,
    after: Option<String>,
) -> Result<Option<SheetChangeConnection>> {
    let subject = subject(context)?;
    let page = PageArguments { first, after, ..PageArguments::default() }.page(CHANGES)?;
    if page.limit > LARGEST_PAGE {
        return Err(Error::invalid("first", format!("`first` must be between 0 and {LARGEST_PAGE}.")));
    }
    let since = since.0.timestamp_millis();
    let found = store::versions_since(context.db(), &context.viewer, subject, since, &page).await?;
    let (rows, page_info) = page.forward(CHANGES, found, |sheet| sheet.row().id);
    let (cursors, versions): (Vec<String>, Vec<_>) = rows.into_iter().unzip();
    let changes = of_versions(context, versions).await?;
    Ok(Some(SheetChangeConnection::new(cursors.into_iter().zip(changes), page_info)))
}
