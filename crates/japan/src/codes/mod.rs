//! Official code tables, embedded in the binary (`assets`; the README there lists their sources).
//!
//! They are data, not enums: a new service type is a new line in a file, not a new schema.

mod areas;
mod care;
mod medical;

pub use areas::{Municipality, Prefecture, municipalities, municipality, prefecture, prefectures};
pub use care::{CareServiceType, ServiceGroup, care_service_named, care_service_type, care_service_types};
pub use medical::{MedicalDepartment, medical_department, medical_department_named, medical_departments};

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
