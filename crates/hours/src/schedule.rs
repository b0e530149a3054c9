//! The stored form of a schedule: the regular rule as text, and its exceptions on holidays, in seasons, on
//! single dates.
//!
//! Equal schedules have equal JSON (`Schedule::to_json`), so that each distinct one is stored and evaluated once.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    opening_hours::OpeningHours,
    recurrence::{Closure, HolidayPolicy, WeatherPolicy, YearEndPolicy},
};

/// A schedule of opening hours or meetings (開催日時・営業時間). A place may have several (昼の部, 夜の部).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Schedule {
    /// Name of the part that it is for, 昼の部, 内科 …; `None`: all of the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The regular rule.
    pub rule: Rule,
    /// Rule for public holidays (祝日の扱い).
    #[serde(default, skip_serializing_if = "is_default")]
    pub holidays: HolidayPolicy,
    /// Rule for 29 December to 3 January (年末年始).
    #[serde(default, skip_serializing_if = "is_default")]
    pub year_end: YearEndPolicy,
    /// Days of every year without meetings (冬期休止).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closures: Vec<Closure>,
    /// Weather in which the meeting is called off (天候).
    #[serde(default, skip_serializing_if = "is_default")]
    pub weather: WeatherPolicy,
    /// Single dates without a meeting.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cancelled: Vec<NaiveDate>,
    /// Single dates with an additional meeting; they win over everything else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<NaiveDate>,
    /// Whether an appointment is needed (要予約).
    #[serde(default, skip_serializing_if = "is_default")]
    pub by_appointment: bool,
    /// First day of validity, in Japan; `None`: no beginning is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// Last day of validity, in Japan; `None`: no end is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
}

/// The regular rule, before holidays and exceptions.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Rule {
    /// The days and hours of the text.
    Hours(OpeningHours),
    /// The days and hours of the text, every other week, counted from a date with a meeting (隔週); the
    /// grammar of `opening_hours` cannot express this.
    Fortnightly {
        /// Days and times of a week with meetings.
        hours: OpeningHours,
        /// A date in one of the weeks with meetings.
        from: NaiveDate,
    },
    /// No dates can be computed. The hours, where known, are possible days and times, never certain ones.
    Undated {
        /// Reason why no dates can be computed.
        why: Uncomputable,
        /// Days and times on which a meeting is possible; `None`: not known.
        hours: Option<OpeningHours>,
    },
}

/// Reason for which no dates can be computed from a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Uncomputable {
    /// Irregular (不定期).
    Irregular,
    /// A number of times a month without the days (月N回).
    TimesPerMonth(Option<u16>),
    /// A number of times a year without the days (年N回).
    TimesPerYear(Option<u16>),
    /// Every other week, without a date from which to count (隔週).
    BiweeklyWithoutAnchor,
    /// On request (随時).
    OnRequest,
    /// Not stated by the source (未確認).
    NotStated,
    /// Only the words of the source, which were not understood.
    Prose,
}

impl Schedule {
    /// A schedule of a rule alone, without exceptions.
    pub fn new(rule: Rule) -> Self {
        Self {
            label: None,
            rule,
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

    /// The regular rule for clients; `None` when the grammar cannot express it (隔週, 不定期).
    pub fn opening_hours(&self) -> Option<&OpeningHours> {
        match &self.rule {
            Rule::Hours(hours) => Some(hours),
            Rule::Fortnightly { .. } | Rule::Undated { .. } => None,
        }
    }

    /// Reason for which it has no computed dates; `None` when it has.
    pub fn uncomputable(&self) -> Option<Uncomputable> {
        match self.rule {
            Rule::Undated { why, .. } => Some(why),
            Rule::Hours(_) | Rule::Fortnightly { .. } => None,
        }
    }

    /// The days and hours of the rule, also of one without dates.
    pub(super) fn hours(&self) -> Option<&OpeningHours> {
        match &self.rule {
            Rule::Hours(hours) | Rule::Fortnightly { hours, .. } => Some(hours),
            Rule::Undated { hours, .. } => hours.as_ref(),
        }
    }

    /// The same schedule with its lists in order and without repetition.
    pub fn canonical(mut self) -> Self {
        for dates in [&mut self.cancelled, &mut self.added] {
            dates.sort();
            dates.dedup();
        }
        self.closures.sort_by(|a, b| (a.from, a.to, &a.label).cmp(&(b.from, b.to, &b.label)));
        self.closures.dedup();
        self
    }

    /// The canonical JSON of this schedule.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(&self.clone().canonical())
    }

    /// Parses the JSON of [`Schedule::to_json`].
    pub fn from_json(json: &str) -> serde_json::Result<Self> {
        serde_json::from_str::<Self>(json).map(Self::canonical)
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thursdays() -> Schedule {
        Schedule::new(Rule::Hours(OpeningHours::read("Th[2,4] 10:00-11:30").unwrap()))
    }

    #[test]
    fn the_stored_text_is_short_and_comes_back() {
        let json = thursdays().to_json().unwrap();
        assert_eq!(json, r#"{"rule":{"HOURS":"Th[2,4] 10:00-11:30"}}"#);
        assert_eq!(Schedule::from_json(&json).unwrap(), thursdays());
    }

    #[test]
    fn equal_schedules_have_equal_text() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let one = Schedule { cancelled: vec![day(12), day(26)], ..thursdays() };
        let other = Schedule { cancelled: vec![day(26), day(12), day(26)], ..thursdays() };
        assert_eq!(one.to_json().unwrap(), other.to_json().unwrap());
    }

    #[test]
    fn a_stored_text_that_is_no_opening_hours_is_refused() {
        assert!(Schedule::from_json(r#"{"rule":{"HOURS":"PH off"}}"#).is_err());
    }
}
