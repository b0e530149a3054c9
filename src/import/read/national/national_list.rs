//! The national list of care and medical facilities: 種別 says whether a row is one or the other.

use crate::import::cells::clean;
use crate::import::complaint::Flaw;
use crate::import::file::table::Row;
use crate::import::read::national::{care, medical};
use crate::import::report::Report;
use crate::import::row::{Body, OfficialRow, Place, place};
use japan::codes;

/// Reads a row of the national list.
pub fn read(row: &Row<'_>, report: &mut Report) -> Option<OfficialRow> {
    let kind = row.text("種別");
    let address = clean::address(row.text("住所")).unwrap_or_default();
    let place = place(row, &address, report);
    let institution = match kind {
        "病院" => Some(1),
        "診療所" => Some(2),
        "歯科診療所" => Some(3),
        "助産所" => Some(4),
        "薬局" => Some(5),
        _ => None,
    };
    if let Some(institution) = institution {
        let id = row.text("ID");
        if id.is_empty() || !id.chars().all(|c| c.is_ascii_alphanumeric()) {
            report.reject(row.line, "ID", Flaw::NotAnInstitutionId { cell: id.to_owned() });
            return None;
        }
        let mut body = common(row, &address, &place, report)?;
        if row.cell("診療科目").is_some() {
            body.set("departments", Some(medical::departments(row.text("診療科目"))));
        }
        return medical::official_row(row.line, institution, id, place, body, report);
    }
    let Some(service) = codes::care_service_named(kind) else {
        report.reject(row.line, "種別", Flaw::NotAFacilityKind { cell: kind.to_owned() });
        return None;
    };
    let office = care::office_number(row, "ID", place.prefecture, report)?;
    let mut body = common(row, &address, &place, report)?;
    body.text("available_days", row, "利用可能曜日");
    body.text("available_days_note", row, "利用可能曜日特記事項");
    body.count("capacity", row, "定員", report);
    Some(care::official_row(row.line, &office, service, place, body))
}

fn common(row: &Row<'_>, address: &str, place: &Place, report: &mut Report) -> Option<Body> {
    let Some(name) = clean::name(row.text("名称")) else {
        report.reject(row.line, "名称", Flaw::NoName);
        return None;
    };
    let mut body = Body::default();
    body.set("name", Some(name));
    body.text("name_kana", row, "名称_カナ");
    body.set("address", Some(address).filter(|a| !a.is_empty()));
    body.position(row, ("緯度", "経度"), place.prefecture, report);
    body.phone("phone", row, "電話番号", report);
    body.url(row, "URL", report);
    Some(body)
}
