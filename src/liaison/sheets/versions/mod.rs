//! New versions of sheets: drafts from returned forms, and how they replace the current version.
//!
//! A sheet is replaced, never changed. The new version, its distribution list and the end of affiliations
//! are one transaction. A withdrawn consent hides every version, and only a consent of a later day opens a
//! new one.

pub mod changes;
mod physicians;
pub mod store;

use crate::liaison::facts::{EntryFacts, SheetFacts};
use chrono::NaiveDate;
use entity::enums::ConsentMethod;
use japan::text::{self, fold};
use uuid::Uuid;

/// A sheet as filled in on a form, checked.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Internal key of the institution.
    pub resource_id: i64,
    /// Public id of the institution.
    pub resource_uuid: Uuid,
    /// Its issuer (作成主体).
    pub issuer: String,
    /// The day it is made.
    pub issued_on: NaiveDate,
    /// The day the facts are from.
    pub as_of: NaiveDate,
    /// The day by which it is to be reviewed.
    pub review_due_on: NaiveDate,
    /// The facts about the institution.
    pub facts: SheetFacts,
    /// How the institution agreed.
    pub consent_method: ConsentMethod,
    /// When it agreed.
    pub consented_on: NaiveDate,
    /// The entries about physicians, in order.
    pub entries: Vec<DraftEntry>,
    /// Physicians who no longer work there: by code, with the first day on which they do not.
    pub left: Vec<(String, NaiveDate)>,
}

impl Draft {
    /// The first day on which a physician no longer works there, when the draft says so.
    fn leaves(&self, code: &str) -> Option<NaiveDate> {
        self.left.iter().find(|(left, _)| left == code).map(|(_, day)| *day)
    }
}

/// An entry about one physician, as filled in.
#[derive(Clone, Debug)]
pub struct DraftEntry {
    /// Their code; `None`: a physician new to the directory.
    pub code: Option<String>,
    /// Name.
    pub name: String,
    /// Reading.
    pub name_kana: Option<String>,
    /// The facts about them.
    pub facts: EntryFacts,
}

/// The identity of a physician without a code within an institution: name and reading, folded.
pub fn name_key(name: &str, kana: Option<&str>) -> String {
    format!("{} {}", fold(name), kana.map(fold).unwrap_or_default())
}

/// The text in which a search looks for a physician: name and reading.
pub fn search_key(name: &str, kana: Option<&str>) -> String {
    format!("{} {}", text::search_key(name), kana.map(text::search_key).unwrap_or_default())
}

/// The code of a physician: `D` and eight letters and digits without those that look alike (I, L, O, U are
/// left out).
pub fn code_of(physician: Uuid) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let bits = physician.as_u128();
    let letter = |n: u32| char::from(LETTERS[(bits >> (n * 5) & 31) as usize]);
    std::iter::once('D').chain((0..8).map(letter)).collect()
}
