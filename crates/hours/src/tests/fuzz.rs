//! No typed or stored text causes a panic or takes long.

use std::time::Instant;

use chrono::{DateTime, NaiveDate, Utc};
use proptest::{prelude::*, sample::select};

use super::date;
use crate::{
    occurrences::occurrences,
    open::{Facts, Opening},
    opening_hours::OpeningHours,
    schedule::{Rule, Schedule},
    timetable::Timetable,
    words::{Style, Voice, text},
};

fn words_of_the_grammar() -> impl Strategy<Value = String> {
    let words = vec![
        "Mo",
        "Th",
        "Su",
        "-",
        ",",
        ";",
        ", ",
        "; ",
        " || ",
        "[1]",
        "[2,4]",
        "[-1]",
        "[5-3]",
        "[",
        "]",
        " ",
        "10:00",
        "24:00",
        "26:00",
        "48:00",
        "10:00-11:30",
        "22:00-05:00",
        "00:00-24:00",
        "24/7",
        "+",
        "/",
        "90",
        "PH",
        "SH",
        "off",
        "open",
        "unknown",
        "closed",
        "\"",
        "\"要予約\"",
        "Jan",
        "Feb 29",
        "Feb 30",
        "Dec 31",
        "2026",
        "9999",
        "2026 Nov",
        "2026-2030/3",
        "week",
        "week 53",
        "1-53/2",
        "sunrise",
        "(sunset+01:00)",
        "easter",
        " +1 day",
        " -9999 days",
        ":",
        "時間は未確認",
        "unknown \"時間は未確認\"",
        "\"時間は目安\"",
        "１０：００",
        "\u{0}",
        "é",
        "-Su[1]",
    ];
    prop::collection::vec(select(words), 0..14).prop_map(|words| words.concat())
}

/// Calls every query of the engine.
fn ask(schedule: &Schedule) {
    let timetable = Timetable::new(schedule);
    let timetables = [timetable.clone()];
    let facts = Facts::default();
    let opening = Opening::of(&timetables, &facts);
    for instant in
        ["2026-11-20T03:00:00Z", "2027-12-31T15:00:00Z", "2899-12-31T23:59:59Z", "1900-01-01T00:00:00Z"]
    {
        let instant: DateTime<Utc> = instant.parse().unwrap();
        assert_eq!(opening.state(&instant).state, opening.openness(&instant));
    }
    for from in [date(2026, 1, 1), NaiveDate::MIN, NaiveDate::MAX, date(9999, 12, 1)] {
        opening.on(from);
        assert!(occurrences(&timetable, from, NaiveDate::MAX).count() <= 400 * 20_000);
    }
    let standard = [Voice::Place, Voice::Person, Voice::Paper].map(Style::Standard);
    for style in standard.into_iter().chain([Style::Easy]) {
        assert!(!text(schedule, style).is_empty());
    }
}

fn odd_dates() -> impl Strategy<Value = String> {
    let dates = ["2026-11-12", "0001-01-01", "+262142-12-31", "-262143-01-01", "2028-02-29"];
    prop::collection::vec(select(dates.to_vec()), 0..3)
        .prop_map(|dates| serde_json::to_string(&dates).unwrap())
}

fn odd_json() -> impl Strategy<Value = String> {
    let rules = [
        r#"{"HOURS":"Th[2,4] 10:00-11:30"}"#,
        r#"{"HOURS":"24/7"}"#,
        r#"{"FORTNIGHTLY":{"hours":"Su 22:00-30:00","from":"-262143-01-01"}}"#,
        r#"{"FORTNIGHTLY":{"hours":"Mo-Su 10:00+","from":"+262142-12-31"}}"#,
        r#"{"UNDATED":{"why":{"TIMES_PER_YEAR":65535},"hours":"Sa 10:00-12:00"}}"#,
        r#"{"UNDATED":{"why":"PROSE","hours":null}}"#,
    ];
    let holidays = [
        r#""HELD""#,
        r#""UNKNOWN""#,
        r#"{"MOVED":{"nth":{"Of":255},"weekday":"Wed"}}"#,
        r#"{"MOVED":{"nth":{"Of":0},"weekday":"Wed"}}"#,
        r#"{"MOVED":{"nth":"Last","weekday":"Wed"}}"#,
        r#"{"OWN_HOURS":[]}"#,
        r#"{"OWN_HOURS":[{"start":null,"end":"10:00:30"},{"start":"23:59:59.5","end":"00:00:00"}]}"#,
    ];
    let closures = [
        "[]",
        r#"[{"from":{"month":0,"day":0},"to":{"month":255,"day":255},"label":null}]"#,
        r#"[{"from":{"month":2,"day":30},"to":{"month":1,"day":99},"label":""}]"#,
    ];
    (select(rules.to_vec()), select(holidays.to_vec()), select(closures.to_vec()), odd_dates(), odd_dates()).prop_map(
        |(rule, holidays, closures, cancelled, added)| {
            format!(
                r#"{{"rule":{rule},"holidays":{holidays},"closures":{closures},"cancelled":{cancelled},"added":{added},"valid_to":null}}"#
            )
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_too_odd(text in words_of_the_grammar()) {
        if let Ok(hours) = OpeningHours::read(&text) {
            ask(&Schedule::new(Rule::Hours(hours)));
        }
    }

    #[test]
    fn no_characters_are_too_odd(text in any::<String>()) {
        let _ = OpeningHours::read(&text);
    }

    #[test]
    fn nothing_stored_is_too_odd(json in odd_json()) {
        ask(&Schedule::from_json(&json).unwrap());
    }
}

#[test]
fn no_text_takes_long() {
    let began = Instant::now();
    for part in [
        "Mo,",
        "(",
        "[",
        "\"",
        "1",
        "10:00-",
        "Jan 1-",
        "Mo[1,",
        "24/7;",
        "week 1,",
        "2026,",
        "10:00-11:00,",
        "Mo-",
    ] {
        for length in [400, 700, 1_499] {
            let _ = OpeningHours::read(&part.chars().cycle().take(length).collect::<String>());
        }
    }
    assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
}
