//! Standard Japanese, in the wording of leaflets, in each voice.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{
    Voice, month_runs,
    outline::{Item, Occurrences, Said, outline},
    runs,
};
use crate::{
    opening_hours::{Certainty, DAY, OpeningHours, Span},
    reason::Reason,
    recurrence::{HolidayPolicy, MonthDay, Nth, NthWeekday, Session, WeatherPolicy, YearEndPolicy},
    schedule::{Rule, Schedule, Uncomputable},
};

/// Most single dates that are listed; more are only counted.
const MOST_DATES: usize = 6;

const EVERY_OTHER_WEEK: &str = "隔週";

pub(super) fn text(schedule: &Schedule, voice: Voice) -> String {
    let (said, mut notes) = match &schedule.rule {
        Rule::Hours(hours) => regular(hours, Some(every_week(voice))),
        Rule::Fortnightly { hours, from } => {
            let (said, mut notes) = regular(hours, Some(EVERY_OTHER_WEEK));
            notes.push(format!("{}の週から1週おき", date(*from)));
            (said, notes)
        }
        Rule::Undated { why, hours } => undated(*why, hours.as_ref()),
    };
    if schedule.uncomputable().is_none() && !says_nothing_of_holidays(schedule) {
        notes.splice(0..0, holidays(schedule, voice));
    }
    notes.extend(exceptions(schedule));
    if notes.is_empty() { said } else { format!("{said}（{}）", notes.join("、")) }
}

fn undated(why: Uncomputable, hours: Option<&OpeningHours>) -> (String, Vec<String>) {
    let why = match (why, hours) {
        (Uncomputable::BiweeklyWithoutAnchor, Some(hours)) => {
            let (said, mut notes) = regular(hours, Some(EVERY_OTHER_WEEK));
            notes.push("どの週かは未確認".to_owned());
            return (said, notes);
        }
        _ => why.sentence(),
    };
    match hours.map(|hours| regular(hours, None)) {
        Some((said, notes)) => (format!("{why} {said}"), notes),
        None => (why.into_owned(), vec![]),
    }
}

/// The word before weekdays; printed sheets omit it to save space.
fn every_week(voice: Voice) -> &'static str {
    match voice {
        Voice::Place | Voice::Person => "毎週",
        Voice::Paper => "",
    }
}

/// The regular rule and notes on its exceptions; `every` is the word before weekdays, `None` where no dates
/// are known.
fn regular(hours: &OpeningHours, every: Option<&str>) -> (String, Vec<String>) {
    let Some(items) = outline(hours.lines()) else {
        return (format!("{}（OpenStreetMap の書式）", hours.as_str()), vec![]);
    };
    let (mut said, mut notes) = (vec![], vec![]);
    for item in items {
        match item {
            Item::Meets { days: on, spans } => said.push(meets(&days(&on, every), &times(&spans))),
            Item::Instead { days: on, spans } => {
                notes.push(format!("ただし{}は{}", days(&on, None), times(&spans)))
            }
            Item::MonthMeets { month, days: on } => {
                notes.push(format!("{month}月は{}", weekdays(&on, "", "")))
            }
            Item::MonthsClosed(months) => notes.push(format!("{}は休み", months_named(months))),
            Item::Closed { days: on, spans, comment } => {
                notes.push(closed(&days(&on, None), &spans, comment))
            }
        }
    }
    (said.join("／"), notes)
}

fn meets(days: &str, times: &str) -> String {
    let separator = if days.is_empty() || times.is_empty() || times.starts_with('（') { "" } else { " " };
    format!("{days}{separator}{times}")
}

fn closed(days: &str, spans: &[Span], comment: Option<String>) -> String {
    let what = match &spans {
        [span] if span.is_whole_day() => String::new(),
        _ => times(spans),
    };
    let days = if days.is_empty() { "毎日" } else { days };
    let comment = comment.map(|comment| format!("・{comment}")).unwrap_or_default();
    format!("{days}は{what}休み{comment}")
}

fn days(said: &Said, every: Option<&str>) -> String {
    let season = season(said);
    let of = if season.is_empty() { "" } else { "の" };
    if !said.month_days.is_empty() {
        let each = if season.is_empty() { "毎月" } else { "" };
        let days = runs(said.month_days.iter().copied()).into_iter().map(|run| range(run, "日"));
        return format!("{season}{of}{each}{}", days.collect::<Vec<_>>().join("・"));
    }
    if said.weekdays.is_empty() {
        let single = said.months == 0
            && said.yearly.iter().all(|d| d.0 == d.1)
            && said.dated.iter().all(|d| d.0 == d.1);
        let daily = if every.is_none() || !season.is_empty() && single { "" } else { "毎日" };
        return if daily.is_empty() { season } else { format!("{season}{of}{daily}") };
    }
    let monthly = if season.is_empty() && every.is_some() { "毎月" } else { "" };
    format!("{season}{of}{}", weekdays(said, every.unwrap_or_default(), monthly))
}

