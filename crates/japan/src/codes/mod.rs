//! Official code tables, embedded in the binary (`assets`; the README there lists their sources).
//!
//! They are data, not enums: a new service type is a new line in a file, not a new schema.

mod areas;
mod care;
mod medical;

pub use areas::{Municipality, Prefecture, municipalities, municipality, prefecture, prefectures};
pub use care::{
    CareServiceType, ServiceGroup, care_service_named, care_service_type, care_service_types,
    care_services_called,
};
pub use medical::{
    MedicalDepartment, medical_department, medical_department_named, medical_departments,
    medical_departments_called,
};

use crate::text::search_key;
use unicode_normalization::UnicodeNormalization;

/// The key by which published names are compared: NFKC, without white space.
pub fn name_key(name: &str) -> String {
    name.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// The cells of an embedded table below its header line.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().skip(1).filter(|line| !line.is_empty()).map(|line| line.split('\t').collect())
}

/// The n-th cell of a row, empty where the line is short.
fn cell(row: &[&'static str], n: usize) -> &'static str {
    row.get(n).copied().unwrap_or_default()
}

/// The search keys of the words in some cells, where `;` separates several.
fn search_keys<const N: usize>(cells: [&str; N]) -> Vec<String> {
    let words = cells.iter().flat_map(|cell| cell.split(';'));
    words.map(search_key).filter(|key| !key.is_empty()).collect()
}

/// The codes of a table of which a word begins with a search key of at least two characters, three if they are kana: とす
/// (鳥栖) is in しょーとすてい.
fn called(table: &'static [(&'static str, Vec<String>)], key: &str) -> impl Iterator<Item = &'static str> {
    let is_kana = key.chars().all(|c| matches!(c, 'ぁ'..='ん'));
    let fewest = if is_kana { 3 } else { 2 };
    let key = Some(key).filter(|key| key.chars().count() >= fewest).map(str::to_owned);
    let begins = move |word: &String| key.as_ref().is_some_and(|key| word.starts_with(key));
    table.iter().filter(move |(_, words)| words.iter().any(&begins)).map(|(code, _)| *code)
}
