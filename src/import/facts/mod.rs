//! The facts of care and medical facilities, as stored in records: readers fill in these structs, the
//! derivation reads them. A fact has three states, so that a file without a column removes nothing that
//! another file contains.

pub mod local;

use crate::import::cells::weekly::Week;
use crate::schedules::MonthlyVenue;
use hours::schedule::Schedule as Rule;
use japan::values::PhoneNumber;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// The value of one column in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Fact<T> {
    /// The file has no such column.
    #[default]
    Unasked,
    /// The file has the column, and the cell is empty.
    Nothing,
    /// The value of the cell.
    Is(T),
}

impl<T> Fact<T> {
    /// Whether the file has no column for it.
    pub fn is_unasked(&self) -> bool {
        matches!(self, Self::Unasked)
    }

    /// The value, if there is one.
    pub fn known(self) -> Option<T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Unasked | Self::Nothing => None,
        }
    }

    /// The value, if there is one, borrowed.
    pub fn as_known(&self) -> Option<&T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Unasked | Self::Nothing => None,
        }
    }

    /// The value of another column when the file lacks this one.
    pub fn or(self, other: Self) -> Self {
        if self.is_unasked() { other } else { self }
    }

    /// A value, or [`Fact::Unasked`] instead of an empty one, so that another file may supply it.
    pub fn if_known(value: Option<T>) -> Self {
        value.map_or(Self::Unasked, Self::Is)
    }
}

impl Fact<String> {
    /// A text composed of columns that the file has; empty: [`Fact::Nothing`].
    pub fn of_text(text: String) -> Self {
        Some(text).filter(|text| !text.is_empty()).into()
    }
}

/// The value of a column that the file has.
impl<T> From<Option<T>> for Fact<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Self::Is)
    }
}

impl<T: Serialize> Serialize for Fact<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_known().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Fact<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

/// Declares a struct of facts; unasked facts are not serialized.
macro_rules! facts {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$doc:meta])* $fact:ident: $type:ty,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, Serialize, Deserialize)]
        #[serde(default)]
        pub struct $name {
            $($(#[$doc])* #[serde(skip_serializing_if = "Fact::is_unasked")] pub $fact: Fact<$type>,)+
        }
    };
}

facts! {
    /// One service of a care office.
    pub struct CareFacts {
        /// Code of the service, three digits.
        service_code: String,
        /// Number of the office, ten characters.
        office_number: String,
        /// Name of the office for this service.
        name: String,
        /// Name in kana.
        name_kana: String,
        /// Postal code, `997-0816`.
        postal_code: String,
        /// Address as one text.
        address: String,
        /// Building and room.
        building: String,
        /// Latitude and longitude.
        position: (f64, f64),
        /// Code of the prefecture, two digits.
        prefecture_code: String,
        /// Code of the municipality, six digits.
        municipality_code: String,
        /// Phone number.
        phone: Phone,
        /// Fax number.
        fax: Phone,
        /// Name of the corporation that runs the office.
        corporation_name: String,
        /// Corporate number (法人番号), thirteen digits.
        corporate_number: String,
        /// Available days: 平日, 土曜日, 日曜日, 祝日.
        available_days: String,
        /// Remarks on the available days, in the words of the office.
        available_days_note: String,
        /// Capacity in persons.
        capacity: i32,
        /// Web address.
        url: String,
        /// What stands in place of a web address, as written; shown where no address is known.
        url_words: String,
        /// Whether it is 共生型.
        is_kyosei: bool,
        /// Whether the standard of care insurance is met.
        meets_kaigo_standard: bool,
        /// Whether the standard of welfare for the disabled is met.
        meets_shogai_standard: bool,
        /// Remarks (備考).
        note: String,
    }
}

