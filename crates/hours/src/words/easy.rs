//! Easy Japanese (やさしい日本語): short sentences, simple words, no symbols,
//! the twelve-hour clock, Western years.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{
    month_runs,
    outline::{Item, Occurrences, Said, outline},
    runs,
    standard::says_nothing_of_holidays,
};
use crate::{
    opening_hours::{Certainty, DAY, OpeningHours, Span},
    recurrence::{HolidayPolicy, MonthDay, Nth, NthWeekday, Session, WeatherPolicy, YearEndPolicy},
    schedule::{Rule, Schedule, Uncomputable},
};

/// Most single dates that are listed.
const MOST_DATES: usize = 6;

pub(super) fn text(schedule: &Schedule) -> String {
    let mut sentences = match &schedule.rule {
        Rule::Hours(hours) => regular(hours, "毎週"),
        Rule::Fortnightly { hours, from } => {
            let mut sentences = regular(hours, "2週間に1回、");
            sentences.push(format!("{}の週にあります。次は2週間あとです。", date(*from)));
            sentences
        }
        Rule::Undated { why, hours } => undated(*why, hours.as_ref()),
    };
    if schedule.uncomputable().is_none() && !says_nothing_of_holidays(schedule) {
        sentences.extend(holidays(schedule));
    }
    sentences.extend(exceptions(schedule));
    sentences.concat()
}

fn undated(why: Uncomputable, hours: Option<&OpeningHours>) -> Vec<String> {
    let why = match why {
        Uncomputable::Irregular => "いつも同じ日ではありません。日は聞いてください。".to_owned(),
        Uncomputable::TimesPerMonth(Some(times)) => format!("1か月に{times}回あります。日は聞いてください。"),
        Uncomputable::TimesPerMonth(None) => "1か月に何回かあります。日は聞いてください。".to_owned(),
        Uncomputable::TimesPerYear(Some(times)) => format!("1年に{times}回あります。日は聞いてください。"),
        Uncomputable::TimesPerYear(None) => "1年に何回かあります。日は聞いてください。".to_owned(),
        Uncomputable::BiweeklyWithoutAnchor => "2週間に1回あります。どの週かは聞いてください。".to_owned(),
        Uncomputable::OnRequest => "行きたいときに、先に電話で聞いてください。".to_owned(),
        Uncomputable::NotStated => "日と時間はわかりません。聞いてください。".to_owned(),
        Uncomputable::Prose => "日と時間は、もとの文を読んでください。".to_owned(),
    };
    let mut sentences = vec![why];
    sentences.extend(hours.map(|hours| regular(hours, "")).unwrap_or_default());
    sentences
}

fn regular(hours: &OpeningHours, every: &str) -> Vec<String> {
    let Some(items) = outline(hours.lines()) else {
        return vec!["日と時間は、電話で聞いてください。".to_owned()];
    };
    let mut sentences = vec![];
    for item in items {
        match item {
            Item::Meets { days: on, spans } => {
                let on = days(&on, every);
                sentences.extend((!on.is_empty()).then(|| format!("{on}です。")));
                sentences.push(times("時間は、", &spans));
            }
            Item::Instead { days: on, spans } => {
                sentences.push(format!("{}は、ちがいます。", days(&on, "")));
                sentences.push(times("この日の時間は、", &spans));
            }
            Item::MonthMeets { month, days: on } => {
                sentences.push(format!("{month}月は、{}です。", weekdays(&on, "", "")))
            }
            Item::MonthsClosed(months) => sentences.push(format!("{}は休みです。", months_named(months))),
            Item::Closed { days: on, spans, comment } => {
                sentences.push(closed(&days(&on, ""), &spans, comment))
            }
        }
    }
    sentences
}

fn closed(days: &str, spans: &[Span], comment: Option<String>) -> String {
    let when = match spans {
        [span] if span.is_whole_day() => String::new(),
        _ => spans.iter().map(|span| format!("、{}", clock_range(span))).collect(),
    };
    let days = if days.is_empty() { "毎日" } else { days };
    let comment = comment.map(|comment| format!("（{comment}）")).unwrap_or_default();
    format!("{days}{when}は休みです{comment}。")
}

