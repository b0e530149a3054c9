//! Parses opening hours into lines: the grammar, without the parts that Yui cannot evaluate.

use std::{fmt, sync::Arc};

use chrono::{Datelike, NaiveDate};
use opening_hours_syntax::{
    Error as SyntaxError, ExtendedTime, RuleKind,
    rules::{
        RuleOperator, RuleSequence,
        day::{Date, DateOffset, DaySelector, MonthdayRange, WeekDayRange},
        time::{Time, TimeSpan},
    },
};

use super::{APPROXIMATE, Certainty, DAY, Days, Effect, Line, Span, UNTIMED, YearSpan, days::index};
use crate::recurrence::MonthDay;

/// Longest text, in characters.
const LONGEST: usize = 1_500;

/// Reason for which a text is not accepted as opening hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpeningHoursError {
    /// There is no text.
    Empty,
    /// More than 1,500 characters.
    TooLong,
    /// Not in the grammar; the position of the first wrong character (from 1), where it is known.
    Syntax(Option<usize>),
    /// `PH`, `SH`: holidays belong to the schedule's holiday policy.
    Holidays,
    /// `sunrise`, `dusk` …: no clock times.
    Sun,
    /// `easter`, `Mo[1] +2 days`, `Jan Su[1]-Feb 3`: dates that depend on other dates.
    RelativeDate,
    /// A repetition, `10:00-16:00/90`.
    Repetition,
    /// A fallback rule, `||`.
    Fallback,
    /// A rule that opens without hours: only a comment, or a day. All day is written `24/7` or `00:00-24:00`.
    NoHours,
    /// A day that does not exist, 30 February.
    NoSuchDay,
}

pub(super) fn lines(text: &str) -> Result<Vec<Line>, OpeningHoursError> {
    if text.is_empty() {
        return Err(OpeningHoursError::Empty);
    }
    if text.chars().nth(LONGEST).is_some() {
        return Err(OpeningHoursError::TooLong);
    }
    let expression = opening_hours_syntax::parse(text).map_err(not_grammar)?;
    let lines: Vec<_> = expression.rules.iter().map(line).collect::<Result<_, _>>()?;
    let opens_all_day = |line: &&Line| {
        line.effect != Effect::Close
            && line.spans.iter().any(|span| span.is_whole_day() && span.certainty <= Certainty::Approximate)
    };
    // The parser reads a rule without hours, even a comment alone, as open all day: all day must be written.
    if lines.iter().filter(opens_all_day).count() > all_days_written(text) {
        return Err(OpeningHoursError::NoHours);
    }
    Ok(lines)
}

fn all_days_written(text: &str) -> usize {
    let outside_comments: String = text.split('"').step_by(2).collect();
    let joined = outside_comments.replace(" -", "-").replace("- ", "-");
    let from_midnight = |place: usize| {
        let hour = joined[..place].strip_suffix('0').unwrap_or(&joined[..place]);
        !hour.ends_with(|c: char| c.is_ascii_digit())
    };
    let whole_days = joined.match_indices("0:00-24:00").filter(|(place, _)| from_midnight(*place));
    joined.matches("24/7").count() + whole_days.count()
}

fn not_grammar(error: SyntaxError) -> OpeningHoursError {
    match error {
        // The position is only in the message: " --> 1:12".
        SyntaxError::Syntax(error) => {
            let place = error.to_string();
            let column = place.lines().next().and_then(|line| line.rsplit(':').next()?.trim().parse().ok());
            OpeningHoursError::Syntax(column)
        }
        _ => OpeningHoursError::Syntax(None),
    }
}

fn line(rule: &RuleSequence) -> Result<Line, OpeningHoursError> {
    let effect = match (rule.operator, rule.kind) {
        (RuleOperator::Fallback, _) => return Err(OpeningHoursError::Fallback),
        (_, RuleKind::Closed) => Effect::Close,
        (RuleOperator::Normal, _) => Effect::Replace,
        (RuleOperator::Additional, _) => Effect::Add,
    };
    let comment = Some(rule.comment.trim()).filter(|comment| !comment.is_empty()).map(Arc::from);
    let days = days(&rule.day_selector)?;
    let mut spans: Vec<_> = rule
        .time_selector
        .spans
        .iter()
        .map(|time| span(time, rule.kind, comment.clone()))
        .collect::<Result<_, _>>()?;
    spans.sort();
    spans.dedup();
    Ok(Line { effect, days, spans, comment })
}

