//! Accounts of this directory, for cities without an identity provider: who may sign in, with which roles.

pub mod inputs;
pub mod invitations;
pub(crate) mod managed_list;
pub mod mutations;
pub mod password;
pub mod queries;
pub mod sessions;
pub mod store;

use crate::auth::own::codes;
use crate::auth::{Role, Roles};
use crate::context::RequestContext;
use crate::id::{NodeId, NodeType};
use crate::scalars::DateTime;
use crate::terms::{Term, labelled};
use async_graphql::Context;
use async_graphql::{ID, Object};
use entity::account;

labelled! {
    /// Where an account stands (アカウントの状態).
    AccountState {
        /// The invitation was not accepted yet (招待中).
        Invited = ("招待中", "しょうたいちゅう", "招待した ところ", "Invited"),
        /// Its holder may sign in (利用中).
        Active = ("利用中", "りようちゅう", "使っている", "Active"),
        /// Too many wrong passwords: it waits a while (一時ロック中).
        Locked = ("一時ロック中", "いちじろっくちゅう", "少しの あいだ 使えない", "Locked for a while"),
        /// Nobody can sign in any more (終了).
        Closed = ("終了", "しゅうりょう", "もう 使えない", "Closed"),
    }
}

/// An account of a person who may sign in here.
#[derive(Clone, Debug)]
pub struct Account(pub(crate) account::Model);

/// Somebody who may sign in here (アカウント). Only who manages accounts sees them.
#[Object]
impl Account {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.node_id().into()
    }

    /// The mail address they sign in with (メールアドレス), in lower case.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// Their name (氏名).
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What they are trusted with (役割).
    async fn roles(&self) -> Vec<Term<Role>> {
        Roles::of_number(self.0.roles).iter().map(Term).collect()
    }

    /// Code of the organization they belong to (所属組織のコード).
    async fn organization_code(&self) -> Option<&str> {
        self.0.organization_code.as_deref()
    }

    /// Codes of the districts they work for (担当圏域のコード).
    async fn district_codes(&self) -> Vec<String> {
        codes(&self.0.district_codes)
    }

    /// Where it stands (状態).
    async fn state(&self, ctx: &Context<'_>) -> Term<AccountState> {
        Term(self.state_at(RequestContext::of(ctx).clock().now_ms()))
    }

    /// When it was made (作成日時).
    async fn created_at(&self) -> DateTime {
        DateTime::of_ms(self.0.created_at)
    }

    /// When it was closed (終了日時).
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(DateTime::of_ms)
    }
}

impl Account {
    /// Its public id.
    pub fn node_id(&self) -> NodeId {
        NodeId::new(NodeType::Account, self.0.uuid)
    }

    /// The mail address.
    pub fn address(&self) -> &str {
        &self.0.email
    }

    /// The name of its holder.
    pub fn holder(&self) -> &str {
        &self.0.name
    }

    /// The roles of its holder.
    pub fn role_set(&self) -> Roles {
        Roles::of_number(self.0.roles)
    }

    /// Its state at an instant.
    pub fn state_at(&self, now: i64) -> AccountState {
        match &self.0 {
            row if row.closed_at.is_some() => AccountState::Closed,
            row if row.locked_until > now => AccountState::Locked,
            row if row.password_hash.is_none() => AccountState::Invited,
            _ => AccountState::Active,
        }
    }
}