fn days(said: &Said, every: &str) -> String {
    let season = season(said);
    let of = if season.is_empty() { "" } else { "の" };
    if !said.month_days.is_empty() {
        let each = if season.is_empty() { "毎月" } else { "" };
        let days = runs(said.month_days.iter().copied()).into_iter().map(|run| range(run, "日"));
        return format!("{season}{of}{each}{}", days.collect::<Vec<_>>().join("と"));
    }
    if said.weekdays.is_empty() {
        let single = said.months == 0
            && said.yearly.iter().all(|d| d.0 == d.1)
            && said.dated.iter().all(|d| d.0 == d.1);
        let daily = if every.is_empty() || !season.is_empty() && single { "" } else { "毎日" };
        return if daily.is_empty() { season } else { format!("{season}{of}{daily}") };
    }
    let monthly = if season.is_empty() && !every.is_empty() { "毎月、" } else { "" };
    format!("{season}{of}{}", weekdays(said, every, monthly))
}

fn season(said: &Said) -> String {
    let mut parts = if said.months == 0 { vec![] } else { vec![months_named(said.months)] };
    parts.extend(said.yearly.iter().map(|(from, to)| from_to(month_day(*from), month_day(*to))));
    parts.extend(said.dated.iter().map(|(from, to)| from_to(date(*from), date(*to))));
    parts.join("と")
}

fn from_to(from: String, to: String) -> String {
    if from == to { from } else { format!("{from}から{to}まで") }
}

fn months_named(months: u16) -> String {
    month_runs(months).into_iter().map(|run| range(run, "月")).collect::<Vec<_>>().join("と")
}

fn range((from, to): (u8, u8), unit: &str) -> String {
    if to == from + 1 {
        format!("{from}{unit}と{to}{unit}")
    } else {
        from_to(format!("{from}{unit}"), format!("{to}{unit}"))
    }
}

fn weekdays(said: &Said, every: &str, monthly: &str) -> String {
    let group = |(place, (occurrences, weekdays)): (usize, &(Occurrences, Vec<Weekday>))| {
        let monthly = if place == 0 { monthly } else { "" };
        let names = weekday_names(weekdays);
        match occurrences {
            Occurrences::Every => format!("{every}{names}"),
            Occurrences::AllBut(nth) => format!("{every}{names}（その月の{}は休み）", nths(nth, &[])),
            Occurrences::These { from_start, from_end } => {
                format!("{monthly}{}の{names}", nths(from_start, from_end))
            }
        }
    };
    said.weekdays.iter().enumerate().map(group).collect::<Vec<_>>().join("と、")
}

fn nths(from_start: &[u8], from_end: &[u8]) -> String {
    let first = from_start.iter().map(|nth| format!("{nth}回目"));
    let last = from_end.iter().map(|nth| match nth {
        1 => "最後".to_owned(),
        nth => format!("最後から{nth}回目"),
    });
    first.chain(last).collect::<Vec<_>>().join("と")
}

fn weekday_names(weekdays: &[Weekday]) -> String {
    let numbers = weekdays.iter().map(|day| day.num_days_from_monday() as u8);
    let name =
        |number: u8| format!("{}曜日", ["月", "火", "水", "木", "金", "土", "日"][usize::from(number % 7)]);
    let runs = runs(numbers).into_iter().map(|(from, to)| match to - from {
        1 => format!("{}と{}", name(from), name(to)),
        _ => from_to(name(from), name(to)),
    });
    runs.collect::<Vec<_>>().join("と")
}

/// One sentence for each window.
fn times(what: &str, spans: &[Span]) -> String {
    let sentence = |(place, span): (usize, &Span)| {
        let what = if place == 0 { what } else { "それから、" };
        let comment = span.comment.as_deref().map(|comment| format!("（{comment}）")).unwrap_or_default();
        match span.certainty {
            Certainty::Untimed => format!("{what}わかりません。聞いてください。"),
            Certainty::Unknown if span.is_whole_day() => {
                format!("{what}わかりません{comment}。聞いてください。")
            }
            Certainty::Unknown => {
                format!("{what}{}です{comment}。行く前に聞いてください。", clock_range(span))
            }
            Certainty::Sure if span.is_whole_day() => format!("{what}24時間です{comment}。"),
            Certainty::Sure | Certainty::Approximate => format!("{what}{}です{comment}。", clock_range(span)),
        }
    };
    spans.iter().enumerate().map(sentence).collect()
}

fn clock_range(span: &Span) -> String {
    let about = if span.certainty == Certainty::Approximate { "ごろ" } else { "" };
    let start = format!("{}{about}から", clock(span.start));
    match (span.open_end, span.end > span.start) {
        (true, false) => start,
        (true, true) => format!("{start}{}よりあとまで", clock(span.end)),
        (false, _) => format!("{start}{}{about}まで", clock(span.end)),
    }
}

