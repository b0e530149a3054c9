//! Which facilities of municipal lists are those of the national files: the same name at the same number,
//! address or spot, and nobody else with it. Whichever file came first, the answer is the same.

use super::observation::Phone;
use crate::codes;
use crate::exchange::address;
use crate::exchange::formats::Format;
use crate::text::fold;
use crate::values::Position;
use entity::official_record::{self, Column, Entity};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, FromQueryResult, QueryFilter, QuerySelect,
};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Two positions of one building are this close.
const SAME_SPOT_METERS: f64 = 60.0;
/// A name may stand at the end of a longer one, with the corporation before it, if it is this long.
const SHORTEST_ENDING: usize = 4;
const CHUNK: usize = 500;

#[derive(FromQueryResult)]
struct Record {
    id: i64,
    facility_key: String,
    municipality_code: Option<String>,
    body: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Facts {
    name: String,
    address: Option<String>,
    position: Option<(f64, f64)>,
    prefecture_code: Option<String>,
    phone: Option<Phone>,
    institution_type: i16,
    municipal: Option<Municipal>,
}

#[derive(Deserialize)]
struct Municipal {
    key: String,
    institution_type: i16,
}

/// Assigns the records of municipal lists to facilities anew, in some municipalities. Answers the keys of
/// all facilities that gained or lost one.
pub async fn assign(
    db: &impl ConnectionTrait,
    municipalities: &BTreeSet<String>,
) -> Result<Vec<String>, DbErr> {
    let format = Format::MunicipalMedical.profile().name;
    let mut changed = BTreeSet::new();
    let codes: Vec<&str> = municipalities.iter().map(String::as_str).collect();
    for codes in codes.chunks(CHUNK) {
        let here = Column::MunicipalityCode.is_in(codes.iter().copied());
        let listed = records(db, here.and(Column::Format.eq(format))).await?;
        if listed.is_empty() {
            continue;
        }
        let places: BTreeSet<&str> = listed.iter().filter_map(|r| r.municipality_code.as_deref()).collect();
        let here = Column::MunicipalityCode.is_in(places);
        let national = here.and(Column::Format.ne(format)).and(Column::FacilityKey.starts_with("medical:"));
        let national = records(db, national).await?;
        for (id, from, to) in moves(&listed, &national) {
            Entity::update_many()
                .col_expr(Column::FacilityKey, Expr::value(to.clone()))
                .filter(Column::Id.eq(id))
                .exec(db)
                .await?;
            changed.extend([from, to]);
        }
    }
    Ok(changed.into_iter().collect())
}

async fn records(
    db: &impl ConnectionTrait,
    condition: sea_orm::sea_query::SimpleExpr,
) -> Result<Vec<Record>, DbErr> {
    #[expect(clippy::disallowed_methods, reason = "importers compare with every record, whoever may see it")]
    let all = official_record::Entity::find();
    let all = all.filter(condition).select_only();
    let columns = [Column::Id, Column::FacilityKey, Column::MunicipalityCode, Column::Body];
    all.columns(columns).into_model::<Record>().all(db).await
}

/// Which records of lists belong to another facility than they did: id, from, to.
fn moves(listed: &[Record], national: &[Record]) -> Vec<(i64, String, String)> {
    let read = |record: &Record| serde_json::from_str::<Facts>(&record.body).unwrap_or_default();
    let national: Vec<(&Record, Facts)> = national.iter().map(|record| (record, read(record))).collect();
    let listed: Vec<(&Record, Facts)> = listed.iter().map(|record| (record, read(record))).collect();
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut finders: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (record, facts) in &listed {
        let Some(own) = &facts.municipal else { continue };
        for (other, known) in &national {
            if record.municipality_code == other.municipality_code && same(facts, own.institution_type, known)
            {
                found.entry(&own.key).or_default().insert(&other.facility_key);
                finders.entry(&other.facility_key).or_default().insert(&own.key);
            }
        }
    }
    let only = |own: &str| {
        let key = found.get(own).filter(|keys| keys.len() == 1)?.first()?;
        finders.get(key).filter(|owns| owns.len() == 1).map(|_| (*key).to_owned())
    };
    let moved = listed.iter().filter_map(|(record, facts)| {
        let own = &facts.municipal.as_ref()?.key;
        let to = only(own).unwrap_or_else(|| own.clone());
        (to != record.facility_key).then(|| (record.id, record.facility_key.clone(), to))
    });
    moved.collect()
}

/// Whether both are one: kind and name agree, and number, address or spot.
fn same(listed: &Facts, institution_type: i16, known: &Facts) -> bool {
    let same_number = match (&listed.phone, &known.phone) {
        (Some(a), Some(b)) => a.e164.is_some() && a.e164 == b.e164,
        _ => false,
    };
    institution_type == known.institution_type
        && same_name(&listed.name, &known.name)
        && (same_number || same_address(listed, known) || same_spot(listed, known))
}

fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (core(a), core(b));
    let (short, long) = if a.chars().count() <= b.chars().count() { (a, b) } else { (b, a) };
    short == long || short.chars().count() >= SHORTEST_ENDING && long.ends_with(&short)
}

