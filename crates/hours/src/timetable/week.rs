//! The hours of an ordinary week, prepared: most schedules are the same every week, and most days are neither holidays nor
//! at the turn of the year. What this answers, `Timetable::day` answers too, only slower.

use super::Timetable;
use crate::calendar::{self, HolidayKnowledge};
use crate::opening_hours::{Certainty, DAY, Days, Line, Span};
use crate::recurrence::HolidayPolicy;
use chrono::{Datelike, NaiveDate};

/// A window in minutes of its day: from the first to the one after the last.
pub(crate) type Window = (u16, u16);

/// The windows of each weekday from Monday: all are sure, and end on their day.
#[derive(Clone, Debug)]
pub(super) struct Week {
    windows: Box<[Window]>,
    /// Where the windows of each weekday end.
    ends: [u8; 7],
}

impl Week {
    /// The week of a rule; `None`: its days are not the same every week, or a window is not sure or lasts beyond midnight.
    fn of(lines: &[Line], windows_on: impl Fn(NaiveDate) -> Vec<Span>) -> Option<Self> {
        if !lines.iter().all(|line| is_weekly(&line.days)) {
            return None;
        }
        let (mut windows, mut ends) = (Vec::new(), [0; 7]);
        // A Monday, and the days after it.
        let monday = NaiveDate::from_isoywd_opt(2026, 23, chrono::Weekday::Mon)?;
        for (end, date) in ends.iter_mut().zip(monday.iter_days()) {
            for span in windows_on(date) {
                windows.push(window(&span)?);
            }
            *end = u8::try_from(windows.len()).ok()?;
        }
        Some(Self { windows: windows.into(), ends })
    }

    /// The windows of the weekday of a date, in order.
    fn on(&self, date: NaiveDate) -> &[Window] {
        let day = date.weekday().num_days_from_monday() as usize;
        let end = |day: usize| self.ends.get(day).copied().unwrap_or_default().into();
        let start = day.checked_sub(1).map_or(0, end);
        self.windows.get(start..end(day)).unwrap_or_default()
    }
}

/// A sure window that ends on its day.
fn window(span: &Span) -> Option<Window> {
    let sure = matches!(span.certainty, Certainty::Sure | Certainty::Approximate);
    (sure && !span.open_end && span.start < span.end && span.end <= DAY).then_some((span.start, span.end))
}

fn is_weekly(days: &Days) -> bool {
    let whole = days.weekdays.iter().all(|nth| matches!(*nth, 0 | Days::EVERY));
    whole && days.any_date() && days.weeks == 0 && days.years.is_empty()
}

/// Whether a date is known to be no holiday, and is not at the turn of the year.
pub(crate) fn is_ordinary(date: NaiveDate) -> bool {
    calendar::holiday(date) == HolidayKnowledge::Ordinary && !calendar::is_year_end(date)
}

impl Timetable {
    /// The windows of an ordinary week; `None`: weeks differ, or a window is not sure or lasts beyond midnight.
    pub(super) fn ordinary_week(&self) -> Option<Week> {
        let is_plain = self.fortnight.is_none() && self.undated.is_none() && !self.by_appointment;
        let is_moved = matches!(self.holidays, HolidayPolicy::Moved(_));
        let ends_on_its_day = |span: &Span| !span.open_end && span.end <= DAY;
        if !is_plain || is_moved || !self.own_hours.iter().all(ends_on_its_day) {
            return None;
        }
        Week::of(&self.lines, |date| self.base(date))
    }

    /// The windows of an ordinary date, where they are those of its weekday: sure, and none of any day lasts beyond
    /// midnight. `None`: see [`Self::day`].
    pub(crate) fn usual_windows(&self, date: NaiveDate) -> Option<&[Window]> {
        let is_listed = |dates: &[NaiveDate]| !dates.is_empty() && dates.binary_search(&date).is_ok();
        let week = self.week.as_ref()?;
        let is_usual = self.closures.is_empty() && self.in_force(date);
        (is_usual && !is_listed(&self.added) && !is_listed(&self.cancelled)).then(|| week.on(date))
    }
}
