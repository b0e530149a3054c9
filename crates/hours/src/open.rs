//! Open, closed or unknown at an instant: from all schedules of a place, and
//! from the facts about the place itself.
//!
//! OPEN needs one schedule that is surely open, UNKNOWN one that may be. CLOSED needs every schedule to be
//! closed, or a reason outside of them: suspension, end, a time to avoid, a closure of the house.

use std::borrow::Borrow;

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, TimeZone, Timelike};
use japan::clock::JAPAN;

use super::{
    opening_hours::{Certainty, Span},
    reason::Reason,
    timetable::{Status, Timetable},
};

mod limits;
mod many;
mod stretch;
mod visit;

pub use limits::Limits;
pub use many::Many;
use stretch::{Stretch, add_stretches, doubt_of_day};
pub use visit::{Judgement, VISIT_DAYS, VISIT_MINUTES, Visits, WeeklyTime};

/// Days that are searched for the end of a state and for the next opening.
const HORIZON: u64 = 400;

/// Whether a place is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Openness {
    /// Open: at least one schedule is surely open.
    Open,
    /// Closed: every schedule is closed, or the place is for another reason.
    Closed,
    /// Unknown: a schedule may be open, none surely is.
    Unknown,
}

/// The state of a place at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenState {
    /// Open, closed or unknown.
    pub state: Openness,
    /// Reason for which it is closed or unknown, where there is one; when it is open, a caution.
    pub reason: Option<Reason>,
    /// End of this state; `None`: not within the next 400 days, or unknown.
    pub until: Option<DateTime<FixedOffset>>,
    /// The next window that surely opens later, within the next 400 days; `None`: there is none.
    pub next_open: Option<Window>,
}

/// A dated window with a known end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Beginning of the window, in Japanese time (UTC+9).
    pub start: DateTime<FixedOffset>,
    /// End of the window, in Japanese time (UTC+9).
    pub end: DateTime<FixedOffset>,
}

/// Facts about a place beside its schedules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Why nothing about it is sure: last confirmed too long ago, or gone from its source; `None`: it is sure.
    pub doubt: Option<Reason>,
    /// The suspension (休止); `None`: there is none.
    pub suspended: Option<Suspension>,
    /// First day on which the place no longer exists; `None`: no end is set.
    pub ended_on: Option<NaiveDate>,
}

/// A suspension (休止中): the place is closed for a while.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suspension {
    /// First day of the suspension; `None`: not known, but it has begun.
    pub from: Option<NaiveDate>,
    /// Last day of the suspension; `None`: not known.
    pub to: Option<NaiveDate>,
    /// Reason of the suspension in Japanese, `冬季`; `None`: not given.
    pub label: Option<std::sync::Arc<str>>,
}

/// The schedules, facts and limits of a place, or of a person to be contacted.
#[derive(Debug)]
pub struct Opening<'a, T> {
    /// Schedules of the place or person; any one of them may open it.
    pub timetables: &'a [T],
    /// Facts beside the schedules: suspension, end, age of the record.
    pub facts: &'a Facts,
    /// Times cut out of the schedules; of a place there are none.
    pub limits: Limits<'a, T>,
}

/// The state of a place at an instant, see [`Opening::state`].
pub fn open_state<T: Borrow<Timetable>, Z: TimeZone>(
    timetables: &[T],
    facts: &Facts,
    at: &DateTime<Z>,
) -> OpenState {
    Opening::of(timetables, facts).state(at)
}

impl<'a, T: Borrow<Timetable>> Opening<'a, T> {
    /// The opening of a place, whose schedules have no limits.
    pub fn of(timetables: &'a [T], facts: &'a Facts) -> Self {
        Self { timetables, facts, limits: Limits::NONE }
    }

    /// The state at an instant, when it ends, and the next sure opening.
    pub fn state<Z: TimeZone>(&self, at: &DateTime<Z>) -> OpenState {
        let Some(at) = local(at) else {
            return OpenState {
                state: Openness::Unknown,
                reason: Some(Reason::NoHours),
                until: None,
                next_open: None,
            };
        };
        let (state, reason) = Around::new(self, at.date()).moment(at);
        let until = self.until(state, at);
        let next_open = match (state, until) {
            (Openness::Open, None) => None,
            (Openness::Open, Some(end)) => self.next_open(end),
            _ => self.next_open(at),
        };
        OpenState { state, reason, until: until.and_then(in_japan), next_open }
    }

    /// The state at an instant, with its end only if it is open and the next sure opening only if it is not.
    /// Without schedules it is always unknown.
    pub fn outlook<Z: TimeZone>(&self, at: &DateTime<Z>) -> OpenState {
        let none = || OpenState {
            state: Openness::Unknown,
            reason: Some(Reason::NoHours),
            until: None,
            next_open: None,
        };
        let Some(at) = local(at).filter(|_| !self.timetables.is_empty()) else { return none() };
        let (state, reason) = Around::new(self, at.date()).moment(at);
        match state {
            Openness::Open => {
                OpenState { state, reason, until: self.until(state, at).and_then(in_japan), next_open: None }
            }
            _ => OpenState { state, reason, until: None, next_open: self.next_open(at) },
        }
    }

