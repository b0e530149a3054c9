//! Why a token was not taken: the class of the reason goes to the log, never to the caller.

use jsonwebtoken::errors::{Error, ErrorKind};
use sea_orm::DbErr;

/// Why a token was not taken.
#[derive(Debug)]
pub enum Refusal {
    /// It is no token of any kind that is known here, or too long.
    Malformed,
    /// It is signed in a way that is not taken.
    WrongAlgorithm,
    /// It names a key that nobody has.
    UnknownKey,
    /// It was changed, or signed with another key.
    WrongSignature,
    /// Somebody else made it.
    WrongIssuer,
    /// It was made for somebody else.
    WrongAudience,
    /// It does not say what it must.
    MissingClaim,
    /// It is not valid yet.
    NotYetValid,
    /// It was valid once.
    Expired,
    /// It was taken back: the session ended, the account was closed, the token revoked.
    Revoked,
    /// Whether it is valid could not be found out.
    Database(DbErr),
}

impl Refusal {
    /// The class of the reason, for the log.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::WrongAlgorithm => "wrong algorithm",
            Self::UnknownKey => "unknown key",
            Self::WrongSignature => "wrong signature",
            Self::WrongIssuer => "wrong issuer",
            Self::WrongAudience => "wrong audience",
            Self::MissingClaim => "missing claim",
            Self::NotYetValid => "not yet valid",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::Database(_) => "database",
        }
    }
}

impl From<DbErr> for Refusal {
    fn from(cause: DbErr) -> Self {
        Self::Database(cause)
    }
}

impl From<Error> for Refusal {
    fn from(cause: Error) -> Self {
        match cause.kind() {
            ErrorKind::InvalidAlgorithm | ErrorKind::UnsupportedAlgorithm => Self::WrongAlgorithm,
            ErrorKind::InvalidSignature => Self::WrongSignature,
            ErrorKind::InvalidIssuer => Self::WrongIssuer,
            ErrorKind::InvalidAudience => Self::WrongAudience,
            ErrorKind::MissingRequiredClaim(_) | ErrorKind::InvalidClaimFormat(_) => Self::MissingClaim,
            ErrorKind::ImmatureSignature => Self::NotYetValid,
            ErrorKind::ExpiredSignature => Self::Expired,
            _ => Self::Malformed,
        }
    }
}
