//! Municipalities and districts: few, public, and named by many.

use entity::{district, municipality, municipality_boundary};
use japan::values::{Bounds, MunicipalityCode, Outline};
use sea_orm::DbErr;
use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

/// All municipalities and districts.
#[derive(Debug, Default)]
pub struct Areas {
    municipalities: HashMap<i64, municipality::Model>,
    municipality_codes: HashMap<String, i64>,
    districts: HashMap<i64, district::Model>,
    /// Municipalities that have districts, present or past.
    divided: HashSet<i64>,
    /// Outlines of municipalities, as far as they are loaded.
    outlines: Vec<Outlined>,
}

/// The outline of a municipality, with the box around it.
#[derive(Debug)]
struct Outlined {
    municipality: i64,
    extent: Bounds,
    outline: Outline,
}

impl Areas {
    /// # Errors
    /// When a stored outline is none.
    pub(super) fn new(
        municipalities: Vec<municipality::Model>,
        districts: Vec<district::Model>,
        boundaries: Vec<municipality_boundary::Model>,
    ) -> Result<Self, DbErr> {
        let outlined = |own: municipality_boundary::Model| {
            let unreadable = |cause: &dyn std::fmt::Display| {
                DbErr::Type(format!("the outline of a municipality cannot be read: {cause}"))
            };
            Ok(Outlined {
                municipality: own.municipality_id,
                extent: Bounds::parse(own.south, own.west, own.north, own.east)
                    .map_err(|cause| unreadable(&cause))?,
                outline: serde_json::from_str(&own.polygons).map_err(|cause| unreadable(&cause))?,
            })
        };
        Ok(Self {
            outlines: boundaries.into_iter().map(outlined).collect::<Result<_, DbErr>>()?,
            municipality_codes: municipalities.iter().map(|own| (own.code.clone(), own.id)).collect(),
            municipalities: municipalities.into_iter().map(|own| (own.id, own)).collect(),
            divided: districts.iter().map(|own| own.municipality_id).collect(),
            districts: districts.into_iter().map(|own| (own.id, own)).collect(),
        })
    }

    /// Internal keys of the municipalities whose outline, where one is loaded, has anything in common with a box.
    pub fn outlined_in(&self, bounds: &Bounds) -> impl Iterator<Item = i64> {
        let near = self.outlines.iter().filter(|own| bounds.touches(&own.extent, 0.0));
        // Only outlines that the edge of the box may cut are followed.
        let touched = near.filter(|own| bounds.holds(&own.extent, 0.0) || own.outline.touches(bounds));
        touched.map(|own| own.municipality)
    }

    /// A municipality by internal key.
    pub fn municipality(&self, id: i64) -> Option<&municipality::Model> {
        self.municipalities.get(&id)
    }

    /// All municipalities, in no particular order.
    pub fn municipalities(&self) -> impl Iterator<Item = &municipality::Model> {
        self.municipalities.values()
    }

    /// Whether a municipality has districts, present or past.
    pub(super) fn has_districts(&self, municipality: i64) -> bool {
        self.divided.contains(&municipality)
    }

    /// Internal key of the municipality with a code of six digits.
    pub fn municipality_of(&self, code: &str) -> Option<i64> {
        self.municipality_codes.get(code).copied()
    }

    /// A district by internal key.
    pub fn district(&self, id: i64) -> Option<&district::Model> {
        self.districts.get(&id)
    }

    /// All districts, present and past, in no particular order.
    pub fn districts(&self) -> impl Iterator<Item = &district::Model> {
        self.districts.values()
    }
}

/// A code of a district as a caller writes it, in whatever width and case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistrictCode {
    written: String,
    /// Code of six digits, where it names its municipality.
    municipality: Option<String>,
    /// The code of the district itself, in capital letters of half width.
    pub own: String,
}

impl DistrictCode {
    /// Reads `D01` of any municipality, or `062031:D01` of one.
    pub fn parse(code: &str) -> Self {
        let plain: String = code.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
        let written = code.rsplit_once([':', '：']).map_or(code, |(_, own)| own).to_owned();
        match plain.split_once(':') {
            None => Self { written, municipality: None, own: plain },
            Some((municipality, own)) => {
                let parsed = MunicipalityCode::parse(municipality).map(|code| code.as_str().to_owned());
                let municipality = Some(parsed.unwrap_or_else(|_| municipality.to_owned()));
                Self { written, municipality, own: own.to_owned() }
            }
        }
    }

    /// Whether it names a district: as its code is stored, or folded to capital letters of either width.
    fn names(&self, district: &district::Model, municipality: Option<&str>) -> bool {
        let folded = || district.code.nfkc().flat_map(char::to_uppercase).collect::<String>();
        let here = self.municipality.as_deref().is_none_or(|code| municipality == Some(code));
        here && (district.code == self.written || folded() == self.own)
    }
}

impl Areas {
    /// The districts that have a code, present and past.
    pub fn districts_called(&self, code: &DistrictCode) -> Vec<&district::Model> {
        let of = |district: &district::Model| {
            self.municipality(district.municipality_id).map(|municipality| municipality.code.as_str())
        };
        self.districts().filter(|district| code.names(district, of(district))).collect()
    }
}
