//! Access tokens of accounts of this directory: signed with the newest key, valid while their key is not
//! retired.

mod file;
mod keys;

pub use file::{create, rotate};
pub use keys::KeyError;

use super::Refusal;
use file::Watched;
use japan::clock::Clock;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, Header, Validation, decode, decode_header, encode};
use keys::Ring;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;

/// How long an access token is valid, in seconds.
pub const ACCESS_TOKEN_SECONDS: i64 = 10 * 60;
/// Prefix of the ids of own keys, which tells a token of this directory from one of an identity provider.
pub const KEY_ID_BEGINNING: &str = "yui-";
/// Issuer and audience of these tokens.
const ISSUER: &str = "yui";
/// In bytes; our tokens have about 400. Longer ones are refused unread.
const LONGEST_TOKEN: usize = 2 * 1024;

/// The keys of this service. Cheap to clone.
#[derive(Clone)]
pub struct SigningKeys(Arc<Source>);

enum Source {
    Setting(Arc<Ring>),
    File(Watched),
}

/// The claims of an access token. Roles are not among them: they are read from the account at every request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Always `yui`.
    pub iss: String,
    /// Always `yui`.
    pub aud: String,
    /// The account.
    pub sub: Uuid,
    /// The session.
    pub sid: Uuid,
    /// When it was made, in seconds since 1970.
    pub iat: i64,
    /// Until when it is valid.
    pub exp: i64,
    /// Its own id.
    pub jti: Uuid,
}

impl SigningKeys {
    /// Keys of a setting: texts with white space between them, of which the first signs.
    ///
    /// # Errors
    /// When one of them is too short.
    pub fn of_setting(text: &str) -> Result<Self, KeyError> {
        Ok(Self(Arc::new(Source::Setting(Arc::new(Ring::of_setting(text)?)))))
    }

    /// Keys of a file, which is made when it is missing and watched from then on.
    ///
    /// # Errors
    /// When the file cannot be made or read, or when others may read it.
    pub fn open(path: &Path, clock: Clock) -> Result<Self, KeyError> {
        file::create(path, clock)?;
        Ok(Self(Arc::new(Source::File(Watched::open(path)?))))
    }

    /// The id of the key that signs.
    pub fn signer_id(&self) -> String {
        self.ring(false).signer().id.clone()
    }

    /// Whether one of the keys has this id.
    pub fn know(&self, id: &str) -> bool {
        self.ring(true).knows(id)
    }

    /// A new access token for a session of an account.
    ///
    /// # Errors
    /// When signing fails, which needs a broken key.
    pub fn issue(
        &self,
        account: Uuid,
        session: Uuid,
        clock: Clock,
    ) -> Result<String, jsonwebtoken::errors::Error> {
        let now = clock.now_seconds();
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: ISSUER.to_owned(),
            sub: account,
            sid: session,
            iat: now,
            exp: now + ACCESS_TOKEN_SECONDS,
            jti: Uuid::now_v7(),
        };
        self.sign(&claims)
    }

    /// Signs claims with the newest key.
    pub(super) fn sign(&self, claims: &impl Serialize) -> Result<String, jsonwebtoken::errors::Error> {
        let ring = self.ring(false);
        let key = ring.signer();
        let header = Header { kid: Some(key.id.clone()), ..Header::new(Algorithm::HS256) };
        encode(&header, claims, &key.encoding())
    }

    /// Reads an access token that one of the keys has signed and that is valid now.
    ///
    /// # Errors
    /// When it is not.
    pub fn verify(&self, token: &str, clock: Clock) -> Result<Claims, Refusal> {
        if token.len() > LONGEST_TOKEN {
            return Err(Refusal::Malformed);
        }
        self.read(token, ISSUER, clock)
    }

    /// Reads claims that one of the keys has signed for an audience and that are valid now.
    pub(super) fn read<T: DeserializeOwned>(
        &self,
        token: &str,
        audience: &str,
        clock: Clock,
    ) -> Result<T, Refusal> {
        let kid = decode_header(token)?.kid.ok_or(Refusal::UnknownKey)?;
        // An unknown key may have been added within the last second: read the file at once.
        let ring = match self.ring(false) {
            ring if ring.knows(&kid) => ring,
            _ => self.ring(true),
        };
        let key = ring.verifier(&kid, clock.now()).ok_or(Refusal::UnknownKey)?;
        let decoded = decode(token, &key.decoding(), &validation(audience));
        Ok(decoded.map_err(|cause| refusal(&cause))?.claims)
    }

    fn ring(&self, at_once: bool) -> Arc<Ring> {
        match &*self.0 {
            Source::Setting(ring) => Arc::clone(ring),
            Source::File(file) => file.ring(at_once),
        }
    }
}

/// The reason of a refusal. A signed text whose claims cannot be read lacks a claim.
fn refusal(cause: &jsonwebtoken::errors::Error) -> Refusal {
    match cause.kind() {
        ErrorKind::Json(_) => Refusal::MissingClaim,
        _ => cause.clone().into(),
    }
}

fn validation(audience: &str) -> Validation {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.leeway = 0;
    validation.validate_nbf = true;
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[audience]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    validation
}

#[cfg(test)]
mod tests;
