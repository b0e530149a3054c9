//! Days, months and periods of a year as people write them: 令和8年5月1日, R8.5.1, 12月～3月.

use crate::scalars::YearMonth;
use chrono::{Datelike, NaiveDate};
use hours::recurrence::MonthDay;
use unicode_normalization::UnicodeNormalization;

/// The eras of living people, each with the year before its first.
const ERAS: [(&str, i32); 6] =
    [("令和", 2018), ("R", 2018), ("平成", 1988), ("H", 1988), ("昭和", 1925), ("S", 1925)];

/// A day with its year: 令和8年5月1日, R8.5.1, 2026/5/1, 2026-05-01; a weekday
/// in brackets after it must be right.
pub fn day(text: &str) -> Option<NaiveDate> {
    let plain = plain(text);
    let (plain, weekday) = match plain.split_once('(') {
        Some((date, rest)) => (date.to_owned(), Some(rest.trim_end_matches(')').to_owned())),
        None => (plain, None),
    };
    let (year, rest) = year(plain.strip_suffix('日').unwrap_or(&plain))?;
    let (month, day) = rest.split_once(['月', '.', '/', '-'])?;
    let date = NaiveDate::from_ymd_opt(year, number(month)?, number(day)?)?;
    let printed = || {
        date.format("%u").to_string().parse().ok().and_then(|n: usize| "月火水木金土日".chars().nth(n - 1))
    };
    match weekday {
        Some(weekday) => (weekday.chars().next() == printed()).then_some(date),
        None => Some(date),
    }
}

/// Whether a text is a day with a weekday in brackets that it does not have.
pub fn is_of_other_weekday(text: &str) -> bool {
    let date = plain(text).split_once('(').map(|(date, _)| date.to_owned());
    day(text).is_none() && date.is_some_and(|date| day(&date).is_some())
}

/// The day into which a spreadsheet turned a cell: 2026-03-01, 2026/3/1, 2026年3月1日, 3月1日, 1-Mar. Without a year it is one
/// of 2000.
pub fn day_of_a_spreadsheet(text: &str) -> Option<NaiveDate> {
    let plain = plain(text);
    let formats = ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"];
    let whole = formats.iter().find_map(|format| NaiveDate::parse_from_str(&plain, format).ok());
    let in_japanese = || {
        let (month, day) = plain.strip_suffix('日')?.split_once('月')?;
        NaiveDate::from_ymd_opt(2000, number(month)?, number(day)?)
    };
    let in_english = || {
        let formats = ["%d-%b-%Y", "%b-%d-%Y"];
        formats.iter().find_map(|format| NaiveDate::parse_from_str(&format!("{plain}-2000"), format).ok())
    };
    whole.or_else(in_japanese).or_else(in_english)
}

/// A month of a year: 令和5年6月, R5.6, 2023/6, 2023-06; also its first day, into which spreadsheets turn it.
pub fn month(text: &str) -> Option<YearMonth> {
    if let Some(first) = day(text).filter(|day| day.day() == 1) {
        return YearMonth::parse(&format!("{:04}-{:02}", first.year(), first.month()));
    }
    let plain = plain(text);
    let (year, rest) = year(plain.strip_suffix('月').unwrap_or(&plain))?;
    YearMonth::parse(&format!("{year:04}-{:02}", number::<u8>(rest)?))
}

/// A period of every year: 12月～3月, 12月1日～3月31日, 12/1～3/31.
pub fn span(text: &str) -> Option<(MonthDay, MonthDay)> {
    let plain = plain(text).replace("から", "~");
    let plain = plain.trim_end_matches("まで");
    let (from, to) = plain.split_once(['~', '〜', '～'])?;
    let span = (month_day(from, |_| 1)?, month_day(to, last_day)?);
    (span.0.exists() && span.1.exists()).then_some(span)
}

/// A day of the year as in filters and answers, `12-01`.
pub fn written(day: MonthDay) -> String {
    format!("{:02}-{:02}", day.month, day.day)
}

fn month_day(text: &str, else_day: impl Fn(u8) -> u8) -> Option<MonthDay> {
    let text = text.strip_suffix('日').unwrap_or(text);
    let (month, day) = text.split_once(['月', '/'])?;
    let month = number(month)?;
    let day = if day.is_empty() { else_day(month) } else { number(day)? };
    Some(MonthDay { month, day })
}

fn last_day(month: u8) -> u8 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The year at the beginning of a text, and the rest.
fn year(text: &str) -> Option<(i32, &str)> {
    let era = ERAS.iter().find_map(|(era, before)| Some((text.strip_prefix(era)?, *before)));
    let (year, rest) = era.map_or(text, |(rest, _)| rest).split_once(['年', '.', '/', '-'])?;
    match era {
        Some((_, before)) if year == "元" => Some((before + 1, rest)),
        Some((_, before)) => Some((before + number::<i32>(year).filter(|n| (1..=64).contains(n))?, rest)),
        None if year.len() == 4 => Some((number(year)?, rest)),
        None => None,
    }
}

fn number<N: std::str::FromStr>(text: &str) -> Option<N> {
    let digits = !text.is_empty() && text.len() <= 4 && text.chars().all(|c| c.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

fn plain(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a remark names days, as in 毎月第2木曜: the hours of the columns then
/// apply to those, not to every weekday.
pub fn names_days(remark: &str) -> bool {
    let folded: String = remark.nfkc().filter(|c| !c.is_whitespace()).collect();
    [
        "曜",
        "毎週",
        "毎月",
        "隔週",
        "月1回",
        "月2回",
        "月3回",
        "月4回",
        "週1回",
        "週2回",
        "週3回",
        "不定期",
        "第1",
        "第2",
        "第3",
        "第4",
        "第一",
        "第二",
        "第三",
        "第四",
    ]
    .iter()
    .any(|word| folded.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_however_it_is_written() {
        let expected = NaiveDate::from_ymd_opt(2026, 5, 1);
        for text in [
            "令和8年5月1日",
            "令和８年５月１日（金）",
            "R8.5.1",
            "R 8.5.1",
            "2026/5/1",
            "2026-05-01",
            "2026年5月1日",
        ] {
            assert_eq!(day(text), expected, "{text}");
        }
        assert_eq!(day("令和元年5月1日"), NaiveDate::from_ymd_opt(2019, 5, 1));
    }

    #[test]
    fn what_may_be_another_day_is_none() {
        for text in
            ["5月1日", "26/5/1", "2026-02-30", "令和8年5月1日（土）", "2026/5", "20260501", "令和8年度", "()"]
        {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn months_and_parts_of_a_year_are_read() {
        assert_eq!(month("令和5年6月"), YearMonth::parse("2023-06"));
        assert_eq!(month("2023/6"), YearMonth::parse("2023-06"));
        assert_eq!(month("2023-06-01"), YearMonth::parse("2023-06"));
        assert_eq!(month("2023-06-02"), None);
        assert_eq!(month("2023年"), None);
        let both = |text| span(text).map(|(from, to)| (written(from), written(to)));
        assert_eq!(both("12月～3月"), Some(("12-01".into(), "03-31".into())));
        assert_eq!(both("12/1〜3/15"), Some(("12-01".into(), "03-15".into())));
        assert_eq!(both("12月上旬～3月"), None);
        assert_eq!(both("2月30日～3月"), None);
    }
}
