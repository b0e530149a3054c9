//! The facts of care and medical facilities as records keep them: readers fill these structs in, the derivation reads
//! them. A fact has three states, so that a file without a column takes nothing away from what another file said.

pub mod local;

use crate::import::cells::weekly::Week;
use crate::schedules::MonthlyVenue;
use hours::schedule::Schedule as Rule;
use japan::values::PhoneNumber;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// What a file says of one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Fact<T> {
    /// The file has no column for it, and says nothing.
    #[default]
    Unasked,
    /// The file has a column for it and nothing in it.
    Nothing,
    /// This.
    Is(T),
}

impl<T> Fact<T> {
    /// Whether the file has no column for it.
    pub fn is_unasked(&self) -> bool {
        matches!(self, Self::Unasked)
    }

    /// What is known, if anything.
    pub fn known(self) -> Option<T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Unasked | Self::Nothing => None,
        }
    }

    /// What is known, if anything, without taking it.
    pub fn as_known(&self) -> Option<&T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Unasked | Self::Nothing => None,
        }
    }

    /// What another column says when the file lacks this one.
    pub fn or(self, other: Self) -> Self {
        if self.is_unasked() { other } else { self }
    }

    /// A fact that is only told when it is known, so that another file may know better.
    pub fn if_known(value: Option<T>) -> Self {
        value.map_or(Self::Unasked, Self::Is)
    }
}

impl Fact<String> {
    /// A text that was put together from columns the file has; empty: nothing.
    pub fn of_text(text: String) -> Self {
        Some(text).filter(|text| !text.is_empty()).into()
    }
}

/// What a column says that the file has.
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

/// Declares a struct of facts; one that was not asked for is not stored.
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
        /// Three digits.
        service_code: String,
        /// Ten characters.
        office_number: String,
        /// Of the office as this service is called.
        name: String,
        /// In kana.
        name_kana: String,
        /// As one text.
        address: String,
        /// Building and room.
        building: String,
        /// Latitude and longitude.
        position: (f64, f64),
        /// Two digits.
        prefecture_code: String,
        /// Six digits.
        municipality_code: String,
        /// Phone number.
        phone: Phone,
        /// Fax number.
        fax: Phone,
        /// Who runs it.
        corporation_name: String,
        /// Thirteen digits.
        corporate_number: String,
        /// 平日, 土曜日, 日曜日, 祝日.
        available_days: String,
        /// In the office's words.
        available_days_note: String,
        /// Persons.
        capacity: i32,
        /// Web address.
        url: String,
        /// 共生型.
        is_kyosei: bool,
        /// Whether the standard of care insurance is met.
        meets_kaigo_standard: bool,
        /// Whether the standard of welfare for the disabled is met.
        meets_shogai_standard: bool,
        /// Remarks.
        note: String,
    }
}

facts! {
    /// A medical facility.
    pub struct MedicalFacts {
        /// 機関区分, 1 to 5.
        institution_type: i16,
        /// Of 医療情報ネット.
        published_id: String,
        /// Official name.
        name: String,
        /// In kana.
        name_kana: String,
        /// Short name.
        alias: String,
        /// As one text.
        address: String,
        /// Latitude and longitude.
        position: (f64, f64),
        /// Two digits.
        prefecture_code: String,
        /// Six digits.
        municipality_code: String,
        /// Phone number.
        phone: Phone,
        /// Web address.
        url: String,
        /// Days on which it is closed, in its words.
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
        /// Days on which it is open, as flags say.
        open_days: OpenDays,
        /// The publisher's words on opening, by column.
        words: BTreeMap<String, String>,
        /// Of a city's list, which has no ID of 医療情報ネット.
        municipal: Municipal,
        /// Hours of a city's list.
        municipal_schedules: Vec<Timing>,
    }
}

/// A phone or fax number.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Phone {
    /// As people read it.
    pub display: String,
    /// International form, where the area is known.
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
    /// Of the official list; a name that stands in none has no code.
    pub code: Option<String>,
    /// As published.
    pub name: String,
}

/// What stands in for an ID as long as only a city's list knows the facility.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Municipal {
    /// Of the facility.
    pub key: String,
    /// 機関区分, 1 to 5.
    pub institution_type: i16,
}

/// When it is open or meets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timing {
    pub label: Option<String>,
    /// What is certain; the label stands beside it.
    pub rule: Rule,
    pub raw_text: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub venues: Vec<MonthlyVenue>,
}

/// Whether there is a place to go to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Placement {
    /// It stands somewhere.
    #[default]
    Stands,
    /// It comes to you.
    NoFixedPlace,
    /// A private home: municipality and district are known, nothing else is told.
    Withheld,
}

/// From where it can be used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reach {
    /// Nobody has said.
    #[default]
    Unknown,
    /// From everywhere.
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
    /// When patients are taken, where it is said.
    pub reception: Week,
}

/// One row of the hours file: a department in a band of the day.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DepartmentHours {
    pub department: String,
    pub hours: Hours,
}

/// On which days it is open, as flags say; `None` where they say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OpenDays {
    /// Monday first.
    pub weekly: [Option<bool>; 7],
    /// Weeks of the month in which a weekday is closed: which day of the week, which week.
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
