//! Coordinators of everyday support (生活支援コーディネーター) of a city: one row per coordinator.
//!
//! No official list exists, so the format is ours: 市区町村コード, 層, 担当地区 (codes or names separated by `;`),
//! 所属, 電話, 氏名, 氏名の公開 (はい/いいえ), 相談窓口の管理番号. The last four may be empty or missing.

pub mod write;

use crate::coordinators::terms::CoordinatorTier;
use crate::import::cells::clean;
use crate::import::cells::contact::holds_mobile;
use crate::import::cells::{Cells, Taken};
use crate::import::complaint::{Flaw, Refusal, Remark};
use crate::import::facts::Phone;
use crate::import::file::table::{Row, Table};
use crate::import::formats::{Family, Format, Issuer, Profile};
use crate::import::report::Report;
use crate::import::tables::{List, SideTable};
use chrono::NaiveDate;
use entity::enums;
use japan::values::MunicipalityCode;
use std::collections::BTreeMap;

/// The profile of the format.
pub const PROFILE: Profile = Profile {
    format: Format::Coordinators,
    name: "coordinators",
    title: "生活支援コーディネーター名簿",
    publisher: "市区町村",
    url: "",
    license: "",
    required: &["市区町村コード", "層", "担当地区", "所属"],
    synonyms: &[],
    columns: &[],
    family: Family::SideTable(SideTable::of(&Coordinators)),
    issuer: Issuer::City,
    rank: 0,
};

/// The coordinator of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coordinator {
    /// Line on which the row starts.
    pub line: u64,
    /// Official code (市区町村コード), six digits.
    pub municipality_code: String,
    /// First or second layer (層).
    pub tier: CoordinatorTier,
    /// Codes or names of districts, as written; empty: the whole municipality.
    pub districts: Vec<String>,
    /// Place of work (所属).
    pub organization: String,
    /// Phone number at work (電話); `None`: none given.
    pub phone: Option<Phone>,
    /// Name; `None`: the city does not publish it.
    pub name: Option<String>,
    /// The number of a desk in the city's list.
    pub desk: Option<String>,
    /// Position among the coordinators of the same layer and place of work, in the order of the file, from 1.
    pub number: usize,
}

impl Coordinator {
    /// The key from which the public id is derived. It has no name, so that
    /// names cannot be tested against an id.
    pub fn key(&self) -> String {
        let tier = enums::CoordinatorTier::from(self.tier) as i16;
        format!("coordinator:{}:{tier}:{}:{}", self.municipality_code, self.organization, self.number)
    }
}

/// The list of coordinators (生活支援コーディネーター名簿).
struct Coordinators;

impl List for Coordinators {
    type Rows = Vec<Coordinator>;

    fn read(
        &self,
        table: Table<'_>,
        _: Option<NaiveDate>,
        report: &mut Report,
    ) -> Result<Self::Rows, Refusal> {
        let mut found = Vec::new();
        let mut numbers: BTreeMap<(String, CoordinatorTier, String), usize> = BTreeMap::new();
        Format::Coordinators.for_each_row(table, report, |row, report| {
            let mut one = coordinator(row, report)?;
            let same = (one.municipality_code.clone(), one.tier, one.organization.clone());
            let number = numbers.entry(same).or_default();
            *number += 1;
            one.number = *number;
            found.push(one);
            Ok(())
        })?;
        Ok(found)
    }
}

fn coordinator(row: &Row<'_>, report: &mut Report) -> Taken<Coordinator> {
    let code = municipality_code(row, "市区町村コード")?;
    let tier = tier(row)?;
    let districts = districts(row);
    if districts.is_empty() && tier == CoordinatorTier::Second {
        return row.wrong("担当地区", Flaw::NoDistrictForSecondTier);
    }
    let organization = row.required("所属")?;
    Ok(Coordinator {
        line: row.line,
        municipality_code: code,
        tier,
        districts,
        organization,
        phone: phone(row, report),
        name: name(row, report)?,
        desk: Cells::text(row, "相談窓口の管理番号"),
        number: 0,
    })
}

