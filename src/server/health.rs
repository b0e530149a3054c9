//! Endpoints for monitoring and tools: liveness (`/healthz`), readiness (`/readyz`) and the schema as SDL.

use super::State;
use super::pages::{not_allowed, read_only};
use crate::error::RETRY_AFTER_SECONDS;
use actix_web::http::header::{self, EntityTag};
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/healthz").route(read_only().to(alive)).default_service(web::to(not_allowed)))
        .service(web::resource("/readyz").route(read_only().to(ready)).default_service(web::to(not_allowed)))
        .service(
            web::resource("/schema.graphql")
                .route(read_only().to(schema))
                .default_service(web::to(not_allowed)),
        );
}

async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok")
}

/// Readiness, from the last check of the database if it is less than a second old; the cause of a failure
/// goes to the log only.
async fn ready(state: web::Data<State>) -> HttpResponse {
    match state.databases().readiness().await.failed_check() {
        None => HttpResponse::Ok().json(json!({ "status": "ready" })),
        Some(check) => HttpResponse::ServiceUnavailable()
            .insert_header((header::RETRY_AFTER, RETRY_AFTER_SECONDS))
            .json(json!({ "status": "unready", "failed": check })),
    }
}

/// The schema's SDL, made once, with the entity tag by which a tool's copy is recognised as current.
pub(super) struct Sdl {
    text: web::Bytes,
    tag: EntityTag,
}

impl Sdl {
    pub(super) fn new(text: String) -> Self {
        let tag = super::graphiql::tag_of(text.as_bytes());
        Self { text: text.into(), tag }
    }
}

async fn schema(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let sdl = state.sdl();
    super::graphiql::tagged(&request, &sdl.tag, "text/plain; charset=utf-8", "no-cache", sdl.text.clone())
}
