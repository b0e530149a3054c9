//! Daily-life districts (日常生活圏域) and the 町字 they consist of: one row per 町字 and period.
//!
//! Each city draws its own districts, so the format is ours: `municipality_code, district_code,
//! district_name, town, valid_from, valid_to`; the last two may be empty or missing.

use crate::exchange::clean;
use crate::exchange::report::Report;
use crate::exchange::table::{Row, Table};
use chrono::NaiveDate;
use japan::address::town_key;
use japan::values::MunicipalityCode;
use std::collections::BTreeMap;

/// A 町字 in a district for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub town: String,
    pub name_key: String,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

/// A district as it will be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct District {
    pub name: String,
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

/// Reads the table.
pub fn read(table: Table<'_>, report: &mut Report) -> Districts {
    let mut districts = Districts::new();
    table.for_each(|row| {
        report.read += 1;
        let row = match row {
            Ok(row) => row,
            Err(broken) => return report.reject(broken.line, None, broken.reason),
        };
        if let Err((column, reason)) = add(&row, &mut districts) {
            report.reject(row.line, Some(column), reason);
        }
    });
    districts
}

fn add(row: &Row<'_>, districts: &mut Districts) -> Result<(), (&'static str, String)> {
    let municipality = MunicipalityCode::parse(row.text("municipality_code"))
        .map_err(|e| ("municipality_code", e.to_string()))?;
    let code = required(row, "district_code")?;
    let name = required(row, "district_name")?;
    let town = required(row, "town")?;
    let member = Member {
        name_key: town_key(&town),
        town,
        valid_from: date(row, "valid_from")?,
        valid_to: date(row, "valid_to")?,
    };
    if member.valid_from.zip(member.valid_to).is_some_and(|(from, to)| from > to) {
        return Err(("valid_to", "it lies before valid_from".into()));
    }
    let municipality = municipality.as_str().to_owned();
    let here = districts.iter().filter(|((m, _), _)| *m == municipality);
    if let Some(((_, other), _)) = here.clone().find(|(_, d)| d.members.iter().any(|m| overlaps(m, &member)))
    {
        return Err(("town", format!("「{}」 already belongs to {other} in this period", member.town)));
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

fn required(row: &Row<'_>, column: &'static str) -> Result<String, (&'static str, String)> {
    clean::name(row.text(column)).ok_or((column, "it is empty".into()))
}

fn date(row: &Row<'_>, column: &'static str) -> Result<Option<NaiveDate>, (&'static str, String)> {
    match row.text(column) {
        "" => Ok(None),
        text => {
            text.parse().map(Some).map_err(|_| (column, format!("「{text}」 is not a day like 2026-04-01")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn districts(rows: &str) -> (Districts, Vec<String>) {
        let text = format!("municipality_code,district_code,district_name,town,valid_from,valid_to\n{rows}");
        let mut report = Report::default();
        let table = Table::open(&text).unwrap_or_else(|e| panic!("{e}"));
        let districts = read(table, &mut report);
        (districts, report.rejected.into_iter().map(|r| r.reason).collect())
    }

    #[test]
    fn a_town_may_move_but_not_be_in_two_places() {
        let (found, rejected) = districts(
            "062031,D05,五,見本町,,2025-03-31\n062031,D06,六,見本町,2025-04-01,\n062031,D07,七,見本町,2026-01-01,\n",
        );
        assert_eq!(found.len(), 2);
        assert_eq!(rejected.len(), 1);
        assert!(rejected[0].contains("D06"), "{rejected:?}");
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
