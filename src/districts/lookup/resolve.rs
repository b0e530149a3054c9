//! Finds the district of an address, a 町字 or a position in the tables.

use super::matching::{self, Reading};
use super::store::{self, PlaceCriteria};
use super::terms::Certainty;
use super::{DistrictAnswer, DistrictLookup, PositionInput, reason};
use crate::context::RequestContext;
use crate::error::{Error, Result};
use crate::scalars::Date;
use chrono::NaiveDate;
use japan::address::{self, Beginnings, Parts};
use japan::codes;
use japan::values::{MunicipalityCode, Position};
use std::collections::BTreeSet;

/// An address is never longer, in characters.
const LONGEST_ADDRESS: usize = 200;
/// How many 町字 around a position are candidates.
const NEARBY: u64 = 5;
/// Reference points farther away are no candidates.
const FARTHEST_METERS: f64 = 10_000.0;
/// Places that an answer offers to choose from.
const MOST_CANDIDATES: usize = 20;

/// The result of a lookup, by key.
#[derive(Clone, Debug, Default)]
pub(super) struct Finding {
    pub certainty: Certainty,
    pub reason: String,
    pub municipality_id: Option<i64>,
    pub town: Option<String>,
    pub district_id: Option<i64>,
    pub spots: Vec<Spot>,
}

/// A place that may be meant, by key.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Spot {
    pub municipality_id: Option<i64>,
    /// Of a municipality that has no key.
    pub municipality_name: Option<String>,
    pub town: String,
    pub district_id: Option<i64>,
    pub distance_meters: Option<f64>,
}

/// Why several places may be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doubt {
    /// None: the address names the place.
    None,
    /// The address ends before the parts that the lists distinguish.
    TooShort,
    /// The address names a part, such as a 字, that several towns have.
    PartAlone,
    /// The address names a block (丁目) that is not listed, of a town whose other blocks are.
    UnlistedBlock,
}

/// Resolves a lookup for a day.
pub async fn resolve(context: &RequestContext, by: DistrictLookup, day: NaiveDate) -> Result<DistrictAnswer> {
    let finding = match by {
        DistrictLookup::Address(text) => of_address(context, &text, day).await?,
        DistrictLookup::TownCode(code) => of_town(context, &code, day).await?,
        DistrictLookup::Position(position) => of_position(context, position, day).await?,
    };
    DistrictAnswer::of(context, finding, Date(day)).await
}

fn checked<'t>(text: &'t str, field: &'static str) -> Result<&'t str> {
    let text = text.trim();
    if text.is_empty() || text.contains('\0') {
        return Err(Error::invalid(field, "This is empty. Give an address such as 「鶴岡市泉町4-20」."));
    }
    if text.chars().count() > LONGEST_ADDRESS {
        return Err(Error::invalid(field, format!("An address has at most {LONGEST_ADDRESS} characters.")));
    }
    Ok(text)
}

async fn of_address(context: &RequestContext, text: &str, day: NaiveDate) -> Result<Finding> {
    let text = checked(text, "by.address")?;
    let meant = address::splits(text);
    let finding = match meant.as_slice() {
        [] => return without_municipality(context, text, day).await,
        [only] => in_known_municipality(context, only, day).await?,
        several => return in_several(context, several, day).await,
    };
    // 「大山町5」 may be 大山町 in 鳥取県, or a 町字 whose municipality was left out.
    let (prefecture, _) = address::after_prefecture(text);
    if finding.certainty == Certainty::Unknown && finding.town.is_none() && prefecture.is_none() {
        let other = without_municipality(context, text, day).await?;
        if !other.spots.is_empty() {
            return Ok(other);
        }
    }
    Ok(finding)
}

async fn of_town(context: &RequestContext, code: &str, day: NaiveDate) -> Result<Finding> {
    const FIELD: &str = "by.townCode";
    let code = checked(code, FIELD)?;
    let parts = code.split_once([':', '：']).filter(|(_, town)| !town.trim().is_empty());
    let (code, town) = parts.ok_or_else(|| {
        Error::invalid(FIELD, "Write the code of the municipality, a colon and the 町字: `062031:泉町`.")
    })?;
    let code = MunicipalityCode::parse(code).map_err(|error| Error::invalid(FIELD, error.to_string()))?;
    let municipality = codes::municipality(code.as_str());
    let known = municipality
        .ok_or_else(|| Error::invalid(FIELD, format!("No municipality has the code {}.", code.as_str())))?;
    let parts = Parts { municipality: Some(known), rest: town.to_owned(), ..Parts::default() };
    in_known_municipality(context, &parts, day).await
}

