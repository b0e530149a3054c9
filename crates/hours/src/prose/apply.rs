//! Applies an exception to recurrences: completely, or with a refusal.

use super::items::{PrintedDate, Rule, Span, Subject};
use super::{Context, Reason, closures, dates, sessions};
use crate::recurrence::{
    Closure, Frequency, HolidayPolicy, MonthOverride, Nth, NthWeekday, Recurrence, WeatherPolicy,
    YearEndPolicy,
};
use chrono::{Datelike, Weekday};

/// Applies one exception to all of `recurrences`; a weekly one may be split in two.
pub fn rule(rule: &Rule, recurrences: &mut Vec<Recurrence>, context: &Context) -> Result<(), Reason> {
    match rule {
        Rule::Closed(subjects) => {
            let dated = |subject: &&Subject| matches!(subject, Subject::Dates(_));
            let printed: Vec<PrintedDate> =
                subjects.iter().filter(dated).flat_map(printed).cloned().collect();
            let every_year = subjects.iter().any(stands_every_year);
            match closures::of_every_year(&printed).filter(|_| every_year) {
                Some(closures) => closed_every_year(recurrences, closures)?,
                None if printed.is_empty() => {}
                None => without_dates(recurrences, &printed, context)?,
            }
            subjects
                .iter()
                .filter(|subject| !dated(subject))
                .try_for_each(|subject| closed(subject, recurrences))
        }
        Rule::Held(subjects) => subjects.iter().try_for_each(|subject| held(subject, recurrences)),
        Rule::HolidayMoved(day) => each(recurrences, |one| match one.frequency {
            Frequency::MonthlyNth => holidays(one, HolidayPolicy::Moved(*day)),
            _ => Err(Reason::Inexpressible),
        }),
        Rule::Override { months, day } => moved_in(months, *day, recurrences),
        Rule::Pause { days, session } => sessions::pause(recurrences, days, *session),
        Rule::HalfDay { days, open } => sessions::half_day(recurrences, days, *open),
        Rule::Until { days, half, end } => sessions::until(recurrences, days, *half, *end),
        Rule::Hours { days, sessions } => sessions::replace(recurrences, days, sessions),
        Rule::Weather(policy) => each(recurrences, |one| weather(one, *policy)),
        Rule::Appointment => each(recurrences, |one| {
            one.by_appointment = true;
            Ok(())
        }),
    }
}

type Change = Result<(), Reason>;

fn each(recurrences: &mut [Recurrence], change: impl FnMut(&mut Recurrence) -> Change) -> Change {
    recurrences.iter_mut().try_for_each(change)
}

fn printed(subject: &Subject) -> &[PrintedDate] {
    match subject {
        Subject::Dates(printed) => printed,
        _ => &[],
    }
}

/// Whether a subject is a standing rule, so that dates without a year beside it are closed every year too.
fn stands_every_year(subject: &Subject) -> bool {
    match subject {
        Subject::Holidays | Subject::YearEnd(_) | Subject::Season(_, Some(_)) => true,
        Subject::Days(span) => closures::is_year_end(*span),
        Subject::Weekdays(_)
        | Subject::Nth { .. }
        | Subject::HalfDay { .. }
        | Subject::Season(_, None)
        | Subject::Months(_)
        | Subject::Dates(_) => false,
    }
}

fn closed_every_year(recurrences: &mut [Recurrence], closures: Vec<Closure>) -> Change {
    closures.into_iter().try_for_each(|closure| match (closure.from, closure.to) {
        span if closures::is_year_end(span) => closed_at_year_end(recurrences, span),
        _ => each(recurrences, |one| {
            one.closures.push(closure.clone());
            Ok(())
        }),
    })
}

