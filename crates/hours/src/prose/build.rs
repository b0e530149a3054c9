//! Makes recurrences of days and hours, independent of their order in the text.

use super::assemble::{Group, Parts, agrees};
use super::items::{Count, Days, Per};
use super::{Context, Reason, dates};
use crate::recurrence::{Frequency, HolidayPolicy, Nth, Recurrence, Session, YearEndPolicy};
use chrono::Weekday;

/// The recurrences of one group, all with its hours.
pub fn recurrences(group: &Group, context: &Context) -> Result<Vec<Recurrence>, Reason> {
    let mut found: Vec<Recurrence> = vec![];
    for days in &group.days {
        match days {
            Days::Holidays => {}
            Days::Nth { nth, day } => nth_weekday(&mut found, nth, *day)?,
            Days::Weekly { days, .. } => weekly(&mut found, days)?,
            Days::Daily | Days::AllYear => found.push(Recurrence::new(Frequency::Daily)),
            Days::Biweekly(days) => {
                found.push(Recurrence { weekdays: days.clone(), ..Recurrence::new(Frequency::Biweekly) });
            }
            Days::OfMonth(days) => {
                found.push(Recurrence { month_days: days.clone(), ..Recurrence::new(Frequency::MonthlyDay) });
            }
            Days::Dates(printed) => {
                let dates = dates::resolve(printed, context)?;
                found.push(Recurrence { dates, ..Recurrence::new(Frequency::Dates) });
            }
        }
    }
    let sessions = sessions(group);
    if group.days == [Days::Holidays] {
        return Ok(vec![]);
    }
    if group.days.contains(&Days::Holidays) {
        with_holidays(&mut found, &sessions)?;
    }
    for recurrence in &mut found {
        recurrence.label.clone_from(&group.label);
        recurrence.months.clone_from(&group.months);
        recurrence.sessions.clone_from(&sessions);
    }
    match found.is_empty() {
        true => Err(Reason::NoDays),
        false if overlap(&found.iter().cloned().map(|one| vec![one]).collect::<Vec<_>>()) => {
            Err(Reason::OverlappingDays)
        }
        false => Ok(found),
    }
}

/// The sessions of a group; uncertain hours become one session of unknown times.
pub fn sessions(group: &Group) -> Vec<Session> {
    match &group.hours {
        None => vec![],
        Some(None) => vec![Session::default()],
        Some(Some(sessions)) => sessions.clone(),
    }
}

/// Applies 年中無休, except where an exception says otherwise.
pub fn open_all_year(recurrence: &mut Recurrence) {
    if recurrence.holidays == HolidayPolicy::Unknown {
        recurrence.holidays = HolidayPolicy::Held;
    }
    if recurrence.year_end == YearEndPolicy::Unknown {
        recurrence.year_end = YearEndPolicy::Held;
    }
}

fn weekly(found: &mut Vec<Recurrence>, days: &[Weekday]) -> Result<(), Reason> {
    match found.iter_mut().find(|one| one.frequency == Frequency::Weekly) {
        Some(weekly) if days.iter().any(|day| weekly.weekdays.contains(day)) => Err(Reason::OverlappingDays),
        Some(weekly) => {
            weekly.weekdays.extend(days);
            weekly.weekdays.sort_by_key(Weekday::num_days_from_monday);
            Ok(())
        }
        None => {
            found.push(Recurrence { weekdays: days.to_vec(), ..Recurrence::new(Frequency::Weekly) });
            Ok(())
        }
    }
}

/// Adds an occurrence to the recurrence of its weekday: 第2水曜・第4水曜 are one recurrence.
fn nth_weekday(found: &mut Vec<Recurrence>, nth: &[Nth], day: Weekday) -> Result<(), Reason> {
    let same = |one: &&mut Recurrence| one.frequency == Frequency::MonthlyNth && one.weekdays == [day];
    match found.iter_mut().find(same) {
        Some(known) if nth.iter().any(|nth| known.nth.contains(nth)) => Err(Reason::OverlappingDays),
        Some(known) => {
            known.nth.extend(nth);
            known.nth.sort_unstable();
            Ok(())
        }
        None => {
            let (nth, weekdays) = (nth.to_vec(), vec![day]);
            found.push(Recurrence { nth, weekdays, ..Recurrence::new(Frequency::MonthlyNth) });
            Ok(())
        }
    }
}

