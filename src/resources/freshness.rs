//! Freshness of a record, by the day of its verification or publication.

use async_graphql::Enum;
use chrono::{Months, NaiveDate};

/// How fresh the record is (鮮度).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum Freshness {
    /// Verified, or published by its source, within twelve months.
    Fresh,
    /// Twelve to fifteen months old: due for verification (要確認).
    Due,
    /// Older than fifteen months (古い可能性).
    Stale,
    /// Nobody knows from when it is (未確認).
    Unknown,
}

const FRESH_MONTHS: u32 = 12;
const DUE_MONTHS: u32 = 15;

impl Freshness {
    /// Judges a record by the later of its two days.
    pub fn of(last_verified_on: Option<NaiveDate>, as_of: Option<NaiveDate>, today: NaiveDate) -> Self {
        let Some(day) = last_verified_on.max(as_of) else { return Self::Unknown };
        let Limits { fresh_from, due_from } = Limits::on(today);
        match day {
            day if day >= fresh_from => Self::Fresh,
            day if day >= due_from => Self::Due,
            _ => Self::Stale,
        }
    }
}

/// The days at which a judgement changes.
pub struct Limits {
    /// From here on fresh.
    pub fresh_from: NaiveDate,
    /// From here on due.
    pub due_from: NaiveDate,
}

impl Limits {
    /// As of a day.
    pub fn on(today: NaiveDate) -> Self {
        let before = |months| today.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN);
        Self { fresh_from: before(FRESH_MONTHS), due_from: before(DUE_MONTHS) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_ages() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d);
        let today = day(2026, 11, 20).expect("a day");
        assert_eq!(Freshness::of(None, day(2025, 11, 20), today), Freshness::Fresh);
        assert_eq!(Freshness::of(None, day(2025, 11, 19), today), Freshness::Due);
        assert_eq!(Freshness::of(None, day(2025, 6, 1), today), Freshness::Stale);
        assert_eq!(Freshness::of(day(2026, 1, 1), day(2020, 1, 1), today), Freshness::Fresh);
        assert_eq!(Freshness::of(None, None, today), Freshness::Unknown);
    }
}
