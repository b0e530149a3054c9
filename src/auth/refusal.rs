//! Why a token is refused. The caller learns only that it is not valid; the class goes to the log.

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
    /// Signed with another algorithm than the configured one, `none` among them.
    WrongAlgorithm,
    /// The signing key or the API token is not known (yet), or the key is retired.
    UnknownKey,
    /// The signature does not verify with that key.
    WrongSignature,
    /// Expired.
    Expired,
    /// Not valid before a later time (`nbf`).
    NotYetValid,
    /// Issued by another issuer.
    WrongIssuer,
    /// Issued for another audience.
    WrongAudience,
    /// A required claim is missing.
    MissingClaim,
    /// Revoked, or its session or account has ended.
    Revoked,
    /// No such credential is accepted here: no identity provider is configured, it is another one, or the
    /// viewer has no credential.
    NotAccepted,
    /// The lookup in the database failed.
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
