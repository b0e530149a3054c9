//! Secrets that are shown once: only their digest is stored.
//!
//! Refresh tokens, invitations and tokens of programs are such secrets. None of them stands in the log or in
//! the audit.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use std::fmt::Write;

const BYTES: usize = 32;

/// A new secret. It has no `Debug`, so that no log can show it.
pub struct Secret(String);

impl Secret {
    /// Takes 32 bytes from the operating system.
    ///
    /// # Errors
    /// When the system has none to give.
    pub fn generate() -> Result<Self, getrandom::Error> {
        Self::beginning_with("")
    }

    /// The same with a prefix by which people and programs recognise the kind of secret.
    ///
    /// # Errors
    /// When the system has none to give.
    pub fn beginning_with(beginning: &str) -> Result<Self, getrandom::Error> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self(format!("{beginning}{}", URL_SAFE_NO_PAD.encode(bytes))))
    }

    /// The text that its holder sends.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The digest that is stored.
    pub fn digest(&self) -> String {
        digest(&self.0)
    }

    /// Hands the text over.
    pub fn into_text(self) -> String {
        self.0
    }
}

/// The digest of a secret: SHA-256 in hex. No salt and no slow hash: 256 random bits cannot be guessed.
pub fn digest(text: &str) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text) {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_long_new_and_found_by_its_digest() {
        let [one, other] = [(); 2].map(|()| Secret::beginning_with("yui_").ok().map(Secret::into_text));
        assert_ne!(one, other);
        let one = one.unwrap_or_default();
        assert_eq!((one.len(), one.get(..4)), (47, Some("yui_")));
        assert_eq!(digest("abc").get(..16), Some("ba7816bf8f01cfea"));
    }
}
