//! Compiles a recurrence into a schedule: checks it, and writes the regular rule as text.

use std::fmt;

use super::{
    opening_hours::{OpeningHours, OpeningHoursError},
    recurrence::{Frequency, HolidayPolicy, Recurrence, YearEndPolicy},
    schedule::{Rule, Schedule, Uncomputable},
};

mod check;
mod text;

pub use check::{Field, Problem};

/// A mistake in a recurrence, with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RecurrenceError {
    /// Part of the recurrence that has the mistake.
    pub field: Field,
    /// The mistake.
    pub problem: Problem,
}

/// Compiles a recurrence into a schedule; `Err`: all its mistakes.
pub fn compile(recurrence: &Recurrence) -> Result<Schedule, Vec<RecurrenceError>> {
    let errors = check::errors(recurrence);
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut schedule = Schedule {
        label: recurrence.label.clone(),
        holidays: recurrence.holidays.clone(),
        year_end: recurrence.year_end,
        closures: recurrence.closures.clone(),
        weather: recurrence.weather,
        cancelled: recurrence.cancelled.clone(),
        added: recurrence.added.clone(),
        by_appointment: recurrence.by_appointment,
        valid_from: recurrence.valid_from,
        valid_to: recurrence.valid_to,
        ..Schedule::new(rule(recurrence)?)
    };
    if recurrence.frequency == Frequency::Dates {
        confirm_dates(&mut schedule);
    }
    Ok(schedule.canonical())
}

/// Dates that are given one by one are held on holidays and at the turn of the year, unless the recurrence
/// has a rule for these.
fn confirm_dates(schedule: &mut Schedule) {
    if schedule.holidays == HolidayPolicy::Unknown {
        schedule.holidays = HolidayPolicy::Held;
    }
    if schedule.year_end == YearEndPolicy::Unknown {
        schedule.year_end = YearEndPolicy::Held;
    }
}

fn rule(recurrence: &Recurrence) -> Result<Rule, Vec<RecurrenceError>> {
    let why = match recurrence.frequency {
        Frequency::Dates
        | Frequency::Daily
        | Frequency::Weekly
        | Frequency::MonthlyNth
        | Frequency::MonthlyDay => {
            return Ok(Rule::Hours(hours(recurrence)?));
        }
        Frequency::Biweekly => match recurrence.anchor {
            Some(from) => return Ok(Rule::Fortnightly { hours: hours(recurrence)?, from }),
            None => Uncomputable::BiweeklyWithoutAnchor,
        },
        Frequency::TimesPerMonth => Uncomputable::TimesPerMonth(recurrence.times),
        Frequency::TimesPerYear => Uncomputable::TimesPerYear(recurrence.times),
        Frequency::Irregular => Uncomputable::Irregular,
        Frequency::OnRequest => Uncomputable::OnRequest,
        Frequency::Unknown => Uncomputable::NotStated,
    };
    let nothing_known =
        recurrence.weekdays.is_empty() && recurrence.sessions.iter().all(|session| session.start.is_none());
    let hours = if nothing_known { None } else { Some(hours(recurrence)?) };
    Ok(Rule::Undated { why, hours })
}

fn hours(recurrence: &Recurrence) -> Result<OpeningHours, Vec<RecurrenceError>> {
    OpeningHours::read(&text::text(recurrence)).map_err(|error| {
        let problem = if error == OpeningHoursError::Empty { Problem::NothingLeft } else { Problem::TooMuch };
        vec![RecurrenceError { field: Field::Frequency, problem }]
    })
}

impl fmt::Display for RecurrenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.problem)
    }
}

impl std::error::Error for RecurrenceError {}

#[cfg(test)]
mod tests;
