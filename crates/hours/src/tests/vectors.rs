//! The vectors of the domain report (4.2), and the cases in which each rule
//! is known to be implemented wrongly.

use chrono::{NaiveDate, Weekday};

use super::{date, dates, day, in_month, monthly, session, timetable, typed, weekly};
use crate::{
    occurrences::occurrences,
    opening_hours::{OpeningHours, OpeningHoursError},
    recurrence::{
        Closure, Frequency, HolidayPolicy, MonthOverride, Nth, NthWeekday, Recurrence, Session, YearEndPolicy,
    },
    timetable::{Status, Timetable},
};

const SECOND_WEDNESDAY: NthWeekday = NthWeekday { nth: Nth::Of(2), weekday: Weekday::Wed };

fn held(recurrence: Recurrence) -> Recurrence {
    Recurrence { holidays: HolidayPolicy::Held, year_end: YearEndPolicy::Held, ..recurrence }
}

fn moved(recurrence: Recurrence) -> Recurrence {
    Recurrence {
        holidays: HolidayPolicy::Moved(SECOND_WEDNESDAY),
        year_end: YearEndPolicy::Cancelled,
        ..recurrence
    }
}

fn year(recurrence: &Recurrence, year: i32) -> Vec<String> {
    dates(&timetable(recurrence), date(year, 1, 1), date(year, 12, 31))
}

#[test]
fn second_and_fourth_thursday() {
    assert_eq!(in_month(&monthly(&[2, 4], Weekday::Thu), 2026, 11), ["2026-11-12", "2026-11-26"]);
}

#[test]
fn the_fifth_thursday_is_no_last_thursday() {
    let days = ["2026-01-29", "2026-04-30", "2026-07-30", "2026-10-29", "2026-12-31"];
    assert_eq!(year(&held(monthly(&[5], Weekday::Thu)), 2026), days);
    let days = ["2026-01-29", "2026-04-30", "2026-07-30", "2026-10-29", "2026-12-31?"];
    assert_eq!(year(&monthly(&[5], Weekday::Thu), 2026), days);
}

#[test]
fn the_last_saturday_is_the_fifth_or_the_fourth() {
    let last = Recurrence { nth: vec![Nth::Last], ..monthly(&[], Weekday::Sat) };
    assert_eq!(in_month(&last, 2027, 1), ["2027-01-30"]);
    assert_eq!(in_month(&last, 2027, 2), ["2027-02-27"]);
}

#[test]
fn every_tuesday_but_the_first() {
    let recurrence = Recurrence { except_nth: vec![Nth::Of(1)], ..weekly(Weekday::Tue) };
    assert_eq!(in_month(&recurrence, 2026, 11), ["2026-11-10", "2026-11-17", "2026-11-24"]);
    let recurrence = Recurrence { except_nth: vec![Nth::Last], ..weekly(Weekday::Tue) };
    assert_eq!(in_month(&recurrence, 2026, 11), ["2026-11-03?", "2026-11-10", "2026-11-17"]);
}

#[test]
fn a_meeting_on_a_substitute_holiday_moves() {
    assert_eq!(in_month(&moved(monthly(&[1, 3], Weekday::Wed)), 2026, 5), ["2026-05-13", "2026-05-20"]);
}

#[test]
fn a_meeting_moves_once_and_to_no_day_that_has_one() {
    // 3 and 23 November 2026 are holidays.
    let twice = Recurrence { nth: vec![Nth::Of(1), Nth::Of(4)], ..monthly(&[], Weekday::Mon) };
    assert_eq!(in_month(&moved(twice), 2026, 11), ["2026-11-02", "2026-11-11"]);
    let both = Recurrence { weekdays: vec![Weekday::Tue, Weekday::Mon], ..monthly(&[1, 4], Weekday::Tue) };
    assert_eq!(in_month(&moved(both), 2026, 11), ["2026-11-02", "2026-11-11", "2026-11-24"]);
    assert_eq!(in_month(&moved(monthly(&[1, 2], Weekday::Wed)), 2026, 5), ["2026-05-13"]);
}

#[test]
fn a_meeting_that_would_move_to_a_holiday_is_unconfirmed() {
    // 11 February 2026 is the second Wednesday and itself a holiday; so is 23 February, a Monday.
    assert_eq!(in_month(&moved(monthly(&[4], Weekday::Mon)), 2026, 2), ["2026-02-11?"]);
    assert_eq!(in_month(&moved(monthly(&[2], Weekday::Wed)), 2026, 2), ["2026-02-11?"]);
}

#[test]
fn an_in_between_holiday_is_closed() {
    let recurrence = Recurrence { holidays: HolidayPolicy::Cancelled, ..weekly(Weekday::Tue) };
    assert_eq!(in_month(&recurrence, 2026, 9), ["2026-09-01", "2026-09-08", "2026-09-15", "2026-09-29"]);
}

