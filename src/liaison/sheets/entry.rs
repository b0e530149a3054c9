//! Entries of sheets: one physician at the institution of the sheet.

use super::LiaisonSheet;
use super::store::SheetsNaming;
use crate::context::RequestContext;
use crate::database::json;
use crate::error::Result;
use crate::id::{NodeId, NodeType};
use crate::liaison::contacts::LiaisonStandIn;
use crate::liaison::facts::EntryFacts;
use crate::liaison::times::{
    Answerer, Appointment, AvoidedChannel, ConferenceAnswer, ContactTime, OfferAnswer, PreferredChannel,
    ranked, shown,
};
use crate::medical::Department;
use crate::scalars::Date;
use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::NaiveDate;
use sea_orm::DbErr;
use std::sync::Arc;
use uuid::Uuid;

/// What a sheet says of one physician.
#[derive(Clone, Debug)]
pub struct PhysicianEntry {
    stored: Arc<Stored>,
}

/// An entry as loaded from the database.
#[derive(Debug)]
pub struct Stored {
    /// Internal key, `liaison_entry.id`.
    pub id: i64,
    /// Public id, `liaison_entry.uuid`.
    pub uuid: Uuid,
    /// Internal key of the sheet, `liaison_sheet.id`.
    pub sheet_id: i64,
    /// `affiliation.uuid`: the same in all versions of the sheet.
    pub affiliation_uuid: Uuid,
    /// First day in Asia/Tokyo on which the physician no longer works there; `None`: still there.
    pub ended_on: Option<NaiveDate>,
    /// The physician (医師).
    pub physician: Physician,
    /// What the sheet says of the physician.
    pub facts: EntryFacts,
}

/// A physician (医師・主治医・訪問診療医). One physician may work at several institutions, with preferences of their own at each.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
#[graphql(complex)]
pub struct Physician {
    /// Public id, `physician.uuid`.
    #[graphql(skip)]
    pub uuid: Uuid,
    /// The code by which the yearly questionnaire names them (医師コード).
    pub code: String,
    /// Name (氏名).
    pub name: String,
    /// Reading (フリガナ).
    pub name_kana: Option<String>,
}

impl From<entity::physician::Model> for Physician {
    fn from(row: entity::physician::Model) -> Self {
        Self { uuid: row.uuid, code: row.code, name: row.name, name_kana: row.name_kana }
    }
}

impl Physician {
    /// Its public id.
    pub fn node_id(&self) -> NodeId {
        NodeId::new(NodeType::Physician, self.uuid)
    }

    /// Notes it as read for the audit and returns it.
    pub fn handed_to(self, context: &RequestContext) -> Self {
        context.reads().note(self.node_id());
        self
    }
}

#[async_graphql::ComplexObject]
impl Physician {
    /// Opaque id: the same at every institution the physician works at.
    pub async fn id(&self) -> ID {
        self.node_id().into()
    }

    /// The sheets that hold now, that name the physician and that you may read (掲載シート): one for each institution.
    async fn sheets(&self, ctx: &Context<'_>) -> Result<Vec<LiaisonSheet>> {
        let context = RequestContext::of(ctx);
        let sheets = context.load_list(SheetsNaming(self.uuid)).await?;
        Ok(sheets.iter().cloned().map(|sheet: LiaisonSheet| sheet.handed_to(context)).collect())
    }
}

impl PhysicianEntry {
    /// An entry from its rows.
    ///
    /// # Errors
    /// When its facts cannot be read.
    pub fn read(
        entry: entity::liaison_entry::Model,
        affiliation: entity::affiliation::Model,
        physician: entity::physician::Model,
    ) -> std::result::Result<Self, DbErr> {
        let facts = json::read(&entry.facts, "liaison_entry", entry.uuid)?;
        let stored = Stored {
            id: entry.id,
            uuid: entry.uuid,
            sheet_id: entry.sheet_id,
            affiliation_uuid: affiliation.uuid,
            ended_on: affiliation.ended_on,
            physician: physician.into(),
            facts,
        };
        Ok(Self { stored: Arc::new(stored) })
    }

    /// Its public id.
    pub fn node_id(&self) -> NodeId {
        NodeId::new(NodeType::PhysicianEntry, self.stored.uuid)
    }

