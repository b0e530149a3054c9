//! Freshness of a record, by the day of its verification or publication.

use crate::terms::labelled;
use chrono::{Months, NaiveDate};

labelled! {
    /// How fresh the record is (鮮度).
    Freshness {
        /// Verified, or published by its source, within twelve months (新しい).
        Fresh = ("確認済み", "かくにんずみ", "新しい", "Confirmed lately"),
        /// Twelve to fifteen months old, or no longer listed by its source: due for verification (要確認).
        Due = ("要確認", "ようかくにん", "確かめて ください", "Due for confirmation"),
        /// Older than fifteen months (古い可能性).
        Stale = ("古い可能性", "ふるいかのうせい", "古いかも しれない", "May be out of date"),
        /// Nobody knows from when it is (未確認).
        Unknown = ("未確認", "みかくにん", "いつの 情報か わからない", "Age not known"),
    }
}

const FRESH_MONTHS: u32 = 12;
const DUE_MONTHS: u32 = 15;

impl Freshness {
    /// Judges a record by the later of its two days. One that its source no longer lists is due for verification.
    pub fn of(
        last_verified_on: Option<NaiveDate>,
        as_of: Option<NaiveDate>,
        vanished_on: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Self {
        let Some(day) = last_verified_on.max(as_of) else { return Self::Unknown };
        let Limits { fresh_from, due_from } = Limits::on(today);
        match day {
            day if day >= fresh_from && vanished_on.is_none() => Self::Fresh,
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
        let of = |verified, as_of| Freshness::of(verified, as_of, None, today);
        assert_eq!(of(None, day(2025, 11, 20)), Freshness::Fresh);
        assert_eq!(of(None, day(2025, 11, 19)), Freshness::Due);
        assert_eq!(of(None, day(2025, 6, 1)), Freshness::Stale);
        assert_eq!(of(day(2026, 1, 1), day(2020, 1, 1)), Freshness::Fresh);
        assert_eq!(of(None, None), Freshness::Unknown);
    }

    #[test]
    fn what_its_source_no_longer_lists_is_due() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d);
        let today = day(2026, 11, 20).expect("a day");
        let gone = |as_of| Freshness::of(None, as_of, day(2026, 11, 1), today);
        assert_eq!(gone(day(2026, 10, 1)), Freshness::Due);
        assert_eq!(gone(day(2025, 6, 1)), Freshness::Stale);
        assert_eq!(gone(None), Freshness::Unknown);
    }
}
