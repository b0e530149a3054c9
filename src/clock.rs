//! What day it is in Japan, wherever the server stands.

use crate::hours::JAPAN;
use chrono::{NaiveDate, Utc};

/// Today in Asia/Tokyo.
pub fn today() -> NaiveDate {
    Utc::now().with_timezone(&JAPAN).date_naive()
}
