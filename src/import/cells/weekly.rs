//! Hours by weekday as in official tables: two cells (start, end) for each day and time band.

use crate::import::complaint::Remark;
use crate::import::report::Report;
use chrono::{NaiveDate, NaiveTime, Timelike, Weekday};
use hours::prose;
use hours::recurrence::{Frequency, HolidayPolicy, Recurrence, Session};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// The weekdays with their names in columns, Monday first; public holidays are separate.
pub const DAYS: [(&str, Weekday); 7] = [
    ("月", Weekday::Mon),
    ("火", Weekday::Tue),
    ("水", Weekday::Wed),
    ("木", Weekday::Thu),
    ("金", Weekday::Fri),
    ("土", Weekday::Sat),
    ("日", Weekday::Sun),
];

/// The hours of a week and of public holidays. A day without sessions is closed; a session without times
/// stands for impossible ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Week {
    /// Monday first.
    pub days: [Vec<Session>; 7],
    pub holiday: Vec<Session>,
}

impl Week {
    /// Reads the bands of a row; `cell` finds the text of a day (`月` … `日`, `祝`), band and edge.
    pub fn read<'a>(
        bands: std::ops::RangeInclusive<u8>,
        cell: impl Fn(&str, u8, bool) -> &'a str,
        report: &mut Report,
    ) -> Self {
        let mut week = Self::default();
        for band in bands {
            for (day, (name, _)) in DAYS.iter().enumerate() {
                let read = session(cell(name, band, true), cell(name, band, false), report);
                week.days[day].extend(read);
            }
            week.holiday.extend(session(cell("祝", band, true), cell("祝", band, false), report));
        }
        week.tidy();
        week
    }

    /// Whether it has no hours.
    pub fn is_empty(&self) -> bool {
        self.holiday.is_empty() && self.days.iter().all(Vec::is_empty)
    }

    /// Adds the bands of another row of the same table.
    pub fn add(&mut self, other: Self) {
        for (here, there) in self.days.iter_mut().zip(other.days) {
            here.extend(there);
        }
        self.holiday.extend(other.holiday);
        self.tidy();
    }

    fn tidy(&mut self) {
        self.days.iter_mut().for_each(tidy);
        tidy(&mut self.holiday);
    }

    /// One weekly recurrence for each group of days with the same hours. Own hours on public holidays go with
    /// the first; the others are then cancelled on holidays. Any other policy goes with all of them.
    pub fn recurrences(&self, holidays: &HolidayPolicy) -> Vec<Recurrence> {
        let mut found: Vec<Recurrence> = Vec::new();
        for (sessions, (_, weekday)) in self.days.iter().zip(DAYS).filter(|(s, _)| !s.is_empty()) {
            match found.iter_mut().find(|one| one.sessions == *sessions) {
                Some(one) => one.weekdays.push(weekday),
                None => found.push(Recurrence {
                    weekdays: vec![weekday],
                    sessions: sessions.clone(),
                    ..Recurrence::new(Frequency::Weekly)
                }),
            }
        }
        for (at, one) in found.iter_mut().enumerate() {
            one.holidays = match holidays {
                HolidayPolicy::OwnHours(_) if at > 0 => HolidayPolicy::Cancelled,
                policy => policy.clone(),
            };
        }
        found
    }

    /// The hours as text: `月火水 09:00-12:00,14:00-18:00、土 09:00-12:00`.
    pub fn words(&self) -> String {
        let mut groups: Vec<(String, &Vec<Session>)> = Vec::new();
        let named = self.days.iter().zip(DAYS.iter().map(|day| day.0));
        for (sessions, name) in named.chain([(&self.holiday, "祝")]).filter(|(s, _)| !s.is_empty()) {
            match groups.iter_mut().find(|(_, known)| *known == sessions) {
                Some((names, _)) => names.push_str(name),
                None => groups.push((name.to_owned(), sessions)),
            }
        }
        let one = |(names, sessions): &(String, &Vec<Session>)| {
            let hours: Vec<String> = sessions.iter().map(hours).collect();
            format!("{names} {}", hours.join(","))
        };
        groups.iter().map(one).collect::<Vec<_>>().join("、")
    }
}

fn hours(session: &Session) -> String {
    let time = |time: Option<NaiveTime>| time.map(|t| t.format("%H:%M").to_string()).unwrap_or_default();
    format!("{}-{}", time(session.start), time(session.end))
}

/// Sorts the sessions and merges overlapping ones. An impossible session makes
/// the times of the whole day unknown.
fn tidy(sessions: &mut Vec<Session>) {
    sessions.sort_by_key(|session| (session.start, end_of(session)));
    sessions.dedup();
    if sessions.iter().any(|session| session.start.is_none()) {
        *sessions = vec![Session::default()];
        return;
    }
    let mut merged: Vec<Session> = Vec::new();
    for session in sessions.drain(..) {
        match merged.last_mut() {
            Some(last) if start_of(&session) < end_of(last) => {
                if end_of(last) < end_of(&session) {
                    last.end = session.end;
                }
            }
            _ => merged.push(session),
        }
    }
    *sessions = merged;
}

fn start_of(session: &Session) -> u32 {
    session.start.map_or(0, |time| time.num_seconds_from_midnight())
}

/// End of a session in seconds; midnight is the end of the day.
fn end_of(session: &Session) -> u32 {
    match session.end.map_or(0, |time| time.num_seconds_from_midnight()) {
        0 => 24 * 3_600,
        end => end,
    }
}

