//! Schedules of resources in the graph. The computing is done in the crate `hours`.

mod object;
pub mod queries;
pub mod store;
pub mod weekly;

use crate::database::json;
use crate::error::{Error, Result};
use crate::scalars::DateTime;
use crate::terms::{Term, labelled};
use async_graphql::SimpleObject;
use chrono::{Datelike, NaiveDate};
use entity::schedule;
use hours::occurrences::{self, LONGEST};
use hours::open::{self, Openness};
use hours::recurrence::HolidayPolicy as StoredPolicy;
use hours::timetable::Timetable;
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::ReadyRule;

labelled! {
    /// What happens when the day is a public holiday (祝日の扱い).
    HolidayPolicy {
        /// As on any other day (祝日も開催).
        Held = ("祝日も開催", "しゅくじつもかいさい", "祝日も ある", "Held on public holidays"),
        /// Not held (祝日は休み).
        Cancelled = ("祝日は休み", "しゅくじつはやすみ", "祝日は ない", "Closed on public holidays"),
        /// Held on another day of the month instead (別の日に変更).
        Moved = ("祝日は別の日に変更", "しゅくじつはべつのひにへんこう", "祝日は ほかの 日に する", "Moved on public holidays"),
        /// Public holidays have hours of their own (祝日の時間あり).
        OwnHours = ("祝日の時間あり", "しゅくじつのじかんあり", "祝日は 時間が ちがう", "Own hours on public holidays"),
        /// Nobody has recorded it (不明).
        Unknown = ("不明", "ふめい", "わからない", "Unknown"),
    }

    /// In which Japanese a text is written (文体).
    TextStyle {
        /// As a leaflet prints it (標準).
        Standard = ("標準", "ひょうじゅん", "ふつうの 日本語", "Standard"),
        /// Easy Japanese (やさしい日本語).
        Easy = ("やさしい日本語", "やさしいにほんご", "やさしい 日本語", "Easy Japanese"),
    }

    /// Whether one may come (開いているか).
    OpenStatus {
        /// Surely open (開いています).
        Open = ("開いています", "あいています", "あいて います", "Open"),
        /// Closed (閉まっています).
        Closed = ("閉まっています", "しまっています", "しまって います", "Closed"),
        /// Nobody can be sure: call first (要確認).
        Unknown = ("要確認", "ようかくにん", "わかりません。聞いて ください", "To be confirmed"),
    }

    /// How sure a date is (予定の確かさ).
    OccurrenceStatus {
        /// As planned (予定).
        Planned = ("予定", "よてい", "ある 予定", "Planned"),
        /// A public holiday or the turn of the year, and nobody has said what happens then (祝日のため要確認).
        HolidayUnconfirmed = ("祝日のため要確認", "しゅくじつのためようかくにん", "祝日なので わからない", "Public holiday, to be confirmed"),
        /// Called off (中止).
        Cancelled = ("中止", "ちゅうし", "ない（中止）", "Cancelled"),
    }
}

impl HolidayPolicy {
    /// The value of a stored policy.
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
    /// From its row and its rule.
    ///
    /// # Errors
    /// When the venues cannot be read.
    pub fn read(row: schedule::Model, ready: Arc<ReadyRule>) -> std::result::Result<Self, DbErr> {
        let venues = row.venues.map(|text| json::read(&text, "schedule", row.id)).transpose()?;
        let venues = venues.unwrap_or_default();
        Ok(Self { id: row.id, label: row.label, raw_text: row.raw_text, venues, ready })
    }

    /// The timetable that computes states and dates.
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
    /// A schedule of a resource.
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

/// Refuses periods that end before they begin or have more than `LONGEST` days.
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
    /// An occurrence of a schedule.
    pub fn new(what: occurrences::Occurrence, schedule: Schedule) -> Self {
        Self { what, schedule }
    }
}

/// Whether one may come at an instant (開いているか).
#[derive(Clone, Debug, SimpleObject)]
pub struct OpenState {
    /// Open, closed or unknown (開いているか).
    state: Term<OpenStatus>,
    /// Why, in Japanese: 冬期休止, 祝日, 要予約, 時間の情報なし.
    reason: Option<String>,
    /// When this state ends, where that is known within 400 days (いつまで). What follows may be UNKNOWN: only `nextOpen` is a sure
    /// opening.
    until: Option<DateTime>,
    /// The next sure opening that is still to come (次に開く日時).
    next_open: Option<TimeWindow>,
}

/// From when to when.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct TimeWindow {
    /// Beginning (開始).
    pub start: DateTime,
    /// End (終了).
    pub end: DateTime,
}

impl From<open::Window> for TimeWindow {
    fn from(window: open::Window) -> Self {
        Self { start: DateTime(window.start), end: DateTime(window.end) }
    }
}

impl From<open::OpenState> for OpenState {
    fn from(found: open::OpenState) -> Self {
        Self {
            state: Term(match found.state {
                Openness::Open => OpenStatus::Open,
                Openness::Closed => OpenStatus::Closed,
                Openness::Unknown => OpenStatus::Unknown,
            }),
            reason: found.reason.map(|reason| reason.sentence().into_owned()),
            until: found.until.map(DateTime),
            next_open: found.next_open.map(TimeWindow::from),
        }
    }
}
