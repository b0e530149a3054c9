//! Why a token is not believed. The caller learns only that it is not; the class goes to the log.

use sea_orm::DbErr;

/// Why a token was refused.
#[derive(Debug)]
pub enum Refusal {
    /// The header is no `Bearer` token.
    NotBearer,
    /// Longer than any token.
    TooLong,
    /// No token, or one whose parts cannot be read.
    Malformed,
    /// Signed in a way that is not the configured one, `none` among them.
    WrongAlgorithm,
    /// No such key, or none yet.
    UnknownKey,
    /// The signature is not of that key.
    WrongSignature,
    /// Its time is over.
    Expired,
    /// Its time has not come.
    NotYetValid,
    /// Made by somebody else.
    WrongIssuer,
    /// Made for somebody else.
    WrongAudience,
    /// Something that every token must say is missing.
    MissingClaim,
    /// Taken back.
    Revoked,
    /// Nobody here makes or takes such tokens.
    NotAccepted,
    /// It could not be looked up: our fault.
    Database(DbErr),
}

impl Refusal {
    /// The class, for the log.
    pub fn class(&self) -> &'static str {
        match self {
            Self::NotBearer => "not_bearer",
            Self::TooLong => "too_long",
            Self::Malformed => "malformed",
            Self::WrongAlgorithm => "wrong_algorithm",
            Self::UnknownKey => "unknown_key",
            Self::WrongSignature => "wrong_signature",
            Self::Expired => "expired",
            Self::NotYetValid => "not_yet_valid",
            Self::WrongIssuer => "wrong_issuer",
            Self::WrongAudience => "wrong_audience",
            Self::MissingClaim => "missing_claim",
            Self::Revoked => "revoked",
            Self::NotAccepted => "not_accepted",
            Self::Database(_) => "database",
        }
    }
}

impl From<DbErr> for Refusal {
    fn from(cause: DbErr) -> Self {
        Self::Database(cause)
    }
}

impl From<jsonwebtoken::errors::Error> for Refusal {
    fn from(cause: jsonwebtoken::errors::Error) -> Self {
        use jsonwebtoken::errors::ErrorKind;
        match cause.kind() {
            ErrorKind::ExpiredSignature => Self::Expired,
            ErrorKind::ImmatureSignature => Self::NotYetValid,
            ErrorKind::InvalidIssuer => Self::WrongIssuer,
            ErrorKind::InvalidAudience => Self::WrongAudience,
            ErrorKind::MissingRequiredClaim(_) | ErrorKind::InvalidClaimFormat(_) => Self::MissingClaim,
            ErrorKind::InvalidSignature => Self::WrongSignature,
            ErrorKind::InvalidAlgorithm
            | ErrorKind::InvalidAlgorithmName
            | ErrorKind::UnsupportedAlgorithm => Self::WrongAlgorithm,
            _ => Self::Malformed,
        }
    }
}
