//! Days of the demo that lie a fixed time before it is loaded: 【10日前】.

use chrono::{Days, NaiveDate};

const OPENS: char = '【';
const CLOSES: &str = "日前】";

/// Replaces marks like 【10日前】 in a text by the day so many days before `today`.
pub fn dated(text: &str, today: NaiveDate) -> String {
    let mut parts = text.split(OPENS);
    let mut dated = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match day(part, today) {
            Some((day, rest)) => dated.push_str(&format!("{day}{rest}")),
            None => {
                dated.push(OPENS);
                dated.push_str(part);
            }
        }
    }
    dated
}

fn day(part: &str, today: NaiveDate) -> Option<(NaiveDate, &str)> {
    let (days, rest) = part.split_once(CLOSES)?;
    Some((today.checked_sub_days(Days::new(days.parse().ok()?))?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_before_are_dated() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        assert_eq!(dated("a,【10日前】,【1日前】\n【注】b", today), "a,2026-11-10,2026-11-19\n【注】b");
    }
}
