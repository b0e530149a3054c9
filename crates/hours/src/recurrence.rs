//! Recurrences in the terms of leaflets: filled in by people, or read from prose.
//!
//! A `Recurrence` only describes; `compile` turns it into the stored `Schedule`.

use chrono::{NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

/// How often (頻度).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Frequency {
    /// On the dates given (単発・日付指定).
    Dates,
    /// Every day (毎日).
    Daily,
    /// Every week on the weekdays given (毎週).
    Weekly,
    /// Every other week on the weekdays given, counted from the anchor (隔週).
    Biweekly,
    /// On the n-th or last weekday of the month (毎月第N曜日).
    MonthlyNth,
    /// On days of the month (毎月N日).
    MonthlyDay,
    /// A number of times a month without the days (月N回).
    TimesPerMonth,
    /// A number of times a year without the days (年N回).
    TimesPerYear,
    /// Irregular (不定期).
    Irregular,
    /// On request or by appointment (随時・要予約).
    OnRequest,
    /// Not stated (未確認).
    Unknown,
}

/// One session of a day. An end at or before the start lies on the following day.
/// Both `None`: the times are unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Session {
    /// Time of day in Japan; `None`: not known.
    pub start: Option<NaiveTime>,
    /// `None`: open end (10:00〜). `24:00` is written as 00:00.
    pub end: Option<NaiveTime>,
    /// Whether the source calls the times approximate (頃・くらい).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub approximate: bool,
}

/// A weekday of a month: its n-th occurrence (not that of the n-th calendar week), or the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NthWeekday {
    /// Occurrence of the weekday within the month.
    pub nth: Nth,
    /// The weekday (曜日).
    pub weekday: Weekday,
}

/// An occurrence of a weekday in its month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Nth {
    /// The n-th, 1 to 5.
    Of(u8),
    /// The last (最終).
    Last,
}

/// Rule for public holidays (祝日の扱い).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum HolidayPolicy {
    /// As on any other day (祝日も開催).
    Held,
    /// Not held (祝日は休み).
    Cancelled,
    /// Held on another weekday of the same month instead (祝日は第2水曜に変更).
    Moved(NthWeekday),
    /// Every public holiday has hours of its own, whatever the weekday (祝日 9:00〜12:00).
    OwnHours(Vec<Session>),
    /// Not stated.
    #[default]
    Unknown,
}

/// Rule for 29 December to 3 January (年末年始).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum YearEndPolicy {
    /// As on any other day (年末年始も開催).
    Held,
    /// Not held (年末年始は休み).
    Cancelled,
    /// Closures name the closed days (12/30～1/3は休み). Nothing is stated about the others, which are like any other
    /// day: closed on New Year's Day where holidays are closed.
    AsUsual,
    /// Not stated.
    #[default]
    Unknown,
}

impl YearEndPolicy {
    /// Both statements together; `None`: they contradict each other.
    pub fn and(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Unknown, said) | (said, Self::Unknown) => Some(said),
            (Self::Held, Self::AsUsual) | (Self::AsUsual, Self::Held) => Some(Self::Held),
            (one, other) => (one == other).then_some(one),
        }
    }
}

/// A day of any year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MonthDay {
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31.
    pub day: u8,
}

/// Days of every year without meetings; `from` after `to` runs across New Year (冬期休止, お盆).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Closure {
    /// First day of the closure.
    pub from: MonthDay,
    /// Last day of the closure, included.
    pub to: MonthDay,
    /// Name of the closure, 冬期休止, お盆休み …
    pub label: Option<String>,
}

/// In this month the meeting is on another weekday (2月は第1水曜).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MonthOverride {
    /// Month, 1 to 12.
    pub month: u8,
    /// Weekday of the meeting in that month.
    pub day: NthWeekday,
}

/// Weather in which the meeting is called off (天候).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum WeatherPolicy {
    /// Not called off for the weather, or not stated.
    #[default]
    None,
    /// When it rains (雨天中止).
    RainCancel,
    /// When it snows heavily (大雪時中止).
    SnowCancel,
    /// When there is a weather warning (警報時中止).
    WarningCancel,
}

/// One recurrence (昼の部 and 夜の部 are two). Empty lists and `None` mean not stated.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Recurrence {
    /// Name of the part, 昼の部, 内科 …
    pub label: Option<String>,
    /// How often the meeting takes place (頻度).
    pub frequency: Frequency,
    /// For `Weekly`, `Biweekly`, `MonthlyNth`.
    pub weekdays: Vec<Weekday>,
    /// For `MonthlyNth`.
    pub nth: Vec<Nth>,
    /// With `Weekly`: all occurrences but these (第1火曜を除く毎週火曜).
    pub except_nth: Vec<Nth>,
    /// For `MonthlyDay`, 1 to 31.
    pub month_days: Vec<u8>,
    /// For `Dates`.
    pub dates: Vec<NaiveDate>,
    /// For `Biweekly`: a day with a meeting. Without it no dates are computed.
    pub anchor: Option<NaiveDate>,
    /// For `TimesPerMonth`, `TimesPerYear`.
    pub times: Option<u16>,
    /// Only in these months (7月・11月のみ).
    pub months: Vec<u8>,
    /// Not in these months (8月は除く).
    pub excluded_months: Vec<u8>,
    /// Months in which the meeting is on another weekday (2月は第1水曜).
    pub month_overrides: Vec<MonthOverride>,
    /// Hours of a day (時間); empty: not known.
    pub sessions: Vec<Session>,
    /// Rule for public holidays (祝日の扱い).
    pub holidays: HolidayPolicy,
    /// Rule for 29 December to 3 January (年末年始).
    pub year_end: YearEndPolicy,
    /// Days of every year without meetings (冬期休止).
    pub closures: Vec<Closure>,
    /// Weather in which the meeting is called off (天候).
    pub weather: WeatherPolicy,
    /// Single dates without a meeting.
    pub cancelled: Vec<NaiveDate>,
    /// Single dates with an additional meeting; they win over everything else.
    pub added: Vec<NaiveDate>,
    /// Whether an appointment is needed (要予約): the computed times are those for which one can be made.
    pub by_appointment: bool,
    /// First day of validity, in Japan; `None`: no beginning is set.
    pub valid_from: Option<NaiveDate>,
    /// Last day of validity, in Japan; `None`: no end is set.
    pub valid_to: Option<NaiveDate>,
}

impl Recurrence {
    /// A recurrence with a frequency and nothing else.
    pub fn new(frequency: Frequency) -> Self {
        Self {
            label: None,
            frequency,
            weekdays: vec![],
            nth: vec![],
            except_nth: vec![],
            month_days: vec![],
            dates: vec![],
            anchor: None,
            times: None,
            months: vec![],
            excluded_months: vec![],
            month_overrides: vec![],
            sessions: vec![],
            holidays: HolidayPolicy::default(),
            year_end: YearEndPolicy::default(),
            closures: vec![],
            weather: WeatherPolicy::default(),
            cancelled: vec![],
            added: vec![],
            by_appointment: false,
            valid_from: None,
            valid_to: None,
        }
    }
}

impl MonthDay {
    /// Whether the day exists in some year, as 29 February does.
    pub fn exists(self) -> bool {
        NaiveDate::from_ymd_opt(2024, self.month.into(), self.day.into()).is_some()
    }
}