fn closed(subject: &Subject, recurrences: &mut Vec<Recurrence>) -> Change {
    match subject {
        Subject::Weekdays(days) => without_weekdays(recurrences, days),
        Subject::Nth { nth, day } => without_nth(recurrences, nth, *day),
        // Of several groups one may meet on that day; that one does is checked before.
        Subject::HalfDay { day, .. } if !recurrences.iter().any(|one| meets_on(one, *day)) => Ok(()),
        Subject::HalfDay { day, open } => sessions::half_day(recurrences, &[*day], *open),
        Subject::Holidays => each(recurrences, |one| holidays(one, HolidayPolicy::Cancelled)),
        Subject::YearEnd(None) => each(recurrences, |one| year_end(one, YearEndPolicy::Cancelled)),
        Subject::YearEnd(Some(span)) => closed_at_year_end(recurrences, *span),
        Subject::Season(_, None) => Err(Reason::Undated),
        Subject::Season(label, Some(span)) if closures::crosses_new_year(*span) && *label == "正月" => {
            closed_at_year_end(recurrences, *span)
        }
        Subject::Season(label, Some(span)) => each(recurrences, |one| {
            one.closures.push(closures::closure(*span, Some(label)));
            Ok(())
        }),
        Subject::Months(months) => each(recurrences, |one| without_months(one, months)),
        Subject::Days(span) if closures::is_year_end(*span) => closed_at_year_end(recurrences, *span),
        Subject::Days(span) if closures::recurs(*span) => each(recurrences, |one| {
            one.closures.push(closures::closure(*span, None));
            Ok(())
        }),
        Subject::Days(_) => Err(Reason::YearNotSaid),
        Subject::Dates(_) => Ok(()),
    }
}

fn held(subject: &Subject, recurrences: &mut [Recurrence]) -> Change {
    match subject {
        Subject::Holidays => each(recurrences, |one| holidays(one, HolidayPolicy::Held)),
        Subject::YearEnd(None) => each(recurrences, |one| year_end(one, YearEndPolicy::Held)),
        Subject::Weekdays(days) => {
            let met = |day: &Weekday| recurrences.iter().any(|one| meets_on(one, *day));
            if days.iter().all(met) { Ok(()) } else { Err(Reason::Inexpressible) }
        }
        _ => Err(Reason::Inexpressible),
    }
}

/// Whether a recurrence meets on a weekday of every week.
pub fn meets_on(one: &Recurrence, day: Weekday) -> bool {
    match one.frequency {
        Frequency::Daily => true,
        Frequency::Weekly => one.weekdays.contains(&day),
        _ => false,
    }
}

fn holidays(one: &mut Recurrence, policy: HolidayPolicy) -> Change {
    if one.holidays != HolidayPolicy::Unknown && one.holidays != policy {
        return Err(Reason::Contradiction);
    }
    one.holidays = policy;
    Ok(())
}

fn year_end(one: &mut Recurrence, policy: YearEndPolicy) -> Change {
    one.year_end = one.year_end.and(policy).ok_or(Reason::Contradiction)?;
    Ok(())
}

/// Closes named days at the turn of the year; the other days of 29 December to 3 January are like any other day.
fn closed_at_year_end(recurrences: &mut [Recurrence], span: Span) -> Change {
    let (covers, exact) = closures::covers_year_end(span);
    each(recurrences, |one| {
        if !exact {
            one.closures.push(closures::closure(span, Some("年末年始")));
        }
        year_end(one, if covers { YearEndPolicy::Cancelled } else { YearEndPolicy::AsUsual })
    })
}

fn without_months(one: &mut Recurrence, months: &[u8]) -> Change {
    one.excluded_months.extend(months);
    one.excluded_months.sort_unstable();
    one.excluded_months.dedup();
    let none_left = (1..=12).all(|month| one.excluded_months.contains(&month));
    let overridden = one.month_overrides.iter().any(|known| one.excluded_months.contains(&known.month));
    if none_left || overridden { Err(Reason::Contradiction) } else { Ok(()) }
}

/// Removes weekdays; days that are not given by weekday cannot lose them.
fn without_weekdays(recurrences: &mut [Recurrence], closed: &[Weekday]) -> Change {
    each(recurrences, |one| match one.frequency {
        Frequency::Daily => {
            one.frequency = Frequency::Weekly;
            one.weekdays = all_weekdays().filter(|day| !closed.contains(day)).collect();
            if one.weekdays.is_empty() { Err(Reason::Contradiction) } else { Ok(()) }
        }
        Frequency::Weekly => {
            one.weekdays.retain(|day| !closed.contains(day));
            if one.weekdays.is_empty() { Err(Reason::Contradiction) } else { Ok(()) }
        }
        Frequency::Dates | Frequency::MonthlyDay => Err(Reason::Inexpressible),
        _ if one.weekdays.iter().any(|day| closed.contains(day)) => Err(Reason::Contradiction),
        _ => Ok(()),
    })
}

