//! Texts as people type them, against the crate `opening-hours`, which
//! evaluates the same grammar independently.
//!
//! Cases that we decide differently on purpose are left out: windows past midnight (ours belong to the day on
//! which they start), months of a year (`2026 Nov`, of which 2.1.4 keeps one day), and texts that we refuse.

use chrono::Days;
use proptest::prelude::*;

use super::{date, typed};
use crate::{occurrences::on, timetable::Timetable};

fn days() -> impl Strategy<Value = String> {
    let weekday = "(Mo|Tu|We|Th|Fr|Sa|Su)";
    prop::string::string_regex(&format!(
        "({weekday}(,{weekday})?|{weekday}-{weekday}|{weekday}\\[[1-5](,[1-5])?\\]|{weekday}\\[-[1-2]\\]|)"
    ))
    .unwrap()
}

fn season() -> impl Strategy<Value = String> {
    let month = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
    prop::string::string_regex(&format!(
        "({month}: |{month}-{month}: |{month},{month}-{month}: |{month} [1-9]-{month} 2[0-8]: |{month} (5|28): |\
         week 1-53/2 |week (0[1-9]|[1-4][0-9]) |)"
    ))
    .unwrap()
}

pub(crate) fn rule() -> impl Strategy<Value = String> {
    let times =
        prop::sample::select(vec!["09:00-12:00", "09:00-12:00,13:00-17:30", "10:30-15:00", "00:00-24:00"]);
    let off = prop::sample::select(vec!["", "", "", " off"]);
    (season(), days(), times, off).prop_map(|(season, days, times, off)| {
        [season.trim_end(), days.as_str(), times]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(" ")
            + off
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_readings_are_open_at_the_same_times(rules in prop::collection::vec(rule(), 1..4), start in 0_u64..2_000) {
        let text = rules.join("; ");
        let ours = Timetable::new(&crate::schedule::Schedule {
            holidays: crate::recurrence::HolidayPolicy::Held,
            year_end: crate::recurrence::YearEndPolicy::Held,
            ..typed(&text)
        });
        let theirs: opening_hours::OpeningHours = text.parse().unwrap();
        for day in (date(2024, 1, 1) + Days::new(start)).iter_days().take(60) {
            let windows: Vec<_> = on(&ours, day);
            for (hour, minute) in [(8, 59), (9, 0), (10, 30), (11, 59), (12, 0), (13, 0), (15, 0), (17, 29), (17, 30)] {
                let at = day.and_hms_opt(hour, minute, 0).unwrap();
                let inside = windows.iter().any(|window| {
                    let (start, end) = (window.start.unwrap(), window.end.unwrap());
                    start <= at.time() && (at.time() < end || end <= start)
                });
                prop_assert_eq!(inside, theirs.is_open(at), "{} at {}", text, at);
            }
        }
    }
}
