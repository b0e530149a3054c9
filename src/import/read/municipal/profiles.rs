//! Profiles of the lists of municipalities.

use crate::import::complaint::Refusal;
use crate::import::formats::{Family, Format, Issuer, Profile};
use crate::import::read::municipal::{care, childcare, events, facilities, locations, medical, yuzawa};

const STANDARD: &str = "https://www.digital.go.jp/resources/open_data/municipal-standard-data-set-test";
const CITIES: &str = "市区町村";
const THEIR_TERMS: &str = "市区町村ごとの利用条件";

/// 自治体標準オープンデータセット 医療機関一覧
pub const MEDICAL: Profile = Profile {
    format: Format::MunicipalMedical,
    name: "municipal-medical",
    title: "自治体標準オープンデータセット 医療機関一覧",
    publisher: CITIES,
    url: STANDARD,
    license: THEIR_TERMS,
    required: &["名称", "医療機関の種類", "診療科目", "病床数"],
    synonyms: &[],
    columns: &[],
    family: Family::MedicalFacilities(|row, _, report| medical::read(row, report)),
    issuer: Issuer::Municipality,
    rank: 1,
};

/// 自治体標準オープンデータセット 介護サービス事業所一覧
pub const CARE: Profile = Profile {
    format: Format::MunicipalCare,
    name: "municipal-care",
    title: "自治体標準オープンデータセット 介護サービス事業所一覧",
    publisher: CITIES,
    url: STANDARD,
    license: THEIR_TERMS,
    required: &["介護サービス事業所名称", "実施サービス", "事業所番号"],
    synonyms: &[],
    columns: &[],
    family: Family::Facilities(|row, _, report| care::read(row, report)),
    issuer: Issuer::Municipality,
    rank: 1,
};

/// 自治体標準オープンデータセット 公共施設一覧
pub const FACILITIES: Profile = Profile {
    format: Format::MunicipalFacilities,
    name: "municipal-facilities",
    title: "自治体標準オープンデータセット 公共施設一覧",
    publisher: CITIES,
    url: STANDARD,
    license: THEIR_TERMS,
    required: &["名称", "利用可能曜日"],
    synonyms: &[],
    columns: &[],
    family: Family::MedicalFacilities(|row, _, report| facilities::read(row, report)),
    issuer: Issuer::Municipality,
    rank: 1,
};

/// 自治体標準オープンデータセット 子育て施設一覧
pub const CHILDCARE: Profile = Profile {
    format: Format::MunicipalChildcare,
    name: "municipal-childcare",
    title: "自治体標準オープンデータセット 子育て施設一覧",
    publisher: CITIES,
    url: STANDARD,
    license: THEIR_TERMS,
    required: &["名称", "種別", "受入年齢"],
    synonyms: &[],
    columns: &[],
    family: Family::Facilities(|row, _, report| childcare::read(row, report)),
    issuer: Issuer::Municipality,
    rank: 1,
};

/// 自治体標準オープンデータセット イベント一覧
pub const EVENTS: Profile = Profile {
    format: Format::MunicipalEvents,
    name: "municipal-events",
    title: "自治体標準オープンデータセット イベント一覧",
    publisher: CITIES,
    url: STANDARD,
    license: THEIR_TERMS,
    required: &["イベント名", "開始日", "場所名称"],
    synonyms: &[],
    columns: &[],
    family: Family::Facilities(events::read),
    issuer: Issuer::Municipality,
    rank: 1,
};

/// 自治体標準オープンデータセット 地域・年齢別人口
pub const POPULATION: Profile = Profile {
    format: Format::MunicipalPopulation,
    name: "municipal-population",
    title: "自治体標準オープンデータセット 地域・年齢別人口",
    publisher: CITIES,
    url: STANDARD,
    license: THEIR_TERMS,
    required: &["調査年月日", "総人口", "世帯数"],
    synonyms: &[],
    columns: &[],
    family: Family::Refused(|| Refusal::Population),
    issuer: Issuer::Municipality,
    rank: 0,
};