/// An address whose municipality is certain.
async fn in_known_municipality(context: &RequestContext, parts: &Parts, day: NaiveDate) -> Result<Finding> {
    let Some(municipality) = parts.municipality else { return Ok(Finding::default()) };
    let known = store::municipalities(context.db(), &*context.view().await?, &[municipality.code]).await?;
    match known.first() {
        Some(known) => in_municipality(context, known.0.id, &parts.rest, day).await,
        None => {
            let prefecture = codes::prefecture(municipality.prefecture_code).map_or("", |p| p.name);
            let reason = reason::municipality_unknown(&format!("{prefecture}{}", municipality.name));
            Ok(Finding { reason, ..Finding::default() })
        }
    }
}

/// An address in one of several municipalities of the same name.
async fn in_several(context: &RequestContext, meant: &[Parts], day: NaiveDate) -> Result<Finding> {
    let codes: Vec<&str> = meant.iter().filter_map(|parts| Some(parts.municipality?.code)).collect();
    let known = store::municipalities(context.db(), &*context.view().await?, &codes).await?;
    let (mut spots, mut names) = (Vec::new(), Vec::new());
    for parts in meant {
        let Some((municipality, prefecture)) = parts.municipality.zip(parts.prefecture) else { continue };
        names.push(prefecture.name);
        let Some(here) = known.iter().find(|known| known.0.code == municipality.code) else {
            let name = format!("{}{}", prefecture.name, municipality.name);
            spots.push(Spot { municipality_name: Some(name), ..Spot::default() });
            continue;
        };
        let found = in_municipality(context, here.0.id, &parts.rest, day).await?;
        if found.spots.is_empty() {
            spots.push(Spot {
                municipality_id: Some(here.0.id),
                town: found.town.unwrap_or_default(),
                district_id: found.district_id,
                ..Spot::default()
            });
        }
        spots.extend(found.spots);
    }
    let reason = reason::same_name(&names);
    Ok(Finding { certainty: Certainty::Ambiguous, reason, spots: fewer(spots), ..Finding::default() })
}

/// A 町字 without its municipality: candidates are those of municipalities that list it for a district.
async fn without_municipality(context: &RequestContext, text: &str, day: NaiveDate) -> Result<Finding> {
    let beginnings = address::beginnings(&address::after_prefecture(text).1);
    let wanted = PlaceCriteria::Keys(keys(&beginnings));
    let members = store::members(context.db(), None, &wanted).await?;
    let municipalities: BTreeSet<i64> = members.iter().map(|member| member.municipality_id).collect();
    let mut spots = Vec::new();
    for municipality in municipalities {
        let here: Vec<_> = members.iter().filter(|m| m.municipality_id == municipality).cloned().collect();
        let found = matching::readings(&beginnings, &[], &here);
        spots.extend(found.iter().flat_map(|reading| spots_of(reading, &here, day)));
    }
    Ok(match spots.is_empty() {
        true => Finding { reason: reason::MUNICIPALITY_MISSING.into(), ..Finding::default() },
        false => Finding {
            certainty: Certainty::Ambiguous,
            reason: reason::NO_MUNICIPALITY.into(),
            spots: fewer(spots),
            ..Finding::default()
        },
    })
}

fn keys(beginnings: &Beginnings) -> Vec<String> {
    beginnings.whole.iter().chain(&beginnings.block).cloned().collect()
}

