//! Prints how the reader understands texts, one a line on standard input: `cargo run -p hours --example reading < texts`.
//! A line of four cells separated by tabs is days, start, end and remark, as lists of cities have them. `\n` is a line
//! break. A reading names each weekday with its hours (`Sat#1,3=09:00-12:00`), the holidays (`PH=closed`) and the closures
//! (`X=12/30-1/3`); a text that is not read shows the reason.

use hours::prose::{Context, Reading, combine, read, read_note, read_times, read_weekdays, with_note};
use hours::recurrence::{Frequency, HolidayPolicy, Nth, Recurrence, Session, YearEndPolicy};
use std::collections::BTreeSet;
use std::io::BufRead;

fn main() {
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let text = line.replace("\\n", "\n");
        let reading = match text.split('\t').collect::<Vec<_>>()[..] {
            [days, start, end, note] => columns(days, start, end, note),
            _ => read(&text),
        };
        println!("{}\t{line}", told(&reading));
    }
}

fn columns(days: &str, start: &str, end: &str, note: &str) -> Reading {
    let mut reading = read_weekdays(days);
    if !(start.is_empty() && end.is_empty()) {
        reading = combine(&reading, &read_times(&format!("{start}～{end}")));
    }
    match note {
        "" => reading,
        note => with_note(&reading, &read_note(note, &Context::default())),
    }
}

fn told(reading: &Reading) -> String {
    if reading.refused() {
        let why: Vec<String> =
            reading.unread.iter().map(|unread| format!("{:?} {}", unread.reason, unread.part)).collect();
        return format!("REFUSE ({})", why.join("; ").replace('\n', "\\n"));
    }
    if !reading.computable() {
        return "COUNT".to_owned();
    }
    if let Some(errors) = reading.recurrences.iter().find_map(|one| hours::compile::compile(one).err()) {
        return format!("REFUSE ({errors:?})");
    }
    let mut words: Vec<String> = vec![];
    let mut once: BTreeSet<String> = BTreeSet::new();
    for one in &reading.recurrences {
        words.extend(days(one));
        once.extend(rules(one));
    }
    if once.iter().any(|word| word.starts_with("PH=") && word.contains(':')) {
        once.remove("PH=closed");
    }
    words.extend(once);
    words.join(" ")
}

fn days(one: &Recurrence) -> Vec<String> {
    let hours = sessions(&one.sessions);
    let nth = |nth: &[Nth]| {
        let one = |nth: &Nth| match nth {
            Nth::Of(number) => number.to_string(),
            Nth::Last => "L".to_owned(),
        };
        nth.iter().map(one).collect::<Vec<_>>().join(",")
    };
    let which = match (&one.nth[..], &one.except_nth[..]) {
        ([], []) => String::new(),
        ([], except) => format!("-#{}", nth(except)),
        (of, _) => format!("#{}", nth(of)),
    };
    match one.frequency {
        Frequency::Daily => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
            .map(|day| format!("{day}={hours}"))
            .into_iter()
            .collect(),
        Frequency::MonthlyDay => one.month_days.iter().map(|day| format!("D{day}={hours}")).collect(),
        Frequency::Dates => one.dates.iter().map(|date| format!("{date}={hours}")).collect(),
        _ => one.weekdays.iter().map(|day| format!("{day}{which}={hours}")).collect(),
    }
}

fn rules(one: &Recurrence) -> Vec<String> {
    let list = |months: &[u8]| months.iter().map(u8::to_string).collect::<Vec<_>>().join(",");
    let mut words = vec![];
    match &one.holidays {
        HolidayPolicy::Unknown => {}
        HolidayPolicy::Held => words.push("PH=open".to_owned()),
        HolidayPolicy::Cancelled => words.push("PH=closed".to_owned()),
        HolidayPolicy::Moved(_) => words.push("PH=moved".to_owned()),
        HolidayPolicy::OwnHours(own) => words.push(format!("PH={}", sessions(own))),
    }
    if one.year_end == YearEndPolicy::Cancelled
        && !one.closures.iter().any(|closure| closure.from > closure.to)
    {
        words.push("X=yearend".to_owned());
    }
    words.extend(one.closures.iter().map(|closure| {
        let (from, to) = (closure.from, closure.to);
        format!("X={}/{}-{}/{}", from.month, from.day, to.month, to.day)
    }));
    if !one.months.is_empty() {
        words.push(format!("m={}", list(&one.months)));
    }
    if !one.excluded_months.is_empty() {
        words.push(format!("-m={}", list(&one.excluded_months)));
    }
    words
}

fn sessions(sessions: &[Session]) -> String {
    let time = |time: Option<chrono::NaiveTime>| time.map(|time| time.format("%H:%M").to_string());
    let one = |session: &Session| match time(session.start) {
        None => "?".to_owned(),
        Some(start) => {
            format!("{start}-{}", time(session.end).unwrap_or_default()).replace("-00:00", "-24:00")
        }
    };
    match sessions {
        [] => "?".to_owned(),
        all => all.iter().map(one).collect::<Vec<_>>().join(","),
    }
}
