//! Who can be reached when: a table of cases.

use super::*;
use chrono::{NaiveDate, NaiveDateTime};
use hours::open::Suspension;
use hours::opening_hours::OpeningHours;
use hours::reason::Reason;
use hours::recurrence::{Closure, HolidayPolicy, MonthDay, YearEndPolicy};
use hours::schedule::{Rule as StoredRule, Schedule, Uncomputable};
use japan::clock::JAPAN;

fn schedule(hours: &str) -> Schedule {
    Schedule::new(StoredRule::Hours(OpeningHours::read(hours).unwrap()))
}

fn rule(schedule: &Schedule) -> Rule {
    Arc::new(Timetable::new(schedule))
}

/// Closed on holidays and at the turn of the year, as most say.
fn ordinary(hours: &str) -> Rule {
    rule(&Schedule {
        holidays: HolidayPolicy::Cancelled,
        year_end: YearEndPolicy::Cancelled,
        ..schedule(hours)
    })
}

fn way(rank: usize, channel: ContactChannel, times: Vec<Rule>) -> Way {
    Way { rank, channel, purposes: Vec::new(), times: times.into() }
}

/// A person with channels, and times to avoid.
fn with(ways: Vec<Way>, avoid: Vec<Rule>) -> Person {
    Person { wishes: Arc::new(Wishes { ways, avoid: avoid.into() }), ..Person::default() }
}

fn avoiding(hours: &Schedule, person: &Person) -> Person {
    with(person.wishes.ways.clone(), vec![rule(hours)])
}

fn answer(person: &Person, question: &Question) -> Option<Answer> {
    person.answer(question, &mut Person::judge(question))
}

fn by_phone(hours: &str) -> Person {
    with(vec![way(1, ContactChannel::Phone, vec![ordinary(hours)])], vec![])
}

fn at(text: &str) -> DateTime<FixedOffset> {
    let clock = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    clock.and_local_timezone(JAPAN).single().unwrap()
}

fn ask(text: &str) -> Question {
    Question { at: at(text), channel: None, purpose: None }
}

fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse().unwrap())
}

/// `NOW PHONE -13:00`, `LATER PHONE 11-24 12:30 祝日（…）`, `UNKNOWN FAX 時間の情報なし`.
fn told(person: &Person, question: &Question) -> String {
    use crate::terms::Labelled;
    let Some(answer) = answer(person, question) else { return "nobody".into() };
    let glance = person.glance(question, &mut Person::judge(question));
    assert_eq!(glance.map(|glance| glance.standing), Some(answer.standing));
    let mut told = format!("{:?}", answer.standing).to_uppercase();
    if let Some(way) = answer.way {
        told += &format!(" {}", person.wishes.ways[way].channel.code());
    }
    if let Some(until) = answer.until {
        told += &until.format(" -%H:%M").to_string();
    }
    if let Some(next) = answer.next {
        told += &next.start.format(" %m-%d %H:%M").to_string();
    }
    if let Some(reason) = answer.reason {
        told += &format!(" {}", reason.sentence());
    }
    told
}

