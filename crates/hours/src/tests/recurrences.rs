//! Random recurrences of every kind, as people might fill them in.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use proptest::{prelude::*, sample::select};

use super::{date, day, session};
use crate::recurrence::{
    Closure, Frequency, HolidayPolicy, MonthDay, MonthOverride, Nth, NthWeekday, Recurrence, Session,
    YearEndPolicy,
};

fn weekday() -> impl Strategy<Value = Weekday> {
    (0_u8..7).prop_map(|n| Weekday::try_from(n).unwrap())
}

fn weekdays() -> impl Strategy<Value = Vec<Weekday>> {
    prop::collection::vec(weekday(), 1..4)
}

fn nth() -> impl Strategy<Value = Nth> {
    prop_oneof![5 => (1_u8..=5).prop_map(Nth::Of), 1 => Just(Nth::Last)]
}

fn months(most: usize) -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![3 => Just(vec![]), 2 => prop::collection::vec(1_u8..=12, 0..=most)]
}

fn sessions() -> impl Strategy<Value = Vec<Session>> {
    prop_oneof![
        4 => Just(vec![session("10:00-11:30")]),
        1 => Just(vec![session("09:00-12:00"), session("13:00-15:00")]),
        1 => Just(vec![session("13:00-15:00"), Session { approximate: true, ..session("10:00-12:00") }]),
        1 => Just(vec![session("10:00-")]),
        1 => Just(vec![session("22:00-05:00")]),
        1 => Just(vec![session("00:00-00:00")]),
        1 => Just(vec![Session::default()]),
        1 => Just(vec![]),
    ]
}

pub(crate) fn some_date() -> impl Strategy<Value = NaiveDate> {
    (0_u64..1_600).prop_map(|n| date(2025, 6, 1) + Days::new(n))
}

fn month_day() -> impl Strategy<Value = MonthDay> {
    some_date().prop_map(|date| day(date.month() as u8, date.day() as u8))
}

fn holidays() -> impl Strategy<Value = HolidayPolicy> {
    prop_oneof![
        Just(HolidayPolicy::Held),
        Just(HolidayPolicy::Cancelled),
        (nth(), weekday()).prop_map(|(nth, weekday)| HolidayPolicy::Moved(NthWeekday { nth, weekday })),
        Just(HolidayPolicy::OwnHours(vec![session("08:15-08:45")])),
        Just(HolidayPolicy::Unknown),
    ]
}

fn days_of() -> impl Strategy<Value = Recurrence> {
    let monthly = (weekdays(), prop::collection::vec(nth(), 1..4));
    prop_oneof![
        Just(Recurrence::new(Frequency::Daily)),
        (weekdays(), prop::collection::vec(nth(), 0..3)).prop_map(|(weekdays, except_nth)| Recurrence {
            weekdays,
            except_nth,
            ..Recurrence::new(Frequency::Weekly)
        }),
        (weekdays(), some_date()).prop_map(|(mut weekdays, anchor)| {
            weekdays.push(anchor.weekday());
            Recurrence { weekdays, anchor: Some(anchor), ..Recurrence::new(Frequency::Biweekly) }
        }),
        monthly.prop_map(|(weekdays, nth)| Recurrence {
            weekdays,
            nth,
            ..Recurrence::new(Frequency::MonthlyNth)
        }),
        prop::collection::vec(1_u8..=31, 1..4)
            .prop_map(|month_days| Recurrence { month_days, ..Recurrence::new(Frequency::MonthlyDay) }),
        prop::collection::vec(some_date(), 1..20)
            .prop_map(|dates| Recurrence { dates, ..Recurrence::new(Frequency::Dates) }),
    ]
}

fn recurrence() -> impl Strategy<Value = Recurrence> {
    let override_ = (1_u8..=12, nth(), weekday())
        .prop_map(|(month, nth, weekday)| MonthOverride { month, day: NthWeekday { nth, weekday } });
    let closure = (month_day(), month_day()).prop_map(|(from, to)| Closure { from, to, label: None });
    let year_end = select(vec![
        YearEndPolicy::Held,
        YearEndPolicy::Cancelled,
        YearEndPolicy::AsUsual,
        YearEndPolicy::Unknown,
    ]);
    let single = || prop::collection::vec(some_date(), 0..6);
    let valid = (prop::option::weighted(0.2, some_date()), prop::option::weighted(0.2, some_date()));
    (
        days_of(),
        (months(4), months(2), prop::collection::vec(override_, 0..3)),
        sessions(),
        (holidays(), year_end, prop::collection::vec(closure, 0..2)),
        (single(), single(), valid),
    )
        .prop_map(
            |(
                days,
                (months, excluded_months, month_overrides),
                sessions,
                rest,
                (cancelled, added, valid),
            )| {
                let (holidays, year_end, closures) = rest;
                let (valid_from, valid_to) = valid;
                Recurrence {
                    months,
                    excluded_months,
                    month_overrides,
                    sessions,
                    holidays,
                    year_end,
                    closures,
                    cancelled,
                    added,
                    valid_from,
                    valid_to,
                    ..days
                }
            },
        )
}

/// A recurrence that can be stored: parts that `compile` refuses are simplified first, so that nearly every
/// case counts.
pub(crate) fn sound() -> impl Strategy<Value = Recurrence> {
    recurrence().prop_map(|mut r| {
        if matches!(r.frequency, Frequency::Dates | Frequency::Biweekly) {
            r.month_overrides.clear();
        }
        let moved = matches!(r.holidays, HolidayPolicy::Moved(_)) && r.frequency == Frequency::Dates;
        let by_date = matches!(r.frequency, Frequency::Dates | Frequency::MonthlyDay);
        if moved || by_date && matches!(r.holidays, HolidayPolicy::OwnHours(_)) {
            r.holidays = HolidayPolicy::Unknown;
        }
        if r.valid_from.zip(r.valid_to).is_some_and(|(from, to)| to < from) {
            r.valid_to = None;
        }
        r
    })
}