fn season(said: &Said) -> String {
    let mut parts = if said.months == 0 { vec![] } else { vec![months_named(said.months)] };
    parts.extend(said.yearly.iter().map(|(from, to)| span_of(month_day(*from), month_day(*to))));
    let mut year = None;
    for (from, to) in &said.dated {
        // The year is written once for consecutive dates in it.
        let start = if year == Some(from.year()) { month_day(day_of(*from)) } else { date(*from) };
        let end = if from.year() == to.year() { month_day(day_of(*to)) } else { date(*to) };
        year = Some(to.year());
        parts.push(if from == to { start } else { format!("{start}〜{end}") });
    }
    parts.join("・")
}

fn span_of(from: String, to: String) -> String {
    if from == to { from } else { format!("{from}〜{to}") }
}

fn months_named(months: u16) -> String {
    let runs = month_runs(months)
        .into_iter()
        .flat_map(|(from, to)| if to == from + 1 { vec![(from, from), (to, to)] } else { vec![(from, to)] });
    runs.map(|run| range(run, "月")).collect::<Vec<_>>().join("・")
}

fn range((from, to): (u8, u8), unit: &str) -> String {
    span_of(format!("{from}{unit}"), format!("{to}{unit}"))
}

fn weekdays(said: &Said, every: &str, monthly: &str) -> String {
    let group = |(place, (occurrences, weekdays)): (usize, &(Occurrences, Vec<Weekday>))| {
        let monthly = if place == 0 { monthly } else { "" };
        let names = weekday_names(weekdays);
        let of = if weekdays.len() > 1 { "の" } else { "" };
        match occurrences {
            Occurrences::Every => format!("{every}{names}"),
            Occurrences::AllBut(nth) => format!("{}{names}を除く{every}{names}", nths(nth, &[])),
            Occurrences::These { from_start, from_end } => {
                format!("{monthly}{}{of}{names}", nths(from_start, from_end))
            }
        }
    };
    said.weekdays.iter().enumerate().map(group).collect::<Vec<_>>().join("と")
}

fn nths(from_start: &[u8], from_end: &[u8]) -> String {
    let first = from_start.iter().map(|nth| format!("第{nth}"));
    let last = from_end.iter().map(|nth| match nth {
        1 => "最終".to_owned(),
        nth => format!("最後から{nth}番目の"),
    });
    first.chain(last).collect::<Vec<_>>().join("・")
}

/// Names of weekdays: 「月〜金曜」, 「月・木曜」.
fn weekday_names(weekdays: &[Weekday]) -> String {
    let numbers = weekdays.iter().map(|day| day.num_days_from_monday() as u8);
    let name = |number: u8| ["月", "火", "水", "木", "金", "土", "日"][usize::from(number % 7)];
    let runs = runs(numbers).into_iter().map(|(from, to)| match to - from {
        0 => name(from).to_owned(),
        1 => format!("{}・{}", name(from), name(to)),
        _ => format!("{}〜{}", name(from), name(to)),
    });
    format!("{}曜", runs.collect::<Vec<_>>().join("・"))
}

fn times(spans: &[Span]) -> String {
    spans.iter().map(time).collect::<Vec<_>>().join("、")
}

fn time(span: &Span) -> String {
    let comment = span.comment.as_deref();
    let range = if span.is_whole_day() { "24時間".to_owned() } else { clock_range(span) };
    match (span.certainty, comment) {
        (Certainty::Untimed, _) => "（時間は未確認）".to_owned(),
        (Certainty::Approximate, _) => format!("{range}頃"),
        (Certainty::Sure, Some(comment)) => format!("{range}（{comment}）"),
        (Certainty::Sure, None) => range,
        (Certainty::Unknown, Some(comment)) if span.is_whole_day() => format!("（{comment}・要確認）"),
        (Certainty::Unknown, None) if span.is_whole_day() => "（要確認）".to_owned(),
        (Certainty::Unknown, Some(comment)) => format!("{range}（{comment}・要確認）"),
        (Certainty::Unknown, None) => format!("{range}（要確認）"),
    }
}

fn clock_range(span: &Span) -> String {
    let start = clock(span.start);
    match (span.open_end, span.end > span.start) {
        (true, false) => format!("{start}〜"),
        (true, true) => format!("{start}〜{}以降", clock(span.end)),
        (false, _) => format!("{start}〜{}", clock(span.end)),
    }
}

