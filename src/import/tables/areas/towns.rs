//! 町字 with representative points of one municipality: a JSON list of `{town, koaza, lat, lng}`.
//!
//! The file names its municipality only by its own name, `鶴岡市.json`.

use crate::import::complaint::{Refusal, Remark};
use crate::import::report::Report;
use japan::address::town_key;
use japan::codes::{self, Municipality};
use japan::values::Position;
use serde::Deserialize;
use std::collections::HashSet;

/// A 町字 as it will be stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Town {
    /// Name of the 町字 without the 小字.
    pub town: String,
    /// Name of the 小字; empty: none.
    pub koaza: String,
    /// Key of both together, see `japan::address::town_key`.
    pub name_key: String,
    /// Latitude and longitude in degrees; `None`: no usable point in the file.
    pub position: Option<(f64, f64)>,
}

#[derive(Deserialize)]
struct Entry {
    town: String,
    #[serde(default)]
    koaza: Option<String>,
    #[serde(default)]
    lat: Option<f64>,
    #[serde(default)]
    lng: Option<f64>,
}

/// Whether a JSON text looks like such a list.
pub fn recognise(text: &str) -> bool {
    text.trim_start().starts_with('[') && text.get(..4096).unwrap_or(text).contains("\"town\"")
}

/// Reads the list. Positions outside of the municipality's prefecture are left out.
///
/// # Errors
/// When the text is no such list or its municipality is not certain.
pub fn read(
    file_name: &str,
    text: &str,
    report: &mut Report,
) -> Result<(&'static Municipality, Vec<Town>), Refusal> {
    let entries: Vec<Entry> = serde_json::from_str(text)
        .map_err(|e| Refusal::NotATownList { line: e.line() as u64, column: e.column() as u64 })?;
    let municipality = municipality_of(file_name, &entries)?;
    let prefecture = codes::prefecture(municipality.prefecture_code);
    let mut towns = Vec::with_capacity(entries.len());
    let mut seen = HashSet::new();
    for (n, entry) in (1..).zip(entries) {
        report.read += 1;
        report.begin_row(n);
        let koaza = entry.koaza.unwrap_or_default();
        if entry.town.contains('\0') || koaza.contains('\0') {
            report.warn(Remark::DamagedTown);
            continue;
        }
        if !seen.insert((entry.town.clone(), koaza.clone())) {
            report.warn(Remark::TownTwice);
            continue;
        }
        let position = match (entry.lat, entry.lng) {
            (Some(lat), Some(lng)) => Position::parse(lat, lng).ok(),
            _ => None,
        };
        let position =
            position.filter(|p| prefecture.is_some_and(|area| area.may_contain(p.latitude(), p.longitude())));
        if position.is_none() {
            report.warn(Remark::TownWithoutPoint);
        }
        let name_key = town_key(&format!("{}{koaza}", entry.town));
        let position = position.map(|p| (p.latitude(), p.longitude()));
        towns.push(Town { town: entry.town, koaza, name_key, position });
    }
    report.end_row();
    Ok((municipality, towns))
}

/// The municipality with the name of the file whose prefecture may contain more than half of the points.
fn municipality_of(file_name: &str, entries: &[Entry]) -> Result<&'static Municipality, Refusal> {
    let name = codes::name_key(file_name.strip_suffix(".json").unwrap_or(file_name));
    let key = |m: &Municipality| codes::name_key(m.name).replace('ヶ', "ケ");
    let wanted = name.replace('ヶ', "ケ");
    let holds = |m: &&Municipality| {
        let area = codes::prefecture(m.prefecture_code);
        let inside = entries.iter().filter(|e| {
            area.is_some_and(|a| a.may_contain(e.lat.unwrap_or_default(), e.lng.unwrap_or_default()))
        });
        inside.count() * 2 > entries.len()
    };
    let named = codes::municipalities().iter().filter(|m| key(m) == wanted);
    let candidates: Vec<_> = named.filter(holds).collect();
    match candidates.as_slice() {
        [only] => Ok(*only),
        [] => Err(Refusal::UnknownTownFile { name: file_name.to_owned() }),
        _ => Err(Refusal::AmbiguousTownFile { name }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_town_that_no_database_could_store_is_passed_over() {
        let text =
            r#"[{"town":"泉\u0000町","lat":38.73,"lng":139.83},{"town":"泉町","lat":38.73,"lng":139.83}]"#;
        let mut report = Report::default();
        let (municipality, towns) = read("鶴岡市.json", text, &mut report).expect("a list");
        assert_eq!(municipality.code, "062031");
        assert_eq!(towns.iter().map(|t| t.town.as_str()).collect::<Vec<_>>(), ["泉町"]);
    }
}
