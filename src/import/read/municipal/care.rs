//! 介護サービス事業所一覧 of the municipal standard sets: the same offices as in the national files.

use crate::import::facts::{CareFacts, Fact};
use crate::import::file::table::Row;
use crate::import::read::municipal::{publisher, said};
use crate::import::read::national::care;
use crate::import::report::Report;
use crate::import::row::{self, OfficialRow, place};

/// Reads a row of a city's list of care offices.
pub fn read(row: &Row<'_>, report: &mut Report) -> Option<OfficialRow> {
    let service = care::service(row, "実施サービス", report);
    let name = row::name(row, "介護サービス事業所名称", report);
    let address = super::written_address(row);
    let place = place(row, &address, report);
    let office = care::office_number(row, "事業所番号", place.prefecture, report);
    let (service, name, office) = (service?, name?, office?);
    let position = row::position_of(row, ("緯度", "経度"), place.prefecture, report);
    let page = row::web_page(row, "URL", report);
    let facts = CareFacts {
        name: Fact::Is(name),
        name_kana: row::text(row, "介護サービス事業所名称_カナ"),
        address: Fact::of_text(address),
        building: super::building(row).into(),
        position: Fact::if_known(position),
        phone: row::phone_of_office(row, "電話番号", report),
        fax: row::phone_of_office(row, "FAX番号", report),
        corporation_name: row::text(row, "法人の名称"),
        corporate_number: care::corporation(row, report),
        available_days_note: row::text(row, "利用可能曜日特記事項")
            .or(row::text(row, "利用可能日時特記事項")),
        capacity: row::count(row, "収容定員", report).or(row::count(row, "定員", report)),
        url: page.url,
        url_words: page.words,
        postal_code: Fact::if_known(row::postal_code(row, report)),
        note: said(row, "備考").into(),
        ..CareFacts::default()
    };
    let mut found = care::official_row(row.line, &office, service, place, facts);
    // A city's list is complete for the city, not for its prefecture.
    found.scope = format!("{}:{}", service.code, publisher(row));
    Some(found)
}
