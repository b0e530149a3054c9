//! Reads printed dates, months and spans of days, and turns a printed date
//! into a day once its year is certain.

use super::cursor::Cursor;
use super::items::{PrintedDate, PrintedYear, Span};
use super::tokens::Kind;
use super::words::Word;
use super::{Context, Reason};
use crate::recurrence::MonthDay;
use chrono::{Datelike, NaiveDate, Weekday};

/// Consecutive dates: 令和8年5月3日（日）、6月7日. Later ones may omit the year, or year and month.
pub fn list(cursor: &mut Cursor) -> Option<Vec<PrintedDate>> {
    let fiscal = cursor.attempt(fiscal_year);
    let mut found = vec![date(cursor, None)?];
    // Two dates joined by ～ are a period.
    while !period(cursor) && !cursor.is_word(0, Word::From) {
        let last = found.last().map(|date| (date.month, date.year));
        let next = cursor.attempt(|cursor| {
            cursor.take_any(&[Word::Separator, Word::Slash]);
            let next = date(cursor, last.map(|(month, _)| month))?;
            // 8/15、12/31～1/3: a date, and a period.
            let begins_period = period(cursor) && matches!(cursor.kind(1), Some(Kind::Number(..)));
            (!begins_period).then_some(next)
        });
        match next {
            Some(next) => found.push(next),
            None => break,
        }
    }
    if period(cursor) && !matches!(cursor.kind(1), None | Some(Kind::Word(_))) {
        return None;
    }
    if let Some(fiscal) = fiscal {
        found[0].year.get_or_insert(PrintedYear::Fiscal(fiscal));
    }
    Some(found)
}

fn period(cursor: &Cursor) -> bool {
    cursor.is_word(0, Word::Wave) || cursor.is_word(0, Word::Dash)
}

/// 令和8年度
fn fiscal_year(cursor: &mut Cursor) -> Option<i32> {
    let year = year_number(cursor)?;
    cursor.take(Word::FiscalYear).then_some(())?;
    cursor.take(Word::Of);
    Some(year)
}

fn year_number(cursor: &mut Cursor) -> Option<i32> {
    if let Some(Word::Era(before)) = cursor.word() {
        cursor.advance();
        let number = cursor.take_number().filter(|number| (1..=40).contains(number))?;
        return Some(before + number as i32);
    }
    let year = cursor.take_number().filter(|year| (2000..=2100).contains(year))?;
    Some(year as i32)
}

/// One date; `month` is that of the date before, for 10月4日・18日.
fn date(cursor: &mut Cursor, month: Option<u8>) -> Option<PrintedDate> {
    let year = cursor.attempt(|cursor| {
        let year = year_number(cursor)?;
        cursor.take_any(&[Word::Year, Word::Slash, Word::Dash, Word::Dot]).then_some(PrintedYear::Year(year))
    });
    let (month, day) = cursor
        .attempt(|cursor| month_day(cursor, year.is_some()))
        .or_else(|| cursor.attempt(|cursor| Some((month?, lone_day(cursor)?))))?;
    NaiveDate::from_ymd_opt(2000, month.into(), day.into())?;
    let weekday = cursor.attempt(weekday);
    Some(PrintedDate { year, month, day, weekday })
}

/// 5月3日, 5/3; with the year before it also 5-3 and 5.3.
fn month_day(cursor: &mut Cursor, dashed: bool) -> Option<(u8, u8)> {
    let month = cursor.take_number()?;
    if cursor.take_unit(Weekday::Mon) {
        return Some((u8::try_from(month).ok()?, lone_day(cursor)?));
    }
    let signs: &[Word] = if dashed { &[Word::Slash, Word::Dash, Word::Dot] } else { &[Word::Slash] };
    cursor.take_any(signs).then_some(())?;
    let day = cursor.take_number()?;
    let clock = cursor.is_word(0, Word::Colon) || cursor.is_word(0, Word::Hour);
    (!clock).then_some((u8::try_from(month).ok()?, u8::try_from(day).ok()?))
}

fn lone_day(cursor: &mut Cursor) -> Option<u8> {
    let day = cursor.take_number()?;
    cursor.take_unit(Weekday::Sun).then_some(u8::try_from(day).ok()?)
}

/// （日）, （土・祝）, （祝)(月）, or 日曜日 right after the date.
fn weekday(cursor: &mut Cursor) -> Option<Weekday> {
    if let Some(Kind::Weekday { day, full: true }) = cursor.kind(0) {
        cursor.advance();
        return Some(day);
    }
    let mut found = None;
    while let Some(day) = cursor.attempt(|cursor| {
        cursor.take(Word::Open).then_some(())?;
        let holiday = cursor.take(Word::Holiday);
        cursor.take(Word::Separator);
        let day = cursor.take_weekday().map(|(day, _)| day);
        cursor.take(Word::Separator);
        let holiday = cursor.take(Word::Holiday) || holiday;
        (cursor.take(Word::Close) && (holiday || day.is_some())).then_some(day)
    }) {
        found = found.or(day);
    }
    found
}

/// 8月13日～16日, 12/30～1/3, 12月29日から翌年の1月3日まで.
pub fn span(cursor: &mut Cursor) -> Option<Span> {
    let (month, day) = month_day(cursor, false)?;
    // With a printed weekday it is a period of one year, whose year is not printed.
    cursor.take_any(&[Word::Wave, Word::Dash, Word::From]).then_some(())?;
    cursor.take(Word::Next);
    cursor.take(Word::Of);
    let (to_month, to_day) = cursor
        .attempt(|cursor| month_day(cursor, false))
        .or_else(|| cursor.attempt(|cursor| Some((month, lone_or_short_day(cursor)?))))?;
    if cursor.attempt(weekday).is_some() {
        return None;
    }
    cursor.take(Word::Until);
    let (from, to) = (month_day_of(month, day)?, month_day_of(to_month, to_day)?);
    // 8月13日～16日 stays within its month; only October to December may continue into January to April.
    let sane = from < to || (from.month >= 10 && to.month <= 4);
    sane.then_some((from, to))
}

