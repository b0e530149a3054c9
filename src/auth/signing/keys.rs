//! The signing keys: which one signs, and which still verify.

use super::KEY_ID_BEGINNING;
use crate::auth::secret::{Secret, digest};
use chrono::{DateTime, Utc};
use jsonwebtoken::{DecodingKey, EncodingKey};
use serde::{Deserialize, Serialize};
use std::fmt;

const SHORTEST_SECRET: usize = 32;

/// Why the keys cannot be used: a sentence for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyError(pub(super) String);

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One key, as it stands in the file.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Key {
    /// The key id (`kid`) in the header of tokens.
    #[serde(rename = "kid")]
    pub(super) id: String,
    secret: String,
    created_at: DateTime<Utc>,
    /// From then on it no longer verifies.
    #[serde(default)]
    retires_at: Option<DateTime<Utc>>,
}

impl Key {
    /// A new random key.
    pub(super) fn generate(now: DateTime<Utc>) -> Result<Self, KeyError> {
        let failed = |cause| KeyError(format!("The system gives no random numbers: {cause}."));
        let secret = Secret::generate().map_err(failed)?.into_text();
        Ok(Self { id: id_of(&secret), secret, created_at: now, retires_at: None })
    }

    pub(super) fn encoding(&self) -> EncodingKey {
        EncodingKey::from_secret(self.secret.as_bytes())
    }

    pub(super) fn decoding(&self) -> DecodingKey {
        DecodingKey::from_secret(self.secret.as_bytes())
    }

    pub(super) fn is_retired(&self, now: DateTime<Utc>) -> bool {
        self.retires_at.is_some_and(|end| end <= now)
    }

    /// Ends at an instant, unless it ends before.
    pub(super) fn retire(&mut self, at: DateTime<Utc>) {
        self.retires_at = Some(self.retires_at.map_or(at, |end| end.min(at)));
    }
}

/// All keys there are: never none.
pub(super) struct Ring {
    signer: Key,
    others: Vec<Key>,
}

impl Ring {
    /// The newest of them signs.
    pub(super) fn new(mut keys: Vec<Key>) -> Result<Self, KeyError> {
        if keys.iter().any(|key| !key.id.starts_with(KEY_ID_BEGINNING)) {
            return Err(KeyError(format!("The id of every signing key begins with '{KEY_ID_BEGINNING}'.")));
        }
        if keys.iter().any(|key| key.secret.len() < SHORTEST_SECRET) {
            return Err(KeyError(format!("A signing key needs at least {SHORTEST_SECRET} bytes.")));
        }
        keys.sort_by_key(|key| key.created_at);
        let signer = keys.pop().ok_or_else(|| KeyError("There is no signing key.".to_owned()))?;
        Ok(Self { signer, others: keys })
    }

    /// Secrets with white space between them; the first signs.
    pub(super) fn of_setting(text: &str) -> Result<Self, KeyError> {
        let key = |(age, secret): (i64, &str)| Key {
            id: id_of(secret),
            secret: secret.to_owned(),
            created_at: DateTime::UNIX_EPOCH - chrono::Duration::seconds(age),
            retires_at: None,
        };
        Self::new((0..).zip(text.split_whitespace()).map(key).collect())
    }

    pub(super) fn signer(&self) -> &Key {
        &self.signer
    }

    pub(super) fn knows(&self, id: &str) -> bool {
        self.signer.id == id || self.others.iter().any(|key| key.id == id)
    }

    /// The key of an id, unless it is retired.
    pub(super) fn verifier(&self, id: &str, now: DateTime<Utc>) -> Option<&Key> {
        let mut keys = std::iter::once(&self.signer).chain(&self.others);
        keys.find(|key| key.id == id && !key.is_retired(now))
    }
}

/// The same secret has the same id on every instance.
fn id_of(secret: &str) -> String {
    let digest = digest(&format!("yui signing key {secret}"));
    format!("{KEY_ID_BEGINNING}{}", digest.get(..16).unwrap_or_default())
}
