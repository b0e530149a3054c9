//! Combines the readings of several columns: days, hours and remarks.

use super::items::{Item, What};
use super::{Context, Note, Part, Reading, Reason, Times, Unread, apply};
use crate::recurrence::{Frequency, HolidayPolicy, Recurrence, Session};

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

/// The exceptions of a text that may contain nothing else.
pub fn note(items: Vec<Item>, mut unread: Vec<Unread>, context: &Context) -> Note {
    let mut rules = vec![];
    for item in items {
        match item.what {
            What::Boundary | What::Note | What::Open | What::Close => {}
            What::Rule(rule) => rules.push(rule),
            _ => unread.push(Unread { part: String::new(), reason: Reason::Unplaced }),
        }
    }
    if !unread.is_empty() {
        rules.clear();
    }
    Note { rules, context: *context, unread }
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
