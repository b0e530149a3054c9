//! The HTTP side: one App that the program serves and the tests call in process.

mod answer;
mod bearer;
mod budget;
mod document;
mod graphiql;
mod graphql;
mod health;
mod invite;
mod pages;
mod params;
mod persisted;
mod print;
mod public;
mod request_id;
mod state;

pub use budget::{Address, Budgets, Caller, Charge, Class, Wait};
pub use state::State;

use actix_cors::Cors;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::{Compress, Condition, from_fn};
use actix_web::{App, Error, web};

/// The application: all routes and their middleware. The last `wrap` is the outermost.
pub fn app(
    state: State,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let cors = cors(&state);
    App::new()
        .app_data(web::Data::new(state))
        .configure(routes)
        .wrap(Compress::default())
        .wrap(cors)
        .wrap(from_fn(request_id::identify))
}

fn routes(config: &mut web::ServiceConfig) {
    config
        .configure(graphql::routes)
        .configure(health::routes)
        .configure(graphiql::routes)
        .configure(invite::routes)
        .configure(print::routes)
        .configure(pages::routes)
        .default_service(web::to(pages::not_found));
}

/// Headers that the scripts of another site may send: those of the protocol, of caches, of Apollo's and urql's clients, and of
/// tracing. `--cors-header` adds others. None of them is a credential but `Authorization`.
const ALLOWED_HEADERS: [&str; 24] = [
    "accept",
    "accept-language",
    "authorization",
    "content-type",
    "content-language",
    "cache-control",
    "pragma",
    "if-none-match",
    "if-modified-since",
    request_id::HEADER,
    "x-requested-with",
    "apollo-require-preflight",
    "apollographql-client-name",
    "apollographql-client-version",
    "x-apollo-operation-name",
    "x-apollo-operation-id",
    "graphql-client-name",
    "graphql-client-version",
    "graphql-preflight",
    "traceparent",
    "tracestate",
    "baggage",
    "b3",
    "sentry-trace",
];

/// Only the origins of the settings; without any, no other web site is answered at all.
/// Never with credentials: a caller shows a token, not a cookie.
fn cors(state: &State) -> Condition<Cors> {
    let origins = state.cors_origins();
    let cors = origins.iter().fold(Cors::default(), |cors, origin| cors.allowed_origin(origin.as_str()));
    let cors = cors
        .allowed_methods(["GET", "POST"])
        .allowed_headers(ALLOWED_HEADERS)
        .allowed_headers(state.cors_headers())
        .expose_headers([
            header::HeaderName::from_static(request_id::HEADER),
            header::RETRY_AFTER,
            header::ETAG,
        ])
        .expose_headers(budget::HEADERS)
        .max_age(3600);
    Condition::new(!origins.is_empty(), cors)
}