/// Adds every public holiday, whatever its weekday: 土日祝.
fn with_holidays(found: &mut [Recurrence], sessions: &[Session]) -> Result<(), Reason> {
    let hours = if sessions.is_empty() { vec![Session::default()] } else { sessions.to_vec() };
    match found {
        [one] if one.frequency == Frequency::Weekly => {
            one.holidays = HolidayPolicy::OwnHours(hours);
            Ok(())
        }
        _ => Err(Reason::NoDays),
    }
}

/// Whether two groups without labels cover the same days.
pub fn overlap(groups: &[Vec<Recurrence>]) -> bool {
    groups.iter().enumerate().any(|(at, group)| {
        let others = groups[at + 1..].iter().flatten();
        others.into_iter().any(|other| group.iter().any(|one| clash(one, other)))
    })
}

/// The weekdays of a group.
pub fn weekdays(group: &Group) -> Vec<Weekday> {
    let of = |days: &Days| match days {
        Days::Weekly { days, .. } => days.clone(),
        Days::Nth { day, .. } => vec![*day],
        Days::Daily
        | Days::AllYear
        | Days::Biweekly(_)
        | Days::OfMonth(_)
        | Days::Holidays
        | Days::Dates(_) => vec![],
    };
    group.days.iter().flat_map(of).collect()
}

/// Groups of the same weekdays with hours that do not overlap, joined by weekday: 月～土 9:00～13:00、月～金 14:30～19:00.
/// `None` when they overlap, or say more than weekdays and hours.
pub fn joined(groups: &[Vec<Recurrence>]) -> Option<Vec<Recurrence>> {
    let mut week: Vec<(Weekday, Vec<Session>)> = vec![];
    for one in groups.iter().flatten() {
        let plain = Recurrence {
            weekdays: one.weekdays.clone(),
            sessions: one.sessions.clone(),
            ..Recurrence::new(Frequency::Weekly)
        };
        if *one != plain
            || one.sessions.iter().any(|session| session.start.is_none() || session.end <= session.start)
        {
            return None;
        }
        for day in &one.weekdays {
            match week.iter_mut().find(|(known, _)| known == day) {
                Some((_, sessions)) => sessions.extend(&one.sessions),
                None => week.push((*day, one.sessions.clone())),
            }
        }
    }
    let mut found: Vec<Recurrence> = vec![];
    for (day, mut sessions) in week {
        sessions.sort_by_key(|session| session.start);
        if sessions.is_empty() || sessions.windows(2).any(|pair| pair[1].start < pair[0].end) {
            return None;
        }
        match found.iter_mut().find(|one| one.sessions == sessions) {
            Some(one) => one.weekdays.push(day),
            None => {
                found.push(Recurrence { weekdays: vec![day], sessions, ..Recurrence::new(Frequency::Weekly) })
            }
        }
    }
    found.iter_mut().for_each(|one| one.weekdays.sort_by_key(Weekday::num_days_from_monday));
    Some(found)
}

