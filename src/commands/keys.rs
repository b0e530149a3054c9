//! Which keys sign the tokens of own accounts: from a setting, or from a file.

use super::Failure;
use crate::accounts::store as accounts;
use crate::auth::signing::{KeyError, SigningKeys};
use crate::config::KeySettings;
use crate::database::Databases;
use std::path::{Path, PathBuf};

/// The name of the file when nobody gives another.
const FILE: &str = "yui-keys.json";

/// The keys of a server.
pub(super) async fn open(
    settings: &KeySettings,
    database: &str,
    databases: &Databases,
) -> Result<SigningKeys, Failure> {
    if let Some(secret) = &settings.secret {
        return Ok(SigningKeys::of_setting(secret.text())?);
    }
    let file = file(settings, database);
    refuse_keys_of_its_own(&file, databases).await?;
    Ok(SigningKeys::open(&file)?)
}

/// Where accounts exist on a PostgreSQL database, other instances have signed with a key that is not here: with
/// another one, every instance would refuse what the others have signed.
async fn refuse_keys_of_its_own(file: &Path, databases: &Databases) -> Result<(), Failure> {
    if file.exists() || databases.open_file().is_some() || !accounts::exist(&databases.read).await? {
        return Ok(());
    }
    Err(Failure::setting(format!(
        "The database has accounts, and the signing keys of the instances that use it are not here: {0} does not \
         exist. Copy that file from another instance (and name it with --signing-key-file, \
         YUI_SIGNING_KEY_FILE), or give all instances the same YUI_SIGNING_KEY. If the keys are lost, make new ones \
         with 'yui token rotate-key --signing-key-file {0}': everybody signs in again then.",
        file.display()
    )))
}

/// Beside the database of a single server, else where the program was started.
pub(super) fn file(settings: &KeySettings, database: &str) -> PathBuf {
    let beside = || Databases::file(database).map(|file| file.with_file_name(FILE));
    settings.file.clone().or_else(beside).unwrap_or_else(|| FILE.into())
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        Self::setting(error.to_string())
    }
}
