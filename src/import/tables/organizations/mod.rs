//! Organizations and offices whose people sign in (組織): one row per office, our own table.
//!
//! No official list has 居宅介護支援事業所 and departments by a code that tokens can name, so the format is ours:
//! 組織コード, 組織名, 上位組織コード, 法人番号, 事業所番号. The last three may be empty or missing. A row with
//! 法人番号 and without 上位組織コード is the corporation itself; 事業所番号 is that of the care office or the id of
//! the medical institution that the organization is.

pub mod write;

use crate::import::cells::{Cells, Taken};
use crate::import::complaint::{Flaw, Refusal};
use crate::import::file::table::{Row, Table};
use crate::import::formats::{Family, Format, Issuer, Profile};
use crate::import::report::Report;
use crate::import::tables::{List, SideTable};
use chrono::NaiveDate;
use japan::values::CorporateNumber;
use std::collections::BTreeSet;

/// Columns that the table must have.
pub const REQUIRED: &[&str] = &["組織コード", "組織名"];
const LONGEST_CODE: usize = 64;

/// The profile of the format.
pub const PROFILE: Profile = Profile {
    format: Format::Organizations,
    name: "organizations",
    title: "組織一覧",
    publisher: "市区町村",
    url: "",
    license: "",
    required: REQUIRED,
    synonyms: &[],
    columns: &[],
    family: Family::SideTable(SideTable::of(&Organizations)),
    issuer: Issuer::City,
    rank: 0,
};

/// The organization of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Line on which the row starts.
    pub line: u64,
    /// Code in tokens and accounts (組織コード), at most 64 bytes.
    pub code: String,
    /// Name (組織名).
    pub name: String,
    /// Code of the parent organization (上位組織コード).
    pub parent: Option<String>,
    /// Corporate number (法人番号), 13 digits; `None`: none given.
    pub corporate_number: Option<String>,
    /// Official number of the facility that the organization is (事業所番号).
    pub facility_number: Option<String>,
}

/// The list of organizations (組織一覧).
struct Organizations;

impl List for Organizations {
    type Rows = Vec<Office>;

    fn read(
        &self,
        table: Table<'_>,
        _: Option<NaiveDate>,
        report: &mut Report,
    ) -> Result<Self::Rows, Refusal> {
        let mut found = Vec::new();
        let mut codes = BTreeSet::new();
        Format::Organizations.for_each_row(table, report, |row, _| {
            let one = office(row)?;
            if !codes.insert(one.code.clone()) {
                return row.wrong("組織コード", Flaw::CodeTwice { code: one.code });
            }
            found.push(one);
            Ok(())
        })?;
        Ok(found)
    }
}

fn office(row: &Row<'_>) -> Taken<Office> {
    let Some(code) = code(row, "組織コード")? else { return row.wrong("組織コード", Flaw::Empty) };
    let name = row.required("組織名")?;
    let parent = self::code(row, "上位組織コード")?;
    if parent.as_deref() == Some(code.as_str()) {
        return row.wrong("上位組織コード", Flaw::PartOfItself { code });
    }
    Ok(Office {
        line: row.line,
        code,
        name,
        parent,
        corporate_number: corporate_number(row)?,
        facility_number: self::code(row, "事業所番号")?,
    })
}

/// A code in the form of tokens and accounts: half-width and without blanks.
fn code(row: &Row<'_>, column: &'static str) -> Taken<Option<String>> {
    match row.code(column) {
        Some(code) if code.len() > LONGEST_CODE || code.contains(char::is_control) => {
            row.wrong(column, Flaw::NotACode { most: LONGEST_CODE })
        }
        code => Ok(code),
    }
}

fn corporate_number(row: &Row<'_>) -> Taken<Option<String>> {
    let Some(cell) = Cells::text(row, "法人番号") else { return Ok(None) };
    match CorporateNumber::parse(&cell) {
        Ok(number) => Ok(Some(number.as_str().to_owned())),
        Err(_) => row.wrong("法人番号", Flaw::NotACorporateNumber { cell }),
    }
}
