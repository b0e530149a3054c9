//! Lookup of the responsible district from an address, a 町字 or a position. It is decided by the lists of the
//! city alone, never by the nearest office or a line on the map.
//!
//! A district follows from a list of 町字, on a day. `districtOf` is SURE only when every entry that may be
//! meant lies in one district; a position is never more than APPROXIMATE. A desk answers for the districts
//! in `resource_district`, wherever it stands.

pub mod matching;
mod reason;
mod resolve;
mod store;
pub mod terms;

pub use resolve::resolve;

use super::store::{DistrictKey, MunicipalityKey};
use super::{District, Municipality};
use crate::context::RequestContext;
use crate::coordinators::SupportCoordinator;
use crate::desks::ConsultationDesk;
use crate::error::{Nullable, Result};
use crate::scalars::Date;
use crate::terms::Term;
use async_graphql::{Context, InputObject, Object, OneofObject};
use japan::codes;
use resolve::{Finding, Spot};
use terms::Certainty;

/// By what to find the district: exactly one of these.
#[derive(OneofObject)]
#[graphql(name = "DistrictLookupInput")]
pub enum DistrictLookup {
    /// An address (住所), `鶴岡市泉町4-20`, with or without its prefecture; width, 大字, 字 and the way
    /// of writing 丁目 do not matter.
    Address(String),
    /// A point on the map. It never gives one sure answer: its candidates are 町字 nearby.
    Position(PositionInput),
    /// A 町字: code of the municipality, colon, name, `062031:泉町`. No official list gives 町字 a code,
    /// so this is their key here; `candidates` hand it out.
    TownCode(String),
}

/// A point in Japan, in degrees (WGS 84 / JGD2011).
#[derive(Clone, Copy, Debug, InputObject)]
pub struct PositionInput {
    /// Latitude (緯度).
    pub latitude: f64,
    /// Longitude (経度).
    pub longitude: f64,
}

/// The answer of a lookup: district, candidates and reason.
#[derive(Clone, Debug)]
pub struct DistrictAnswer {
    finding: Finding,
    as_of: Date,
    municipality: Option<Municipality>,
    district: Option<District>,
    candidates: Vec<DistrictCandidate>,
}

/// A place that may be meant.
#[derive(Clone, Debug)]
pub struct DistrictCandidate {
    spot: Spot,
    approximate: bool,
    municipality: Option<Municipality>,
    district: Option<District>,
}

impl DistrictAnswer {
    /// Completes a finding to an answer: one statement for all municipalities, one for all districts.
    async fn of(context: &RequestContext, finding: Finding, as_of: Date) -> Result<Self> {
        let spots = || finding.spots.iter();
        let towns = spots().filter_map(|spot| spot.municipality_id).chain(finding.municipality_id);
        let municipalities = context.load_many(towns.map(MunicipalityKey)).await?;
        let responsible = spots().filter_map(|spot| spot.district_id).chain(finding.district_id);
        let districts = context.load_many(responsible.map(DistrictKey)).await?;
        let municipality = |id: Option<i64>| municipalities.get(&MunicipalityKey(id?)).cloned();
        let district = |id: Option<i64>| districts.get(&DistrictKey(id?)).cloned();
        let approximate = finding.certainty == Certainty::Approximate;
        let candidate = |spot: &Spot| DistrictCandidate {
            municipality: municipality(spot.municipality_id),
            district: district(spot.district_id),
            spot: spot.clone(),
            approximate,
        };
        Ok(Self {
            as_of,
            municipality: municipality(finding.municipality_id),
            district: district(finding.district_id),
            candidates: spots().map(candidate).collect(),
            finding,
        })
    }
}

/// Which district is responsible for a place (圏域の判定), and who answers there.
#[Object]
impl DistrictAnswer {
    /// How sure it is (確かさ). Only SURE has a `district`.
    async fn certainty(&self) -> Term<Certainty> {
        Term(self.finding.certainty)
    }

    /// How it was decided, or why it could not be, in Japanese (判定の理由).
    async fn reason(&self) -> &str {
        &self.finding.reason
    }

    /// For which day it holds (基準日).
    async fn as_of(&self) -> Date {
        self.as_of
    }

    /// Municipality (市区町村), when it is certain. From a position: the one whose outline holds it.
    async fn municipality(&self) -> Option<&Municipality> {
        self.municipality.as_ref()
    }

    /// The 町字 that was recognised, as it is listed; null when several may be meant.
    async fn town(&self) -> Option<&str> {
        self.finding.town.as_deref()
    }

    /// The district (日常生活圏域); null unless it is sure.
    async fn district(&self) -> Option<&District> {
        self.district.as_ref()
    }

    /// The support centre (地域包括支援センター) that answers for the district today.
    async fn support_center(&self, ctx: &Context<'_>) -> Option<ConsultationDesk> {
        let district = self.district.as_ref()?;
        district.center(ctx).await.nullable(ctx)
    }

    /// The coordinators of everyday support (生活支援コーディネーター) of the district today.
    async fn coordinators(&self, ctx: &Context<'_>) -> Result<Vec<SupportCoordinator>> {
        match &self.district {
            Some(district) => district.coordinators_of(ctx).await,
            None => Ok(Vec::new()),
        }
    }

    /// Which places may be meant, at most 20 (候補): the nearest first, else in the order of their names.
    /// None when the answer is sure or nothing is known.
    async fn candidates(&self) -> &[DistrictCandidate] {
        &self.candidates
    }
}

/// A place that may be meant, and its district.
#[Object]
impl DistrictCandidate {
    /// The place in full (候補), `山形県鶴岡市泉町`: something to choose from a menu.
    async fn address(&self) -> String {
        let prefecture = |m: &Municipality| codes::prefecture(&m.0.prefecture_code).map_or("", |p| p.name);
        let municipality = self.municipality.as_ref().map(|m| format!("{}{}", prefecture(m), m.0.name));
        municipality.or_else(|| self.spot.municipality_name.clone()).unwrap_or_default() + &self.spot.town
    }

    /// Municipality (市区町村); null: the directory knows nothing of it.
    async fn municipality(&self) -> Option<&Municipality> {
        self.municipality.as_ref()
    }

    /// The 町字 as it is listed; null: only the municipality is meant.
    async fn town(&self) -> Option<&str> {
        Some(self.spot.town.as_str()).filter(|town| !town.is_empty())
    }

    /// Ask `districtOf` with this as `townCode` once somebody has chosen the place (町字コード).
    async fn town_code(&self) -> Option<String> {
        let municipality = self.municipality.as_ref().filter(|_| !self.spot.town.is_empty())?;
        Some(format!("{}:{}", municipality.0.code, self.spot.town))
    }

    /// Its district (日常生活圏域); null: in none on that day.
    async fn district(&self) -> Option<&District> {
        self.district.as_ref()
    }

    /// Whether it is only near the position asked for (おおよそ).
    async fn approximate(&self) -> bool {
        self.approximate
    }

    /// From the position asked for to the reference point of the 町字, in metres.
    async fn distance_meters(&self) -> Option<f64> {
        self.spot.distance_meters.map(f64::round)
    }
}
