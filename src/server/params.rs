//! From an HTTP request to the parameters of a GraphQL request, as strictly as the specification asks.

use super::answer::MediaType;
use crate::error::{Error, NotSupported};
use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, web};
use futures_util::StreamExt;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// The largest body, and the longest document of a GET, in bytes.
pub(super) const LARGEST_BODY: usize = 64 * 1024;

/// The parameters of a GraphQL request.
#[derive(Debug, Deserialize)]
pub(super) struct Params {
    /// The document.
    #[serde(default, deserialize_with = "or_null")]
    pub(super) query: String,
    /// The name of the operation to execute.
    #[serde(default, rename = "operationName")]
    pub(super) operation_name: Option<String>,
    /// The values of its variables.
    #[serde(default, deserialize_with = "or_null")]
    pub(super) variables: Map<String, Value>,
    /// What a client adds; only Apollo's persisted queries have a meaning here.
    #[serde(default, deserialize_with = "or_null")]
    pub(super) extensions: Map<String, Value>,
}

impl Params {
    /// Whether the request names its document by a hash in place of a text.
    fn is_persisted(&self) -> bool {
        self.query.is_empty() && self.extensions.contains_key("persistedQuery")
    }
}

#[derive(Deserialize)]
struct QueryString {
    query: Option<String>,
    #[serde(rename = "operationName")]
    operation_name: Option<String>,
    variables: Option<String>,
    extensions: Option<String>,
}

/// A request that HTTP already refuses.
pub(super) struct Rejection(pub(super) StatusCode, pub(super) Error);

impl Rejection {
    /// Of a request that did not arrive in time.
    pub(super) fn too_slow() -> Self {
        reject(StatusCode::REQUEST_TIMEOUT, "The request did not arrive in time. Send it again.")
    }
}

fn reject(status: StatusCode, message: impl Into<String>) -> Rejection {
    Rejection(status, Error::invalid("request", message))
}

/// The best media type of `Accept` that this endpoint speaks; none when it speaks none of them.
pub(super) fn negotiate(request: &HttpRequest) -> Option<MediaType> {
    let mut best: Option<(MediaType, f32)> = None;
    let mut asked = false;
    let values = request.headers().get_all(header::ACCEPT).filter_map(|value| value.to_str().ok());
    for range in values.flat_map(|value| value.split(',')) {
        let Ok(range) = range.trim().parse::<mime::Mime>() else { continue };
        asked = true;
        let media = match range.essence_str() {
            "application/graphql-response+json" => MediaType::GraphqlResponse,
            "application/json" | "application/*" | "*/*" => MediaType::Json,
            _ => continue,
        };
        let weight = range.get_param("q").and_then(|q| q.as_str().parse().ok()).unwrap_or(1.0_f32);
        if weight > 0.0 && best.is_none_or(|(_, heaviest)| weight > heaviest) {
            best = Some((media, weight));
        }
    }
    if asked { best.map(|(media, _)| media) } else { Some(MediaType::Json) }
}

/// Reads the parameters from the query string of a GET or the body of a POST.
pub(super) async fn read(request: &HttpRequest, body: web::Payload) -> Result<Params, Rejection> {
    let params = match *request.method() {
        Method::GET => from_query_string(request.query_string())?,
        Method::POST => from_body(request, body).await?,
        _ => return Err(reject(StatusCode::METHOD_NOT_ALLOWED, "Use POST, or GET for queries.")),
    };
    if params.query.is_empty() && !params.is_persisted() {
        return Err(reject(StatusCode::BAD_REQUEST, "The parameter `query` is missing."));
    }
    Ok(params)
}

fn from_query_string(text: &str) -> Result<Params, Rejection> {
    let wrong = |message: String| reject(StatusCode::BAD_REQUEST, message);
    let QueryString { query, operation_name, variables, extensions } =
        web::Query::<QueryString>::from_query(text).map_err(|cause| wrong(cause.to_string()))?.into_inner();
    Ok(Params {
        query: query.unwrap_or_default(),
        operation_name,
        variables: object(variables).ok_or_else(|| wrong("`variables` must be a JSON object.".into()))?,
        extensions: object(extensions).ok_or_else(|| wrong("`extensions` must be a JSON object.".into()))?,
    })
}

fn object(text: Option<String>) -> Option<Map<String, Value>> {
    match text.filter(|text| !text.is_empty()) {
        None => Some(Map::new()),
        Some(text) => serde_json::from_str::<Option<Map<_, _>>>(&text).ok().map(Option::unwrap_or_default),
    }
}

async fn from_body(request: &HttpRequest, body: web::Payload) -> Result<Params, Rejection> {
    if !is_json(request) {
        let message = "The content type must be application/json in UTF-8.";
        return Err(reject(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    }
    let bytes = collect(body).await?;
    if bytes.trim_ascii_start().first() == Some(&b'[') {
        return Err(Rejection(StatusCode::BAD_REQUEST, Error::NotSupported(NotSupported::Batch)));
    }
    serde_json::from_slice(&bytes)
        .map_err(|cause| reject(StatusCode::BAD_REQUEST, format!("Invalid JSON: {cause}.")))
}

fn is_json(request: &HttpRequest) -> bool {
    let value = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let Some(mime) = value.and_then(|value| value.parse::<mime::Mime>().ok()) else { return false };
    mime.essence_str() == "application/json"
        && mime.get_param(mime::CHARSET).is_none_or(|set| set == mime::UTF_8)
}

async fn collect(mut body: web::Payload) -> Result<web::BytesMut, Rejection> {
    let mut bytes = web::BytesMut::new();
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(|_| reject(StatusCode::BAD_REQUEST, "The body ended too early."))?;
        if bytes.len() + chunk.len() > LARGEST_BODY {
            let error = Error::LimitExceeded(format!("The request is larger than {LARGEST_BODY} bytes."));
            return Err(Rejection(StatusCode::PAYLOAD_TOO_LARGE, error));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn or_null<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(input: D) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(input)?.unwrap_or_default())
}
