//! Writes the regular rule of a checked recurrence in the grammar of `opening_hours`.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

use crate::{
    opening_hours::{APPROXIMATE, Certainty, DAY, Span, UNTIMED},
    recurrence::{Frequency, MonthDay, Nth, NthWeekday, Recurrence, Session},
};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// The rule as text. Months with days of their own are removed from the regular one:
/// `Jan,Mar-Dec We[2] 13:30-15:00; Feb We[1] 13:30-15:00`.
pub(super) fn text(recurrence: &Recurrence) -> String {
    let mut rules = vec![];
    let regular: Vec<u8> = regular_months(recurrence).collect();
    let days = regular_days(recurrence, &regular);
    // An empty list of days would be read as every day.
    let none = matches!(recurrence.frequency, Frequency::Dates | Frequency::MonthlyDay) && days.is_empty();
    if !regular.is_empty() && !none {
        rules.push(timed(&days, &recurrence.sessions));
        if recurrence.except_nth.contains(&Nth::Last) {
            let last = nth_weekdays(&recurrence.weekdays, &[Nth::Last]);
            rules.push(format!("{} off", in_months_on(&months(&regular), &last)));
        }
    }
    for month in (1..=12).filter(|month| !recurrence.excluded_months.contains(month)) {
        let changes = recurrence.month_overrides.iter().filter(|change| change.month == month);
        let days: Vec<_> = changes.map(|change| nth_weekday(change.day)).collect();
        if !days.is_empty() {
            rules.push(timed(&joined(&months(&[month]), &days.join(",")), &recurrence.sessions));
        }
    }
    rules.join("; ")
}

fn regular_months(recurrence: &Recurrence) -> impl Iterator<Item = u8> {
    (1..=12).filter(|month| {
        (recurrence.months.is_empty() || recurrence.months.contains(month))
            && !recurrence.excluded_months.contains(month)
            && !recurrence.month_overrides.iter().any(|change| change.month == *month)
    })
}

fn regular_days(recurrence: &Recurrence, in_months: &[u8]) -> String {
    let months = months(in_months);
    match recurrence.frequency {
        Frequency::Dates => dates(&recurrence.dates, in_months),
        Frequency::MonthlyDay => month_days(&recurrence.month_days, in_months),
        Frequency::Weekly if !recurrence.except_nth.is_empty() => {
            let kept: Vec<_> =
                (1..=5).map(Nth::Of).filter(|nth| !recurrence.except_nth.contains(nth)).collect();
            let every = kept.len() == 5;
            let days = if every {
                weekdays(&recurrence.weekdays)
            } else {
                nth_weekdays(&recurrence.weekdays, &kept)
            };
            in_months_on(&months, &days)
        }
        _ if !recurrence.nth.is_empty() => {
            in_months_on(&months, &nth_weekdays(&recurrence.weekdays, &recurrence.nth))
        }
        _ => joined(&months, &weekdays(&recurrence.weekdays)),
    }
}

/// A rule for these days: exact times first, approximate ones added; without sessions, days of unknown times.
fn timed(days: &str, sessions: &[Session]) -> String {
    let times = |approximate: bool| {
        let mut spans: Vec<_> =
            sessions.iter().filter(|s| s.approximate == approximate).filter_map(Session::span).collect();
        spans.sort();
        spans.dedup();
        spans.iter().map(time).collect::<Vec<_>>().join(",")
    };
    let (sure, approximate) = (times(false), times(true));
    if sure.is_empty() && approximate.is_empty() || sessions.iter().all(|session| session.start.is_none()) {
        return joined(days, &format!("unknown \"{UNTIMED}\""));
    }
    let with_comment = |days: &str| joined(days, &format!("{approximate} \"{APPROXIMATE}\""));
    // A second rule for the same days must name days.
    let named = if days.is_empty() { "Mo-Su" } else { days };
    match (sure.is_empty(), approximate.is_empty()) {
        (_, true) => joined(days, &sure),
        (true, false) => with_comment(days),
        (false, false) => format!("{}, {}", joined(named, &sure), with_comment(named)),
    }
}

