//! Filters on resources: the caller's input, its validation, and the criteria it becomes.

use super::areas::{NamedArea, municipality_code};
use super::freshness::Freshness;
use super::kinds::PublicationState;
use super::open_filter::{Opened, When};
use crate::error::{Error, Result};
use crate::picture::{Criterion, DistrictCode};
use crate::scalars::{Date, DateTime};
use crate::schedules::weekly::{WeeklyTimeInput, weekly_times};
use async_graphql::InputObject;
use chrono::NaiveDate;
use entity::enums::PublicationState as StoredState;
use japan::codes;
use japan::values::{Bounds, BoundsError};

/// The most codes in one list of a filter.
const MOST_CODES: usize = 100;

/// A box on the map, in degrees. `south` ≤ `north` and `west` ≤ `east`: a box across the 180th
/// meridian is refused.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct BoundsInput {
    /// Southern edge, latitude −90 to 90 (南端).
    pub south: f64,
    /// Western edge, longitude −180 to 180 (西端).
    pub west: f64,
    /// Northern edge, latitude −90 to 90 (北端).
    pub north: f64,
    /// Eastern edge, longitude −180 to 180 (東端).
    pub east: f64,
}

impl BoundsInput {
    /// Checks the box.
    ///
    /// # Errors
    /// `INVALID_INPUT` on `bounds`.
    pub fn parse(self) -> Result<Bounds> {
        let reason = |error: BoundsError| Error::invalid("bounds", error.to_string());
        Bounds::parse(self.south, self.west, self.north, self.east).map_err(reason)
    }
}

/// What every kind of resource can be filtered by.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CommonFilter {
    /// Usable from these districts (利用できる地区): district codes `D01`, or `062031:D01` with the
    /// municipality. Resources usable from everywhere match too.
    pub service_districts: Option<Vec<String>>,
    /// With `serviceDistricts` (利用地域不明を含む): also resources of which nobody recorded from where they can be used.
    #[graphql(default = false)]
    pub include_unknown_service_area: bool,
    /// Stands in these districts (所在地の圏域): district codes `D01`, or `062031:D01` with the municipality.
    pub home_districts: Option<Vec<String>>,
    /// Stands in these municipalities (市区町村): official codes of six digits, or five without the check
    /// digit. The code of a designated city covers its wards.
    pub municipality_codes: Option<Vec<String>>,
    /// Stands in these prefectures (都道府県): two digits, `06`.
    pub prefecture_codes: Option<Vec<String>>,
    /// Has a position in this box (範囲).
    pub bounds: Option<BoundsInput>,
    /// Publication states (掲載状態). Without it: published and suspended ones.
    pub states: Option<Vec<PublicationState>>,
    /// Whether it has a position (位置の有無).
    pub located: Option<bool>,
    /// How fresh the record is (鮮度).
    pub freshness: Option<Vec<Freshness>>,
    /// Surely open at this instant (この時刻に開いている), by the same judgement as `openState`.
    pub open_at: Option<DateTime>,
    /// Has a sure opening or meeting on this day (この日に開いている).
    pub open_on: Option<Date>,
    /// Surely open for an hour or more, without a break, within one of these weekly times (空き時間) in the next four
    /// weeks. `nextOpen(during:)` of a resource tells when.
    pub open_during: Option<Vec<WeeklyTimeInput>>,
    /// With `openAt`, `openOn` and `openDuring`: also what nobody can be sure of (要確認).
    #[graphql(default = false)]
    pub include_unknown_hours: bool,
}

/// The smallest area of a filter, as the caller wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Area {
    /// Districts.
    Districts(Vec<DistrictCode>),
    /// Codes of municipalities, six digits each.
    Municipalities(Vec<String>),
}

/// A checked filter.
#[derive(Clone, Debug)]
pub struct Filter {
    /// What must hold of a resource.
    pub criteria: Vec<Criterion>,
    /// A box in which it must lie.
    pub bounds: Option<Bounds>,
    /// The smallest area it names, for the fallback desks when nothing matches.
    pub area: Option<Area>,
    /// The areas it names, each with its field; `known_areas` refuses those that do not exist.
    pub named: Vec<(&'static str, NamedArea)>,
    /// Its conditions on opening hours, until `open_filter::prepare` judges the rules.
    pub opened: Vec<Opened>,
}

impl Filter {
    /// Adds a criterion.
    pub fn and(mut self, criterion: Criterion) -> Self {
        self.criteria.push(criterion);
        self
    }

