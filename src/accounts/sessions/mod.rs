//! Sessions: signing in, refreshing, signing out, changing the password.

mod attempts;
pub mod mutations;
pub mod store;

use super::{inputs, password};
use crate::auth::Credential;
use crate::auth::signing::ACCESS_TOKEN_SECONDS;
use crate::context::RequestContext;
use crate::error::{Error, Result};
use crate::scalars::DateTime;
use crate::user_error::{NotDone, UserError};
use async_graphql::SimpleObject;
use entity::enums::AuditAction;
use store::{Begun, Refreshed};

type Done<T> = std::result::Result<T, NotDone>;

/// What a signed-in client keeps, in memory only (サインイン中のトークン).
#[derive(SimpleObject)]
pub struct SessionTokens {
    /// Goes into the header `Authorization: Bearer …` (アクセストークン).
    pub access_token: String,
    /// Until when the access token is taken (有効期限).
    pub expires_at: DateTime,
    /// Gets the next pair of tokens, once (更新トークン). Used a second time it ends the session: somebody
    /// else may have had it.
    pub refresh_token: String,
    /// Until when the refresh token is taken; each new one lasts longer, but the session has an end (更新期限).
    pub refresh_expires_at: DateTime,
}

/// Signs in. Every refusal has the same message and takes the same time, whatever its reason.
async fn sign_in(context: &RequestContext, email: &str, password: String) -> Done<SessionTokens> {
    let attempt = attempt(context, &inputs::folded(email)).await?;
    let right = password::verify(password, attempt.password_hash()).await?;
    let tx = context.begin_write().await?;
    let begun = match right {
        true => store::begin(&tx, context.author(), &attempt).await?,
        false => None,
    };
    if begun.is_none() {
        store::note_failure(&tx, &context.author(), &attempt, AuditAction::SignIn).await?;
    }
    tx.commit().await?;
    let wrong = || UserError::refused("email", "The mail address or the password is wrong.");
    Ok(tokens(context, begun.ok_or_else(wrong)?)?)
}

/// Counts an attempt before the password is verified, so that many concurrent requests get no more tries.
async fn attempt(context: &RequestContext, email: &str) -> Done<store::Attempt> {
    let tx = context.begin_write().await?;
    let attempt = store::attempt(&tx, &context.author(), email).await?;
    tx.commit().await?;
    Ok(attempt)
}

/// The next pair of tokens for a refresh token that was never used.
async fn refresh(context: &RequestContext, token: &str) -> Done<SessionTokens> {
    let refused = || UserError::refused("refreshToken", "The session has ended. Sign in again.");
    // An unknown token takes no write lock, so that guessing does not delay writers.
    if !store::is_known(context.db(), token).await? {
        return Err(refused().into());
    }
    let tx = context.begin_write().await?;
    let refreshed = store::refresh(&tx, context.author(), token).await?;
    match refreshed {
        Refreshed::Renewed(begun) => {
            tx.commit().await?;
            Ok(tokens(context, *begun)?)
        }
        Refreshed::Reused => {
            tx.commit().await?;
            Err(refused().into())
        }
        Refreshed::Unknown => Err(refused().into()),
    }
}

/// Ends the viewer's session.
async fn sign_out(context: &RequestContext) -> Done<bool> {
    let (account, session) = own_session(context)?;
    let tx = context.begin_write().await?;
    store::end(&tx, &context.author(), account, session).await?;
    tx.commit().await?;
    Ok(true)
}

/// Changes the viewer's password and ends all of their other sessions.
async fn change_password(context: &RequestContext, current: String, new: String) -> Done<bool> {
    let (account, session) = own_session(context)?;
    let email = store::email_of(context.db(), account).await?.ok_or(Error::Unauthenticated)?;
    password::check("newPassword", &new, &email).map_err(NotDone::Refused)?;
    let attempt = attempt(context, &email).await?;
    let right = password::verify(current, attempt.password_hash()).await?;
    let hash = if right { Some(password::hash(new).await?) } else { None };
    let tx = context.begin_write().await?;
    let changed = match hash {
        Some(hash) => store::set_password(&tx, &context.author(), &attempt, session, hash).await?,
        None => false,
    };
    if !changed {
        store::note_failure(&tx, &context.author(), &attempt, AuditAction::ChangePassword).await?;
    }
    tx.commit().await?;
    if changed {
        return Ok(true);
    }
    Err(UserError::refused("currentPassword", "This is not your current password.").into())
}

/// The viewer's account and session.
fn own_session(context: &RequestContext) -> Done<(i64, i64)> {
    let identity = context.viewer.identity().ok_or(Error::Unauthenticated)?;
    match identity.credential {
        Credential::Account { account, session } => Ok((account, session)),
        _ => {
            let sentence = "The token that was sent belongs to no session here: its issuer can revoke it.";
            let code = crate::user_error::UserErrorCode::Conflict;
            Err(UserError { code, field: None, message: sentence.to_owned() }.into())
        }
    }
}

fn tokens(context: &RequestContext, begun: Begun) -> Result<SessionTokens> {
    let access_token =
        context.keys().issue(begun.account, begun.session, context.clock()).map_err(Error::internal)?;
    Ok(SessionTokens {
        access_token,
        expires_at: DateTime::of_ms(context.clock().now_ms() + ACCESS_TOKEN_SECONDS * 1_000),
        refresh_token: begun.refresh_token,
        refresh_expires_at: DateTime::of_ms(begun.refresh_expires_at),
    })
}
