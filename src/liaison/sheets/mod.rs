//! Liaison sheets (連携シート): one current version for each institution, older ones kept.

pub mod entry;
pub mod filter;
pub mod mutations;
pub mod queries;
pub mod store;
pub mod versions;

use super::distribution::{self, DistributionEntry};
use super::facts::{Line, SheetFacts};
use super::print::{self, PrintLink};
use super::terms::ReviewState;
use crate::auth::policy;
use crate::consents::terms::ConsentMethod;
use crate::context::RequestContext;
use crate::error::{Error, Nullable, Result};
use crate::id::{NodeId, NodeType};
use crate::medical::MedicalFacility;
use crate::resources::Listed;
use crate::resources::row::Row;
use crate::resources::store::ResourceKey;
use crate::restricted::opened;
use crate::scalars::{Date, DateTime};
use crate::terms::Term;
use async_graphql::{Context, ID, Object, SimpleObject};
use entity::liaison_sheet::Model;
use entry::PhysicianEntry;
use std::sync::Arc;
use store::{EntriesOf, VersionsOf};

/// What stands under every sheet.
pub const DISCLAIMERS: [&str; 4] = [
    "この表は緊急連絡用ではありません。急ぎのときは医療機関へ直接ご連絡ください。",
    "医師の指示を受けるための様式ではありません。",
    "内容は作成時点のものです。変わっていることがあります。",
    "配布先以外への再配布はしないでください。",
];

/// A version of the liaison sheet of an institution, which the viewer has been given.
#[derive(Clone, Debug)]
pub struct LiaisonSheet {
    row: Arc<Model>,
    facts: Arc<SheetFacts>,
}

impl LiaisonSheet {
    /// As stored.
    ///
    /// # Errors
    /// When its facts cannot be read.
    pub fn read(row: Model) -> Result<Self> {
        let facts = serde_json::from_str(&row.facts).map_err(Error::internal)?;
        Ok(Self { row: Arc::new(row), facts: Arc::new(facts) })
    }

    /// Its public id.
    pub fn node_id(&self) -> NodeId {
        NodeId::new(NodeType::LiaisonSheet, self.row.uuid)
    }

    /// Its columns.
    pub fn row(&self) -> &Model {
        &self.row
    }

    /// What it says of the institution.
    pub fn facts(&self) -> &SheetFacts {
        &self.facts
    }

    /// Remembers that it was read, and gives it out.
    pub fn handed_to(self, context: &RequestContext) -> Self {
        context.reads().note(self.node_id().text());
        self
    }

    /// How fresh it is on a day.
    pub fn review_state(&self, today: chrono::NaiveDate) -> ReviewState {
        ReviewState::of(self.row.review_due_on, today)
    }
}

/// A number or address at which an institution is reached about a person (連絡先).
#[derive(Clone, SimpleObject)]
pub struct LiaisonLine {
    /// Which desk it is (窓口名).
    label: Option<String>,
    /// Phone (電話).
    tel: Option<String>,
    /// Extension (内線).
    extension: Option<String>,
    /// Fax (FAX).
    fax: Option<String>,
    /// Mail (メール).
    email: Option<String>,
}

impl From<Line> for LiaisonLine {
    fn from(line: Line) -> Self {
        Self { label: line.label, tel: line.tel, extension: line.ext, fax: line.fax, email: line.email }
    }
}

/// Something to mind before a sheet is relied on (注意).
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct LiaisonWarning {
    /// Stable code: REVIEW_DUE, REVIEW_OVERDUE, NO_CURRENT_PHYSICIAN, REPLACED, CONSENT_WITHDRAWN, NOT_CURRENT.
    pub code: &'static str,
    /// A sentence for people, in Japanese.
    pub message: &'static str,
}

/// A liaison sheet (連携シート): how each physician of an institution wants to be consulted. For care
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

    /// When a newer version took its place; null: it holds.
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
    async fn review_state_now(&self) -> Term<ReviewState> {
        Term(self.review_state(japan::clock::today()))
    }

    /// Who made it (作成主体).
    async fn issuer(&self) -> &str {
        &self.row.issuer
    }

    /// What to mind before relying on it (注意): show these beside it.
    async fn warnings(&self, ctx: &Context<'_>) -> Result<Vec<LiaisonWarning>> {
        let entries = RequestContext::of(ctx).load_list(EntriesOf(self.row.id)).await?;
        Ok(self.warned_of(&entries))
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
        let sight = context.viewer.sight();
        let keeps = policy::keeps(sight);
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
        print::link(RequestContext::of(ctx), self).map(Some).nullable(ctx)
    }

    /// Which organizations read this version (配布先), beside the institution and the city. For ADMIN and the
    /// institution.
    async fn distribution(&self, ctx: &Context<'_>) -> Option<Vec<DistributionEntry>> {
        distribution::of_sheet(ctx, self.row.id, "LiaisonSheet.distribution").await
    }
}

impl LiaisonSheet {
    /// What to mind, with what it says of physicians.
    pub fn warned_of(&self, entries: &[PhysicianEntry]) -> Vec<LiaisonWarning> {
        let state = self.review_state(japan::clock::today());
        let mut warnings = Vec::new();
        let review = match state {
            ReviewState::Fresh => None,
            ReviewState::Due => Some("REVIEW_DUE"),
            ReviewState::Stale => Some("REVIEW_OVERDUE"),
        };
        warnings.extend(review.zip(state.warning()).map(|(code, message)| LiaisonWarning { code, message }));
        if !entries.iter().any(PhysicianEntry::works_there) {
            let message = "このシートの医師は、現在この医療機関に在籍していません。";
            warnings.push(LiaisonWarning { code: "NO_CURRENT_PHYSICIAN", message });
        }
        if self.row.replaced_at.is_some() {
            let message = "新しい版があります。これは以前の版です。";
            warnings.push(LiaisonWarning { code: "REPLACED", message });
        }
        if self.row.consent_withdrawn_on.is_some() {
            let message = "医療機関の承諾が取り下げられています。配布先には表示されません。";
            warnings.push(LiaisonWarning { code: "CONSENT_WITHDRAWN", message });
        }
        warnings
    }
}

/// The current sheet of an institution, for the field of this name.
pub async fn of_institution(
    ctx: &Context<'_>,
    resource_id: i64,
    field: &'static str,
) -> Option<LiaisonSheet> {
    let context = RequestContext::of(ctx);
    let ever = policy::sheets(context.viewer.sight()).exists();
    let sheet = match ever {
        true => context.load(store::SheetOf(resource_id)).await.nullable(ctx),
        false => None,
    };
    opened(ctx, field, ever, sheet.map(|sheet| sheet.handed_to(context)))
}

/// What an institution agreed to (医療機関の承諾).
#[derive(SimpleObject)]
pub struct SheetConsent {
    /// How.
    method: Term<ConsentMethod>,
    /// When.
    obtained_on: Date,
    /// When it took it back; null: it holds.
    withdrawn_on: Option<Date>,
}
