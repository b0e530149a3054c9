//! Whether somebody can be turned to at an instant, and by which channel: plain types in, plain types out.
//!
//! Each channel is judged by the engine of `openState`. Somebody is reachable when one channel surely is; the one
//! they prefer is taken. They are not reachable when a channel that has times says so and none may be open;
//! else nobody knows.

use crate::liaison::terms::{ContactChannel, ContactPurpose};
use chrono::{DateTime, FixedOffset};
use hours::open::{Facts, Limits, OpenState, Opening, Openness, Window};
use hours::reason::Reason;
use hours::timetable::Timetable;
use std::sync::Arc;

/// A rule that was read.
pub type Rule = Arc<Timetable>;

/// A way to turn to somebody, with its rules.
#[derive(Clone, Debug)]
pub struct Way {
    /// Its place in the order; 1 is preferred.
    pub rank: usize,
    /// Which channel.
    pub channel: ContactChannel,
    /// For what; none: for everything.
    pub purposes: Vec<ContactPurpose>,
    /// When; none: nobody has said.
    pub times: Vec<Rule>,
}

/// Somebody as time sees them.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// How they are turned to, in their order.
    pub ways: Vec<Way>,
    /// When they are not to be disturbed.
    pub avoid: Vec<Rule>,
    /// The hours of the house they are in.
    pub house: Vec<Rule>,
    /// What is known beside.
    pub facts: Facts,
}

/// What somebody asks of everybody.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// At which instant.
    pub at: DateTime<FixedOffset>,
    /// Only by this channel.
    pub channel: Option<ContactChannel>,
    /// Only for this purpose.
    pub purpose: Option<ContactPurpose>,
}

/// Whether somebody can be turned to; in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// By one channel at least, surely.
    Now,
    /// By none, surely.
    Later,
    /// Nobody can be sure.
    Unknown,
}

/// What one glance tells: enough to part those who are reachable from the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glance {
    /// Whether they can be turned to.
    pub standing: Standing,
    /// The rank of the channel by which.
    pub rank: usize,
}

/// The whole answer about one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Whether they can be turned to.
    pub standing: Standing,
    /// Where the channel to use stands among the ways: now, or at the next window.
    pub way: Option<usize>,
    /// Why not, or why nobody knows; what to mind when they can.
    pub reason: Option<Reason>,
    /// Until when that holds.
    pub until: Option<DateTime<FixedOffset>>,
    /// The next sure window, of somebody who cannot be turned to now.
    pub next: Option<Window>,
    /// Where channels stand of which nobody knows whether they are open now.
    pub uncertain: Vec<usize>,
}

impl Way {
    /// Whether it answers a question. Urgent matters only where somebody says so: a sheet is not for emergencies.
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
    fn opening<'a>(&'a self, way: &'a Way) -> Opening<'a, Rule> {
        let limits = Limits { avoid: &self.avoid, house: &self.house };
        Opening { timetables: &way.times, facts: &self.facts, limits }
    }

    fn suiting<'a>(&'a self, question: &'a Question) -> impl Iterator<Item = (usize, &'a Way)> {
        self.ways.iter().enumerate().filter(|(_, way)| way.suits(question))
    }

    /// Whether they can be turned to, and by which rank; `None` when no way answers the question.
    pub fn glance(&self, question: &Question) -> Option<Glance> {
        let mut later = None;
        let mut unknown = None;
        for (_, way) in self.suiting(question) {
            let glance = |standing| Some(Glance { standing, rank: way.rank });
            match self.opening(way).openness(&question.at) {
                Openness::Open => return glance(Standing::Now),
                Openness::Closed => later = later.or(glance(Standing::Later)),
                Openness::Unknown => unknown = unknown.or(glance(Standing::Unknown)),
            }
        }
        let doubtful = self.suiting(question).any(|(_, way)| self.may_be_open(way, question));
        if doubtful { unknown.or(later) } else { later.or(unknown) }
    }

    /// Whether a way that has times may be open: one without any is no reason to doubt the others.
    fn may_be_open(&self, way: &Way, question: &Question) -> bool {
        !way.times.is_empty() && self.opening(way).openness(&question.at) == Openness::Unknown
    }

    /// The whole answer; `None` when no way answers the question.
    pub fn answer(&self, question: &Question) -> Option<Answer> {
        let standing = self.glance(question)?.standing;
        let states: Vec<(usize, OpenState)> =
            self.suiting(question).map(|(at, way)| (at, self.opening(way).outlook(&question.at))).collect();
        let of = |wanted: Openness| states.iter().filter(move |(_, state)| state.state == wanted);
        let uncertain = of(Openness::Unknown).map(|(at, _)| *at).collect();
        let chosen = match standing {
            Standing::Now => of(Openness::Open).next(),
            Standing::Later => soonest(&states).or_else(|| of(Openness::Closed).next()),
            Standing::Unknown => of(Openness::Unknown).next(),
        };
        let (way, state) = chosen?;
        // Why not: of the preferred channel, which is not always the one that opens first.
        let reason = match standing {
            Standing::Later => of(Openness::Closed).find_map(|(_, state)| state.reason.clone()),
            _ => state.reason.clone(),
        };
        Some(Answer {
            standing,
            way: Some(*way),
            reason,
            until: if standing == Standing::Now { state.until } else { None },
            next: if standing == Standing::Now { None } else { state.next_open },
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