fn span(time: &TimeSpan, kind: RuleKind, comment: Option<Arc<str>>) -> Result<Span, OpeningHoursError> {
    let (Time::Fixed(start), Time::Fixed(end)) = (time.range.start, time.range.end) else {
        return Err(OpeningHoursError::Sun);
    };
    if time.repeats.is_some() {
        return Err(OpeningHoursError::Repetition);
    }
    let open_end = time.open_end && kind != RuleKind::Closed;
    // The parser ends `10:00+` at midnight, which the text does not state.
    let unsaid = open_end && end == ExtendedTime::MIDNIGHT_24;
    let start = start.mins_from_midnight();
    let end = match end.mins_from_midnight() {
        _ if unsaid => start,
        end if end <= start => end + DAY,
        end => end,
    };
    let mut span = Span { start, end, open_end, certainty: Certainty::Sure, comment };
    span.certainty = match (kind, span.comment.as_deref()) {
        (RuleKind::Unknown, Some(UNTIMED)) if span.is_whole_day() => return Ok(Span::untimed()),
        (RuleKind::Unknown, _) => Certainty::Unknown,
        (_, Some(APPROXIMATE)) => Certainty::Approximate,
        _ => Certainty::Sure,
    };
    if span.certainty == Certainty::Approximate {
        span.comment = None;
    }
    Ok(span)
}

fn days(selector: &DaySelector) -> Result<Days, OpeningHoursError> {
    let mut days = Days::default();
    for range in &selector.year {
        let (years, step) = range.into_parts();
        days.years.push(YearSpan { from: years.start().0, to: years.end().0, step: i32::from(step.max(1)) });
    }
    for range in &selector.monthday {
        match range {
            MonthdayRange::Date { start, end } if start == end && matches!(start.0, Date::Weekday { .. }) => {
                add_month_of_weekday(&mut days, selector, start)?;
            }
            _ => add_dates(&mut days, range)?,
        }
    }
    for range in &selector.week {
        let (weeks, step) = range.into_parts();
        let weeks = (weeks.start().0..=weeks.end().0).step_by(usize::from(step.max(1)));
        days.weeks |= weeks.fold(0, |bits, week| bits | 1 << week.min(63));
    }
    for range in &selector.weekday {
        add_weekdays(&mut days, range)?;
    }
    Ok(days)
}

fn add_weekdays(days: &mut Days, range: &WeekDayRange) -> Result<(), OpeningHoursError> {
    let WeekDayRange::Fixed { range, offset, nth_from_start, nth_from_end } = range else {
        return Err(OpeningHoursError::Holidays);
    };
    if *offset != 0 {
        return Err(OpeningHoursError::RelativeDate);
    }
    let bits = nth_from_start.iter().chain(nth_from_end).enumerate();
    let bits = bits.fold(0, |bits, (place, named)| bits | u16::from(*named) << place);
    let mut weekday = *range.start();
    loop {
        days.weekdays[index(weekday)] |= bits;
        if weekday == *range.end() {
            return Ok(());
        }
        weekday = weekday.succ();
    }
}

/// Adds the month of `Mar We[2]`, which the parser takes for a date of its own, also in `Jan,Mar We[2]`,
/// where the weekday belongs to both months.
fn add_month_of_weekday(
    days: &mut Days,
    selector: &DaySelector,
    date: &(Date, DateOffset),
) -> Result<(), OpeningHoursError> {
    let (Date::Weekday { year: None, month, wday, nth }, offset) = date else {
        return Err(OpeningHoursError::RelativeDate);
    };
    let before = &selector.monthday[..selector.monthday.len() - 1];
    let only_months = before.iter().all(|range| matches!(range, MonthdayRange::Month { year: None, .. }));
    if *offset != DateOffset::default() || !only_months || !selector.weekday.is_empty() {
        return Err(OpeningHoursError::RelativeDate);
    }
    days.months |= 1 << (*month as u8);
    days.weekdays[index(*wday)] = match nth {
        1..=5 => 1 << (nth - 1),
        -5..=-1 => 1 << (4 - nth),
        _ => return Err(OpeningHoursError::RelativeDate),
    };
    Ok(())
}

