//! The Japanese calendar: public holidays as announced (国民の祝日・休日) and the turn of the year (年末年始).
//!
//! No holiday is computed: those of a year that has not been announced are unknown, because the equinoxes are
//! announced one year ahead and holidays are changed by law.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};

const CSV: &str = include_str!("../../assets/holidays.csv");

static HOLIDAYS: LazyLock<Holidays> = LazyLock::new(|| Holidays::read(CSV));

/// Whether a date is a public holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HolidayKnowledge {
    /// A public holiday, by name; 休日 for a substitute (振替休日) or in-between day (国民の休日).
    Holiday(&'static str),
    /// A day like any other.
    Ordinary,
    /// Unknown: the holidays of that year have not been announced, or lie before the list begins.
    NotAnnounced,
}

/// Looks up a date in the announced list.
pub fn holiday(date: NaiveDate) -> HolidayKnowledge {
    let holidays = &*HOLIDAYS;
    if !(holidays.first_year..=holidays.last_year).contains(&date.year()) {
        return HolidayKnowledge::NotAnnounced;
    }
    match holidays.days.binary_search_by_key(&date, |(day, _)| *day) {
        Ok(index) => HolidayKnowledge::Holiday(holidays.days[index].1),
        Err(_) => HolidayKnowledge::Ordinary,
    }
}

/// The last year whose holidays are known.
pub fn announced_through() -> i32 {
    HOLIDAYS.last_year
}

/// 29 December to 3 January (年末年始), the days on which public offices are closed by law.
pub fn is_year_end(date: NaiveDate) -> bool {
    matches!((date.month(), date.day()), (12, 29..) | (1, ..=3))
}

struct Holidays {
    /// Holidays in order of date.
    days: Vec<(NaiveDate, &'static str)>,
    first_year: i32,
    last_year: i32,
}

impl Holidays {
    fn read(csv: &'static str) -> Self {
        let days: Vec<_> = csv.lines().skip(1).filter_map(line).collect();
        let year = |day: Option<&(NaiveDate, _)>| day.map_or(0, |(date, _)| date.year());
        Self { first_year: year(days.first()), last_year: year(days.last()), days }
    }
}

fn line(line: &'static str) -> Option<(NaiveDate, &'static str)> {
    let (date, name) = line.split_once(',')?;
    Some((NaiveDate::parse_from_str(date, "%Y/%m/%d").ok()?, name))
}

#[cfg(test)]
mod tests {
    mod law;

    use super::*;

    fn name(year: i32, month: u32, day: u32) -> HolidayKnowledge {
        holiday(NaiveDate::from_ymd_opt(year, month, day).unwrap())
    }

    #[test]
    fn every_line_is_read_and_in_order() {
        assert_eq!(HOLIDAYS.days.len(), CSV.lines().count() - 1);
        assert!(HOLIDAYS.days.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!((HOLIDAYS.first_year, announced_through()), (1955, 2027));
    }

    #[test]
    fn the_days_that_other_tables_get_wrong_are_right() {
        for (day, expected) in [(3, "憲法記念日"), (4, "みどりの日"), (5, "こどもの日"), (6, "休日")]
        {
            assert_eq!(name(2026, 5, day), HolidayKnowledge::Holiday(expected));
        }
        for (day, expected) in [(21, "敬老の日"), (22, "休日"), (23, "秋分の日")] {
            assert_eq!(name(2026, 9, day), HolidayKnowledge::Holiday(expected));
        }
        assert_eq!(name(2027, 3, 21), HolidayKnowledge::Holiday("春分の日"));
        assert_eq!(name(2027, 3, 22), HolidayKnowledge::Holiday("休日"));
        assert_eq!(name(2026, 5, 7), HolidayKnowledge::Ordinary);
    }

    #[test]
    fn a_year_not_announced_is_not_known() {
        assert_eq!(name(2027, 12, 31), HolidayKnowledge::Ordinary);
        assert_eq!(name(2028, 1, 1), HolidayKnowledge::NotAnnounced);
        assert_eq!(name(1954, 12, 31), HolidayKnowledge::NotAnnounced);
    }

    #[test]
    fn the_year_ends_on_six_days() {
        let days =
            (0..366).filter_map(|n| NaiveDate::from_yo_opt(2026, n + 1)).filter(|day| is_year_end(*day));
        let days: Vec<_> = days.map(|day| (day.month(), day.day())).collect();
        assert_eq!(days, [(1, 1), (1, 2), (1, 3), (12, 29), (12, 30), (12, 31)]);
    }
}