    /// The state at an instant alone, for filters over many places.
    pub fn openness<Z: TimeZone>(&self, at: &DateTime<Z>) -> Openness {
        local(at).map_or(Openness::Unknown, |at| Around::new(self, at.date()).moment(at).0)
    }

    /// Whether something opens on a date: surely, perhaps, or not. A day
    /// whose times are unknown counts as open.
    pub fn on(&self, date: NaiveDate) -> Openness {
        if self.closed_for_good_or_now(date).is_some() {
            return Openness::Closed;
        }
        let opens = |timetable: &T| opens(timetable.borrow(), date);
        match best(self.in_force(date).map(opens)) {
            Some(Openness::Open | Openness::Closed) if self.facts.doubt.is_some() => Openness::Unknown,
            Some(openness) => openness,
            None => Openness::Unknown,
        }
    }

    fn in_force(&self, date: NaiveDate) -> impl Iterator<Item = &T> {
        self.timetables.iter().filter(move |timetable| (*timetable).borrow().in_force(date))
    }

    /// Reason for which the place is closed on a date whatever its
    /// schedules say: it has ended or is suspended.
    fn closed_for_good_or_now(&self, date: NaiveDate) -> Option<Reason> {
        if self.facts.ended_on.is_some_and(|ended| ended <= date) {
            return Some(Reason::Ended);
        }
        let suspended = self.facts.suspended.as_ref()?;
        let covers =
            suspended.from.is_none_or(|from| from <= date) && suspended.to.is_none_or(|to| date <= to);
        covers.then(|| Reason::Suspended(suspended.label.clone()))
    }

    fn until(&self, state: Openness, at: NaiveDateTime) -> Option<NaiveDateTime> {
        let mut around = Around::new(self, at.date());
        let mut now = at;
        for _ in 0..=HORIZON {
            let midnight = midnight_after(around.date)?;
            while let Some(next) = around.change_after(now).filter(|next| *next < midnight) {
                if around.moment(next).0 != state {
                    return Some(next);
                }
                now = next;
            }
            around.advance()?;
            if around.moment(midnight).0 != state {
                return Some(midnight);
            }
            now = midnight;
        }
        None
    }

    fn next_open(&self, from: NaiveDateTime) -> Option<Window> {
        if self.facts.doubt.is_some() || self.closed_from(from.date()) {
            return None;
        }
        let mut before = from.date().pred_opt().map(|day| self.stretches(day)).unwrap_or_default();
        for date in from.date().iter_days().take(HORIZON as usize) {
            let (here, midnight) = (self.stretches(date), midnight_after(date)?);
            let coming = before.iter().chain(&here);
            let sure = coming.filter(|one| one.sure && from <= one.start && one.start < midnight);
            if let Some(first) = sure.min_by_key(|one| one.start) {
                // Windows that touch, also at midnight, are one window.
                let end = self.until(Openness::Open, first.start).unwrap_or(first.end);
                return Some(Window { start: in_japan(first.start)?, end: in_japan(end)? });
            }
            before = here;
        }
        None
    }

    /// Whether the place stays closed from a date on: it has ended, or the suspension has no known end.
    fn closed_from(&self, date: NaiveDate) -> bool {
        let suspended = self.facts.suspended.as_ref();
        let for_good =
            suspended.is_some_and(|one| one.to.is_none() && one.from.is_none_or(|from| from <= date));
        for_good || self.facts.ended_on.is_some_and(|ended| ended <= date)
    }

    fn stretches(&self, date: NaiveDate) -> Vec<Stretch> {
        let mut stretches = vec![];
        if self.closed_for_good_or_now(date).is_none() {
            let house = self.limits.house_closed(date);
            for timetable in self.timetables.iter().map(Borrow::borrow) {
                if house.as_ref().is_none_or(|reason| timetable.holds_in_spite_of(reason, date)) {
                    add_stretches(&mut stretches, timetable, date);
                }
            }
        }
        let mut stretches = self.limits.cut(date, stretches);
        if let Some(doubt) = self.limits.undated() {
            stretches.iter_mut().for_each(|stretch| stretch.doubt(&doubt));
        }
        stretches
    }

    /// Reason for which the house is closed on a date, unless a schedule holds in spite of it.
    fn shut_by_house(&self, date: NaiveDate) -> Option<Reason> {
        let reason = self.limits.house_closed(date)?;
        let holds = |timetable: &T| timetable.borrow().holds_in_spite_of(&reason, date);
        (!self.timetables.iter().any(holds)).then_some(reason)
    }
}

