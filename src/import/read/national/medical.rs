//! 医療情報ネット: facility files of hospitals, clinics, dental clinics, maternity homes and
//! pharmacies, and the reduced list that carries 診療科目.

use crate::import::cells::clean;
use crate::import::cells::private::public_text;
use crate::import::complaint::Flaw;
use crate::import::facts::{Department, Fact, MedicalFacts};
use crate::import::file::table::Row;
use crate::import::formats::FileContext;
use crate::import::read::national::medical_hours;
use crate::import::report::Report;
use crate::import::row::{self, Body, OfficialRow, Place, WebPage, place};
use japan::codes;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Reads a row of any of the medical files.
pub fn read(row: &Row<'_>, file: &FileContext<'_>, report: &mut Report) -> Option<OfficialRow> {
    let institution = institution_type(row, file, report);
    let address = clean::address(row.text("所在地")).unwrap_or_default();
    let place = place(row, &address, report);
    let id = published_id(row, report);
    let name = clean::name(row.text("名称")).or_else(|| row::name(row, "正式名称", report));
    if place.prefecture.is_none() {
        report.reject(row.line, "所在地", Flaw::NoPrefecture);
    }
    let position = ("所在地座標（緯度）", "所在地座標（経度）");
    let (hours, open_days) = medical_hours::of_facility(row, report);
    let page = web_page(row, report);
    let mut beds = |column| beds(row, column, report);
    let facts = MedicalFacts {
        name: Fact::Is(name?),
        name_kana: row::text(row, "フリガナ").or(row::text(row, "正式名称（フリガナ）")),
        alias: row::text(row, "略称"),
        address: Fact::of_text(address),
        beds_general: beds("一般病床"),
        beds_long_term: beds("療養病床"),
        beds_psychiatric: beds("精神病床"),
        beds_tuberculosis: beds("結核病床"),
        beds_infectious: beds("感染症病床"),
        beds_total: beds("合計病床数"),
        position: Fact::if_known(row::position_of(row, position, place.prefecture, report)),
        url: page.url,
        url_words: page.words,
        closed_days_note: row::text(row, "その他の閉店日（gw、お盆等）")
            .or(row::text(row, "その他の休診日（gw、お盆等）")),
        hours,
        open_days,
        departments: Fact::if_known(row.cell("診療科目").map(|list| departments(list, report))),
        words: row::words(row, about_hours),
        ..MedicalFacts::default()
    };
    official_row(row.line, institution?, &id?, place, facts)
}

/// Composes a medical row; the national list uses the same keys. `None` without a prefecture.
pub fn official_row(
    line: u64,
    institution: i16,
    id: &str,
    place: Place,
    facts: MedicalFacts,
) -> Option<OfficialRow> {
    let prefecture = place.prefecture?;
    let facts = MedicalFacts {
        institution_type: Fact::Is(institution),
        published_id: Fact::Is(id.to_owned()),
        municipality_code: place.municipality_code.clone().into(),
        prefecture_code: Fact::Is(prefecture.code.to_owned()),
        ..facts
    };
    let key = format!("medical:{}:{id}", prefecture.code);
    Some(OfficialRow {
        second_key: None,
        line,
        facility_key: key.clone(),
        key,
        scope: format!("{institution}:{}", prefecture.code),
        municipality_code: place.municipality_code,
        body: Body::of(&facts),
        cells: BTreeMap::new(),
    })
}

/// 診療科目; a name that is not an official department has no code.
///
/// The derived lists split 「糖尿病・内分泌内科」 at the dot: neighbours that form an official name together
/// are joined again.
pub fn departments(list: &str, report: &mut Report) -> Vec<Department> {
    let names = list.split([';', '；']);
    let names: Vec<String> = report
        .in_column("診療科目", |report| names.filter_map(|name| public_text(name, report)).collect());
    let mut found = Vec::new();
    let mut rest = names.as_slice();
    while !rest.is_empty() {
        let (department, used) = first_department(rest);
        found.push(department);
        rest = rest.get(used..).unwrap_or_default();
    }
    found
}

