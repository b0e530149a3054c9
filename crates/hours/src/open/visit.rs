//! Visits: the free times of a person, week by week, and whether a place is surely open for an hour within them.
//!
//! Each schedule is judged by itself: an hour that only two schedules together would fill does not count.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

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

/// Days after the one on which it starts into which a window of a schedule may last.
const REACH: u64 = 2;

/// From when to when, in Japanese time.
type Time = (NaiveDateTime, NaiveDateTime);

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

/// The free times of the next [`VISIT_DAYS`], of an hour or more, those that touch joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visits {
    times: Vec<Time>,
    /// Dates on which a window may start that lasts into one of the times.
    dates: Vec<NaiveDate>,
}

/// The judgement of a schedule over some visits. Its pairs of dates are the first date up to which, and the last date
/// from which on, the windows of the schedule fill an hour: a suspension that covers both leaves no hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    /// When the schedule is surely open for an hour; `None`: never.
    pub open: Option<(NaiveDate, NaiveDate)>,
    /// When it may be open for an hour; `None`: never, or not asked.
    pub perhaps: Option<(NaiveDate, NaiveDate)>,
    /// Whether it is in force on a day of the visits; false when not asked.
    pub in_force: bool,
}

impl WeeklyTime {
    fn on(self, date: NaiveDate) -> Option<Time> {
        let (start, end) = (date.and_time(self.from), date.and_time(self.to));
        let end = if start < end { end } else { end.checked_add_days(Days::new(1))? };
        (date.weekday() == self.weekday).then_some((start, end))
    }
}

impl Visits {
    /// The visits of weekly times from an instant on. Of one that has begun, the rest; what is shorter than an hour is
    /// left out.
    pub fn next(times: &[WeeklyTime], now: &DateTime<FixedOffset>) -> Self {
        let now = now.with_timezone(&JAPAN).naive_local();
        let now = now.with_second(0).and_then(|minute| minute.with_nanosecond(0)).unwrap_or(now);
        // The night before may last into today.
        let first = now.date().pred_opt().unwrap_or(now.date());
        let days = first.iter_days().take(VISIT_DAYS as usize + 1);
        let all = days.flat_map(|date| times.iter().filter_map(move |time| time.on(date)));
        let left = all.map(|(start, end)| (start.max(now), end));
        let mut times = joined(left.collect());
        times.retain(long_enough);
        let reach = |time: &Time| {
            let first = time.0.date().checked_sub_days(Days::new(REACH)).unwrap_or(NaiveDate::MIN);
            let last = time.1.date();
            first.iter_days().take_while(move |date| *date <= last)
        };
        let dates: BTreeSet<NaiveDate> = times.iter().flat_map(reach).collect();
        Self { times, dates: dates.into_iter().collect() }
    }

    /// The first and the last day of the visits; `None`: there are none.
    pub fn first_and_last(&self) -> Option<(NaiveDate, NaiveDate)> {
        Some((self.times.first()?.0.date(), last_day(self.times.last()?)))
    }

    /// Every day of the visits.
    fn days(&self) -> impl DoubleEndedIterator<Item = NaiveDate> {
        let during = |date: &NaiveDate| {
            self.times.iter().any(|time| time.0.date() <= *date && *date <= last_day(time))
        };
        self.dates.iter().copied().filter(during)
    }

    /// The parts of windows, joined where they touch, that lie within a visit for an hour or more.
    fn hours(&self, windows: Vec<Time>) -> impl Iterator<Item = Time> {
        joined(windows).into_iter().flat_map(|(start, end)| {
            let first = self.times.partition_point(|time| time.1 <= start);
            let met = self.times.iter().skip(first).take_while(move |time| time.0 < end);
            met.map(move |time| (time.0.max(start), time.1.min(end))).filter(long_enough)
        })
    }
}

/// The windows of a schedule by the date on which they start; each date is computed once.
struct Windows<'t> {
    timetable: &'t Timetable,
    by_date: BTreeMap<NaiveDate, Vec<Stretch>>,
}

impl<'t> Windows<'t> {
    fn of(timetable: &'t Timetable) -> Self {
        Self { timetable, by_date: BTreeMap::new() }
    }

    fn starting_on(&mut self, date: NaiveDate) -> &[Stretch] {
        self.by_date.entry(date).or_insert_with(|| {
            let mut stretches = Vec::new();
            add_stretches(&mut stretches, self.timetable, date);
            stretches
        })
    }

