//! The dated meetings of a period (予定日). They are never guessed: a schedule without computable dates has
//! only its added dates.

use chrono::{NaiveDate, NaiveTime};

use super::{
    opening_hours::{Certainty, DAY, Span},
    reason::Reason,
    timetable::{Status, Timetable},
};

/// Longest period, in days.
pub const LONGEST: usize = 400;

/// One meeting on one date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Day in Japan on which the meeting starts.
    pub date: NaiveDate,
    /// Start of the meeting; `None`: not known.
    pub start: Option<NaiveTime>,
    /// End of the meeting; `None`: not known. An end at or before the start lies on the following day.
    pub end: Option<NaiveTime>,
    /// Whether the times are approximate (頃).
    pub approximate: bool,
    /// How certain it is that the meeting takes place.
    pub status: Status,
    /// Reason for which it is not simply planned.
    pub reason: Option<Reason>,
}

/// The meetings that start from `from` to `to`, both included, in order; only the
/// first [`LONGEST`] days are computed.
pub fn occurrences(
    timetable: &Timetable,
    from: NaiveDate,
    to: NaiveDate,
) -> impl Iterator<Item = Occurrence> + '_ {
    let dates = from.iter_days().take(LONGEST).take_while(move |date| *date <= to);
    dates.flat_map(|date| on(timetable, date))
}

/// The meetings that start on a date, in order.
pub fn on(timetable: &Timetable, date: NaiveDate) -> Vec<Occurrence> {
    let day = timetable.day(date);
    if day.status == Status::OnlyIfHoliday {
        return vec![];
    }
    // A window that the text marks as `unknown` is not announced as a meeting.
    let known = day.spans.iter().filter(|span| span.certainty != Certainty::Unknown);
    let occurrence = |span: &Span| {
        let timed = span.certainty != Certainty::Untimed;
        Occurrence {
            date,
            start: clock(span.start).filter(|_| timed),
            end: clock(span.end).filter(|_| timed && !span.open_end),
            approximate: span.certainty == Certainty::Approximate,
            status: day.status,
            reason: day.reason.clone(),
        }
    };
    known.map(occurrence).collect()
}

fn clock(minute: u16) -> Option<NaiveTime> {
    NaiveTime::from_num_seconds_from_midnight_opt(u32::from(minute % DAY) * 60, 0)
}
