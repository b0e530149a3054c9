//! Decides to which of several statements an exception applies.

use super::assemble::{Group, Parts};
use super::items::{Days, Rule, Subject};
use super::{Reason, apply, build, times};
use crate::recurrence::{Recurrence, Session};
use chrono::Weekday;

/// The position of an exception in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// After this number of groups, in brackets or not.
    Within { groups: usize, bracketed: bool },
    /// On a line of its own, or after a ※ of its own.
    Apart { groups: usize },
}

impl Parts {
    /// The group to which an exception applies; `None`: to all.
    pub fn reach(&self, rule: &Rule, place: Place) -> Result<Option<usize>, Reason> {
        let all = self.groups.len();
        if all <= 1 {
            return Ok(None);
        }
        if let Some(group) = self.only_group_of_nth(rule) {
            return Ok(Some(group));
        }
        match place {
            Place::Within { groups, bracketed: false } if self.is_for_all(rule, groups == all) => Ok(None),
            Place::Within { groups, .. } if is_of_hours(rule) && groups > 0 => {
                self.reach_of_hours(rule, groups)
            }
            Place::Apart { groups } if is_of_hours(rule) && (1..all).contains(&groups) => {
                Ok(Some(groups - 1))
            }
            Place::Apart { groups } if groups == all => Ok(None),
            Place::Within { groups, .. } if groups == all && self.is_foreign(rule) => Ok(None),
            Place::Within { groups, bracketed: true } if (1..all).contains(&groups) => Ok(Some(groups - 1)),
            _ => Err(Reason::ExceptionScope),
        }
    }

    /// Whether a closure of weekdays takes something away where it applies, and not from a day that another group gives
    /// (月～金…（土は休み）、土…).
    pub fn closes_something(
        &self,
        rule: &Rule,
        reach: Option<usize>,
        built: &[Vec<Recurrence>],
    ) -> Result<(), Reason> {
        let Rule::Closed(subjects) = rule else { return Ok(()) };
        let meets = |group: &[Recurrence], day: Weekday| {
            group.iter().any(|one| apply::meets_on(one, day) || one.weekdays.contains(&day))
        };
        for subject in subjects {
            let sane = match (subject, reach.filter(|_| built.len() > 1)) {
                (Subject::Nth { day, .. }, Some(group)) => meets(&built[group], *day),
                (Subject::Nth { day, .. }, None) => built.iter().any(|group| meets(group, *day)),
                (Subject::HalfDay { day, .. }, Some(group)) => {
                    built[group].iter().any(|one| apply::meets_on(one, *day))
                }
                (Subject::HalfDay { day, .. }, None) => {
                    built.iter().flatten().any(|one| apply::meets_on(one, *day))
                }
                (Subject::Weekdays(days), Some(own)) => {
                    let others =
                        built.iter().enumerate().filter(|(at, _)| *at != own).map(|(_, group)| group);
                    !others.into_iter().any(|group| days.iter().any(|day| meets(group, *day)))
                }
                _ => true,
            };
            if !sane {
                return Err(Reason::Contradiction);
            }
        }
        Ok(())
    }

    /// 月～金…、土…（第2土曜休み）: the one group that meets on the weekdays of a closure of single weeks.
    fn only_group_of_nth(&self, rule: &Rule) -> Option<usize> {
        let Rule::Closed(subjects) = rule else { return None };
        let days = subjects.iter().map(|subject| match subject {
            Subject::Nth { day, .. } => Some(*day),
            _ => None,
        });
        let days: Vec<Weekday> = days.collect::<Option<_>>()?;
        let meets = |group: &Group| {
            let met = build::weekdays(group);
            days.iter().all(|day| met.contains(day))
        };
        let any = |group: &&Group| build::weekdays(group).iter().any(|day| days.contains(day));
        let place = self.groups.iter().position(meets)?;
        (self.groups.iter().filter(any).count() == 1).then_some(place)
    }

    /// 月…、木定休日、金…、日祝休み: closed days on which no group meets, and at the end the holidays.
    fn is_for_all(&self, rule: &Rule, at_end: bool) -> bool {
        let Rule::Closed(subjects) = rule else { return false };
        subjects.iter().all(|subject| match subject {
            Subject::Weekdays(_) => self.is_foreign(&Rule::Closed(vec![subject.clone()])),
            Subject::Holidays | Subject::YearEnd(_) => at_end,
            Subject::Nth { .. }
            | Subject::HalfDay { .. }
            | Subject::Season(..)
            | Subject::Months(_)
            | Subject::Days(_)
            | Subject::Dates(_) => false,
        })
    }

    /// A break after the hours of a group belongs to it; after the last group only if another group has its own.
    fn reach_of_hours(&self, rule: &Rule, groups: usize) -> Result<Option<usize>, Reason> {
        let days = match rule {
            Rule::Pause { days, .. }
            | Rule::HalfDay { days, .. }
            | Rule::Until { days, .. }
            | Rule::Hours { days, .. } => days,
            _ => return Err(Reason::ExceptionScope),
        };
        match (days.is_empty(), groups == self.groups.len()) {
            (_, false) => Ok(Some(groups - 1)),
            (true, true) => match rule {
                Rule::Pause { session, .. } if self.is_of_last(*session) => Ok(Some(groups - 1)),
                _ => Err(Reason::ExceptionScope),
            },
            // 土は12:00まで: the group that meets on that day.
            (false, true) => {
                let meets = |group: &Group| build::weekdays(group).iter().any(|day| days.contains(day));
                self.groups.iter().position(meets).map(Some).ok_or(Reason::Contradiction)
            }
        }
    }

    /// Whether a break after the last group is that of the last group alone: other groups have breaks of their own, or
    /// do not meet then.
    fn is_of_last(&self, pause: Session) -> bool {
        let all = self.groups.len();
        let own = self.rules.iter().any(|(rule, place)| {
            let (Place::Within { groups, .. } | Place::Apart { groups }) = place;
            matches!(rule, Rule::Pause { .. }) && *groups < all
        });
        let within = |group: &Group| match &group.hours {
            Some(Some(sessions)) => times::without(sessions, pause).is_some(),
            _ => true,
        };
        own || !self.groups[..all - 1].iter().any(within)
    }

    /// 月～金…、土…（日祝休み）: a closed weekday on which no group meets shows that the closure applies to
    /// all groups.
    fn is_foreign(&self, rule: &Rule) -> bool {
        let met: Vec<_> = self
            .groups
            .iter()
            .flat_map(|group| &group.days)
            .filter_map(|days| match days {
                Days::Weekly { days, .. } => Some(days),
                _ => None,
            })
            .flatten()
            .collect();
        let Rule::Closed(subjects) = rule else { return false };
        subjects.iter().any(|subject| match subject {
            Subject::Weekdays(days) => days.iter().all(|day| !met.contains(&day)),
            _ => false,
        })
    }
}

fn is_of_hours(rule: &Rule) -> bool {
    matches!(rule, Rule::Pause { .. } | Rule::HalfDay { .. } | Rule::Until { .. } | Rule::Hours { .. })
}
