//! Open, closed or unknown at instants that matter.

use chrono::{DateTime, Utc, Weekday};

use super::*;
use crate::{
    recurrence::{Closure, Frequency, HolidayPolicy, Recurrence, Session, YearEndPolicy},
    schedule::{Schedule, Uncomputable},
    tests::{date, day, japan, monthly, session, timetable, typed, weekly},
};

fn at<Z: TimeZone>(timetables: &[Timetable], at: DateTime<Z>) -> OpenState {
    open_state(timetables, &Facts::default(), &at)
}

fn read(text: &str) -> Timetable {
    let held = Schedule { holidays: HolidayPolicy::Held, year_end: YearEndPolicy::Held, ..typed(text) };
    Timetable::new(&held)
}

#[test]
fn the_server_may_stand_anywhere() {
    let office = read("Mo-Fr 08:30-17:15");
    let sunday_in_utc: DateTime<Utc> = "2026-11-15T23:30:00Z".parse().unwrap();
    let state = at(std::slice::from_ref(&office), sunday_in_utc);
    assert_eq!((state.state, state.until), (Openness::Open, Some(japan(2026, 11, 16, 17, 15))));
    let just_before: DateTime<Utc> = "2026-11-15T23:29:59Z".parse().unwrap();
    assert_eq!(at(&[office], just_before).state, Openness::Closed);
}

#[test]
fn closed_says_when_it_opens() {
    let state = at(&[read("Mo-Fr 09:00-12:00,13:00-17:00")], japan(2026, 11, 20, 12, 30));
    let window = Window { start: japan(2026, 11, 20, 13, 0), end: japan(2026, 11, 20, 17, 0) };
    let expected = OpenState {
        state: Openness::Closed,
        reason: None,
        until: Some(window.start),
        next_open: Some(window),
    };
    assert_eq!(state, expected);
}

#[test]
fn open_says_the_next_opening_after_this_one() {
    let state = at(&[read("Mo-Fr 09:00-12:00")], japan(2026, 11, 20, 9, 0));
    assert_eq!(state.until, Some(japan(2026, 11, 20, 12, 0)));
    assert_eq!(state.next_open.map(|window| window.start), Some(japan(2026, 11, 23, 9, 0)));
}

#[test]
fn always_open_never_ends() {
    let state = at(&[read("24/7")], japan(2026, 11, 20, 12, 0));
    assert_eq!(state, OpenState { state: Openness::Open, reason: None, until: None, next_open: None });
}

#[test]
fn a_night_is_one_window() {
    let bar = [read("Fr-Sa 20:00-26:00; Su 00:00-24:00")];
    assert_eq!(at(&bar, japan(2026, 11, 21, 1, 0)).until, Some(japan(2026, 11, 21, 2, 0)), "of Friday");
    assert_eq!(at(&bar, japan(2026, 11, 21, 3, 0)).state, Openness::Closed);
    assert_eq!(at(&bar, japan(2026, 11, 21, 23, 0)).until, Some(japan(2026, 11, 23, 0, 0)), "into Sunday");
}

#[test]
fn an_unsaid_end_is_unknown_after_the_start() {
    let open_end = [read("Mo 10:00+")];
    assert_eq!(at(&open_end, japan(2026, 11, 16, 9, 59)).state, Openness::Closed);
    let state = at(&open_end, japan(2026, 11, 16, 10, 0));
    assert_eq!((state.state, state.reason), (Openness::Unknown, Some(Reason::EndUnknown)));
    assert_eq!(state.until, Some(japan(2026, 11, 17, 0, 0)));
}

#[test]
fn what_is_not_sure_is_never_open() {
    let thursday = japan(2026, 11, 12, 10, 30);
    let base = monthly(&[2], Weekday::Thu);
    for (recurrence, reason) in [
        (Recurrence { by_appointment: true, ..base.clone() }, Reason::ByAppointment),
        (Recurrence { sessions: vec![Session::default()], ..base.clone() }, Reason::TimesUnknown),
        (Recurrence::new(Frequency::Irregular), Reason::Undated(Uncomputable::Irregular)),
        (Recurrence { valid_to: Some(date(2026, 3, 31)), ..base }, Reason::NotInForce),
    ] {
        let state = at(&[timetable(&recurrence)], thursday);
        assert_eq!((state.state, state.reason, state.next_open), (Openness::Unknown, Some(reason), None));
    }
    assert_eq!(at(&[], thursday).reason, Some(Reason::NoHours));
}

