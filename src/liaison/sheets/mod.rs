//! Liaison sheets (連携シート): one current version for each institution, older ones kept.

mod object;
pub mod entry;
pub mod filter;
pub mod mutations;
pub mod queries;
pub mod store;
pub mod versions;

use super::facts::{Line, SheetFacts};
use super::terms::ReviewState;
use crate::auth::policy;
use crate::consents::terms::ConsentMethod;
use crate::context::RequestContext;
use crate::database::json;
use crate::error::Nullable;
use crate::id::{NodeId, NodeType};
use crate::restricted::opened;
use crate::scalars::Date;
use crate::terms::Term;
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

impl LiaisonSheet {
    /// The warnings about the sheet, given its entries.
    pub fn warned_of(&self, entries: &[PhysicianEntry], today: NaiveDate) -> Vec<LiaisonWarning> {
        let state = self.review_state(today);
        let mut warnings = Vec::new();
        let review = match state {
            ReviewState::Fresh => None,
            ReviewState::Due => Some("REVIEW_DUE"),
            ReviewState::Stale => Some("REVIEW_OVERDUE"),
        };
        warnings.extend(review.zip(state.warning()).map(|(code, message)| LiaisonWarning { code, message }));
        if !entries.iter().any(|entry| entry.works_there(today)) {
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
    /// How.
    method: Term<ConsentMethod>,
    /// When.
    obtained_on: Date,
    /// When it took it back; null: it holds.
    withdrawn_on: Option<Date>,
}
