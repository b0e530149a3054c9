//! A check of the embedded list against the law (国民の祝日に関する法律), written from its text for 1986 to 2027.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::super::{HOLIDAYS, announced_through};

/// Since 1986 the law has substitute days and in-between days as they are today, but for the change of 2007.
#[test]
fn the_list_follows_the_law() {
    for year in 1986..=announced_through() {
        let listed: Vec<_> = HOLIDAYS.days.iter().map(|day| day.0).filter(|day| day.year() == year).collect();
        assert_eq!(listed, holidays(year), "{year}");
    }
}

fn holidays(year: i32) -> Vec<NaiveDate> {
    let named = named(year);
    let mut all = named.clone();
    all.extend(named.iter().filter_map(|day| substitute(*day, &named)));
    let two_days = Days::new(2);
    let between =
        named.iter().filter(|day| named.contains(&(**day + two_days))).map(|day| *day + Days::new(1));
    // Until 2006 a Sunday or a substitute day was none; the ordinary-day rule holds throughout.
    all.extend(between.filter(|day| !named.contains(day) && day.weekday() != Weekday::Sun));
    all.sort();
    all.dedup();
    all
}

/// Article 3, 2: from 2007 the next day that is no holiday; before, only the Monday after.
fn substitute(day: NaiveDate, named: &[NaiveDate]) -> Option<NaiveDate> {
    let next = day.iter_days().skip(1).find(|next| !named.contains(next))?;
    let reach = day.year() >= 2007 || next == day + Days::new(1);
    (day.weekday() == Weekday::Sun && reach).then_some(next)
}

fn named(year: i32) -> Vec<NaiveDate> {
    let fixed = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    let monday = |month, nth| NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, nth);
    let mut days =
        vec![fixed(1, 1), fixed(2, 11), fixed(4, 29), fixed(5, 3), fixed(5, 5), fixed(11, 3), fixed(11, 23)];
    days.push(if year >= 2000 { monday(1, 2) } else { fixed(1, 15) });
    days.push(fixed(3, equinox(year, 20.8431)));
    days.push(fixed(9, equinox(year, 23.2488)));
    days.push(if year >= 2007 { fixed(5, 4) } else { None });
    days.push(if year >= 2003 { monday(9, 3) } else { fixed(9, 15) });
    days.push(match year {
        2020 => fixed(7, 23),
        2021 => fixed(7, 22),
        2003.. => monday(7, 3),
        1996.. => fixed(7, 20),
        _ => None,
    });
    days.push(match year {
        2020 => fixed(8, 10),
        2021 => fixed(8, 8),
        2016.. => fixed(8, 11),
        _ => None,
    });
    days.push(match year {
        2020 => fixed(7, 24),
        2021 => fixed(7, 23),
        2000.. => monday(10, 2),
        _ => fixed(10, 10),
    });
    days.push(match year {
        2020.. => fixed(2, 23),
        1989..=2018 => fixed(12, 23),
        _ => None,
    });
    // Days of a single year, each by a law of its own.
    days.extend(match year {
        1989 => vec![fixed(2, 24)],
        1990 => vec![fixed(11, 12)],
        1993 => vec![fixed(6, 9)],
        2019 => vec![fixed(5, 1), fixed(10, 22)],
        _ => vec![],
    });
    let mut days: Vec<_> = days.into_iter().flatten().collect();
    days.sort();
    days
}

/// The usual approximation for 1980 to 2099.
fn equinox(year: i32, base: f64) -> u32 {
    let passed = f64::from(year - 1980);
    (base + 0.242_194 * passed).floor() as u32 - ((year - 1980) / 4) as u32
}
