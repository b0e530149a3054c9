//! GraphQL over HTTP: read, check, execute within the time limit, answer, log one line.

use super::answer::{self, Answer, MediaType};
use super::params::{self, Params};
use super::request_id::{RequestId, milliseconds};
use super::{State, document};
use crate::audit::Occasion;
use crate::auth::own::{API_TOKEN_BEGINNING, account_viewer, api_token_viewer};
use crate::auth::{Refusal, Viewer};
use crate::context::RequestContext;
use crate::error::Error;
use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, rt, web};
use async_graphql::parser::types::OperationType;
use async_graphql::{Request, ServerError, Variables};
use futures_util::FutureExt;
use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;
use tracing::Instrument;

const LONGEST_LOGGED_NAME: usize = 64;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource("/graphql").to(answer));
}

async fn answer(request: HttpRequest, body: web::Payload, state: web::Data<State>) -> HttpResponse {
    let id = RequestId::of(&request);
    let start = Instant::now();
    let mut operation = Operation::default();
    // The line below is written for every operation; the span names the request in all other lines.
    let span = tracing::error_span!("operation", request_id = id.as_str());
    let answer = process(&request, &id, body, &state, &mut operation).instrument(span).await;
    tracing::info!(
        request_id = id.as_str(),
        kind = operation.kind,
        name = operation.name,
        status = answer.status,
        ms = milliseconds(start),
        "operation"
    );
    answer.response
}

/// What the log may know of an operation: never its variables, never its text.
#[derive(Default)]
struct Operation {
    kind: Option<&'static str>,
    name: Option<String>,
}

async fn process(
    request: &HttpRequest,
    id: &RequestId,
    body: web::Payload,
    state: &State,
    operation: &mut Operation,
) -> Answer {
    let Some(media) = params::negotiate(request) else {
        let message = "Accept application/graphql-response+json or application/json.";
        let error = Error::invalid("request", message);
        return answer::reject(StatusCode::NOT_ACCEPTABLE, MediaType::Json, &error);
    };
    let params = match params::read(request, body).await {
        Ok(params) => params,
        Err(params::Rejection(status, error)) => return answer::reject(status, media, &error),
    };
    let prepared = match prepare(params, state, operation) {
        Ok(prepared) => prepared,
        Err(error) => return answer::refuse(media, *error),
    };
    if *request.method() == Method::GET && prepared.kind != OperationType::Query {
        let error = Error::invalid("request", "Only queries are answered over GET; use POST.");
        return answer::reject(StatusCode::METHOD_NOT_ALLOWED, media, &error);
    }
    let viewer = match viewer(request, state).await {
        Ok(viewer) => viewer,
        Err(refusal) => return refused(media, refusal),
    };
    let occasion = Occasion { request_id: Some(id.as_str().to_owned()), operation: operation.name.clone() };
    let context = RequestContext::new(state.databases(), state.keys().clone(), viewer, occasion);
    execute(prepared.request.data(context), state, media).await
}

/// On whose behalf: without a token everybody's. A token that is not taken refuses the whole request,
/// so that nobody takes what the public sees for all there is.
async fn viewer(request: &HttpRequest, state: &State) -> Result<Viewer, Refusal> {
    let Some(token) = bearer(request)? else { return Ok(Viewer::public()) };
    let db = &state.databases().read;
    if token.starts_with(API_TOKEN_BEGINNING) {
        return api_token_viewer(db, token).await;
    }
    account_viewer(db, state.keys(), token).await
}

/// The token of the header `Authorization`; other schemes are for whoever stands before this server.
fn bearer(request: &HttpRequest) -> Result<Option<&str>, Refusal> {
    let mut values = request.headers().get_all(header::AUTHORIZATION);
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(Refusal::Malformed);
    }
    let value = value.to_str().map_err(|_| Refusal::Malformed)?;
    let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
    match (scheme.eq_ignore_ascii_case("bearer"), token.trim()) {
        (false, _) => Ok(None),
        (true, "") => Err(Refusal::Malformed),
        (true, token) => Ok(Some(token)),
    }
}

fn refused(media: MediaType, refusal: Refusal) -> Answer {
    if let Refusal::Database(cause) = refusal {
        let error = answer::logged(Error::from(cause));
        return answer::reject(StatusCode::INTERNAL_SERVER_ERROR, media, &error);
    }
    tracing::info!(reason = refusal.reason(), "a token was refused");
    answer::reject(StatusCode::UNAUTHORIZED, media, &Error::Unauthenticated)
}

struct Prepared {
    request: Request,
    kind: OperationType,
}

/// Measures what was parsed before anything else walks it.
fn prepare(params: Params, state: &State, operation: &mut Operation) -> Result<Prepared, Box<ServerError>> {
    let ours = |error: Error| Box::new(answer::in_response(&error));
    let document = state.documents().parse(&params.query)?;
    let variables = Variables::from_json(params.variables.into());
    let (name, chosen) = document::choose(&document, params.operation_name.as_deref()).map_err(ours)?;
    operation.kind = Some(document::kind_name(chosen));
    operation.name = name.filter(|name| name.len() <= LONGEST_LOGGED_NAME).map(str::to_owned);
    let kind = chosen.ty;
    document::check(&document, &variables, state.catalogue()).map_err(ours)?;
    document::check_required_variables(chosen, &variables).map_err(ours)?;
    let mut request = Request::new(params.query).variables(variables);
    request.operation_name = params.operation_name;
    request.set_parsed_query(Arc::unwrap_or_clone(document));
    Ok(Prepared { request, kind })
}

async fn execute(request: Request, state: &State, media: MediaType) -> Answer {
    let work = AssertUnwindSafe(state.execute(request)).catch_unwind();
    match rt::time::timeout(state.operation_timeout(), work).await {
        Ok(Ok(response)) => answer::executed(media, response),
        Ok(Err(panic)) => answer::abandon(media, &answer::logged(Error::internal(panic_text(&*panic)))),
        Err(_) => answer::abandon(media, &Error::Timeout),
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    format!("panicked: {}", text.unwrap_or_default())
}
