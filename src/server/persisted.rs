//! Documents by their hash (Apollo's automatic persisted queries): a client sends the SHA-256 of a document, and the document
//! itself only when the server does not know it.

use super::params::Params;
use crate::error::{Error, NotSupported};
use quick_cache::{Weighter, sync::Cache};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Bytes of all documents that are known.
const MOST: u64 = 8 << 20;
/// Documents that are expected to fit.
const EXPECTED: usize = 4_096;
/// Bytes that a document takes beside its text.
const OVERHEAD: usize = 128;

type Hash = [u8; 32];

#[derive(Clone)]
struct Size;

impl Weighter<Hash, Arc<str>> for Size {
    fn weight(&self, _: &Hash, text: &Arc<str>) -> u64 {
        (text.len() + OVERHEAD) as u64
    }
}

/// The documents that a server knows by their hash.
pub(super) struct PersistedQueries(Cache<Hash, Arc<str>, Size>);

impl Default for PersistedQueries {
    fn default() -> Self {
        Self(Cache::with_weighter(EXPECTED, MOST, Size))
    }
}

/// A document that its client wants to be known.
pub(super) struct Offered(Hash, Arc<str>);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Extension {
    version: u32,
    sha256_hash: String,
}

impl PersistedQueries {
    /// Puts the document of a hash in its place. Answers a document that was sent with its hash, to be known once it was
    /// found to be one.
    ///
    /// # Errors
    /// When the hash is not known or not that of the document, or in another version of the protocol.
    pub(super) fn resolve(&self, params: &mut Params) -> Result<Option<Offered>, Error> {
        let Some(extension) = params.extensions.get("persistedQuery") else { return Ok(None) };
        let unsupported = || Error::NotSupported(NotSupported::PersistedQuery);
        let extension = Extension::deserialize(extension).map_err(|_| unsupported())?;
        let hash =
            decoded(&extension.sha256_hash).filter(|_| extension.version == 1).ok_or_else(unsupported)?;
        if params.query.is_empty() {
            params.query = self.0.get(&hash).ok_or(Error::PersistedQueryNotFound)?.to_string();
            return Ok(None);
        }
        if Hash::from(Sha256::digest(params.query.as_bytes())) != hash {
            let message = "`sha256Hash` is not the hash of `query` (provided sha does not match query).";
            return Err(Error::invalid("extensions", message));
        }
        Ok(Some(Offered(hash, params.query.as_str().into())))
    }

    /// Remembers a query that can be executed. A change may hold a password.
    pub(super) fn know(&self, Offered(hash, text): Offered) {
        self.0.insert(hash, text);
    }
}

/// A hash of 64 hexadecimal digits.
fn decoded(hex: &str) -> Option<Hash> {
    let mut hash = Hash::default();
    if hex.len() != 2 * hash.len() || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (at, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(hash)
}
