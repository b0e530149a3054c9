//! Answers of the GraphQL endpoint: media types, statuses, and the shape of an error.

use super::Wait;
use crate::error::{Error, RETRY_AFTER_SECONDS};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, EntityTag, HeaderValue};
use actix_web::web::Bytes;
use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};
use serde_json::json;

const BUSY: &str = "BUSY";
const UNAVAILABLE: &str = "UNAVAILABLE";

/// The two media types of GraphQL over HTTP. They differ in the status of a refused request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum MediaType {
    /// `application/json`: older clients take any status but 200 for a broken connection.
    Json,
    /// `application/graphql-response+json`: the status tells.
    GraphqlResponse,
}

impl MediaType {
    fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }

    fn refused(self) -> StatusCode {
        match self {
            Self::Json => StatusCode::OK,
            Self::GraphqlResponse => StatusCode::BAD_REQUEST,
        }
    }
}

/// One answer and the code its log line shows.
pub(super) struct Answer {
    /// The HTTP response.
    pub(super) response: HttpResponse,
    /// `ok`, or the code of the first error.
    pub(super) status: String,
}

/// A request that was never executed because HTTP forbids it: the status tells in both media types.
pub(super) fn reject(status: StatusCode, media: MediaType, error: &Error) -> Answer {
    let body = json!({ "errors": [in_response(error)] });
    Answer { response: build(status, media, body.to_string().into_bytes()), status: error.code().to_owned() }
}

/// A request whose token is not valid: nothing of it is answered, not even public data.
pub(super) fn reject_token(media: MediaType, error: &Error) -> Answer {
    match error {
        Error::Internal(_) => return abandon(media, error),
        Error::Unavailable(_) => return unavailable(media, error),
        _ => (),
    }
    let mut answer = reject(StatusCode::UNAUTHORIZED, media, error);
    let challenge = HeaderValue::from_static("Bearer error=\"invalid_token\"");
    answer.response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    answer
}

/// A request of a caller whose budget is used up: the status tells in both media types.
pub(super) fn put_off(media: MediaType, wait: Wait) -> Answer {
    let error = Error::from(wait);
    let mut shaped = in_response(&error);
    let extensions = shaped.extensions.get_or_insert_with(ErrorExtensionValues::default);
    extensions.set("retryAfterSeconds", wait.seconds());
    let body = json!({ "errors": [shaped] });
    let mut response = build(StatusCode::TOO_MANY_REQUESTS, media, body.to_string().into_bytes());
    response.headers_mut().insert(header::RETRY_AFTER, wait.seconds().into());
    Answer { response, status: error.code().to_owned() }
}

/// A request whose document or variables were refused before execution.
pub(super) fn refuse(media: MediaType, error: ServerError) -> Answer {
    executed(media, Response::from_errors(vec![error]))
}

/// An error of ours in the library's shape, with its code.
pub(super) fn in_response(error: &Error) -> ServerError {
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", error.code());
    if let Error::InvalidInput { field, nearest, .. } = error {
        extensions.set("field", *field);
        if !nearest.is_empty() {
            extensions.set("nearest", Value::List(nearest.iter().cloned().map(Value::from).collect()));
        }
    }
    if let Some(seconds) = error.retry_after() {
        extensions.set("retryAfterSeconds", seconds);
    }
    let mut shaped = ServerError::new(error.message(), None);
    shaped.extensions = Some(extensions);
    shaped
}

/// An execution that began and ended without a result, by a time-out or a panic.
pub(super) fn abandon(media: MediaType, error: &Error) -> Answer {
    if let Error::Unavailable(_) = error {
        return unavailable(media, error);
    }
    let body = json!({ "data": null, "errors": [in_response(error)] });
    Answer {
        response: coming_again(
            build(StatusCode::OK, media, body.to_string().into_bytes()),
            error.retry_after(),
        ),
        status: error.code().to_owned(),
    }
}

/// No request can be answered at present: the status tells in both media types, and when to retry.
pub(super) fn unavailable(media: MediaType, error: &Error) -> Answer {
    error.log_cause();
    let body = json!({ "data": null, "errors": [in_response(error)] });
    let response = build(StatusCode::SERVICE_UNAVAILABLE, media, body.to_string().into_bytes());
    Answer { response: coming_again(response, error.retry_after()), status: error.code().to_owned() }
}

