//! The clock, and the day in Japan, independent of the zone of the server.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, Utc};

/// The offset of Asia/Tokyo: constant, without summer time since 1951.
pub const JAPAN: FixedOffset = match FixedOffset::east_opt(9 * 3600) {
    Some(offset) => offset,
    None => panic!("nine hours are an offset"),
};

/// One reading of the machine's clock. A request, an import or a command reads it once, where it begins, and hands
/// it on: all of its answers and all that it stores are of one instant and one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock(DateTime<Utc>);

impl Clock {
    /// Reads the machine's clock.
    #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
    pub fn read() -> Self {
        Self(Utc::now())
    }

    /// A clock that shows a given instant.
    pub fn at(instant: DateTime<Utc>) -> Self {
        Self(instant)
    }

    /// The instant.
    pub fn now(self) -> DateTime<Utc> {
        self.0
    }

    /// The instant in milliseconds since 1970 in UTC, as instants are stored.
    pub fn now_ms(self) -> i64 {
        self.0.timestamp_millis()
    }

    /// The instant in seconds since 1970 in UTC, as tokens hold it.
    pub fn now_seconds(self) -> i64 {
        self.0.timestamp()
    }

    /// The day in Asia/Tokyo.
    pub fn today(self) -> NaiveDate {
        self.0.with_timezone(&JAPAN).date_naive()
    }
}

/// The day in Japan of a stored instant in milliseconds since 1970 UTC.
pub fn day_of_ms(ms: i64) -> NaiveDate {
    DateTime::from_timestamp_millis(ms).unwrap_or_default().with_timezone(&JAPAN).date_naive()
}

/// The instant at which a day ends in Japan, in milliseconds since 1970 UTC.
pub fn end_of_ms(day: NaiveDate) -> i64 {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
    let midnight = next.and_time(NaiveTime::MIN).and_local_timezone(JAPAN).earliest();
    midnight.map_or(i64::MAX, |instant| instant.timestamp_millis())
}
