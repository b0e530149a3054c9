//! Finds the mistakes in a recurrence. No part of it is dropped silently.

use std::{collections::BTreeSet, fmt};

use chrono::{Datelike, NaiveDate, Timelike};

use super::RecurrenceError;
use crate::recurrence::{Closure, Frequency, HolidayPolicy, Nth, NthWeekday, Recurrence, Session};

/// Most entries of any list.
const MOST: usize = 100;
/// Most sessions of a day.
const MOST_SESSIONS: usize = 8;

/// A part of a recurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// `Recurrence::frequency` (頻度).
    Frequency,
    /// `Recurrence::weekdays` (曜日).
    Weekdays,
    /// `Recurrence::nth` (第N).
    Nth,
    /// `Recurrence::except_nth` (第Nを除く).
    ExceptNth,
    /// `Recurrence::month_days` (日).
    MonthDays,
    /// `Recurrence::dates` (日付).
    Dates,
    /// `Recurrence::anchor` (隔週の起点).
    Anchor,
    /// `Recurrence::times` (回数).
    Times,
    /// `Recurrence::months` (開催月).
    Months,
    /// `Recurrence::excluded_months` (除く月).
    ExcludedMonths,
    /// `Recurrence::month_overrides` (月ごとの変更).
    MonthOverrides,
    /// `Recurrence::sessions` (時間).
    Sessions,
    /// `Recurrence::holidays` (祝日の扱い).
    Holidays,
    /// `Recurrence::closures` (休止期間).
    Closures,
    /// `Recurrence::cancelled` (中止日).
    Cancelled,
    /// `Recurrence::added` (追加日).
    Added,
    /// `Recurrence::valid_to`, compared with `valid_from`.
    ValidTo,
}

/// A mistake in a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Problem {
    /// Missing, although the frequency needs it.
    Missing,
    /// Given, although the frequency has no use for it.
    NotForFrequency,
    /// Not an occurrence in the month, which is 1 to 5 or the last.
    NoSuchNth,
    /// Not a month, which is 1 to 12.
    NoSuchMonth,
    /// A day that does not exist: 30 February, the 32nd.
    NoSuchDay,
    /// A year outside of 1900 to 2199.
    YearOutOfRange,
    /// A session has an end and no start.
    EndWithoutStart,
    /// A time with seconds; times are in whole minutes.
    Seconds,
    /// A session without times beside one with times.
    TimesMixed,
    /// A day that the rule does not include.
    OffTheRule,
    /// The end lies before the start.
    EndBeforeStart,
    /// No day is left.
    NothingLeft,
    /// More than a schedule can hold.
    TooMuch,
}

pub(super) fn errors(recurrence: &Recurrence) -> Vec<RecurrenceError> {
    let mut check = Check { recurrence, errors: vec![] };
    check.what_the_frequency_needs();
    check.what_the_frequency_has_no_use_for();
    check.days();
    check.months();
    check.sessions(Field::Sessions, &recurrence.sessions);
    check.holidays();
    check.dates();
    check.errors
}

struct Check<'a> {
    recurrence: &'a Recurrence,
    errors: Vec<RecurrenceError>,
}