impl Session {
    /// The window of the session; `None` when it has an end and no start.
    pub(crate) fn span(&self) -> Option<Span> {
        let minute = |time: NaiveTime| (time.hour() * 60 + time.minute()) as u16;
        let Some(start) = self.start.map(minute) else {
            return self.end.is_none().then(Span::untimed);
        };
        let certainty = if self.approximate { Certainty::Approximate } else { Certainty::Sure };
        let (end, open_end) = match self.end.map(minute) {
            Some(end) if end <= start => (end + DAY, false),
            Some(end) => (end, false),
            None => (start, true),
        };
        Some(Span { start, end, open_end, certainty, comment: None })
    }
}

fn time(span: &Span) -> String {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    match span.open_end {
        true => format!("{}+", clock(span.start)),
        // The grammar, too, reads an end at or before the start as one on the next day.
        false if span.end > DAY => format!("{}-{}", clock(span.start), clock(span.end - DAY)),
        false => format!("{}-{}", clock(span.start), clock(span.end)),
    }
}

fn dates(dates: &[NaiveDate], months: &[u8]) -> String {
    let mut dates = dates.to_vec();
    dates.sort();
    dates.dedup();
    let dates = dates.iter().filter(|date| months.contains(&(date.month() as u8)));
    let text =
        |date: &NaiveDate| format!("{} {} {}", date.year(), MONTHS[date.month0() as usize], date.day());
    dates.map(text).collect::<Vec<_>>().join(",")
}

fn month_days(days: &[u8], months: &[u8]) -> String {
    let mut days = days.to_vec();
    days.sort();
    days.dedup();
    let days = months.iter().flat_map(|month| days.iter().map(|day| MonthDay { month: *month, day: *day }));
    let text = |day: MonthDay| format!("{} {}", MONTHS[usize::from(day.month) - 1], day.day);
    days.filter(|day| day.exists()).map(text).collect::<Vec<_>>().join(",")
}

fn months(months: &[u8]) -> String {
    let places: Vec<_> = months.iter().map(|month| usize::from(*month) - 1).collect();
    ranges(&places, &MONTHS)
}

fn weekdays(weekdays: &[Weekday]) -> String {
    ranges(&places(weekdays), &WEEKDAYS)
}

fn places(weekdays: &[Weekday]) -> Vec<usize> {
    let mut places: Vec<_> = weekdays.iter().map(|day| day.num_days_from_monday() as usize).collect();
    places.sort();
    places.dedup();
    places
}

fn nth_weekdays(weekdays: &[Weekday], nth: &[Nth]) -> String {
    let mut nth = nth.to_vec();
    nth.sort();
    nth.dedup();
    let nth: Vec<_> = nth.into_iter().map(nth_text).collect();
    let text = |place: usize| format!("{}[{}]", WEEKDAYS[place], nth.join(","));
    places(weekdays).into_iter().map(text).collect::<Vec<_>>().join(",")
}

fn nth_weekday(day: NthWeekday) -> String {
    nth_weekdays(&[day.weekday], &[day.nth])
}

fn nth_text(nth: Nth) -> String {
    match nth {
        Nth::Of(nth) => nth.to_string(),
        Nth::Last => "-1".to_owned(),
    }
}

/// Ascending indices by name, three and more in a row as a range. All of them together need no name.
fn ranges(places: &[usize], names: &[&str]) -> String {
    let mut text = String::new();
    if places.len() == names.len() {
        return text;
    }
    let runs = places.chunk_by(|a, b| *b == a + 1);
    let runs = runs.flat_map(|run| if run.len() > 2 { vec![run] } else { run.chunks(1).collect() });
    for run in runs {
        let separator = if text.is_empty() { "" } else { "," };
        let _ = match run {
            [first, .., last] => write!(text, "{separator}{}-{}", names[*first], names[*last]),
            [only] => write!(text, "{separator}{}", names[*only]),
            [] => Ok(()),
        };
    }
    text
}

/// Months and weekdays. Programs differ on whether the weekday of `Jan,Mar We[2]` applies to January too;
/// with the colon it does.
fn in_months_on(months: &str, days: &str) -> String {
    match months.rsplit_once(',') {
        Some((_, last)) if !last.contains('-') && days.contains('[') => format!("{months}: {days}"),
        _ => joined(months, days),
    }
}

fn joined(first: &str, second: &str) -> String {
    [first, second].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}
