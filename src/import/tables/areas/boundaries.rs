//! Municipality boundaries of 国土数値情報（行政区域）as GeoJSON.

use crate::import::complaint::{Flaw, Refusal, Remark};
use crate::import::report::Report;
use japan::codes;
use japan::values::Outline;
use serde_json::Value;
use std::collections::BTreeMap;

/// A polygon is a list of rings of `[longitude, latitude]`.
type Polygon = Vec<Vec<(f64, f64)>>;

/// Whether a JSON text looks like such a file.
pub fn recognise(text: &str) -> bool {
    let start: String = text.chars().take(4096).collect();
    start.contains("FeatureCollection")
}

/// Reads the outline of each municipality, by six-digit code.
///
/// # Errors
/// When the text is not GeoJSON.
pub fn read(text: &str, report: &mut Report) -> Result<BTreeMap<String, Outline>, Refusal> {
    let root: Value = serde_json::from_str(text)
        .map_err(|e| Refusal::NotGeoJson { line: e.line() as u64, column: e.column() as u64 })?;
    let features = root.get("features").and_then(Value::as_array).ok_or(Refusal::NoFeatures)?;
    let mut boundaries: BTreeMap<String, Vec<Polygon>> = BTreeMap::new();
    for (n, feature) in (1..).zip(features) {
        report.read += 1;
        report.begin_row(n);
        let code = feature.pointer("/properties/N03_007").and_then(Value::as_str).unwrap_or_default();
        let Some(municipality) = codes::municipalities().iter().find(|m| m.code.get(..5) == Some(code))
        else {
            report.warn(Remark::UnknownMunicipality { code: code.to_owned() });
            continue;
        };
        let polygons = feature.get("geometry").and_then(polygons).unwrap_or_default();
        if polygons.is_empty() {
            report.reject(n, "geometry", Flaw::NotAnOutline);
            continue;
        }
        boundaries.entry(municipality.code.to_owned()).or_default().extend(polygons);
    }
    report.end_row();
    Ok(boundaries.into_iter().map(|(code, polygons)| (code, Outline::new(polygons))).collect())
}

fn polygons(geometry: &Value) -> Option<Vec<Polygon>> {
    let coordinates = geometry.get("coordinates")?.clone();
    match geometry.get("type")?.as_str()? {
        "Polygon" => Some(vec![serde_json::from_value(coordinates).ok()?]),
        "MultiPolygon" => serde_json::from_value(coordinates).ok(),
        _ => None,
    }
}
