//! Organizations and offices whose people sign in (組織): one row per office, our own table.
//!
//! No official list has 居宅介護支援事業所 and departments by a code that tokens can name, so the format is ours:
//! 組織コード, 組織名, 上位組織コード, 法人番号, 事業所番号. The last three may be empty or missing. A row with
//! 法人番号 and without 上位組織コード is the corporation itself; 事業所番号 is that of the care office or the id of
//! the medical institution that the organization is.

use super::{Family, Format, Profile, SideTable};
use crate::exchange::clean;
use crate::exchange::report::Report;
use crate::exchange::table::{Row, Table};
use japan::values::CorporateNumber;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// Columns without which a row means nothing.
pub const REQUIRED: &[&str] = &["組織コード", "組織名"];
const LONGEST_CODE: usize = 64;

/// What is known of the format.
pub const PROFILE: Profile = Profile {
    format: Format::Organizations,
    name: "organizations",
    title: "組織一覧",
    publisher: "市区町村",
    url: "",
    license: "",
    required: REQUIRED,
    columns: &[],
    family: Family::SideTable(SideTable::Organizations),
    rank: 0,
};

/// An organization as one row gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Where the row starts.
    pub line: u64,
    /// By what tokens name it.
    pub code: String,
    pub name: String,
    /// Code of the organization it is part of.
    pub parent: Option<String>,
    pub corporate_number: Option<String>,
    /// Official number of the facility it is.
    pub facility_number: Option<String>,
}

type Flaw = (&'static str, String);

/// Reads the table.
pub fn read(table: Table<'_>, report: &mut Report) -> Vec<Office> {
    let mut found = Vec::new();
    let mut codes = BTreeSet::new();
    table.for_each(|row| {
        report.read += 1;
        let row = match row {
            Ok(row) => row,
            Err(broken) => return report.reject(broken.line, None, broken.reason),
        };
        match office(&row) {
            Ok(one) if codes.insert(one.code.clone()) => found.push(one),
            Ok(one) => {
                let reason = format!("「{}」 stands in the list twice", one.code);
                report.reject(row.line, Some("組織コード"), reason);
            }
            Err((column, reason)) => report.reject(row.line, Some(column), reason),
        }
    });
    found
}

fn office(row: &Row<'_>) -> Result<Office, Flaw> {
    let code = code("組織コード", row.text("組織コード"))?;
    let code = code.ok_or(("組織コード", "it is empty".to_owned()))?;
    let name = clean::name(row.text("組織名")).ok_or(("組織名", "it is empty".to_owned()))?;
    let parent = self::code("上位組織コード", row.text("上位組織コード"))?;
    if parent.as_deref() == Some(code.as_str()) {
        return Err(("上位組織コード", "an organization cannot be part of itself".into()));
    }
    let number = clean::text(row.text("法人番号"));
    let number = number.map(|number| CorporateNumber::parse(&number)).transpose();
    let number = number.map_err(|error| ("法人番号", error.to_string()))?;
    Ok(Office {
        line: row.line,
        code,
        name,
        parent,
        corporate_number: number.map(|number| number.as_str().to_owned()),
        facility_number: self::code("事業所番号", row.text("事業所番号"))?,
    })
}

/// As tokens and accounts write it: without blanks and in half-width.
fn code(column: &'static str, text: &str) -> Result<Option<String>, Flaw> {
    let code: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    if code.len() > LONGEST_CODE || code.contains(char::is_control) {
        return Err((column, format!("a code has at most {LONGEST_CODE} letters and digits")));
    }
    Ok(Some(code).filter(|code| !code.is_empty()))
}
