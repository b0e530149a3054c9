//! Numbers of entries (管理番号) that look like one another: a spreadsheet turns 007 into 7 and 3-1 into a date, and people
//! write DU1 and du1.

use crate::import::cells::days::day_of_a_spreadsheet;
use crate::import::facts::local::KEY;
use chrono::{Datelike, Days, NaiveDate};
use std::collections::HashMap;
use std::ops::RangeInclusive;
use unicode_normalization::UnicodeNormalization;

/// The days from 2015 to 2040, as spreadsheets count them.
const DAYS_OF_DATES: RangeInclusive<u64> = 42_005..=51_500;

/// The numbers of a list, by the form that a spreadsheet or a person may have given them.
pub struct Numbers(HashMap<String, String>);

impl Numbers {
    /// The numbers in some keys of entries, `local:gathering-places:062031:007`.
    pub fn of<'k>(keys: impl Iterator<Item = &'k str>) -> Self {
        let mut numbers = Self(HashMap::new());
        keys.for_each(|key| {
            numbers.add(key);
        });
        numbers
    }

    /// Adds the number of a key; answers another number that it looks like.
    pub fn add(&mut self, key: &str) -> Option<String> {
        let (list, number) = parts(key)?;
        let known = self.0.entry(format!("{list}:{}", likeness(number))).or_insert_with(|| number.to_owned());
        // Two whole dates are two numbers: 2025-03-01 is not 2026-03-01.
        let are_dates = date(known).is_some() && date(number).is_some();
        (known != number && !(are_dates && date(known) != date(number))).then(|| known.clone())
    }

    /// A number of a list, of whatever municipality, that the number of a rejected row looks like.
    pub fn like(&self, list: &str, number: &str) -> Option<String> {
        let (list, likeness) = (format!("{KEY}{list}:"), format!(":{}", likeness(number)));
        let alike = |(key, known): &(&String, &String)| {
            key.starts_with(&list) && key.ends_with(&likeness) && *known != number
        };
        let mut found = self.0.iter().filter(alike).map(|(_, known)| known);
        // The same number in another municipality is another one.
        found.next().filter(|_| !self.has(&list, number)).cloned()
    }

    fn has(&self, list: &str, number: &str) -> bool {
        self.0.iter().any(|(key, known)| key.starts_with(list) && known == number)
    }
}

/// Whether a number looks as a spreadsheet writes what it took for a day or a quantity: 2026-03-01, 3月1日, 1-Mar,
/// 1.23E+05. A count of days (46082) may be a number as well.
pub fn is_spoiled(number: &str) -> bool {
    let plain: String = number.nfkc().filter(|c| !c.is_whitespace()).collect();
    let is_count = plain.chars().all(|c| c.is_ascii_digit());
    let lower = plain.to_lowercase();
    let is_quantity = || lower.contains("e+") && quantity(&lower).is_some();
    !is_count && (day_of_a_spreadsheet(&plain).is_some() || is_quantity())
}

/// List and municipality of a key, and the number.
fn parts(key: &str) -> Option<(&str, &str)> {
    let third = key.match_indices(':').nth(2)?.0;
    Some((key.get(..third)?, key.get(third + 1..)?))
}

/// The form in which numbers are alike: small letters, no leading zeros, one sign between parts, a date as month and day.
fn likeness(number: &str) -> String {
    let plain: String = number.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect();
    let plain = quantity(&plain).unwrap_or(plain);
    if let Some(day) = date(&plain) {
        return format!("{}-{}", day.month(), day.day());
    }
    let mut parts = Vec::new();
    let mut rest = plain.as_str();
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let length = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (part, after) = rest.split_at(length);
        let part = if digits { part.trim_start_matches('0') } else { part };
        parts.push(if digits && part.is_empty() { "0" } else { part });
        rest = after;
    }
    parts.concat().replace(['/', '.', '−', '‐', 'ー'], "-")
}

/// The number that a spreadsheet took for a quantity: 7 for `7.0`, 100000 for `1.00e+05`.
fn quantity(number: &str) -> Option<String> {
    let (whole, decimals) = number.split_once('.')?;
    if decimals.chars().all(|c| c == '0') {
        return whole.parse::<u64>().is_ok().then(|| whole.to_owned());
    }
    let value: f64 = number.contains("e+").then(|| number.parse().ok())??;
    (value.fract() == 0.0 && value < 1e15).then(|| format!("{value:.0}"))
}

/// The day into which a spreadsheet turned a number, also as the count of days since 1900: 46082.
fn date(number: &str) -> Option<NaiveDate> {
    let as_days = || {
        let days: u64 = number.parse().ok().filter(|days| DAYS_OF_DATES.contains(days))?;
        NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))
    };
    day_of_a_spreadsheet(number).or_else(as_days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_a_spreadsheet_changed_looks_like_the_first() {
        let key = |number: &str| format!("local:gathering-places:062031:{number}");
        for (first, second) in [
            ("007", "7"),
            ("K-001", "k-1"),
            ("DU1", "du1"),
            ("3-1", "2026-03-01"),
            ("3-1", "3月1日"),
            ("Ａ1", "A01"),
            ("7", "7.0"),
            ("007", "7.00"),
            ("3-1", "46082"),
            ("3-1", "1-Mar"),
            ("3-1", "Mar-01"),
            ("100000", "1.00E+05"),
        ] {
            let mut numbers = Numbers::of([key(first)].iter().map(String::as_str));
            assert_eq!(numbers.add(&key(second)).as_deref(), Some(first), "{first} {second}");
            assert_eq!(numbers.add(&key(first)), None);
        }
    }

    #[test]
    fn what_a_spreadsheet_made_of_a_number_is_told_from_a_number() {
        for spoiled in [
            "2026-03-01",
            "2026/3/1",
            "2026年3月1日",
            "3月1日",
            "1-Mar",
            "Mar-01",
            "1.23E+05",
            "２０２６－０３－０１",
        ] {
            assert!(is_spoiled(spoiled), "{spoiled}");
        }
        for number in ["3-1", "007", "46082", "K-001", "2026-13", "R8-1", "1E5", "A-03"] {
            assert!(!is_spoiled(number), "{number}");
        }
    }

    #[test]
    fn dates_of_two_years_are_two_numbers() {
        let mut numbers = Numbers::of(["local:desks:062031:2025-03-01"].into_iter());
        assert_eq!(numbers.add("local:desks:062031:2026-03-01"), None);
        assert_eq!(numbers.add("local:desks:062031:2025/3/1").as_deref(), Some("2025-03-01"));
    }

    #[test]
    fn other_numbers_and_other_lists_are_others() {
        let mut numbers = Numbers::of(["local:gathering-places:062031:007"].into_iter());
        for other in [
            "local:gathering-places:062031:70",
            "local:gathering-places:062031:0071",
            "local:gathering-places:062032:7",
            "local:mutual-aid:062031:7",
            "local:gathering-places:062031:1-2",
            "local:gathering-places:062031:12",
            "local:gathering-places:062031:0_07",
            "local:gathering-places:062031:7.1",
            "local:gathering-places:062031:46082",
        ] {
            assert_eq!(numbers.add(other), None, "{other}");
        }
    }
}
