//! What day it is in Japan, wherever the server stands.

use chrono::{FixedOffset, NaiveDate, Utc};

/// Today in Asia/Tokyo, which has had one offset and no summer time since 1951.
pub fn today() -> NaiveDate {
    let now = Utc::now();
    FixedOffset::east_opt(9 * 3600).map_or(now.date_naive(), |japan| now.with_timezone(&japan).date_naive())
}
