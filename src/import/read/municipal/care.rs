//! 介護サービス事業所一覧 of the municipal standard sets: the same offices as in the national files.

use crate::import::cells::clean;
use crate::import::complaint::Flaw;
use crate::import::file::table::Row;
use crate::import::read::municipal::{first, publisher, said};
use crate::import::read::national::care;
use crate::import::report::Report;
use crate::import::row::{Body, OfficialRow, place};
use japan::codes;

/// Reads a row of a city's list of care offices.
pub fn read(row: &Row<'_>, report: &mut Report) -> Option<OfficialRow> {
    let written = row.text("実施サービス");
    let Some(service) = codes::care_service_named(written) else {
        report.reject(row.line, "実施サービス", Flaw::NotAService { cell: written.to_owned() });
        return None;
    };
    let Some(name) = clean::name(row.text("介護サービス事業所名称")) else {
        report.reject(row.line, "介護サービス事業所名称", Flaw::NoName);
        return None;
    };
    let address = super::written_address(row);
    let place = place(row, &address, report);
    let office = care::office_number(row, "事業所番号", place.prefecture, report)?;
    let mut body = Body::default();
    body.set("name", Some(name));
    body.text("name_kana", row, "介護サービス事業所名称_カナ");
    body.set("address", Some(address).filter(|address| !address.is_empty()));
    body.set("building", first(row, &["方書", "建物名等(方書)"]).and_then(clean::text));
    body.position(row, ("緯度", "経度"), place.prefecture, report);
    body.phone("phone", row, "電話番号", report);
    body.phone("fax", row, "FAX番号", report);
    care::corporation(&mut body, row, report);
    body.text("available_days_note", row, "利用可能日時特記事項");
    body.text("available_days_note", row, "利用可能曜日特記事項");
    for capacity in ["定員", "収容定員"] {
        body.count("capacity", row, capacity, report);
    }
    body.url(row, "URL", report);
    body.set("note", said(row, "備考"));
    let mut found = care::official_row(row.line, &office, service, place, body);
    // A city's list is complete for the city, not for its prefecture.
    found.scope = format!("{}:{}", service.code, publisher(row));
    Some(found)
}
