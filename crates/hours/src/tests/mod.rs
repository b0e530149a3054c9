//! Tests that go through the whole engine: from a recurrence to dates and states.

mod enumeration;
mod fuzz;
pub(super) mod oracle;
pub(super) mod recurrences;
mod speed;
mod vectors;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, TimeZone, Weekday};
use japan::clock::JAPAN;

use super::{
    compile::compile,
    occurrences::occurrences,
    opening_hours::OpeningHours,
    recurrence::{Frequency, MonthDay, Nth, Recurrence, Session},
    schedule::{Rule, Schedule},
    timetable::{Status, Timetable},
};

pub(super) fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub(super) fn day(month: u8, day: u8) -> MonthDay {
    MonthDay { month, day }
}

/// An instant by the clock in Japan.
pub(super) fn japan(year: i32, month: u32, day: u32, hour: u32, minute: u32) -> DateTime<FixedOffset> {
    JAPAN.with_ymd_and_hms(year, month, day, hour, minute, 0).unwrap()
}

/// `"10:00-11:30"`, `"10:00-"`.
pub(super) fn session(text: &str) -> Session {
    let (start, end) = text.split_once('-').unwrap();
    let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok();
    Session { start: time(start), end: time(end), approximate: false }
}

pub(super) fn monthly(nth: &[u8], weekday: Weekday) -> Recurrence {
    Recurrence {
        weekdays: vec![weekday],
        nth: nth.iter().map(|nth| Nth::Of(*nth)).collect(),
        sessions: vec![session("10:00-11:30")],
        ..Recurrence::new(Frequency::MonthlyNth)
    }
}

pub(super) fn weekly(weekday: Weekday) -> Recurrence {
    Recurrence {
        weekdays: vec![weekday],
        sessions: vec![session("10:00-11:30")],
        ..Recurrence::new(Frequency::Weekly)
    }
}

pub(super) fn timetable(recurrence: &Recurrence) -> Timetable {
    Timetable::new(&compile(recurrence).unwrap())
}

pub(super) fn typed(text: &str) -> Schedule {
    Schedule::new(Rule::Hours(OpeningHours::read(text).unwrap()))
}

/// The dates of a period, with a mark for those that are not simply planned: `2026-05-13`, `2026-09-22?`, `2026-11-12x`.
pub(super) fn dates(timetable: &Timetable, from: NaiveDate, to: NaiveDate) -> Vec<String> {
    let mark = |status| match status {
        Status::Planned => "",
        Status::HolidayUnconfirmed | Status::OnlyIfHoliday => "?",
        Status::Cancelled => "x",
    };
    occurrences(timetable, from, to)
        .map(|meeting| format!("{}{}", meeting.date, mark(meeting.status)))
        .collect()
}

/// [`dates`] of a month.
pub(super) fn in_month(recurrence: &Recurrence, year: i32, month: u32) -> Vec<String> {
    let first = date(year, month, 1);
    let last = first.with_day(first.num_days_in_month().into()).unwrap();
    dates(&timetable(recurrence), first, last)
}