/// A time of day: 「午前10時」, 「午後1時30分」, 「昼の12時」, 「夜の12時」, 「次の日の午前5時」.
fn clock(minute: u16) -> String {
    let day = if minute > DAY { "次の日の" } else { "" };
    let (hour, minutes) = (minute % DAY / 60, minute % 60);
    let minutes_said = if minutes == 0 { String::new() } else { format!("{minutes}分") };
    match (hour, minutes) {
        (0, 0) if minute >= DAY => format!("{day}夜の12時"),
        (12, 0) => format!("{day}昼の12時"),
        (..12, _) => format!("{day}午前{hour}時{minutes_said}"),
        _ => format!("{day}午後{}時{minutes_said}", hour - 12),
    }
}

fn holidays(schedule: &Schedule) -> Vec<String> {
    if (&schedule.holidays, schedule.year_end) == (&HolidayPolicy::Unknown, YearEndPolicy::Unknown) {
        return vec!["祝日と、12月29日から1月3日までは、行く前に聞いてください。".to_owned()];
    }
    let holidays = match &schedule.holidays {
        HolidayPolicy::Held => "祝日もあります。".to_owned(),
        HolidayPolicy::Cancelled => "祝日は休みです。".to_owned(),
        HolidayPolicy::Moved(to) => format!("祝日のときは、その月の{}に変わります。", nth_weekday(*to)),
        HolidayPolicy::OwnHours(sessions) => {
            let spans: Vec<_> = sessions.iter().filter_map(Session::span).collect();
            times("祝日の時間は、", &spans)
        }
        HolidayPolicy::Unknown => "祝日は、行く前に聞いてください。".to_owned(),
    };
    let year_end = match schedule.year_end {
        YearEndPolicy::Held => Some("12月29日から1月3日までもあります。"),
        YearEndPolicy::Cancelled => Some("12月29日から1月3日までは休みです。"),
        // The closed days are named among the closures.
        YearEndPolicy::AsUsual => None,
        YearEndPolicy::Unknown => Some("12月29日から1月3日までは、行く前に聞いてください。"),
    };
    [holidays].into_iter().chain(year_end.map(str::to_owned)).collect()
}

fn nth_weekday(NthWeekday { nth, weekday }: NthWeekday) -> String {
    let name = weekday_names(&[weekday]);
    match nth {
        Nth::Of(nth) => format!("{nth}回目の{name}"),
        Nth::Last => format!("最後の{name}"),
    }
}

fn exceptions(schedule: &Schedule) -> Vec<String> {
    let mut sentences = vec![];
    for closure in &schedule.closures {
        let label = closure.label.as_ref().map(|label| format!("（{label}）")).unwrap_or_default();
        let days = from_to(month_day(closure.from), month_day(closure.to));
        sentences.push(format!("{days}は休みです{label}。"));
    }
    let weather = match schedule.weather {
        WeatherPolicy::None => None,
        WeatherPolicy::RainCancel => Some("雨のときは、休みです。"),
        WeatherPolicy::SnowCancel => Some("雪がたくさん降ったときは、休みです。"),
        WeatherPolicy::WarningCancel => Some("天気の警報が出たときは、休みです。"),
    };
    sentences.extend(weather.map(str::to_owned));
    sentences.extend(schedule.by_appointment.then(|| "行く前に、予約してください。".to_owned()));
    sentences.extend(single_dates(
        &schedule.cancelled,
        "は休みです。",
        "休みの日がほかにあります。聞いてください。",
    ));
    sentences.extend(single_dates(&schedule.added, "もあります。", "ほかの日にもあります。聞いてください。"));
    sentences.extend(schedule.valid_from.map(|from| format!("{}から始まります。", date(from))));
    sentences.extend(schedule.valid_to.map(|to| format!("{}で終わります。", date(to))));
    sentences
}

fn single_dates(dates: &[NaiveDate], what: &str, many: &str) -> Option<String> {
    match dates.len() {
        0 => None,
        1..=MOST_DATES => {
            Some(format!("{}{what}", dates.iter().map(|day| date(*day)).collect::<Vec<_>>().join("と")))
        }
        _ => Some(many.to_owned()),
    }
}

fn date(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

fn month_day(day: MonthDay) -> String {
    format!("{}月{}日", day.month, day.day)
}
