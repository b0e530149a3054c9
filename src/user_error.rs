//! Why a change was not made: expected outcomes of a mutation, as data.

use async_graphql::{Enum, SimpleObject};

/// Why a change was not made (入力などの問題). Nothing was changed when there is one.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct UserError {
    /// Stable code for programs.
    pub code: UserErrorCode,
    /// The input that is meant, as it is called in the schema.
    pub field: Option<&'static str>,
    /// A sentence for people.
    pub message: String,
}

/// What kind of problem it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum UserErrorCode {
    /// An input makes no sense.
    InvalidInput,
    /// There is no such thing, or not for you.
    NotFound,
    /// It is already so, or something else is in the way.
    Conflict,
    /// A secret is wrong, used up or too old.
    Refused,
    /// Too many attempts: wait.
    TooManyAttempts,
}

impl UserError {
    /// An input that makes no sense, and what to do about it.
    pub fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        Self { code: UserErrorCode::InvalidInput, field: Some(field), message: message.into() }
    }

    /// Something that does not exist as far as the viewer may know.
    pub fn not_found(field: &'static str, message: impl Into<String>) -> Self {
        Self { code: UserErrorCode::NotFound, field: Some(field), message: message.into() }
    }
}
