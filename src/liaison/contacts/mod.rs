//! Desks that care professionals turn to (平時の連絡窓口・退院調整担当者), each with an audience of its own.

mod object;
pub mod filter;
pub mod queries;
pub mod select;
pub mod store;

use super::facts::{ContactFacts, StandIn};
use super::review_due;
use super::sheets::{LiaisonWarning, LiaisonWarningCode};
use crate::context::RequestContext;
use crate::database::json;
use crate::error::Result;
use crate::id::{NodeId, NodeType};
use crate::resources::freshness::Freshness;
use crate::terms::Term;
use async_graphql::Context;
use chrono::NaiveDate;
use entity::enums;
use entity::liaison_contact::Model;
use sea_orm::DbErr;
use std::sync::Arc;
use store::{LiaisonContactKey, LiaisonContactsOf};

/// A desk of professionals within the viewer's scope.
#[derive(Clone, Debug)]
pub struct LiaisonContact {
    row: Arc<Model>,
    facts: Arc<ContactFacts>,
}

impl LiaisonContact {
    /// A desk from its row, without the name of the person: `PersonNameOf` loads it for viewers who may read
    /// it.
    ///
    /// # Errors
    /// When its facts cannot be read.
    pub fn read(row: Model) -> std::result::Result<Self, DbErr> {
        let mut facts: ContactFacts = json::read(&row.facts, "liaison_contact", row.uuid)?;
        facts.person_name = None;
        let row = Model { facts: String::new(), ..row };
        Ok(Self { row: Arc::new(row), facts: Arc::new(facts) })
    }

    /// Its public id.
    pub fn node_id(&self) -> NodeId {
        NodeId::new(NodeType::LiaisonContact, self.row.uuid)
    }

    /// Its columns.
    pub fn row(&self) -> &Model {
        &self.row
    }

    /// Its facts, without the name of the person.
    pub fn facts(&self) -> &ContactFacts {
        &self.facts
    }

    /// Whether it is valid on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.row.valid_from.is_none_or(|from| from <= day) && self.row.valid_to.is_none_or(|to| day <= to)
    }

    /// Notes it as read for the audit, unless it is public, and returns it.
    pub fn handed_to(self, context: &RequestContext) -> Self {
        if self.row.audience != enums::Audience::Public {
            context.reads().note(self.node_id());
        }
        self
    }

    fn review_state_on(&self, today: NaiveDate) -> Freshness {
        Freshness::of_review(review_due(self.row.as_of), today)
    }
}

impl LiaisonContact {
    /// The warnings about the desk.
    pub fn warned(&self, today: NaiveDate) -> Vec<LiaisonWarning> {
        let mut warnings = Vec::new();
        if !self.holds_on(today) {
            let message = "この窓口・担当者は現在有効ではありません。今の担当を確かめてください。";
            warnings.push(LiaisonWarning { code: Term(LiaisonWarningCode::NotCurrent), message });
        }
        warnings.extend(LiaisonWarning::of_review(self.review_state_on(today)));
        warnings
    }
}

/// The stand-in while a physician or desk cannot be reached.
pub struct LiaisonStandIn {
    contact: Option<LiaisonContactKey>,
    text: Option<String>,
}

impl From<StandIn> for LiaisonStandIn {
    fn from(said: StandIn) -> Self {
        Self { contact: said.contact.map(LiaisonContactKey), text: said.text }
    }
}

/// The desks of a facility that hold today, for its field `liaisonContacts`.
///
/// # Errors
/// When they cannot be read.
pub async fn of_facility(ctx: &Context<'_>, resource_id: i64) -> Result<Vec<LiaisonContact>> {
    let context = RequestContext::of(ctx);
    let contacts = context.load_list(LiaisonContactsOf(resource_id)).await?;
    Ok(contacts.iter().cloned().map(|contact: LiaisonContact| contact.handed_to(context)).collect())
}
