//! Passwords, stored as argon2id and computed a few at a time.

mod rules;

pub use rules::check;

use crate::error::{Error, Result};
use argon2::password_hash::{Error as HashError, PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;
use tokio::task;
use unicode_normalization::UnicodeNormalization;

/// Parameters that OWASP recommends for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// How many hashes are computed at a time, to bound their memory (19 MiB each).
const AT_A_TIME: usize = 4;
/// In bytes. Longer texts are no password; they are not normalised, to bound the work.
const LONGEST_TEXT: usize = 2_048;
/// A hash that no password has: verifying against it takes as long as for an account, where there is none.
const HASH_OF_NO_PASSWORD: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

static PLACES: Semaphore = Semaphore::const_new(AT_A_TIME);

/// The argon2id hash of a password, in PHC form.
pub async fn hash(password: String) -> Result<String> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(Error::internal)?;
    compute(move || {
        let hashed = argon2()?.hash_password_with_salt(normal(&password).as_bytes(), &salt);
        hashed.map(|hash| hash.to_string()).map_err(failed)
    })
    .await
}

/// Whether a password matches the stored hash; without a hash it takes as long and answers no.
pub async fn verify(password: String, stored: Option<String>) -> Result<bool> {
    compute(move || {
        let hash = stored.as_deref().unwrap_or(HASH_OF_NO_PASSWORD);
        match argon2()?.verify_password(normal(&password).as_bytes(), hash) {
            Ok(()) => Ok(stored.is_some()),
            Err(HashError::PasswordInvalid) => Ok(false),
            Err(cause) => Err(failed(cause)),
        }
    })
    .await
}

/// A password in Unicode form NFKC, so that the same characters typed on another device match; longer texts
/// than `LONGEST_TEXT` become empty.
fn normal(password: &str) -> String {
    if password.len() > LONGEST_TEXT { String::new() } else { password.nfkc().collect() }
}

async fn compute<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let place = PLACES.acquire().await.map_err(Error::internal)?;
    let done = task::spawn_blocking(move || {
        // The permit is held until the work is done, even if its request was cancelled.
        let _place = place;
        work()
    });
    done.await.map_err(Error::internal)?
}

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|cause| failed(cause.into()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn failed(cause: HashError) -> Error {
    Error::internal(cause.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn verified(password: &str, stored: Option<&str>) -> bool {
        let stored = stored.map(str::to_owned);
        verify(password.to_owned(), stored).await.unwrap_or_else(|cause| panic!("{cause:?}"))
    }

    #[tokio::test]
    async fn a_password_is_verified_however_it_was_typed() {
        let stored = hash("ｙｕｉ結パスワード2026".to_owned()).await.unwrap_or_default();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verified("yui結ﾊﾟｽﾜｰﾄﾞ2026", Some(&stored)).await);
        assert!(!verified("yui結パスワード2027", Some(&stored)).await);
        assert!(!verified(&"あ".repeat(30_000), Some(&stored)).await);
    }

    #[tokio::test]
    async fn nobodys_password_costs_the_same_and_is_never_right() {
        assert!(!verified("", None).await);
        let stored = hash(String::new()).await.unwrap_or_default();
        assert_eq!(stored.len(), HASH_OF_NO_PASSWORD.len());
        assert_eq!(stored.rsplitn(3, '$').last(), HASH_OF_NO_PASSWORD.rsplitn(3, '$').last());
    }
}
