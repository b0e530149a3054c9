//! The statements that the grammar finds in a text, before they are combined: plain values without behaviour.

use crate::recurrence::{MonthDay, Nth, NthWeekday, Session, WeatherPolicy};
use chrono::{NaiveTime, Weekday};
use std::ops::Range;

/// One statement and the bytes it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub what: What,
    pub range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A new line or 。
    Boundary,
    /// ※
    Note,
    Open,
    Close,
    Days(Vec<Days>),
    /// 4月～11月の
    Months(Vec<u8>),
    /// `None`: hours that could be morning or evening.
    Hours(Option<Vec<Session>>),
    Label(String),
    Count(Count),
    Irregular,
    OnRequest,
    Rule(Rule),
}

/// Days of meetings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Days {
    Daily,
    AllYear,
    Weekly { days: Vec<Weekday>, every: bool },
    Biweekly(Vec<Weekday>),
    Nth { nth: Vec<Nth>, day: Weekday },
    OfMonth(Vec<u8>),
    Holidays,
    Dates(Vec<PrintedDate>),
}

/// A date as printed: the year and the weekday may be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedDate {
    pub year: Option<PrintedYear>,
    pub month: u8,
    pub day: u8,
    pub weekday: Option<Weekday>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrintedYear {
    Year(i32),
    /// April to March.
    Fiscal(i32),
}

/// 月1回, 年6回, 週3回; the number is missing where the text is vague (月1～2回).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub per: Per,
    pub times: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    Week,
    Month,
    Year,
}

/// An exception to the days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    Closed(Vec<Subject>),
    Held(Vec<Subject>),
    HolidayMoved(NthWeekday),
    Override {
        months: Vec<u8>,
        day: NthWeekday,
    },
    Weather(WeatherPolicy),
    Appointment,
    /// A break within the hours; no days: of every day.
    Pause {
        days: Vec<Weekday>,
        session: Session,
    },
    /// Only one half of these days is open.
    HalfDay {
        days: Vec<Weekday>,
        open: Half,
    },
    /// Another end of the hours, or of the hours of one half.
    Until {
        days: Vec<Weekday>,
        half: Option<Half>,
        end: NaiveTime,
    },
    /// Other hours; no days: of every day.
    Hours {
        days: Vec<Weekday>,
        sessions: Vec<Session>,
    },
}

/// A half of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    Am,
    Pm,
}

/// The subject of an exception: the days that are closed, or held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Weekdays(Vec<Weekday>),
    Nth {
        nth: Vec<Nth>,
        day: Weekday,
    },
    /// One half of a weekday is closed: 木曜午後.
    HalfDay {
        day: Weekday,
        open: Half,
    },
    Holidays,
    YearEnd(Option<Span>),
    /// A season; `None`: without its dates, like お盆.
    Season(&'static str, Option<Span>),
    Months(Vec<u8>),
    /// A span of days of every year.
    Days(Span),
    Dates(Vec<PrintedDate>),
}

/// First and last day, in any year.
pub type Span = (MonthDay, MonthDay);
