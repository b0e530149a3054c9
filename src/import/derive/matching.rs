//! Matches medical facilities of municipal lists with those of the national files: same type, municipality
//! and name, same number, address or position, and no second candidate. The result does not depend on the
//! order of the files.

use crate::auth::row_scope::Unscoped;
use crate::import::derive::numbered::Numbered;
use crate::import::derive::overlay::Overlay;
use crate::import::facts::MedicalFacts;
use crate::import::formats::Format;
use entity::official_record::{Column, Entity, Model};
use japan::text::fold;
use japan::values::Position;
use sea_orm::{ColumnTrait, DbErr, ExprTrait, QueryFilter};
use std::collections::{BTreeMap, BTreeSet};

/// Largest distance between two positions of one building.
const SAME_SPOT_METERS: f64 = 60.0;
/// Fewest characters of a name that may match the end of a longer one, which has the corporation in front.
const SHORTEST_ENDING: usize = 4;
const CHUNK: usize = 500;
/// Begins the keys of medical facilities.
const MEDICAL: &str = "medical:";
/// Formats of municipal lists with medical facilities.
const LISTS: [Format; 2] = [Format::MunicipalMedical, Format::MunicipalFacilities];

/// Assigns the records of municipal lists in some municipalities to facilities again, in the overlay. Returns the keys of all
/// facilities that gained or lost a record.
pub async fn assign(
    db: &impl Unscoped,
    overlay: &mut Overlay,
    municipalities: &BTreeSet<String>,
) -> Result<Vec<String>, DbErr> {
    let mut changed = BTreeSet::new();
    for (record, to) in moved(db, overlay, municipalities).await? {
        changed.extend([record.facility_key.clone(), to.clone()]);
        overlay.put(Model { facility_key: to, ..record });
    }
    Ok(changed.into_iter().collect())
}

/// Records of lists in some municipalities that belong to another facility than they are stored with, and its key.
async fn moved(
    db: &impl Unscoped,
    overlay: &Overlay,
    municipalities: &BTreeSet<String>,
) -> Result<Vec<(Model, String)>, DbErr> {
    let mut moved = Vec::new();
    let codes: Vec<&str> = municipalities.iter().map(String::as_str).collect();
    for codes in codes.chunks(CHUNK) {
        let listed = records(db, overlay, codes.iter().copied().collect(), true).await?;
        if listed.is_empty() {
            continue;
        }
        let places = listed.iter().filter_map(|record| record.municipality_code.as_deref()).collect();
        let national = records(db, overlay, places, false).await?;
        let to = moves(&listed, &national).into_iter();
        moved.extend(to.map(|(record, to)| (record.clone(), to)));
    }
    Ok(moved)
}

/// The records of medical facilities in some municipalities: those of municipal lists, or those of national files.
async fn records(
    db: &impl Unscoped,
    overlay: &Overlay,
    municipalities: BTreeSet<&str>,
    listed: bool,
) -> Result<Vec<Model>, DbErr> {
    let lists = LISTS.map(|format| format.profile().name);
    let format = if listed { Column::Format.is_in(lists) } else { Column::Format.is_not_in(lists) };
    let here = Column::MunicipalityCode.is_in(municipalities.iter().copied());
    let medical = Column::FacilityKey.starts_with(MEDICAL);
    let stored = db.every::<Entity>().filter(here.and(format).and(medical)).all(db).await?;
    let is_wanted = |record: &Model| {
        let code = record.municipality_code.as_deref();
        lists.contains(&record.format.as_str()) == listed
            && record.facility_key.starts_with(MEDICAL)
            && code.is_some_and(|code| municipalities.contains(code))
    };
    Ok(overlay.over(stored, is_wanted))
}

/// The compared facts of a record.
struct Compared<'r> {
    record: &'r Model,
    /// Own key of a record from a municipal list; `None`: a national record.
    own: Option<String>,
    institution_type: i16,
    name: String,
    number: Option<String>,
    address: Option<Numbered>,
    position: Option<Position>,
}