    /// The loaded entry.
    pub fn stored(&self) -> &Stored {
        &self.stored
    }

    /// Whether the physician still works at the institution on a day.
    pub fn works_there(&self, today: NaiveDate) -> bool {
        self.stored.ended_on.is_none_or(|ended| today < ended)
    }
}

/// What a sheet says of one physician (医師ごとの記載): the channels in their order, when, when not, and what
/// they take part in.
#[Object]
impl PhysicianEntry {
    /// Opaque id of what this version says.
    pub async fn id(&self) -> ID {
        self.node_id().into()
    }

    /// Who it is about (医師).
    async fn physician(&self) -> &Physician {
        &self.stored.physician
    }

    /// Whether the physician still works there (在籍).
    async fn is_current(&self, ctx: &Context<'_>) -> bool {
        self.works_there(RequestContext::of(ctx).viewer.today())
    }

    /// The first day on which they no longer work there (退職・異動日); null: they do.
    async fn ended_on(&self) -> Option<Date> {
        self.stored.ended_on.map(Date)
    }

    /// Departments (診療科).
    async fn departments(&self) -> Vec<Department> {
        let departments = self.stored.facts.departments.iter().cloned();
        departments.map(|d| Department { code: d.code, name: d.name }).collect()
    }

    /// Position (役職).
    async fn title(&self) -> Option<&str> {
        self.stored.facts.title.as_deref()
    }

    /// When the physician is there (勤務曜日); none: not said.
    async fn attendance(&self) -> Vec<ContactTime> {
        shown(&self.stored.facts.attendance)
    }

    /// How they want to be turned to (望ましい連絡手段), in their order.
    async fn channels(&self) -> Vec<PreferredChannel> {
        ranked(&self.stored.facts.channels, &self.stored.facts.times)
    }

    /// How they do not want to be turned to (避けてほしい手段).
    async fn avoided_channels(&self) -> Vec<AvoidedChannel> {
        self.stored.facts.avoid_channels.iter().cloned().map(AvoidedChannel::from).collect()
    }

    /// When (相談しやすい時間), for channels without times of their own. It may lie in a lunch break or on a
    /// closed afternoon.
    async fn times(&self) -> Vec<ContactTime> {
        shown(&self.stored.facts.times)
    }

    /// When not (避けてほしい時間): it wins over every other time.
    async fn avoid_times(&self) -> Vec<ContactTime> {
        shown(&self.stored.facts.avoid)
    }

    /// Whether an appointment is wanted (予約の要否); null: not said.
    async fn appointment(&self) -> Option<Appointment> {
        self.stored.facts.appointment.clone().map(Appointment::from)
    }

    /// Who answers (窓口になる人); null: not said.
    async fn answered_by(&self) -> Option<Answerer> {
        self.stored.facts.answered_by.clone().map(Answerer::from)
    }

    /// Whether they attend conferences on a person's services (サービス担当者会議).
    async fn care_conference(&self) -> ConferenceAnswer {
        self.stored.facts.care_conference.clone().into()
    }

    /// Whether they attend conferences before a discharge (退院前カンファレンス).
    async fn discharge_conference(&self) -> ConferenceAnswer {
        self.stored.facts.discharge_conference.clone().into()
    }

    /// Whom to ask for their opinion in writing, and how (主治医意見書).
    async fn opinion_letter(&self) -> Option<&str> {
        self.stored.facts.opinion_letter.as_deref()
    }

    /// House calls when asked for (往診).
    async fn house_call(&self) -> OfferAnswer {
        self.stored.facts.house_call.clone().into()
    }

    /// Regular visits at home (訪問診療).
    async fn home_visit(&self) -> OfferAnswer {
        self.stored.facts.home_visit.clone().into()
    }

    /// Care at the end of life at home (看取り).
    async fn end_of_life(&self) -> OfferAnswer {
        self.stored.facts.end_of_life.clone().into()
    }

    /// Whom to turn to while they cannot be reached (不在時の窓口); null: not said.
    async fn stand_in(&self) -> Option<LiaisonStandIn> {
        self.stored.facts.stand_in.clone().map(LiaisonStandIn::from)
    }

    /// Remarks (備考).
    async fn note(&self) -> Option<&str> {
        self.stored.facts.note.as_deref()
    }
}
