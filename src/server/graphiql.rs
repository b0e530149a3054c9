//! GraphiQL from embedded files: it works without any network but this server.

use super::pages::{not_allowed, read_only};
use actix_web::http::header::{self, EntityTag, HeaderValue, IfNoneMatch};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::sync::{LazyLock, OnceLock};

/// Libraries under a path that names their version: such an address never changes its content.
static LIBRARIES: [File; 4] = [
    File::library(
        "/graphiql/react-18.3.1.js",
        JAVASCRIPT,
        include_bytes!("../../assets/graphiql/react.production.min.js"),
    ),
    File::library(
        "/graphiql/react-dom-18.3.1.js",
        JAVASCRIPT,
        include_bytes!("../../assets/graphiql/react-dom.production.min.js"),
    ),
    File::library(
        "/graphiql/graphiql-4.1.2.js",
        JAVASCRIPT,
        include_bytes!("../../assets/graphiql/graphiql.min.js"),
    ),
    File::library(
        "/graphiql/graphiql-4.1.2.css",
        "text/css; charset=utf-8",
        include_bytes!("../../assets/graphiql/graphiql.min.css"),
    ),
];
/// Our own, which change with the program.
static OWN: [File; 5] = [
    File::own("/graphiql", "text/html; charset=utf-8", include_bytes!("../../assets/graphiql/index.html")),
    File::own("/graphiql/app.js", JAVASCRIPT, include_bytes!("../../assets/graphiql/app.js")),
    File::own("/graphiql/words.js", JAVASCRIPT, include_bytes!("../../assets/graphiql/words.js")),
    File::own("/graphiql/session.js", JAVASCRIPT, include_bytes!("../../assets/graphiql/session.js")),
    File::own(
        "/graphiql/app.css",
        "text/css; charset=utf-8",
        include_bytes!("../../assets/graphiql/app.css"),
    ),
];
static EXAMPLES: LazyLock<File> = LazyLock::new(|| {
    let examples = json!([
        include_str!("../../assets/graphiql/examples/1-gathering-places.graphql"),
        include_str!("../../assets/graphiql/examples/2-by-name.graphql"),
        include_str!("../../assets/graphiql/examples/3-near-a-point.graphql"),
        include_str!("../../assets/graphiql/examples/4-map.graphql"),
        include_str!("../../assets/graphiql/examples/5-care-professional.graphql"),
        include_str!("../../assets/graphiql/examples/6-coordinator.graphql"),
        include_str!("../../assets/graphiql/examples/7-city.graphql"),
    ]);
    let bytes = web::Bytes::from(examples.to_string());
    File::new("/graphiql/examples.json", "application/json", ALWAYS_ASK, bytes)
});
pub(super) const JAVASCRIPT: &str = "text/javascript; charset=utf-8";
const FOREVER: &str = "public, max-age=31536000, immutable";
const ALWAYS_ASK: &str = "no-cache";
/// GraphiQL's editor writes styles into the page; scripts come from this server's files only.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; \
    base-uri 'none'; form-action 'none'";

/// A file that is served as it is.
pub(super) struct File {
    path: &'static str,
    content_type: &'static str,
    caching: &'static str,
    bytes: web::Bytes,
    tag: OnceLock<EntityTag>,
}

impl File {
    const fn new(
        path: &'static str,
        content_type: &'static str,
        caching: &'static str,
        bytes: web::Bytes,
    ) -> Self {
        Self { path, content_type, caching, bytes, tag: OnceLock::new() }
    }

    const fn library(path: &'static str, content_type: &'static str, bytes: &'static [u8]) -> Self {
        Self::new(path, content_type, FOREVER, web::Bytes::from_static(bytes))
    }

    /// A file that changes with the program.
    pub(super) const fn own(path: &'static str, content_type: &'static str, bytes: &'static [u8]) -> Self {
        Self::new(path, content_type, ALWAYS_ASK, web::Bytes::from_static(bytes))
    }

    /// Serves the file at its path, with a content security policy.
    pub(super) fn add(&'static self, config: &mut web::ServiceConfig, policy: &'static str) {
        let serve = move |request: HttpRequest| {
            let mut response = self.answer(&request);
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
            std::future::ready(response)
        };
        let resource = web::resource(self.path).route(read_only().to(serve));
        config.service(resource.default_service(web::to(not_allowed)));
    }

    fn answer(&self, request: &HttpRequest) -> HttpResponse {
        // Read once: a library has a megabyte.
        let tag = self.tag.get_or_init(|| tag_of(&self.bytes));
        let mut response = tagged(request, tag, self.content_type, self.caching, self.bytes.clone());
        // Browsers cache these forever; compressing a megabyte at each request is not worth it.
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("identity"));
        response
    }
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    for file in LIBRARIES.iter().chain(&OWN) {
        file.add(config, POLICY);
    }
    EXAMPLES.add(config, POLICY);
}

/// A tag made from the content.
pub(super) fn tag_of(bytes: &[u8]) -> EntityTag {
    let mut tag = String::new();
    for byte in Sha256::digest(bytes).iter().take(12) {
        // Writing to a String cannot fail.
        let _ = write!(tag, "{byte:02x}");
    }
    EntityTag::new_strong(tag)
}

/// Whether a caller says that it has the content of a tag.
pub(super) fn is_known(request: &HttpRequest, tag: &EntityTag) -> bool {
    match request.get_header::<IfNoneMatch>() {
        Some(IfNoneMatch::Any) => true,
        Some(IfNoneMatch::Items(tags)) => tags.iter().any(|known| known.weak_eq(tag)),
        None => false,
    }
}

/// The content, or `304 Not Modified` for a caller that has it.
pub(super) fn tagged(
    request: &HttpRequest,
    tag: &EntityTag,
    content_type: &'static str,
    caching: &'static str,
    bytes: web::Bytes,
) -> HttpResponse {
    let known = is_known(request, tag);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header(header::ETag(tag.clone())).insert_header((header::CACHE_CONTROL, caching));
    if known { response.finish() } else { response.content_type(content_type).body(bytes) }
}