fn add_dates(days: &mut Days, range: &MonthdayRange) -> Result<(), OpeningHoursError> {
    match range {
        MonthdayRange::Month { range, year } => {
            let (from, to) = (*range.start() as u8, *range.end() as u8);
            if let Some(year) = year {
                let last = if from <= to { year.0 } else { year.0 + 1 };
                let end = first_of(last, to)
                    .map(|day| day.with_day(u32::from(day.num_days_in_month())).unwrap_or(day));
                days.dated.push(first_of(year.0, from).zip(end).ok_or(OpeningHoursError::NoSuchDay)?);
            } else {
                let named = |month: u8| {
                    if from <= to { (from..=to).contains(&month) } else { month >= from || month <= to }
                };
                days.months |=
                    (1..=12).filter(|month| named(*month)).fold(0, |bits, month| bits | 1 << month);
            }
        }
        MonthdayRange::Date { start: (start, start_offset), end: (end, end_offset) } => {
            if *start_offset != DateOffset::default() || *end_offset != DateOffset::default() {
                return Err(OpeningHoursError::RelativeDate);
            }
            add_date_range(days, month_day(start)?, month_day(end)?)?;
        }
    }
    Ok(())
}

fn add_date_range(
    days: &mut Days,
    (from_year, from): (Option<i32>, MonthDay),
    (to_year, to): (Option<i32>, MonthDay),
) -> Result<(), OpeningHoursError> {
    let Some(year) = from_year.or(to_year) else {
        days.yearly.push((from, to));
        return Ok(());
    };
    let crosses = i32::from(from > to);
    let start = in_year(from_year.unwrap_or(year - crosses), from)?;
    let end = in_year(to_year.unwrap_or(year + crosses), to)?;
    if start > end {
        return Err(OpeningHoursError::NoSuchDay);
    }
    days.dated.push((start, end));
    Ok(())
}

fn month_day(date: &Date) -> Result<(Option<i32>, MonthDay), OpeningHoursError> {
    let Date::Fixed { year, month, day } = date else { return Err(OpeningHoursError::RelativeDate) };
    let day = MonthDay { month: *month as u8, day: *day };
    if !day.exists() {
        return Err(OpeningHoursError::NoSuchDay);
    }
    Ok((year.map(|year| year.0), day))
}

fn in_year(year: i32, day: MonthDay) -> Result<NaiveDate, OpeningHoursError> {
    NaiveDate::from_ymd_opt(year, day.month.into(), day.day.into()).ok_or(OpeningHoursError::NoSuchDay)
}

fn first_of(year: i32, month: u8) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month.into(), 1)
}

impl fmt::Display for OpeningHoursError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "Opening hours are empty.",
            Self::TooLong => return write!(f, "Opening hours are longer than {LONGEST} characters."),
            Self::Syntax(Some(column)) => {
                return write!(f, "Opening hours cannot be read from character {column} on; write for example Mo-Fr 09:00-17:00.");
            }
            Self::Syntax(None) => "Opening hours cannot be read; write for example Mo-Fr 09:00-17:00.",
            Self::Holidays => "Holidays (PH, SH) do not belong into opening hours: use the holiday policy.",
            Self::Sun => "Times by the sun are not supported: use clock times.",
            Self::RelativeDate => "Dates that depend on other dates are not supported.",
            Self::Repetition => "Repeated points in time are not supported: write each window.",
            Self::Fallback => "Alternatives (||) are not supported.",
            Self::NoHours => "A rule has no hours. Write them, or 00:00-24:00 for a whole day; a mere comment is no opening hours.",
            Self::NoSuchDay => "A date in the opening hours does not exist.",
        })
    }
}

impl std::error::Error for OpeningHoursError {}
