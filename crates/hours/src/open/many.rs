//! Judges many openings at one instant: what several of them have in common is judged once, and ordinary hours on an
//! ordinary day are only compared.

use super::{OpenState, Opening, Openness, in_japan, local};
use crate::reason::Reason;
use crate::timetable::{Timetable, Window, is_ordinary as is_ordinary_day};
use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use std::borrow::Borrow;
use std::collections::HashMap;
use std::marker::PhantomData;

/// Days after the instant on which an opening is looked for in ordinary weeks.
const AHEAD: u64 = 14;

/// A list of timetables, told by its address: those who have the same hours share the list.
type List = (usize, usize);

/// The judgements of openings at one instant. The lists of the openings live as long as it does, so that no address
/// is used twice.
#[derive(Debug)]
pub struct Many<'a> {
    at: DateTime<FixedOffset>,
    /// The minute by the clock in Japan.
    clock: Option<NaiveDateTime>,
    /// Whether that day and those after it are ordinary.
    ordinary: Vec<bool>,
    /// For each list of hours of a house the number of what follows from it at the instant.
    houses: HashMap<List, u32>,
    closures: HashMap<[Option<Reason>; 2], u32>,
    /// The house that was asked for last: neighbours in a list are often of one house.
    last: Option<(List, u32)>,
    /// Whether houses are closed on some days after the instant.
    shut: HashMap<(List, usize), bool>,
    states: HashMap<(List, List, u32, bool), Openness>,
    outlooks: HashMap<(List, List, List, Option<Reason>), OpenState>,
    lists: PhantomData<&'a Timetable>,
}

/// The number of houses that are closed on neither of the two days.
const OPEN_HOUSE: u32 = 0;

fn address<T>(list: &[T]) -> List {
    if list.is_empty() { (0, 0) } else { (list.as_ptr().addr(), list.len()) }
}

impl<'a> Many<'a> {
    /// No judgements yet.
    pub fn at(at: DateTime<FixedOffset>) -> Self {
        let clock = local(&at);
        let days = clock.into_iter().flat_map(|clock| clock.date().iter_days().take(AHEAD as usize));
        Self {
            at,
            clock,
            ordinary: days.map(is_ordinary_day).collect(),
            houses: HashMap::new(),
            closures: HashMap::from([([None, None], OPEN_HOUSE)]),
            last: None,
            shut: HashMap::new(),
            states: HashMap::new(),
            outlooks: HashMap::new(),
            lists: PhantomData,
        }
    }

    /// As [`Opening::openness`].
    pub fn openness<T: Borrow<Timetable>>(&mut self, opening: &Opening<'a, T>) -> Openness {
        if !is_ordinary(opening) {
            return opening.openness(&self.at);
        }
        let house = self.house(opening);
        if let Some(usual) = self.usual_openness(opening).filter(|_| house == OPEN_HOUSE) {
            return usual;
        }
        let doubt = opening.facts.doubt.is_some();
        let key = (address(opening.timetables), address(opening.limits.avoid), house, doubt);
        let at = &self.at;
        *self.states.entry(key).or_insert_with(|| opening.openness(at))
    }

    /// As [`Opening::outlook`].
    pub fn outlook<T: Borrow<Timetable>>(&mut self, opening: &Opening<'a, T>) -> OpenState {
        if !is_ordinary(opening) {
            return opening.outlook(&self.at);
        }
        let limits = opening.limits;
        let doubt = opening.facts.doubt.clone();
        let key = (address(opening.timetables), address(limits.avoid), address(limits.house), doubt);
        let at = &self.at;
        self.outlooks.entry(key).or_insert_with(|| opening.outlook(at)).clone()
    }

    /// The beginning of the next sure opening of what is not open, as [`Opening::outlook`] has it.
    pub fn next_start<T: Borrow<Timetable>>(
        &mut self,
        opening: &Opening<'a, T>,
    ) -> Option<DateTime<FixedOffset>> {
        if opening.timetables.is_empty() || opening.facts.doubt.is_some() {
            return None;
        }
        match self.usual_start(opening) {
            Some(start) => in_japan(start),
            None => self.outlook(opening).next_open.map(|window| window.start),
        }
    }