#[test]
fn not_in_august_and_earlier_in_february() {
    let february = MonthOverride { month: 2, day: NthWeekday { nth: Nth::Of(1), weekday: Weekday::Wed } };
    let recurrence = Recurrence {
        excluded_months: vec![8],
        month_overrides: vec![february],
        ..monthly(&[2], Weekday::Wed)
    };
    assert_eq!(in_month(&recurrence, 2027, 2), ["2027-02-03"]);
    assert!(in_month(&recurrence, 2026, 8).is_empty());
    assert_eq!(in_month(&recurrence, 2026, 9), ["2026-09-09"]);
    let excluded = Recurrence { excluded_months: vec![2, 8], ..recurrence };
    assert!(in_month(&excluded, 2027, 2).is_empty());
}

#[test]
fn a_holiday_nobody_spoke_of_is_unconfirmed() {
    let fourth = monthly(&[4], Weekday::Tue);
    assert_eq!(in_month(&fourth, 2026, 9), ["2026-09-22?"]);
    assert_eq!(in_month(&fourth, 2026, 10), ["2026-10-27"]);
    assert_eq!(in_month(&fourth, 2026, 11), ["2026-11-24"]);
}

#[test]
fn a_winter_break_runs_across_new_year() {
    let winter = Closure { from: day(12, 1), to: day(3, 31), label: Some("冬期休止".to_owned()) };
    let thursdays = timetable(&Recurrence { closures: vec![winter], ..weekly(Weekday::Thu) });
    assert_eq!(dates(&thursdays, date(2026, 11, 26), date(2027, 4, 1)), ["2026-11-26", "2027-04-01"]);
}

#[test]
fn without_an_anchor_or_a_rule_there_are_no_dates() {
    let biweekly = Recurrence { frequency: Frequency::Biweekly, ..weekly(Weekday::Thu) };
    let times = Recurrence { times: Some(6), frequency: Frequency::TimesPerYear, ..weekly(Weekday::Sat) };
    for recurrence in
        [&biweekly, &times, &Recurrence::new(Frequency::Irregular), &Recurrence::new(Frequency::OnRequest)]
    {
        let schedule = crate::compile::compile(recurrence).unwrap();
        assert!(schedule.uncomputable().is_some() && schedule.opening_hours().is_none());
        assert!(year(recurrence, 2026).is_empty());
    }
}

#[test]
fn an_added_date_is_told_even_of_an_irregular_meeting() {
    let next = Recurrence { added: vec![date(2026, 12, 5)], ..Recurrence::new(Frequency::Irregular) };
    assert_eq!(year(&next, 2026), ["2026-12-05"]);
}

#[test]
fn every_other_week_goes_on_over_the_year() {
    let recurrence = held(Recurrence {
        frequency: Frequency::Biweekly,
        anchor: Some(date(2026, 12, 17)),
        ..weekly(Weekday::Thu)
    });
    let found = dates(&timetable(&recurrence), date(2026, 12, 1), date(2027, 1, 31));
    assert_eq!(found, ["2026-12-03", "2026-12-17", "2026-12-31", "2027-01-14", "2027-01-28"]);
}

#[test]
fn days_a_month_does_not_have_are_left_out() {
    let on = |month_days| held(Recurrence { month_days, ..Recurrence::new(Frequency::MonthlyDay) });
    assert_eq!(year(&on(vec![31]), 2026).len(), 7);
    assert!(in_month(&on(vec![29]), 2027, 2).is_empty());
    assert_eq!(in_month(&on(vec![29, 30]), 2028, 2), ["2028-02-29"]);
}

#[test]
fn the_turn_of_the_year_is_spoken_of_or_unconfirmed() {
    let thursdays =
        |year_end| Recurrence { year_end, holidays: HolidayPolicy::Cancelled, ..weekly(Weekday::Thu) };
    let found = |year_end| dates(&timetable(&thursdays(year_end)), date(2025, 12, 25), date(2026, 1, 8));
    assert_eq!(found(YearEndPolicy::Unknown), ["2025-12-25", "2026-01-08"], "1 January is a holiday, closed");
    assert_eq!(found(YearEndPolicy::Held), ["2025-12-25", "2026-01-01", "2026-01-08"]);
    let last = dates(&timetable(&thursdays(YearEndPolicy::Unknown)), date(2026, 12, 31), date(2026, 12, 31));
    assert_eq!(last, ["2026-12-31?"]);
}

#[test]
fn beyond_the_announced_year_only_what_holidays_cannot_touch_is_sure() {
    let sure = held(weekly(Weekday::Tue));
    assert_eq!(in_month(&sure, 2028, 2).len(), 5);
    assert!(in_month(&weekly(Weekday::Tue), 2028, 2).iter().all(|day| day.ends_with('?')));
}

#[test]
fn holidays_have_hours_of_their_own() {
    let own = HolidayPolicy::OwnHours(vec![session("09:00-12:00")]);
    let clinic = timetable(&Recurrence { holidays: own, ..weekly(Weekday::Fri) });
    let found: Vec<_> = occurrences(&clinic, date(2026, 9, 20), date(2026, 9, 27)).collect();
    assert_eq!(found.iter().map(|m| m.date).collect::<Vec<_>>(), [21, 22, 23, 25].map(|n| date(2026, 9, n)));
    assert_eq!(found[0].start, session("09:00-12:00").start);
    assert_eq!(found[3].start, session("10:00-11:30").start);
}

