//! The list of `reachableNow`: the candidates, judged and ordered. First those who can be reached now, by the
//! rank of the channel; then the others, by the beginning of their next window. Those whose reachability is
//! unknown are a list of their own.

use super::judge::{Answer, Glance, Person, Question, Reachability};
use chrono::{DateTime, FixedOffset};
use std::sync::OnceLock;

/// The physician's entry or desk of a candidate, by internal key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Who {
    /// The entry of a sheet about a physician.
    Entry(i64),
    /// A desk of professionals.
    Desk(i64),
}

impl Who {
    /// The internal key.
    pub fn key(self) -> i64 {
        match self {
            Self::Entry(id) | Self::Desk(id) => id,
        }
    }
}

/// A physician or desk that matches the filter and is to be judged.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The entry or desk.
    pub who: Who,
    /// The order among equals: the place of the institution by name, the place on its sheet.
    pub place: (u32, i32),
    /// The channels, hours and facts by which they are judged.
    pub person: Person,
}

/// The judged candidates at an instant.
pub struct Judged {
    question: Question,
    candidates: Vec<Candidate>,
    /// Indexes of candidates by standing, in the order of the list; `later` is ordered only when a page
    /// reaches it.
    now: Vec<usize>,
    later: Vec<usize>,
    unknown: Vec<usize>,
    later_in_order: OnceLock<Vec<usize>>,
}

impl Judged {
    /// Judges every candidate at a glance.
    pub fn new(question: Question, mut candidates: Vec<Candidate>) -> Self {
        candidates.sort_unstable_by_key(|one| (one.place, one.who));
        let mut judge = Person::judge(&question);
        let glances: Vec<Option<Glance>> =
            candidates.iter().map(|one| one.person.glance(&question, &mut judge)).collect();
        let of = |standing: Reachability| {
            let found = glances.iter().enumerate();
            found.filter(move |(_, glance)| glance.is_some_and(|glance| glance.standing == standing))
        };
        let mut now: Vec<usize> = of(Reachability::Now).map(|(at, _)| at).collect();
        now.sort_by_key(|at| glances.get(*at).copied().flatten().map(|glance| glance.rank));
        let later = of(Reachability::Later).map(|(at, _)| at).collect();
        let unknown = of(Reachability::Unknown).map(|(at, _)| at).collect();
        Self { question, candidates, now, later, unknown, later_in_order: OnceLock::new() }
    }

    /// The instant of the question.
    pub fn at(&self) -> DateTime<FixedOffset> {
        self.question.at
    }

    /// The length of the list: those who can be reached now and those who cannot now.
    pub fn count(&self) -> usize {
        self.now.len() + self.later.len()
    }

    /// How many can be reached now.
    pub fn count_now(&self) -> usize {
        self.now.len()
    }

    /// How many have an unknown reachability.
    pub fn count_unknown(&self) -> usize {
        self.unknown.len()
    }

    /// A page of the list, from an offset.
    pub fn listed(&self, from: usize, most: usize) -> Vec<(Who, Answer)> {
        let (now, missing) = (self.now.len(), (from + most).saturating_sub(self.now.len()));
        let first = self.now.iter().skip(from).take(most);
        let rest: &[usize] = if missing == 0 { &[] } else { self.later_in_order() };
        let rest = rest.iter().skip(from.saturating_sub(now));
        self.answers(first.chain(rest).take(most))
    }

    /// A page of those whose reachability is unknown, from an offset.
    pub fn unsure(&self, from: usize, most: usize) -> Vec<(Who, Answer)> {
        self.answers(self.unknown.iter().skip(from).take(most))
    }

    fn answers<'s>(&'s self, places: impl Iterator<Item = &'s usize>) -> Vec<(Who, Answer)> {
        let mut judge = Person::judge(&self.question);
        let candidates = places.filter_map(|at| self.candidates.get(*at));
        candidates.filter_map(|one| Some((one.who, one.person.answer(&self.question, &mut judge)?))).collect()
    }

    /// `later` ordered by the beginning of the next window; candidates without one come last.
    fn later_in_order(&self) -> &[usize] {
        self.later_in_order.get_or_init(|| {
            let mut judge = Person::judge(&self.question);
            let mut key = |at: &usize| self.candidates.get(*at)?.person.next(&self.question, &mut judge);
            let mut order: Vec<_> = self.later.iter().map(|at| (key(at), *at)).collect();
            order.sort_by(|(a, at), (b, bt)| (a.is_none(), a, at).cmp(&(b.is_none(), b, bt)));
            order.into_iter().map(|(_, at)| at).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::liaison::reach::judge::{Way, Wishes};
    use crate::liaison::terms::ContactChannel;
    use chrono::NaiveDate;
    use hours::opening_hours::OpeningHours;
    use hours::schedule::{Rule, Schedule};
    use hours::timetable::Timetable;
    use japan::clock::JAPAN;

    fn person(ways: &[(ContactChannel, &str)]) -> Person {
        let times = |hours: &str| {
            let hours = OpeningHours::read(hours).ok()?;
            Some(std::sync::Arc::new(Timetable::new(&Schedule::new(Rule::Hours(hours)))))
        };
        let way = |(rank, (channel, hours)): (usize, &(ContactChannel, &str))| Way {
            rank,
            channel: *channel,
            purposes: Vec::new(),
            times: times(hours).into_iter().collect(),
        };
        let wishes = Wishes { ways: (1..).zip(ways).map(way).collect(), ..Wishes::default() };
        Person { wishes: std::sync::Arc::new(wishes), ..Person::default() }
    }

    #[test]
    fn who_can_be_reached_by_what_they_prefer_comes_first_and_who_nobody_is_sure_of_stands_apart() {
        use ContactChannel::{Fax, Phone};
        let people = [
            person(&[(Phone, "We 09:00-10:00"), (Fax, "Tu 09:00-17:00")]),
            person(&[(Phone, "Th 09:00-10:00")]),
            person(&[(Phone, "Tu 09:00-17:00")]),
            person(&[(Phone, "")]),
            person(&[(Phone, "We 09:00-10:00")]),
            person(&[(Phone, "Tu 10:00-11:00")]),
        ];
        let candidates = (0..).zip(people).map(|(at, person)| Candidate {
            who: Who::Entry(i64::from(at)),
            place: (at, 0),
            person,
        });
        let tuesday =
            NaiveDate::from_ymd_opt(2026, 11, 24).and_then(|day| day.and_hms_opt(12, 0, 0)).unwrap();
        let at = tuesday.and_local_timezone(JAPAN).single().unwrap();
        let judged = Judged::new(Question { at, channel: None, purpose: None }, candidates.collect());
        let ids = |found: Vec<(Who, Answer)>| found.into_iter().map(|(who, _)| who).collect::<Vec<_>>();
        let all = [2, 0, 4, 1, 5].map(Who::Entry);
        assert_eq!(ids(judged.listed(0, 10)), all);
        for from in 0..6 {
            for most in 0..6 {
                let part: Vec<_> = all.iter().copied().skip(from).take(most).collect();
                assert_eq!(ids(judged.listed(from, most)), part, "{from} {most}");
            }
        }
        assert_eq!(ids(judged.unsure(0, 10)), [Who::Entry(3)]);
        assert_eq!((judged.count(), judged.count_now(), judged.count_unknown()), (5, 2, 1));
    }
}
