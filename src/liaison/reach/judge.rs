//! Judges whether a physician or desk can be reached at an instant, and by which channel: plain types in,
//! plain types out.
//!
//! Each channel is judged by the engine of `openState`. A person is reachable when at least one channel is
//! surely open; of several the preferred one is named. They are not reachable when a channel with times is
//! surely closed and no other channel with times may be open; else the answer is unknown.

use crate::liaison::terms::{ContactChannel, ContactPurpose};
use chrono::{DateTime, FixedOffset};
use hours::open::{Facts, Limits, Many, OpenState, Opening, Openness, Window};
use hours::reason::Reason;
use hours::timetable::Timetable;
use std::sync::Arc;

/// A parsed rule.
pub type Rule = Arc<Timetable>;

/// Rules of one person or house; those who have the same share the list, which is then judged once.
pub type Times = Arc<[Rule]>;

/// A channel with its rules.
#[derive(Clone, Debug)]
pub struct Way {
    /// Its place in the order; 1 is preferred.
    pub rank: usize,
    /// Which channel (連絡手段).
    pub channel: ContactChannel,
    /// Its purposes; none: all.
    pub purposes: Vec<ContactPurpose>,
    /// Its times; none: not stated.
    pub times: Times,
}

/// How and when a physician or desk wants to be reached.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// Their channels in order of preference.
    pub ways: Vec<Way>,
    /// Times at which they must not be disturbed.
    pub avoid: Times,
}

/// A physician or desk: everything that decides when they can be reached.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// What they want.
    pub wishes: Arc<Wishes>,
    /// The opening hours of their institution.
    pub house: Times,
    /// Further facts: suspensions and the age of the data.
    pub facts: Facts,
}

/// The question of a client, the same for all candidates.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// The instant to judge.
    pub at: DateTime<FixedOffset>,
    /// Only by this channel.
    pub channel: Option<ContactChannel>,
    /// Only for this purpose.
    pub purpose: Option<ContactPurpose>,
}

/// Whether a person can be reached; in the order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reachability {
    /// Surely, by at least one channel.
    Now,
    /// Surely not now.
    Later,
    /// The times do not decide it.
    Unknown,
}

/// A quick judgement without windows: enough to separate those who are reachable from the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glance {
    /// Whether they can be reached.
    pub standing: Reachability,
    /// The rank of the channel that decided it.
    pub rank: usize,
}

/// The whole answer about one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Whether they can be reached.
    pub standing: Reachability,
    /// Index in `ways` of the channel to use: now, or at the next window.
    pub way: Option<usize>,
    /// Why not now or why unknown; for those who can be reached, what to mind.
    pub reason: Option<Reason>,
    /// Until when that holds.
    pub until: Option<DateTime<FixedOffset>>,
    /// The next sure window of a person who cannot be reached now.
    pub next: Option<Window>,
    /// Indexes in `ways` of channels whose state now is unknown.
    pub uncertain: Vec<usize>,
}

impl Way {
    /// Whether the channel suits a question. A channel suits urgent matters only if it names them: a sheet is
    /// not for emergencies.
    pub fn suits(&self, question: &Question) -> bool {
        let purpose = match question.purpose {
            None => true,
            Some(ContactPurpose::Urgent) => self.purposes.contains(&ContactPurpose::Urgent),
            Some(purpose) => self.purposes.is_empty() || self.purposes.contains(&purpose),
        };
        purpose && question.channel.is_none_or(|channel| channel == self.channel)
    }
}

impl Person {
    /// A judge of many persons by a question.
    pub fn judge<'a>(question: &Question) -> Many<'a> {
        Many::at(question.at)
    }

    fn opening<'a>(&'a self, way: &'a Way) -> Opening<'a, Rule> {
        let limits = Limits { avoid: &self.wishes.avoid, house: &self.house };
        Opening { timetables: &way.times, facts: &self.facts, limits }
    }

    fn suiting<'a>(&'a self, question: &'a Question) -> impl Iterator<Item = (usize, &'a Way)> {
        self.wishes.ways.iter().enumerate().filter(|(_, way)| way.suits(question))
    }

    /// Whether they can be reached, and the rank of the channel; `None` when no channel suits the question.
    pub fn glance<'a>(&'a self, question: &'a Question, judge: &mut Many<'a>) -> Option<Glance> {
        let mut later = None;
        let mut unknown = None;
        for (_, way) in self.suiting(question) {
            let glance = |standing| Some(Glance { standing, rank: way.rank });
            match judge.openness(&self.opening(way)) {
                Openness::Open => return glance(Reachability::Now),
                Openness::Closed => later = later.or(glance(Reachability::Later)),
                Openness::Unknown => unknown = unknown.or(glance(Reachability::Unknown)),
            }
        }
        // A channel without times does not make the others doubtful.
        let may_be_open =
            |way: &'a Way| !way.times.is_empty() && judge.openness(&self.opening(way)) == Openness::Unknown;
        let doubtful = self.suiting(question).map(|(_, way)| way).any(may_be_open);
        if doubtful { unknown.or(later) } else { later.or(unknown) }
    }

    /// The beginning of the next window of a person who cannot be reached now, and the rank of its channel.
    pub fn next<'a>(
        &'a self,
        question: &'a Question,
        judge: &mut Many<'a>,
    ) -> Option<(DateTime<FixedOffset>, usize)> {
        let starts = self
            .suiting(question)
            .filter_map(|(_, way)| Some((judge.next_start(&self.opening(way))?, way.rank)));
        starts.min_by_key(|(start, _)| *start)
    }

    /// The whole answer; `None` when no channel suits the question.
    pub fn answer<'a>(&'a self, question: &'a Question, judge: &mut Many<'a>) -> Option<Answer> {
        let standing = self.glance(question, judge)?.standing;
        let states: Vec<(usize, OpenState)> =
            self.suiting(question).map(|(at, way)| (at, judge.outlook(&self.opening(way)))).collect();
        let of = |wanted: Openness| states.iter().filter(move |(_, state)| state.state == wanted);
        let uncertain = of(Openness::Unknown).map(|(at, _)| *at).collect();
        let chosen = match standing {
            Reachability::Now => of(Openness::Open).next(),
            Reachability::Later => soonest(&states).or_else(|| of(Openness::Closed).next()),
            Reachability::Unknown => of(Openness::Unknown).next(),
        };
        let (way, state) = chosen?;
        // The reason is that of the preferred closed channel, which is not always the one that opens first.
        let reason = match standing {
            Reachability::Later => of(Openness::Closed).find_map(|(_, state)| state.reason.clone()),
            _ => state.reason.clone(),
        };
        Some(Answer {
            standing,
            way: Some(*way),
            reason,
            until: if standing == Reachability::Now { state.until } else { None },
            next: if standing == Reachability::Now { None } else { state.next_open },
            uncertain,
        })
    }
}

/// The channel whose next window begins first; of several the preferred one.
fn soonest(states: &[(usize, OpenState)]) -> Option<&(usize, OpenState)> {
    states
        .iter()
        .filter(|(_, state)| state.next_open.is_some())
        .min_by_key(|(_, state)| state.next_open.map(|window| window.start))
}

#[cfg(test)]
mod tests;