fn clash(one: &Recurrence, other: &Recurrence) -> bool {
    let named_apart = one.label.is_some() && other.label.is_some() && one.label != other.label;
    let months_apart = !one.months.is_empty()
        && !other.months.is_empty()
        && one.months.iter().all(|month| !other.months.contains(month));
    if named_apart || months_apart {
        return false;
    }
    let by_weekday = |one: &Recurrence| matches!(one.frequency, Frequency::Weekly | Frequency::MonthlyNth);
    if !by_weekday(one) || !by_weekday(other) {
        let dated = one.frequency == Frequency::Dates && other.frequency == Frequency::Dates;
        return !dated || one.dates.iter().any(|date| other.dates.contains(date));
    }
    let shared = one.weekdays.iter().any(|day| other.weekdays.contains(day));
    let numbers = |one: &Recurrence| (one.frequency == Frequency::MonthlyNth).then(|| one.nth.clone());
    match (numbers(one), numbers(other)) {
        // 最終 may be the 4th or the 5th.
        (Some(one), Some(other)) => shared && one.iter().any(|nth| may_meet(*nth, &other)),
        // 土（第3を除く）、第3土
        (Some(nth), None) => shared && !nth.iter().all(|nth| other.except_nth.contains(nth)),
        (None, Some(nth)) => shared && !nth.iter().all(|nth| one.except_nth.contains(nth)),
        (None, None) => shared,
    }
}

fn may_meet(nth: Nth, others: &[Nth]) -> bool {
    others.contains(&nth)
        || match nth {
            Nth::Last => others.iter().any(|other| matches!(other, Nth::Of(4 | 5))),
            Nth::Of(number) => number >= 4 && others.contains(&Nth::Last),
        }
}

/// The recurrence of a count without days.
pub fn counted(count: Count) -> Recurrence {
    let frequency = match count.per {
        Per::Week => Frequency::Unknown,
        Per::Month => Frequency::TimesPerMonth,
        Per::Year => Frequency::TimesPerYear,
    };
    let times = count.times.filter(|_| frequency != Frequency::Unknown);
    Recurrence { times, ..Recurrence::new(frequency) }
}

/// 月1回 土曜, 不定期, 随時: a frequency with other facts but without dates. Days that the count only
/// confirms keep theirs.
pub fn vague(parts: &Parts, group: &Group, context: &Context) -> Result<Vec<Recurrence>, Reason> {
    if group.label.is_some() {
        return Err(Reason::Inexpressible);
    }
    if let Some(count) = parts.count.filter(|_| !parts.irregular && !parts.on_request)
        && let Some(confirmed) = confirmed(count, group, context)?
    {
        return Ok(confirmed);
    }
    let weekdays = match &group.days[..] {
        [] => vec![],
        [Days::Weekly { days, every: false }] => days.clone(),
        _ => return Err(Reason::Contradiction),
    };
    let base = match parts.count {
        Some(Count { per: Per::Week, .. }) => return Err(Reason::NoDays),
        Some(count) => counted(count),
        None if parts.irregular => Recurrence::new(Frequency::Irregular),
        None => Recurrence::new(Frequency::OnRequest),
    };
    Ok(vec![Recurrence { weekdays, months: group.months.clone(), sessions: sessions(group), ..base }])
}

fn confirmed(count: Count, group: &Group, context: &Context) -> Result<Option<Vec<Recurrence>>, Reason> {
    let days: usize = group.days.iter().map(size).sum();
    let told = match &group.days[..] {
        [] | [Days::Weekly { every: false, .. }] if count.per != Per::Week => return Ok(None),
        [Days::Weekly { .. }] => {
            count.per == Per::Week && count.times.is_some_and(|times| usize::from(times) == days)
        }
        [Days::Dates(_)] => {
            count.per == Per::Year && count.times.is_some_and(|times| usize::from(times) == days)
        }
        all if all.iter().all(|days| matches!(days, Days::Nth { .. } | Days::OfMonth(_))) => {
            agrees(count, days)
        }
        _ => false,
    };
    if told { recurrences(group, context).map(Some) } else { Err(Reason::Contradiction) }
}

/// Number of days a month, a week, or in all.
fn size(days: &Days) -> usize {
    match days {
        Days::Weekly { days, .. } | Days::Biweekly(days) => days.len(),
        Days::Nth { nth, .. } => nth.len(),
        Days::OfMonth(days) => days.len(),
        Days::Dates(dates) => dates.len(),
        Days::Daily | Days::AllYear | Days::Holidays => 0,
    }
}