/// Every row: the person, the instant (of 2026 unless given), the expected answer.
#[test]
fn what_can_happen_to_a_call() {
    let noon = || by_phone("Tu,Th 12:30-13:00");
    let unsaid =
        || with(vec![way(1, ContactChannel::Phone, vec![rule(&schedule("Mo-Fr 12:30-13:00"))])], vec![]);
    let avoiding = |hours: &str| avoiding(&schedule(hours), &by_phone("Tu 09:00-17:00"));
    let in_house = |house: Schedule, person: Person| Person { house: [rule(&house)].into(), ..person };
    let clinic = || Schedule { holidays: HolidayPolicy::Cancelled, ..schedule("Mo,Tu,We,Fr 09:00-12:00") };
    let winter = Closure {
        from: MonthDay { month: 12, day: 1 },
        to: MonthDay { month: 3, day: 31 },
        label: Some("冬期休診".into()),
    };
    let stale = Facts { doubt: Some(Reason::Stale), ..Facts::default() };
    let suspended = Facts {
        suspended: Some(Suspension { from: day("2026-11-20"), to: day("2026-11-30"), label: None }),
        ..Facts::default()
    };
    let table: Vec<(&str, Person, &str, &str)> = vec![
        ("inside", noon(), "2026-11-24 12:40", "NOW PHONE -13:00"),
        ("the first minute", noon(), "2026-11-24 12:30", "NOW PHONE -13:00"),
        ("before", noon(), "2026-11-24 12:29", "LATER PHONE 11-24 12:30"),
        ("after: the end is outside", noon(), "2026-11-24 13:00", "LATER PHONE 11-26 12:30"),
        ("another day", noon(), "2026-11-25 12:40", "LATER PHONE 11-26 12:30"),
        (
            "a time to avoid",
            avoiding("Tu 12:00-13:30"),
            "2026-11-24 12:40",
            "LATER PHONE 11-24 13:30 避けてほしい時間",
        ),
        ("until a time to avoid", avoiding("Tu 12:00-13:30"), "2026-11-24 11:00", "NOW PHONE -12:00"),
        (
            "a day to avoid",
            avoiding("Tu[4] unknown \"時間は未確認\""),
            "2026-11-24 11:00",
            "LATER PHONE 12-01 09:00 避けてほしい時間",
        ),
        (
            "a holiday",
            by_phone("Mo-Fr 12:30-13:00"),
            "2026-11-03 12:40",
            "LATER PHONE 11-04 12:30 祝日（文化の日）",
        ),
        (
            "a substitute holiday",
            by_phone("We 12:30-13:00"),
            "2026-05-06 12:40",
            "LATER PHONE 05-13 12:30 祝日",
        ),
        (
            "a day between holidays",
            by_phone("Tu 12:30-13:00"),
            "2026-09-22 12:40",
            "LATER PHONE 09-29 12:30 祝日",
        ),
        (
            "a holiday nobody spoke of",
            unsaid(),
            "2026-11-03 12:40",
            "UNKNOWN PHONE 11-04 12:30 祝日のため要確認",
        ),
        (
            "a holiday on which the clinic is closed",
            in_house(clinic(), unsaid()),
            "2026-11-03 12:40",
            "LATER PHONE 11-04 12:30 祝日（文化の日）",
        ),
        ("a lunch break of the clinic", in_house(clinic(), noon()), "2026-11-24 12:40", "NOW PHONE -13:00"),
        (
            "a closed afternoon of the clinic",
            in_house(clinic(), by_phone("Th 14:00-15:00")),
            "2026-11-26 14:10",
            "NOW PHONE -15:00",
        ),
        (
            "a closure of the clinic",
            in_house(Schedule { cancelled: vec![day("2026-11-24").unwrap()], ..clinic() }, noon()),
            "2026-11-24 12:40",
            "LATER PHONE 11-26 12:30 この日は中止",
        ),
        (
            "a winter closure of the clinic",
            in_house(Schedule { closures: vec![winter], ..clinic() }, noon()),
            "2026-12-01 12:40",
            "LATER PHONE 04-01 12:30 冬期休診",
        ),
        ("the turn of the year", noon(), "2026-12-29 12:40", "LATER PHONE 01-05 12:30 年末年始"),
        (
            "the turn of the year nobody spoke of",
            unsaid(),
            "2026-12-30 12:40",
            "UNKNOWN PHONE 01-04 12:30 年末年始のため要確認",
        ),
        (
            "the turn of the year of the clinic",
            in_house(Schedule { year_end: YearEndPolicy::Cancelled, ..clinic() }, unsaid()),
            "2026-12-30 12:40",
            "LATER PHONE 01-04 12:30 年末年始",
        ),
        ("midnight", by_phone("Tu 22:00-26:00"), "2026-11-25 00:30", "NOW PHONE -02:00"),
        (
            "after midnight it is the next day",
            by_phone("Tu 22:00-26:00"),
            "2026-11-24 00:30",
            "LATER PHONE 11-24 22:00",
        ),
        (
            "a sheet long past its review",
            Person { facts: stale, ..noon() },
            "2026-11-24 12:40",
            "UNKNOWN PHONE 情報が古いため要確認",
        ),
        (
            "a clinic that is suspended",
            Person { facts: suspended, ..noon() },
            "2026-11-24 12:40",
            "LATER PHONE 12-01 12:30 休止中",
        ),
        (
            "no times",
            with(vec![way(1, ContactChannel::Fax, vec![])], vec![]),
            "2026-11-24 12:40",
            "UNKNOWN FAX 時間の情報なし",
        ),
        ("no ways", Person::default(), "2026-11-24 12:40", "nobody"),
    ];
    let wrong: Vec<String> = table
        .into_iter()
        .filter_map(|(what, person, when, expected)| {
            let found = told(&person, &ask(when));
            (found != expected).then(|| format!("{what} ({when}): {found}\n  not {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn two_channels() -> Person {
    let mail =
        rule(&Schedule { holidays: HolidayPolicy::Held, year_end: YearEndPolicy::Held, ..schedule("24/7") });
    let ways = vec![
        way(1, ContactChannel::Phone, vec![ordinary("Tu 12:30-13:00"), ordinary("Fr 17:00-18:00")]),
        way(2, ContactChannel::Fax, vec![ordinary("Mo-Fr 09:00-17:00")]),
        Way { purposes: vec![ContactPurpose::Documents], ..way(3, ContactChannel::Email, vec![mail]) },
    ];
    with(ways, vec![])
}

#[test]
fn of_two_channels_with_different_hours_the_preferred_one_that_is_open_is_taken() {
    let person = two_channels();
    assert_eq!(told(&person, &ask("2026-11-24 12:40")), "NOW PHONE -13:00");
    assert_eq!(told(&person, &ask("2026-11-24 13:40")), "NOW FAX -17:00");
    assert_eq!(told(&person, &ask("2026-11-24 17:40")), "NOW EMAIL");
    let phone = |when| Question { channel: Some(ContactChannel::Phone), ..ask(when) };
    assert_eq!(told(&person, &phone("2026-11-24 13:40")), "LATER PHONE 11-27 17:00");
    let about = |purpose, when| Question { purpose: Some(purpose), ..ask(when) };
    let consult = |when| about(ContactPurpose::Consultation, when);
    assert_eq!(
        told(&person, &consult("2026-11-21 10:00")),
        "LATER FAX 11-24 09:00",
        "not by mail; 11-23 is a holiday"
    );
    assert_eq!(told(&person, &about(ContactPurpose::Urgent, "2026-11-24 12:40")), "nobody");
    let visit = Question { channel: Some(ContactChannel::Visit), ..ask("2026-11-24 12:40") };
    assert_eq!(told(&person, &visit), "nobody");
}

#[test]
fn what_says_that_it_holds_on_holidays_holds_though_the_house_be_closed() {
    let house = rule(&Schedule { holidays: HolidayPolicy::Cancelled, ..schedule("Mo-Fr 09:00-12:00") });
    let person = Person { house: [house].into(), ..two_channels() };
    let documents = Question { purpose: Some(ContactPurpose::Documents), ..ask("2026-11-03 10:00") };
    assert_eq!(told(&person, &documents), "NOW EMAIL");
}

#[test]
fn a_channel_without_times_does_not_make_the_others_doubtful() {
    let mut ways = by_phone("Tu 12:30-13:00").wishes.ways.clone();
    ways.push(way(2, ContactChannel::Fax, vec![]));
    let person = with(ways, vec![]);
    let question = ask("2026-11-25 10:00");
    assert_eq!(told(&person, &question), "LATER PHONE 12-01 12:30");
    assert_eq!(answer(&person, &question).map(|answer| answer.uncertain), Some(vec![1]));
}

#[test]
fn times_to_avoid_that_cannot_be_computed_leave_everything_open() {
    let why = Uncomputable::Irregular;
    let avoid = Schedule::new(StoredRule::Undated { why, hours: None });
    let person = avoiding(&avoid, &by_phone("Tu 12:30-13:00"));
    assert_eq!(told(&person, &ask("2026-11-24 12:40")), "UNKNOWN PHONE 不定期");
}

#[test]
fn a_house_without_known_hours_says_nothing() {
    let unknown = rule(&Schedule::new(StoredRule::Undated { why: Uncomputable::Prose, hours: None }));
    let person = Person { house: [unknown].into(), ..by_phone("Tu 12:30-13:00") };
    assert_eq!(told(&person, &ask("2026-11-24 12:40")), "NOW PHONE -13:00");
}

#[test]
fn windows_that_meet_at_midnight_are_one() {
    let any_time =
        Schedule { holidays: HolidayPolicy::Held, year_end: YearEndPolicy::Held, ..schedule("24/7") };
    let person = with(
        vec![way(1, ContactChannel::Fax, vec![rule(&any_time)])],
        vec![rule(&schedule("Mo-Su 12:00-13:00"))],
    );
    let next = answer(&person, &ask("2026-11-24 12:30")).and_then(|answer| answer.next).unwrap();
    assert_eq!((next.start, next.end), (at("2026-11-24 13:00"), at("2026-11-25 12:00")));
}

#[test]
fn of_somebody_nobody_is_sure_of_channel_and_next_window_belong_together() {
    let ways = vec![
        way(1, ContactChannel::Phone, vec![rule(&schedule("Mo-Fr 12:30-13:00"))]),
        way(2, ContactChannel::Fax, vec![ordinary("We 09:00-10:00")]),
    ];
    let person = with(ways, vec![]);
    assert_eq!(told(&person, &ask("2026-11-03 12:40")), "UNKNOWN PHONE 11-04 12:30 祝日のため要確認");
}
