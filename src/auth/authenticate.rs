//! From the token of a request to the viewer it stands for.

use super::own::{API_TOKEN_BEGINNING, account_viewer, api_token_viewer};
use super::signing::SigningKeys;
use super::standing::Shown;
use super::token::{self, IdentityProvider};
use super::{Credential, Refusal, Viewer};
use entity::revoked_token;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};

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
    pub async fn viewer(&self, db: &impl ConnectionTrait, token: &str) -> Result<Viewer, Refusal> {
        if token.len() > LONGEST_TOKEN {
            return Err(Refusal::TooLong);
        }
        if token.starts_with(API_TOKEN_BEGINNING) {
            return api_token_viewer(db, token).await;
        }
        if token::key_id(token)?.is_some_and(|key| key.starts_with(OWN_KEY_BEGINNING)) {
            return account_viewer(db, &self.keys, token).await;
        }
        let provider = self.provider.as_ref().ok_or(Refusal::NotAccepted)?;
        let claims = provider.verify(token).await?;
        if let Some(token_id) = &claims.token_id
            && is_revoked(db, provider.issuer(), token_id).await?
        {
            return Err(Refusal::Revoked);
        }
        let shown = Shown {
            // Nobody there can call themselves what accounts and programs here are called.
            subject: format!("idp:{}", claims.subject).into(),
            credential: Credential::IdentityProvider,
            name: claims.name,
            token_id: claims.token_id,
        };
        Ok(claims.standing.viewer(db, shown).await?)
    }
}

#[expect(clippy::disallowed_methods, reason = "who somebody is is asked before there is a viewer")]
async fn is_revoked(db: &impl ConnectionTrait, issuer: &str, token_id: &str) -> Result<bool, DbErr> {
    let revoked = revoked_token::Entity::find()
        .filter(revoked_token::Column::Issuer.eq(issuer))
        .filter(revoked_token::Column::TokenId.eq(token_id));
    Ok(revoked.count(db).await? > 0)
}