fn clock(minute: u16) -> String {
    let next_day = if minute > DAY { "翌" } else { "" };
    let minute = if minute > DAY { minute % DAY } else { minute };
    format!("{next_day}{}:{:02}", minute / 60, minute % 60)
}

/// Whether notes on holidays are omitted: dates that are given one by one are held on any day.
pub(super) fn says_nothing_of_holidays(schedule: &Schedule) -> bool {
    let held = schedule.holidays == HolidayPolicy::Held && schedule.year_end == YearEndPolicy::Held;
    held && schedule.hours().is_some_and(|hours| hours.lines().iter().all(|line| !line.days.dated.is_empty()))
}

/// Notes on holidays and the turn of the year, also on whether these are unconfirmed.
fn holidays(schedule: &Schedule, voice: Voice) -> Vec<String> {
    if (&schedule.holidays, schedule.year_end) == (&HolidayPolicy::Cancelled, YearEndPolicy::Cancelled) {
        return closed_on_both(voice);
    }
    let mut unsaid = vec![];
    let mut notes = vec![];
    match &schedule.holidays {
        HolidayPolicy::Held => notes.push(as_usual("祝日", voice)),
        HolidayPolicy::Cancelled => notes.push("祝日は休み".to_owned()),
        HolidayPolicy::Moved(to) => notes.push(format!("祝日は{}に変更", nth_weekday(*to))),
        HolidayPolicy::OwnHours(sessions) => {
            let spans: Vec<_> = sessions.iter().filter_map(Session::span).collect();
            notes.push(format!("祝日は{}", times(&spans)));
        }
        HolidayPolicy::Unknown => unsaid.push("祝日"),
    }
    match schedule.year_end {
        YearEndPolicy::Held => notes.push(as_usual("年末年始", voice)),
        YearEndPolicy::Cancelled => notes.push("年末年始は休み".to_owned()),
        // The closed days are named among the closures.
        YearEndPolicy::AsUsual => {}
        YearEndPolicy::Unknown => unsaid.push("年末年始"),
    }
    if !unsaid.is_empty() {
        notes.push(format!("{}は要確認", unsaid.join("・")));
    }
    notes
}

/// The note for days that are no exception: places are open (開催), people are there as usual (同じ).
fn as_usual(days: &str, voice: Voice) -> String {
    match voice {
        Voice::Place => format!("{days}も開催"),
        Voice::Person | Voice::Paper => format!("{days}も同じ"),
    }
}

fn closed_on_both(voice: Voice) -> Vec<String> {
    match voice {
        Voice::Place | Voice::Person => vec!["祝日は休み".to_owned(), "年末年始は休み".to_owned()],
        Voice::Paper => vec!["祝日・年末年始は休み".to_owned()],
    }
}

fn nth_weekday(NthWeekday { nth, weekday }: NthWeekday) -> String {
    let name = weekday_names(&[weekday]);
    match nth {
        Nth::Of(nth) => format!("第{nth}{name}"),
        Nth::Last => format!("最終{name}"),
    }
}

fn exceptions(schedule: &Schedule) -> Vec<String> {
    let mut notes = vec![];
    for closure in &schedule.closures {
        let days = span_of(month_day(closure.from), month_day(closure.to));
        notes.push(match &closure.label {
            Some(label) if label.contains('休') => format!("{days}は{label}"),
            Some(label) => format!("{days}は{label}休み"),
            None => format!("{days}は休み"),
        });
    }
    if schedule.weather != WeatherPolicy::None {
        notes.push(Reason::Weather(schedule.weather).sentence().into_owned());
    }
    if schedule.by_appointment {
        notes.push(Reason::ByAppointment.sentence().into_owned());
    }
    notes.extend(single_dates(&schedule.cancelled, "は中止"));
    notes.extend(single_dates(&schedule.added, "も開催"));
    notes.extend(schedule.valid_from.map(|from| format!("{}から", date(from))));
    notes.extend(schedule.valid_to.map(|to| format!("{}まで", date(to))));
    notes
}

fn single_dates(dates: &[NaiveDate], what: &str) -> Option<String> {
    match dates.len() {
        0 => None,
        1..=MOST_DATES => {
            Some(format!("{}{what}", dates.iter().map(|day| date(*day)).collect::<Vec<_>>().join("・")))
        }
        many => Some(format!("ほかに{many}日{what}")),
    }
}

fn date(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

fn month_day(day: MonthDay) -> String {
    format!("{}月{}日", day.month, day.day)
}

fn day_of(date: NaiveDate) -> MonthDay {
    MonthDay { month: date.month() as u8, day: date.day() as u8 }
}