/// The part of an address after the municipality.
async fn in_municipality(
    context: &RequestContext,
    municipality_id: i64,
    rest: &str,
    day: NaiveDate,
) -> Result<Finding> {
    let db = context.db();
    let beginnings = address::beginnings(rest);
    let mut keys = keys(&beginnings);
    let towns = store::towns(db, municipality_id, &PlaceCriteria::Keys(keys.clone())).await?;
    // 「温海戊」 does not show where its 大字 ends; the official list does.
    keys.extend(towns.iter().flat_map(|town| Reading::from(town).keys));
    let members = store::members(db, Some(&[municipality_id]), &PlaceCriteria::Keys(keys)).await?;
    let readings = matching::readings(&beginnings, &towns, &members);
    if let Some(town) = readings.first().filter(|reading| beginnings.has_block_after(&reading.key)) {
        let is_block = |spot: &Spot| {
            address::block_after(&address::town_key(&spot.town), &town.key).is_some_and(str::is_empty)
        };
        let blocks: Vec<Spot> =
            below(context, town, &town.key, day).await?.into_iter().filter(is_block).collect();
        if !blocks.is_empty() {
            return Ok(conclude(municipality_id, &town.text, blocks, Doubt::UnlistedBlock));
        }
    }
    let spots: Vec<Spot> = readings.iter().flat_map(|reading| spots_of(reading, &members, day)).collect();
    if let [only] = spots.as_slice()
        && only.district_id.is_none()
        && let Some(reading) = readings.first()
    {
        let below = below(context, reading, &reading.key, day).await?;
        if below.iter().any(|spot| spot.district_id.is_some()) {
            return Ok(conclude(municipality_id, &reading.text, below, Doubt::TooShort));
        }
    }
    if let Some(reading) = readings.first() {
        return Ok(conclude(municipality_id, &reading.text, spots, Doubt::None));
    }
    unlisted(context, municipality_id, rest, &beginnings, day).await
}

/// No list has the 町字 as it is written: the name of a whole, or of a part alone.
async fn unlisted(
    context: &RequestContext,
    municipality_id: i64,
    rest: &str,
    beginnings: &Beginnings,
    day: NaiveDate,
) -> Result<Finding> {
    let nothing = || Finding {
        municipality_id: Some(municipality_id),
        reason: reason::NOT_LISTED.into(),
        ..Finding::default()
    };
    if beginnings.name.is_empty() {
        return Ok(nothing());
    }
    let written: String = rest.chars().take_while(|c| !c.is_numeric()).collect();
    let whole = Reading {
        municipality_id,
        key: beginnings.name.clone(),
        text: written.clone(),
        keys: beginnings.whole.clone(),
    };
    let spots = below(context, &whole, &beginnings.name, day).await?;
    if !spots.is_empty() {
        return Ok(conclude(municipality_id, &written, spots, Doubt::TooShort));
    }
    let db = context.db();
    let wanted = PlaceCriteria::Ending(beginnings.whole.clone());
    let towns = store::towns(db, municipality_id, &wanted).await?;
    let mut members = store::members(db, Some(&[municipality_id]), &wanted).await?;
    let parts = matching::ending(beginnings, &towns, &members);
    if parts.is_empty() {
        return Ok(nothing());
    }
    let wholes = PlaceCriteria::Keys(parts.iter().flat_map(|part| part.keys.clone()).collect());
    members.extend(store::members(db, Some(&[municipality_id]), &wholes).await?);
    let spots = parts.iter().flat_map(|part| spots_of(part, &members, day)).collect();
    Ok(conclude(municipality_id, &written, spots, Doubt::PartAlone))
}

/// The places below a name, from either list: the official 町字 or the city's districts.
async fn below(context: &RequestContext, whole: &Reading, name: &str, day: NaiveDate) -> Result<Vec<Spot>> {
    let (db, here) = (context.db(), whole.municipality_id);
    let beginning = PlaceCriteria::Beginning(name.to_owned());
    let towns = store::towns(db, here, &beginning).await?;
    let mut members = store::members(db, Some(&[here]), &beginning).await?;
    let mut parts = matching::below(name, &towns, &members);
    parts.retain(|part| part.key != name);
    members.extend(store::members(db, Some(&[here]), &PlaceCriteria::Keys(whole.keys.clone())).await?);
    Ok(parts.iter().flat_map(|part| spots_of(part, &members, day)).collect())
}

/// A 町字 once for each district it is in on the day; once without a district if in none.
fn spots_of(reading: &Reading, members: &[matching::Member], day: NaiveDate) -> Vec<Spot> {
    let spot = |district_id| Spot {
        municipality_id: Some(reading.municipality_id),
        town: reading.text.clone(),
        district_id,
        ..Spot::default()
    };
    let districts = matching::districts(reading, members, day);
    match districts.is_empty() {
        true => vec![spot(None)],
        false => districts.into_iter().map(|id| spot(Some(id))).collect(),
    }
}

