//! Combines the readings of several columns: days, hours and remarks.

use super::items::{Days, Item, Rule, What};
use super::{Context, Note, Part, Reading, Reason, Times, Unread, apply};
use crate::recurrence::{Frequency, HolidayPolicy, Recurrence, Session};
use chrono::Weekday;

/// The hours of a text that may contain nothing else.
pub fn times(items: Vec<Item>, mut unread: Vec<Unread>) -> Times {
    let mut parts: Vec<Part> = vec![];
    let mut label = None;
    for item in items {
        match item.what {
            What::Boundary | What::Open | What::Close => {}
            What::Label(name) if label.is_none() => label = Some(name),
            What::Hours(hours) if parts.is_empty() || label.is_some() => {
                let sessions = hours.unwrap_or_else(|| vec![Session::default()]);
                parts.push(Part { label: label.take(), sessions });
            }
            _ => unread.push(Unread { part: String::new(), reason: Reason::Unplaced }),
        }
    }
    let half_named = label.is_some() || parts.len() > 1 && parts.iter().any(|part| part.label.is_none());
    if half_named {
        unread.push(Unread { part: String::new(), reason: Reason::Unplaced });
    }
    if parts.is_empty() && unread.is_empty() {
        unread.push(Unread { part: String::new(), reason: Reason::NothingSaid });
    }
    match unread.iter().all(|unread| unread.reason.spares_days()) && !parts.is_empty() {
        true => Times { parts, unread },
        false => unknown_times(unread),
    }
}

pub fn unknown_times(unread: Vec<Unread>) -> Times {
    Times { parts: vec![Part { label: None, sessions: vec![Session::default()] }], unread }
}

/// The exceptions of a text that may contain nothing else: closures, and other hours of some days.
pub fn note(items: Vec<Item>, mut unread: Vec<Unread>, context: &Context) -> Note {
    let mut rules = vec![];
    let mut hours: Vec<Session> = vec![];
    let mut days: Option<Vec<Weekday>> = None;
    for item in items {
        match item.what {
            What::Boundary | What::Note | What::Open | What::Close => {}
            What::Rule(rule) if days.is_none() => rules.push(rule),
            What::Days(named) if days.is_none() && weekdays(&named).is_some() => days = weekdays(&named),
            What::Hours(Some(sessions)) => match days.take() {
                Some(days) => rules.push(Rule::Hours { days, sessions }),
                None => hours.extend(sessions),
            },
            _ => unread.push(Unread { part: String::new(), reason: Reason::Unplaced }),
        }
    }
    if days.is_some() || !ascend(&hours) {
        unread.push(Unread { part: String::new(), reason: Reason::Unplaced });
    }
    if !hours.is_empty() {
        rules.insert(0, Rule::Hours { days: vec![], sessions: hours });
    }
    if !unread.is_empty() {
        rules.clear();
    }
    Note { rules, context: *context, unread }
}

/// The weekdays of 水・金; `None`: other days than weekdays, which no hours of a remark can change.
fn weekdays(days: &[Days]) -> Option<Vec<Weekday>> {
    match days {
        [Days::Weekly { days, .. }] => Some(days.clone()),
        _ => None,
    }
}

/// Whether each session ends before the next begins.
fn ascend(sessions: &[Session]) -> bool {
    sessions.windows(2).all(|pair| pair[0].end.is_some() && pair[0].end <= pair[1].start)
        && sessions.iter().all(|session| session.end.is_some())
}

/// Adds the hours of one column to the days of another. Hours in both columns must agree. Hours that were not
/// understood refuse the result, unless only the hours are uncertain.
pub fn combine(days: &Reading, times: &Times) -> Reading {
    let mut unread = days.unread.clone();
    unread.extend(times.unread.iter().cloned());
    if days.refused() || times.unread.iter().any(|unread| !unread.reason.spares_days()) {
        return refused(unread);
    }
    let mut recurrences = vec![];
    for recurrence in &days.recurrences {
        for part in &times.parts {
            match with_hours(recurrence, part, times.parts.len()) {
                Ok(recurrence) => recurrences.push(recurrence),
                Err(reason) => {
                    unread.push(Unread { part: String::new(), reason });
                    return refused(unread);
                }
            }
        }
    }
    Reading { recurrences, unread }
}

fn with_hours(recurrence: &Recurrence, part: &Part, parts: usize) -> Result<Recurrence, Reason> {
    let mut recurrence = recurrence.clone();
    let known = !recurrence.sessions.is_empty();
    if known && (recurrence.sessions != part.sessions || parts > 1) {
        return Err(Reason::Contradiction);
    }
    if part.label.is_some() {
        if recurrence.label.is_some() {
            return Err(Reason::Contradiction);
        }
        recurrence.label.clone_from(&part.label);
    }
    if let HolidayPolicy::OwnHours(hours) = &mut recurrence.holidays
        && !known
    {
        hours.clone_from(&part.sessions);
    }
    recurrence.sessions.clone_from(&part.sessions);
    Ok(recurrence)
}

/// Applies the exceptions of a remark column. A remark that was not understood refuses the result.
pub fn with_note(reading: &Reading, note: &Note) -> Reading {
    let mut unread = reading.unread.clone();
    unread.extend(note.unread.iter().cloned());
    if reading.refused() || !note.unread.is_empty() {
        return refused(unread);
    }
    let mut recurrences = reading.recurrences.clone();
    for rule in &note.rules {
        if let Err(reason) = apply::rule(rule, &mut recurrences, &note.context) {
            unread.push(Unread { part: String::new(), reason });
            return refused(unread);
        }
    }
    Reading { recurrences, unread }
}

fn refused(unread: Vec<Unread>) -> Reading {
    Reading { recurrences: vec![Recurrence::new(Frequency::Unknown)], unread }
}
