//! Changes the hours of single weekdays: each change splits its days off into recurrences of their own.

use super::Reason;
use super::items::Half;
use super::times::without;
use crate::recurrence::{Frequency, HolidayPolicy, Recurrence, Session};
use chrono::{NaiveTime, Timelike, Weekday};

type Change = Result<(), Reason>;

/// Cuts a break out of the hours of `days`, or of every day. A day whose hours do not reach the break keeps them.
pub fn pause(recurrences: &mut Vec<Recurrence>, days: &[Weekday], pause: Session) -> Change {
    let mut cut = false;
    change(recurrences, days, |sessions| {
        if let Some(rest) = without(sessions, pause) {
            cut = true;
            return Ok(rest);
        }
        let apart = |session: &Session| match (session.start, session.end) {
            (Some(_), Some(end)) => Some(end) <= pause.start || session.start >= pause.end,
            _ => false,
        };
        if days.is_empty() && sessions.iter().all(apart) {
            Ok(sessions.to_vec())
        } else {
            Err(Reason::Contradiction)
        }
    })?;
    // A break between the sessions that are given says the same again.
    let gap = |one: &Recurrence| {
        one.sessions.windows(2).any(|pair| pair[0].end == pause.start && pair[1].start == pause.end)
    };
    if cut || recurrences.iter().any(gap) { Ok(()) } else { Err(Reason::Contradiction) }
}

/// Keeps one half of the sessions; a day with one session is open for an unknown part of it.
pub fn half_day(recurrences: &mut Vec<Recurrence>, days: &[Weekday], open: Half) -> Change {
    change(recurrences, days, |sessions| match sessions {
        [] => Ok(vec![]),
        [one] if one.start.is_none() => Ok(vec![*one]),
        [one] if half_of(one) == Some(open) => Ok(vec![*one]),
        [one] if half_of(one).is_none() => Ok(vec![Session::default()]),
        [first, second] if half_of(first) == Some(Half::Am) && half_of(second) == Some(Half::Pm) => {
            Ok(vec![if open == Half::Am { *first } else { *second }])
        }
        _ => Err(Reason::Contradiction),
    })
}

/// Ends the hours of `days` at another time, or those of one half.
pub fn until(
    recurrences: &mut Vec<Recurrence>,
    days: &[Weekday],
    half: Option<Half>,
    end: NaiveTime,
) -> Change {
    change(recurrences, days, |sessions| {
        let changed = |session: &Session| half.is_none() || half_of(session) == half;
        let kept: Vec<Session> = sessions
            .iter()
            .filter(|session| !changed(session) || session.start.is_some_and(|start| start < end))
            .copied()
            .collect();
        let last = kept.iter().rposition(changed).ok_or(Reason::Contradiction)?;
        let known = kept.iter().all(|session| session.start.is_some() && session.start < session.end);
        // 13:00まで beside 9:00～12:00、14:00～18:00: the morning may end later, or the afternoon be closed.
        let sure = kept[last].end >= Some(end) || kept.len() == sessions.len();
        let mut ended = kept;
        ended[last].end = Some(end);
        if known && sure { Ok(ended) } else { Err(Reason::Contradiction) }
    })
}

/// Gives `days`, or every day, other hours. They lie within those that are known already.
pub fn replace(recurrences: &mut Vec<Recurrence>, days: &[Weekday], hours: &[Session]) -> Change {
    change(recurrences, days, |sessions| {
        let edges = |sessions: &[Session]| {
            let first = sessions.iter().filter_map(|session| session.start).min();
            (first, sessions.iter().map(|session| session.end).max().flatten())
        };
        let (outer, inner) = (edges(sessions), edges(hours));
        // Hours without days are those of every day only if they begin and end as it does (9:00～12:00、13:00～17:00).
        let whole = !days.is_empty() || (outer.0 == inner.0 && outer.1 == inner.1);
        let within =
            outer.0.is_none() || (whole && outer.0 <= inner.0 && (outer.1.is_none() || inner.1 <= outer.1));
        if within { Ok(hours.to_vec()) } else { Err(Reason::Contradiction) }
    })
}

/// The half in which a session lies; `None`: it reaches into both.
fn half_of(session: &Session) -> Option<Half> {
    let (start, end) = session.start.zip(session.end)?;
    match (start.hour(), end.hour() * 60 + end.minute()) {
        (..12, ..=840) if start < end && end.hour() <= 13 => Some(Half::Am),
        (12.., _) => Some(Half::Pm),
        _ => None,
    }
}

/// Changes the sessions of `days`, or of all days; recurrences of several weekdays are split.
fn change(
    recurrences: &mut Vec<Recurrence>,
    days: &[Weekday],
    mut sessions: impl FnMut(&[Session]) -> Result<Vec<Session>, Reason>,
) -> Change {
    let mut met = vec![];
    let mut split = vec![];
    for one in recurrences.iter_mut() {
        let own = match (one.frequency, days) {
            (_, []) => {
                one.sessions = sessions(&one.sessions)?;
                if let HolidayPolicy::OwnHours(own) = &mut one.holidays {
                    *own = sessions(own)?;
                }
                continue;
            }
            (Frequency::Daily, _) => days.to_vec(),
            (Frequency::Weekly, _) => one.weekdays.iter().copied().filter(|day| days.contains(day)).collect(),
            (Frequency::MonthlyNth, _) if one.weekdays.iter().all(|day| days.contains(day)) => {
                one.weekdays.clone()
            }
            (Frequency::MonthlyNth, _) if one.weekdays.iter().all(|day| !days.contains(day)) => vec![],
            _ => return Err(Reason::Inexpressible),
        };
        if own.is_empty() {
            continue;
        }
        let changed = sessions(&one.sessions)?;
        met.extend(own.iter().copied());
        if one.weekdays == own {
            one.sessions = changed;
            continue;
        }
        split.push(part(one, &own, changed));
        let all = if one.frequency == Frequency::Daily {
            super::apply::all_weekdays().collect()
        } else {
            one.weekdays.clone()
        };
        one.frequency = Frequency::Weekly;
        one.weekdays = all.into_iter().filter(|day| !own.contains(day)).collect();
    }
    let split_any = !split.is_empty();
    recurrences.extend(split);
    // In the order of the week, whichever day was changed.
    if split_any && recurrences.iter().all(|one| one.frequency == Frequency::Weekly) {
        recurrences.sort_by_key(|one| one.weekdays.first().map(Weekday::num_days_from_monday));
    }
    recurrences.retain(|one| !matches!(one.frequency, Frequency::Weekly) || !one.weekdays.is_empty());
    if days.iter().all(|day| met.contains(day)) { Ok(()) } else { Err(Reason::Contradiction) }
}

/// A copy for some of the weekdays. Hours of their own on holidays belong to one recurrence.
fn part(one: &Recurrence, days: &[Weekday], sessions: Vec<Session>) -> Recurrence {
    let holidays = match &one.holidays {
        HolidayPolicy::OwnHours(_) => HolidayPolicy::Cancelled,
        other => other.clone(),
    };
    Recurrence { frequency: Frequency::Weekly, weekdays: days.to_vec(), sessions, holidays, ..one.clone() }
}
