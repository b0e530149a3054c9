//! Fields of liaison contacts.

use super::super::sheets::{LiaisonLine, LiaisonWarning};
use super::super::terms::{AnswererRole, LiaisonContactKind, LiaisonOrganizationType, LiaisonTopic};
use super::super::times::{ContactTime, PreferredChannel, ranked, shown};
use super::store::PersonNameOf;
use super::{LiaisonContact, LiaisonStandIn};
use crate::auth::policy::{self, Audience};
use crate::context::RequestContext;
use crate::error::{Nullable, Result};
use crate::graph::Resource;
use crate::organizations::Organization;
use crate::organizations::store::OrganizationKey;
use crate::resources::Listed;
use crate::resources::freshness::Freshness;
use crate::resources::row::Row;
use crate::resources::store::ResourceKey;
use crate::restricted::opened;
use crate::scalars::Date;
use crate::terms::Term;
use async_graphql::{Context, ID, Object};

/// A desk that care professionals turn to (平時の連絡窓口・退院調整担当者・地域連携室). Who sees it is said for each; reading
/// one that is not public is logged.
#[Object]
impl LiaisonContact {
    /// Opaque id, the same in every database that knows the desk.
    pub async fn id(&self) -> ID {
        self.node_id().into()
    }

    /// What it is for (窓口の種類).
    async fn kind(&self) -> Term<LiaisonContactKind> {
        Term(self.row.kind.into())
    }

    /// Whose desk it is, by name (機関名).
    async fn organization_name(&self) -> &str {
        &self.row.organization_name
    }

    /// Whose desk it is, by kind (機関の種類).
    async fn organization_type(&self) -> Term<LiaisonOrganizationType> {
        Term(self.row.organization_type.into())
    }

    /// The facility whose desk it is (施設); null: none of this directory.
    async fn facility(&self, ctx: &Context<'_>) -> Result<Option<Resource>> {
        let Some(id) = self.row.resource_id else { return Ok(None) };
        let row = RequestContext::of(ctx).load(ResourceKey(id)).await?;
        Ok(row.and_then(|row| Resource::from_row(Row::clone(&row))))
    }

    /// The organization whose desk it is (組織); null: it runs nothing in this directory.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Option<Organization>> {
        let Some(id) = self.row.organization_id else { return Ok(None) };
        RequestContext::of(ctx).load(OrganizationKey(id)).await
    }

    /// Department (部署).
    async fn department(&self) -> Option<&str> {
        self.facts.department.as_deref()
    }

    /// Ward (病棟).
    async fn ward(&self) -> Option<&str> {
        self.facts.ward.as_deref()
    }

    /// Who is in charge (担当者名). For care professionals and the institution itself, never for everybody.
    async fn person_name(&self, ctx: &Context<'_>) -> Option<String> {
        let context = RequestContext::of(ctx);
        let ever = policy::is_professional(context.viewer.permissions());
        let name = match ever {
            true => context.load(PersonNameOf(self.row.id)).await.nullable(ctx),
            false => None,
        };
        opened(ctx, "LiaisonContact.personName", ever, name)
    }

    /// In which role (職種).
    async fn role(&self) -> Option<Term<AnswererRole>> {
        self.facts.role.map(Term)
    }

    /// Its numbers and addresses (連絡先).
    async fn line(&self) -> LiaisonLine {
        self.facts.line.clone().into()
    }

    /// How it wants to be turned to (望ましい連絡手段), in their order.
    async fn channels(&self) -> Vec<PreferredChannel> {
        ranked(&self.facts.channels, &self.facts.times)
    }

    /// When (対応できる時間), for channels without times of their own. None: not known.
    async fn times(&self) -> Vec<ContactTime> {
        shown(&self.facts.times)
    }

    /// When not (避けてほしい時間): it wins over every other time.
    async fn avoid_times(&self) -> Vec<ContactTime> {
        shown(&self.facts.avoid)
    }

    /// What it answers (相談の内容); none: not said.
    async fn topics(&self) -> Vec<Term<LiaisonTopic>> {
        self.facts.topics.iter().copied().map(Term).collect()
    }

    /// Where the information for an admission is sent (入院時情報提供書の送付先).
    async fn admission_info_to(&self) -> Option<&str> {
        self.facts.admission_info_to.as_deref()
    }

    /// Whom to turn to while it cannot be reached (不在時の窓口); null: not said.
    async fn stand_in(&self) -> Option<LiaisonStandIn> {
        self.facts.stand_in.clone().map(LiaisonStandIn::from)
    }

    /// The day the facts are from (情報時点).
    async fn as_of(&self) -> Date {
        Date(self.row.as_of)
    }

    /// The first day of it (有効期間の初日); null: not said.
    async fn valid_from(&self) -> Option<Date> {
        self.row.valid_from.map(Date)
    }

    /// The last day of it (有効期間の末日); null: no end is set.
    async fn valid_to(&self) -> Option<Date> {
        self.row.valid_to.map(Date)
    }

    /// Whether it holds today (有効).
    async fn is_current(&self, ctx: &Context<'_>) -> bool {
        self.holds_on(RequestContext::of(ctx).viewer.today())
    }

    /// Who reads it (閲覧範囲).
    #[graphql(name = "audience")]
    async fn read_by(&self) -> Term<Audience> {
        Term(self.row.audience.into())
    }

    /// How fresh it is (鮮度).
    async fn review_state(&self, ctx: &Context<'_>) -> Term<Freshness> {
        Term(self.review_state_on(RequestContext::of(ctx).viewer.today()))
    }

    /// What to mind before relying on it (注意): show these beside it.
    async fn warnings(&self, ctx: &Context<'_>) -> Vec<LiaisonWarning> {
        self.warned(RequestContext::of(ctx).viewer.today())
    }

    /// Remarks (備考).
    async fn note(&self) -> Option<&str> {
        self.facts.note.as_deref()
    }
}

/// Whom to turn to while somebody cannot be reached (不在時の窓口).
#[Object]
impl LiaisonStandIn {
    /// A desk of this directory that holds today (代わりの窓口); null: none, or none you may see.
    async fn contact(&self, ctx: &Context<'_>) -> Result<Option<LiaisonContact>> {
        let Some(key) = self.contact else { return Ok(None) };
        let context = RequestContext::of(ctx);
        let contact = context.load(key).await?;
        Ok(contact.map(|contact| contact.handed_to(context)))
    }

    /// In words (不在時の対応).
    async fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }
}
