//! When resources are open or meet, as the graph answers it. What is computed is computed in `hours`.

pub mod queries;
pub mod store;

use crate::context::RequestContext;
use crate::error::{Error, Result};
use crate::graph::Resource;
use crate::resources::Listed;
use crate::resources::location::Location;
use crate::resources::row::Row;
use crate::resources::store::ResourceKey;
use crate::scalars::{Date, DateTime, LocalTime, OpeningHours};
use crate::terms::{Term, labelled};
use async_graphql::{Context, Object, SimpleObject};
use chrono::{Datelike, NaiveDate};
use hours::occurrences::{self, LONGEST};
use hours::open::{self, Openness};
use hours::recurrence::HolidayPolicy as StoredPolicy;
use hours::timetable::{Status, Timetable};
use hours::words::{self, Style, Voice};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::ReadyRule;

labelled! {
    /// What happens when the day is a public holiday (祝日の扱い).
    HolidayPolicy {
        /// As on any other day (祝日も開催).
        Held = "祝日も開催",
        /// Not held (祝日は休み).
        Cancelled = "祝日は休み",
        /// Held on another day of the month instead (別の日に変更).
        Moved = "祝日は別の日に変更",
        /// Public holidays have hours of their own (祝日の時間あり).
        OwnHours = "祝日の時間あり",
        /// Nobody has recorded it (不明).
        Unknown = "不明",
    }

    /// In which Japanese a text is written (文体).
    TextStyle {
        /// As a leaflet prints it (標準).
        Standard = "標準",
        /// Easy Japanese (やさしい日本語).
        Easy = "やさしい日本語",
    }

    /// Whether one may come (開いているか).
    OpenStatus {
        /// Surely open (開いています).
        Open = "開いています",
        /// Closed (閉まっています).
        Closed = "閉まっています",
        /// Nobody can be sure: call first (要確認).
        Unknown = "要確認",
    }

    /// How sure a date is (予定の確かさ).
    OccurrenceStatus {
        /// As planned (予定).
        Planned = "予定",
        /// A public holiday or the turn of the year, and nobody has said what happens then (祝日のため要確認).
        HolidayUnconfirmed = "祝日のため要確認",
        /// Called off (中止).
        Cancelled = "中止",
    }
}

impl HolidayPolicy {
    /// The word for a stored policy.
    pub fn of(stored: &StoredPolicy) -> Self {
        match stored {
            StoredPolicy::Held => Self::Held,
            StoredPolicy::Cancelled => Self::Cancelled,
            StoredPolicy::Moved(_) => Self::Moved,
            StoredPolicy::OwnHours(_) => Self::OwnHours,
            StoredPolicy::Unknown => Self::Unknown,
        }
    }
}

/// Where it is held in some months, when venues take turns (会場の交代).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthlyVenue {
    /// 1 to 12.
    pub months: Vec<u32>,
    /// Name of the hall.
    pub name: String,
    /// Its address.
    pub address: Option<String>,
}

/// A schedule as loaded.
#[derive(Clone)]
pub struct StoredSchedule {
    id: i64,
    label: Option<String>,
    raw_text: Option<String>,
    venues: Vec<MonthlyVenue>,
    ready: Arc<ReadyRule>,
}

impl StoredSchedule {
    /// From its columns. Venues that cannot be read are left out: the place of the resource stands for them.
    pub fn new(
        id: i64,
        label: Option<String>,
        raw_text: Option<String>,
        venues: Option<&str>,
        ready: Arc<ReadyRule>,
    ) -> Self {
        let venues = venues.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        Self { id, label, raw_text, venues, ready }
    }

    /// What answers questions.
    pub fn timetable(&self) -> &Timetable {
        &self.ready.timetable
    }

    /// Internal key.
    pub fn id(&self) -> i64 {
        self.id
    }

    fn venue_on(&self, date: NaiveDate) -> Option<&MonthlyVenue> {
        self.venues.iter().find(|venue| venue.months.contains(&date.month()))
    }
}

/// When a resource is open or meets.
#[derive(Clone)]
pub struct Schedule {
    resource_id: i64,
    stored: StoredSchedule,
}

impl Schedule {
    /// Of a resource.
    pub fn new(resource_id: i64, stored: StoredSchedule) -> Self {
        Self { resource_id, stored }
    }

    fn occurrences_between(&self, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = Occurrence> + '_ {
        occurrences::occurrences(&self.stored.ready.timetable, from, to).map(|what| {
            let schedule = self.clone();
            Occurrence { what, schedule }
        })
    }
}

/// When something is open or meets (開催日時・営業時間).
#[Object]
impl Schedule {
    /// Which part of it, `昼の部`, `内科`.
    async fn label(&self) -> Option<&str> {
        self.stored.label.as_deref()
    }

    /// The regular rule for programs, without holidays; null when the grammar cannot say it (隔週, 不定期).
    async fn opening_hours(&self) -> Option<OpeningHours> {
        self.stored.ready.rule.opening_hours().cloned().map(OpeningHours)
    }

    /// What happens on public holidays (祝日の扱い).
    async fn holiday_policy(&self) -> Term<HolidayPolicy> {
        Term(HolidayPolicy::of(&self.stored.ready.rule.holidays))
    }

    /// The schedule in Japanese (表示文): 「毎月第2・第4木曜 10:00〜11:30（祝日は休み）」. Of one that cannot be
    /// computed, the words of the source.
    async fn text(
        &self,
        #[graphql(desc = "Standard or easy Japanese.", default_with = "TextStyle::Standard")]
        style: TextStyle,
    ) -> String {
        let rule = &self.stored.ready.rule;
        if let Some(raw) = self.stored.raw_text.as_ref().filter(|_| rule.uncomputable().is_some()) {
            return raw.clone();
        }
        let style = match style {
            TextStyle::Standard => Style::Standard(Voice::Place),
            TextStyle::Easy => Style::Easy,
        };
        words::text(rule, style)
    }

