//! Limits on the windows of schedules: times to avoid, and closures of the house.

use std::borrow::Borrow;

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};

use super::Stretch;
use crate::{
    opening_hours::Certainty,
    reason::Reason,
    timetable::{Status, Timetable, end_of_day},
};

/// Limits on the times of a person; a place has none.
#[derive(Debug)]
pub struct Limits<'a, T> {
    /// Times to avoid; they are cut out of all schedules.
    pub avoid: &'a [T],
    /// The hours of the house. They do not limit by their hours (a lunch break is a good time for a call), only
    /// on days on which the house closes beyond its regular rule: holidays, the turn of the year, the season.
    pub house: &'a [T],
}

impl<T> Limits<'_, T> {
    /// No limits.
    pub const NONE: Self = Self { avoid: &[], house: &[] };
}

impl<T> Clone for Limits<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Limits<'_, T> {}

impl<T: Borrow<Timetable>> Limits<'_, T> {
    /// Reason for which the house is closed on a date beyond its regular rule; `None`: it is not, or one of
    /// its departments is open.
    pub(super) fn house_closed(&self, date: NaiveDate) -> Option<Reason> {
        let mut reason = None;
        let dated = |house: &&Timetable| house.in_force(date) && house.undated().is_none();
        for house in self.house.iter().map(Borrow::borrow).filter(dated) {
            match house.closes_beyond_rule(date) {
                Some(closed) => reason = reason.or(Some(closed)),
                // One department that is open suffices.
                None if !house.day(date).spans.is_empty() => return None,
                None => {}
            }
        }
        reason
    }

    /// Reason for which times to avoid cannot be computed; then no window is sure.
    pub(super) fn undated(&self) -> Option<Reason> {
        self.avoid.iter().find_map(|avoid| avoid.borrow().undated()).map(Reason::Undated)
    }

    /// Whether an instant lies within a time to avoid.
    pub(super) fn avoided(&self, at: NaiveDateTime) -> bool {
        self.gaps(at.date()).iter().any(|(start, end)| *start <= at && at < *end)
    }

    /// The windows of a date without the times to avoid.
    pub(super) fn cut(&self, date: NaiveDate, stretches: Vec<Stretch>) -> Vec<Stretch> {
        if self.avoid.is_empty() || stretches.is_empty() {
            return stretches;
        }
        let gaps = self.gaps(date);
        stretches.into_iter().flat_map(|stretch| without(stretch, &gaps)).collect()
    }

    /// Times to avoid on a date and on the days beside it, whose windows may overlap those of the date.
    fn gaps(&self, date: NaiveDate) -> Vec<(NaiveDateTime, NaiveDateTime)> {
        let days = [date.pred_opt(), Some(date), date.checked_add_days(Days::new(1))];
        let mut gaps = Vec::new();
        for date in days.into_iter().flatten() {
            for avoid in self.avoid {
                add_gaps(&mut gaps, avoid.borrow(), date);
            }
        }
        gaps.sort_unstable();
        gaps
    }
}

/// Adds the times to avoid that start on a date; uncertain ones count like certain ones.
fn add_gaps(gaps: &mut Vec<(NaiveDateTime, NaiveDateTime)>, avoid: &Timetable, date: NaiveDate) {
    let day = avoid.day(date);
    if day.status == Status::Cancelled {
        return;
    }
    let midnight = NaiveDateTime::from(date);
    let at = |minute: u16| midnight + TimeDelta::minutes(i64::from(minute));
    for span in &day.spans {
        let end = if span.open_end { end_of_day(span.end) } else { span.end };
        match span.certainty {
            Certainty::Untimed => gaps.push((midnight, at(end_of_day(0)))),
            _ if span.start < end => gaps.push((at(span.start), at(end))),
            _ => {}
        }
    }
}

fn without(stretch: Stretch, gaps: &[(NaiveDateTime, NaiveDateTime)]) -> Vec<Stretch> {
    let mut left = Vec::with_capacity(1);
    let mut start = stretch.start;
    for (from, to) in gaps.iter().filter(|(from, to)| *from < stretch.end && stretch.start < *to) {
        if start < *from {
            left.push(Stretch { start, end: *from, ..stretch.clone() });
        }
        start = start.max(*to);
    }
    if start < stretch.end {
        left.push(Stretch { start, ..stretch });
    }
    left
}
