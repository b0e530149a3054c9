//! Districts and municipalities in filters: their codes as callers write them, and the refusal of those that do not exist.

use crate::error::{Error, Result};
use crate::picture::{Areas, DistrictCode, View};
use chrono::NaiveDate;
use entity::district;
use japan::codes;
use japan::values::MunicipalityCode;
use std::collections::BTreeSet;

/// Districts among which one is looked for that is like an unknown code.
const MOST_COMPARED: usize = 5_000;

/// An area that a caller names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NamedArea {
    /// A district, by its code as written.
    District(String),
    /// A municipality, by its code of six digits.
    Municipality(String),
}

/// Refuses a filter with an area that does not exist: a district that was never one or has ended, a municipality that is
/// none of today and that `municipalities` does not list for the viewer.
///
/// # Errors
/// `INVALID_INPUT` on the field that names it.
pub fn known_areas(view: &View, today: NaiveDate, named: &[(&'static str, NamedArea)]) -> Result<()> {
    let (mut looked_up, mut merged) = (BTreeSet::new(), Vec::new());
    for (field, area) in named.iter().filter(|(_, area)| looked_up.insert(area)) {
        match area {
            NamedArea::District(code) => known_district(view.areas(), today, field, code)?,
            NamedArea::Municipality(code) if codes::municipality(code).is_some() => {}
            NamedArea::Municipality(code) => merged.push((*field, code)),
        }
    }
    let known = |code: &str| view.areas().municipality_of(code).is_some_and(|id| view.knows_something_of(id));
    match merged.into_iter().find(|(_, code)| !known(code)) {
        Some((field, code)) => {
            Err(Error::unknown(field, code, "is the code of no municipality.", municipalities_of_today()))
        }
        None => Ok(()),
    }
}

fn known_district(areas: &Areas, today: NaiveDate, field: &'static str, code: &str) -> Result<()> {
    let parsed = DistrictCode::parse(code);
    let found = areas.districts_called(&parsed);
    let goes_on = |district: &district::Model| district.valid_to.is_none_or(|last| today <= last);
    if found.iter().any(|district| goes_on(district)) {
        return Ok(());
    }
    let mut known: Vec<_> = areas.districts().filter(|district| goes_on(district)).collect();
    known.sort_by_key(|district| district.id);
    known.truncate(MOST_COMPARED);
    // D1 for D01.
    let digits = |code: &str| code.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().ok();
    let own = parsed.own;
    let same_number =
        known.iter().filter(|district| digits(&own).is_some() && digits(&district.code) == digits(&own));
    let names = known.iter().map(|district| (district.code.as_str(), district.name.as_str()));
    let likely = same_number.map(|district| (district.code.as_str(), own.as_str()));
    let reason = match found.iter().filter_map(|district| district.valid_to).max() {
        Some(last) => format!("ended on {last}. The field `districts` lists those of today."),
        None => "is what no district is called. The field `districts` lists them.".to_owned(),
    };
    Err(Error::unknown(field, code, &reason, likely.chain(names)))
}

/// The code of a municipality, six digits, as a caller writes it; whether there is one, [`known_areas`] looks up.
///
/// # Errors
/// `INVALID_INPUT` on the field, for what is no such code.
pub fn municipality_code(field: &'static str, code: &str) -> Result<String> {
    let parsed = MunicipalityCode::parse(code).map_err(|error| {
        let reason = format!("is not a municipality code: {error}");
        Error::unknown(field, code, &reason, municipalities_of_today())
    })?;
    Ok(parsed.as_str().to_owned())
}

fn municipalities_of_today() -> impl Iterator<Item = (&'static str, &'static str)> {
    codes::municipalities().iter().map(|municipality| (municipality.code, municipality.name))
}
