//! The resources that follow each rule, for calendars across resources.

use super::open::certain;
use super::raw::{NO_DAY, lasts};
use super::segment::{Rows, Segment};
use super::view::{Matches, View};
use chrono::{Datelike, NaiveDate};
use entity::enums::PublicationState;
use std::collections::HashMap;

/// A resource that follows a rule.
#[derive(Clone, Copy, Debug)]
pub struct Following {
    /// Internal key of the schedule by which it does.
    pub schedule_id: i64,
    /// Internal key of the resource.
    pub resource_id: i64,
    is_suspended: bool,
    /// First and last day of the suspension, as numbers of days.
    suspended: (i32, i32),
}

impl Following {
    /// Whether it is suspended on a day.
    pub fn is_closed_on(&self, day: NaiveDate) -> bool {
        let day = day.num_days_from_ce();
        self.is_suspended && lasts(self.suspended, day, day)
    }
}

impl View {
    /// Those of some resources that follow each rule, in the order of their schedules. Of what has ended, or is recorded too
    /// uncertainly as of a day, none.
    pub fn following(&self, matches: &Matches, today: NaiveDate) -> HashMap<i64, Vec<Following>> {
        let mut found: HashMap<i64, Vec<Following>> = HashMap::new();
        for (segment, rows) in self.over(matches) {
            let columns = &segment.columns;
            for row in certain(segment, rows, today) {
                let at = row as usize;
                let state = columns.states.get(at).copied();
                if state == Some(PublicationState::Ended) {
                    continue;
                }
                let day = |column: &[i32]| column.get(at).copied().unwrap_or(NO_DAY);
                let suspended = (day(&columns.suspended_from), day(&columns.suspended_to));
                let is_suspended = segment.index.suspended.contains(row);
                for schedule in segment.schedules.of(row) {
                    found.entry(schedule.rule).or_default().push(Following {
                        schedule_id: schedule.id,
                        resource_id: segment.id(row),
                        is_suspended,
                        suspended,
                    });
                }
            }
        }
        found.values_mut().for_each(|all| all.sort_unstable_by_key(|one| one.schedule_id));
        found
    }

    /// The keys of the rules that some resources follow.
    pub fn rules_of(&self, matches: &Matches) -> Vec<i64> {
        let of_part = |(segment, rows): (&Segment, &Rows)| {
            let rules = segment.index.rules.iter().filter(|(_, followers)| !rows.is_disjoint(followers));
            rules.map(|(rule, _)| *rule).collect::<Vec<_>>()
        };
        self.over(matches).flat_map(of_part).collect()
    }
}
