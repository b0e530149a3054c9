//! The national list of care and medical facilities: 種別 distinguishes the two.

use crate::import::cells::clean;
use crate::import::complaint::Flaw;
use crate::import::facts::{CareFacts, Fact, MedicalFacts, Phone};
use crate::import::file::table::Row;
use crate::import::read::national::{care, medical};
use crate::import::report::Report;
use crate::import::row::{self, OfficialRow, Place, place};
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
        let common = common(row, &address, &place, report)?;
        let departments = row.cell("診療科目").map(medical::departments);
        let facts = MedicalFacts {
            name: Fact::Is(common.name),
            name_kana: common.name_kana,
            address: common.address,
            position: common.position,
            phone: common.phone,
            url: common.url,
            departments: Fact::if_known(departments),
            ..MedicalFacts::default()
        };
        return medical::official_row(row.line, institution, id, place, facts, report);
    }
    let Some(service) = codes::care_service_named(kind) else {
        report.reject(row.line, "種別", Flaw::NotAFacilityKind { cell: kind.to_owned() });
        return None;
    };
    let office = care::office_number(row, "ID", place.prefecture, report)?;
    let common = common(row, &address, &place, report)?;
    let facts = CareFacts {
        name: Fact::Is(common.name),
        name_kana: common.name_kana,
        address: common.address,
        position: common.position,
        phone: common.phone,
        url: common.url,
        available_days: row::text(row, "利用可能曜日"),
        available_days_note: row::text(row, "利用可能曜日特記事項"),
        capacity: row::count(row, "定員", report),
        ..CareFacts::default()
    };
    Some(care::official_row(row.line, &office, service, place, facts))
}

/// The columns of care and medical facilities alike.
struct Common {
    name: String,
    name_kana: Fact<String>,
    address: Fact<String>,
    position: Fact<(f64, f64)>,
    phone: Fact<Phone>,
    url: Fact<String>,
}

fn common(row: &Row<'_>, address: &str, place: &Place, report: &mut Report) -> Option<Common> {
    let Some(name) = clean::name(row.text("名称")) else {
        report.reject(row.line, "名称", Flaw::NoName);
        return None;
    };
    let position = row::position_of(row, ("緯度", "経度"), place.prefecture, report);
    Some(Common {
        name,
        name_kana: row::text(row, "名称_カナ"),
        address: Fact::of_text(address.to_owned()),
        position: Fact::if_known(position),
        phone: row::phone(row, "電話番号", report),
        url: row::url(row, "URL", report),
    })
}
