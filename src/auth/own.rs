//! Tokens of this directory: access tokens of accounts, and API tokens of programs. The permissions of their
//! holders are read at every request, so that a revocation takes effect at once on every instance.

use super::secret::digest;
use super::signing::SigningKeys;
use super::standing::Shown;
use super::{Credential, Refusal, Roles, Standing, Viewer};
use crate::auth::row_scope::Unscoped;
use entity::{account, api_token, session};
use japan::clock::Clock;
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{ColumnTrait, DbErr, JoinType, QueryFilter, QuerySelect, RelationTrait};
use std::sync::Arc;
use uuid::Uuid;

/// Prefix of API tokens.
pub const API_TOKEN_BEGINNING: &str = "yui_";
/// Ours have 47 bytes.
const LONGEST_API_TOKEN: usize = 128;

/// The viewer of an access token of an account of this directory.
///
/// # Errors
/// When the token is not valid, or its session or account has ended.
pub async fn account_viewer(
    db: &impl Unscoped,
    keys: &SigningKeys,
    token: &str,
    clock: Clock,
) -> Result<Viewer, Refusal> {
    let claims = keys.verify(token, clock)?;
    session_viewer(db, claims.sub, claims.sid, clock).await
}

/// The viewer of a session of an account.
///
/// # Errors
/// When the session has ended or expired, or the account is closed.
pub async fn session_viewer(
    db: &impl Unscoped,
    account_uuid: Uuid,
    session_uuid: Uuid,
    clock: Clock,
) -> Result<Viewer, Refusal> {
    let (session, account) = find_session(db, session_uuid).await?.ok_or(Refusal::Revoked)?;
    if account.uuid != account_uuid || account.closed_at.is_some() || session.ended_at.is_some() {
        return Err(Refusal::Revoked);
    }
    if session.expires_at <= clock.now_ms() {
        return Err(Refusal::Expired);
    }
    let credential = Credential::Account { account: account.id, session: session.id };
    let shown = Shown {
        subject: account_subject(account.uuid),
        credential,
        name: Some(account.name),
        token_id: Some(session.uuid.to_string()),
    };
    let standing = stored(account.roles, account.organization_code, &account.district_codes);
    Ok(standing.viewer(db, shown, clock).await?)
}

/// The viewer of an API token of a program.
///
/// # Errors
/// When there is no such token, or when it was revoked or has ended.
pub async fn api_token_viewer(db: &impl Unscoped, token: &str, clock: Clock) -> Result<Viewer, Refusal> {
    if token.len() > LONGEST_API_TOKEN || !token.starts_with(API_TOKEN_BEGINNING) {
        return Err(Refusal::Malformed);
    }
    let made = api_token::Column::SecretHash.eq(digest(token));
    program_viewer(db, find_api_token(db, made).await?, clock).await
}

/// The viewer of an API token of a program, by the token's public id.
///
/// # Errors
/// When there is no such token, or when it was revoked or has ended.
pub async fn program_viewer_of(db: &impl Unscoped, token: Uuid, clock: Clock) -> Result<Viewer, Refusal> {
    program_viewer(db, find_api_token(db, api_token::Column::Uuid.eq(token)).await?, clock).await
}

async fn program_viewer(
    db: &impl Unscoped,
    found: Option<api_token::Model>,
    clock: Clock,
) -> Result<Viewer, Refusal> {
    let row = found.ok_or(Refusal::UnknownKey)?;
    if row.revoked_at.is_some() {
        return Err(Refusal::Revoked);
    }
    if row.expires_at.is_some_and(|end| end <= clock.now_ms()) {
        return Err(Refusal::Expired);
    }
    let shown = Shown {
        subject: format!("api-token:{}", row.uuid).into(),
        credential: Credential::ApiToken,
        name: Some(row.name),
        token_id: Some(row.uuid.to_string()),
    };
    Ok(stored(row.roles, row.organization_code, &row.district_codes).viewer(db, shown, clock).await?)
}

/// The subject of an account, as the audit records it.
pub fn account_subject(account: Uuid) -> Arc<str> {
    format!("account:{account}").into()
}

/// Codes of districts as accounts and tokens store them.
pub fn codes(stored: &str) -> Vec<String> {
    stored.split_whitespace().map(str::to_owned).collect()
}

fn stored(roles: i16, organization_code: Option<String>, district_codes: &str) -> Standing {
    Standing { roles: Roles::of_number(roles), organization_code, district_codes: codes(district_codes) }
}

async fn find_session(
    db: &impl Unscoped,
    uuid: Uuid,
) -> Result<Option<(session::Model, account::Model)>, DbErr> {
    let select = db
        .every::<session::Entity>()
        .filter(session::Column::Uuid.eq(uuid))
        .join(JoinType::InnerJoin, session::Relation::Account.def())
        .select_also(account::Entity);
    Ok(select.one(db).await?.and_then(|(session, account)| Some((session, account?))))
}

async fn find_api_token(db: &impl Unscoped, which: SimpleExpr) -> Result<Option<api_token::Model>, DbErr> {
    db.every::<api_token::Entity>().filter(which).one(db).await
}
