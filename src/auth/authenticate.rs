//! From the token of a request to the viewer it stands for.
//!
//! A token of this directory says who, not what: roles, organization and districts are read from the account
//! or from the row of the token at every request (`own.rs`). A token of the identity provider lists them
//! itself; at every request the directory says what its codes mean and whether it was revoked. So no viewer
//! is kept from one request to the next: a cache of viewers would keep what was taken back.

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

/// What the names of our own keys begin with.
const OWN_KEY_BEGINNING: &str = "yui-";
/// Longer than any token anybody makes.
const LONGEST_TOKEN: usize = 8 * 1024;

/// Knows whose tokens to believe.
pub struct Authenticator {
    keys: SigningKeys,
    provider: Option<IdentityProvider>,
}

impl Authenticator {
    /// Believes the tokens of this directory, signed with these keys, and those of a provider.
    pub fn new(keys: SigningKeys, provider: Option<IdentityProvider>) -> Self {
        Self { keys, provider }
    }

    /// With what tokens of this directory are signed.
    pub fn keys(&self) -> &SigningKeys {
        &self.keys
    }

    /// Who a token stands for.
    ///
    /// # Errors
    /// Why it is not believed; the whole request is then refused.
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
            // Nobody there can call themselves what accounts and programs here are called.
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

    /// Who a ticket stands for now, and what it opens.
    ///
    /// # Errors
    /// Why it is not believed, or why whoever asked for it is not any more.
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

/// A person of an identity provider, unless their token was taken back.
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