/// One day of a place, with windows of the day before that last into it.
struct Around<'a, T> {
    opening: &'a Opening<'a, T>,
    date: NaiveDate,
    stretches: Vec<Stretch>,
}

impl<'a, T: Borrow<Timetable>> Around<'a, T> {
    fn new(opening: &'a Opening<'a, T>, date: NaiveDate) -> Self {
        let mut stretches = date.pred_opt().map(|before| opening.stretches(before)).unwrap_or_default();
        stretches.extend(opening.stretches(date));
        Self { opening, date, stretches }
    }

    fn advance(&mut self) -> Option<()> {
        let midnight = midnight_after(self.date)?;
        self.date = midnight.date();
        self.stretches.retain(|stretch| stretch.end > midnight);
        self.stretches.extend(self.opening.stretches(self.date));
        Some(())
    }

    fn change_after(&self, now: NaiveDateTime) -> Option<NaiveDateTime> {
        let edges = self.stretches.iter().flat_map(|stretch| [stretch.start, stretch.end]);
        edges.filter(|edge| *edge > now).min()
    }

    /// The state at an instant of this day.
    fn moment(&self, at: NaiveDateTime) -> (Openness, Option<Reason>) {
        let covering = |sure: bool| {
            let stretches = self.stretches.iter();
            stretches
                .filter(move |stretch| stretch.sure == sure)
                .find(|stretch| stretch.start <= at && at < stretch.end)
        };
        let open = covering(true);
        let facts = self.opening.facts;
        if open.is_none()
            && let Some(reason) = self.opening.closed_for_good_or_now(self.date)
        {
            return (Openness::Closed, Some(reason));
        }
        if let Some(doubt) = &facts.doubt {
            return (Openness::Unknown, Some(doubt.clone()));
        }
        if let Some(open) = open {
            return (Openness::Open, open.reason.clone());
        }
        if let Some(unknown) = covering(false) {
            return (Openness::Unknown, unknown.reason.clone());
        }
        if self.opening.limits.avoided(at) {
            return (Openness::Closed, Some(Reason::Avoided));
        }
        if let Some(reason) = self.opening.shut_by_house(self.date) {
            return (Openness::Closed, Some(reason));
        }
        match self.not_known() {
            Some(reason) => (Openness::Unknown, Some(reason)),
            None => (Openness::Closed, self.why_closed()),
        }
    }

    /// Reason for which a day without windows is unknown rather than closed: there is no schedule, none is in
    /// force, or one has no computable dates.
    fn not_known(&self) -> Option<Reason> {
        if self.opening.timetables.is_empty() {
            return Some(Reason::NoHours);
        }
        let mut in_force = self.opening.in_force(self.date).peekable();
        if in_force.peek().is_none() {
            return Some(Reason::NotInForce);
        }
        in_force.find_map(|timetable| timetable.borrow().undated()).map(Reason::Undated)
    }

    fn why_closed(&self) -> Option<Reason> {
        let mut timetables = self.opening.in_force(self.date).map(Borrow::borrow);
        timetables.find_map(|timetable| {
            timetable.day(self.date).reason.or_else(|| timetable.comment_on_closing(self.date))
        })
    }
}

fn opens(timetable: &Timetable, date: NaiveDate) -> Openness {
    let day = timetable.day(date);
    let known = |span: &Span| span.certainty != Certainty::Unknown;
    match day.status {
        Status::Cancelled => Openness::Closed,
        _ if day.spans.is_empty() && timetable.undated().is_some() => Openness::Unknown,
        _ if day.spans.is_empty() => Openness::Closed,
        _ if doubt_of_day(timetable, &day).is_none() && day.spans.iter().any(known) => Openness::Open,
        _ => Openness::Unknown,
    }
}

/// Open if any answer is open, else unknown if any is unknown, else closed; `None` without answers.
fn best(answers: impl Iterator<Item = Openness>) -> Option<Openness> {
    answers.reduce(|best, next| match (best, next) {
        (Openness::Open, _) | (_, Openness::Open) => Openness::Open,
        (Openness::Unknown, _) | (_, Openness::Unknown) => Openness::Unknown,
        _ => Openness::Closed,
    })
}

/// The minute by the clock in Japan; `None` outside of the years 1900 to 2899.
fn local<Z: TimeZone>(at: &DateTime<Z>) -> Option<NaiveDateTime> {
    let clock = at.naive_utc().checked_add_offset(JAPAN)?;
    let clock = clock.with_second(0)?.with_nanosecond(0)?;
    (1900..2900).contains(&clock.year()).then_some(clock)
}

fn in_japan(clock: NaiveDateTime) -> Option<DateTime<FixedOffset>> {
    clock.and_local_timezone(JAPAN).single()
}

fn midnight_after(date: NaiveDate) -> Option<NaiveDateTime> {
    date.checked_add_days(Days::new(1)).map(NaiveDateTime::from)
}

#[cfg(test)]
mod tests;
