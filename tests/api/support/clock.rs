//! The day and the instant at which a test runs.

use chrono::NaiveDate;
use japan::clock::Clock;

/// The clock, read now.
pub fn clock() -> Clock {
    Clock::read()
}

/// Today in Japan.
pub fn today() -> NaiveDate {
    clock().today()
}

/// This instant in milliseconds since 1970.
pub fn now_ms() -> i64 {
    clock().now_ms()
}