    /// The openness on an ordinary day by the usual hours of that weekday; `None`: it takes a closer look.
    fn usual_openness<T: Borrow<Timetable>>(&self, opening: &Opening<'a, T>) -> Option<Openness> {
        let clock = self.clock.filter(|_| self.ordinary.first() == Some(&true))?;
        let minute = minute_of(clock);
        let within = |timetables: &[T]| -> Option<bool> {
            let mut found = false;
            for timetable in timetables {
                let windows = timetable.borrow().usual_windows(clock.date())?;
                found |= windows.iter().any(|(from, to)| (*from..*to).contains(&minute));
            }
            Some(found)
        };
        let (open, avoided) = (within(opening.timetables)?, within(opening.limits.avoid)?);
        Some(match (open, avoided) {
            _ if opening.facts.doubt.is_some() => Openness::Unknown,
            (true, false) => Openness::Open,
            (false, false) if opening.timetables.is_empty() => Openness::Unknown,
            _ => Openness::Closed,
        })
    }

    /// The next opening in ordinary weeks; `None`: it takes a closer look.
    fn usual_start<T: Borrow<Timetable>>(&mut self, opening: &Opening<'a, T>) -> Option<NaiveDateTime> {
        if !is_ordinary(opening) {
            return None;
        }
        let clock = self.clock?;
        for (ahead, date) in clock.date().iter_days().take(AHEAD as usize).enumerate() {
            if !*self.ordinary.get(ahead)? || self.is_shut(opening, ahead, date) {
                return None;
            }
            let from = if ahead == 0 { minute_of(clock) } else { 0 };
            if let Some(minute) = first_start(opening, date, from)? {
                return Some(NaiveDateTime::from(date) + TimeDelta::minutes(i64::from(minute)));
            }
        }
        None
    }

    fn is_shut<T: Borrow<Timetable>>(
        &mut self,
        opening: &Opening<'a, T>,
        ahead: usize,
        date: NaiveDate,
    ) -> bool {
        let limits = opening.limits;
        !limits.house.is_empty()
            && *self
                .shut
                .entry((address(limits.house), ahead))
                .or_insert_with(|| limits.house_closed(date).is_some())
    }

    /// The number of all that the hours of a house decide of an instant: whether it is closed on that day, and on the day
    /// before, whose windows may last beyond midnight.
    fn house<T: Borrow<Timetable>>(&mut self, opening: &Opening<'a, T>) -> u32 {
        let limits = opening.limits;
        let list = address(limits.house);
        if let Some((_, number)) = self.last.filter(|(last, _)| *last == list) {
            return number;
        }
        let (closures, clock) = (&mut self.closures, self.clock);
        let number = *self.houses.entry(list).or_insert_with(|| {
            let closed = |date: NaiveDate| limits.house_closed(date);
            let date = clock.map(|clock| clock.date());
            let before = date.and_then(|date| date.checked_sub_days(Days::new(1)));
            let next = closures.len() as u32;
            *closures.entry([before.and_then(closed), date.and_then(closed)]).or_insert(next)
        });
        self.last = Some((list, number));
        number
    }
}

/// Whether an opening is neither suspended nor ended, now or later: few are, and each is judged by itself.
fn is_ordinary<T>(opening: &Opening<'_, T>) -> bool {
    opening.facts.suspended.is_none() && opening.facts.ended_on.is_none()
}

fn minute_of(clock: NaiveDateTime) -> u16 {
    (clock.hour() * 60 + clock.minute()) as u16
}

