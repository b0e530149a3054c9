//! Root fields about consents.

use super::Consent;
use super::store::{self, Due};
use crate::auth::policy::Action;
use crate::connection::connection;
use crate::context::RequestContext;
use crate::error::{Nullable, Result};
use crate::pagination::{Cursor, Key, PageArguments};
use crate::scalars::Date;
use async_graphql::{Context, Object};
use chrono::{Datelike, Days, NaiveDate};

/// Days ahead that `consentsDue` covers without `before`.
const DAYS_AHEAD: u64 = 60;

connection! {
    /// A page of consents.
    ConsentConnection of
    /// A consent in a list.
    ConsentEdge of
    /// The consent.
    Consent
}

/// Queries about consents.
#[derive(Default)]
pub struct ConsentQueries;

#[Object]
impl ConsentQueries {
    /// Consents that end soon or have ended (期限が来る同意), the earliest first, of the resources you look
    /// after: ask again before they do. What was taken back or renewed is not listed. For coordinators of
    /// their districts and the city.
    async fn consents_due(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Those whose last day lies before this one; in 60 days without it.")]
        ending_before: Option<Date>,
        #[graphql(desc = "Page size, 0 to 100; 20 without it.")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins.")] after: Option<String>,
    ) -> Option<ConsentConnection> {
        due(ctx, ending_before, first, after).await.nullable(ctx)
    }
}

async fn due(
    ctx: &Context<'_>,
    before: Option<Date>,
    first: Option<i32>,
    after: Option<String>,
) -> Result<Option<ConsentConnection>> {
    let context = RequestContext::of(ctx);
    let viewer = &context.viewer;
    context.require(Action::RecordConsent)?;
    let ahead = viewer.today().checked_add_days(Days::new(DAYS_AHEAD)).unwrap_or(viewer.today());
    let before = before.map_or(ahead, |day| day.0);
    let list = u32::from_be_bytes(*b"cons") ^ before.num_days_from_ce().unsigned_abs();
    let page = PageArguments { first, after, ..PageArguments::default() }.page(list)?;
    let after = page.from.as_ref().map(place).transpose()?;
    let found = store::due(context.db(), viewer, &Due { before, after, limit: page.limit + 1 }).await?;
    let place = |consent: &Consent| {
        let day = consent.row.expires_on.unwrap_or(before).to_string();
        Cursor { segment: 0, key: Key::Text(day), id: consent.row.id }
    };
    let (rows, page_info) = page.forward_by(list, found, place);
    Ok(Some(ConsentConnection::new(rows, page_info)))
}

fn place(cursor: &Cursor) -> Result<(NaiveDate, i64)> {
    match &cursor.key {
        Key::Text(day) => Ok((day.parse().map_err(|_| Cursor::unknown("after"))?, cursor.id)),
        _ => Err(Cursor::unknown("after")),
    }
}