type Keys<'k> = BTreeMap<&'k str, BTreeSet<&'k str>>;

/// Records of lists that now belong to another facility, each with its key. Two lists may contain
/// the same facility, so lists are first compared with each other.
fn moves<'r>(listed: &'r [Model], national: &[Model]) -> Vec<(&'r Model, String)> {
    let listed: Vec<Compared<'_>> = listed.iter().filter_map(Compared::listed).collect();
    let national: Vec<Compared<'_>> = national.iter().filter_map(Compared::national).collect();
    let mut partners = Keys::new();
    for (one, own) in listed.iter().filter_map(Compared::with_key) {
        let others = listed.iter().filter_map(Compared::with_key);
        let same = others.filter(|(other, key)| *key != own && one.is(other)).map(|(_, key)| key);
        partners.entry(own).or_default().extend(same);
    }
    let first = |own: &'_ str| match only(&partners, own) {
        Some(partner) if only(&partners, partner) == Some(own) => std::cmp::min(own, partner).to_owned(),
        _ => own.to_owned(),
    };
    let chosen: Vec<(&Compared<'_>, String)> =
        listed.iter().filter_map(Compared::with_key).map(|(one, own)| (one, first(own))).collect();
    let (mut found, mut finders) = (Keys::new(), Keys::new());
    for (one, own) in &chosen {
        for known in national.iter().filter(|known| one.is(known)) {
            found.entry(own).or_default().insert(&known.record.facility_key);
            finders.entry(&known.record.facility_key).or_default().insert(own);
        }
    }
    let moved = chosen.iter().filter_map(|(one, own)| {
        let known = only(&found, own).filter(|key| only(&finders, key).is_some());
        let to = known.unwrap_or(own);
        (to != one.record.facility_key).then(|| (one.record, to.to_owned()))
    });
    moved.collect()
}

/// The key found for another, when there is exactly one.
fn only<'k>(keys: &Keys<'k>, of: &str) -> Option<&'k str> {
    keys.get(of).filter(|found| found.len() == 1)?.first().copied()
}

impl<'r> Compared<'r> {
    fn listed(record: &'r Model) -> Option<Self> {
        let facts: MedicalFacts = serde_json::from_str(&record.body).ok()?;
        let own = facts.municipal.as_known().map(|own| (own.key.clone(), own.institution_type))?;
        Some(Self { own: Some(own.0), institution_type: own.1, ..Self::of(record, facts) })
    }

    fn national(record: &'r Model) -> Option<Self> {
        Some(Self::of(record, serde_json::from_str(&record.body).ok()?))
    }

    fn of(record: &'r Model, facts: MedicalFacts) -> Self {
        Self {
            record,
            own: None,
            institution_type: facts.institution_type.as_known().copied().unwrap_or_default(),
            name: facts.name.as_known().map(|name| core(name)).unwrap_or_default(),
            address: Numbered::of_facts(&facts.address, &facts.prefecture_code),
            number: facts.phone.known().and_then(|phone| phone.e164),
            position: facts.position.known().and_then(|(lat, lng)| Position::parse(lat, lng).ok()),
        }
    }

    fn with_key(&self) -> Option<(&Self, &str)> {
        Some((self, self.own.as_deref()?))
    }

    /// Whether both are one facility: type, municipality and name match, and
    /// so does number, address or position.
    fn is(&self, other: &Self) -> bool {
        self.institution_type == other.institution_type
            && self.record.municipality_code == other.record.municipality_code
            && same_name(&self.name, &other.name)
            && (self.has_number_of(other) || self.has_address_of(other) || self.is_at_spot_of(other))
    }

    fn has_number_of(&self, other: &Self) -> bool {
        self.number.is_some() && self.number == other.number
    }

    fn has_address_of(&self, other: &Self) -> bool {
        self.address.as_ref().zip(other.address.as_ref()).is_some_and(|(one, other)| one.is_same(other))
    }