#[test]
fn a_holiday_is_unknown_or_closed_with_its_name() {
    let tuesday = japan(2026, 9, 22, 10, 30);
    let unsaid = at(&[timetable(&weekly(Weekday::Tue))], tuesday);
    assert_eq!((unsaid.state, unsaid.reason), (Openness::Unknown, Some(Reason::HolidayUnconfirmed)));
    assert_eq!(unsaid.next_open.map(|window| window.start), Some(japan(2026, 9, 29, 10, 0)));
    let closed = Recurrence { holidays: HolidayPolicy::Cancelled, ..weekly(Weekday::Tue) };
    let closed = at(&[timetable(&closed)], tuesday);
    assert_eq!((closed.state, closed.reason), (Openness::Closed, Some(Reason::Holiday("休日"))));
}

#[test]
fn winter_and_new_year_say_so() {
    let winter = Closure { from: day(12, 1), to: day(3, 31), label: Some("冬期休止".to_owned()) };
    let place = [timetable(&Recurrence { closures: vec![winter], ..weekly(Weekday::Thu) })];
    let state = at(&place, japan(2026, 12, 3, 10, 30));
    assert_eq!(
        state.reason.as_ref().map(|reason| reason.sentence().into_owned()).as_deref(),
        Some("冬期休止")
    );
    assert_eq!(state.next_open.map(|window| window.start), Some(japan(2027, 4, 1, 10, 0)));
    let office = Recurrence { year_end: YearEndPolicy::Cancelled, ..weekly(Weekday::Thu) };
    let state = at(&[timetable(&office)], japan(2026, 12, 31, 10, 30));
    assert_eq!((state.state, state.reason), (Openness::Closed, Some(Reason::YearEnd)));
    let unsaid = at(&[timetable(&weekly(Weekday::Thu))], japan(2026, 12, 31, 10, 30));
    assert_eq!((unsaid.state, unsaid.reason), (Openness::Unknown, Some(Reason::YearEndUnconfirmed)));
}

#[test]
fn one_sure_schedule_is_enough_and_one_doubt_too() {
    let doubt = timetable(&Recurrence { by_appointment: true, ..weekly(Weekday::Thu) });
    let (sure, other) = (read("Th 10:00-11:00"), read("Mo 10:00-11:00"));
    let state = |timetables: &[Timetable]| at(timetables, japan(2026, 11, 12, 10, 30)).state;
    assert_eq!(state(&[other.clone(), doubt.clone(), sure]), Openness::Open);
    assert_eq!(state(&[other.clone(), doubt]), Openness::Unknown);
    assert_eq!(state(&[other]), Openness::Closed);
}

#[test]
fn facts_beside_the_schedule_decide() {
    let place = [read("Mo-Su 10:00-12:00")];
    let noon = japan(2026, 11, 12, 11, 0);
    let stale = Facts { doubt: Some(Reason::Stale), ..Facts::default() };
    let state = open_state(&place, &stale, &noon);
    assert_eq!((state.state, state.reason, state.next_open), (Openness::Unknown, Some(Reason::Stale), None));
    let ended = Facts { ended_on: Some(date(2026, 11, 12)), ..stale };
    let state = open_state(&place, &ended, &noon);
    assert_eq!((state.state, state.reason, state.until), (Openness::Closed, Some(Reason::Ended), None));
    let suspended =
        Suspension {
            to: Some(date(2026, 11, 30)), label: Some("会場工事".into()), ..Suspension::default()
        };
    let state = open_state(&place, &Facts { suspended: Some(suspended), ..Facts::default() }, &noon);
    assert_eq!((state.state, state.until), (Openness::Closed, Some(japan(2026, 12, 1, 10, 0))));
    assert_eq!(state.next_open.map(|window| window.start), Some(japan(2026, 12, 1, 10, 0)));
}

#[test]
fn a_day_is_sure_though_its_times_are_not() {
    let facts = Facts::default();
    let on = |recurrence: &Recurrence, date| {
        let timetables = [timetable(recurrence)];
        Opening::of(&timetables, &facts).on(date)
    };
    let untimed = Recurrence { sessions: vec![session("10:00-")], ..weekly(Weekday::Tue) };
    assert_eq!(on(&untimed, date(2026, 11, 17)), Openness::Open);
    assert_eq!(on(&untimed, date(2026, 11, 18)), Openness::Closed);
    assert_eq!(on(&untimed, date(2026, 9, 22)), Openness::Unknown);
    assert_eq!(on(&Recurrence::new(Frequency::Irregular), date(2026, 11, 17)), Openness::Unknown);
}

#[test]
fn instants_no_calendar_reaches_are_unknown() {
    for instant in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        assert_eq!(at(&[read("24/7")], instant).state, Openness::Unknown);
    }
}
