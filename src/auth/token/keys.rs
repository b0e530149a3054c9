//! The keys that verify: one from the settings, or those of a JWKS by their `kid`.

use super::jwks::{Jwks, Refresh};
use crate::config::{IdentityProviderSettings, JwksLocation};
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey};
use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Why the settings of the identity provider cannot be used.
#[derive(Debug)]
pub struct CannotUse(pub String);

impl fmt::Display for CannotUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Keys by the name the provider gives them.
pub(super) type ByName = HashMap<String, Arc<DecodingKey>>;

/// The source of the verification keys.
pub(super) enum Keys {
    /// One key for all tokens; their `kid` is ignored.
    One(Arc<DecodingKey>),
    /// Those of a file.
    Some(ByName),
    /// Those of an address, which change.
    Changing(Arc<Jwks>),
}

impl Keys {
    pub(super) fn of(settings: &IdentityProviderSettings) -> Result<Self, CannotUse> {
        let shared = settings.algorithm.family() == AlgorithmFamily::Hmac;
        match (&settings.secret, &settings.public_key, &settings.jwks) {
            (Some(secret), ..) if shared => {
                Ok(Self::One(DecodingKey::from_secret(secret.text().as_bytes()).into()))
            }
            (Some(_), ..) => Err(unfit("--idp-secret is for HS256; give a public key or a JWKS")),
            (_, Some(_), _) | (_, _, Some(_)) if shared => {
                Err(unfit("HS256 takes --idp-secret: what is public must not sign"))
            }
            (_, Some(file), _) => Ok(Self::One(public_key(&read(file)?, settings.algorithm)?.into())),
            (.., Some(JwksLocation::File(file))) => {
                let keys = of_set(&read(file)?, settings.algorithm)
                    .ok_or_else(|| unfit(&format!("{} is no JWKS", file.display())))?;
                match keys.is_empty() {
                    true => Err(unfit(&format!("{} holds no key for this algorithm", file.display()))),
                    false => Ok(Self::Some(keys)),
                }
            }
            (.., Some(JwksLocation::Url(url))) => {
                let authority = settings.authority.as_deref().map(read).transpose()?;
                Ok(Self::Changing(Jwks::at(url, settings.algorithm, authority.as_deref())?.into()))
            }
            (None, None, None) => {
                Err(unfit("--idp-issuer needs --idp-jwks, --idp-public-key or --idp-secret"))
            }
        }
    }

    pub(super) fn refresh(&self) -> Option<Refresh> {
        match self {
            Self::Changing(jwks) => Some(Refresh::new(jwks.clone())),
            Self::One(_) | Self::Some(_) => None,
        }
    }

    pub(super) async fn find(&self, name: Option<&str>) -> Option<Arc<DecodingKey>> {
        match self {
            Self::One(key) => Some(key.clone()),
            Self::Some(keys) => keys.get(name?).cloned(),
            Self::Changing(jwks) => jwks.find(name?).await,
        }
    }
}

/// The keys of a JWKS that can verify this algorithm; `None` when the text is none. Keys that are for
/// something else, or are secrets, are passed over.
pub(super) fn of_set(text: &[u8], algorithm: Algorithm) -> Option<ByName> {
    let set: JwkSet = serde_json::from_slice(text).ok()?;
    let named = |key: &Jwk| {
        let name = key.common.key_id.clone()?;
        Some((name, Arc::new(DecodingKey::from_jwk(key).ok()?)))
    };
    Some(set.keys.iter().filter(|key| verifies(key, algorithm)).filter_map(named).collect())
}

fn verifies(key: &Jwk, algorithm: Algorithm) -> bool {
    let family = match key.algorithm {
        AlgorithmParameters::RSA(_) => AlgorithmFamily::Rsa,
        AlgorithmParameters::EllipticCurve(_) => AlgorithmFamily::Ec,
        AlgorithmParameters::OctetKeyPair(_) => AlgorithmFamily::Ed,
        // A shared secret in a published set is no secret.
        _ => return false,
    };
    let for_signatures =
        key.common.public_key_use.as_ref().is_none_or(|usage| *usage == PublicKeyUse::Signature);
    let own = key.common.key_algorithm.map(|own| own.to_string());
    let same = own.is_none_or(|own| own.parse() == Ok(algorithm));
    family == algorithm.family() && for_signatures && same
}

fn public_key(pem: &[u8], algorithm: Algorithm) -> Result<DecodingKey, CannotUse> {
    let key = match algorithm.family() {
        AlgorithmFamily::Rsa => DecodingKey::from_rsa_pem(pem),
        AlgorithmFamily::Ec => DecodingKey::from_ec_pem(pem),
        AlgorithmFamily::Ed => DecodingKey::from_ed_pem(pem),
        AlgorithmFamily::Hmac => return Err(unfit("HS256 has no public key")),
    };
    key.map_err(|_| unfit("--idp-public-key is no PEM file with a public key for --idp-algorithm"))
}

fn read(file: &Path) -> Result<Vec<u8>, CannotUse> {
    std::fs::read(file).map_err(|cause| unfit(&format!("{} cannot be read: {cause}", file.display())))
}

pub(super) fn unfit(sentence: &str) -> CannotUse {
    CannotUse(format!("The tokens of the identity provider cannot be checked: {sentence}."))
}