#[test]
fn a_cancelled_date_is_shown_and_an_added_one_wins() {
    let recurrence = Recurrence {
        holidays: HolidayPolicy::Cancelled,
        cancelled: vec![date(2026, 11, 12), date(2026, 11, 13), date(2026, 11, 19)],
        added: vec![date(2026, 11, 19), date(2026, 11, 23)],
        ..weekly(Weekday::Thu)
    };
    let expected = ["2026-11-05", "2026-11-12x", "2026-11-19", "2026-11-23", "2026-11-26"];
    assert_eq!(in_month(&recurrence, 2026, 11), expected);
}

#[test]
fn dates_that_are_named_are_sure_though_a_holiday() {
    let dates = vec![date(2026, 11, 3), date(2026, 11, 23)];
    let recurrence = Recurrence { dates, ..Recurrence::new(Frequency::Dates) };
    assert_eq!(in_month(&recurrence, 2026, 11), ["2026-11-03", "2026-11-23"]);
}

#[test]
fn a_day_without_times_is_still_a_day() {
    let recurrence = Recurrence { sessions: vec![Session::default()], ..monthly(&[2], Weekday::Thu) };
    let found: Vec<_> = occurrences(&timetable(&recurrence), date(2026, 11, 1), date(2026, 11, 30)).collect();
    assert_eq!((found[0].date, found[0].start, found[0].end), (date(2026, 11, 12), None, None));
}

#[test]
fn a_window_past_midnight_belongs_to_the_day_it_starts() {
    let night = Recurrence { sessions: vec![session("22:00-05:00")], ..monthly(&[2], Weekday::Thu) };
    let found: Vec<_> = occurrences(&timetable(&night), date(2026, 11, 12), date(2026, 11, 13)).collect();
    assert_eq!(
        (found.len(), found[0].date, found[0].end),
        (1, date(2026, 11, 12), session("22:00-05:00").end)
    );
}

#[test]
fn lunch_is_cut_out() {
    let office =
        Timetable::new(&typed("Mo-Fr 09:00-17:00; Mo-Fr 12:00-13:00 off; Sa 09:00-12:00; Sa[1] off"));
    let on = |day| occurrences(&office, day, day).map(|m| (m.start, m.end)).collect::<Vec<_>>();
    let times = |text| (session(text).start, session(text).end);
    assert_eq!(on(date(2026, 11, 20)), [times("09:00-12:00"), times("13:00-17:00")]);
    assert!(on(date(2026, 11, 7)).is_empty());
    assert_eq!(on(date(2026, 11, 14)), [times("09:00-12:00")]);
}

#[test]
fn what_yui_cannot_answer_for_is_refused() {
    use OpeningHoursError::*;
    for (text, error) in [
        ("", Empty),
        ("Mo-Fr 09:00-17:00; PH off", Holidays),
        ("SH 09:00-17:00", Holidays),
        ("\"不定期\"", NoHours),
        ("Th[2,4]", NoHours),
        ("Th 00:00-24:00; Fr \"要予約\"", NoHours),
        ("Su 10:00-24:00; Mo", NoHours),
        ("sunrise-sunset", Sun),
        ("easter 10:00-12:00", RelativeDate),
        ("Mo[1] +2 days 10:00-12:00", RelativeDate),
        ("10:00-16:00/01:30", Repetition),
        ("Mo 10:00-12:00 || Tu 10:00-12:00", Fallback),
        ("Feb 30 10:00-12:00", NoSuchDay),
        ("Mo 10:00-12:00; 木曜", Syntax(Some(17))),
    ] {
        assert_eq!(OpeningHours::read(text), Err(error), "{text}");
    }
    assert_eq!(OpeningHours::read(&"Mo 10:00-12:00; ".repeat(100)), Err(TooLong));
    for text in [
        "24/7",
        "Th 00:00-24:00",
        "week 1-53/2 Mo 10:00-12:00",
        "Sa 10:00-12:00 unknown \"要問合せ\"",
        "Jan,Mar We[2] 10:00-12:00",
    ] {
        assert!(OpeningHours::read(text).is_ok(), "{text}");
    }
}

#[test]
fn a_weekday_after_months_belongs_to_all_of_them() {
    for text in ["Jan,Mar We[2] 10:00-12:00", "Jan,Mar: We[2] 10:00-12:00"] {
        let found: Vec<NaiveDate> =
            occurrences(&Timetable::new(&typed(text)), date(2027, 1, 1), date(2027, 12, 31))
                .filter(|m| m.status == Status::Planned)
                .map(|m| m.date)
                .collect();
        assert_eq!(found, [date(2027, 1, 13), date(2027, 3, 10)], "{text}");
    }
}
