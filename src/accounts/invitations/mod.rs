//! Invitation links, with which the holder of an account sets its password. An admin hands them over: no mail
//! is sent.

pub mod store;

use super::password;
use crate::context::RequestContext;
use crate::user_error::{NotDone, UserError};

/// The path of the page, up to the secret. Browsers do not send the part after `#` to a server.
pub const PATH: &str = "/invite#";

/// Sets the password of the account that a secret invites, and answers the mail address to sign in with.
pub(super) async fn accept(
    context: &RequestContext,
    secret: &str,
    password: String,
) -> Result<String, NotDone> {
    let void =
        || UserError::refused("secret", "This link was used already, or it is too old. Ask for a new one.");
    let holder = store::holder(context.db(), secret, context.clock()).await?.ok_or_else(void)?;
    password::check("password", &password, &holder.email).map_err(NotDone::Refused)?;
    let hash = password::hash(password).await?;
    let tx = context.begin_write().await?;
    store::accept(&tx, context.author(), secret, &holder, hash).await?.ok_or_else(void)?;
    tx.commit().await?;
    Ok(holder.email)
}
