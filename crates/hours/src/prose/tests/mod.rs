//! Real texts with their expected readings.

mod checked;
mod kinds;
mod line;
mod properties;
mod refused;
mod sure;
mod yielded;

use super::{Context, Reading, Reason, read, read_with};
use chrono::NaiveDate;
use line::line;

/// Asserts every reading: the text, then its recurrences as lines joined by ` | `.
#[track_caller]
fn reads(text: &str, expected: &str) {
    let reading = read(text);
    assert_eq!(lines(&reading), expected, "{text}: {:?}", reading.unread);
}

#[track_caller]
fn reads_in(context: Context, text: &str, expected: &str) {
    let reading = read_with(text, &context);
    assert_eq!(lines(&reading), expected, "{text}: {:?}", reading.unread);
}

/// Asserts that the text has no dates, for this reason.
#[track_caller]
fn refuses(text: &str, reason: Reason) {
    let reading = read(text);
    assert!(!reading.computable(), "{text} was read as {}", lines(&reading));
    assert_eq!(
        reading.unread.first().map(|unread| unread.reason),
        Some(reason),
        "{text}: {:?}",
        reading.unread
    );
}

fn lines(reading: &Reading) -> String {
    reading.recurrences.iter().map(line).collect::<Vec<_>>().join(" | ")
}

fn as_of(year: i32, month: u32, day: u32) -> Context {
    Context { as_of: NaiveDate::from_ymd_opt(year, month, day), fiscal_year: None }
}