facts! {
    /// A medical facility.
    pub struct MedicalFacts {
        /// 機関区分, 1 to 5.
        institution_type: i16,
        /// ID of 医療情報ネット.
        published_id: String,
        /// Official name.
        name: String,
        /// Name in kana.
        name_kana: String,
        /// Short name.
        alias: String,
        /// Postal code, `997-0816`.
        postal_code: String,
        /// Address as one text.
        address: String,
        /// Latitude and longitude.
        position: (f64, f64),
        /// Code of the prefecture, two digits.
        prefecture_code: String,
        /// Code of the municipality, six digits.
        municipality_code: String,
        /// Building and room.
        building: String,
        /// Phone number.
        phone: Phone,
        /// Extension (内線番号), or whose the number is.
        phone_label: String,
        /// Fax number.
        fax: Phone,
        /// Name of the corporation that runs the facility.
        corporation_name: String,
        /// Corporate number (法人番号), thirteen digits.
        corporate_number: String,
        /// Web address.
        url: String,
        /// What stands in place of a web address, as written; shown where no address is known.
        url_words: String,
        /// Remarks of a city's list.
        note: String,
        /// Closed days, in the words of the facility.
        closed_days_note: String,
        /// 一般病床.
        beds_general: i32,
        /// 療養病床.
        beds_long_term: i32,
        /// 精神病床.
        beds_psychiatric: i32,
        /// 結核病床.
        beds_tuberculosis: i32,
        /// 感染症病床.
        beds_infectious: i32,
        /// 合計病床数.
        beds_total: i32,
        /// 診療科目.
        departments: Vec<Department>,
        /// Hours of the whole facility.
        hours: Hours,
        /// Open days, from the flags.
        open_days: OpenDays,
        /// The publisher's texts on opening hours, by column.
        words: BTreeMap<String, String>,
        /// Key and type from a city's list, which has no ID of 医療情報ネット.
        municipal: Municipal,
        /// Hours of a city's list.
        municipal_schedules: Vec<Timing>,
    }
}

/// A phone or fax number.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Phone {
    /// The number as it is displayed.
    pub display: String,
    /// The number in E.164, where the area code is known.
    pub e164: Option<String>,
}

impl From<PhoneNumber> for Phone {
    fn from(number: PhoneNumber) -> Self {
        Self { display: number.display().to_owned(), e164: number.e164().map(str::to_owned) }
    }
}

/// A department of a medical facility.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    /// Code of the official list; `None`: the name is not in it.
    pub code: Option<String>,
    /// Name as published (診療科名).
    pub name: String,
}

/// Replaces the published ID as long as the facility is known only from a city's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Municipal {
    /// Key of the facility.
    pub key: String,
    /// 機関区分, 1 to 5.
    pub institution_type: i16,
}

/// A schedule of opening hours or sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timing {
    pub label: Option<String>,
    /// The computable part, without the label.
    pub rule: Rule,
    pub raw_text: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub venues: Vec<MonthlyVenue>,
}

/// Whether a resource has a place that can be visited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Placement {
    /// It has a place.
    #[default]
    Stands,
    /// It has no fixed place: it comes to its users.
    NoFixedPlace,
    /// A private home: only municipality and district are published.
    Withheld,
}

/// The area from which a resource can be used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ServedArea {
    /// Not known.
    #[default]
    Unknown,
    /// From everywhere (どこからでも).
    Everywhere,
    /// From all districts of its municipality.
    WholeMunicipality,
    /// From these districts of its municipality, by code or name.
    Districts(Vec<String>),
}

/// Hours of a whole facility.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hours {
    pub week: Week,
    /// Hours of reception, where they are given.
    pub reception: Week,
}

/// One row of the hours file: a department in a band of the day.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DepartmentHours {
    pub department: String,
    pub hours: Hours,
}

/// Open days, from the flags of a file; `None`: no flag.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OpenDays {
    /// Whether each weekday is open, Monday first.
    pub weekly: [Option<bool>; 7],
    /// Weekdays that are closed in a week of the month: day of the week (Monday 0), week.
    pub closed_weeks: Vec<(u8, u8)>,
    pub holiday: Option<bool>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn what_was_not_asked_is_not_stored_and_what_is_empty_is() {
        let facts = CareFacts { name: Fact::Is("結".into()), url: Fact::Nothing, ..CareFacts::default() };
        let stored = serde_json::to_value(&facts).expect("JSON");
        assert_eq!(stored, json!({ "name": "結", "url": Value::Null }));
        let read: CareFacts = serde_json::from_value(stored).expect("facts");
        assert_eq!((read.name, read.url, read.note), (facts.name, Fact::Nothing, Fact::Unasked));
    }
}