fn first_department(names: &[String]) -> (Department, usize) {
    let joined = (1..=names.len().min(3)).rev().find_map(|n| {
        let name = names.get(..n)?.join("・");
        let code = codes::medical_department_named(&name)?.code.to_owned();
        Some((Department { code: Some(code), name }, n))
    });
    joined.unwrap_or_else(|| (Department { code: None, name: names.first().cloned().unwrap_or_default() }, 1))
}

pub fn published_id(row: &Row<'_>, report: &mut Report) -> Option<String> {
    let id: String = row.text("ID").nfkc().filter(|c| !c.is_whitespace()).collect();
    if (4..=14).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Some(id);
    }
    report.reject(row.line, "ID", Flaw::NotAnInstitutionId { cell: id });
    None
}

/// 機関区分 from its column, or else from the official file name (`01-1_hospital_…`).
fn institution_type(row: &Row<'_>, file: &FileContext<'_>, report: &mut Report) -> Option<i16> {
    if file.columns.has("機関区分") {
        return match row.text("機関区分") {
            "1" | "病院" => Some(1),
            "2" | "診療所" => Some(2),
            "3" | "歯科診療所" => Some(3),
            "4" | "助産所" => Some(4),
            "5" | "薬局" => Some(5),
            other => {
                report.reject(row.line, "機関区分", Flaw::NotAnInstitutionKind { cell: other.to_owned() });
                None
            }
        };
    }
    let found = of_file_name(file.file_name);
    if found.is_none() {
        report.reject(row.line, "機関区分", Flaw::NoInstitutionKind);
    }
    found
}

fn of_file_name(name: &str) -> Option<i16> {
    let words = ["hospital", "clinic", "dental", "maternity", "pharmacy"];
    let number = name.strip_prefix('0').and_then(|rest| rest.chars().next()).and_then(|c| c.to_digit(10));
    let numbered = number.filter(|n| (1..=5).contains(n)).map(|n| n as i16);
    numbered.or_else(|| (1..).zip(words).filter(|(_, word)| name.contains(word)).map(|(n, _)| n).last())
}

/// The web page, which the file of pharmacies calls otherwise.
fn web_page(row: &Row<'_>, report: &mut Report) -> WebPage {
    let page = row::web_page(row, "薬局のホームページアドレス", report);
    match page.url {
        Fact::Unasked => row::web_page(row, "案内用ホームページアドレス", report),
        _ => page,
    }
}

/// A number of beds; unlike a capacity, a published 0 is a fact.
fn beds(row: &Row<'_>, column: &'static str, report: &mut Report) -> Fact<i32> {
    match row.text(column) {
        "0" | "０" => Fact::Is(0),
        _ => row::count(row, column, report),
    }
}

/// Whether a column is about hours: opening, reception and working hours, closed days.
fn about_hours(column: &str) -> bool {
    ["休診", "閉店", "営業日", "開始時間", "終了時間", "祝日", "注記"]
        .iter()
        .any(|part| column.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_institution_stands_in_the_file_name() {
        assert_eq!(of_file_name("01-1_hospital_facility_info_20250601.csv"), Some(1));
        assert_eq!(of_file_name("04_maternity_home_20250601.csv"), Some(4));
        assert_eq!(of_file_name("my_dental_clinic.csv"), Some(3));
        assert_eq!(of_file_name("list.csv"), None);
    }

    #[test]
    fn a_department_without_a_code_keeps_its_name() {
        let list = departments("内科;なんでも科;090-0000-0001（見本）", &mut Report::default());
        assert_eq!(list[0], Department { code: Some("01001".into()), name: "内科".into() });
        assert_eq!(list[1], Department { code: None, name: "なんでも科".into() });
        assert_eq!(list.len(), 2, "a number is no department");
        let joined = departments("糖尿病;内分泌内科;外科", &mut Report::default());
        assert_eq!(joined[0].name, "糖尿病・内分泌内科");
        assert_eq!(joined.len(), 2);
    }
}
