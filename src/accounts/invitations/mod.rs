//! Links by which somebody sets the password of an account. An admin hands them over: no mail is sent.

pub mod store;

use super::password;
use crate::context::RequestContext;
use crate::user_error::{NotDone, UserError};

/// The path of the page, up to the secret. What stands behind `#` is never sent to a server.
pub const PATH: &str = "/invite#";

/// Sets the password of whoever holds a secret, and says with which mail address to sign in.
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
