//! Sessions, their refresh tokens and the attempts to sign in, in the database.
//!
//! An attempt to sign in is counted before the password is verified, in the row of the account or, for an
//! address without an account, in `unknown_sign_in`. Both are counted, delayed and written alike: the answer
//! does not tell which addresses have an account, and concurrent attempts get no more tries.

use super::attempts::{Attempts, FORGOTTEN_AFTER_MS};
use crate::accounts::store::record;
use crate::audit::Author;
use crate::auth::Roles;
use crate::auth::own::account_subject;
use crate::auth::row_scope::{Unscoped, WithoutViewer};
use crate::auth::secret::{Secret, digest};
use crate::database::WriteTransaction;
use crate::error::{Error, Result};
use crate::user_error::{NotDone, UserError, UserErrorCode};
use entity::enums::AuditAction;
use entity::{account, refresh_token, session, unknown_sign_in};
use japan::clock::Clock;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, Condition, DatabaseConnection, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use serde_json::json;
use uuid::Uuid;

const DAY_MS: i64 = 24 * 60 * 60_000;
/// How long an unused refresh token is valid.
const REFRESH_MS: i64 = 14 * DAY_MS;
/// The longest a session lasts, however often it is refreshed.
const SESSION_MS: i64 = 90 * DAY_MS;

/// An attempt that was counted, whether or not the address has an account.
pub struct Attempt {
    email_hash: String,
    account: Option<account::Model>,
}

/// A session that has begun or goes on.
pub struct Begun {
    /// Public id of the account, `account.uuid`.
    pub account: Uuid,
    /// Id of the session, `session.uuid`.
    pub session: Uuid,
    /// Text of the refresh token; only its digest is stored.
    pub refresh_token: String,
    /// When that token ends, in milliseconds since 1970 UTC.
    pub refresh_expires_at: i64,
}

/// The outcome of using a refresh token.
pub enum Refreshed {
    /// The session goes on with a new refresh token.
    Renewed(Box<Begun>),
    /// It had been used: its session has ended now.
    Reused,
    /// There is no such token, or the token, its session or its account has ended.
    Unknown,
}

impl Attempt {
    /// The hash the password must have; `None` without an account, or when it is closed or has no password
    /// yet.
    pub(super) fn password_hash(&self) -> Option<String> {
        self.account.as_ref().filter(|row| row.closed_at.is_none())?.password_hash.clone()
    }
}

/// Reads without a viewer, for sign-in.
#[expect(
    clippy::disallowed_methods,
    reason = "sign-in has no viewer yet: the secret or the session identifies the account"
)]
pub(in crate::accounts) fn unscoped<C: ConnectionTrait>(db: &C) -> WithoutViewer<'_, C> {
    WithoutViewer::of(db)
}

/// Counts an attempt to sign in with a mail address, or refuses it during a lockout.
pub(super) async fn attempt(
    tx: &WriteTransaction,
    author: &Author,
    email: &str,
) -> std::result::Result<Attempt, NotDone> {
    let by_email = unscoped(tx).every::<account::Entity>().filter(account::Column::Email.eq(email));
    let account = by_email.lock_exclusive().one(tx).await?;
    let email_hash = digest(email);
    match &account {
        Some(row) => {
            let so_far = Attempts { failed: row.failed_attempts, locked_until: row.locked_until };
            let counted = taken(so_far, author.clock)?;
            let row = account::ActiveModel {
                id: Set(row.id),
                failed_attempts: Set(counted.failed),
                locked_until: Set(counted.locked_until),
                ..Default::default()
            };
            row.update(tx).await?;
        }
        None => count_unknown(tx, &email_hash, author.clock).await?,
    }
    Ok(Attempt { email_hash, account })
}

async fn count_unknown(
    tx: &WriteTransaction,
    email_hash: &str,
    clock: Clock,
) -> std::result::Result<(), NotDone> {
    use unknown_sign_in::{ActiveModel, Column, Entity};
    // Made or locked in one statement: of many attempts at once, the later ones wait here and see what the first counted.
    let as_it_is = Expr::col((Entity, Column::FailedAttempts));
    let locked = OnConflict::column(Column::EmailHash).value(Column::FailedAttempts, as_it_is).to_owned();
    let first =
        ActiveModel { email_hash: Set(email_hash.to_owned()), failed_attempts: Set(0), locked_until: Set(0) };
    let row = Entity::insert(first).on_conflict(locked).exec_with_returning(tx).await?;
    let so_far = Attempts { failed: row.failed_attempts, locked_until: row.locked_until };
    let counted = taken(so_far, clock)?;
    let row = ActiveModel {
        email_hash: Unchanged(row.email_hash),
        failed_attempts: Set(counted.failed),
        locked_until: Set(counted.locked_until),
    };
    row.update(tx).await?;
    Ok(())
}

