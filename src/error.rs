//! Errors, and the only way in which they leave the program through the API.
//!
//! `Error` deliberately has no `Display`: async-graphql turns everything that can be displayed
//! into a client-visible message, and a `?` on a database error would publish database text.

use crate::database::Trouble;
use crate::nearest::nearest;
use crate::user_error::NotDone;
use async_graphql::{Context, ErrorExtensions};
use sea_orm::{ConnAcquireErr, DbErr};
use std::sync::Arc;

/// Result of everything behind the API.
pub type Result<T> = std::result::Result<T, Error>;

/// Every way in which a query can fail; each has one stable `extensions.code`.
#[derive(Debug)]
pub enum Error {
    /// An invalid argument; `message` says how to correct it.
    InvalidInput {
        /// The argument that is wrong, as it is called in the schema.
        field: &'static str,
        /// A sentence that a volunteer understands.
        message: String,
        /// Known codes or words that are like what was given; may be empty.
        nearest: Vec<String>,
    },
    /// The token of the request is not valid.
    BadToken,
    /// The field is not public and the request has no token.
    Unauthenticated,
    /// The roles of the viewer can never read this field.
    Forbidden,
    /// A document or request that is larger or deeper than this server answers.
    LimitExceeded(String),
    /// A way of asking that this server does not speak.
    NotSupported(NotSupported),
    /// The hash of a document that is not known here: the client sends the document with it.
    PersistedQueryNotFound,
    /// The operation took longer than this server gives one operation.
    Timeout,
    /// Another change, an import as a rule, held the database for as long as the operation could wait.
    Busy,
    /// An operation with changes ended, but the audit entry of its reads could not be written, so that its
    /// answer is withheld.
    Unshown,
    /// An operation with changes took too long; some of them may have been made.
    TimeoutOfChange,
    /// The database does not answer or cannot store anything. The cause goes to the log only.
    Unavailable(Box<dyn std::error::Error + Send + Sync>),
    /// Our fault. The cause goes to the log, never to the caller.
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

/// Ways of asking that other servers speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSupported {
    /// Another version of Apollo's automatic persisted queries.
    PersistedQuery,
    /// Several operations in one request.
    Batch,
}

impl Error {
    /// An invalid argument, with a sentence on how to correct it.
    pub fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        Self::InvalidInput { field, message: message.into(), nearest: Vec::new() }
    }

    /// A word or code that is not known, with those that are like it. `known` are codes with their names.
    pub fn unknown<'k>(
        field: &'static str,
        given: &str,
        reason: &str,
        known: impl IntoIterator<Item = (&'k str, &'k str)>,
    ) -> Self {
        let nearest = nearest(given, known);
        let given: String = given.chars().take(100).collect();
        let alike = if nearest.is_empty() { "" } else { " Did you mean " };
        let end = if nearest.is_empty() { "" } else { "?" };
        let message = format!("「{given}」 {reason}{alike}{}{end}", nearest.join(", "));
        Self::InvalidInput { field, message, nearest }
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
            Self::NotSupported(NotSupported::PersistedQuery) => "PERSISTED_QUERY_NOT_SUPPORTED",
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::NotSupported(NotSupported::Batch) => "BATCHING_NOT_SUPPORTED",
            Self::Timeout | Self::TimeoutOfChange => "TIMEOUT",
            Self::Busy => "BUSY",
            Self::Unshown => "ANSWER_WITHHELD",
            Self::Unavailable(_) => "UNAVAILABLE",
            Self::Internal(_) => "INTERNAL",
        }
    }

    /// The message for the caller.
    pub fn message(&self) -> String {
        match self {
            Self::InvalidInput { message, .. } | Self::LimitExceeded(message) => message.clone(),
            // Apollo's clients look for this very word.
            Self::NotSupported(NotSupported::PersistedQuery) => "PersistedQueryNotSupported".into(),
            Self::PersistedQueryNotFound => "PersistedQueryNotFound".into(),
            Self::NotSupported(NotSupported::Batch) => {
                "Send one operation per request: a list of them is refused.".into()
            }
            Self::BadToken => "The token is not valid here, or no longer. Sign in again.".into(),
            Self::Unauthenticated => "Sign in first.".into(),
            Self::Forbidden => "Your roles do not include this field.".into(),
            Self::Timeout => "The operation took too long and was stopped. Ask for less at once.".into(),
            Self::Busy => "データ取り込み中です。少し待ってからもう一度お試しください。\
                 (Data is being imported. Nothing was changed; try again in a few seconds.)"
                .into(),
            Self::Unshown => "The operation has ended, but its answer cannot be shown: reading it has to be written \
                 down first, and others hold the database (データ取り込み中です). Look at what is there now before \
                 you send anything again."
                .into(),
            Self::TimeoutOfChange => "The operation took too long and was stopped. Whether its changes were made is \
                 not known: look at what is there now before you send anything again."
                .into(),
            Self::Unavailable(_) => {
                "ただいまデータを読み書きできません。少し待ってからもう一度お試しください。 (The service cannot reach or \
                 store its data at present. Please try again in a few seconds, and tell \
                 the people who run it if that does not help. A change counts only when it was answered without \
                 an error.)"
                    .into()
            }
            Self::Internal(_) => "Something went wrong on our side. Please try again later.".into(),
        }
    }
}

