//! What day it is in Japan, wherever the server stands.

use crate::hours::JAPAN;
use chrono::{NaiveDate, Utc};

/// Today in Asia/Tokyo.
pub fn today() -> NaiveDate {
    Utc::now().with_timezone(&JAPAN).date_naive()
}

/// This instant, in milliseconds since 1970 in UTC, as instants are stored.
pub fn now_ms() -> i64 {
    Utc::now().timestamp_millis()
}