/// 15 in 8/13～15.
fn lone_or_short_day(cursor: &mut Cursor) -> Option<u8> {
    let day = cursor.take_number()?;
    let more = [Word::Slash, Word::Colon, Word::Hour, Word::Dot].iter().any(|word| cursor.is_word(0, *word));
    cursor.take_unit(Weekday::Sun);
    (!more && !cursor.is_unit(0, Weekday::Mon)).then_some(u8::try_from(day).ok()?)
}

fn month_day_of(month: u8, day: u8) -> Option<MonthDay> {
    NaiveDate::from_ymd_opt(2000, month.into(), day.into()).map(|_| MonthDay { month, day })
}

/// 4月～11月, 7月・9月, 7・9月, 奇数月.
pub fn months(cursor: &mut Cursor) -> Option<Vec<u8>> {
    if cursor.take(Word::OddMonths) {
        return Some((1..=12).step_by(2).collect());
    }
    if cursor.take(Word::EvenMonths) {
        return Some((2..=12).step_by(2).collect());
    }
    let mut found: Vec<u8> = vec![];
    let mut unit;
    loop {
        found.push(month_number(cursor)?);
        unit = cursor.take_unit(Weekday::Mon);
        let dash = cursor.is_word(0, Word::Dash);
        if cursor.take_any(&[Word::Wave, Word::Dash, Word::From]) {
            cursor.take(Word::Next);
            let until = month_number(cursor)?;
            // 7-11月: from July to November, or July and November?
            if dash && until != found.last()? % 12 + 1 {
                return None;
            }
            unit = cursor.take_unit(Weekday::Mon);
            cursor.take(Word::Until);
            while *found.last()? != until {
                found.push(found.last()? % 12 + 1);
            }
        }
        let more = cursor.attempt(|cursor| {
            cursor.take_any(&[Word::Separator, Word::Slash]).then_some(())?;
            matches!(cursor.kind(0), Some(Kind::Number(..))).then_some(())?;
            months_follow(cursor).then_some(())
        });
        if more.is_none() {
            break;
        }
    }
    let mut unique = found.clone();
    unique.sort_unstable();
    unique.dedup();
    // 7月15日 is a date, not a month.
    let dated = matches!(cursor.kind(0), Some(Kind::Number(..))) && cursor.is_unit(1, Weekday::Sun);
    (unit && !dated && unique.len() == found.len()).then_some(unique)
}

fn months_follow(cursor: &Cursor) -> bool {
    let month = cursor.is_unit(1, Weekday::Mon);
    let date = matches!(cursor.kind(2), Some(Kind::Number(..))) && cursor.is_unit(3, Weekday::Sun);
    let list = matches!(cursor.kind(1), Some(Kind::Word(Word::Separator | Word::Wave | Word::Dash)));
    (month && !date) || list
}

fn month_number(cursor: &mut Cursor) -> Option<u8> {
    let month = cursor.take_number()?;
    (1..=12).contains(&month).then_some(month as u8)
}

/// The days of printed dates. A date takes its year from the one before it only while dates ascend.
pub fn resolve(printed: &[PrintedDate], context: &Context) -> Result<Vec<NaiveDate>, Reason> {
    let mut found: Vec<NaiveDate> = vec![];
    let mut year = None;
    for date in printed {
        let day = match (date.year.or(year), context.fiscal_year) {
            (Some(printed_year), _) => {
                let day = on(calendar_year(printed_year, date.month), date)?;
                let inherited = date.year.is_none() && matches!(printed_year, PrintedYear::Year(_));
                if inherited && found.last().is_some_and(|last| *last >= day) {
                    return Err(Reason::YearNotSaid);
                }
                year = Some(printed_year);
                day
            }
            (None, Some(fiscal)) => on(calendar_year(PrintedYear::Fiscal(fiscal), date.month), date)?,
            (None, None) => by_weekday(date, context)?,
        };
        found.push(day);
    }
    let repeated = found.iter().enumerate().any(|(at, day)| found[..at].contains(day));
    if repeated { Err(Reason::Contradiction) } else { Ok(found) }
}

fn calendar_year(year: PrintedYear, month: u8) -> i32 {
    match year {
        PrintedYear::Year(year) => year,
        PrintedYear::Fiscal(year) => year + i32::from(month < 4),
    }
}

fn on(year: i32, date: &PrintedDate) -> Result<NaiveDate, Reason> {
    let day =
        NaiveDate::from_ymd_opt(year, date.month.into(), date.day.into()).ok_or(Reason::ImpossibleDate)?;
    match date.weekday {
        Some(weekday) if weekday != day.weekday() => Err(Reason::WeekdayContradictsDate),
        _ => Ok(day),
    }
}

/// The only year around the printing in which the printed weekday is right; three
/// consecutive years differ in weekday.
fn by_weekday(date: &PrintedDate, context: &Context) -> Result<NaiveDate, Reason> {
    let (Some(as_of), Some(_)) = (context.as_of, date.weekday) else { return Err(Reason::YearNotSaid) };
    let years = as_of.year() - 1..=as_of.year() + 1;
    let near: Vec<NaiveDate> = years.filter_map(|year| on(year, date).ok()).collect();
    match near[..] {
        [day] if (day - as_of).num_days().abs() <= 366 => Ok(day),
        [_] => Err(Reason::YearNotSaid),
        _ => Err(Reason::WeekdayContradictsDate),
    }
}
