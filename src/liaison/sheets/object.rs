//! Fields of liaison sheets.

use super::super::distribution::{self, DistributionEntry};
use super::super::print::{self, PrintLink};
use super::entry::PhysicianEntry;
use super::entry_store::EntriesOf;
use super::store::VersionsOf;
use super::{DISCLAIMERS, LiaisonLine, LiaisonSheet, LiaisonWarning, SheetConsent, store};
use crate::auth::policy;
use crate::context::RequestContext;
use crate::error::{Error, OrNull, Result};
use crate::medical::MedicalFacility;
use crate::resources::Listed;
use crate::resources::freshness::Freshness;
use crate::resources::row::Row;
use crate::resources::store::ResourceKey;
use crate::restricted::opened;
use crate::scalars::{Date, DateTime};
use crate::terms::Term;
use async_graphql::{Context, ID, Object};

/// A liaison sheet (連携シート・ケアマネタイム・主治医との連絡方法): how each physician of an institution wants to be consulted. For care
/// professionals of the organizations on its distribution list, the institution itself and the city; every
/// read is logged.
#[Object]
impl LiaisonSheet {
    /// Opaque id of this version.
    pub async fn id(&self) -> ID {
        self.node_id().into()
    }

    /// Whose sheet it is (医療機関).
    async fn institution(&self, ctx: &Context<'_>) -> Result<MedicalFacility> {
        let row = RequestContext::of(ctx).load(ResourceKey(self.row.resource_id)).await?;
        let facility = row.and_then(|row| MedicalFacility::from_row(Row::clone(&row)));
        facility.ok_or_else(|| Error::internal("a sheet without its institution"))
    }

    /// Which version it is (版), from 1.
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// Whether it is the version that holds now (現行版).
    async fn is_current(&self) -> bool {
        self.row.replaced_at.is_none()
    }

    /// When a newer version took its place (差し替え日時); null: it holds.
    async fn replaced_at(&self) -> Option<DateTime> {
        self.row.replaced_at.map(DateTime::of_ms)
    }

    /// The day it was made (作成日).
    async fn issued_on(&self) -> Date {
        Date(self.row.issued_on)
    }

    /// The day the facts are from (情報時点).
    async fn as_of(&self) -> Date {
        Date(self.row.as_of)
    }

    /// The day by which it is to be reviewed (見直しの期限).
    async fn review_due_on(&self) -> Date {
        Date(self.row.review_due_on)
    }

    /// How fresh it is (鮮度).
    #[graphql(name = "reviewState")]
    async fn review_state_now(&self, ctx: &Context<'_>) -> Term<Freshness> {
        Term(self.review_state(RequestContext::of(ctx).viewer.today()))
    }

    /// Who made it (作成主体).
    async fn issuer(&self) -> &str {
        &self.row.issuer
    }

    /// What to mind before relying on it (注意): show these beside it.
    async fn warnings(&self, ctx: &Context<'_>) -> Result<Vec<LiaisonWarning>> {
        let context = RequestContext::of(ctx);
        let entries = context.load_list(EntriesOf(self.row.id)).await?;
        Ok(self.warned_of(&entries, context.viewer.today()))
    }

    /// What it says of each physician (医師), in the order of the sheet.
    async fn physicians(&self, ctx: &Context<'_>) -> Result<Vec<PhysicianEntry>> {
        let entries = RequestContext::of(ctx).load_list(EntriesOf(self.row.id)).await?;
        Ok(entries.to_vec())
    }

    /// Numbers and addresses of the institution for liaison (連絡先).
    async fn lines(&self) -> Vec<LiaisonLine> {
        self.facts.lines.iter().cloned().map(LiaisonLine::from).collect()
    }

    /// What is not to be sent by fax or mail (FAX・メールで送らないもの).
    async fn transmission_cautions(&self) -> &[String] {
        &self.facts.cautions
    }

    /// What papers cost (文書料).
    async fn document_fee_note(&self) -> Option<&str> {
        self.facts.document_fee.as_deref()
    }

    /// Remarks (備考).
    async fn note(&self) -> Option<&str> {
        self.facts.note.as_deref()
    }

    /// What every reader must know (注意書き), in Japanese. Show it with the sheet.
    async fn disclaimers(&self) -> Vec<&'static str> {
        DISCLAIMERS.to_vec()
    }

    /// Earlier and later versions you may read (版の履歴), the newest first; with this one.
    async fn versions(&self, ctx: &Context<'_>) -> Result<Vec<Self>> {
        let context = RequestContext::of(ctx);
        let versions = context.load_list(VersionsOf(self.row.resource_id)).await?;
        Ok(versions.iter().cloned().map(|sheet: Self| sheet.handed_to(context)).collect())
    }

    /// What the institution agreed to (医療機関の承諾). For ADMIN and the institution.
    async fn consent(&self, ctx: &Context<'_>) -> Option<SheetConsent> {
        let context = RequestContext::of(ctx);
        let permissions = context.viewer.permissions();
        let keeps = policy::keeps(permissions);
        let own =
            keeps.anywhere || context.load(store::Kept(self.row.resource_id)).await.ok().flatten().is_some();
        let consent = own.then(|| SheetConsent {
            method: Term(self.row.consent_method.into()),
            obtained_on: Date(self.row.consented_on),
            withdrawn_on: self.row.consent_withdrawn_on.map(Date),
        });
        opened(ctx, "LiaisonSheet.consent", keeps.exists(), consent)
    }

    /// A link to this version on paper (印刷用リンク): one A4 page for printing and FAX, good for five minutes.
    async fn print_link(&self, ctx: &Context<'_>) -> Option<PrintLink> {
        print::link(RequestContext::of(ctx), self).or_null(ctx)
    }

    /// Which organizations read this version (配布先), beside the institution and the city. For ADMIN and the
    /// institution.
    async fn distribution(&self, ctx: &Context<'_>) -> Option<Vec<DistributionEntry>> {
        distribution::of_sheet(ctx, self.row.id, "LiaisonSheet.distribution").await
    }
}
