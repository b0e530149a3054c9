//! API tokens for programs of organizations: shown once, stored as a digest, revocable at any time.

pub mod mutations;
pub mod queries;
pub mod store;

use crate::auth::own::codes;
use crate::auth::{Role, Roles};
use crate::context::RequestContext;
use crate::id::{NodeId, NodeType};
use crate::scalars::DateTime;
use crate::terms::{Term, labelled};
use async_graphql::Context;
use async_graphql::{ID, Object};
use entity::api_token;

labelled! {
    /// Where a token of a program stands (APIトークンの状態).
    ApiTokenState {
        /// It is taken (有効).
        Active = ("有効", "ゆうこう", "使える", "Active"),
        /// Its last day is over (期限切れ).
        Expired = ("期限切れ", "きげんぎれ", "期限が すぎた", "Expired"),
        /// It was taken back (失効).
        Revoked = ("失効", "しっこう", "使えなく した", "Revoked"),
    }
}

/// An API token of a program of an organization.
#[derive(Clone, Debug)]
pub struct ApiToken(pub(crate) api_token::Model);

/// A token made for a program of an organization (APIトークン). Its text is shown once, when it is made.
#[Object]
impl ApiToken {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.node_id().into()
    }

    /// What it is for (名称).
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What the program is trusted with (役割).
    async fn roles(&self) -> Vec<Term<Role>> {
        Roles::of_number(self.0.roles).iter().map(Term).collect()
    }

    /// Code of the organization whose program it is (所属組織のコード).
    async fn organization_code(&self) -> Option<&str> {
        self.0.organization_code.as_deref()
    }

    /// Codes of the districts it is for (担当圏域のコード).
    async fn district_codes(&self) -> Vec<String> {
        codes(&self.0.district_codes)
    }

    /// Where it stands (状態).
    async fn state(&self, ctx: &Context<'_>) -> Term<ApiTokenState> {
        Term(self.state_at(RequestContext::of(ctx).clock().now_ms()))
    }

    /// Who made it, as the audit names them (作成者).
    async fn created_by(&self) -> &str {
        &self.0.created_by
    }

    /// When it was made (作成日時).
    async fn created_at(&self) -> DateTime {
        DateTime::of_ms(self.0.created_at)
    }

    /// When it ends by itself (有効期限).
    async fn expires_at(&self) -> Option<DateTime> {
        self.0.expires_at.map(DateTime::of_ms)
    }

    /// When it was taken back (失効日時).
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime::of_ms)
    }
}

impl ApiToken {
    /// Its public id.
    pub fn node_id(&self) -> NodeId {
        NodeId::new(NodeType::ApiToken, self.0.uuid)
    }

    /// Its name, which says what it is for.
    pub fn purpose(&self) -> &str {
        &self.0.name
    }

    /// The roles of the program.
    pub fn role_set(&self) -> Roles {
        Roles::of_number(self.0.roles)
    }

    /// Its state at an instant.
    pub fn state_at(&self, now: i64) -> ApiTokenState {
        match &self.0 {
            row if row.revoked_at.is_some() => ApiTokenState::Revoked,
            row if row.expires_at.is_some_and(|end| end <= now) => ApiTokenState::Expired,
            _ => ApiTokenState::Active,
        }
    }
}