/// The municipality code of a row.
pub fn municipality_code(row: &Row<'_>, column: &'static str) -> Taken<String> {
    let cell = row.raw(column);
    match MunicipalityCode::parse(cell) {
        Ok(code) => Ok(code.as_str().to_owned()),
        Err(_) => row.wrong(column, Flaw::NotAMunicipalityCode { cell: cell.to_owned() }),
    }
}

fn tier(row: &Row<'_>) -> Taken<CoordinatorTier> {
    let plain = row.code("層").unwrap_or_default();
    match plain.trim_start_matches('第').trim_end_matches('層') {
        "1" | "一" => Ok(CoordinatorTier::First),
        "2" | "二" => Ok(CoordinatorTier::Second),
        _ => row.wrong("層", Flaw::NotATier { cell: row.raw("層").to_owned() }),
    }
}

/// Codes or names of districts; a word for the whole city (全域) gives none.
fn districts(row: &Row<'_>) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for item in row.items("担当地区") {
        let Some(code) = clean::name(&item) else { continue };
        let everywhere = matches!(code.as_str(), "全域" | "全市" | "市内全域" | "町内全域" | "村内全域");
        if !everywhere && !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

/// The phone number at work. A mobile number is dropped with a warning: it may be private.
fn phone(row: &Row<'_>, report: &mut Report) -> Option<Phone> {
    let column = "電話";
    let Ok(number) = row.phone(column) else {
        report.warn_at(row.line, column, Remark::NotAPhoneNumber);
        return None;
    };
    let number = number?;
    if holds_mobile(number.display()) {
        report.warn_at(row.line, column, Remark::MobileDropped);
        return None;
    }
    Some(number.into())
}

/// The name, which is kept only when the list says that the city publishes it.
fn name(row: &Row<'_>, report: &mut Report) -> Taken<Option<String>> {
    let printed = row.yes("氏名の公開")?;
    let name = clean::name(row.raw("氏名"));
    if name.is_some() && printed != Some(true) {
        report.warn_at(row.line, "氏名", Remark::UnprintedName);
    }
    Ok(name.filter(|_| printed == Some(true)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "市区町村コード,層,担当地区,所属,電話,氏名,氏名の公開,相談窓口の管理番号\n";

    fn coordinators(rows: &str) -> (Vec<Coordinator>, Report) {
        let text = format!("{HEADER}{rows}");
        let mut report = Report::default();
        let table = Table::open(&text, chrono::NaiveDate::MAX).unwrap_or_else(|e| panic!("{e:?}"));
        (Coordinators.read(table, None, &mut report).unwrap_or_else(|e| panic!("{e:?}")), report)
    }

    #[test]
    fn only_a_printed_name_and_a_work_phone_are_kept() {
        let (found, report) = coordinators(
            "062031,第2層,D01;D02,見本センター,0235-00-0001,見本 花子,はい,1\n\
             062031,２,Ｄ０１、D03,見本センター,090-1234-5678,見本 太郎,いいえ,\n\
             062031,第一層,全域,見本社協,,見本 次郎,,\n",
        );
        assert!(report.rejected.is_empty(), "{:?}", report.rejected);
        let names: Vec<_> = found.iter().map(|c| c.name.as_deref()).collect();
        assert_eq!(names, [Some("見本 花子"), None, None]);
        assert_eq!(found.iter().filter(|c| c.phone.is_some()).count(), 1);
        assert_eq!(found[0].districts, ["D01", "D02"]);
        assert!(found[2].districts.is_empty());
        assert_eq!((found[0].number, found[1].number, found[2].number), (1, 2, 1));
        assert!(found.iter().all(|c| !c.key().contains("見本 ")), "no name in a key");
    }

    #[test]
    fn what_makes_no_sense_is_rejected_with_its_column() {
        let (found, report) = coordinators(
            "062032,1,,見本,,,,\n062031,3,,見本,,,,\n062031,2,,見本,,,,\n062031,1,,,,,,\n062031,1,,見本,,,たぶん,\n",
        );
        assert!(found.is_empty());
        let columns: Vec<_> = report.rejected.iter().map(|r| (r.line, r.column.unwrap_or(""))).collect();
        let expected = ["市区町村コード", "層", "担当地区", "所属", "氏名の公開"];
        assert_eq!(columns, (2..).zip(expected).collect::<Vec<_>>());
    }
}
