//! The page on which an invited person sets their password.

use super::graphiql::{File, JAVASCRIPT};
use actix_web::web;

static FILES: [File; 3] = [
    File::own("/invite", "text/html; charset=utf-8", include_bytes!("../../assets/invite/index.html")),
    File::own("/invite/app.js", JAVASCRIPT, include_bytes!("../../assets/invite/app.js")),
    File::own("/invite/app.css", "text/css; charset=utf-8", include_bytes!("../../assets/invite/app.css")),
];
/// Its own script and style, and the mutation; nothing else, and no form that a browser would send by itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; \
    connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

pub(super) fn routes(config: &mut web::ServiceConfig) {
    for file in &FILES {
        file.add(config, POLICY);
    }
}