pub fn all_weekdays() -> impl Iterator<Item = Weekday> {
    (0..7).scan(Weekday::Mon, |day, _| {
        let today = *day;
        *day = day.succ();
        Some(today)
    })
}

/// 第2・第4土曜休み: among several weekdays the exception applies to one,
/// which becomes a recurrence of its own.
fn without_nth(recurrences: &mut Vec<Recurrence>, nth: &[Nth], day: Weekday) -> Change {
    let mut split = vec![];
    for one in recurrences.iter_mut() {
        match one.frequency {
            Frequency::Weekly | Frequency::Daily => {}
            _ => return Err(Reason::Inexpressible),
        }
        if !meets_on(one, day) {
            continue;
        }
        if one.weekdays != [day] {
            let mut alone = one.clone();
            (alone.frequency, alone.weekdays, alone.except_nth) =
                (Frequency::Weekly, vec![day], nth.to_vec());
            if matches!(alone.holidays, HolidayPolicy::OwnHours(_)) {
                alone.holidays = HolidayPolicy::Cancelled;
            }
            split.push(alone);
            without_weekdays(std::slice::from_mut(one), &[day])?;
        } else if one.except_nth.is_empty() {
            one.except_nth = nth.to_vec();
        } else {
            return Err(Reason::Contradiction);
        }
    }
    recurrences.extend(split);
    Ok(())
}

/// Removes single days: dates of one year, or days of every year where
/// that is customary (12月31日、1月1日 …).
fn without_dates(recurrences: &mut [Recurrence], printed: &[PrintedDate], context: &Context) -> Change {
    let counted_by_week =
        recurrences.iter().all(|one| matches!(one.frequency, Frequency::Weekly | Frequency::Daily));
    if counted_by_week && let Some(customary) = closures::customary(printed) {
        return closed_every_year(recurrences, customary);
    }
    let resolved = dates::resolve(printed, context);
    let resolved = match resolved {
        Err(Reason::YearNotSaid) => closures::year_they_meet(printed, recurrences, context)?,
        other => other?,
    };
    each(recurrences, |one| {
        one.cancelled.extend(&resolved);
        Ok(())
    })
}

/// 2月は第1水曜日: clear only where the month has one meeting.
fn moved_in(months: &[u8], day: NthWeekday, recurrences: &mut [Recurrence]) -> Change {
    let [one] = recurrences else { return Err(Reason::Inexpressible) };
    if one.frequency != Frequency::MonthlyNth || one.nth.len() != 1 || one.weekdays.len() != 1 {
        return Err(Reason::Inexpressible);
    }
    for &month in months {
        let out =
            one.excluded_months.contains(&month) || (!one.months.is_empty() && !one.months.contains(&month));
        if out || one.month_overrides.iter().any(|known| known.month == month) {
            return Err(Reason::Contradiction);
        }
        one.month_overrides.push(MonthOverride { month, day });
    }
    Ok(())
}

fn weather(one: &mut Recurrence, policy: WeatherPolicy) -> Change {
    if one.weather != WeatherPolicy::None && one.weather != policy {
        return Err(Reason::Inexpressible);
    }
    one.weather = policy;
    Ok(())
}

/// Whether a weekly or monthly recurrence meets on this date.
pub fn falls_on(one: &Recurrence, date: chrono::NaiveDate) -> bool {
    let nth = Nth::Of((date.day0() / 7 + 1) as u8);
    let on_weekday = one.weekdays.contains(&date.weekday());
    match one.frequency {
        Frequency::Weekly => on_weekday,
        Frequency::MonthlyNth => on_weekday && one.nth.contains(&nth),
        _ => false,
    }
}