    /// With one more condition, of which few things hold: it is looked at before the others.
    pub fn and_first(mut self, criterion: Criterion) -> Self {
        self.criteria.insert(0, criterion);
        self
    }
}

impl CommonFilter {
    /// Checks the filter. What is fresh is judged as of a day.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the field that makes no sense.
    pub fn resolve(&self, today: NaiveDate) -> Result<Filter> {
        let mut filter = Filter {
            criteria: vec![Criterion::States(self.states()?)],
            bounds: None,
            area: None,
            named: Vec::new(),
            opened: self.opened()?,
        };
        if let Some(codes) = given("prefectureCodes", &self.prefecture_codes)? {
            filter = filter.and(Criterion::Prefectures(prefecture_codes(codes)?));
        }
        if let Some(codes) = given("municipalityCodes", &self.municipality_codes)? {
            let codes = municipality_codes(codes)?;
            let named = |code: &String| ("municipalityCodes", NamedArea::Municipality(code.clone()));
            filter.named.extend(codes.iter().map(named));
            filter.area = Some(Area::Municipalities(codes.clone()));
            filter = filter.and(Criterion::Municipalities(codes));
        }
        if let Some(codes) = given("homeDistricts", &self.home_districts)? {
            filter.in_districts("homeDistricts", codes);
            filter = filter.and(Criterion::StandsIn(parsed(codes)));
        }
        if let Some(codes) = given("serviceDistricts", &self.service_districts)? {
            filter.in_districts("serviceDistricts", codes);
            let or_unknown = self.include_unknown_service_area;
            filter = filter.and(Criterion::UsableFrom { districts: parsed(codes), or_unknown });
        }
        if let Some(located) = self.located {
            filter = filter.and(Criterion::Located(located));
        }
        if let Some(wanted) = given("freshness", &self.freshness)? {
            filter = filter.and(Criterion::Fresh(wanted.to_vec(), today));
        }
        filter.bounds = self.bounds.map(BoundsInput::parse).transpose()?;
        Ok(filter)
    }

    fn opened(&self) -> Result<Vec<Opened>> {
        let at = self.open_at.map(|at| When::At(at.0));
        let on = self.open_on.map(|day| When::On(day.0));
        let times = weekly_times("openDuring", self.open_during.as_deref().unwrap_or_default())?;
        let during = (!times.is_empty()).then_some(When::During(times));
        let or_unknown = self.include_unknown_hours;
        Ok(at.into_iter().chain(on).chain(during).map(|when| Opened { when, or_unknown }).collect())
    }

    fn states(&self) -> Result<Vec<StoredState>> {
        let states = match given("states", &self.states)? {
            None => vec![StoredState::Published, StoredState::Suspended],
            Some(states) => states.iter().map(|state| StoredState::from(*state)).collect(),
        };
        Ok(states)
    }
}

impl Filter {
    fn in_districts(&mut self, field: &'static str, codes: &[String]) {
        self.area = Some(Area::Districts(parsed(codes)));
        self.named.extend(codes.iter().map(|code| (field, NamedArea::District(code.clone()))));
    }
}

fn parsed(codes: &[String]) -> Vec<DistrictCode> {
    codes.iter().map(|code| DistrictCode::parse(code)).collect()
}

/// A list that was given and is not empty.
///
/// # Errors
/// `INVALID_INPUT` when it has more than `MOST_CODES` entries.
pub fn given<'l, T>(field: &'static str, list: &'l Option<Vec<T>>) -> Result<Option<&'l [T]>> {
    let list = list.as_deref().unwrap_or_default();
    match list.len() {
        0 => Ok(None),
        n if n > MOST_CODES => {
            Err(Error::invalid(field, format!("`{field}` takes at most {MOST_CODES} values.")))
        }
        _ => Ok(Some(list)),
    }
}

/// A valid amount in yen.
///
/// # Errors
/// `INVALID_INPUT` below zero.
pub fn yen(field: &'static str, amount: Option<i32>) -> Result<Option<i32>> {
    match amount {
        Some(yen) if yen < 0 => {
            Err(Error::invalid(field, format!("`{field}` is an amount in yen, 0 or more.")))
        }
        amount => Ok(amount),
    }
}

fn prefecture_codes(codes: &[String]) -> Result<Vec<String>> {
    let check = |code: &String| match codes::prefecture(code) {
        Some(prefecture) => Ok(prefecture.code.to_owned()),
        None => Err(unknown_prefecture("prefectureCodes", code)),
    };
    codes.iter().map(check).collect()
}

/// The error about a code that no prefecture has.
pub fn unknown_prefecture(field: &'static str, code: &str) -> Error {
    let known = codes::prefectures().iter().map(|prefecture| (prefecture.code, prefecture.name));
    Error::unknown(field, code, "is not a prefecture code of two digits, 01 to 47.", known)
}

/// Six-digit codes; a designated city becomes itself and its wards.
fn municipality_codes(codes: &[String]) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for code in codes {
        let code = municipality_code("municipalityCodes", code)?;
        all.extend(wards(&code));
        all.push(code);
    }
    Ok(all)
}

fn wards(code: &str) -> impl Iterator<Item = String> {
    let city = codes::municipality(code).filter(|m| m.name.ends_with('市'));
    codes::municipalities().iter().filter_map(move |m| {
        let city = city?;
        let ward = m.prefecture_code == city.prefecture_code && m.name.len() > city.name.len();
        (ward && m.name.starts_with(city.name)).then(|| m.code.to_owned())
    })
}
