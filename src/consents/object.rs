//! Fields of consents.

use super::Consent;
use super::terms::{ConsentMethod, ConsentPurpose, ConsentState, ConsentSubject};
use crate::context::RequestContext;
use crate::error::Nullable;
use crate::graph::Resource;
use crate::resources::Listed;
use crate::resources::row::Row;
use crate::resources::store::ResourceKey;
use crate::scalars::Date;
use crate::terms::Term;
use async_graphql::{Context, ID, Object};

/// That somebody agreed to be reached by a number or an address, for one purpose (公開同意). Lines of this
/// ledger are never deleted: what was taken back is remembered when a list brings the number again.
#[Object]
impl Consent {
    /// Opaque id, for `withdrawConsent`.
    pub async fn id(&self) -> ID {
        self.node_id().into()
    }

    /// The resource it belongs to (資源).
    async fn resource(&self, ctx: &Context<'_>) -> Option<Resource> {
        let row = RequestContext::of(ctx).load(ResourceKey(self.resource_id)).await.nullable(ctx)?;
        Resource::from_row(Row::clone(&row))
    }

    /// For what (目的).
    async fn purpose(&self) -> Term<ConsentPurpose> {
        Term(self.row.purpose.into())
    }

    /// Who agreed (同意者).
    async fn subject(&self) -> Term<ConsentSubject> {
        Term(self.row.subject.into())
    }

    /// How (方法).
    async fn method(&self) -> Term<ConsentMethod> {
        Term(self.row.method.into())
    }

    /// The phone number (電話番号) it is about: in international form where its area is known.
    async fn tel(&self) -> Option<&str> {
        self.row.phone.as_deref()
    }

    /// The fax number (FAX番号) it is about.
    async fn fax(&self) -> Option<&str> {
        self.row.fax.as_deref()
    }

    /// The mail address (メールアドレス) it is about.
    async fn email(&self) -> Option<&str> {
        self.row.email.as_deref()
    }

    /// Since when (同意日).
    async fn obtained_on(&self) -> Date {
        Date(self.row.obtained_on)
    }

    /// The last day on which it counts (有効期限); null: without end.
    async fn expires_on(&self) -> Option<Date> {
        self.row.expires_on.map(Date)
    }

    /// The day on which it was taken back (取下げ日); null: it was not.
    async fn withdrawn_on(&self) -> Option<Date> {
        self.row.withdrawn_on.map(Date)
    }

    /// Whether it counts today (状態).
    async fn state(&self, ctx: &Context<'_>) -> Term<ConsentState> {
        Term(self.state_on(RequestContext::of(ctx).viewer.today()))
    }

    /// Where the evidence is kept (証跡), in words: `同意書綴り 令和8年度 12番`.
    async fn evidence(&self) -> Option<&str> {
        self.row.evidence.as_deref()
    }
}
