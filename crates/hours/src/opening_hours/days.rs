//! The days of a rule: years, months, dates, weeks and weekdays, as sets that are fast to query.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::recurrence::MonthDay;

/// The days of a rule. A part that is empty (or zero) allows all days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Days {
    /// Calendar years (西暦).
    pub years: Vec<YearSpan>,
    /// Bit set of months; bit 1 is January.
    pub months: u16,
    /// Days of every year, both ends included; across New Year when `from` is after `to`.
    pub yearly: Vec<(MonthDay, MonthDay)>,
    /// Dates, both ends included.
    pub dated: Vec<(NaiveDate, NaiveDate)>,
    /// Bit set of weeks; bit 1 is week 1 (ISO 8601).
    pub weeks: u64,
    /// For each weekday from Monday a bit set of occurrences in the month, see [`Days::EVERY`]. All zero:
    /// every weekday.
    pub weekdays: [u16; 7],
}

/// Years from-to, every `step`-th.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct YearSpan {
    /// First year.
    pub from: i32,
    /// Last year, included.
    pub to: i32,
    /// Distance between years, 1 or more; 2 is every other year.
    pub step: i32,
}

impl Days {
    /// All occurrences of a weekday in its month. Bits 0 to 4 are the first to the fifth; bit 5 is the last,
    /// bit 6 the last but one.
    pub const EVERY: u16 = 0b11111_11111;

    /// Whether a date is one of the days.
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.has_weekday(date) && self.has_date(date) && self.has_week(date) && self.has_year(date)
    }

    /// Whether no weekday is named, so that all are allowed.
    pub fn any_weekday(&self) -> bool {
        self.weekdays == [0; 7]
    }

    /// Whether no month and no date is named, so that all are allowed.
    pub fn any_date(&self) -> bool {
        self.months == 0 && self.yearly.is_empty() && self.dated.is_empty()
    }

    /// Whether a date is in season, whatever the weekday: its month or a range of days around it is allowed,
    /// or a single day of its month.
    pub fn in_season(&self, date: NaiveDate) -> bool {
        let same_month =
            |day: &(NaiveDate, NaiveDate)| (day.0.year(), day.0.month()) == (date.year(), date.month());
        self.has_date(date)
            || self.yearly.iter().any(|(from, to)| from == to && u32::from(from.month) == date.month())
            || self.dated.iter().any(|day| day.0 == day.1 && same_month(day))
    }

    fn has_weekday(&self, date: NaiveDate) -> bool {
        let named = self.weekdays[date.weekday().num_days_from_monday() as usize];
        named == Self::EVERY || named & occurrence(date) != 0 || (named == 0 && self.any_weekday())
    }

    fn has_date(&self, date: NaiveDate) -> bool {
        self.months & (1 << date.month()) != 0
            || self.any_date()
            || self.dated.iter().any(|(from, to)| (*from..=*to).contains(&date))
            || self.yearly.iter().any(|(from, to)| within_year(date, *from, *to))
    }

    fn has_week(&self, date: NaiveDate) -> bool {
        self.weeks == 0 || self.weeks & (1 << date.iso_week().week()) != 0
    }

    fn has_year(&self, date: NaiveDate) -> bool {
        let named = |span: &YearSpan| {
            (span.from..=span.to).contains(&date.year()) && (date.year() - span.from) % span.step == 0
        };
        self.years.is_empty() || self.years.iter().any(named)
    }
}

/// Whether a date lies between two days of the year, both included; across New Year when `from` is after `to`.
pub fn within_year(date: NaiveDate, from: MonthDay, to: MonthDay) -> bool {
    let day = MonthDay { month: date.month() as u8, day: date.day() as u8 };
    if from <= to { from <= day && day <= to } else { from <= day || day <= to }
}

/// The occurrence of its weekday in the month that a date is: one bit
/// counted from the start, one from the end.
pub fn occurrence(date: NaiveDate) -> u16 {
    let from_start = (date.day() - 1) / 7;
    let from_end = (u32::from(date.num_days_in_month()) - date.day()) / 7;
    (1 << from_start) | (1 << (5 + from_end))
}

/// The index of a weekday in [`Days::weekdays`].
pub fn index(weekday: Weekday) -> usize {
    weekday.num_days_from_monday() as usize
}
