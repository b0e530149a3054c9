//! Distinguishes closures of every year from those of one year, which has to be known.

use super::apply::falls_on;
use super::items::{PrintedDate, Span};
use super::{Context, Reason};
use crate::recurrence::{Closure, MonthDay, Recurrence};
use chrono::{Datelike, Days, NaiveDate};

const fn day(month: u8, day: u8) -> MonthDay {
    MonthDay { month, day }
}

/// 年末年始, お盆, 大型連休: closures within these spans are customary every year.
const CUSTOMS: [(MonthDay, MonthDay); 3] =
    [(day(12, 26), day(1, 7)), (day(8, 7), day(8, 20)), (day(4, 28), day(5, 7))];

pub fn closure((from, to): Span, label: Option<&str>) -> Closure {
    Closure { from, to, label: label.map(str::to_owned) }
}

pub fn crosses_new_year((from, to): Span) -> bool {
    from > to
}

/// From the last days of December into the first of January, or within them.
pub fn is_year_end(span: Span) -> bool {
    within(span, CUSTOMS[0]) && crosses_new_year(span)
}

/// Whether all of 29 December to 3 January is closed, and whether nothing else is.
pub fn covers_year_end((from, to): Span) -> (bool, bool) {
    let covers = from > to && from <= day(12, 29) && to >= day(1, 3);
    (covers, (from, to) == (day(12, 29), day(1, 3)))
}

/// Whether a span is closed every year although the text does not say so: a customary one, or one of four
/// weeks or more.
pub fn recurs(span: Span) -> bool {
    let days = (date_of(span.1, span.0) - date_of(span.0, span.0)).num_days();
    days >= 28 || CUSTOMS.iter().any(|custom| within(span, *custom))
}

fn within(span: Span, custom: Span) -> bool {
    // Counted from the custom's first day, so that January follows December.
    let at = |day: MonthDay| date_of(day, custom.0);
    at(custom.0) <= at(span.0) && at(span.0) <= at(span.1) && at(span.1) <= at(custom.1)
}

/// The date of a day in a year that begins on `first`. The years 2000 and
/// 2001 contain every day of a closure.
fn date_of(at: MonthDay, first: MonthDay) -> NaiveDate {
    let year = 2000 + i32::from(at < first);
    let date = NaiveDate::from_ymd_opt(year, at.month.into(), at.day.into());
    date.or_else(|| NaiveDate::from_ymd_opt(year, 2, 28)).unwrap_or_default()
}

/// Single days as closures, if all of them are customary and none stands alone.
pub fn customary(printed: &[PrintedDate]) -> Option<Vec<Closure>> {
    if printed.iter().any(|date| date.year.is_some() || date.weekday.is_some()) {
        return None;
    }
    let days: Vec<MonthDay> = printed.iter().map(|date| day(date.month, date.day)).collect();
    let of = |custom: Span| days.iter().copied().filter(move |&at| within((at, at), custom));
    if CUSTOMS.iter().map(|custom| of(*custom).count()).sum::<usize>() != days.len() {
        return None;
    }
    let mut found = vec![];
    for custom in CUSTOMS {
        let mut days: Vec<MonthDay> = of(custom).collect();
        days.sort_by_key(|at| date_of(*at, custom.0));
        let runs = runs(&days, custom.0);
        // 12月28日 or 1月4日 alone is a day of one year; 12月31日 and 1月1日 are closed in every year.
        let lone = |span: &Span| span.0 == span.1 && span.0 != day(12, 31) && span.0 != day(1, 1);
        if runs.iter().any(lone) {
            return None;
        }
        found.extend(runs.into_iter().map(|span| closure(span, None)));
    }
    Some(found)
}

/// Single days as closures of every year, consecutive ones joined; `None`: a day has its year or weekday, is no customary
/// one, or there are none.
pub fn of_every_year(printed: &[PrintedDate]) -> Option<Vec<Closure>> {
    let in_custom = |date: &PrintedDate| {
        let at = day(date.month, date.day);
        CUSTOMS.iter().any(|custom| within((at, at), *custom))
    };
    let undated = |date: &PrintedDate| date.year.is_none() && date.weekday.is_none();
    if printed.is_empty() || !printed.iter().all(|date| undated(date) && in_custom(date)) {
        return None;
    }
    // From July to June: the turn of the year lies within.
    let first = day(7, 1);
    let mut days: Vec<MonthDay> = printed.iter().map(|date| day(date.month, date.day)).collect();
    days.sort_by_key(|at| date_of(*at, first));
    days.dedup();
    Some(runs(&days, first).into_iter().map(|span| closure(span, None)).collect())
}

/// Consecutive days as spans.
fn runs(days: &[MonthDay], first: MonthDay) -> Vec<Span> {
    let mut found: Vec<Span> = vec![];
    for &at in days {
        match found.last_mut() {
            Some(run) if date_of(run.1, first).checked_add_days(Days::new(1)) == Some(date_of(at, first)) => {
                run.1 = at;
            }
            _ => found.push((at, at)),
        }
    }
    found
}

/// ※5月2日・8月15日を除く: the days in the only year, of three around the printing, in which all of them are
/// meeting days.
pub fn year_they_meet(
    printed: &[PrintedDate],
    recurrences: &[Recurrence],
    context: &Context,
) -> Result<Vec<NaiveDate>, Reason> {
    let as_of = context.as_of.ok_or(Reason::YearNotSaid)?;
    let meeting_days = |year: i32| -> Option<Vec<NaiveDate>> {
        printed
            .iter()
            .map(|date| NaiveDate::from_ymd_opt(year, date.month.into(), date.day.into()))
            .map(|date| date.filter(|date| recurrences.iter().any(|one| falls_on(one, *date))))
            .collect()
    };
    let mut years = (as_of.year() - 1..=as_of.year() + 1).filter_map(meeting_days);
    match (years.next(), years.next()) {
        (Some(only), None) => Ok(only),
        _ => Err(Reason::YearNotSaid),
    }
}
