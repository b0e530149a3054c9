//! How long the engine takes: `cargo test --release -- --ignored --nocapture how_long`.

use std::time::{Duration, Instant};

use chrono::Days;

use super::{date, japan};
use crate::{
    occurrences::occurrences,
    open::{Facts, Opening},
    opening_hours::OpeningHours,
    recurrence::{HolidayPolicy, MonthDay, Nth, NthWeekday},
    schedule::{Rule, Schedule},
    timetable::Timetable,
};

/// Two hundred different schedules of the kinds a city has.
fn schedules() -> Vec<Schedule> {
    let weekdays = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
    let rule = |n: usize| match n % 5 {
        0 => format!("{}[2,4] {:02}:00-{:02}:30", weekdays[n % 7], 8 + n % 9, 10 + n % 9),
        1 => format!("Mo-Fr 08:{:02}-17:15; Sa 08:30-12:00", n % 60),
        2 => format!("Jan,Mar-Jul,Sep-Dec We[2] 13:{:02}-15:00; Feb We[1] 13:{:02}-15:00", n % 60, n % 60),
        3 => format!("Mo-Sa 09:00-12:{:02},14:00-18:00; Th 09:00-12:00; Su[1] 09:00-12:00", n % 60),
        _ => format!("{}[-1] 20:{:02}-26:00", weekdays[n % 7], n % 60),
    };
    let policy = |n: usize| match n % 4 {
        0 => HolidayPolicy::Cancelled,
        1 => HolidayPolicy::Unknown,
        2 => HolidayPolicy::Moved(NthWeekday { nth: Nth::Of(2), weekday: chrono::Weekday::Wed }),
        _ => HolidayPolicy::Held,
    };
    let closure = crate::recurrence::Closure {
        from: MonthDay { month: 12, day: 1 },
        to: MonthDay { month: 3, day: 31 },
        label: Some("冬期休止".to_owned()),
    };
    let schedule = |n| Schedule {
        holidays: policy(n),
        closures: if n % 3 == 0 { vec![closure.clone()] } else { vec![] },
        ..Schedule::new(Rule::Hours(OpeningHours::read(&rule(n)).unwrap()))
    };
    (0..200).map(schedule).collect()
}

#[test]
#[ignore = "prints figures; run it in release"]
fn how_long_it_takes() {
    let (schedules, facts) = (schedules(), Facts::default());
    let texts: Vec<_> = schedules.iter().map(|schedule| schedule.to_json().unwrap()).collect();
    let timetables: Vec<[Timetable; 1]> =
        schedules.iter().map(|schedule| [Timetable::new(schedule)]).collect();
    let instants: Vec<_> = (0..50).map(|n| japan(2026, 11, 20, 10, 30) + Days::new(n * 7)).collect();
    let per = |elapsed: Duration, count: usize| elapsed.as_secs_f64() * 1e6 / count as f64;
    let asked = timetables.len() * instants.len();
    let openings = || timetables.iter().map(|timetables| Opening::of(timetables, &facts));

    let began = Instant::now();
    let read: Vec<_> = texts.iter().map(|text| Timetable::new(&Schedule::from_json(text).unwrap())).collect();
    println!("read from JSON       {:8.2} µs", per(began.elapsed(), read.len()));

    let began = Instant::now();
    let open = openings()
        .flat_map(|opening| instants.iter().map(move |at| opening.openness(at) as usize))
        .sum::<usize>();
    println!("openness             {:8.3} µs ({open})", per(began.elapsed(), asked));

    let began = Instant::now();
    let known = openings()
        .flat_map(|opening| instants.iter().map(move |at| opening.state(at)))
        .filter(|s| s.until.is_some());
    println!(
        "state, until, next   {:8.2} µs ({})",
        {
            let known = known.count();
            println!("known ends           {known:8} of {asked}");
            per(began.elapsed(), asked)
        },
        asked
    );

    let began = Instant::now();
    let meetings: usize =
        timetables.iter().map(|one| occurrences(&one[0], date(2026, 4, 1), date(2027, 3, 31)).count()).sum();
    println!("occurrences, a year  {:8.2} µs ({meetings})", per(began.elapsed(), timetables.len()));
}
