//! 介護サービス情報公表 `jigyosho_NNN.csv` (17 or 24 columns): one row per office and service.

use crate::import::cells::clean;
use crate::import::complaint::{Flaw, Remark};
use crate::import::facts::{CareFacts, Fact};
use crate::import::file::table::Row;
use crate::import::report::Report;
use crate::import::row::{self, Body, OfficialRow, Place, place};
use japan::codes::{self, CareServiceType, Prefecture};
use japan::values::{CorporateNumber, CorporateNumberError};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Reads a row of the care service table.
pub fn read(row: &Row<'_>, report: &mut Report) -> Option<OfficialRow> {
    let service = service(row, "サービスの種類", report);
    let address = clean::address(row.text("住所")).unwrap_or_default();
    let address = row::without_building(&address, row.cell("方書（ビル名等）"));
    let place = place(row, &address, report);
    let office = office_number(row, "事業所番号", place.prefecture, report);
    let facts = read_facts(row, &address, &place, report);
    Some(official_row(row.line, &office?, service?, place, facts?))
}

/// The kind of service from a column.
pub fn service(row: &Row<'_>, column: &'static str, report: &mut Report) -> Option<&'static CareServiceType> {
    let service = codes::care_service_named(row.text(column));
    if service.is_none() {
        report.reject(row.line, column, Flaw::NotAService { cell: row.text(column).to_owned() });
    }
    service
}

/// Composes a care row; the national list uses the same keys.
pub fn official_row(
    line: u64,
    office: &str,
    service: &CareServiceType,
    place: Place,
    facts: CareFacts,
) -> OfficialRow {
    let facts = CareFacts {
        service_code: Fact::Is(service.code.to_owned()),
        office_number: Fact::Is(office.to_owned()),
        municipality_code: place.municipality_code.clone().into(),
        prefecture_code: place.prefecture.map(|p| p.code.to_owned()).into(),
        ..facts
    };
    OfficialRow {
        line,
        second_key: None,
        key: format!("care:{office}:{}", service.code),
        facility_key: format!("care:{office}"),
        scope: format!("{}:{}", service.code, place.prefecture.map_or("", |p| p.code)),
        municipality_code: place.municipality_code,
        body: Body::of(&facts),
        cells: BTreeMap::new(),
    }
}

/// The ten characters of an office number. A leading zero that a spreadsheet dropped is restored only when
/// the result begins with the code of the row's own prefecture.
pub fn office_number(
    row: &Row<'_>,
    column: &'static str,
    prefecture: Option<&Prefecture>,
    report: &mut Report,
) -> Option<String> {
    let raw: String = row.text(column).nfkc().filter(|c| !c.is_whitespace()).collect();
    let valid = |n: &str| n.len() == 10 && n.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase());
    if valid(&raw) {
        return Some(raw);
    }
    let mended = format!("0{raw}");
    if valid(&mended) && prefecture.is_some_and(|p| mended.starts_with(p.code)) {
        report.warn_in(column, Remark::LeadingZeroRestored);
        return Some(mended);
    }
    report.reject(row.line, column, Flaw::NotAnOfficeNumber { cell: raw });
    None
}

fn read_facts(row: &Row<'_>, address: &str, place: &Place, report: &mut Report) -> Option<CareFacts> {
    let name = row::name(row, "事業所名", report);
    let position = row::position_of(row, ("緯度", "経度"), place.prefecture, report);
    let page = row::web_page(row, "URL", report);
    Some(CareFacts {
        name: Fact::Is(name?),
        name_kana: row::text(row, "事業所名カナ"),
        address: Fact::of_text(address.to_owned()),
        building: row::text(row, "方書（ビル名等）"),
        position: Fact::if_known(position),
        phone: row::phone(row, "電話番号", report),
        fax: row::phone(row, "FAX番号", report),
        corporation_name: row::text(row, "法人の名称"),
        corporate_number: corporation(row, report),
        available_days: row::text(row, "利用可能曜日"),
        available_days_note: row::text(row, "利用可能曜日特記事項"),
        capacity: row::count(row, "定員", report),
        url: page.url,
        url_words: page.words,
        is_kyosei: row::flag(row, "高齢者の方と障害者の方が同時一体的に利用できるサービス"),
        meets_kaigo_standard: row::standard(row, "介護保険の通常の指定基準を満たしている"),
        meets_shogai_standard: row::standard(row, "障害福祉の通常の指定基準を満たしている"),
        note: row::text(row, "備考"),
        ..CareFacts::default()
    })
}

/// The corporate number of the operator.
pub fn corporation(row: &Row<'_>, report: &mut Report) -> Fact<String> {
    row.cell("法人番号").map_or(Fact::Unasked, |cell| corporate_number(cell, report).into())
}

/// The corporate number of a cell; an invalid one is left out with a warning.
pub fn corporate_number(cell: &str, report: &mut Report) -> Option<String> {
    match CorporateNumber::parse(&clean::text(cell)?) {
        Ok(number) => Some(number.as_str().to_owned()),
        Err(CorporateNumberError::Spreadsheet) => {
            report.warn_in("法人番号", Remark::DamagedCorporateNumber);
            None
        }
        Err(_) => {
            report.warn_in("法人番号", Remark::NotACorporateNumber);
            None
        }
    }
}
