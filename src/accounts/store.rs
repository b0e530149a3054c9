//! Accounts in the database: reading and managing them.

use super::invitations::store as invitations;
use super::sessions::store as sessions;
use super::{Account, inputs};
use crate::audit::{self, Author, Change};
use crate::auth::own::codes;
use crate::auth::row_scope::{Scoped, Unscoped, WithoutViewer, visible_to};
use crate::auth::{Role, Roles, Standing, Viewer};
use crate::database::WriteTransaction;
use crate::error::Result;
use crate::pagination::Page;
use crate::terms::Labelled;
use crate::user_error::{NotDone, UserError};
use entity::account::{ActiveModel, Column, Entity, Model};
use entity::enums::AuditAction;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseConnection, DbErr,
    IntoActiveModel, IntoSimpleExpr, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, SqlErr,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// An account to be created by an invitation, checked.
pub struct Draft {
    /// Mail address for signing in, in lower case.
    pub email: String,
    /// Name of the person (氏名).
    pub name: String,
    /// Roles, organization and districts.
    pub standing: Standing,
}

/// Changes of an account; what is `None` stays.
#[derive(Default)]
pub struct Changes {
    /// New name (氏名).
    pub name: Option<String>,
    /// New roles (役割).
    pub roles: Option<Roles>,
    /// New code of the organization; `Some(None)` takes the old one away.
    pub organization_code: Option<Option<String>>,
    /// New codes of districts, `D01` or `062031:D01`; the whole list.
    pub district_codes: Option<Vec<String>>,
}

#[expect(
    clippy::disallowed_methods,
    reason = "permission to change accounts was checked, or the caller is the operator"
)]
fn unscoped<C: ConnectionTrait>(db: &C) -> WithoutViewer<'_, C> {
    WithoutViewer::of(db)
}

/// A page of a managed table in the order in which its rows were made, and one more row if there is one.
pub async fn page<E: Scoped>(
    db: &DatabaseConnection,
    viewer: &Viewer,
    id: E::Column,
    page: &Page,
) -> Result<Vec<E::Model>> {
    let select = visible_to::<E>(viewer).filter(id.gt(page.after_id()));
    Ok(select.order_by_asc(id).limit(page.limit as u64 + 1).all(db).await?)
}

/// How many rows of a managed table the viewer sees.
pub async fn count<E: Scoped<Model: Sync>>(db: &DatabaseConnection, viewer: &Viewer) -> Result<u64> {
    Ok(visible_to::<E>(viewer).count(db).await?)
}