    /// Whether the windows that start on some dates fill an hour, and one of them starts on the first of those dates.
    fn fill_an_hour(&mut self, dates: impl Iterator<Item = NaiveDate>, sure: bool, visits: &Visits) -> bool {
        let mut windows = Vec::new();
        for (nth, date) in dates.enumerate() {
            let stretches = self.starting_on(date).iter();
            windows.extend(stretches.filter(|one| one.sure || !sure).map(|one| (one.start, one.end)));
            if nth == 0 && windows.is_empty() {
                return false;
            }
        }
        visits.hours(windows).next().is_some()
    }

    /// The first date up to which, and the last from which on, the windows fill an hour.
    fn bounds(&mut self, sure: bool, visits: &Visits) -> Option<(NaiveDate, NaiveDate)> {
        let before =
            |date: NaiveDate| (0..=REACH).filter_map(move |days| date.checked_sub_days(Days::new(days)));
        let after =
            |date: NaiveDate| (0..=REACH).filter_map(move |days| date.checked_add_days(Days::new(days)));
        let mut dates = visits.dates.iter().copied();
        let first = dates.find(|date| self.fill_an_hour(before(*date), sure, visits))?;
        let mut dates = visits.dates.iter().rev().copied();
        let last = dates.find(|date| self.fill_an_hour(after(*date), sure, visits))?;
        Some((first, last))
    }
}

impl Judgement {
    /// The judgement of a schedule; `perhaps` is found only when it is asked for.
    pub fn of(timetable: &Timetable, visits: &Visits, asks_perhaps: bool) -> Self {
        let mut windows = Windows::of(timetable);
        let open = windows.bounds(true, visits);
        let perhaps = match timetable.undated() {
            _ if !asks_perhaps => None,
            Some(_) => {
                let in_force = |date: &NaiveDate| timetable.in_force(*date);
                visits.days().find(in_force).zip(visits.days().rfind(in_force))
            }
            None => windows.bounds(false, visits),
        };
        let in_force = asks_perhaps && visits.days().any(|date| timetable.in_force(date));
        Self { open, perhaps, in_force }
    }
}

impl<T: Borrow<Timetable>> Opening<'_, T> {
    /// The first hour or more of these visits in which the place is surely open by one of its schedules; other schedules
    /// that go on open lengthen it. `None`: there is none.
    pub fn next_visit(&self, visits: &Visits) -> Option<Window> {
        if self.facts.doubt.is_some() {
            return None;
        }
        let standing = || visits.dates.iter().filter(|date| self.closed_for_good_or_now(**date).is_none());
        let windows = |timetable: &T| -> Vec<Time> {
            let mut stretches = Vec::new();
            standing().for_each(|date| add_stretches(&mut stretches, timetable.borrow(), *date));
            stretches.into_iter().filter(|one| one.sure).map(|one| (one.start, one.end)).collect()
        };
        let by_schedule: Vec<Vec<Time>> = self.timetables.iter().map(windows).collect();
        let alone: Vec<Time> = by_schedule.iter().flat_map(|windows| visits.hours(windows.clone())).collect();
        let mut together = visits.hours(by_schedule.into_iter().flatten().collect());
        let holds = |time: &Time| alone.iter().any(|one| time.0 <= one.0 && one.1 <= time.1);
        let (start, end) = together.find(holds)?;
        Some(Window { start: in_japan(start)?, end: in_japan(end)? })
    }
}

