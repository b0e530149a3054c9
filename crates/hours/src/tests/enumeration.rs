//! The engine against a second implementation: every day is evaluated again straight from the recurrence,
//! without the code of `compile`, the grammar or the timetable; only the list of holidays is shared.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use proptest::prelude::*;

use super::{
    date, dates,
    recurrences::{some_date, sound},
};
use crate::{
    calendar::{HolidayKnowledge, holiday},
    compile::compile,
    occurrences::occurrences,
    recurrence::{Frequency, HolidayPolicy, Nth, NthWeekday, Recurrence, Session, YearEndPolicy},
    timetable::{Status, Timetable},
};

type Meeting = (NaiveDate, Option<NaiveTime>, Option<NaiveTime>, Status);

/// Evaluates a recurrence for one day.
struct Reading<'a>(&'a Recurrence);

impl Reading<'_> {
    fn is_the(&self, date: NaiveDate, day: NthWeekday) -> bool {
        let same_weekday: Vec<NaiveDate> = (1..=31)
            .filter_map(|n| NaiveDate::from_ymd_opt(date.year(), date.month(), n))
            .filter(|other| other.weekday() == day.weekday)
            .collect();
        match day.nth {
            Nth::Of(n) => same_weekday.get(usize::from(n) - 1) == Some(&date),
            Nth::Last => same_weekday.last() == Some(&date),
        }
    }

    fn is_one_of(&self, date: NaiveDate, nth: &[Nth]) -> bool {
        nth.iter().any(|nth| self.is_the(date, NthWeekday { nth: *nth, weekday: date.weekday() }))
    }

    fn month_excluded(&self, date: NaiveDate) -> bool {
        self.0.excluded_months.contains(&(date.month() as u8))
    }

    /// Base rule, month overrides, excluded months.
    fn rule_names(&self, date: NaiveDate) -> bool {
        let r = self.0;
        if self.month_excluded(date) {
            return false;
        }
        let mut overrides =
            r.month_overrides.iter().filter(|o| u32::from(o.month) == date.month()).peekable();
        if overrides.peek().is_some() {
            return overrides.any(|o| self.is_the(date, o.day));
        }
        if !r.months.is_empty() && !r.months.contains(&(date.month() as u8)) {
            return false;
        }
        let weekday = r.weekdays.contains(&date.weekday());
        match r.frequency {
            Frequency::Dates => r.dates.contains(&date),
            Frequency::Daily => true,
            Frequency::Weekly => weekday && !self.is_one_of(date, &r.except_nth),
            Frequency::Biweekly => weekday && r.anchor.is_some_and(|anchor| same_fortnight(anchor, date)),
            Frequency::MonthlyNth => weekday && self.is_one_of(date, &r.nth),
            Frequency::MonthlyDay => r.month_days.iter().any(|d| u32::from(*d) == date.day()),
            _ => false,
        }
    }

    fn in_force(&self, date: NaiveDate) -> bool {
        self.0.valid_from.is_none_or(|from| date >= from) && self.0.valid_to.is_none_or(|to| date <= to)
    }

    fn closed_season(&self, date: NaiveDate) -> bool {
        self.0.closures.iter().any(|closure| {
            // Walks from the first to the last day of the closure, in a leap year followed by any year.
            let mut walk =
                NaiveDate::from_ymd_opt(2024, closure.from.month.into(), closure.from.day.into()).unwrap();
            loop {
                if (walk.month(), walk.day()) == (date.month(), date.day()) {
                    return true;
                }
                if (walk.month(), walk.day()) == (closure.to.month.into(), closure.to.day.into()) {
                    return false;
                }
                walk = walk + Days::new(1);
                if walk.year() == 2025 {
                    walk = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
                }
            }
        })
    }

    fn turn_of_year(date: NaiveDate) -> bool {
        ["12-29", "12-30", "12-31", "01-01", "01-02", "01-03"]
            .contains(&date.format("%m-%d").to_string().as_str())
    }

    fn policy(&self, date: NaiveDate) -> HolidayPolicy {
        let r = self.0;
        let dated = r.frequency == Frequency::Dates && r.holidays == HolidayPolicy::Unknown;
        let new_year = Self::turn_of_year(date) && self.year_end() == YearEndPolicy::Held;
        match &r.holidays {
            HolidayPolicy::OwnHours(_) => r.holidays.clone(),
            _ if dated => HolidayPolicy::Held,
            _ if new_year && holiday(date) != HolidayKnowledge::NotAnnounced => HolidayPolicy::Held,
            _ => r.holidays.clone(),
        }
    }

    fn year_end(&self) -> YearEndPolicy {
        match self.0.frequency {
            Frequency::Dates if self.0.year_end == YearEndPolicy::Unknown => YearEndPolicy::Held,
            _ => self.0.year_end,
        }
    }

    /// A meeting of this date is moved to another day of the month, or may be.
    fn moves(&self, date: NaiveDate) -> bool {
        let stays = Self::turn_of_year(date) && self.year_end() == YearEndPolicy::Held;
        self.in_force(date)
            && self.rule_names(date)
            && !self.closed_season(date)
            && !stays
            && holiday(date) != HolidayKnowledge::Ordinary
    }

    fn on(&self, date: NaiveDate) -> Vec<Meeting> {
        let r = self.0;
        let usual = |status| times(&r.sessions, date, status);
        if r.added.contains(&date) {
            let regular = self.after_holidays(date);
            let own = matches!(&regular, Some((sessions, _)) if sessions != &r.sessions);
            return match regular {
                Some((sessions, _)) if own => times(&sessions, date, Status::Planned),
                _ => usual(Status::Planned),
            };
        }
        if !self.in_force(date) {
            return vec![];
        }
        match self.after_holidays(date) {
            Some((_, Status::OnlyIfHoliday)) | None => vec![],
            Some((sessions, status)) => {
                let status = if r.cancelled.contains(&date) { Status::Cancelled } else { status };
                times(&sessions, date, status)
            }
        }
    }

    /// The sessions after seasons, holidays and the turn of the year, with their certainty.
    fn after_holidays(&self, date: NaiveDate) -> Option<(Vec<Session>, Status)> {
        let r = self.0;
        let meets = self.rule_names(date);
        if self.closed_season(date) {
            return None;
        }
        let usual = |status| Some((r.sessions.clone(), status));
        let in_season = !self.month_excluded(date)
            && (r.months.is_empty()
                || r.months.contains(&(date.month() as u8))
                || r.month_overrides.iter().any(|o| u32::from(o.month) == date.month()));
        let is_target = matches!(r.holidays, HolidayPolicy::Moved(to) if self.is_the(date, to));
        let moved_here = is_target
            && (1..=31).filter_map(|n| date.with_day(n)).any(|other| other != date && self.moves(other));
        let knowledge = holiday(date);
        let after = match (self.policy(date), knowledge) {
            (HolidayPolicy::Held, HolidayKnowledge::Holiday(_)) => {
                meets.then(|| usual(Status::Planned)).flatten()
            }
            (HolidayPolicy::Held, _)
                if r.holidays == HolidayPolicy::Held || r.frequency == Frequency::Dates =>
            {
                meets.then(|| usual(Status::Planned)).flatten()
            }
            (HolidayPolicy::OwnHours(own), HolidayKnowledge::Holiday(_)) if in_season => {
                Some((own, Status::Planned))
            }
            (HolidayPolicy::OwnHours(own), HolidayKnowledge::NotAnnounced) => match (meets, in_season) {
                (true, _) => Some((vec![Session::default()], Status::HolidayUnconfirmed)),
                (false, true) => Some((own, Status::OnlyIfHoliday)),
                (false, false) => None,
            },
            (_, HolidayKnowledge::NotAnnounced) if meets || moved_here => usual(Status::HolidayUnconfirmed),
            (_, HolidayKnowledge::NotAnnounced) => None,
            (_, HolidayKnowledge::Ordinary) if meets || moved_here => usual(Status::Planned),
            (HolidayPolicy::Moved(_), HolidayKnowledge::Holiday(_)) if is_target && (meets || moved_here) => {
                usual(Status::HolidayUnconfirmed)
            }
            (HolidayPolicy::Unknown, HolidayKnowledge::Holiday(_)) if meets => {
                usual(Status::HolidayUnconfirmed)
            }
            _ => None,
        };
        let (sessions, status) = after?;
        match self.year_end() {
            YearEndPolicy::Cancelled if Self::turn_of_year(date) => None,
            YearEndPolicy::Unknown if Self::turn_of_year(date) && status == Status::Planned => {
                Some((sessions, Status::HolidayUnconfirmed))
            }
            _ => Some((sessions, status)),
        }
    }
}

