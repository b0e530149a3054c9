//! The page at `/`, and the answers for unknown addresses and methods.

use super::graphiql::{tag_of, tagged};
use actix_web::guard::{self, Guard};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, Route, web};

const START: &str = include_str!("../../assets/pages/index.html");
/// The page has one inline style sheet and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource("/").route(read_only().to(start)).default_service(web::to(not_allowed)));
}

async fn start(request: HttpRequest) -> HttpResponse {
    let mut page = tagged(
        &request,
        &tag_of(START.as_bytes()),
        "text/html; charset=utf-8",
        "no-cache",
        web::Bytes::from_static(START.as_bytes()),
    );
    page.headers_mut().insert(header::CONTENT_SECURITY_POLICY, header::HeaderValue::from_static(POLICY));
    page
}

/// GET and HEAD.
pub(super) fn read_only() -> Route {
    web::route().guard(guard::fn_guard(|context| guard::Get().check(context) || guard::Head().check(context)))
}

/// There is something here, but not for this method.
pub(super) async fn not_allowed() -> HttpResponse {
    HttpResponse::MethodNotAllowed()
        .insert_header((header::ALLOW, "GET, HEAD"))
        .content_type("text/plain; charset=utf-8")
        .body("This address can only be read (GET).\n")
}

/// There is nothing here.
pub(super) async fn not_found() -> HttpResponse {
    HttpResponse::NotFound()
        .content_type("text/plain; charset=utf-8")
        .body("There is nothing at this address. Start at /.\n")
}
