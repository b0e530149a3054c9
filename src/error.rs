//! What can go wrong, and the only way an error leaves the program through the API.
//!
//! `Error` deliberately has no `Display`: async-graphql turns everything that can be displayed
//! into a client-visible message, and a `?` on a database error would publish database text.

use crate::user_error::NotDone;
use async_graphql::{Context, ErrorExtensions};
use sea_orm::DbErr;

/// Result of everything behind the API.
pub type Result<T> = std::result::Result<T, Error>;

/// Every way in which a query can fail; each has one stable `extensions.code`.
#[derive(Debug)]
pub enum Error {
    /// The caller asked for something that makes no sense; `message` says what to change.
    InvalidInput {
        /// The argument that is wrong, as it is called in the schema.
        field: &'static str,
        /// A sentence that a volunteer understands.
        message: String,
    },
    /// The token of the request is not believed.
    BadToken,
    /// The field is not for everybody and nobody is signed in.
    Unauthenticated,
    /// The roles of the viewer can never read this field.
    Forbidden,
    /// A document or request that is larger or deeper than this server answers.
    LimitExceeded(String),
    /// The operation took longer than this server gives one operation.
    Timeout,
    /// Our fault. The cause goes to the log, never to the caller.
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// A wrong argument and what to do about it.
    pub fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        Self::InvalidInput { field, message: message.into() }
    }

    /// A broken promise of our own (a row without its parent, an unknown code in the database).
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// The stable code clients may rely on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InvalidInput { .. } => "INVALID_INPUT",
            Self::Unauthenticated | Self::BadToken => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::LimitExceeded(_) => "LIMIT_EXCEEDED",
            Self::Timeout => "TIMEOUT",
            Self::Internal(_) => "INTERNAL",
        }
    }

    /// What the caller is told.
    pub fn message(&self) -> String {
        match self {
            Self::InvalidInput { message, .. } | Self::LimitExceeded(message) => message.clone(),
            Self::BadToken => "The token is not valid here, or no longer. Sign in again.".into(),
            Self::Unauthenticated => "Sign in first.".into(),
            Self::Forbidden => "Your roles do not include this field.".into(),
            Self::Timeout => "The operation took too long and was stopped. Ask for less at once.".into(),
            Self::Internal(_) => "Something went wrong on our side. Please try again later.".into(),
        }
    }
}

/// What becomes of a field that may be null when it fails.
pub trait Nullable<T> {
    /// The field alone is null, with its error beside it. `Err` would take the parent away with it
    /// (async-graphql #1820).
    fn nullable(self, ctx: &Context<'_>) -> Option<T>;
}

impl<T> Nullable<T> for Result<Option<T>> {
    fn nullable(self, ctx: &Context<'_>) -> Option<T> {
        self.unwrap_or_else(|error| {
            let error = async_graphql::Error::from(error).into_server_error(ctx.item.pos);
            ctx.add_error(ctx.set_error_path(error));
            None
        })
    }
}

impl From<DbErr> for Error {
    fn from(cause: DbErr) -> Self {
        Self::Internal(Box::new(cause))
    }
}

impl From<DbErr> for NotDone {
    fn from(cause: DbErr) -> Self {
        Self::Failed(cause.into())
    }
}

impl From<Error> for async_graphql::Error {
    fn from(error: Error) -> Self {
        if let Error::Internal(cause) = &error {
            tracing::error!(error = %cause, "a field could not be answered");
        }
        let field = match &error {
            Error::InvalidInput { field, .. } => Some(*field),
            _ => None,
        };
        async_graphql::Error::new(error.message()).extend_with(|_, extensions| {
            extensions.set("code", error.code());
            if let Some(field) = field {
                extensions.set("field", field);
            }
        })
    }
}
