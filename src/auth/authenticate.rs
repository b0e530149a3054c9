//! From the token of a request to the viewer it stands for.

use super::token::{self, Claims, IdentityProvider};
use super::{Credential, Identity, Refusal, Viewer};
use entity::revoked_token;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};

/// Longer than any token anybody makes.
const LONGEST_TOKEN: usize = 8 * 1024;

/// Knows whose tokens to believe.
#[derive(Default)]
pub struct Authenticator {
    provider: Option<IdentityProvider>,
}

impl Authenticator {
    /// Believes the tokens of this provider.
    pub fn new(provider: Option<IdentityProvider>) -> Self {
        Self { provider }
    }

    /// The provider whose keys want to be kept fresh.
    pub fn provider(&self) -> Option<&IdentityProvider> {
        self.provider.as_ref()
    }

    /// Who a token stands for.
    ///
    /// # Errors
    /// Why it is not believed; the whole request is then refused.
    pub async fn viewer(&self, db: &impl ConnectionTrait, token: &str) -> Result<Viewer, Refusal> {
        if token.len() > LONGEST_TOKEN {
            return Err(Refusal::TooLong);
        }
        token::key_id(token)?;
        let provider = self.provider.as_ref().ok_or(Refusal::NotAccepted)?;
        let claims = provider.verify(token).await?;
        if let Some(token_id) = &claims.token_id
            && is_revoked(db, provider.issuer(), token_id).await?
        {
            return Err(Refusal::Revoked);
        }
        Ok(known(db, claims).await?)
    }
}

async fn known(db: &impl ConnectionTrait, claims: Claims) -> Result<Viewer, DbErr> {
    let (sight, organization) = claims.standing.resolve(db).await?;
    let identity = Identity {
        subject: claims.subject.into(),
        credential: Credential::IdentityProvider,
        name: claims.name,
        token_id: claims.token_id,
        organization,
        district_codes: claims.standing.district_codes,
    };
    Ok(Viewer::known(identity, sight))
}

#[expect(clippy::disallowed_methods, reason = "who somebody is is asked before there is a viewer")]
async fn is_revoked(db: &impl ConnectionTrait, issuer: &str, token_id: &str) -> Result<bool, DbErr> {
    let revoked = revoked_token::Entity::find()
        .filter(revoked_token::Column::Issuer.eq(issuer))
        .filter(revoked_token::Column::TokenId.eq(token_id));
    Ok(revoked.count(db).await? > 0)
}