    /// What the source says (原文).
    async fn raw_text(&self) -> Option<&str> {
        self.stored.raw_text.as_deref()
    }

    /// Whether its dates can be computed (日付計算可否). Irregular ones cannot: ask.
    async fn computable(&self) -> bool {
        self.stored.ready.rule.uncomputable().is_none()
    }

    /// Why its dates cannot be computed, in Japanese; null when they can.
    async fn uncomputable_reason(&self) -> Option<String> {
        self.stored.ready.rule.uncomputable().map(|why| why.sentence().into_owned())
    }

    /// The dates of a period (予定日), both ends included, at most 400 days. Never invented: none when it
    /// cannot be computed.
    async fn occurrences(
        &self,
        #[graphql(desc = "First day.")] from: Date,
        #[graphql(desc = "Last day.")] to: Date,
    ) -> Result<Vec<Occurrence>> {
        check_period(from.0, to.0)?;
        Ok(self.occurrences_between(from.0, to.0).collect())
    }
}

/// Refuses periods that end before they begin or are longer than anybody plans.
fn check_period(from: NaiveDate, to: NaiveDate) -> Result<()> {
    if to < from {
        return Err(Error::invalid("to", "`to` lies before `from`."));
    }
    if (to - from).num_days() >= LONGEST as i64 {
        return Err(Error::invalid("to", format!("A period may have at most {LONGEST} days.")));
    }
    Ok(())
}

/// One meeting on one day.
#[derive(Clone)]
pub struct Occurrence {
    what: occurrences::Occurrence,
    schedule: Schedule,
}

impl Occurrence {
    /// Of a schedule.
    pub fn new(what: occurrences::Occurrence, schedule: Schedule) -> Self {
        Self { what, schedule }
    }
}

/// One meeting on one day (予定日).
#[Object]
impl Occurrence {
    /// The day on which it starts (日付).
    async fn date(&self) -> Date {
        Date(self.what.date)
    }

    /// From when; null: the time is not known.
    async fn start(&self) -> Option<LocalTime> {
        self.what.start.map(LocalTime)
    }

    /// Until when; null: not known. At or before `start` it lies on the following day.
    async fn end(&self) -> Option<LocalTime> {
        self.what.end.map(LocalTime)
    }

    /// The times are approximate (頃).
    async fn approximate(&self) -> bool {
        self.what.approximate
    }

    /// Name of the hall, when venues take turns (会場).
    async fn venue(&self) -> Option<&str> {
        self.schedule.stored.venue_on(self.what.date).map(|venue| venue.name.as_str())
    }

    /// Where it is held on this day.
    async fn location(&self, ctx: &Context<'_>) -> Result<Location> {
        let resource = self.loaded(ctx).await?;
        let own = resource.row().location.clone();
        let address = self.schedule.stored.venue_on(self.what.date).and_then(|venue| venue.address.clone());
        Ok(match address {
            Some(_) => own.moved_to(address),
            None => own,
        })
    }

    /// How sure it is.
    async fn status(&self) -> Term<OccurrenceStatus> {
        Term(match self.what.status {
            Status::Planned => OccurrenceStatus::Planned,
            Status::HolidayUnconfirmed | Status::OnlyIfHoliday => OccurrenceStatus::HolidayUnconfirmed,
            Status::Cancelled => OccurrenceStatus::Cancelled,
        })
    }

    /// Why it is not simply planned, in Japanese.
    async fn reason(&self) -> Option<String> {
        self.what.reason.as_ref().map(|reason| reason.sentence().into_owned())
    }

    /// What meets.
    async fn resource(&self, ctx: &Context<'_>) -> Result<Resource> {
        self.loaded(ctx).await
    }

    /// The schedule it follows.
    async fn schedule(&self) -> &Schedule {
        &self.schedule
    }
}

impl Occurrence {
    async fn loaded(&self, ctx: &Context<'_>) -> Result<Resource> {
        let found = RequestContext::of(ctx).load(ResourceKey(self.schedule.resource_id)).await?;
        found
            .and_then(|row| Resource::from_row(Row::clone(&row)))
            .ok_or_else(|| Error::internal("a schedule without its resource"))
    }
}

/// Whether one may come at an instant (開いているか).
#[derive(Clone, Debug, SimpleObject)]
pub struct OpenState {
    /// Open, closed or unknown.
    state: Term<OpenStatus>,
    /// Why, in Japanese: 冬期休止, 祝日, 要予約, 時間の情報なし.
    reason: Option<String>,
    /// When this state ends, where that is known within 400 days.
    until: Option<DateTime>,
    /// The next sure opening that is still to come.
    next_open: Option<TimeWindow>,
}

/// From when to when.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct TimeWindow {
    /// Beginning.
    pub start: DateTime,
    /// End.
    pub end: DateTime,
}

impl From<open::OpenState> for OpenState {
    fn from(found: open::OpenState) -> Self {
        let window =
            |window: open::Window| TimeWindow { start: DateTime(window.start), end: DateTime(window.end) };
        Self {
            state: Term(match found.state {
                Openness::Open => OpenStatus::Open,
                Openness::Closed => OpenStatus::Closed,
                Openness::Unknown => OpenStatus::Unknown,
            }),
            reason: found.reason.map(|reason| reason.sentence().into_owned()),
            until: found.until.map(DateTime),
            next_open: found.next_open.map(window),
        }
    }
}
