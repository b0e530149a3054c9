//! One cleaned row of an official file, on its way into the database.

use crate::import::cells::clean;
use crate::import::cells::contact::{holds_mobile, without_mobiles, without_names};
use crate::import::cells::private::public_text;
use crate::import::complaint::{Flaw, Remark};
use crate::import::facts::{Fact, Phone};
use crate::import::file::table::Row;
use crate::import::report::Report;
use japan::address;
use japan::codes::{self, Municipality, Prefecture};
use japan::values::{MunicipalityCode, PhoneNumber, Position, PositionError};
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// A cleaned row.
pub struct OfficialRow {
    /// Line on which it starts.
    pub line: u64,
    /// Key of the row, the same in all formats: `care:0670100123:110` or `medical:06:61106510014`.
    pub key: String,
    /// Key of the rows that may be one facility, `care:0670100123`.
    pub facility_key: String,
    /// Scope within which a complete file has every row: kind and prefecture, `110:06`.
    pub scope: String,
    /// Code of the municipality; `None`: unknown.
    pub municipality_code: Option<String>,
    /// The facts.
    pub body: Body,
    /// The cells of a list that a city fills in, kept beside the facts; empty for other files.
    pub cells: BTreeMap<String, String>,
}

/// The name under which the cells stand in a stored record.
pub const CELLS: &str = "cells";

impl OfficialRow {
    /// The record as it is stored: the facts, and the cells where there are any.
    pub fn stored(&self) -> String {
        let mut facts = self.body.0.clone();
        if !self.cells.is_empty() {
            facts.insert(CELLS.to_owned(), serde_json::to_value(&self.cells).unwrap_or_default());
        }
        Value::Object(facts).to_string()
    }
}