    fn is_at_spot_of(&self, other: &Self) -> bool {
        let both = self.position.as_ref().zip(other.position.as_ref());
        both.is_some_and(|(a, b)| a.distance_meters(b) <= SAME_SPOT_METERS)
    }
}

fn same_name(a: &str, b: &str) -> bool {
    let (short, long) = if a.chars().count() <= b.chars().count() { (a, b) } else { (b, a) };
    short == long || short.chars().count() >= SHORTEST_ENDING && long.ends_with(short)
}

/// A name without the corporation before it.
fn core(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_corporation = |word: &&str| word.contains("法人") || word.ends_with("機構");
    let rest: Vec<&str> = words.iter().copied().skip_while(is_corporation).collect();
    fold(&if rest.is_empty() { words.concat() } else { rest.concat() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn record(id: i64, key: &str, name: &str, address: &str, is_listed: bool) -> Model {
        let mut body = json!({ "name": name, "address": address, "prefecture_code": "35" });
        match is_listed {
            true => body["municipal"] = json!({ "key": key, "institution_type": 2 }),
            false => body["institution_type"] = json!(2),
        }
        let format = if is_listed { LISTS[0] } else { Format::Iryo };
        Model {
            id,
            format: format.profile().name.to_owned(),
            record_key: key.into(),
            facility_key: key.into(),
            scope: String::new(),
            municipality_code: Some("352071".into()),
            as_of: None,
            source_id: 1,
            fingerprint: String::new(),
            body: body.to_string(),
            vanished_on: None,
        }
    }

    fn moved_to(listed: &[Model], national: &[Model]) -> Vec<(i64, String)> {
        moves(listed, national).into_iter().map(|(record, to)| (record.id, to)).collect()
    }

    const OWN: &str = "medical:35:352071:見本医院";
    const KNOWN: &str = "medical:35:10001";

    #[test]
    fn the_same_name_at_the_same_address_is_one_facility() {
        let listed = record(1, OWN, "医療法人社団　見本医院", "山口県下松市中央町２１－３", true);
        let known =
            record(2, KNOWN, "医療法人社団見本医院", "山口県下松市大字中央町21番地3 見本ビル1階", false);
        assert_eq!(moved_to(&[listed], &[known]), [(1, KNOWN.to_owned())]);
    }

    #[test]
    fn another_address_or_a_second_candidate_is_no_match() {
        let listed = || record(1, OWN, "見本医院", "山口県下松市中央町21-3", true);
        let elsewhere = record(2, KNOWN, "見本医院", "山口県下松市中央町22-1", false);
        assert_eq!(moved_to(&[listed()], &[elsewhere]), []);
        let twins = ["medical:35:10001", "medical:35:10002"];
        let twins = twins.map(|key| record(3, key, "見本医院", "山口県下松市中央町21-3", false));
        assert_eq!(moved_to(&[listed()], &twins), []);
    }

    #[test]
    fn a_match_that_no_longer_holds_is_undone() {
        let mut listed = record(1, OWN, "見本医院", "山口県下松市中央町21-3", true);
        listed.facility_key = KNOWN.into();
        assert_eq!(moved_to(&[listed], &[]), [(1, OWN.to_owned())]);
    }

    #[test]
    fn two_lists_with_one_facility_are_one_and_together_one_of_the_national_files() {
        let other = "medical:35:352071:医療法人見本会見本医院";
        let listed = || {
            let city = record(1, other, "医療法人見本会　見本医院", "山口県下松市中央町21-3", true);
            [city, record(2, OWN, "見本医院", "下松市中央町２１番３号", true)]
        };
        assert_eq!(moved_to(&listed(), &[]), [(2, other.to_owned())]);
        let known = record(3, KNOWN, "見本医院", "山口県下松市中央町21-3", false);
        let moved: Vec<i64> = moved_to(&listed(), &[known]).into_iter().map(|(id, _)| id).collect();
        assert_eq!(moved, [1, 2]);
    }
}
