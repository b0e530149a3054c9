//! The present day in Japan, independent of the server's time zone.

use chrono::{Days, FixedOffset, NaiveDate, NaiveTime, Utc};

/// The offset of Asia/Tokyo: constant, without summer time since 1951.
pub const JAPAN: FixedOffset = match FixedOffset::east_opt(9 * 3600) {
    Some(offset) => offset,
    None => panic!("nine hours are an offset"),
};

/// Today in Asia/Tokyo.
pub fn today() -> NaiveDate {
    Utc::now().with_timezone(&JAPAN).date_naive()
}

/// The present instant as stored, in milliseconds since 1970 UTC.
pub fn now_ms() -> i64 {
    Utc::now().timestamp_millis()
}

/// The day in Japan of a stored instant in milliseconds since 1970 UTC.
pub fn day_of_ms(ms: i64) -> NaiveDate {
    chrono::DateTime::from_timestamp_millis(ms).unwrap_or_default().with_timezone(&JAPAN).date_naive()
}

/// The instant at which a day ends in Japan, in milliseconds since 1970 UTC.
pub fn end_of_ms(day: NaiveDate) -> i64 {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
    let midnight = next.and_time(NaiveTime::MIN).and_local_timezone(JAPAN).earliest();
    midnight.map_or(i64::MAX, |instant| instant.timestamp_millis())
}