fn coming_again(mut response: HttpResponse, seconds: Option<u32>) -> HttpResponse {
    if let Some(seconds) = seconds {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

/// Whether a read failed because its connection was cut, or the storage refused.
pub(super) fn failed_for_the_database(response: &Response) -> bool {
    response.errors.iter().any(|error| code_of(error) == UNAVAILABLE)
}

/// The result of an execution. A request error (nothing was executed, so no error has a path) has no `data`.
pub(super) fn executed(media: MediaType, mut response: Response) -> Answer {
    let refused = response.data == Value::Null
        && !response.errors.is_empty()
        && response.errors.iter().all(|error| error.path.is_empty());
    for error in &mut response.errors {
        give_code(error, refused);
    }
    let status = response.errors.first().map_or_else(|| "ok".to_owned(), code_of);
    let codes = || response.errors.iter().map(code_of);
    let retry_after = codes().any(|code| code == BUSY || code == UNAVAILABLE).then_some(RETRY_AFTER_SECONDS);
    let nothing_was_answered = codes().any(|code| code == UNAVAILABLE) && is_empty(&response.data);
    let (http, body) = if nothing_was_answered {
        (StatusCode::SERVICE_UNAVAILABLE, serde_json::to_vec(&response))
    } else if refused {
        (media.refused(), serde_json::to_vec(&json!({ "errors": response.errors })))
    } else {
        (StatusCode::OK, serde_json::to_vec(&response))
    };
    match body {
        Ok(body) => Answer { response: coming_again(build(http, media, body), retry_after), status },
        Err(cause) => abandon(media, &logged(Error::internal(cause))),
    }
}

/// The answer to an operation without errors, as JSON.
pub(super) fn plain(media: MediaType, body: Vec<u8>) -> Answer {
    Answer { response: build(StatusCode::OK, media, body), status: "ok".to_owned() }
}

/// Whether every field at the top is null.
fn is_empty(data: &Value) -> bool {
    match data {
        Value::Object(fields) => fields.values().all(|value| *value == Value::Null),
        other => *other == Value::Null,
    }
}

fn build(status: StatusCode, media: MediaType, body: Vec<u8>) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.insert_header((header::ALLOW, "GET, POST"));
    }
    if status == StatusCode::UNAUTHORIZED {
        response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
    }
    response
        .content_type(media.content_type())
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::VARY, "Accept, Authorization"))
        .body(body)
}

/// An answer to the public that caches may keep as long as they ask whether its tag is still right.
pub(super) fn public(
    status: StatusCode,
    media: MediaType,
    tag: &EntityTag,
    caching: &HeaderValue,
    body: Bytes,
) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    response
        .insert_header(header::ETag(tag.clone()))
        .insert_header((header::CACHE_CONTROL, caching.clone()))
        // The last one, because what a middleware adds in a line of its own gets lost in another.
        .insert_header((header::VARY, "Accept, Authorization, Accept-Encoding"));
    if status == StatusCode::NOT_MODIFIED {
        return response.finish();
    }
    response.content_type(media.content_type()).body(body)
}

/// Every error leaves with a code. One that has none comes from the library: about the request
/// before execution, and about an argument that a scalar refused during it. Any other text may be
/// the database's and stays here.
fn give_code(error: &mut ServerError, refused: bool) {
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    if extensions.get("code").is_some() {
        return;
    }
    if refused || (error.source.is_none() && is_about_an_argument(&error.message)) {
        extensions.set("code", "INVALID_INPUT");
        return;
    }
    let answer = Error::internal(error.message.clone());
    extensions.set("code", answer.code());
    error.message = logged(answer).message();
}

fn is_about_an_argument(message: &str) -> bool {
    ["Failed to parse \"", "Expected input type \"", "Invalid value for argument"]
        .iter()
        .any(|beginning| message.starts_with(beginning))
}

fn code_of(error: &ServerError) -> String {
    match error.extensions.as_ref().and_then(|extensions| extensions.get("code")) {
        Some(Value::String(code)) => code.clone(),
        _ => Error::internal("an error without a code").code().to_owned(),
    }
}

/// Writes the cause of an error to the log.
pub(super) fn logged(error: Error) -> Error {
    error.log_cause();
    error
}