/// Every account, for the operator.
pub async fn all(db: &DatabaseConnection) -> Result<Vec<Account>> {
    Ok(unscoped(db)
        .every::<Entity>()
        .order_by_asc(Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(Account)
        .collect())
}

/// Whether there is any account, for the operator.
pub async fn exist(db: &impl ConnectionTrait) -> std::result::Result<bool, DbErr> {
    Ok(unscoped(db).every::<Entity>().one(db).await?.is_some())
}

/// The account of a mail address, for the operator.
pub async fn of_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<Account>> {
    Ok(unscoped(db).every::<Entity>().filter(Column::Email.eq(email)).one(db).await?.map(Account))
}

/// Creates an account, or reopens a closed one, and a link by which its holder sets the password.
pub async fn invite(
    tx: &WriteTransaction,
    author: &Author,
    draft: Draft,
) -> std::result::Result<(Account, invitations::Link), NotDone> {
    inputs::all_known(draft.standing.unknown_codes(&unscoped(tx)).await?)?;
    let known = unscoped(tx)
        .every::<Entity>()
        .filter(Column::Email.eq(&draft.email))
        .lock_exclusive()
        .one(tx)
        .await?;
    let taken = || UserError::conflict("email", "There is an account with this mail address.");
    let new = ActiveModel {
        email: Set(draft.email),
        name: Set(draft.name),
        password_hash: Set(None),
        roles: Set(draft.standing.roles.number()),
        organization_code: Set(draft.standing.organization_code),
        district_codes: Set(draft.standing.district_codes.join(" ")),
        closed_at: Set(None),
        failed_attempts: Set(0),
        locked_until: Set(0),
        ..Default::default()
    };
    let row = match known {
        Some(row) if row.closed_at.is_none() => return Err(taken().into()),
        Some(row) => ActiveModel { id: Set(row.id), ..new }.update(tx).await?,
        None => {
            let new =
                ActiveModel { uuid: Set(Uuid::new_v4()), created_at: Set(author.clock.now_ms()), ..new };
            new.insert(tx).await.map_err(|cause| match cause.sql_err() {
                // Another request invited the same address at the same time.
                Some(SqlErr::UniqueConstraintViolation(_)) => taken().into(),
                _ => NotDone::from(cause),
            })?
        }
    };
    let link = invitations::create(tx, author, &row).await?;
    record(tx, author, AuditAction::InviteAccount, &row, None, Some(described(&row))).await?;
    Ok((Account(row), link))
}

/// A new link for a person who lost the link or the password; the old one is void.
pub async fn invite_again(
    tx: &WriteTransaction,
    author: &Author,
    uuid: Uuid,
) -> std::result::Result<(Account, invitations::Link), NotDone> {
    let row = open_account(tx, uuid).await?;
    let link = invitations::create(tx, author, &row).await?;
    record(tx, author, AuditAction::ResendInvitation, &row, None, None).await?;
    Ok((Account(row), link))
}

/// Changes an account, effective from its holder's next request on.
pub async fn update(
    tx: &WriteTransaction,
    author: &Author,
    uuid: Uuid,
    changes: Changes,
) -> std::result::Result<Account, NotDone> {
    // Locked before the row itself, so that of two admins who demote each other the second waits here.
    let admins = active_admins(tx).await?;
    let row = open_account(tx, uuid).await?;
    let before = described(&row);
    let mut new = row.clone();
    new.name = changes.name.unwrap_or(new.name);
    new.roles = changes.roles.map_or(new.roles, Roles::number);
    new.organization_code = changes.organization_code.unwrap_or(new.organization_code);
    new.district_codes = changes.district_codes.map_or(new.district_codes, |codes| codes.join(" "));
    inputs::all_known(standing_of(&new).unknown_codes(&unscoped(tx)).await?)?;
    if !is_admin(&new) {
        keep_one(&admins, &row, "roles")?;
    }
    if new == row {
        return Ok(Account(row));
    }
    let row = new.into_active_model().reset_all().update(tx).await?;
    record(tx, author, AuditAction::UpdateAccount, &row, Some(before), Some(described(&row))).await?;
    Ok(Account(row))
}

/// Closes an account and ends its sessions. Only the operator may close that of the last admin.
pub async fn close(
    tx: &WriteTransaction,
    author: &Author,
    uuid: Uuid,
    even_the_last_admin: bool,
) -> std::result::Result<Account, NotDone> {
    let admins = active_admins(tx).await?;
    let row = open_account(tx, uuid).await?;
    if !even_the_last_admin {
        keep_one(&admins, &row, "id")?;
    }
    let closed =
        ActiveModel { id: Set(row.id), closed_at: Set(Some(author.clock.now_ms())), ..Default::default() };
    let row = closed.update(tx).await?;
    sessions::end_all(tx, author, row.id, None).await?;
    invitations::remove(tx, row.id).await?;
    let state = |closed: bool| Some(json!({ "closed": closed }));
    record(tx, author, AuditAction::CloseAccount, &row, state(false), state(true)).await?;
    Ok(Account(row))
}

/// Writes a change of an account to the audit.
pub(super) async fn record(
    tx: &WriteTransaction,
    author: &Author,
    action: AuditAction,
    row: &Model,
    before: Option<Value>,
    after: Option<Value>,
) -> std::result::Result<(), DbErr> {
    let things = vec![Account(row.clone()).node_id()];
    audit::record(tx, author, Change { action, things, before, after }).await
}

async fn open_account(tx: &WriteTransaction, uuid: Uuid) -> std::result::Result<Model, NotDone> {
    let row = unscoped(tx).every::<Entity>().filter(Column::Uuid.eq(uuid)).lock_exclusive().one(tx).await?;
    let row = row.ok_or_else(|| UserError::not_found("id", "There is no such account."))?;
    if row.closed_at.is_some() {
        return Err(
            UserError::conflict("id", "The account is closed. Invite its holder again to open it.").into()
        );
    }
    Ok(row)
}

/// Accounts with the role ADMIN that can sign in, locked until the transaction ends.
async fn active_admins(tx: &WriteTransaction) -> std::result::Result<Vec<Model>, DbErr> {
    let admin = Roles::NONE.with(Role::Admin).number();
    let select = unscoped(tx)
        .every::<Entity>()
        .filter(Column::ClosedAt.is_null())
        .filter(Column::PasswordHash.is_not_null())
        .filter(Column::Roles.into_simple_expr().bit_and(admin).eq(admin));
    select.order_by_asc(Column::Id).lock_exclusive().all(tx).await
}

fn keep_one(admins: &[Model], leaving: &Model, field: &'static str) -> std::result::Result<(), UserError> {
    let (is_one, others) = (is_active_admin(leaving), admins.iter().any(|admin| admin.id != leaving.id));
    if is_one && !others {
        let sentence = "This is the last account that can manage accounts. Make somebody else ADMIN first.";
        return Err(UserError::conflict(field, sentence));
    }
    Ok(())
}

fn is_admin(row: &Model) -> bool {
    Roles::of_number(row.roles).has(Role::Admin)
}

fn is_active_admin(row: &Model) -> bool {
    is_admin(row) && row.password_hash.is_some()
}

fn standing_of(row: &Model) -> Standing {
    Standing {
        roles: Roles::of_number(row.roles),
        organization_code: row.organization_code.clone(),
        district_codes: codes(&row.district_codes),
    }
}

/// An account as JSON for the audit, without the password.
fn described(row: &Model) -> Value {
    let roles: Vec<_> = Roles::of_number(row.roles).iter().map(Role::code).collect();
    json!({
        "email": row.email,
        "name": row.name,
        "roles": roles,
        "organizationCode": row.organization_code,
        "districtCodes": codes(&row.district_codes),
    })
}