/// A name without the corporation before it.
fn core(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_corporation = |word: &&str| word.contains("法人") || word.ends_with("機構");
    let rest: Vec<&str> = words.iter().copied().skip_while(is_corporation).collect();
    fold(&if rest.is_empty() { words.concat() } else { rest.concat() })
}

fn same_address(a: &Facts, b: &Facts) -> bool {
    let (Some((town, numbers)), Some((other, others))) = (parts(a), parts(b)) else { return false };
    let both = numbers.len().min(others.len());
    town == other && both > 0 && numbers.get(..both) == others.get(..both)
}

/// The name of the 町 and the numbers after it.
fn parts(facts: &Facts) -> Option<(String, Vec<String>)> {
    let prefecture = facts.prefecture_code.as_deref().and_then(codes::prefecture);
    let rest = address::split(facts.address.as_deref()?, prefecture).rest;
    let town = address::town_text(&rest);
    let key = address::town_key(&rest);
    let numbers = key.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    (!town.is_empty()).then(|| (town, numbers.map(str::to_owned).collect()))
}

fn same_spot(a: &Facts, b: &Facts) -> bool {
    let position = |facts: &Facts| facts.position.and_then(|(lat, lng)| Position::parse(lat, lng).ok());
    match (position(a), position(b)) {
        (Some(a), Some(b)) => a.distance_meters(&b) <= SAME_SPOT_METERS,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn record(id: i64, key: &str, name: &str, address: &str, is_listed: bool) -> Record {
        let mut body = json!({ "name": name, "address": address, "prefecture_code": "35" });
        match is_listed {
            true => body["municipal"] = json!({ "key": key, "institution_type": 2 }),
            false => body["institution_type"] = json!(2),
        }
        Record {
            id,
            facility_key: key.into(),
            municipality_code: Some("352071".into()),
            body: body.to_string(),
        }
    }

    const OWN: &str = "medical:35:352071:見本医院";
    const KNOWN: &str = "medical:35:10001";

    #[test]
    fn the_same_name_at_the_same_address_is_one_facility() {
        let listed = record(1, OWN, "医療法人社団　見本医院", "山口県下松市中央町２１－３", true);
        let known =
            record(2, KNOWN, "医療法人社団見本医院", "山口県下松市大字中央町21番地3 見本ビル1階", false);
        assert_eq!(moves(&[listed], &[known]), [(1, OWN.to_owned(), KNOWN.to_owned())]);
    }

    #[test]
    fn another_address_or_a_second_candidate_is_no_match() {
        let listed = || record(1, OWN, "見本医院", "山口県下松市中央町21-3", true);
        let elsewhere = record(2, KNOWN, "見本医院", "山口県下松市中央町22-1", false);
        assert_eq!(moves(&[listed()], &[elsewhere]), []);
        let twins = ["medical:35:10001", "medical:35:10002"];
        let twins = twins.map(|key| record(3, key, "見本医院", "山口県下松市中央町21-3", false));
        assert_eq!(moves(&[listed()], &twins), []);
    }

    #[test]
    fn a_match_that_no_longer_holds_is_undone() {
        let mut listed = record(1, OWN, "見本医院", "山口県下松市中央町21-3", true);
        listed.facility_key = KNOWN.into();
        assert_eq!(moves(&[listed], &[]), [(1, KNOWN.to_owned(), OWN.to_owned())]);
    }
}
