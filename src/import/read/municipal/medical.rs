//! 医療機関一覧 of the municipal standard sets, 26 and 42 columns.
//!
//! They carry no ID of 医療情報ネット. Each facility is keyed by its municipality and name until it is found to be
//! one of the national files (`official/matching.rs`).

use crate::import::cells::clean;
use crate::import::complaint::{Complaint, Flaw, Remark};
use crate::import::file::table::Row;
use crate::import::read::municipal::hours::{self, Weekly};
use crate::import::read::municipal::{first, publisher, written_address};
use crate::import::read::national::medical::departments;
use crate::import::report::Report;
use crate::import::row::{Body, OfficialRow, Place, place};
use japan::text::fold;
use serde_json::json;
use unicode_normalization::UnicodeNormalization;

/// Reads a row of a city's list of medical facilities.
pub fn read(row: &Row<'_>, report: &mut Report) -> Option<OfficialRow> {
    let Some(name) = clean::name(row.text("名称")) else {
        report.reject(row.line, "名称", Flaw::NoName);
        return None;
    };
    let Some(institution) = institution_type(row) else {
        report.leave_out(Remark::NotMedical { kind: row.text("医療機関の種類").to_owned() });
        return None;
    };
    let address = written_address(row);
    let place = place(row, &address, report);
    let (Some(prefecture), Some(municipality)) = (place.prefecture, place.municipality_code.clone()) else {
        report.rejected.push(Complaint::of_row(row.line, Flaw::NoMunicipality));
        return None;
    };
    let facility = format!("{municipality}:{}", fold(&name));
    let own_key = format!("medical:{}:{facility}", prefecture.code);
    let mut body = body(row, name, address, &place, report);
    body.set("municipal", Some(json!({ "key": own_key, "institution_type": institution })));
    Some(OfficialRow {
        line: row.line,
        key: format!("medical:{}:{}:{facility}", prefecture.code, publisher(row)),
        facility_key: own_key,
        scope: format!("municipal:{}", publisher(row)),
        municipality_code: Some(municipality),
        body,
    })
}

fn body(row: &Row<'_>, name: String, address: String, place: &Place, report: &mut Report) -> Body {
    let mut body = Body::default();
    body.set("name", Some(name));
    if let Some(kana) = row.cell("名称_カナ") {
        body.set("name_kana", clean::name(&kana.nfkc().collect::<String>()));
    }
    body.set("address", Some(address).filter(|address| !address.is_empty()));
    body.set("prefecture_code", place.prefecture.map(|prefecture| prefecture.code));
    body.set("municipality_code", place.municipality_code.clone());
    body.position(row, ("緯度", "経度"), place.prefecture, report);
    body.phone("phone", row, "電話番号", report);
    body.url(row, "URL", report);
    let list = row.text("診療科目").replace(['、', ','], ";");
    if !list.is_empty() {
        body.set("departments", Some(departments(&list)));
    }
    match row.text("病床数") {
        "" => {}
        "0" | "０" => body.set("beds_total", Some(0)),
        _ => body.count("beds_total", row, "病床数", report),
    }
    // What the national files say of hours is told day by day; these columns only stand in for it.
    let schedules = hours::weekly(
        Weekly {
            days: row.text("診療曜日"),
            start: row.text("診療開始時間"),
            end: row.text("診療終了時間"),
            note: row.text("診療日時特記事項"),
        },
        report,
    );
    if let Ok(schedules) = serde_json::to_value(&schedules)
        && schedules != json!([])
    {
        body.set("municipal_schedules", Some(schedules));
    }
    body
}

/// The lists call a dental clinic a clinic; that it has nothing but dental departments tells it apart.
fn institution_type(row: &Row<'_>) -> Option<i16> {
    let written = row.text("医療機関の種類");
    let list = row.text("診療科目");
    let mut offered =
        list.split([';', '；', '、', ',']).map(str::trim).filter(|name| !name.is_empty()).peekable();
    let is_dental = offered.peek().is_some() && offered.all(|name| name.contains("歯科"));
    match written {
        _ if written.contains("歯科") => Some(3),
        "病院" => Some(1),
        _ if written.contains("診療所") || written == "医院" => Some(if is_dental { 3 } else { 2 }),
        "助産所" => Some(4),
        "薬局" => Some(5),
        _ => first(row, &["医療機関コード"]).filter(|_| written.is_empty() && is_dental).map(|_| 3),
    }
}