/// One band of one day. Forms contain `00:00`–`00:00` where nothing was filled in.
pub fn session(start: &str, end: &str, report: &mut Report) -> Option<Session> {
    let (start, end) = (start.trim(), end.trim());
    if start.is_empty() && end.is_empty() {
        return None;
    }
    let midnight = NaiveTime::MIN;
    match (time(start), time(end)) {
        (Some(from), Some(to)) if from == midnight && to == midnight && !end.starts_with("24") => None,
        (Some(from), Some(to)) if from < to || (to == midnight && end.starts_with("24")) => {
            Some(Session { start: Some(from), end: Some(to), approximate: false })
        }
        _ => {
            report.warn(Remark::ImpossibleHours);
            Some(Session::default())
        }
    }
}

/// A time of day: `9:00`, `24:00`, 午前10時, 正午, `1000`, or what a spreadsheet shows for a time without its format
/// (`0.4166`, `2026-05-01 10:00`).
pub fn time(cell: &str) -> Option<NaiveTime> {
    let cell = cell.trim().trim_matches(['～', '〜', '~']).trim();
    let clock = match cell.split_once(' ') {
        Some((day, clock)) if NaiveDate::parse_from_str(day, "%Y-%m-%d").is_ok() => clock,
        _ => cell,
    };
    of_number(clock).or_else(|| prose::read_moment(clock))
}

/// A number without a sign of hours: a part of a day, whole hours, or hours and minutes in three or four digits.
fn of_number(cell: &str) -> Option<NaiveTime> {
    let plain: String = cell.nfkc().collect();
    let number: f64 = plain.parse().ok()?;
    if plain.contains('.') {
        let minutes = number * 1_440.0;
        let whole = (minutes - minutes.round()).abs() < 0.001;
        // 0.5 is noon; 0.9 is no time that a list of hours would have.
        let exact = plain.len() > 4 || (number * 96.0).fract() == 0.0;
        let part_of_day = whole && exact && (0.0..1.0).contains(&number);
        return NaiveTime::from_num_seconds_from_midnight_opt(minutes.round() as u32 * 60, 0)
            .filter(|_| part_of_day);
    }
    let number: u32 = plain.parse().ok()?;
    match plain.len() {
        1 | 2 => NaiveTime::from_hms_opt(number % 24, 0, 0).filter(|_| number <= 24),
        3 | 4 => NaiveTime::from_hms_opt(number / 100 % 24, number % 100, 0).filter(|_| number <= 2_400),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week(cells: &[(&str, &str, &str)]) -> (Week, Report) {
        let mut report = Report::default();
        let cell = |day: &str, _: u8, from: bool| {
            let found = cells.iter().find(|(name, ..)| *name == day);
            found.map_or("", |(_, start, end)| if from { *start } else { *end })
        };
        (Week::read(1..=1, cell, &mut report), report)
    }

    #[test]
    fn days_with_the_same_hours_are_one_recurrence() {
        let (week, _) = week(&[("月", "9:00", "12:00"), ("水", "09:00", "12:00"), ("土", "09:00", "11:00")]);
        let found = week.recurrences(&HolidayPolicy::Cancelled);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].weekdays, [Weekday::Mon, Weekday::Wed]);
        assert_eq!(week.words(), "月水 09:00-12:00、土 09:00-11:00");
    }

    #[test]
    fn midnight_to_midnight_is_a_form_left_empty() {
        let (week, report) = week(&[("月", "00:00", "00:00")]);
        assert!(week.is_empty() && report.warnings.is_empty());
        assert_eq!(
            super::session("00:00", "24:00", &mut Report::default()).map(|s| hours(&s)).as_deref(),
            Some("00:00-00:00")
        );
    }

    #[test]
    fn hours_that_cannot_be_leave_the_day_and_no_times() {
        for (start, end) in [("18:00", "09:00"), ("09:00", ""), ("朝", "昼"), ("25:00", "26:00")] {
            let (week, report) = week(&[("火", start, end)]);
            assert_eq!(week.days[1], [Session::default()], "{start} {end}");
            assert_eq!(report.warnings.len(), 1);
        }
    }

    #[test]
    fn times_are_read_as_people_and_spreadsheets_write_them() {
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0);
        for (cell, expected) in [
            ("9時", at(9, 0)),
            ("午後1時30分", at(13, 30)),
            ("正午", at(12, 0)),
            ("1000", at(10, 0)),
            ("900", at(9, 0)),
            ("24:00", at(0, 0)),
            ("0.5", at(12, 0)),
            ("0.75", at(18, 0)),
            ("0.375", at(9, 0)),
            ("0.416666666666667", at(10, 0)),
            ("0.9", None),
            ("2026-05-01 10:00", at(10, 0)),
            ("2560", None),
            ("昼", None),
        ] {
            assert_eq!(time(cell), expected, "{cell}");
        }
    }

    #[test]
    fn hours_of_holidays_go_with_one_recurrence_only() {
        let (week, _) = week(&[("月", "9:00", "12:00"), ("土", "09:00", "11:00"), ("祝", "10:00", "11:00")]);
        let found = week.recurrences(&HolidayPolicy::OwnHours(week.holiday.clone()));
        assert!(matches!(found[0].holidays, HolidayPolicy::OwnHours(_)));
        assert_eq!(found[1].holidays, HolidayPolicy::Cancelled);
    }
}
