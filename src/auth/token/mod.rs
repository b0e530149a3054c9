//! Tokens of the city's identity provider: checked against its keys, read by the names it gives its claims.

mod claims;
mod jwks;
mod keys;

pub use claims::Claims;
pub use jwks::Refresh;
pub use keys::CannotUse;

use super::Refusal;
use crate::config::{ClaimPath, IdentityProviderSettings, RoleName};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, Validation};
use keys::Keys;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::sync::Arc;

/// Seconds by which two clocks may differ.
const LEEWAY: u64 = 30;

/// The identity provider, as far as its tokens are concerned.
pub struct IdentityProvider {
    issuer: String,
    algorithm: Algorithm,
    validation: Validation,
    keys: Arc<Keys>,
    names: Names,
}

/// The claim names of the provider.
struct Names {
    roles: ClaimPath,
    organization: ClaimPath,
    districts: ClaimPath,
    name: ClaimPath,
    role_names: Vec<RoleName>,
}

/// The header fields that matter. The algorithm is compared with the configured one, never taken from the
/// token.
#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<Value>,
}

/// The `kid` of a token, read before its signature is verified.
pub fn key_id(token: &str) -> Result<Option<String>, Refusal> {
    Ok(header(token)?.kid)
}

fn header(token: &str) -> Result<Header, Refusal> {
    let encoded = token.split('.').next().unwrap_or_default();
    let decoded = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| Refusal::Malformed)?;
    serde_json::from_slice(&decoded).map_err(|_| Refusal::Malformed)
}

impl IdentityProvider {
    /// The provider of the settings, if they name one.
    ///
    /// # Errors
    /// A sentence about the setting that cannot be used.
    pub fn of(settings: &IdentityProviderSettings) -> Result<Option<Self>, CannotUse> {
        let Some(issuer) = settings.issuer.clone() else { return Ok(None) };
        let mut validation = Validation::new(settings.algorithm);
        validation.set_issuer(&[&issuer]);
        validation.set_audience(&settings.audience);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.validate_nbf = true;
        validation.leeway = LEEWAY;
        let names = Names {
            roles: settings.roles_claim.clone(),
            organization: settings.organization_claim.clone(),
            districts: settings.districts_claim.clone(),
            name: settings.name_claim.clone(),
            role_names: settings.roles.clone(),
        };
        let keys = Arc::new(Keys::of(settings)?);
        Ok(Some(Self { issuer, algorithm: settings.algorithm, validation, keys, names }))
    }

    /// The task that refreshes the keys, where they come from an address; the caller must run it.
    pub fn refresh(&self) -> Option<Refresh> {
        self.keys.refresh()
    }

    /// The issuer of the tokens.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Verifies a token and reads its claims.
    pub async fn verify(&self, token: &str) -> Result<Claims, Refusal> {
        let header = header(token)?;
        let name = serde_json::to_value(self.algorithm).map_err(|_| Refusal::WrongAlgorithm)?;
        if name.as_str() != Some(header.alg.as_str()) {
            return Err(Refusal::WrongAlgorithm);
        }
        if header.crit.is_some() {
            return Err(Refusal::Malformed);
        }
        let key = self.keys.find(header.kid.as_deref()).await.ok_or(Refusal::UnknownKey)?;
        let decoded = jsonwebtoken::decode::<Map<String, Value>>(token, &key, &self.validation)?;
        Claims::read(&Value::Object(decoded.claims), &self.names)
    }
}