fn taken(so_far: Attempts, clock: Clock) -> std::result::Result<Attempts, UserError> {
    so_far.take(clock.now_ms()).map_err(|seconds| UserError {
        code: UserErrorCode::TooManyAttempts,
        field: None,
        message: format!("Too many attempts. Try again in {seconds} seconds."),
    })
}

/// Writes a wrong password to the audit. For an address without an account a comparable write is made, so
/// that it takes as long.
pub(super) async fn note_failure(
    tx: &WriteTransaction,
    author: &Author,
    attempt: &Attempt,
    action: AuditAction,
) -> std::result::Result<(), DbErr> {
    use unknown_sign_in::{Column, Entity};
    if let Some(row) = &attempt.account {
        return record(tx, author, action, row, None, Some(json!({ "refused": true }))).await;
    }
    let forgotten = author.clock.now_ms() - FORGOTTEN_AFTER_MS;
    Entity::delete_many().filter(Column::LockedUntil.lt(forgotten)).exec(tx).await?;
    let same = Entity::update_many().col_expr(Column::FailedAttempts, Expr::col(Column::FailedAttempts));
    same.filter(Column::EmailHash.eq(&attempt.email_hash)).exec(tx).await?;
    Ok(())
}

/// Begins a session after the right password, unless the account has changed meanwhile.
pub(super) async fn begin(tx: &WriteTransaction, author: Author, attempt: &Attempt) -> Result<Option<Begun>> {
    let Some(row) = &attempt.account else { return Ok(None) };
    if !forgive(tx, row, None).await? {
        return Ok(None);
    }
    let now = author.clock.now_ms();
    remove_old(tx, row.id, now).await?;
    let session = session::ActiveModel {
        uuid: Set(Uuid::new_v4()),
        account_id: Set(row.id),
        created_at: Set(now),
        expires_at: Set(now + SESSION_MS),
        ended_at: Set(None),
        ..Default::default()
    };
    let session = session.insert(tx).await?;
    let begun = next(tx, row.uuid, &session, now).await?;
    let after = json!({ "session": session.uuid });
    record(tx, &themselves(author, row, &session), AuditAction::SignIn, row, None, Some(after)).await?;
    Ok(Some(begun))
}

/// Resets the counted attempts and sets a new password, if there is one, unless the account was closed or its
/// password changed since the password was verified. Answers whether it did.
async fn forgive(
    tx: &WriteTransaction,
    row: &account::Model,
    password_hash: Option<String>,
) -> std::result::Result<bool, DbErr> {
    use account::{Column, Entity};
    let mut update = Entity::update_many()
        .col_expr(Column::FailedAttempts, Expr::value(0))
        .col_expr(Column::LockedUntil, Expr::value(0_i64));
    if let Some(hash) = password_hash {
        update = update.col_expr(Column::PasswordHash, Expr::value(hash));
    }
    let update = update
        .filter(Column::Id.eq(row.id))
        .filter(Column::ClosedAt.is_null())
        .filter(Column::PasswordHash.eq(row.password_hash.clone()));
    Ok(update.exec(tx).await?.rows_affected > 0)
}

/// Deletes sessions of an account that have expired, or ended more than a day ago, with their refresh tokens;
/// the audit keeps their entries.
async fn remove_old(tx: &WriteTransaction, account: i64, now: i64) -> std::result::Result<(), DbErr> {
    use session::{Column, Entity};
    let over = Condition::any().add(Column::ExpiresAt.lt(now)).add(Column::EndedAt.lt(now - DAY_MS));
    Entity::delete_many().filter(Column::AccountId.eq(account)).filter(over).exec(tx).await?;
    Ok(())
}

/// The next refresh token of a session.
async fn next(tx: &WriteTransaction, account: Uuid, session: &session::Model, now: i64) -> Result<Begun> {
    let secret = Secret::generate().map_err(Error::internal)?;
    let row = refresh_token::ActiveModel {
        secret_hash: Set(secret.digest()),
        session_id: Set(session.id),
        created_at: Set(now),
        used_at: Set(None),
    };
    refresh_token::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(Begun {
        account,
        session: session.uuid,
        refresh_token: secret.into_text(),
        refresh_expires_at: session.expires_at.min(now + REFRESH_MS),
    })
}

/// Whether there ever was such a refresh token.
pub(super) async fn is_known(db: &DatabaseConnection, token: &str) -> Result<bool> {
    use refresh_token::{Column, Entity};
    Ok(unscoped(db).every::<Entity>().filter(Column::SecretHash.eq(digest(token))).count(db).await? > 0)
}

