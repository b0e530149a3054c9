//! Liaison sheets (連携シート): one current version for each institution, older ones kept.

mod object;
pub mod entry;
pub mod entry_store;
pub mod filter;
pub mod mutations;
pub mod queries;
pub mod select;
pub mod store;
pub mod versions;

use super::facts::{Line, SheetFacts};
use crate::auth::policy;
use crate::consents::terms::ConsentMethod;
use crate::context::RequestContext;
use crate::database::json;
use crate::error::Nullable;
use crate::id::{NodeId, NodeType};
use crate::resources::freshness::Freshness;
use crate::restricted::opened;
use crate::scalars::Date;
use crate::terms::{Term, labelled};
use async_graphql::{Context, SimpleObject};
use chrono::NaiveDate;
use entity::liaison_sheet::Model;
use entry::PhysicianEntry;
use sea_orm::DbErr;
use std::sync::Arc;

/// The disclaimers under every sheet.
pub const DISCLAIMERS: [&str; 4] = [
    "この表は緊急連絡用ではありません。急ぎのときは医療機関へ直接ご連絡ください。",
    "医師の指示を受けるための様式ではありません。",
    "内容は作成時点のものです。変わっていることがあります。",
    "配布先以外への再配布はしないでください。",
];

/// A version of the liaison sheet of an institution, within the viewer's scope.
#[derive(Clone, Debug)]
pub struct LiaisonSheet {
    row: Arc<Model>,
    facts: Arc<SheetFacts>,
}

impl LiaisonSheet {
    /// A sheet from its row.
    ///
    /// # Errors
    /// When its facts cannot be read.
    pub fn read(row: Model) -> std::result::Result<Self, DbErr> {
        let facts = json::read(&row.facts, "liaison_sheet", row.uuid)?;
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

    /// Its facts about the institution.
    pub fn facts(&self) -> &SheetFacts {
        &self.facts
    }

    /// Notes it as read for the audit and returns it.
    pub fn handed_to(self, context: &RequestContext) -> Self {
        context.reads().note(self.node_id());
        self
    }

    /// How fresh it is on a day.
    pub fn review_state(&self, today: chrono::NaiveDate) -> Freshness {
        Freshness::of_review(self.row.review_due_on, today)
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

labelled! {
    /// What a warning is about (注意の種類).
    LiaisonWarningCode {
        /// Its review is due (見直しの期限切れ).
        ReviewDue = ("見直しの期限切れ", "みなおしのきげんぎれ", "新しいか 確かめて ください", "Review due"),
        /// Its review is overdue by three months or more (長く未確認).
        ReviewOverdue = ("長く未確認", "ながくみかくにん", "古いかも しれない", "Review overdue"),
        /// None of its physicians works there today (在籍する医師なし).
        NoCurrentPhysician = ("在籍する医師なし", "ざいせきするいしなし", "この 医者は もう いない", "No current physician"),
        /// There is a newer version (以前の版).
        Replaced = ("以前の版", "いぜんのはん", "新しい ものが ある", "Replaced"),
        /// The institution withdrew its consent (承諾の取下げ).
        ConsentWithdrawn = ("承諾の取下げ", "しょうだくのとりさげ", "「見せないで」と 言った", "Consent withdrawn"),
        /// The desk or its person is not valid today (現在は無効).
        NotCurrent = ("現在は無効", "げんざいはむこう", "今は ちがう", "Not current"),
    }
}

/// Something to mind before a sheet is relied on (注意).
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct LiaisonWarning {
    /// What it is about (注意の種類).
    pub code: Term<LiaisonWarningCode>,
    /// A sentence for people, in Japanese (注意の文).
    pub message: &'static str,
}

impl LiaisonWarning {
    /// The warning about a review that is due or overdue.
    pub fn of_review(state: Freshness) -> Option<Self> {
        let code = match state {
            Freshness::Fresh | Freshness::Unknown => return None,
            Freshness::Due => LiaisonWarningCode::ReviewDue,
            Freshness::Stale => LiaisonWarningCode::ReviewOverdue,
        };
        Some(Self { code: Term(code), message: state.warning()? })
    }
}

impl LiaisonSheet {
    /// The warnings about the sheet, given its entries.
    pub fn warned_of(&self, entries: &[PhysicianEntry], today: NaiveDate) -> Vec<LiaisonWarning> {
        let mut warnings = Vec::from_iter(LiaisonWarning::of_review(self.review_state(today)));
        if !entries.iter().any(|entry| entry.works_there(today)) {
            let message = "このシートの医師は、現在この医療機関に在籍していません。";
            warnings.push(LiaisonWarning { code: Term(LiaisonWarningCode::NoCurrentPhysician), message });
        }
        if self.row.replaced_at.is_some() {
            let message = "新しい版があります。これは以前の版です。";
            warnings.push(LiaisonWarning { code: Term(LiaisonWarningCode::Replaced), message });
        }
        if self.row.consent_withdrawn_on.is_some() {
            let message = "医療機関の承諾が取り下げられています。配布先には表示されません。";
            warnings.push(LiaisonWarning { code: Term(LiaisonWarningCode::ConsentWithdrawn), message });
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
    let ever = policy::sheets(context.viewer.permissions()).exists();
    let sheet = match ever {
        true => context.load(store::SheetOf(resource_id)).await.nullable(ctx),
        false => None,
    };
    opened(ctx, field, ever, sheet.map(|sheet| sheet.handed_to(context)))
}

/// What an institution agreed to (医療機関の承諾).
#[derive(SimpleObject)]
pub struct SheetConsent {
    /// How (同意の方法).
    method: Term<ConsentMethod>,
    /// When (同意日).
    obtained_on: Date,
    /// When it took it back (撤回日); null: it holds.
    withdrawn_on: Option<Date>,
}
