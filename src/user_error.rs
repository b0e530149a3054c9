//! Why a change was not made: expected outcomes of a mutation, as data.

use crate::error::{Error, Result};
use crate::terms::labelled;
use async_graphql::SimpleObject;

/// Why a change was not made (入力などの問題). Nothing was changed when there is one.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct UserError {
    /// Stable code for programs (エラーコード).
    pub code: UserErrorCode,
    /// The input that is meant, as it is called in the schema (入力項目).
    pub field: Option<&'static str>,
    /// A sentence for people (エラーの文).
    pub message: String,
}

labelled! {
    /// What kind of problem it is (問題の種類).
    UserErrorCode {
        /// An input makes no sense (入力の誤り).
        InvalidInput = ("入力の誤り", "にゅうりょくのあやまり", "書き方が ちがいます", "Invalid input"),
        /// There is no such thing, or not for you (見つからない).
        NotFound = ("見つからない", "みつからない", "ありません", "Not found"),
        /// It is already so, or something else is in the way (重複・競合).
        Conflict = ("重複・競合", "ちょうふくきょうごう", "もう あります", "Conflict"),
        /// A secret is wrong, used up or too old (受付不可).
        Refused = ("受付不可", "うけつけふか", "使えません", "Refused"),
        /// Too many attempts: wait (回数超過).
        TooManyAttempts = ("回数超過", "かいすうちょうか", "少し 待って ください", "Too many attempts"),
    }
}

impl UserError {
    /// An invalid input, with a sentence on how to correct it.
    pub fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        Self { code: UserErrorCode::InvalidInput, field: Some(field), message: message.into() }
    }

    /// A record that does not exist for the viewer.
    pub fn not_found(field: &'static str, message: impl Into<String>) -> Self {
        Self { code: UserErrorCode::NotFound, field: Some(field), message: message.into() }
    }

    /// A conflict: the change was already made, or other data prevents it.
    pub fn conflict(field: &'static str, message: impl Into<String>) -> Self {
        Self { code: UserErrorCode::Conflict, field: Some(field), message: message.into() }
    }

    /// A secret that is wrong, used up or too old; the sentence does not tell which.
    pub fn refused(field: &'static str, message: impl Into<String>) -> Self {
        Self { code: UserErrorCode::Refused, field: Some(field), message: message.into() }
    }
}

/// Why a change was not made. Its transaction is rolled back.
#[derive(Debug)]
pub enum NotDone {
    /// Expected problems, which the caller gets as data.
    Refused(Vec<UserError>),
    /// A failure, which becomes an error of the field.
    Failed(Error),
}

/// The outcome of a change: the changed record, or the errors for the caller.
pub fn with_user_errors<T>(outcome: std::result::Result<T, NotDone>) -> Result<(Option<T>, Vec<UserError>)> {
    match outcome {
        Ok(done) => Ok((Some(done), Vec::new())),
        Err(NotDone::Refused(errors)) => Ok((None, errors)),
        Err(NotDone::Failed(error)) => Err(error),
    }
}

impl From<UserError> for NotDone {
    fn from(error: UserError) -> Self {
        Self::Refused(vec![error])
    }
}

impl From<Error> for NotDone {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}
