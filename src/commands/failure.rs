//! The failure of a command: one sentence and an exit status.

use crate::database::{ConnectError, Trouble, VersionError};
use sea_orm::DbErr;
use std::fmt;
use std::process::ExitCode;

/// Ends the program with a sentence for the operator.
#[derive(Debug)]
pub struct Failure {
    sentence: String,
    status: u8,
}

impl Failure {
    /// A failure that the operator can correct.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), status: 1 }
    }

    /// A setting that cannot be used: the same status as a wrong flag.
    pub fn setting(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), status: 2 }
    }

    /// The same sentence with another exit status.
    pub(super) fn with_status(self, status: u8) -> Self {
        Self { status, ..self }
    }

    /// An unexpected failure, with its cause.
    pub fn internal(what: &str, cause: impl fmt::Display) -> Self {
        Self::new(format!("{what}: {cause}."))
    }

    /// The exit status of the program.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.status)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl From<ConnectError> for Failure {
    fn from(error: ConnectError) -> Self {
        match error {
            ConnectError::NotADatabaseUrl { .. }
            | ConnectError::InMemory
            | ConnectError::Missing { .. }
            | ConnectError::OfAnotherProgram { .. } => Self::setting(error.to_string()),
            _ => Self::new(error.to_string()),
        }
    }
}

impl From<DbErr> for Failure {
    fn from(error: DbErr) -> Self {
        match Trouble::of(&error) {
            Some(Trouble::Busy) => Self::new(
                "The database is held by another program, such as an import, so that this was not done. Wait until \
                 that has finished, then try again.",
            ),
            Some(Trouble::Storage) => Self::new(format!(
                "The database could not be written ({error}), so that this was not done. Make room on the disk, or \
                 lift the limit of this account, then try again."
            )),
            Some(Trouble::Damaged) => Self::new(format!(
                "The database is damaged ({error}). 'yui check' says where; bring a backup back with 'yui restore'."
            )),
            Some(Trouble::Away) => Self::new(format!(
                "The database does not answer any more ({error}). Whether the last change was made is not known: \
                 look at what is there before you try again."
            )),
            Some(Trouble::Stopped) | None => Self::internal("The database failed", error),
        }
    }
}

impl From<VersionError> for Failure {
    fn from(error: VersionError) -> Self {
        match error {
            VersionError::Newer => Self::new(
                "The database was made by a newer version of Yui. Start that version, or give another \
                 database with --database.",
            ),
            VersionError::Taken(cause) => cause.into(),
            VersionError::Failed(cause) if Trouble::of(&cause).is_some() => cause.into(),
            VersionError::Failed(cause) => Self::internal(
                "The database could not be brought up to date; the failing step was undone",
                cause,
            ),
        }
    }
}
