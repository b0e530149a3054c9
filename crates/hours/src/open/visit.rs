//! Visits: the free times of a person, week by week, and whether a place is surely open for an hour within them.
//!
//! Each schedule is judged by itself: an hour that only two schedules together would fill does not count.

use std::borrow::Borrow;

use chrono::{
    DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Weekday,
};
use japan::clock::JAPAN;

use super::{Opening, Window, in_japan, stretch::Stretch, stretch::add_stretches};
use crate::timetable::Timetable;

/// Days that are searched for a visit, today included.
pub const VISIT_DAYS: u64 = 28;

/// The shortest visit, in minutes.
pub const VISIT_MINUTES: i64 = 60;

/// A weekly free time of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WeeklyTime {
    /// Day of the week.
    pub weekday: Weekday,
    /// Beginning, in Japanese time.
    pub from: NaiveTime,
    /// End; at or before `from` it lies on the following day.
    pub to: NaiveTime,
}

/// A free time on one date, of an hour or more, in Japanese time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The date on which it begins.
    pub date: NaiveDate,
    start: NaiveDateTime,
    end: NaiveDateTime,
}

/// The judgement of a schedule over some visits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    /// First and last date with a visit in which the schedule is surely open for an hour; `None`: there is none.
    pub open: Option<(NaiveDate, NaiveDate)>,
    /// First and last date with a visit in which it may be open for an hour; `None`: there is none.
    pub perhaps: Option<(NaiveDate, NaiveDate)>,
    /// Whether it is in force on the date of any visit.
    pub in_force: bool,
}

impl WeeklyTime {
    fn on(self, date: NaiveDate) -> Option<Visit> {
        let (start, end) = (date.and_time(self.from), date.and_time(self.to));
        let end = if start < end { end } else { end.checked_add_days(Days::new(1))? };
        (date.weekday() == self.weekday).then_some(Visit { date, start, end })
    }
}

impl Visit {
    /// The visits of weekly times in the next [`VISIT_DAYS`], in order of their dates. Of one that has begun, the rest;
    /// what is shorter than an hour is left out.
    pub fn next(times: &[WeeklyTime], now: &DateTime<FixedOffset>) -> Vec<Self> {
        let now = now.with_timezone(&JAPAN).naive_local();
        let now = now.with_second(0).and_then(|minute| minute.with_nanosecond(0)).unwrap_or(now);
        // The night before may last into today.
        let first = now.date().pred_opt().unwrap_or(now.date());
        let days = first.iter_days().take(VISIT_DAYS as usize + 1);
        let visits = days.flat_map(|date| times.iter().filter_map(move |time| time.on(date)));
        let left = visits.map(|visit| Self { start: visit.start.max(now), ..visit });
        left.filter(|visit| long_enough(visit.start, visit.end)).collect()
    }
}

impl Judgement {
    /// The judgement of a schedule.
    pub fn of(timetable: &Timetable, visits: &[Visit]) -> Self {
        let between = |matches: &dyn Fn(&Visit) -> bool| {
            let first = visits.iter().find(|visit| matches(visit))?;
            let last = visits.iter().rfind(|visit| matches(visit))?;
            Some((first.date, last.date))
        };
        Self {
            open: between(&|visit| hour(timetable, visit, true).is_some()),
            perhaps: between(&|visit| perhaps(timetable, visit)),
            in_force: visits.iter().any(|visit| timetable.in_force(visit.date)),
        }
    }
}

impl<T: Borrow<Timetable>> Opening<'_, T> {
    /// The first hour or more of these visits in which the place is surely open; `None`: there is none.
    pub fn next_visit(&self, visits: &[Visit]) -> Option<Window> {
        if self.facts.doubt.is_some() {
            return None;
        }
        let standing = visits.iter().filter(|visit| self.closed_for_good_or_now(visit.date).is_none());
        let hours = standing.filter_map(|visit| {
            let hours = self.timetables.iter().filter_map(|timetable| hour(timetable.borrow(), visit, true));
            hours.min()
        });
        let (start, end) = hours.min()?;
        Some(Window { start: in_japan(start)?, end: in_japan(end)? })
    }
}

/// The first part of a visit, an hour or more, in which the schedule is surely open (`sure`), or may be.
fn hour(timetable: &Timetable, visit: &Visit, sure: bool) -> Option<(NaiveDateTime, NaiveDateTime)> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let days = [visit.date.pred_opt(), Some(visit.date), visit.date.succ_opt()];
    for date in days.into_iter().flatten() {
        add_stretches(&mut stretches, timetable, date);
    }
    let wanted = stretches.into_iter().filter(|stretch| stretch.sure || !sure);
    let mut parts: Vec<_> = wanted.map(|one| (one.start.max(visit.start), one.end.min(visit.end))).collect();
    parts.sort_unstable();
    let mut joined: Option<(NaiveDateTime, NaiveDateTime)> = None;
    for (start, end) in parts.into_iter().filter(|(start, end)| start < end) {
        joined = match joined {
            Some((from, to)) if start <= to => Some((from, to.max(end))),
            Some((from, to)) if long_enough(from, to) => return Some((from, to)),
            _ => Some((start, end)),
        };
    }
    joined.filter(|(start, end)| long_enough(*start, *end))
}