/// After how many seconds it is worth trying again.
pub const RETRY_AFTER_SECONDS: u32 = 5;

impl Error {
    /// After how many seconds the same request may succeed; none where it has to be changed first.
    pub fn retry_after(&self) -> Option<u32> {
        matches!(self, Self::Busy | Self::Unavailable(_)).then_some(RETRY_AFTER_SECONDS)
    }

    /// Writes the cause to the log; the caller does not get it.
    pub fn log_cause(&self) {
        match self {
            Self::Internal(cause) => tracing::error!(error = %cause, "a request could not be answered"),
            // The health logs each change of the database's state; this is the error of a single request.
            Self::Unavailable(cause) => tracing::debug!(error = %cause, "the database failed a request"),
            _ => (),
        }
    }

    /// A failure to begin a change.
    pub fn of_begin(cause: DbErr) -> Self {
        match Trouble::of(&cause) {
            Some(Trouble::Busy) => Self::Busy,
            _ => cause.into(),
        }
    }
}

/// Answers null for a nullable field that failed.
pub trait Nullable<T> {
    /// The field alone is null, with its error beside it. `Err` would take the parent away with it
    /// (async-graphql #1820).
    fn nullable(self, ctx: &Context<'_>) -> Option<T>;
}

impl<T> Nullable<T> for Result<Option<T>> {
    fn nullable(self, ctx: &Context<'_>) -> Option<T> {
        self.or_null(ctx).flatten()
    }
}

/// The same for a field that has a value whenever it does not fail, such as a list at the top: one wrong argument does not
/// take the rest of a page away.
pub trait OrNull<T> {
    /// The value, or null with its error beside it.
    fn or_null(self, ctx: &Context<'_>) -> Option<T>;
}

impl<T> OrNull<T> for Result<T> {
    fn or_null(self, ctx: &Context<'_>) -> Option<T> {
        self.map_err(|error| {
            let error = async_graphql::Error::from(error).into_server_error(ctx.item.pos);
            ctx.add_error(ctx.set_error_path(error));
        })
        .ok()
    }
}

impl From<DbErr> for Error {
    fn from(cause: DbErr) -> Self {
        Self::from(Arc::new(cause))
    }
}

/// The error of a batch is shared by all resolvers that waited for it.
impl From<Arc<DbErr>> for Error {
    fn from(cause: Arc<DbErr>) -> Self {
        let trouble = Trouble::of(&cause);
        let readers_are_taken = matches!(*cause, DbErr::ConnectionAcquire(ConnAcquireErr::Timeout));
        let cause = Box::new(cause);
        match trouble {
            Some(Trouble::Busy) if readers_are_taken => Self::Unavailable(cause),
            Some(Trouble::Busy) => Self::Busy,
            Some(Trouble::Away | Trouble::Storage | Trouble::Damaged) => Self::Unavailable(cause),
            Some(Trouble::Stopped) => Self::Timeout,
            None => Self::Internal(cause),
        }
    }
}

impl From<DbErr> for NotDone {
    fn from(cause: DbErr) -> Self {
        Self::Failed(cause.into())
    }
}

impl From<Error> for async_graphql::Error {
    fn from(error: Error) -> Self {
        error.log_cause();
        let retry_after = error.retry_after();
        let (field, nearest) = match &error {
            Error::InvalidInput { field, nearest, .. } => (Some(*field), nearest.as_slice()),
            _ => (None, &[][..]),
        };
        async_graphql::Error::new(error.message()).extend_with(|_, extensions| {
            extensions.set("code", error.code());
            if let Some(field) = field {
                extensions.set("field", field);
            }
            if !nearest.is_empty() {
                extensions.set("nearest", async_graphql::Value::from(nearest.to_vec()));
            }
            if let Some(seconds) = retry_after {
                extensions.set("retryAfterSeconds", seconds);
            }
        })
    }
}