/// The first minute, from one on, at which a window of a date begins, or goes on after a time to avoid; the inner `None`:
/// there is none. The outer: it takes a closer look.
fn first_start<T: Borrow<Timetable>>(
    opening: &Opening<'_, T>,
    date: NaiveDate,
    from: u16,
) -> Option<Option<u16>> {
    let mut gaps: Vec<Window> = Vec::new();
    for avoid in opening.limits.avoid {
        gaps.extend_from_slice(avoid.borrow().usual_windows(date)?);
    }
    gaps.sort_unstable();
    let mut first = None;
    for timetable in opening.timetables {
        for (begin, end) in timetable.borrow().usual_windows(date)? {
            let mut start = *begin;
            for (gap, over) in gaps.iter().filter(|(gap, over)| gap < end && begin < over) {
                if start < *gap && from <= start {
                    break;
                }
                start = start.max(*over);
            }
            if start < *end && from <= start {
                first = Some(first.map_or(start, |known: u16| known.min(start)));
            }
        }
    }
    Some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open::{Facts, Limits, Suspension};
    use crate::recurrence::{Closure, HolidayPolicy, MonthDay, YearEndPolicy};
    use crate::schedule::{Rule, Schedule, Uncomputable};
    use crate::tests::{japan, typed};
    use chrono::{NaiveDate, TimeDelta};
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    fn timetables() -> Vec<Timetable> {
        let closed = |schedule| Schedule {
            holidays: HolidayPolicy::Cancelled,
            year_end: YearEndPolicy::Cancelled,
            ..schedule
        };
        let season = Closure {
            from: MonthDay { month: 11, day: 20 },
            to: MonthDay { month: 11, day: 25 },
            label: Some("工事".into()),
        };
        let schedules = [
            typed("Mo-Fr 09:00-17:00"),
            closed(typed("Mo-Fr 09:00-12:00,13:00-17:00")),
            closed(typed("Mo-Su 00:00-24:00")),
            closed(typed("Tu 12:00-13:00; Th 20:00-26:00")),
            Schedule { closures: vec![season], ..closed(typed("Mo-Sa 10:00-15:00")) },
            Schedule { by_appointment: true, ..typed("We 09:00-10:00") },
            Schedule::new(Rule::Undated { why: Uncomputable::Irregular, hours: None }),
        ];
        schedules.iter().map(Timetable::new).collect()
    }

    fn facts() -> impl Strategy<Value = Facts> {
        let day = NaiveDate::from_ymd_opt(2026, 11, 22);
        let ended = Facts { ended_on: day, ..Facts::default() };
        let doubtful = Facts { doubt: Some(Reason::Stale), ..Facts::default() };
        let suspended =
            Facts { suspended: Some(Suspension { from: day, to: None, label: None }), ..Facts::default() };
        select(vec![Facts::default(), Facts::default(), doubtful, ended, suspended])
    }

    proptest! {
        #[test]
        fn what_is_shared_changes_no_judgement(
            lists in prop::collection::vec(prop::collection::vec(any::<Index>(), 0..3), 1..6),
            people in prop::collection::vec((any::<[Index; 3]>(), facts()), 1..40),
            minutes in 0..60 * 1440_i64,
        ) {
            let all = timetables();
            let lists: Vec<Vec<&Timetable>> =
                lists.iter().map(|list| list.iter().map(|at| at.get(&all)).collect()).collect();
            let at = japan(2026, 11, 15, 0, 0) + TimeDelta::minutes(minutes);
            let mut many = Many::at(at);
            for ([times, avoid, house], facts) in &people {
                let limits = Limits { avoid: avoid.get(&lists).as_slice(), house: house.get(&lists).as_slice() };
                let opening = Opening { timetables: times.get(&lists).as_slice(), facts, limits };
                let openness = opening.openness(&at);
                prop_assert_eq!(many.openness(&opening), openness);
                let outlook = opening.outlook(&at);
                if openness != Openness::Open {
                    let start = outlook.next_open.map(|window| window.start);
                    prop_assert_eq!(many.next_start(&opening), start);
                }
                prop_assert_eq!(many.outlook(&opening), outlook);
            }
        }
    }
}
