//! 介護サービス情報公表 `jigyosho_NNN.csv` (17 or 24 columns): one row per office and service.

use crate::import::cells::clean;
use crate::import::complaint::{Flaw, Remark};
use crate::import::file::table::Row;
use crate::import::report::Report;
use crate::import::row::{Body, OfficialRow, Place, place};
use japan::codes::{self, CareServiceType, Prefecture};
use japan::values::{CorporateNumber, CorporateNumberError};
use unicode_normalization::UnicodeNormalization;

/// Reads a row of the care service table.
pub fn read(row: &Row<'_>, report: &mut Report) -> Option<OfficialRow> {
    let Some(service) = codes::care_service_named(row.text("サービスの種類")) else {
        report.reject(
            row.line,
            "サービスの種類",
            Flaw::NotAService { cell: row.text("サービスの種類").to_owned() },
        );
        return None;
    };
    let address = clean::address(row.text("住所")).unwrap_or_default();
    let place = place(row, &address, report);
    let office = office_number(row, "事業所番号", place.prefecture, report)?;
    let body = read_body(row, &address, &place, report)?;
    Some(official_row(row.line, &office, service, place, body))
}

/// Puts a care row together; the national list uses the same keys.
pub fn official_row(
    line: u64,
    office: &str,
    service: &CareServiceType,
    place: Place,
    mut body: Body,
) -> OfficialRow {
    body.set("service_code", Some(service.code));
    body.set("office_number", Some(office));
    body.set("municipality_code", place.municipality_code.clone());
    body.set("prefecture_code", place.prefecture.map(|p| p.code));
    OfficialRow {
        line,
        key: format!("care:{office}:{}", service.code),
        facility_key: format!("care:{office}"),
        scope: format!("{}:{}", service.code, place.prefecture.map_or("", |p| p.code)),
        municipality_code: place.municipality_code,
        body,
    }
}

/// The ten characters of an office number. One that a spreadsheet robbed of its leading zero is
/// mended only when the result begins with the code of the row's own prefecture.
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

fn read_body(row: &Row<'_>, address: &str, place: &Place, report: &mut Report) -> Option<Body> {
    let Some(name) = clean::name(row.text("事業所名")) else {
        report.reject(row.line, "事業所名", Flaw::NoName);
        return None;
    };
    let mut body = Body::default();
    body.set("name", Some(name));
    body.text("name_kana", row, "事業所名カナ");
    body.set("address", Some(address).filter(|a| !a.is_empty()));
    body.text("building", row, "方書（ビル名等）");
    body.position(row, ("緯度", "経度"), place.prefecture, report);
    body.phone("phone", row, "電話番号", report);
    body.phone("fax", row, "FAX番号", report);
    corporation(&mut body, row, report);
    body.text("available_days", row, "利用可能曜日");
    body.text("available_days_note", row, "利用可能曜日特記事項");
    body.count("capacity", row, "定員", report);
    body.url(row, "URL", report);
    body.flag("is_kyosei", row, "高齢者の方と障害者の方が同時一体的に利用できるサービス");
    body.standard("meets_kaigo_standard", row, "介護保険の通常の指定基準を満たしている");
    body.standard("meets_shogai_standard", row, "障害福祉の通常の指定基準を満たしている");
    body.text("note", row, "備考");
    Some(body)
}

/// Sets who runs it.
pub fn corporation(body: &mut Body, row: &Row<'_>, report: &mut Report) {
    body.text("corporation_name", row, "法人の名称");
    let Some(cell) = row.cell("法人番号") else { return };
    body.set("corporate_number", corporate_number(cell, report));
}

/// The corporate number of a cell, when it is one.
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
