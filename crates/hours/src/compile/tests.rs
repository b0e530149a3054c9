//! Compiled recurrences with their texts, and recurrences that are refused.

use chrono::Weekday;

use super::*;
use crate::{
    recurrence::{Closure, MonthOverride, Nth, NthWeekday, Session},
    tests::{date, day, monthly, session, weekly},
};

fn text(recurrence: &Recurrence) -> String {
    compile(recurrence).unwrap().opening_hours().unwrap().to_string()
}

fn errors(recurrence: &Recurrence) -> Vec<(Field, Problem)> {
    compile(recurrence).unwrap_err().into_iter().map(|error| (error.field, error.problem)).collect()
}

#[test]
fn a_rule_is_written_as_a_person_would() {
    assert_eq!(text(&monthly(&[4, 2], Weekday::Thu)), "Th[2,4] 10:00-11:30");
    let february = MonthOverride { month: 2, day: NthWeekday { nth: Nth::Of(1), weekday: Weekday::Wed } };
    let recurrence = Recurrence {
        excluded_months: vec![8],
        month_overrides: vec![february],
        ..monthly(&[2], Weekday::Wed)
    };
    assert_eq!(text(&recurrence), "Jan,Mar-Jul,Sep-Dec We[2] 10:00-11:30; Feb We[1] 10:00-11:30");
    let weekdays = vec![Weekday::Wed, Weekday::Mon, Weekday::Tue, Weekday::Sat];
    assert_eq!(text(&Recurrence { weekdays, ..weekly(Weekday::Mon) }), "Mo-We,Sa 10:00-11:30");
    let night =
        Recurrence { sessions: vec![session("22:00-05:00"), session("20:00-00:00")], ..weekly(Weekday::Fri) };
    assert_eq!(text(&night), "Fr 20:00-24:00,22:00-05:00");
}

#[test]
fn what_is_not_known_of_times_is_written_too() {
    assert_eq!(text(&Recurrence { sessions: vec![], ..weekly(Weekday::Mon) }), "Mo unknown \"時間は未確認\"");
    assert_eq!(text(&Recurrence { sessions: vec![session("10:00-")], ..weekly(Weekday::Mon) }), "Mo 10:00+");
    let about = Session { approximate: true, ..session("13:00-15:00") };
    let recurrence =
        Recurrence { sessions: vec![session("10:00-12:00"), about], ..Recurrence::new(Frequency::Daily) };
    assert_eq!(text(&recurrence), "Mo-Su 10:00-12:00, Mo-Su 13:00-15:00 \"時間は目安\"");
}

#[test]
fn what_cannot_be_right_is_named() {
    use Problem::*;
    let overridden = |nth, month| MonthOverride { month, day: NthWeekday { nth, weekday: Weekday::Wed } };
    let biweekly = Recurrence { frequency: Frequency::Biweekly, ..weekly(Weekday::Thu) };
    for (recurrence, error) in [
        (Recurrence::new(Frequency::Weekly), (Field::Weekdays, Missing)),
        (Recurrence::new(Frequency::MonthlyDay), (Field::MonthDays, Missing)),
        (Recurrence::new(Frequency::Dates), (Field::Dates, Missing)),
        (monthly(&[], Weekday::Thu), (Field::Nth, Missing)),
        (monthly(&[0], Weekday::Thu), (Field::Nth, NoSuchNth)),
        (monthly(&[6], Weekday::Thu), (Field::Nth, NoSuchNth)),
        (Recurrence { nth: vec![Nth::Last], ..weekly(Weekday::Mon) }, (Field::Nth, NotForFrequency)),
        (Recurrence { months: vec![13], ..weekly(Weekday::Mon) }, (Field::Months, NoSuchMonth)),
        (
            Recurrence { excluded_months: (1..=12).collect(), ..weekly(Weekday::Mon) },
            (Field::ExcludedMonths, NothingLeft),
        ),
        (
            Recurrence { months: vec![8], excluded_months: vec![8], ..weekly(Weekday::Mon) },
            (Field::ExcludedMonths, NothingLeft),
        ),
        (
            Recurrence { month_overrides: vec![overridden(Nth::Of(6), 2)], ..weekly(Weekday::Mon) },
            (Field::MonthOverrides, NoSuchNth),
        ),
        (
            Recurrence { month_days: vec![32], ..Recurrence::new(Frequency::MonthlyDay) },
            (Field::MonthDays, NoSuchDay),
        ),
        (
            Recurrence {
                sessions: vec![Session { end: session("-11:00").end, ..Session::default() }],
                ..weekly(Weekday::Mon)
            },
            (Field::Sessions, EndWithoutStart),
        ),
        (
            Recurrence { sessions: vec![session("10:00-"), Session::default()], ..weekly(Weekday::Mon) },
            (Field::Sessions, TimesMixed),
        ),
        (
            Recurrence {
                sessions: (10..20).map(|h| session(&format!("{h}:00-{h}:30"))).collect(),
                ..weekly(Weekday::Mon)
            },
            (Field::Sessions, TooMuch),
        ),
        (
            Recurrence {
                closures: vec![Closure { from: day(2, 30), to: day(3, 31), label: None }],
                ..weekly(Weekday::Mon)
            },
            (Field::Closures, NoSuchDay),
        ),
        (
            Recurrence {
                valid_from: Some(date(2026, 4, 1)),
                valid_to: Some(date(2026, 3, 31)),
                ..weekly(Weekday::Mon)
            },
            (Field::ValidTo, EndBeforeStart),
        ),
        (Recurrence { anchor: Some(date(2026, 11, 20)), ..biweekly }, (Field::Anchor, OffTheRule)),
        (Recurrence { added: vec![date(1, 1, 1)], ..weekly(Weekday::Mon) }, (Field::Added, YearOutOfRange)),
        (
            Recurrence { holidays: HolidayPolicy::OwnHours(vec![]), ..weekly(Weekday::Mon) },
            (Field::Holidays, Missing),
        ),
    ] {
        assert_eq!(errors(&recurrence), [error], "{recurrence:?}");
    }
}

#[test]
fn all_errors_come_at_once() {
    let recurrence =
        Recurrence { months: vec![0], month_days: vec![1], ..Recurrence::new(Frequency::Weekly) };
    let expected = [
        (Field::Weekdays, Problem::Missing),
        (Field::MonthDays, Problem::NotForFrequency),
        (Field::Months, Problem::NoSuchMonth),
    ];
    assert_eq!(errors(&recurrence), expected);
}
