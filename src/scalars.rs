//! Scalars of the graph that the library would call by another name.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{Datelike, FixedOffset, Months, NaiveDate, NaiveTime};
use hours::opening_hours::OpeningHours as Hours;
use japan::clock::JAPAN;
use serde::{Deserialize, Serialize};

/// A day of the Gregorian calendar in Japan (日付), ISO 8601: `2026-11-20`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Date(pub NaiveDate);

/// A day of the Gregorian calendar in Japan (日付), ISO 8601: `2026-11-20`.
#[Scalar(specified_by_url = "https://scalars.graphql.org/andimarek/local-date.html")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => match text.parse() {
                Ok(day) if is_written_alike(day) => Ok(Self(day)),
                _ => Err(InputValueError::custom(format!(
                    "Invalid value for argument: 「{text}」 is not a day like 2026-11-20."
                ))),
            },
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// Days that both databases and people write alike: of the years 1 to 9999.
pub fn is_written_alike(day: NaiveDate) -> bool {
    (1..=9999).contains(&day.year())
}

impl From<NaiveDate> for Date {
    fn from(day: NaiveDate) -> Self {
        Self(day)
    }
}

/// A month, `2023-06`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct YearMonth(String);

impl YearMonth {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.format("%Y-%m").to_string())
    }

    /// Its first day.
    pub fn first_day(&self) -> Option<NaiveDate> {
        NaiveDate::parse_from_str(&format!("{}-01", self.0), "%Y-%m-%d").ok()
    }

    /// Its last day.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.first_day()?.checked_add_months(Months::new(1))?.pred_opt()
    }

    /// Reads `2023-06`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = year.len() == 4 && month.len() == 2 && text.len() == 7;
        let year: u16 = year.parse().ok().filter(|year| (1868..=2200).contains(year))?;
        let month: u8 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
        digits.then(|| Self(format!("{year:04}-{month:02}")))
    }
}

/// A month of a year, `2023-06`.
#[Scalar(name = "YearMonth", specified_by_url = "https://www.w3.org/TR/xmlschema11-2/#gYearMonth")]
impl ScalarType for YearMonth {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => {
                Self::parse(text).ok_or_else(|| InputValueError::custom("write a month as `2023-06`"))
            }
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// An instant (日時), RFC 3339: `2026-11-20T08:30:00+09:00`. Answers are in Japanese time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateTime(pub chrono::DateTime<FixedOffset>);

impl DateTime {
    /// An instant as it is stored, in milliseconds since 1970.
    pub fn of_ms(ms: i64) -> Self {
        Self(chrono::DateTime::from_timestamp_millis(ms).unwrap_or_default().with_timezone(&JAPAN))
    }
}

/// An instant (日時), RFC 3339: `2026-11-20T08:30:00+09:00`. Answers are in Japanese time.
#[Scalar(specified_by_url = "https://scalars.graphql.org/andimarek/date-time.html")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => match chrono::DateTime::parse_from_rfc3339(&text) {
                Ok(instant) => Ok(Self(instant)),
                Err(_) => Err(InputValueError::custom(format!(
                    "Invalid value for argument: 「{text}」 is not an instant like 2026-11-20T08:30:00+09:00."
                ))),
            },
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.with_timezone(&JAPAN).to_rfc3339())
    }
}

/// A time of the day (時刻) in Japan, `13:30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalTime(pub NaiveTime);

/// A time of the day (時刻) in Japan, `13:30`.
#[Scalar(specified_by_url = "https://www.w3.org/TR/xmlschema11-2/#time")]
impl ScalarType for LocalTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => match NaiveTime::parse_from_str(&text, "%H:%M") {
                Ok(time) => Ok(Self(time)),
                Err(_) => Err(InputValueError::custom(format!(
                    "Invalid value for argument: 「{text}」 is not a time like 13:30."
                ))),
            },
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.format("%H:%M").to_string())
    }
}

/// A regular rule in the `opening_hours` grammar of OpenStreetMap, without holidays: `Th[2,4] 10:00-11:30`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpeningHours(pub Hours);

/// A regular rule in the `opening_hours` grammar of OpenStreetMap, without holidays: `Th[2,4] 10:00-11:30`.
#[Scalar(specified_by_url = "https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification")]
impl ScalarType for OpeningHours {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => match Hours::read(&text) {
                Ok(hours) => Ok(Self(hours)),
                Err(reason) => Err(InputValueError::custom(format!("Invalid value for argument: {reason}"))),
            },
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.as_str().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_month_is_a_month() {
        assert!(YearMonth::parse("2023-06").is_some());
        for wrong in ["2023-13", "2023-6", "23-06", "2023-06-01", "", "令和5年6月"] {
            assert!(YearMonth::parse(wrong).is_none(), "{wrong}");
        }
    }
}
