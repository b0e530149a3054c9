//! The national list of care and medical facilities: 種別 distinguishes the two.

use crate::import::cells::clean;
use crate::import::complaint::Flaw;
use crate::import::facts::{CareFacts, Fact, MedicalFacts, Phone};
use crate::import::file::table::Row;
use crate::import::read::national::{care, medical};
use crate::import::report::Report;
use crate::import::row::{self, OfficialRow, Place, WebPage, place};
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
        let is_id = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric());
        if !is_id {
            report.reject(row.line, "ID", Flaw::NotAnInstitutionId { cell: id.to_owned() });
        }
        if place.prefecture.is_none() {
            report.reject(row.line, "住所", Flaw::NoPrefecture);
        }
        let common = common(row, &address, &place, report).filter(|_| is_id)?;
        let departments = row.cell("診療科目").map(|list| medical::departments(list, report));
        let facts = MedicalFacts {
            name: Fact::Is(common.name),
            name_kana: common.name_kana,
            address: common.address,
            position: common.position,
            phone: common.phone,
            url: common.page.url,
            url_words: common.page.words,
            departments: Fact::if_known(departments),
            ..MedicalFacts::default()
        };
        return medical::official_row(row.line, institution, id, place, facts);
    }
    let service = codes::care_service_named(kind);
    if service.is_none() {
        report.reject(row.line, "種別", Flaw::NotAFacilityKind { cell: kind.to_owned() });
    }
    // Of an unknown kind the ID may be of either form.
    let office = service.and_then(|_| care::office_number(row, "ID", place.prefecture, report));
    let common = common(row, &address, &place, report)?;
    let facts = CareFacts {
        name: Fact::Is(common.name),
        name_kana: common.name_kana,
        address: common.address,
        position: common.position,
        phone: common.phone,
        url: common.page.url,
        url_words: common.page.words,
        available_days: row::text(row, "利用可能曜日"),
        available_days_note: row::text(row, "利用可能曜日特記事項"),
        capacity: row::count(row, "定員", report),
        ..CareFacts::default()
    };
    Some(care::official_row(row.line, &office?, service?, place, facts))
}

/// The columns of care and medical facilities alike.
struct Common {
    name: String,
    name_kana: Fact<String>,
    address: Fact<String>,
    position: Fact<(f64, f64)>,
    phone: Fact<Phone>,
    page: WebPage,
}

fn common(row: &Row<'_>, address: &str, place: &Place, report: &mut Report) -> Option<Common> {
    let name = row::name(row, "名称", report)?;
    let position = row::position_of(row, ("緯度", "経度"), place.prefecture, report);
    Some(Common {
        name,
        name_kana: row::text(row, "名称_カナ"),
        address: Fact::of_text(address.to_owned()),
        position: Fact::if_known(position),
        phone: row::phone(row, "電話番号", report),
        page: row::web_page(row, "URL", report),
    })
}
