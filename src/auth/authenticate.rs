//! Authentication: from the token of a request to its viewer.
//!
//! A token of this directory carries an identity, not permissions: roles, organization and districts are read
//! from the account or from the row of the token at every request (`own.rs`). A token of the identity
//! provider lists them itself; at every request its codes are looked up in the directory, and whether it was
//! revoked. Viewers are not cached between requests: a cache would keep revoked permissions.

use super::own::{API_TOKEN_BEGINNING, account_viewer, api_token_viewer, program_viewer_of, session_viewer};
use super::signing::SigningKeys;
use super::standing::Shown;
use super::token::{self, IdentityProvider};
use super::{Credential, Refusal, Standing, Viewer, ticket};
use crate::auth::row_scope::{Unscoped, WithoutViewer};
use entity::revoked_token;
use japan::clock::Clock;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, PaginatorTrait, QueryFilter};
use uuid::Uuid;

/// Prefix of the ids (`kid`) of this directory's signing keys.
const OWN_KEY_BEGINNING: &str = "yui-";
/// In bytes; longer than tokens of any issuer.
const LONGEST_TOKEN: usize = 8 * 1024;

/// Authenticates tokens: holds the signing keys of this directory and the identity provider, if there is one.
pub struct Authenticator {
    keys: SigningKeys,
    provider: Option<IdentityProvider>,
}

impl Authenticator {
    /// Accepts the tokens of this directory, signed with these keys, and those of a provider.
    pub fn new(keys: SigningKeys, provider: Option<IdentityProvider>) -> Self {
        Self { keys, provider }
    }

    /// The keys that sign the tokens of this directory.
    pub fn keys(&self) -> &SigningKeys {
        &self.keys
    }

    /// The viewer of a token.
    ///
    /// # Errors
    /// Why the token is not valid; the whole request is then refused.
    pub async fn viewer(
        &self,
        db: &impl ConnectionTrait,
        token: &str,
        clock: Clock,
    ) -> Result<Viewer, Refusal> {
        let db = &signing_in(db);
        if token.len() > LONGEST_TOKEN {
            return Err(Refusal::TooLong);
        }
        if token.starts_with(API_TOKEN_BEGINNING) {
            return api_token_viewer(db, token, clock).await;
        }
        if token::key_id(token)?.is_some_and(|key| key.starts_with(OWN_KEY_BEGINNING)) {
            return account_viewer(db, &self.keys, token, clock).await;
        }
        let provider = self.provider.as_ref().ok_or(Refusal::NotAccepted)?;
        let claims = provider.verify(token).await?;
        let shown = Shown {
            // The prefix keeps subjects of the provider apart from those of accounts and programs here.
            subject: format!("idp:{}", claims.subject).into(),
            credential: Credential::IdentityProvider {
                issuer: provider.issuer().into(),
                ends_at: claims.ends_at,
            },
            name: claims.name,
            token_id: claims.token_id,
        };
        known_there(db, provider.issuer(), claims.standing, shown, clock).await
    }

    /// The viewer of a ticket, with the permissions of now, and the id of the record that the ticket opens.
    ///
    /// # Errors
    /// Why the ticket is not valid, or why the credential of the viewer who asked for it is no longer valid.
    pub async fn ticket_viewer(
        &self,
        db: &impl ConnectionTrait,
        text: &str,
        clock: Clock,
    ) -> Result<(Viewer, Uuid), Refusal> {
        let db = &signing_in(db);
        let ticket = ticket::read(&self.keys, text, clock)?;
        let ends_at = ticket.ends_at();
        let viewer = match ticket.by {
            ticket::Shown::Session { account, session } => {
                session_viewer(db, account, session, clock).await?
            }
            ticket::Shown::Program(token) => program_viewer_of(db, token, clock).await?,
            ticket::Shown::Foreign(foreign) => {
                let provider = self.provider.as_ref().filter(|one| one.issuer() == foreign.issuer);
                let issuer = provider.ok_or(Refusal::NotAccepted)?.issuer();
                let shown = Shown {
                    subject: ticket.sub.into(),
                    credential: Credential::IdentityProvider { issuer: issuer.into(), ends_at },
                    name: foreign.name.clone(),
                    token_id: foreign.token_id.clone(),
                };
                known_there(db, issuer, foreign.standing(), shown, clock).await?
            }
        };
        Ok((viewer, ticket.thing))
    }
}

#[expect(clippy::disallowed_methods, reason = "the viewer is made here")]
fn signing_in<C: ConnectionTrait>(db: &C) -> WithoutViewer<'_, C> {
    WithoutViewer::of(db)
}

/// The viewer of a token of an identity provider, unless the token was revoked here.
async fn known_there(
    db: &impl Unscoped,
    issuer: &str,
    standing: Standing,
    shown: Shown,
    clock: Clock,
) -> Result<Viewer, Refusal> {
    if let Some(token_id) = &shown.token_id
        && is_revoked(db, issuer, token_id).await?
    {
        return Err(Refusal::Revoked);
    }
    Ok(standing.viewer(db, shown, clock).await?)
}

async fn is_revoked(db: &impl Unscoped, issuer: &str, token_id: &str) -> Result<bool, DbErr> {
    let revoked = db
        .every::<revoked_token::Entity>()
        .filter(revoked_token::Column::Issuer.eq(issuer))
        .filter(revoked_token::Column::TokenId.eq(token_id));
    Ok(revoked.count(db).await? > 0)
}