/// The first 16 bytes of the SHA-256 of some facts in hexadecimal; equal facts have equal fingerprints.
pub fn fingerprint(facts: &[u8]) -> String {
    Sha256::digest(facts).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// The facts of a row as stored.
#[derive(Default)]
pub struct Body(Map<String, Value>);

impl Body {
    /// Makes the body from a struct of facts.
    pub fn of(facts: &impl Serialize) -> Self {
        match serde_json::to_value(facts) {
            Ok(Value::Object(facts)) => Self(facts),
            _ => Self::default(),
        }
    }

    /// Whether a name, its reading or the name of an organization has more characters.
    pub fn has_longer_name_than(&self, most: usize) -> bool {
        let names = ["name", "name_kana", "alias", "organization", "corporation_name"];
        let mut names = names.iter().filter_map(|fact| self.0.get(*fact).and_then(Value::as_str));
        names.any(|name| name.chars().count() > most)
    }

    /// The body as JSON text.
    pub fn to_json(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }
}

/// The text of a column; [`Fact::Unasked`] when the file lacks the column.
pub fn text(row: &Row<'_>, column: &str) -> Fact<String> {
    row.cell(column).map_or(Fact::Unasked, |cell| clean::text(cell).into())
}

/// An address without the building that stands in a column of its own and that the list repeats at the end of the
/// address, with or without a blank between.
pub fn without_building(address: &str, building: Option<&str>) -> String {
    let Some(building) = building.and_then(clean::address) else { return address.to_owned() };
    let Some(rest) = address.strip_suffix(&building).filter(|_| building.chars().count() > 1) else {
        return address.to_owned();
    };
    let before = rest.chars().next_back().unwrap_or_default();
    let starts_with_digit = building.starts_with(|c: char| c.is_ascii_digit());
    // 1-63F is 1-6 and the third floor; 4番15号 beside 5号, and 20 11階 beside 1階, are numbers of their own.
    let run = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_floor = building.ends_with(['F', '階']) && run.ends_with(['-', '番', '号', '地']);
    let within_number = starts_with_digit && before.is_ascii_digit() && !is_floor;
    let is_number = building.chars().all(|c| c.is_ascii_digit() || c == '-');
    if within_number || is_number || !rest.chars().any(|c| c.is_ascii_digit()) {
        return address.to_owned();
    }
    rest.trim_end_matches([' ', '、', ',', '-']).to_owned()
}

/// A 1/0 flag from a column.
pub fn flag(row: &Row<'_>, column: &str) -> Fact<bool> {
    row.cell(column).map_or(Fact::Unasked, |cell| clean::flag(cell).into())
}

/// Whether an office meets a standard, from a column.
pub fn standard(row: &Row<'_>, column: &str) -> Fact<bool> {
    row.cell(column).map_or(Fact::Unasked, |cell| clean::meets_standard(cell).into())
}

/// A number of persons or beds from a column.
pub fn count(row: &Row<'_>, column: &'static str, report: &mut Report) -> Fact<i32> {
    let Some(cell) = row.cell(column) else { return Fact::Unasked };
    match clean::count(cell) {
        Ok(count) => count.into(),
        Err(()) => {
            report.warn_in(column, Remark::NotANumber);
            Fact::Nothing
        }
    }
}

/// The name from a column; a row without one is rejected. A reader that has rejected a row reads on, so that all flaws of
/// the row are reported at once.
pub fn name(row: &Row<'_>, column: &'static str, report: &mut Report) -> Option<String> {
    let name = clean::name(row.text(column));
    if name.is_none() {
        report.reject(row.line, column, Flaw::NoName);
    }
    name
}

/// A web page as a list gives it.
pub struct WebPage {
    /// Its address.
    pub url: Fact<String>,
    /// The words that stand in place of an address.
    pub words: Fact<String>,
}

/// A web address from a column; what is none is kept in words.
pub fn web_page(row: &Row<'_>, column: &'static str, report: &mut Report) -> WebPage {
    let Some(cell) = row.cell(column) else { return WebPage { url: Fact::Unasked, words: Fact::Unasked } };
    match clean::url(cell) {
        Ok(url) => WebPage { url: url.into(), words: Fact::Unasked },
        Err(()) => {
            let words = report.in_column(column, |report| public_text(cell, report));
            if words.is_some() {
                report.warn_in(column, Remark::NotAWebAddress);
            }
            WebPage { url: Fact::Nothing, words: Fact::if_known(words) }
        }
    }
}

/// The line of a note for the words in place of a web address.
pub fn web_page_line(words: Option<String>) -> Option<String> {
    words.map(|words| format!("ホームページ：{words}"))
}

/// A note with the words in place of a web address, where no address is known.
pub fn note_with_page(note: Fact<String>, url: &Fact<String>, words: Fact<String>) -> Option<String> {
    clean::with_line(note.known(), web_page_line(words.known().filter(|_| url.as_known().is_none())))
}

/// A postal code from the column 郵便番号.
pub fn postal_code(row: &Row<'_>, report: &mut Report) -> Option<String> {
    let cell = row.text("郵便番号");
    let code = japan::values::postal_code(cell);
    if code.is_none() && !cell.is_empty() {
        report.warn_in("郵便番号", Remark::NotAPostalCode);
    }
    code
}

/// A phone or fax number from a column: as displayed, and in E.164 where the area code is known.
pub fn phone(row: &Row<'_>, column: &'static str, report: &mut Report) -> Fact<Phone> {
    let Some(cell) = row.cell(column) else { return Fact::Unasked };
    let number = PhoneNumber::parse(cell);
    match &number {
        None if clean::text(cell).is_some() => report.warn_in(column, Remark::NotAPhoneNumber),
        Some(n) if n.e164().is_none() => report.warn_in(column, Remark::NoAreaCode),
        _ => {}
    }
    number.map(Phone::from).into()
}

/// The same from the list of a city, which needs a consent to publish a mobile number: one that may be mobile is
/// left out with a warning, and so are words that may name a person.
pub fn phone_of_office(row: &Row<'_>, column: &'static str, report: &mut Report) -> Fact<Phone> {
    let line = match row.cell(column).filter(|cell| holds_mobile(cell)) {
        None => phone(row, column, report),
        Some(cell) => {
            report.warn_in(column, Remark::MobileDropped);
            without_mobiles(cell).into()
        }
    };
    match line {
        Fact::Is(line) => Fact::Is(report.in_column(column, |report| without_names(line, report))),
        unknown => unknown,
    }
}

/// The cleaned texts of the columns that `keep` accepts and that are not empty.
pub fn words(row: &Row<'_>, keep: impl Fn(&str) -> bool) -> Fact<BTreeMap<String, String>> {
    let words: BTreeMap<String, String> = row
        .cells()
        .filter(|(column, _)| keep(column))
        .filter_map(|(column, cell)| Some((column.to_owned(), clean::text(cell)?)))
        .collect();
    Fact::if_known(Some(words).filter(|words| !words.is_empty()))
}

/// The position in two cells, or the remark on why it cannot be used.
pub fn position(
    latitude: &str,
    longitude: &str,
    area: Option<&Prefecture>,
) -> Result<Option<(f64, f64)>, Remark> {
    let usable = usable_position(latitude, longitude, area)?;
    Ok(usable.map(|position| (centimetre(position.latitude()), centimetre(position.longitude()))))
}

/// The position of a row; an unusable one is left out with a warning.
pub fn position_of(
    row: &Row<'_>,
    columns: (&str, &str),
    area: Option<&Prefecture>,
    report: &mut Report,
) -> Option<(f64, f64)> {
    position(row.text(columns.0), row.text(columns.1), area).unwrap_or_else(|reason| {
        report.warn_in(columns.0.to_owned(), reason);
        None
    })
}

/// Rounds to seven decimals, about 1 cm: snapshots of one source differ in further decimals without a reason.
fn centimetre(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}

fn usable_position(
    latitude: &str,
    longitude: &str,
    area: Option<&Prefecture>,
) -> Result<Option<Position>, Remark> {
    if latitude.is_empty() && longitude.is_empty() {
        return Ok(None);
    }
    let (Ok(lat), Ok(lng)) = (latitude.parse::<f64>(), longitude.parse::<f64>()) else {
        return Err(Remark::CoordinatesNotNumbers);
    };
    let position = Position::parse(lat, lng).map_err(|error| match error {
        PositionError::NotANumber => Remark::CoordinatesNotNumbers,
        PositionError::Zero => Remark::CoordinatesZero,
        PositionError::Swapped => Remark::CoordinatesSwapped,
        PositionError::CentroidOfJapan => Remark::CoordinatesCentre,
        PositionError::OutsideJapan => Remark::CoordinatesAbroad,
    })?;
    match area {
        Some(area) if !area.may_contain(lat, lng) => Err(Remark::CoordinatesElsewhere),
        _ => Ok(Some(position)),
    }
}

/// Columns with the code of the place, the most specific first.
const CODES: [&str; 5] = [
    "所在地_全国地方公共団体コード",
    "都道府県コード又は市町村コード",
    "市区町村コード",
    "都道府県コード又は市区町村コード",
    "全国地方公共団体コード",
];

/// Prefecture and municipality of a row.
pub struct Place {
    /// The prefecture of the municipality, else of the address, else of the columns.
    pub prefecture: Option<&'static Prefecture>,
    /// Code of the municipality, six digits.
    pub municipality_code: Option<String>,
}

/// Finds prefecture and municipality by the code column, the address and the name columns. An address that names another
/// prefecture or municipality than the code wins over it, with a warning.
pub fn place(row: &Row<'_>, address: &str, report: &mut Report) -> Place {
    let column = CODES.iter().find(|column| !row.text(column).is_empty());
    let written = column.map(|column| row.text(column)).unwrap_or_default();
    // 医療情報ネット has the prefecture in a column of its own, and three digits here.
    let bare = prefecture_alone(written).filter(|_| row.text("都道府県コード").is_empty());
    let code =
        column.filter(|_| bare.is_none()).and_then(|column| municipality_code(row, column, written, report));
    let bare = bare.or(code
        .as_ref()
        .filter(|code| code.is_prefecture())
        .and_then(|code| codes::prefecture(code.prefecture())));
    let named = named_prefecture(row).or(bare);
    let of_code = code.as_ref().and_then(|code| codes::municipality(code.as_str()));
    let contradicted = of_code.is_some_and(|municipality| contradicts(municipality, address));
    let of_code = of_code.filter(|_| !contradicted);
    if let Some(code) = code.as_ref().filter(|code| !code.is_prefecture() && of_code.is_none())
        && codes::municipality(code.as_str()).is_some()
    {
        let column = column.copied().unwrap_or_default();
        report.warn_in(column, Remark::CodeElsewhere { code: code.as_str().to_owned() });
    }
    // A prefecture that the address names itself wins over both.
    let of_written = code.as_ref().and_then(|code| codes::prefecture(code.prefecture()));
    let context = of_written.or(named);
    let parts = address::split(address, context);
    let of_name = || {
        let written = format!("{}{}", named.or(parts.prefecture)?.name, row.text("市区町村名"));
        address::split(&written, None).municipality
    };
    // The municipality of the list, unless the row is in another prefecture.
    let of_list = || {
        let of_list = codes::municipality(row.municipality?.as_str())?;
        let elsewhere = parts.prefecture.or(named).is_some_and(|p| p.code != of_list.prefecture_code);
        // 青葉区本町1-1: in a city that the address does not say.
        let names_another =
            address.chars().take(8).any(|c| matches!(c, '市' | '区' | '郡')) || code.is_some();
        (!elsewhere && !names_another).then_some(of_list)
    };
    // 鶴岡市馬場町 beside a code of Tokyo: one of another prefecture, where only one has that name.
    let of_address = || address::split(address, None).municipality.filter(|_| contradicted);
    let municipality = of_code.or(parts.municipality).or_else(of_address).or_else(of_name).or_else(of_list);
    let prefecture = municipality.and_then(|municipality| codes::prefecture(municipality.prefecture_code));
    Place {
        prefecture: prefecture.or(parts.prefecture).or(named),
        municipality_code: municipality.map(|municipality| municipality.code.to_owned()),
    }
}

/// The prefecture of the columns for its name and code.
fn named_prefecture(row: &Row<'_>) -> Option<&'static Prefecture> {
    let names = ["都道府県名", "都道府県"].map(|column| row.text(column));
    let code = row.text("都道府県コード");
    codes::prefectures()
        .iter()
        .find(|p| names.contains(&p.name) || (!code.is_empty() && two_digits(row) == p.code))
}

/// The prefecture of a code column that has nothing but its two digits.
fn prefecture_alone(written: &str) -> Option<&'static Prefecture> {
    let digits: String = written.nfkc().collect();
    let is_code = matches!(digits.len(), 1 | 2) && digits.chars().all(|c| c.is_ascii_digit());
    codes::prefecture(&format!("{digits:0>2}")).filter(|_| is_code)
}

/// Whether an address begins with the name of a city of another prefecture: 鶴岡市馬場町 of Tokyo. Names of towns, villages and
/// wards may be those of a 大字 here.
fn names_a_city_elsewhere(address: &str, prefecture_code: &str) -> bool {
    let address: String = address.nfkc().filter(|c| !c.is_whitespace()).collect();
    let elsewhere = codes::municipalities().iter().filter(|m| m.prefecture_code != prefecture_code);
    elsewhere.filter(|m| m.name.ends_with('市')).any(|m| address.starts_with(m.name))
}

/// Whether an address itself names another prefecture or municipality. A city and its wards are one.
fn contradicts(municipality: &Municipality, address: &str) -> bool {
    let (prefecture, _) = address::after_prefecture(address);
    if prefecture.is_some_and(|prefecture| prefecture.code != municipality.prefecture_code) {
        return true;
    }
    let context = codes::prefecture(municipality.prefecture_code);
    let Some(named) = address::split(address, context).municipality else {
        return names_a_city_elsewhere(address, municipality.prefecture_code);
    };
    let same_city = named.name.starts_with(municipality.name) || municipality.name.starts_with(named.name);
    !same_city && address::names_municipality(address, named)
}

fn two_digits(row: &Row<'_>) -> String {
    format!("{:0>2}", row.text("都道府県コード"))
}

/// A well-formed code: written with six digits, its check digit must be right; 医療情報ネット writes three
/// digits that follow the two of the prefecture. Whether the table of codes has it is checked by the caller.
fn municipality_code(
    row: &Row<'_>,
    column: &'static str,
    code: &str,
    report: &mut Report,
) -> Option<MunicipalityCode> {
    let whole = if code.len() <= 3 && !row.text("都道府県コード").is_empty() {
        format!("{}{code:0>3}", two_digits(row))
    } else {
        code.to_owned()
    };
    MunicipalityCode::parse(&whole).map_err(|_| report.warn_in(column, Remark::DamagedMunicipalityCode)).ok()
}