impl Check<'_> {
    fn refuse_if(&mut self, wrong: bool, field: Field, problem: Problem) {
        let error = RecurrenceError { field, problem };
        if wrong && !self.errors.contains(&error) {
            self.errors.push(error);
        }
    }

    fn what_the_frequency_needs(&mut self) {
        let recurrence = self.recurrence;
        let frequency = recurrence.frequency;
        let by_weekday = matches!(frequency, Frequency::Weekly | Frequency::Biweekly | Frequency::MonthlyNth);
        self.refuse_if(by_weekday && recurrence.weekdays.is_empty(), Field::Weekdays, Problem::Missing);
        let monthly = frequency == Frequency::MonthlyNth;
        self.refuse_if(monthly && recurrence.nth.is_empty(), Field::Nth, Problem::Missing);
        let by_day = frequency == Frequency::MonthlyDay;
        self.refuse_if(by_day && recurrence.month_days.is_empty(), Field::MonthDays, Problem::Missing);
        let dated = frequency == Frequency::Dates;
        self.refuse_if(dated && recurrence.dates.is_empty(), Field::Dates, Problem::Missing);
    }

    fn what_the_frequency_has_no_use_for(&mut self) {
        use Frequency::{
            Biweekly, Daily, Dates, MonthlyDay, MonthlyNth, TimesPerMonth, TimesPerYear, Weekly,
        };
        let recurrence = self.recurrence;
        let frequency = recurrence.frequency;
        let undated = !matches!(frequency, Dates | Daily | Weekly | Biweekly | MonthlyNth | MonthlyDay);
        let of_days = matches!(frequency, Dates | Daily | MonthlyDay);
        let fixed = matches!(frequency, Dates | Biweekly) || undated;
        let moved = matches!(recurrence.holidays, HolidayPolicy::Moved(_));
        let own_hours = matches!(recurrence.holidays, HolidayPolicy::OwnHours(_));
        for (given, of_use, field) in [
            (!recurrence.weekdays.is_empty(), !of_days, Field::Weekdays),
            (!recurrence.nth.is_empty(), frequency == MonthlyNth || undated, Field::Nth),
            (!recurrence.except_nth.is_empty(), frequency == Weekly, Field::ExceptNth),
            (!recurrence.month_days.is_empty(), frequency == MonthlyDay, Field::MonthDays),
            (!recurrence.dates.is_empty(), frequency == Dates, Field::Dates),
            (recurrence.anchor.is_some(), frequency == Biweekly, Field::Anchor),
            (recurrence.times.is_some(), matches!(frequency, TimesPerMonth | TimesPerYear), Field::Times),
            (!recurrence.month_overrides.is_empty(), !fixed, Field::MonthOverrides),
            (moved, frequency != Dates, Field::Holidays),
            // Own hours for public holidays need weekdays, not days of the month.
            (own_hours, !matches!(frequency, Dates | MonthlyDay), Field::Holidays),
        ] {
            self.refuse_if(given && !of_use, field, Problem::NotForFrequency);
        }
        // Occurrences without a weekday are no days.
        let nth_alone = undated && recurrence.weekdays.is_empty() && !recurrence.nth.is_empty();
        self.refuse_if(nth_alone, Field::Weekdays, Problem::Missing);
    }

    fn days(&mut self) {
        let recurrence = self.recurrence;
        self.refuse_if(!recurrence.nth.iter().all(exists), Field::Nth, Problem::NoSuchNth);
        self.refuse_if(!recurrence.except_nth.iter().all(exists), Field::ExceptNth, Problem::NoSuchNth);
        let all_but_none = (1..=5).all(|nth| recurrence.except_nth.contains(&Nth::Of(nth)));
        self.refuse_if(all_but_none, Field::ExceptNth, Problem::NothingLeft);
        let day_exists = recurrence.month_days.iter().all(|day| (1..=31).contains(day));
        self.refuse_if(!day_exists, Field::MonthDays, Problem::NoSuchDay);
        let off = recurrence.anchor.is_some_and(|anchor| !recurrence.weekdays.contains(&anchor.weekday()));
        self.refuse_if(
            off && recurrence.frequency == Frequency::Biweekly,
            Field::Anchor,
            Problem::OffTheRule,
        );
    }

    fn months(&mut self) {
        let recurrence = self.recurrence;
        let is_month = |month: &u8| (1..=12).contains(month);
        self.refuse_if(!recurrence.months.iter().all(is_month), Field::Months, Problem::NoSuchMonth);
        let excluded = &recurrence.excluded_months;
        self.refuse_if(!excluded.iter().all(is_month), Field::ExcludedMonths, Problem::NoSuchMonth);
        self.refuse_if(
            (1..=12).all(|month| excluded.contains(&month)),
            Field::ExcludedMonths,
            Problem::NothingLeft,
        );
        let named = &recurrence.months;
        let none_left = !named.is_empty() && named.iter().all(|month| excluded.contains(month));
        self.refuse_if(none_left, Field::ExcludedMonths, Problem::NothingLeft);
        for change in &recurrence.month_overrides {
            self.refuse_if(!is_month(&change.month), Field::MonthOverrides, Problem::NoSuchMonth);
            self.refuse_if(!exists(&change.day.nth), Field::MonthOverrides, Problem::NoSuchNth);
        }
    }

    fn sessions(&mut self, field: Field, sessions: &[Session]) {
        let seconds = |session: &Session| {
            [session.start, session.end]
                .into_iter()
                .flatten()
                .any(|time| time.second() != 0 || time.nanosecond() != 0)
        };
        let no_start = |session: &Session| session.start.is_none() && session.end.is_some();
        let untimed = sessions.iter().filter(|session| session.start.is_none()).count();
        self.refuse_if(sessions.iter().any(seconds), field, Problem::Seconds);
        self.refuse_if(sessions.iter().any(no_start), field, Problem::EndWithoutStart);
        self.refuse_if(untimed > 0 && untimed < sessions.len(), field, Problem::TimesMixed);
        self.refuse_if(sessions.len() > MOST_SESSIONS, field, Problem::TooMuch);
    }

    fn holidays(&mut self) {
        match &self.recurrence.holidays {
            HolidayPolicy::Moved(NthWeekday { nth, .. }) => {
                self.refuse_if(!exists(nth), Field::Holidays, Problem::NoSuchNth);
            }
            HolidayPolicy::OwnHours(sessions) => {
                self.refuse_if(sessions.is_empty(), Field::Holidays, Problem::Missing);
                self.sessions(Field::Holidays, sessions);
            }
            HolidayPolicy::Held | HolidayPolicy::Cancelled | HolidayPolicy::Unknown => {}
        }
    }

    fn dates(&mut self) {
        let recurrence = self.recurrence;
        let out_of_range = |date: &NaiveDate| !(1900..=2199).contains(&date.year());
        let anchor: Vec<_> = recurrence.anchor.into_iter().collect();
        for (dates, field) in [
            (&recurrence.dates, Field::Dates),
            (&recurrence.cancelled, Field::Cancelled),
            (&recurrence.added, Field::Added),
            (&anchor, Field::Anchor),
        ] {
            let different: BTreeSet<_> = dates.iter().collect();
            self.refuse_if(different.len() > MOST, field, Problem::TooMuch);
            self.refuse_if(dates.iter().any(out_of_range), field, Problem::YearOutOfRange);
        }
        let day_missing = |closure: &Closure| !closure.from.exists() || !closure.to.exists();
        self.refuse_if(recurrence.closures.iter().any(day_missing), Field::Closures, Problem::NoSuchDay);
        self.refuse_if(recurrence.closures.len() > MOST, Field::Closures, Problem::TooMuch);
        let backwards = recurrence.valid_from.zip(recurrence.valid_to).is_some_and(|(from, to)| to < from);
        self.refuse_if(backwards, Field::ValidTo, Problem::EndBeforeStart);
    }
}

