//! Periods in which a place is surely open, or may be: computed from a timetable, date by date.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use crate::{
    opening_hours::{Certainty, DAY, Span},
    reason::Reason,
    recurrence::WeatherPolicy,
    timetable::{Day, Status, Timetable, end_of_day},
};

/// A period in which a place is surely open (`sure`), or may be.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    pub start: NaiveDateTime,
    pub end: NaiveDateTime,
    pub sure: bool,
    pub reason: Option<Reason>,
}

impl Stretch {
    pub(super) fn doubt(&mut self, reason: &Reason) {
        if self.sure {
            self.sure = false;
            self.reason = Some(reason.clone());
        }
    }
}

/// Adds the periods that start on a date.
pub(super) fn add_stretches(stretches: &mut Vec<Stretch>, timetable: &Timetable, date: NaiveDate) {
    let day = timetable.day(date);
    if day.status == Status::Cancelled {
        return;
    }
    let midnight = NaiveDateTime::from(date);
    let at = |minute: u16| midnight + TimeDelta::minutes(i64::from(minute));
    for span in &day.spans {
        let doubt = doubt(timetable, &day, span);
        let (sure, reason) = match doubt {
            Some(doubt) => (false, Some(doubt)),
            None => (true, to_mind(timetable, span)),
        };
        if span.start < span.end {
            stretches.push(Stretch { start: at(span.start), end: at(span.end), sure, reason });
        }
        if span.open_end {
            let reason = Some(doubt_of_day(timetable, &day).unwrap_or(Reason::EndUnknown));
            let end = at(end_of_day(span.end).min(2 * DAY));
            stretches.push(Stretch { start: at(span.end), end, sure: false, reason });
        }
    }
}

/// Reason for which a window of the schedule may not be open.
fn doubt(timetable: &Timetable, day: &Day, span: &Span) -> Option<Reason> {
    doubt_of_day(timetable, day).or_else(|| match span.certainty {
        Certainty::Sure | Certainty::Approximate => None,
        Certainty::Untimed => Some(Reason::TimesUnknown),
        Certainty::Unknown => Some(span.comment.clone().map_or(Reason::NoHours, Reason::Comment)),
    })
}

/// Reason for which the windows of a whole day are uncertain.
pub(super) fn doubt_of_day(timetable: &Timetable, day: &Day) -> Option<Reason> {
    let unconfirmed = matches!(day.status, Status::HolidayUnconfirmed | Status::OnlyIfHoliday);
    let reason = day.reason.clone().filter(|_| unconfirmed);
    reason.or_else(|| timetable.by_appointment().then_some(Reason::ByAppointment))
}

fn to_mind(timetable: &Timetable, span: &Span) -> Option<Reason> {
    let weather = Some(timetable.weather()).filter(|weather| *weather != WeatherPolicy::None);
    let approximate = (span.certainty == Certainty::Approximate).then_some(Reason::Approximate);
    approximate.or_else(|| span.comment.clone().map(Reason::Comment)).or_else(|| weather.map(Reason::Weather))
}
