//! Which keys sign the tokens of own accounts: from a setting, or from a file.

use super::Failure;
use crate::auth::signing::{KeyError, SigningKeys};
use crate::config::KeySettings;
use crate::database::Databases;
use std::path::PathBuf;

/// The name of the file when nobody gives another.
const FILE: &str = "yui-keys.json";

/// The keys of a server.
pub(super) fn open(settings: &KeySettings, database: &str) -> Result<SigningKeys, Failure> {
    let keys = match &settings.secret {
        Some(secret) => SigningKeys::of_setting(secret.text()),
        None => SigningKeys::open(&file(settings, database)),
    };
    Ok(keys?)
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