/// Sure only when every place that may be meant is in the same district.
fn conclude(municipality_id: i64, town: &str, spots: Vec<Spot>, doubt: Doubt) -> Finding {
    let districts: BTreeSet<Option<i64>> = spots.iter().map(|spot| spot.district_id).collect();
    let mut names: Vec<&str> = spots.iter().map(|spot| spot.town.as_str()).collect();
    names.dedup();
    let found = Finding { municipality_id: Some(municipality_id), ..Finding::default() };
    let only = districts.first().copied().flatten().filter(|_| districts.len() == 1);
    match (only, doubt) {
        (_, Doubt::PartAlone) => {
            let reason = reason::part_alone(names.len());
            Finding { certainty: Certainty::Ambiguous, reason, spots: fewer(spots), ..found }
        }
        (_, Doubt::UnlistedBlock) => {
            let reason = reason::unlisted_block(town);
            Finding { certainty: Certainty::Ambiguous, reason, spots: fewer(spots), ..found }
        }
        (Some(district), _) => {
            let listed = doubt == Doubt::None && names.len() == 1;
            let reason = if listed { reason::listed(town) } else { reason::all_alike(town) };
            let town = (doubt == Doubt::None && listed).then(|| town.to_owned());
            Finding { certainty: Certainty::Sure, reason, town, district_id: Some(district), ..found }
        }
        (None, _) if districts.iter().all(Option::is_none) => {
            Finding { reason: reason::no_district(town), town: Some(town.to_owned()), ..found }
        }
        (None, doubt) => {
            let (reason, town) = match doubt {
                Doubt::TooShort => (reason::too_short(town), None),
                _ if names.len() > 1 => (reason::two_meanings(&names), None),
                _ => (reason::split(town), Some(town.to_owned())),
            };
            Finding { certainty: Certainty::Ambiguous, reason, town, spots: fewer(spots), ..found }
        }
    }
}

/// At most `MOST_CANDIDATES` places, with every district among them where they suffice.
fn fewer(spots: Vec<Spot>) -> Vec<Spot> {
    if spots.len() <= MOST_CANDIDATES {
        return spots;
    }
    let mut seen = BTreeSet::new();
    let (first, more): (Vec<_>, Vec<_>) = spots
        .into_iter()
        .enumerate()
        .partition(|(_, spot)| seen.insert((spot.municipality_id, spot.district_id)));
    let mut kept: Vec<(usize, Spot)> = first.into_iter().chain(more).take(MOST_CANDIDATES).collect();
    kept.sort_by_key(|(place, _)| *place);
    kept.into_iter().map(|(_, spot)| spot).collect()
}

/// A position tells the municipality by its outline, and only which 町字 are near.
async fn of_position(context: &RequestContext, position: PositionInput, day: NaiveDate) -> Result<Finding> {
    let position = Position::parse(position.latitude, position.longitude)
        .map_err(|error| Error::invalid("by.position", error.to_string()))?;
    let db = context.db();
    let around = store::around(db, &position).await?;
    if around.is_empty() {
        return Ok(Finding { reason: reason::NO_OUTLINE.into(), ..Finding::default() });
    }
    let inside: Vec<i64> = around.iter().filter(|(_, inside)| *inside).map(|(id, _)| *id).collect();
    let ids: Vec<i64> = around.iter().map(|(id, _)| *id).collect();
    let municipality_id = match (inside.as_slice(), ids.as_slice()) {
        ([only], _) | ([], [only]) => Some(*only),
        _ => None,
    };
    let found = Finding { municipality_id, ..Finding::default() };
    let towns = store::nearest(db, &ids, &position, FARTHEST_METERS, NEARBY).await?;
    if towns.is_empty() {
        return Ok(Finding { reason: reason::NO_POINTS.into(), ..found });
    }
    let readings: Vec<(Reading, f64)> = towns.iter().map(|(town, far)| (Reading::from(town), *far)).collect();
    let keys: BTreeSet<String> = readings.iter().flat_map(|(reading, _)| reading.keys.clone()).collect();
    let wanted = PlaceCriteria::Keys(keys.into_iter().collect());
    let members = store::members(db, Some(&ids), &wanted).await?;
    let spots = readings.iter().flat_map(|(reading, far)| {
        let spots = spots_of(reading, &members, day).into_iter();
        spots.map(|spot| Spot { distance_meters: Some(*far), ..spot })
    });
    let spots: Vec<Spot> = spots.collect();
    let first = spots.first().and_then(|spot| spot.district_id);
    let alike = first.is_some() && spots.iter().all(|spot| spot.district_id == first);
    let reason = if alike { reason::NEARBY_ALIKE } else { reason::NEARBY };
    Ok(Finding { certainty: Certainty::Approximate, reason: reason.into(), spots, ..found })
}
