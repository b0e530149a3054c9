//! A recurrence on one line, complete: two recurrences with the same line are equal.

use crate::recurrence::*;
use std::fmt::Display;

pub fn line(one: &Recurrence) -> String {
    let mut words = vec![format!("{:?}", one.frequency)];
    let mut say = |name: &str, value: String| {
        if !value.is_empty() {
            words.push(format!("{name}{value}"));
        }
    };
    say("", one.times.map_or_else(String::new, |times| format!("x{times}")));
    say("", joined(one.nth.iter().map(nth)));
    say("", joined(one.weekdays.iter()));
    say("-", joined(one.except_nth.iter().map(nth)));
    say("day=", joined(one.month_days.iter()));
    say("", joined(one.dates.iter()));
    say("anchor=", joined(one.anchor.iter()));
    say("months=", joined(one.months.iter()));
    say("", joined(one.sessions.iter().map(session)));
    say("label=", one.label.clone().unwrap_or_default());
    say("no-months=", joined(one.excluded_months.iter()));
    say("", joined(one.month_overrides.iter().map(|o| format!("{}月={}", o.month, weekday(&o.day)))));
    say("ph=", holidays(&one.holidays));
    say(
        "ye=",
        if one.year_end == YearEndPolicy::Unknown { String::new() } else { format!("{:?}", one.year_end) },
    );
    say("closed=", joined(one.closures.iter().map(closure)));
    say("", if one.weather == WeatherPolicy::None { String::new() } else { format!("{:?}", one.weather) });
    say("not=", joined(one.cancelled.iter()));
    say("also=", joined(one.added.iter()));
    say("", if one.by_appointment { "ask".to_owned() } else { String::new() });
    say("from=", joined(one.valid_from.iter()));
    say("to=", joined(one.valid_to.iter()));
    words.join(" ")
}

fn joined(values: impl Iterator<Item = impl Display>) -> String {
    values.map(|value| value.to_string()).collect::<Vec<_>>().join(",")
}

fn nth(nth: &Nth) -> String {
    match nth {
        Nth::Of(number) => format!("#{number}"),
        Nth::Last => "#last".to_owned(),
    }
}

fn weekday(day: &NthWeekday) -> String {
    format!("{}{}", nth(&day.nth), day.weekday)
}

fn session(session: &Session) -> String {
    let time = |time: Option<chrono::NaiveTime>| {
        time.map_or_else(|| "?".to_owned(), |t| t.format("%H:%M").to_string())
    };
    let about = if session.approximate { "~" } else { "" };
    format!("{about}{}-{}", time(session.start), time(session.end))
}

fn holidays(policy: &HolidayPolicy) -> String {
    match policy {
        HolidayPolicy::Unknown => String::new(),
        HolidayPolicy::Moved(day) => format!("->{}", weekday(day)),
        HolidayPolicy::OwnHours(sessions) => format!("[{}]", joined(sessions.iter().map(self::session))),
        other => format!("{other:?}"),
    }
}

fn closure(closure: &Closure) -> String {
    let (from, to) = (closure.from, closure.to);
    let label = closure.label.as_deref().unwrap_or_default();
    format!("{label}{}/{}-{}/{}", from.month, from.day, to.month, to.day)
}