/// Sorted, and joined where they touch.
fn joined(mut times: Vec<Time>) -> Vec<Time> {
    times.retain(|(start, end)| start < end);
    times.sort_unstable();
    let mut joined: Vec<Time> = Vec::new();
    for (start, end) in times {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}

/// The last day of a time: one that ends at midnight ends with the day before.
fn last_day((start, end): &Time) -> NaiveDate {
    (*end - TimeDelta::minutes(1)).date().max(start.date())
}

fn long_enough((start, end): &Time) -> bool {
    *end - *start >= TimeDelta::minutes(VISIT_MINUTES)
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
    fn visits(times: &[WeeklyTime]) -> Visits {
        Visits::next(times, &japan(2026, 11, 11, 10, 0))
    }

    fn next(hours: &str, times: &[WeeklyTime], facts: &Facts) -> Option<String> {
        let timetables = [read(hours)];
        let window = Opening::of(&timetables, facts).next_visit(&visits(times))?;
        Some(format!("{} {}", window.start.format("%m-%d %H:%M"), window.end.format("%H:%M")))
    }

    #[test]
    fn the_free_times_of_four_weeks_are_searched_from_now_on() {
        let free = visits(&[time(Weekday::Wed, (9, 0), (12, 0)), time(Weekday::Tue, (14, 0), (15, 0))]);
        let dates: Vec<String> =
            free.times.iter().map(|(start, _)| start.format("%m-%d").to_string()).collect();
        assert_eq!(dates, ["11-11", "11-17", "11-18", "11-24", "11-25", "12-01", "12-02", "12-08"]);
        assert_eq!(
            visits(&[time(Weekday::Wed, (9, 0), (10, 59))]).times.len(),
            3,
            "too little is left of today"
        );
        assert_eq!(
            visits(&[time(Weekday::Tue, (23, 0), (11, 0))]).times.len(),
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
        let judged = Judgement::of(&read("Th[2,4] 10:00-12:00"), &free, true);
        let dates = Some((date(2026, 11, 12), date(2026, 11, 26)));
        assert_eq!(judged, Judgement { open: dates, perhaps: dates, in_force: true });
        let judged = Judgement::of(&read("Th[4] unknown \"時間は未確認\""), &free, true);
        assert_eq!((judged.open, judged.perhaps), (None, Some((date(2026, 11, 26), date(2026, 11, 26)))));
    }

    #[test]
    fn times_that_touch_are_one_time() {
        let hourly = [time(Weekday::Thu, (13, 0), (14, 0)), time(Weekday::Thu, (14, 0), (15, 0))];
        assert_eq!(visits(&hourly), visits(&[time(Weekday::Thu, (13, 0), (15, 0))]));
        let half = next("Th 13:30-14:30", &hourly, &Facts::default());
        assert_eq!(half.as_deref(), Some("11-12 13:30 14:30"));
        let halves = [time(Weekday::Thu, (23, 30), (0, 0)), time(Weekday::Fri, (0, 0), (0, 30))];
        assert_eq!(next("24/7", &halves, &Facts::default()).as_deref(), Some("11-12 23:30 00:30"));
    }

    #[test]
    fn schedules_that_go_on_lengthen_a_visit_and_none_is_made_of_two_halves() {
        let free = visits(&[time(Weekday::Thu, (10, 0), (16, 0))]);
        let facts = Facts::default();
        let found = |hours: &[&str]| {
            let timetables: Vec<Timetable> = hours.iter().map(|hours| read(hours)).collect();
            let window = Opening::of(&timetables, &facts).next_visit(&free)?;
            Some(format!("{} {}", window.start.format("%m-%d %H:%M"), window.end.format("%H:%M")))
        };
        assert_eq!(found(&["Th 10:00-12:00", "Th 12:00-15:00"]).as_deref(), Some("11-12 10:00 15:00"));
        assert_eq!(found(&["Th 10:00-10:30", "Th 10:30-11:00"]), None);
        assert_eq!(found(&["Th 10:00-12:00", "Th 10:00-11:00"]).as_deref(), Some("11-12 10:00 12:00"));
    }

    /// A suspension holds for the windows that start in it, whatever the free time is.
    #[test]
    fn a_night_across_the_edge_of_a_suspension_is_judged_by_its_windows() {
        let free = [time(Weekday::Sat, (20, 0), (20, 0))];
        let hours = "Mo-Su 09:00-13:00, Mo-Su 22:00-26:00";
        let suspended = |from, to| Facts {
            suspended: Some(Suspension { from: Some(from), to: Some(to), label: None }),
            ..Facts::default()
        };
        // The free time begins on Saturday 14; from Sunday on it is suspended.
        let from_sunday = suspended(date(2026, 11, 15), date(2026, 12, 31));
        assert_eq!(next(hours, &free, &from_sunday).as_deref(), Some("11-14 22:00 02:00"));
        assert_eq!(next("Mo-Su 09:00-13:00", &free, &from_sunday), None);
        // Until Saturday it is suspended, and on Sunday morning it is open.
        let until_saturday = suspended(date(2026, 11, 1), date(2026, 11, 14));
        assert_eq!(next(hours, &free, &until_saturday).as_deref(), Some("11-15 09:00 13:00"));
        for (facts, open) in [(&from_sunday, true), (&until_saturday, true)] {
            let judged = Judgement::of(&read(hours), &visits(&free), false).open.unwrap();
            let suspension = facts.suspended.as_ref().unwrap();
            let covers = suspension.from.unwrap() <= judged.0 && judged.1 <= suspension.to.unwrap();
            assert_eq!(!covers, open);
        }
    }
}
