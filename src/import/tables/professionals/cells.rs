//! Cells that only the lists for care professionals have: texts of limited length, numbers of facilities.

use crate::import::cells::{Cells, Taken};
use crate::import::complaint::Flaw;
use entity::identifier;

/// The number of a medical institution, with its prefecture.
pub const MEDICAL_NUMBER: &str = "医療機関番号";
/// The number of a care office.
pub const OFFICE_NUMBER: &str = "事業所番号";
const LONGEST_TEXT: usize = 2_000;

/// The official number by which a row refers to a facility.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FacilityNumber {
    /// The system of identifiers.
    pub system: &'static str,
    /// As published.
    pub value: String,
    /// Column of the number.
    pub column: &'static str,
}

/// A text of at most 2,000 characters.
///
/// # Errors
/// When it is longer.
pub fn text(cells: &impl Cells, column: &'static str) -> Taken<Option<String>> {
    cells.text_within(column, LONGEST_TEXT)
}

/// The number of the facility of a row; `None`: neither number is given.
///
/// # Errors
/// When both numbers are given, or that of a medical institution without its prefecture.
pub fn facility(cells: &impl Cells) -> Taken<Option<FacilityNumber>> {
    let named = |column, system| cells.code(column).map(|value| FacilityNumber { system, value, column });
    let medical = named(MEDICAL_NUMBER, identifier::MEDICAL_INSTITUTION_ID);
    match (medical, named(OFFICE_NUMBER, identifier::CARE_OFFICE_NUMBER)) {
        (Some(_), Some(_)) => cells.wrong(OFFICE_NUMBER, Flaw::BothNumbers),
        (Some(number), None) if !number.value.contains(':') => {
            cells.wrong(MEDICAL_NUMBER, Flaw::NumberWithoutPrefecture { number: number.value })
        }
        (medical, office) => Ok(medical.or(office)),
    }
}