fn same_fortnight(anchor: NaiveDate, date: NaiveDate) -> bool {
    let start = |day: NaiveDate| day.week(Weekday::Mon).first_day();
    (start(date) - start(anchor)).num_days().rem_euclid(14) == 0
}

fn times(sessions: &[Session], date: NaiveDate, status: Status) -> Vec<Meeting> {
    let mut times: Vec<_> = sessions.iter().map(|s| (date, s.start, s.end, status)).collect();
    if times.is_empty() {
        times.push((date, None, None, status));
    }
    times.sort_by_key(|time| (time.1, time.2));
    times.dedup();
    times
}

fn computed(timetable: &Timetable, from: NaiveDate, to: NaiveDate) -> Vec<Meeting> {
    let mut all: Vec<Meeting> =
        occurrences(timetable, from, to).map(|m| (m.date, m.start, m.end, m.status)).collect();
    all.sort_by_key(|m| (m.0, m.1, m.2));
    all
}

fn agree(recurrence: &Recurrence, from: NaiveDate, days: u64) -> Result<(), TestCaseError> {
    let Ok(schedule) = compile(recurrence) else { return Err(TestCaseError::reject("refused")) };
    let timetable = Timetable::new(&schedule);
    let to = from + Days::new(days - 1);
    let expected: Vec<_> =
        from.iter_days().take(days as usize).flat_map(|date| Reading(recurrence).on(date)).collect();
    let computed = computed(&timetable, from, to);
    let apart = computed.iter().zip(&expected).find(|(one, other)| one != other);
    prop_assert!(computed.len() == expected.len() && apart.is_none(), "{apart:?} {:?}", schedule.to_json());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_day_agrees_with_the_words(recurrence in sound(), from in some_date()) {
        agree(&recurrence, from, 400)?;
    }

    #[test]
    fn a_stored_schedule_comes_back(recurrence in sound()) {
        if let Ok(schedule) = compile(&recurrence) {
            let json = schedule.to_json().unwrap();
            let back = crate::schedule::Schedule::from_json(&json).unwrap();
            prop_assert_eq!(back.to_json().unwrap(), json);
            prop_assert_eq!(back, schedule);
        }
    }
}

/// `YUI_CASES=100000 cargo test --release -- --ignored a_hundred_thousand`
#[test]
#[ignore = "minutes long; the short form runs always"]
fn a_hundred_thousand_rules_agree_with_the_words() {
    let cases = std::env::var("YUI_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(100_000);
    let config = ProptestConfig {
        cases,
        max_global_rejects: cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    runner.run(&(sound(), some_date()), |(recurrence, from)| agree(&recurrence, from, 400)).unwrap();
}

#[test]
fn the_second_reading_knows_the_vectors() {
    let recurrence = Recurrence { holidays: HolidayPolicy::Held, ..super::monthly(&[2, 4], Weekday::Thu) };
    let timetable = super::timetable(&recurrence);
    let read: Vec<_> =
        (1..=30).flat_map(|n| Reading(&recurrence).on(date(2026, 11, n))).map(|m| m.0.day()).collect();
    assert_eq!(read, [12, 26]);
    assert_eq!(dates(&timetable, date(2026, 11, 1), date(2026, 11, 30)), ["2026-11-12", "2026-11-26"]);
}
