//! Lists that municipalities publish: the municipal standard sets (自治体標準オープンデータセット) and the
//! lists of single cities. Shared columns are read here, those of each list in a file of its own.

pub mod care;
pub mod childcare;
pub mod events;
pub mod facilities;
pub mod hours;
pub mod locations;
pub mod medical;
pub mod profiles;
pub mod words;
pub mod yuzawa;

use crate::import::cells::contact::{self, ContactColumns, Written};
use crate::import::cells::{clean, office_words};
use crate::import::complaint::{Complaint, Flaw};
use crate::import::facts::Fact;
use crate::import::facts::local::{KEY, LocalContactKind, LocalFacts};
use crate::import::file::table::Row;
use crate::import::read::national::care as national;
use crate::import::report::Report;
use crate::import::row::{self, OfficialRow, Place};
use japan::address;
use japan::codes::{self, Prefecture};
use japan::text::fold;
use unicode_normalization::UnicodeNormalization;

/// Columns with the code of the publisher, which may be a prefecture.
const PUBLISHER: [&str; 3] = ["全国地方公共団体コード", "都道府県コード又は市区町村コード", "市区町村コード"];

/// Columns that say again what other columns say, or nothing of the row: running numbers, names beside a code, the origin of
/// a list.
pub const SAID_ELSEWHERE: [&str; 7] =
    ["NO", "No", "都道府県名", "市区町村名", "地方公共団体名", "#property", "origin"];

/// The first non-empty cell of some columns, all of which count as read.
pub fn first<'r>(row: &Row<'r>, columns: &[&str]) -> Option<&'r str> {
    let cells = columns.iter().map(|column| row.text(column));
    cells.fold(None, |first, cell| first.or(Some(cell).filter(|cell| !cell.is_empty())))
}

/// The cleaned text of a column.
pub fn said(row: &Row<'_>, column: &str) -> Option<String> {
    clean::text(row.text(column))
}

/// What is said beside the number of a contact: which office it is, the extension. Anything else may be the name of a
/// person.
pub fn contact_label(row: &Row<'_>) -> Option<String> {
    let extension = first(row, &["内線番号", "連絡先内線番号"]).and_then(extension);
    let is_office = |remark: &String| office_words::name_an_office(remark);
    let lines = [said(row, "連絡先備考").filter(is_office), extension];
    Some(lines.into_iter().flatten().collect::<Vec<_>>().join("、")).filter(|label| !label.is_empty())
}

/// `内線12` for a cell that has nothing but numbers.
pub fn extension(cell: &str) -> Option<String> {
    let plain: String = cell.nfkc().filter(|c| !c.is_whitespace()).collect();
    let number = plain.trim_start_matches("内線");
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let sign = |c: char| c.is_ascii_digit() || matches!(c, '-' | '~' | '〜' | ',' | '、' | '・' | '/');
    ((1..=12).contains(&digits) && digits < 10 && number.chars().all(sign)).then(|| format!("内線{number}"))
}

/// The name of an organization; that of a person who runs a facility alone is none.
pub fn corporation_name(row: &Row<'_>) -> Option<String> {
    const WORDS: [&str; 18] = [
        "法人",
        "会社",
        "(株)",
        "(有)",
        "組合",
        "協会",
        "連合",
        "機構",
        "財団",
        "社団",
        "学園",
        "大学",
        "病院",
        "センター",
        "事業団",
        "公社",
        "会",
        "企業団",
    ];
    let public_body = |name: &str| name.ends_with(['市', '町', '村', '区', '県', '都', '府', '道', '国']);
    said(row, "法人の名称").filter(|name| {
        let plain: String = name.nfkc().collect();
        WORDS.iter().any(|word| plain.contains(word)) || public_body(&plain)
    })
}

/// A number of persons from a column, or its words as a line of a note (定員：16組（32人）).
pub fn capacity(row: &Row<'_>, column: &str) -> (Option<i32>, Option<String>) {
    match clean::count(row.text(column)) {
        Ok(count) => (count, None),
        Err(()) => (None, said(row, column).map(|words| format!("{column}：{words}"))),
    }
}

/// The code of the publisher as written, within which a list is complete.
pub fn publisher<'r>(row: &Row<'r>) -> &'r str {
    first(row, &PUBLISHER).unwrap_or_default()
}

/// The building and floor, which two sets call otherwise.
pub fn building(row: &Row<'_>) -> Option<String> {
    first(row, &["方書", "建物名等(方書)"]).and_then(clean::text)
}

