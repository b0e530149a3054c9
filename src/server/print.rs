//! The printed liaison sheet: `/liaison-sheets/{id}/print`.
//!
//! A browser opens a link whose ticket stands behind `#`, which it never sends; a small page posts the ticket to the
//! same address and shows the sheet it answers. A program sends its token instead. A viewer who may not read
//! the sheet now gets the same page, whatever the reason.

use super::budget::{Caller, Charge, Wait};
use super::graphiql::{File, JAVASCRIPT};
use super::request_id::RequestId;
use super::{State, bearer, graphql};
use crate::audit::{Author, Occasion};
use crate::auth::{Refusal, Viewer};
use crate::context::RequestContext;
use crate::error::{Error, Result};
use crate::liaison::print::{html, paper};
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, rt, web};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;
use std::time::Duration;

const SHELL: &str = include_str!("../../assets/print/index.html");
static FILES: [File; 2] = [
    File::own("/print/app.js", JAVASCRIPT, include_bytes!("../../assets/print/app.js")),
    File::own("/print/app.css", "text/css; charset=utf-8", include_bytes!("../../assets/print/app.css")),
];
const REFUSED: &str = include_str!("../../assets/print/refused.html");
const FAILED: &str = include_str!("../../assets/print/failed.html");
const HTML: &str = "text/html; charset=utf-8";
/// A ticket has at most 16 KiB.
const LARGEST_BODY: usize = 16 * 1024;
/// How long a caller may take to send one.
const READING: Duration = Duration::from_secs(10);
/// The cost of checking a ticket and of printing a sheet, in fields visited.
const TICKET: u64 = 100;
const SHEET: u64 = 500;

/// The one style of the sheet, by its hash: no other, and nothing else at all.
static SHEET_POLICY: LazyLock<String> =
    LazyLock::new(|| format!("default-src 'none'; style-src {}; {CLOSED}", style()));
/// The page that fetches the sheet shows it under its own policy.
static SHELL_POLICY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self' {}; connect-src 'self'; {CLOSED}",
        style()
    )
});
const CLOSED: &str = "img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

fn style() -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(html::STYLE.as_bytes())))
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    for file in &FILES {
        file.add(config, &SHELL_POLICY);
    }
    let resource = web::resource("/liaison-sheets/{id}/print")
        .route(super::pages::read_only().to(read))
        .route(web::post().to(open))
        .default_service(web::to(not_allowed));
    config.service(resource);
}

/// The small page for a browser; the sheet for a request with a bearer token.
async fn read(request: HttpRequest, id: web::Path<String>, state: web::Data<State>) -> HttpResponse {
    if !request.headers().contains_key(header::AUTHORIZATION) {
        return page(HttpResponse::Ok().body(SHELL), &SHELL_POLICY);
    }
    let mut charge = state.budgets().charge(Caller::public(state.address(&request)));
    if let Err(wait) = charge.raise_to(TICKET) {
        return put_off(wait);
    }
    match bearer::viewer(&request, &state).await {
        Ok(viewer) if viewer.identity().is_some() => {
            answer(&request, &state, &viewer, paper::sheet_of(&id)).await
        }
        // Basic credentials are for a reverse proxy that guards the whole server with a password.
        Ok(_) => page(HttpResponse::Ok().body(SHELL), &SHELL_POLICY),
        Err(error @ (Error::Internal(_) | Error::Unavailable(_))) => logged(error),
        Err(_) => refused(),
    }
}

