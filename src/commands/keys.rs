//! The keys that sign the tokens of accounts: from a setting, or from a file.

use super::Failure;
use crate::accounts::store as accounts;
use crate::auth::signing::{KeyError, SigningKeys};
use crate::config::KeySettings;
use crate::database::{Databases, state};
use japan::clock::Clock;
use std::path::PathBuf;

/// The default name of the key file.
const FILE: &str = "yui-keys.json";

fn open(settings: &KeySettings, database: &str, clock: Clock) -> Result<SigningKeys, Failure> {
    let keys = match &settings.secret {
        Some(secret) => SigningKeys::of_setting(secret.text()),
        None => SigningKeys::open(&file(settings, database), clock),
    };
    Ok(keys?)
}

/// Refuses to create a key file where a PostgreSQL database has accounts: other instances have signed tokens
/// with a key that is not here, and with another one every instance would refuse the tokens of the others.
/// Checked before anything is changed; a database without the table has no accounts.
pub(super) async fn refuse_keys_of_its_own(
    settings: &KeySettings,
    database: &str,
    databases: &Databases,
) -> Result<(), Failure> {
    let file = file(settings, database);
    if settings.secret.is_some() || file.exists() || databases.open_file().is_some() {
        return Ok(());
    }
    let is_whole = databases.pending_migrations().await?.is_empty();
    match accounts::exist(&databases.read).await {
        Ok(false) => return Ok(()),
        Err(_) if !is_whole => return Ok(()),
        exist => exist?,
    };
    Err(Failure::setting(format!(
        "The database has accounts, and the signing keys of the instances that use it are not here: {0} does not \
         exist. Copy that file from another instance (and name it with --signing-key-file, \
         YUI_SIGNING_KEY_FILE), or give all instances the same YUI_SIGNING_KEY. If the keys are lost, make new ones \
         with 'yui token rotate-key --signing-key-file {0}': everybody signs in again then.",
        file.display()
    )))
}

/// Opens the keys of a server that holds the start lock, and stores in the database which one signs.
/// Instances that were started with different keys refuse each other's tokens: the later start warns.
pub(super) async fn open_and_note(
    settings: &KeySettings,
    database: &str,
    databases: &Databases,
    clock: Clock,
) -> Result<SigningKeys, Failure> {
    let keys = open(settings, database, clock)?;
    let (signer, noted) = (keys.signer_id(), state::get(&databases.read, state::SIGNING_KEY).await?);
    if noted.as_ref().is_some_and(|noted| !keys.know(noted)) {
        tracing::warn!(
            "this database was last served with other signing keys: who signed in there has to sign in again. \
             Several instances need the same keys (--signing-key-file or YUI_SIGNING_KEY)"
        );
    }
    // A server whose disk is full still starts, for reading.
    if noted.as_ref() != Some(&signer)
        && let Err(cause) = state::set(databases.writer(), state::SIGNING_KEY, &signer).await
    {
        tracing::debug!(error = %cause, "the signing key could not be noted");
    }
    Ok(keys)
}

/// The key file of the settings; by default beside an SQLite database, else in the working directory.
pub(super) fn file(settings: &KeySettings, database: &str) -> PathBuf {
    let beside = || Databases::file(database).map(|file| file.with_file_name(FILE));
    settings.file.clone().or_else(beside).unwrap_or_else(|| FILE.into())
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        Self::setting(error.to_string())
    }
}
