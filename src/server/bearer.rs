//! Who asks: the token of a request, if it shows one.

use super::State;
use crate::auth::{Refusal, Viewer};
use crate::error::Error;
use actix_web::HttpRequest;
use actix_web::http::header::AUTHORIZATION;

/// The public without a token, somebody with one; a token that is not believed is an error, not the public.
pub(super) async fn viewer(request: &HttpRequest, state: &State) -> Result<Viewer, Error> {
    let found = match token(request) {
        Ok(None) => return Ok(Viewer::public()),
        Ok(Some(token)) => state.authenticator().viewer(&state.databases().read, token).await,
        Err(refusal) => Err(refusal),
    };
    found.map_err(|refusal| match refusal {
        Refusal::Database(cause) => Error::internal(cause),
        refusal => {
            tracing::info!(reason = refusal.class(), "a token was refused");
            Error::BadToken
        }
    })
}

fn token(request: &HttpRequest) -> Result<Option<&str>, Refusal> {
    let mut headers = request.headers().get_all(AUTHORIZATION);
    let Some(header) = headers.next() else { return Ok(None) };
    if headers.next().is_some() {
        return Err(Refusal::NotBearer);
    }
    let text = header.to_str().map_err(|_| Refusal::NotBearer)?;
    let (scheme, token) = text.split_once(' ').ok_or(Refusal::NotBearer)?;
    match scheme.to_ascii_lowercase().as_str() {
        "bearer" => Ok(Some(token.trim())),
        // For whoever stands before this server and guards all of it.
        "basic" => Ok(None),
        _ => Err(Refusal::NotBearer),
    }
}