/// The sheet for a request with a valid ticket.
async fn open(
    request: HttpRequest,
    id: web::Path<String>,
    body: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    let mut charge = state.budgets().charge(Caller::public(state.address(&request)));
    if let Err(wait) = charge.raise_to(TICKET) {
        return put_off(wait);
    }
    let ticket = rt::time::timeout(READING, body.to_bytes_limited(LARGEST_BODY)).await;
    let Ok(Ok(Ok(ticket))) = ticket else { return refused() };
    let Ok(ticket) = std::str::from_utf8(&ticket) else { return refused() };
    let open = state.authenticator().ticket_viewer(&state.databases().read, ticket, bearer::clock());
    let opened = match bearer::in_time(&state, open).await {
        Ok(opened) => opened,
        Err(error) => return logged(error),
    };
    let (viewer, thing) = match opened {
        Ok(opened) => opened,
        Err(Refusal::Database(cause)) => return logged(cause.into()),
        Err(refusal) => {
            tracing::info!(reason = refusal.class(), "a ticket was refused");
            return refused();
        }
    };
    answer(&request, &state, &viewer, paper::sheet_of(&id).filter(|sheet| *sheet == thing)).await
}

/// The sheet, if the viewer may read it now; the read is written to the audit before the answer leaves.
async fn answer(
    request: &HttpRequest,
    state: &State,
    viewer: &Viewer,
    sheet: Option<uuid::Uuid>,
) -> HttpResponse {
    let mut charge: Charge<'_> = state.budgets().charge(Caller::of(viewer, state.address(request)));
    if let Err(wait) = charge.raise_to(SHEET) {
        return put_off(wait);
    }
    let Some(sheet) = sheet else { return refused() };
    let work = rt::time::timeout(state.operation_timeout(), printed(request, state, viewer, sheet));
    match work.await {
        Ok(Ok(Some(html))) => page(HttpResponse::Ok().body(html), &SHEET_POLICY),
        Ok(Ok(None)) => refused(),
        Ok(Err(error)) => logged(error),
        Err(_) => failed(),
    }
}

async fn printed(
    request: &HttpRequest,
    state: &State,
    viewer: &Viewer,
    sheet: uuid::Uuid,
) -> Result<Option<String>> {
    let occasion = Occasion {
        request_id: Some(RequestId::of(request).as_str().to_owned()),
        operation: Some("print".to_owned()),
    };
    let keys = state.authenticator().keys().clone();
    let deadline = tokio::time::Instant::now() + state.operation_timeout();
    let context = RequestContext::new(
        state.databases(),
        state.pictures().clone(),
        keys,
        viewer.clone(),
        occasion,
        deadline,
    );
    let Some(paper) = paper::read(&context, sheet).await? else { return Ok(None) };
    let author = || Author::of(viewer, context.occasion().clone());
    graphql::remember(state, context.reads().things(), author, deadline).await?;
    Ok(Some(html::render(&paper)))
}

/// The same for a wrong, used-up or foreign ticket, for a sheet that is not there and for one that is not for you.
fn refused() -> HttpResponse {
    page(HttpResponse::NotFound().body(REFUSED), &SHEET_POLICY)
}

fn failed() -> HttpResponse {
    page(HttpResponse::InternalServerError().body(FAILED), &SHEET_POLICY)
}

fn logged(error: Error) -> HttpResponse {
    error.log_cause();
    match error.retry_after() {
        Some(seconds) => {
            let mut response = HttpResponse::ServiceUnavailable().body(FAILED);
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            page(response, &SHEET_POLICY)
        }
        None => failed(),
    }
}

fn put_off(wait: Wait) -> HttpResponse {
    let mut response = HttpResponse::TooManyRequests().body(FAILED);
    response.headers_mut().insert(header::RETRY_AFTER, wait.seconds().into());
    page(response, &SHEET_POLICY)
}

/// No copy of it stays in any cache.
fn page(mut response: HttpResponse, policy: &'static LazyLock<String>) -> HttpResponse {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(HTML));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy.as_str()));
    response
}

async fn not_allowed() -> HttpResponse {
    HttpResponse::MethodNotAllowed()
        .insert_header((header::ALLOW, "GET, HEAD, POST"))
        .content_type("text/plain; charset=utf-8")
        .body("This address is read (GET), or opened with a ticket (POST).\n")
}