fn perhaps(timetable: &Timetable, visit: &Visit) -> bool {
    let undated = timetable.in_force(visit.date) && timetable.undated().is_some();
    undated || hour(timetable, visit, false).is_some()
}

fn long_enough(start: NaiveDateTime, end: NaiveDateTime) -> bool {
    end - start >= TimeDelta::minutes(VISIT_MINUTES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open::{Facts, Suspension};
    use crate::recurrence::{HolidayPolicy, YearEndPolicy};
    use crate::schedule::Schedule;
    use crate::tests::{date, japan, typed};

    fn read(text: &str) -> Timetable {
        let held = Schedule { holidays: HolidayPolicy::Held, year_end: YearEndPolicy::Held, ..typed(text) };
        Timetable::new(&held)
    }

    fn time(weekday: Weekday, from: (u32, u32), to: (u32, u32)) -> WeeklyTime {
        let at = |(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
        WeeklyTime { weekday, from: at(from), to: at(to) }
    }

    /// Wednesday, 11 November 2026, 10 o'clock.
    fn visits(times: &[WeeklyTime]) -> Vec<Visit> {
        Visit::next(times, &japan(2026, 11, 11, 10, 0))
    }

    fn next(hours: &str, times: &[WeeklyTime], facts: &Facts) -> Option<String> {
        let timetables = [read(hours)];
        let window = Opening::of(&timetables, facts).next_visit(&visits(times))?;
        Some(format!("{} {}", window.start.format("%m-%d %H:%M"), window.end.format("%H:%M")))
    }

    #[test]
    fn the_free_times_of_four_weeks_are_searched_from_now_on() {
        let free = visits(&[time(Weekday::Wed, (9, 0), (12, 0)), time(Weekday::Tue, (14, 0), (15, 0))]);
        let dates: Vec<String> = free.iter().map(|visit| visit.date.format("%m-%d").to_string()).collect();
        assert_eq!(dates, ["11-11", "11-17", "11-18", "11-24", "11-25", "12-01", "12-02", "12-08"]);
        assert_eq!(visits(&[time(Weekday::Wed, (9, 0), (10, 59))]).len(), 3, "too little is left of today");
        assert_eq!(
            visits(&[time(Weekday::Tue, (23, 0), (11, 0))]).len(),
            5,
            "the night before lasts until 11"
        );
    }

    #[test]
    fn an_hour_without_a_break_is_needed() {
        let facts = Facts::default();
        let free = [time(Weekday::Thu, (10, 0), (12, 0))];
        for (hours, expected) in [
            ("Th 10:00-11:30", Some("11-12 10:00 11:30")),
            ("Th 08:00-11:00", Some("11-12 10:00 11:00")),
            ("Th 11:30-13:00", None),
            ("Th 10:00-10:45, Th 11:15-12:00", None),
            ("Th 10:00-10:30, Th 10:30-11:00", Some("11-12 10:00 11:00")),
            ("Th[4] 10:00-12:00", Some("11-26 10:00 12:00")),
            ("Mo-Fr 10:00-12:00 \"時間は目安\"", Some("11-12 10:00 12:00")),
            ("Th 10:00+", None),
            ("Fr 10:00-12:00", None),
        ] {
            assert_eq!(next(hours, &free, &facts).as_deref(), expected, "{hours}");
        }
    }

    #[test]
    fn several_free_times_give_the_earliest_and_a_night_is_one_time() {
        let facts = Facts::default();
        let free = [time(Weekday::Sun, (9, 0), (12, 0)), time(Weekday::Sat, (13, 0), (15, 0))];
        assert_eq!(next("Sa-Su 09:00-17:00", &free, &facts).as_deref(), Some("11-14 13:00 15:00"));
        let night = [time(Weekday::Fri, (22, 0), (2, 0))];
        assert_eq!(next("Fr 20:00-26:00", &night, &facts).as_deref(), Some("11-13 22:00 02:00"));
        assert_eq!(next("Sa 00:30-03:00", &night, &facts).as_deref(), Some("11-14 00:30 02:00"));
    }

    #[test]
    fn a_suspension_moves_the_visit_and_doubt_takes_it_away() {
        let free = [time(Weekday::Thu, (10, 0), (12, 0))];
        let suspended =
            |to| Facts { suspended: Some(Suspension { from: None, to, label: None }), ..Facts::default() };
        let hours = "Th 10:00-12:00";
        assert_eq!(
            next(hours, &free, &suspended(Some(date(2026, 11, 20)))).as_deref(),
            Some("11-26 10:00 12:00")
        );
        assert_eq!(next(hours, &free, &suspended(None)), None);
        let stale = Facts { doubt: Some(crate::reason::Reason::Stale), ..Facts::default() };
        assert_eq!(next(hours, &free, &stale), None);
    }

    #[test]
    fn a_judgement_has_the_first_and_the_last_date() {
        let free = visits(&[time(Weekday::Thu, (10, 0), (12, 0))]);
        let judged = Judgement::of(&read("Th[2,4] 10:00-12:00"), &free);
        let dates = Some((date(2026, 11, 12), date(2026, 11, 26)));
        assert_eq!(judged, Judgement { open: dates, perhaps: dates, in_force: true });
        let judged = Judgement::of(&read("Th[4] unknown \"時間は未確認\""), &free);
        assert_eq!((judged.open, judged.perhaps), (None, Some((date(2026, 11, 26), date(2026, 11, 26)))));
    }
}
