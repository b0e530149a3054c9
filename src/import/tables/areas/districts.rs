//! Daily-life districts (日常生活圏域) and the 町字 they consist of: one row per 町字 and period.
//!
//! Each city draws its own districts, so the format is ours: `municipality_code, district_code,
//! district_name, town, valid_from, valid_to`; the last two may be empty or missing.

use crate::import::cells::{Cells, Taken};
use crate::import::complaint::{Flaw, Refusal};
use crate::import::file::table::{Row, Table};
use crate::import::formats::Format;
use crate::import::report::Report;
use crate::import::tables::List;
use crate::import::tables::areas::write::DistrictRows;
use crate::import::tables::coordinators::municipality_code;
use chrono::NaiveDate;
use japan::address::town_key;
use std::collections::BTreeMap;

/// A 町字 in a district for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Name of the 町字 as written (`town`).
    pub town: String,
    /// Key of the 町字, see `japan::address::town_key`.
    pub name_key: String,
    /// First day in Asia/Tokyo in the district; `None`: no beginning is known.
    pub valid_from: Option<NaiveDate>,
    /// Last day in Asia/Tokyo in the district; `None`: no end is set.
    pub valid_to: Option<NaiveDate>,
}

/// A district as it will be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct District {
    /// Name (圏域名, `district_name`).
    pub name: String,
    /// The 町字 of the district, in the order of the file.
    pub members: Vec<Member>,
}

/// Districts by municipality code and district code.
pub type Districts = BTreeMap<(String, String), District>;

impl District {
    /// A district begins with its first 町字, when every one of them has a beginning.
    pub fn valid_from(&self) -> Option<NaiveDate> {
        self.members.iter().map(|m| m.valid_from).min().flatten()
    }

    /// A district ends with its last 町字, when every one of them has an end.
    pub fn valid_to(&self) -> Option<NaiveDate> {
        let ends: Option<Vec<NaiveDate>> = self.members.iter().map(|m| m.valid_to).collect();
        ends?.into_iter().max()
    }
}

/// The list of districts (日常生活圏域).
pub(in crate::import) struct DistrictList;

impl List for DistrictList {
    type Rows = DistrictRows;

    fn read(
        &self,
        table: Table<'_>,
        _: Option<NaiveDate>,
        report: &mut Report,
    ) -> Result<Self::Rows, Refusal> {
        let mut districts = Districts::new();
        Format::Districts.for_each_row(table, report, |row, _| add(row, &mut districts))?;
        Ok(DistrictRows(districts))
    }
}

fn add(row: &Row<'_>, districts: &mut Districts) -> Taken<()> {
    let municipality = municipality_code(row, "municipality_code")?;
    let code = row.required("district_code")?;
    let name = row.required("district_name")?;
    let town = row.required("town")?;
    let member = Member {
        name_key: town_key(&town),
        town,
        valid_from: row.day("valid_from")?,
        valid_to: row.day("valid_to")?,
    };
    if member.valid_from.zip(member.valid_to).is_some_and(|(from, to)| from > to) {
        return row.wrong("valid_to", Flaw::EndsBefore { column: "valid_from" });
    }
    let here = districts.iter().filter(|((m, _), _)| *m == municipality);
    if let Some(((_, other), _)) = here.clone().find(|(_, d)| d.members.iter().any(|m| overlaps(m, &member)))
    {
        let flaw = Flaw::TownTaken { town: member.town, district: other.clone() };
        return row.wrong("town", flaw);
    }
    let district = districts.entry((municipality, code)).or_insert(District { name, members: Vec::new() });
    district.members.push(member);
    Ok(())
}

fn overlaps(a: &Member, b: &Member) -> bool {
    let begins_before_end =
        |x: &Member, y: &Member| x.valid_from.zip(y.valid_to).is_none_or(|(from, to)| from <= to);
    a.name_key == b.name_key && begins_before_end(a, b) && begins_before_end(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn districts(rows: &str) -> (Districts, Vec<Flaw>) {
        let text = format!("municipality_code,district_code,district_name,town,valid_from,valid_to\n{rows}");
        let mut report = Report::default();
        let table = Table::open(&text, chrono::NaiveDate::MAX).unwrap_or_else(|e| panic!("{e:?}"));
        let DistrictRows(districts) =
            DistrictList.read(table, None, &mut report).unwrap_or_else(|e| panic!("{e:?}"));
        (districts, report.rejected.into_iter().map(|r| r.flaw).collect())
    }

    #[test]
    fn a_town_may_move_but_not_be_in_two_places() {
        let (found, rejected) = districts(
            "062031,D05,五,見本町,,2025-03-31\n062031,D06,六,見本町,2025-04-01,\n062031,D07,七,見本町,2026-01-01,\n",
        );
        assert_eq!(found.len(), 2);
        assert_eq!(rejected, [Flaw::TownTaken { town: "見本町".into(), district: "D06".into() }]);
    }

    #[test]
    fn a_district_lives_as_long_as_its_towns() {
        let (found, _) =
            districts("062031,D05,五,甲,2020-04-01,2025-03-31\n062031,D05,五,乙,2021-04-01,2024-03-31\n");
        let district = found.values().next().expect("a district");
        assert_eq!(district.valid_from(), NaiveDate::from_ymd_opt(2020, 4, 1));
        assert_eq!(district.valid_to(), NaiveDate::from_ymd_opt(2025, 3, 31));
    }
}