/// The address without its building, from one column or from its parts.
pub fn written_address(row: &Row<'_>) -> String {
    let whole = first(row, &["住所", "所在地_連結表記"]).and_then(clean::address);
    let parts = ["所在地_都道府県", "所在地_市区町村", "所在地_町字", "所在地_番地以下"];
    let joined = parts.map(|part| row.text(part)).concat();
    let whole = whole.or_else(|| clean::address(&joined)).unwrap_or_default();
    row::without_building(&whole, building(row).as_deref())
}

/// Reads the columns that all standard sets share: name, place, web address, operator. Words in place of a web address are
/// in the note, to which callers add.
pub fn standard(row: &Row<'_>, name: &'static str, report: &mut Report) -> Option<(LocalFacts, Place)> {
    let shown = row::name(row, name, report);
    let address = written_address(row);
    let place = row::place(row, &address, report);
    if shown.is_none() && place.municipality_code.is_none() {
        report.rejected.push(Complaint::of_row(row.line, Flaw::NoMunicipality));
    }
    let mut facts = LocalFacts { name: Some(shown?), ..LocalFacts::default() };
    settle(&mut facts, &address, &place);
    facts.building = building(row);
    facts.position = row::position_of(row, ("緯度", "経度"), place.prefecture, report);
    facts.name_kana = said(row, &format!("{name}_カナ"));
    let page = row::web_page(row, "URL", report);
    (facts.url, facts.note) = (page.url.known(), row::web_page_line(page.words.known()));
    facts.postal_code = row::postal_code(row, report);
    facts.organization = said(row, "団体名");
    facts.corporate_number = national::corporate_number(row.text("法人番号"), report);
    Some((facts, place))
}

/// Sets address, prefecture and municipality.
pub fn settle(facts: &mut LocalFacts, address: &str, place: &Place) {
    facts.address = Some(address.to_owned()).filter(|address| !address.is_empty());
    facts.prefecture_code = place.prefecture.map(|prefecture| prefecture.code.to_owned());
    facts.municipality_code.clone_from(&place.municipality_code);
}

/// Prefecture and municipality of an address, from the address alone.
pub fn place_of(address: &str, prefecture: Option<&'static Prefecture>) -> Place {
    let parts = address::split(address, prefecture);
    let municipality_code = parts.municipality.map(|m| m.code.to_owned());
    let of_code = municipality_code.as_deref().and_then(|code| codes::prefecture(code.get(..2)?));
    Place { prefecture: of_code.or(parts.prefecture), municipality_code }
}

/// Adds the public contact of a facility, from the columns that its sets share.
pub fn contact(facts: &mut LocalFacts, row: &Row<'_>, report: &mut Report) {
    let label = contact_label(row);
    let written = Written {
        label: label.as_deref(),
        phone: first(row, &["電話番号"]),
        fax: first(row, &["FAX番号"]),
        email: first(row, &["連絡先メールアドレス", "メールアドレス"]),
        columns: ContactColumns { email: "連絡先メールアドレス", ..ContactColumns::default() },
        ..Written::default()
    };
    line(facts, written, report);
}

/// Adds the public contact of a facility or desk.
pub fn line(facts: &mut LocalFacts, written: Written<'_>, report: &mut Report) {
    facts.contacts.extend(contact::desk(LocalContactKind::Representative, written, report));
}

/// The row of a resource, keyed by list, municipality and ID, or without an ID by name: the numbers of older
/// lists begin with 1 in every file.
pub fn official(
    facts: LocalFacts,
    row: &Row<'_>,
    list: &str,
    id: Option<&str>,
    report: &mut Report,
) -> Option<OfficialRow> {
    let Some(municipality) = facts.municipality_code.clone() else {
        report.rejected.push(Complaint::of_row(row.line, Flaw::NoMunicipality));
        return None;
    };
    Some(keyed(facts, row, list, &municipality, id))
}

/// The row of a resource in the list of one municipality; the resource itself may be elsewhere.
pub fn keyed(
    mut facts: LocalFacts,
    row: &Row<'_>,
    list: &str,
    municipality: &str,
    id: Option<&str>,
) -> OfficialRow {
    // In place of a number, and public.
    let id = id.filter(|id| !contact::is_private_number(id));
    let name = fold(facts.name.as_deref().unwrap_or_default());
    let key = format!("{KEY}{list}:{municipality}:{}", id.unwrap_or(&name));
    facts.local_id = facts.local_id.or(Fact::if_known(id.map(str::to_owned)));
    facts.into_row(row.line, key.clone(), key, scope(row, list, municipality))
}

/// The scope in which a list is complete: that of its publisher, or without one the municipality.
pub fn scope(row: &Row<'_>, list: &str, municipality: &str) -> String {
    match publisher(row) {
        "" => format!("{list}:{municipality}"),
        code => format!("{list}:{code}"),
    }
}
