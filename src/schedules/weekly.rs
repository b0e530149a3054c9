//! Free times of a person, week by week, as a filter and a field take them.

use crate::error::{Error, Result};
use crate::scalars::LocalTime;
use crate::terms::{Labelled, labelled};
use async_graphql::InputObject;
use chrono::TimeDelta;
use hours::open::{VISIT_MINUTES, WeeklyTime};

/// The most free times in one list: all hours of the week, one by one.
const MOST: usize = 168;

labelled! {
    /// A day of the week (曜日).
    Weekday {
        /// Monday (月曜日).
        Monday = ("月曜日", "げつようび", "月曜日", "Monday"),
        /// Tuesday (火曜日).
        Tuesday = ("火曜日", "かようび", "火曜日", "Tuesday"),
        /// Wednesday (水曜日).
        Wednesday = ("水曜日", "すいようび", "水曜日", "Wednesday"),
        /// Thursday (木曜日).
        Thursday = ("木曜日", "もくようび", "木曜日", "Thursday"),
        /// Friday (金曜日).
        Friday = ("金曜日", "きんようび", "金曜日", "Friday"),
        /// Saturday (土曜日).
        Saturday = ("土曜日", "どようび", "土曜日", "Saturday"),
        /// Sunday (日曜日).
        Sunday = ("日曜日", "にちようび", "日曜日", "Sunday"),
    }
}

/// A free time of a person, week by week (空き時間): 木曜 10:00〜12:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, InputObject)]
pub struct WeeklyTimeInput {
    /// Day of the week (曜日).
    pub weekday: Weekday,
    /// From when, in Japanese time (開始時刻).
    pub from: LocalTime,
    /// Until when, an hour later or more (終了時刻); at or before `from` it lies on the following day.
    pub to: LocalTime,
}

impl From<Weekday> for chrono::Weekday {
    fn from(weekday: Weekday) -> Self {
        match weekday {
            Weekday::Monday => Self::Mon,
            Weekday::Tuesday => Self::Tue,
            Weekday::Wednesday => Self::Wed,
            Weekday::Thursday => Self::Thu,
            Weekday::Friday => Self::Fri,
            Weekday::Saturday => Self::Sat,
            Weekday::Sunday => Self::Sun,
        }
    }
}

/// Checks free times.
///
/// # Errors
/// `INVALID_INPUT` on the field, for a time of less than an hour or too many of them.
pub fn weekly_times(field: &'static str, times: &[WeeklyTimeInput]) -> Result<Vec<WeeklyTime>> {
    if times.len() > MOST {
        return Err(Error::invalid(field, format!("`{field}` takes at most {MOST} times.")));
    }
    let checked = |time: &WeeklyTimeInput| {
        let (from, to) = (time.from.0, time.to.0);
        let length = to - from;
        let length = if length > TimeDelta::zero() { length } else { length + TimeDelta::days(1) };
        match length < TimeDelta::minutes(VISIT_MINUTES) {
            true => {
                let (day, from, to) = (time.weekday.code(), from.format("%H:%M"), to.format("%H:%M"));
                let reason =
                    format!("{day} {from}–{to} is shorter than an hour. Give a time of an hour or more.");
                Err(Error::invalid(field, reason))
            }
            false => Ok(WeeklyTime { weekday: time.weekday.into(), from, to }),
        }
    };
    times.iter().map(checked).collect()
}
