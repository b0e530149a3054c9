//! One id per request, in the answer and in every log line, and the headers every answer carries.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest};
use std::time::Instant;
use uuid::Uuid;

/// The header in which a caller may send an id and always finds it.
pub(super) const HEADER: &str = "x-request-id";
const LONGEST: usize = 128;

/// The id of the request being answered.
#[derive(Clone)]
pub(super) struct RequestId(HeaderValue);

impl RequestId {
    /// The id of this request.
    pub(super) fn of(request: &HttpRequest) -> Self {
        request.extensions().get::<Self>().cloned().unwrap_or_else(Self::generate)
    }

    /// For log lines.
    pub(super) fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }

    fn sent_by(headers: &HeaderMap) -> Option<Self> {
        let sent = headers.get(HEADER)?;
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
        let fits = (1..=LONGEST).contains(&sent.len()) && sent.as_bytes().iter().all(plain);
        fits.then(|| Self(sent.clone()))
    }

    fn generate() -> Self {
        let mut text = Uuid::encode_buffer();
        let text = Uuid::new_v4().hyphenated().encode_lower(&mut text);
        Self(HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("none")))
    }
}

/// The outermost middleware: no answer leaves without it.
pub(super) async fn identify(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let start = Instant::now();
    let id = RequestId::sent_by(request.headers()).unwrap_or_else(RequestId::generate);
    request.extensions_mut().insert(id.clone());
    // No handler here fails: each turns its errors into answers, so `?` lets nothing slip by.
    let mut answer = next.call(request).await?;
    tracing::debug!(
        request_id = id.as_str(),
        method = %answer.request().method(),
        path = answer.request().path(),
        status = answer.status().as_u16(),
        ms = milliseconds(start),
        "request"
    );
    add_headers(answer.headers_mut(), id);
    Ok(answer)
}

/// For log lines: to the microsecond.
pub(super) fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_micros() as f64 / 1000.0
}

fn add_headers(headers: &mut HeaderMap, id: RequestId) {
    headers.insert(HeaderName::from_static(HEADER), id.0);
    let always = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    for (name, value) in always {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        let nothing = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
        headers.insert(header::CONTENT_SECURITY_POLICY, nothing);
    }
}