/// 高松市 施設一覧
pub const LOCATIONS: Profile = Profile {
    format: Format::Locations,
    name: "locations",
    title: "高松市 施設一覧",
    publisher: "高松市",
    url: "https://github.com/takamatsu-city/opendata",
    license: "CC BY 4.0",
    required: &["#property", "latitude", "longitude", "name", "address"],
    synonyms: &[],
    columns: &[],
    family: Family::Facilities(|row, _, report| locations::read(row, report)),
    issuer: Issuer::Municipality,
    rank: 1,
};

/// 湯沢市 ライフイベントに関する相談窓口
pub const LIFE_EVENT_DESKS: Profile = Profile {
    format: Format::LifeEventDesks,
    name: "yuzawa-life-event",
    title: "湯沢市 ライフイベントに関する相談窓口",
    publisher: "湯沢市",
    url: "https://www.city-yuzawa.jp/uploaded/attachment/12566.xlsx",
    license: "CC BY 4.0",
    required: &["consultation", "name", "time", "location", "tel", "source"],
    synonyms: &[],
    columns: &[],
    family: Family::Facilities(|row, _, report| yuzawa::desk(row, report)),
    issuer: Issuer::Municipality,
    rank: 1,
};

/// 湯沢市 相談支援事業所(障がい児・者)
pub const CONSULTATION_OFFICES: Profile = Profile {
    format: Format::ConsultationOffices,
    name: "yuzawa-consultation",
    title: "湯沢市 相談支援事業所(障がい児・者)",
    publisher: "湯沢市",
    url: "https://www.city-yuzawa.jp/uploaded/attachment/12573.xlsx",
    license: "CC BY 4.0",
    required: &["name", "zipcode", "address", "tel", "fax", "source"],
    synonyms: &[],
    columns: &[],
    family: Family::Facilities(|row, _, report| yuzawa::office(row, report)),
    issuer: Issuer::Municipality,
    rank: 1,
};

/// 湯沢市の社会福祉施設
pub const WELFARE_FACILITIES: Profile = Profile {
    format: Format::WelfareFacilities,
    name: "yuzawa-welfare",
    title: "湯沢市の社会福祉施設",
    publisher: "湯沢市",
    url: "https://www.city-yuzawa.jp/uploaded/attachment/12574.xlsx",
    license: "CC BY 4.0",
    required: &["list", "name", "address", "tel", "source"],
    synonyms: &[],
    columns: &[],
    family: Family::Facilities(|row, _, report| yuzawa::welfare(row, report)),
    issuer: Issuer::Municipality,
    rank: 1,
};

/// 湯沢市 グループホーム
pub const GROUP_HOMES: Profile = Profile {
    format: Format::GroupHomes,
    name: "yuzawa-group-homes",
    title: "湯沢市 グループホーム",
    publisher: "湯沢市",
    url: "https://www.city-yuzawa.jp/uploaded/attachment/12572.xlsx",
    license: "CC BY 4.0",
    required: &["service", "business_name", "name", "address", "capacity"],
    synonyms: &[],
    columns: &[],
    family: Family::Refused(|| Refusal::GroupHomes),
    issuer: Issuer::Municipality,
    rank: 0,
};

/// 湯沢市 個別予防接種協力医療機関
pub const VACCINATION: Profile = Profile {
    format: Format::Vaccination,
    name: "yuzawa-vaccination",
    title: "湯沢市 個別予防接種協力医療機関",
    publisher: "湯沢市",
    url: "https://www.city-yuzawa.jp/uploaded/attachment/17995.xlsx",
    license: "CC BY 4.0",
    required: &["name", "address", "tel", "bcg", "hpv", "infu"],
    synonyms: &[],
    columns: &[],
    family: Family::Refused(|| Refusal::Vaccination),
    issuer: Issuer::Municipality,
    rank: 0,
};
