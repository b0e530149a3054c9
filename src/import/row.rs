//! One cleaned row of an official file, on its way into the database.

use crate::import::cells::clean;
use crate::import::cells::contact::{holds_mobile, lacks_area_code, without_mobiles, without_names};
use crate::import::cells::private::public_text;
use crate::import::complaint::{Flaw, Remark};
use crate::import::facts::{Fact, Phone};
use crate::import::file::table::Row;
use crate::import::report::Report;
use japan::codes::Prefecture;
use japan::values::{PhoneNumber, Position, PositionError};
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

mod place;

pub use place::{Place, place};

/// A cleaned row.
pub struct OfficialRow {
    /// Line on which it starts.
    pub line: u64,
    /// Key of the row, the same in all formats: `care:0670100123:110` or `medical:06:61106510014`.
    pub key: String,
    /// Key of the rows that may be one facility, `care:0670100123`.
    pub facility_key: String,
    /// Key and facility of the row where another row of the file has its key: events of one name and day at several venues.
    pub second_key: Option<String>,
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

/// The text of a cell for all readers; see [`public_text`].
pub fn public(row: &Row<'_>, column: &'static str, report: &mut Report) -> Option<String> {
    report.in_column(column, |report| public_text(row.text(column), report))
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
        Some(number) if lacks_area_code(number) => report.warn_in(column, Remark::NoAreaCode),
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
    if latitude.is_empty() || longitude.is_empty() {
        return Err(Remark::CoordinatesHalf);
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