fn exists(nth: &Nth) -> bool {
    matches!(nth, Nth::Of(1..=5) | Nth::Last)
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Frequency => "frequency",
            Self::Weekdays => "weekdays",
            Self::Nth => "nth",
            Self::ExceptNth => "exceptNth",
            Self::MonthDays => "monthDays",
            Self::Dates => "dates",
            Self::Anchor => "anchor",
            Self::Times => "times",
            Self::Months => "months",
            Self::ExcludedMonths => "excludedMonths",
            Self::MonthOverrides => "monthOverrides",
            Self::Sessions => "sessions",
            Self::Holidays => "holidays",
            Self::Closures => "closures",
            Self::Cancelled => "cancelled",
            Self::Added => "added",
            Self::ValidTo => "validTo",
        })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "This frequency needs it.",
            Self::NotForFrequency => "It does not go with this frequency.",
            Self::NoSuchNth => "Occurrences in a month are 1 to 5, or the last.",
            Self::NoSuchMonth => "Months are 1 to 12.",
            Self::NoSuchDay => "There is no such day.",
            Self::YearOutOfRange => "Years are 1900 to 2199.",
            Self::EndWithoutStart => "A session with an end needs a start.",
            Self::Seconds => "Times are told in hours and minutes.",
            Self::TimesMixed => "Sessions with and without times do not go together: make two schedules.",
            Self::OffTheRule => "It is not one of the weekdays named.",
            Self::EndBeforeStart => "The end lies before the start.",
            Self::NothingLeft => "No day is left.",
            Self::TooMuch => "It is more than one schedule can hold: make two.",
        })
    }
}
