//! API tokens in the database, and the list of revoked tokens of an identity provider.

use super::ApiToken;
use crate::accounts::inputs;
use crate::audit::{self, Author, Change};
use crate::auth::own::{API_TOKEN_BEGINNING, codes};
use crate::auth::row_scope::{Unscoped, WithoutViewer};
use crate::auth::secret::Secret;
use crate::auth::{Role, Roles, Standing};
use crate::database::WriteTransaction;
use crate::error::{Error, Result};
use crate::scalars::DateTime;
use crate::terms::Labelled;
use crate::user_error::{NotDone, UserError};
use chrono::NaiveDate;
use entity::api_token::{ActiveModel, Column, Entity, Model};
use entity::enums::AuditAction;
use entity::revoked_token;
use japan::clock;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseConnection, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// A token to be made, checked.
pub struct Draft {
    /// Name that says what the token is for (名称).
    pub name: String,
    /// Roles, organization and districts of the program.
    pub standing: Standing,
    /// The last day on which it is valid.
    pub expires_on: Option<NaiveDate>,
}

#[expect(
    clippy::disallowed_methods,
    reason = "permission to change tokens was checked, or the caller is the operator"
)]
fn unscoped<C: ConnectionTrait>(db: &C) -> WithoutViewer<'_, C> {
    WithoutViewer::of(db)
}

/// Every token, for the operator.
pub async fn all(db: &DatabaseConnection) -> Result<Vec<ApiToken>> {
    Ok(unscoped(db)
        .every::<Entity>()
        .order_by_asc(Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(ApiToken)
        .collect())
}

/// Creates a token. Its text is known only now: the database stores its digest.
pub async fn create(
    tx: &WriteTransaction,
    author: &Author,
    draft: Draft,
) -> std::result::Result<(ApiToken, String), NotDone> {
    if draft.expires_on.is_some_and(|day| day < author.clock.today()) {
        return Err(UserError::invalid("expiresOn", "This day is over.").into());
    }
    inputs::all_known(draft.standing.unknown_codes(&unscoped(tx)).await?)?;
    let secret = Secret::beginning_with(API_TOKEN_BEGINNING).map_err(Error::internal)?;
    let row = ActiveModel {
        uuid: Set(Uuid::new_v4()),
        secret_hash: Set(secret.digest()),
        name: Set(draft.name),
        roles: Set(draft.standing.roles.number()),
        organization_code: Set(draft.standing.organization_code),
        district_codes: Set(draft.standing.district_codes.join(" ")),
        created_by: Set(author.subject.clone()),
        created_at: Set(author.clock.now_ms()),
        expires_at: Set(draft.expires_on.map(clock::end_of_ms)),
        revoked_at: Set(None),
        ..Default::default()
    };
    let row = row.insert(tx).await?;
    let after = described(&row);
    let token = ApiToken(row);
    record(tx, author, AuditAction::CreateApiToken, &token, None, after).await?;
    Ok((token, secret.into_text()))
}

/// Revokes a token: from now on no instance accepts it.
pub async fn revoke(
    tx: &WriteTransaction,
    author: &Author,
    uuid: Uuid,
) -> std::result::Result<ApiToken, NotDone> {
    let row = unscoped(tx).every::<Entity>().filter(Column::Uuid.eq(uuid)).lock_exclusive().one(tx).await?;
    let row = row.ok_or_else(|| UserError::not_found("id", "There is no such token."))?;
    if row.revoked_at.is_some() {
        return Err(UserError::conflict("id", "The token was revoked before.").into());
    }
    let revoked =
        ActiveModel { id: Set(row.id), revoked_at: Set(Some(author.clock.now_ms())), ..Default::default() };
    let token = ApiToken(revoked.update(tx).await?);
    let state = |revoked: bool| json!({ "revoked": revoked });
    record(tx, author, AuditAction::RevokeApiToken, &token, Some(state(false)), state(true)).await?;
    Ok(token)
}

/// Revokes a token of an identity provider by its id, whatever its claims say. Idempotent.
pub async fn refuse(
    tx: &WriteTransaction,
    author: &Author,
    issuer: &str,
    token_id: &str,
) -> std::result::Result<(), DbErr> {
    use revoked_token::{Column, Entity};
    let row = revoked_token::ActiveModel {
        issuer: Set(issuer.to_owned()),
        token_id: Set(token_id.to_owned()),
        revoked_at: Set(author.clock.now_ms()),
    };
    let once = OnConflict::columns([Column::Issuer, Column::TokenId])
        .do_nothing_on([Column::Issuer, Column::TokenId])
        .to_owned();
    Entity::insert(row).on_conflict(once).exec_without_returning(tx).await?;
    let after = Some(json!({ "issuer": issuer, "tokenId": token_id }));
    audit::record(tx, author, Change { after, ..Change::of(AuditAction::RevokeToken) }).await
}

async fn record(
    tx: &WriteTransaction,
    author: &Author,
    action: AuditAction,
    token: &ApiToken,
    before: Option<Value>,
    after: Value,
) -> std::result::Result<(), DbErr> {
    let things = vec![token.node_id()];
    audit::record(tx, author, Change { action, things, before, after: Some(after) }).await
}

/// A token as JSON for the audit, without its text.
fn described(row: &Model) -> Value {
    let roles: Vec<_> = Roles::of_number(row.roles).iter().map(Role::code).collect();
    json!({
        "name": row.name,
        "roles": roles,
        "organizationCode": row.organization_code,
        "districtCodes": codes(&row.district_codes),
        "expiresAt": row.expires_at.map(|at| DateTime::of_ms(at).0.to_rfc3339()),
    })
}
