//! The viewer of a request: its bearer token, if it has one, authenticated.

use super::State;
use crate::auth::{Refusal, Viewer};
use crate::database::Trouble;
use crate::error::Error;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{HttpRequest, rt};
use japan::clock::Clock;

/// The instant as of which a request is answered.
#[expect(clippy::disallowed_methods, reason = "a request begins to be answered when all of it has arrived")]
pub(super) fn clock() -> Clock {
    Clock::read()
}

/// The viewer of a request; without a token it is the public. An invalid token is an error, not the public.
pub(super) async fn viewer(request: &HttpRequest, state: &State) -> Result<Viewer, Error> {
    let clock = clock();
    let found = match token(request) {
        Ok(None) => return Ok(Viewer::public(clock)),
        Ok(Some(token)) => in_time(state, holder(state, token, clock)).await?,
        Err(refusal) => Err(refusal),
    };
    found.map_err(|refusal| match refusal {
        Refusal::Database(cause) => cause.into(),
        refusal => {
            tracing::info!(reason = refusal.class(), "a token was refused");
            Error::BadToken
        }
    })
}

/// The result of a lookup in the database.
///
/// # Errors
/// `UNAVAILABLE` when it takes longer than an operation may, or the database cannot be reached.
pub(super) async fn in_time<T>(state: &State, look: impl Future<Output = T>) -> Result<T, Error> {
    tokio::select! {
        found = rt::time::timeout(state.operation_timeout(), look) => {
            found.map_err(|_| Error::Unavailable("a token could not be looked up in time".into()))
        }
        () = state.databases().health().until_nothing_can_be_answered() => {
            Err(Error::Unavailable(state.databases().health().readiness().into()))
        }
    }
}

/// Authenticates a token; retries once when the connection to the database was cut.
async fn holder(state: &State, token: &str, clock: Clock) -> Result<Viewer, Refusal> {
    let look = || state.authenticator().viewer(&state.databases().read, token, clock);
    match look().await {
        Err(Refusal::Database(cause)) if Trouble::of(&cause) == Some(Trouble::Away) => {
            state.databases().doubt_connections();
            look().await
        }
        found => found,
    }
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
        // Basic credentials are for a reverse proxy that guards the whole server.
        "basic" => Ok(None),
        _ => Err(Refusal::NotBearer),
    }
}