/// Uses a refresh token, which is valid once. A token that was used before ends its session.
pub(super) async fn refresh(tx: &WriteTransaction, author: Author, token: &str) -> Result<Refreshed> {
    use refresh_token::{Column, Entity};
    let (hash, now) = (digest(token), author.clock.now_ms());
    // This comes first: of two concurrent requests the second waits here for the lock and finds the token
    // used.
    let use_up = Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(now))
        .filter(Column::SecretHash.eq(&hash))
        .filter(Column::UsedAt.is_null());
    let is_first = use_up.exec(tx).await?.rows_affected > 0;
    let Some(token) = unscoped(tx).every::<Entity>().filter(Column::SecretHash.eq(&hash)).one(tx).await?
    else {
        return Ok(Refreshed::Unknown);
    };
    let session = unscoped(tx)
        .every::<session::Entity>()
        .filter(session::Column::Id.eq(token.session_id))
        .one(tx)
        .await?;
    let Some(session) = session.filter(|session| session.ended_at.is_none()) else {
        return Ok(Refreshed::Unknown);
    };
    let account = unscoped(tx)
        .every::<account::Entity>()
        .filter(account::Column::Id.eq(session.account_id))
        .one(tx)
        .await?;
    let Some(account) = account.filter(|account| account.closed_at.is_none()) else {
        return Ok(Refreshed::Unknown);
    };
    let author = themselves(author, &account, &session);
    if !is_first {
        end_sessions(tx, &author, session::Column::Id.eq(session.id).into()).await?;
        let after = json!({ "session": session.uuid, "reused": true });
        record(tx, &author, AuditAction::RefreshSession, &account, None, Some(after)).await?;
        return Ok(Refreshed::Reused);
    }
    if session.expires_at <= now || token.created_at + REFRESH_MS <= now {
        return Ok(Refreshed::Unknown);
    }
    let begun = next(tx, account.uuid, &session, now).await?;
    let after = json!({ "session": session.uuid });
    record(tx, &author, AuditAction::RefreshSession, &account, None, Some(after)).await?;
    Ok(Refreshed::Renewed(Box::new(begun)))
}

/// Ends one session.
pub(super) async fn end(
    tx: &WriteTransaction,
    author: &Author,
    account: i64,
    session: i64,
) -> std::result::Result<(), DbErr> {
    end_sessions(tx, author, session::Column::Id.eq(session).into()).await?;
    match find(tx, account).await? {
        Some(row) => record(tx, author, AuditAction::SignOut, &row, None, None).await,
        None => Ok(()),
    }
}

/// Ends every session of an account but one.
pub(in crate::accounts) async fn end_all(
    tx: &WriteTransaction,
    author: &Author,
    account: i64,
    but: Option<i64>,
) -> std::result::Result<(), DbErr> {
    let mut all = Condition::all().add(session::Column::AccountId.eq(account));
    if let Some(session) = but {
        all = all.add(session::Column::Id.ne(session));
    }
    end_sessions(tx, author, all).await
}

async fn end_sessions(
    tx: &WriteTransaction,
    author: &Author,
    which: Condition,
) -> std::result::Result<(), DbErr> {
    let now = Expr::value(author.clock.now_ms());
    let ended = session::Entity::update_many().col_expr(session::Column::EndedAt, now);
    ended.filter(session::Column::EndedAt.is_null()).filter(which).exec(tx).await?;
    Ok(())
}

/// Sets a new password after the right old one, and ends all sessions but this one.
pub(super) async fn set_password(
    tx: &WriteTransaction,
    author: &Author,
    attempt: &Attempt,
    session: i64,
    hash: String,
) -> std::result::Result<bool, DbErr> {
    let Some(row) = &attempt.account else { return Ok(false) };
    if !forgive(tx, row, Some(hash)).await? {
        return Ok(false);
    }
    end_all(tx, author, row.id, Some(session)).await?;
    record(tx, author, AuditAction::ChangePassword, row, None, None).await?;
    Ok(true)
}

/// The mail address of an account.
pub(super) async fn email_of(db: &DatabaseConnection, account: i64) -> Result<Option<String>> {
    let row = unscoped(db).every::<account::Entity>().filter(account::Column::Id.eq(account)).one(db).await?;
    Ok(row.map(|row| row.email))
}

async fn find(tx: &WriteTransaction, account: i64) -> std::result::Result<Option<account::Model>, DbErr> {
    unscoped(tx).every::<account::Entity>().filter(account::Column::Id.eq(account)).one(tx).await
}

/// The author of audit entries about a session: its account, not the public viewer of the request.
fn themselves(author: Author, account: &account::Model, session: &session::Model) -> Author {
    Author {
        subject: account_subject(account.uuid).to_string(),
        roles: Roles::of_number(account.roles),
        organization_code: account.organization_code.clone(),
        token_id: Some(session.uuid.to_string()),
        ..author
    }
}
