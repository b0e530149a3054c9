//! Is the process alive, can it answer, and what does it answer: for monitoring and for tools.

use super::State;
use super::pages::{not_allowed, read_only};
use actix_web::http::header::EntityTag;
use actix_web::{HttpRequest, HttpResponse, rt, web};
use serde_json::json;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(2);

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

async fn ready(state: web::Data<State>) -> HttpResponse {
    match failing_check(&state).await {
        None => HttpResponse::Ok().json(json!({ "status": "ready" })),
        Some(check) => {
            HttpResponse::ServiceUnavailable().json(json!({ "status": "unready", "failed": check }))
        }
    }
}

/// The name of the check that failed; its cause goes to the log only.
async fn failing_check(state: &State) -> Option<&'static str> {
    let databases = state.databases();
    match rt::time::timeout(PATIENCE, databases.answers()).await {
        Ok(Ok(())) => (),
        Ok(Err(cause)) => {
            tracing::warn!(error = %cause, "not ready: the database does not answer");
            return Some("database");
        }
        Err(_) => return Some("database"),
    }
    match rt::time::timeout(PATIENCE, databases.pending_migrations()).await {
        Ok(Ok(missing)) if missing.is_empty() => None,
        _ => Some("migrations"),
    }
}

/// The schema's text, made once, and the tag that tells whether a tool has it already.
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
