//! Invitations in the database: the digest of their secret, and until when they are valid.

use crate::accounts::sessions::store::unscoped;
use crate::accounts::{sessions, store};
use crate::audit::Author;
use crate::auth::own::account_subject;
use crate::auth::row_scope::Unscoped;
use crate::auth::secret::{Secret, digest};
use crate::database::WriteTransaction;
use crate::error::{Error, Result};
use crate::scalars::DateTime;
use entity::enums::AuditAction;
use entity::{account, invitation};
use japan::clock::Clock;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseConnection, DbErr, EntityTrait, JoinType,
    QueryFilter, QuerySelect, RelationTrait,
};

/// How long a link is valid: seven days.
const DAYS_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

/// A new link. Its secret is known only now: the database stores its digest.
pub struct Link {
    /// The path with the secret.
    pub path: String,
    /// Until when it is valid.
    pub expires_at: DateTime,
}

/// Makes a link and voids the older ones.
pub(in crate::accounts) async fn create(
    tx: &WriteTransaction,
    author: &Author,
    account: &account::Model,
) -> Result<Link> {
    remove(tx, account.id).await?;
    let secret = Secret::generate().map_err(Error::internal)?;
    let expires_at = author.clock.now_ms() + DAYS_MS;
    let row = invitation::ActiveModel {
        account_id: Set(account.id),
        secret_hash: Set(secret.digest()),
        expires_at: Set(expires_at),
        used_at: Set(None),
        ..Default::default()
    };
    row.insert(tx).await?;
    let path = format!("{}{}", super::PATH, secret.text());
    Ok(Link { path, expires_at: DateTime::of_ms(expires_at) })
}

/// Voids every link of an account.
pub(in crate::accounts) async fn remove(
    tx: &WriteTransaction,
    account: i64,
) -> std::result::Result<(), DbErr> {
    let all = invitation::Entity::delete_many().filter(invitation::Column::AccountId.eq(account));
    all.exec(tx).await?;
    Ok(())
}

/// The account that a secret invites, while the invitation is valid.
pub(super) async fn holder(
    db: &DatabaseConnection,
    secret: &str,
    clock: Clock,
) -> Result<Option<account::Model>> {
    let select = unscoped(db)
        .every::<invitation::Entity>()
        .filter(invitation::Column::SecretHash.eq(digest(secret)))
        .filter(invitation::Column::UsedAt.is_null())
        .filter(invitation::Column::ExpiresAt.gt(clock.now_ms()))
        .join(JoinType::InnerJoin, invitation::Relation::Account.def())
        .filter(account::Column::ClosedAt.is_null())
        .select_also(account::Entity);
    Ok(select.one(db).await?.and_then(|(_, account)| account))
}

/// Uses a secret, which is valid once, and sets the password; `None` when it is no longer valid.
pub(super) async fn accept(
    tx: &WriteTransaction,
    author: Author,
    secret: &str,
    holder: &account::Model,
    password_hash: String,
) -> std::result::Result<Option<()>, DbErr> {
    let now = author.clock.now_ms();
    let used = invitation::Entity::update_many()
        .col_expr(invitation::Column::UsedAt, Expr::value(now))
        .filter(invitation::Column::SecretHash.eq(digest(secret)))
        .filter(invitation::Column::UsedAt.is_null())
        .filter(invitation::Column::ExpiresAt.gt(now));
    if used.exec(tx).await?.rows_affected == 0 {
        return Ok(None);
    }
    let row = account::ActiveModel {
        id: Set(holder.id),
        password_hash: Set(Some(password_hash)),
        failed_attempts: Set(0),
        locked_until: Set(0),
        ..Default::default()
    };
    let row = row.update(tx).await?;
    sessions::store::end_all(tx, &author, row.id, None).await?;
    let author = Author { subject: account_subject(row.uuid).to_string(), ..author };
    store::record(tx, &author, AuditAction::AcceptInvitation, &row, None, None).await?;
    Ok(Some(()))
}
