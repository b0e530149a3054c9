//! Distribution lists of liaison sheets (配布先一覧): one row per institution and organization, our own list.
//!
//! 医療機関番号 is the prefecture and the id of the national files, `06:61107990002`. The names repeat number
//! and code for the person who fills in the list, so that a wrong code is noticed.

pub mod write;

use crate::import::cells::clean;
use crate::import::cells::column::Column;
use crate::import::cells::{Cells, Taken};
use crate::import::complaint::{Flaw, Refusal};
use crate::import::file::table::{Row, Table};
use crate::import::formats::{Family, Format, Profile, list};
use crate::import::report::Report;
use crate::import::tables::{List, SideTable};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Number of the institution.
pub const INSTITUTION: &str = "医療機関番号";
/// Name of the institution.
pub const INSTITUTION_NAME: &str = "医療機関名";
/// Code of the organization.
pub const ORGANIZATION: &str = "組織コード";
/// Name of the organization.
pub const ORGANIZATION_NAME: &str = "組織名";
/// Whether organizations below are included.
pub const CHILDREN: &str = "下位組織も";

/// The profile of the format.
pub const PROFILE: Profile = list(
    Format::LiaisonDistribution,
    "liaison-distribution",
    "配布先一覧",
    &[INSTITUTION, ORGANIZATION],
    COLUMNS,
    Family::SideTable(SideTable::of(&Distribution)),
);

/// The columns, in the order in which people fill them in.
pub const COLUMNS: &[&[Column]] = &[&[
    Column {
        name: INSTITUTION,
        hint: "都道府県コードと医療情報ネットのID",
        example: "06:61107990002",
        words: None,
        several: false,
        wide: false,
    },
    text(INSTITUTION_NAME, "番号の確認のため。空欄でもよい", "見本内科クリニック"),
    text(ORGANIZATION, "組織一覧のコード", "HOME"),
    text(ORGANIZATION_NAME, "コードの確認のため。空欄でもよい", "見本居宅介護支援事業所"),
    text(CHILDREN, "下の組織にも配布するときだけ「はい」", "いいえ").one_of(yes_or_no),
]];

const fn text(name: &'static str, hint: &'static str, example: &'static str) -> Column {
    Column { name, hint, example, words: None, several: false, wide: true }
}

fn yes_or_no() -> Vec<&'static str> {
    vec!["はい", "いいえ"]
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distributed {
    /// Line on which the row starts.
    pub line: u64,
    /// Number of the institution.
    pub institution: String,
    /// Name of the institution as written.
    pub institution_name: Option<String>,
    /// Code of the organization.
    pub organization: String,
    /// Name of the organization as written.
    pub organization_name: Option<String>,
    /// Whether organizations below are included.
    pub covers_children: bool,
}

/// The list of recipients of liaison sheets (配布先一覧).
struct Distribution;

impl List for Distribution {
    type Rows = Vec<Distributed>;

    fn read(
        &self,
        table: Table<'_>,
        _: Option<NaiveDate>,
        report: &mut Report,
    ) -> Result<Self::Rows, Refusal> {
        let mut found: Vec<Distributed> = Vec::new();
        let mut lines: HashMap<(String, String), u64> = HashMap::new();
        Format::LiaisonDistribution.for_each_row(table, report, |row, _| {
            let one = distributed(row)?;
            match lines.entry((one.institution.clone(), one.organization.clone())) {
                Entry::Occupied(first) => {
                    return row
                        .wrong(ORGANIZATION, Flaw::SameInstitutionAndOrganization { line: *first.get() });
                }
                Entry::Vacant(place) => place.insert(one.line),
            };
            found.push(one);
            Ok(())
        })?;
        Ok(found)
    }
}

fn distributed(row: &Row<'_>) -> Taken<Distributed> {
    let required = |column| row.code(column).map_or_else(|| row.wrong(column, Flaw::Empty), Ok);
    Ok(Distributed {
        line: row.line,
        institution: required(INSTITUTION)?,
        institution_name: clean::name(row.text(INSTITUTION_NAME)),
        organization: required(ORGANIZATION)?,
        organization_name: clean::name(row.text(ORGANIZATION_NAME)),
        covers_children: row.yes(CHILDREN)?.unwrap_or(false),
    })
}
