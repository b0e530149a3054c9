//! Care facilities: the services of one office number, grouped by place.
//!
//! Positions decide whether services are one facility, not the spelling of the town. Places join in a chain:
//! two services may be further apart than 500 m with a third one between them.

use crate::import::derive::draft::Draft;
use crate::import::derive::numbered::Numbered;
use crate::import::derive::observation::{Merged, Observation, merge};
use crate::import::derive::parts::{Corporation, Line, Service};
use crate::import::facts::CareFacts;
use crate::import::row::note_with_page;
use entity::enums::ResourceKind;
use japan::address;
use japan::codes::{self, CareServiceType};
use japan::text::fold;
use japan::values::Position;
use std::collections::BTreeMap;

/// Services of one office number further apart than this are separate facilities.
const SAME_PLACE_METERS: f64 = 500.0;

struct Said {
    service: &'static CareServiceType,
    merged: Merged<CareFacts>,
}

/// The facilities of one office number; the first has the office number as its whole key.
pub fn facilities(observations: Vec<Observation>) -> Result<Vec<Draft>, serde_json::Error> {
    let mut by_service: BTreeMap<String, Vec<Observation>> = BTreeMap::new();
    for observation in observations {
        by_service.entry(observation.record_key.clone()).or_default().push(observation);
    }
    let mut said = Vec::new();
    for observations in by_service.into_values() {
        let Some(merged) = merge::<CareFacts>(observations)? else { continue };
        let Some(service) =
            merged.facts.service_code.as_known().and_then(|code| codes::care_service_type(code))
        else {
            continue;
        };
        said.push(Said { service, merged });
    }
    said.sort_by_key(|s| (s.service.rank, s.service.code));
    let places = by_place(&said);
    let mut drafts = Vec::new();
    for (n, members) in places.iter().enumerate() {
        let members: Vec<&Said> = members.iter().filter_map(|i| said.get(*i)).collect();
        drafts.extend(draft(&members, n == 0));
    }
    Ok(drafts)
}

/// Indices of services grouped by place, in the order of their first service. Positions decide; a service
/// without one joins the first place that fits, and never joins two places together.
fn by_place(said: &[Said]) -> Vec<Vec<usize>> {
    let (located, others): (Vec<_>, Vec<_>) =
        said.iter().enumerate().partition(|(_, one)| one.merged.facts.position.as_known().is_some());
    let mut places = by_position(said, &located);
    let (with_town, without): (Vec<_>, Vec<_>) = others.into_iter().partition(|(_, one)| town(one).is_some());
    for (i, one) in with_town.into_iter().chain(without) {
        let fits =
            |place: &&mut Vec<usize>| place.iter().filter_map(|j| said.get(*j)).any(|o| same_place(one, o));
        match places.iter_mut().find(fits) {
            Some(place) => place.push(i),
            None => places.push(vec![i]),
        }
        places.iter_mut().for_each(|place| place.sort_unstable());
        places.sort_unstable();
    }
    places
}

fn by_position(said: &[Said], located: &[(usize, &Said)]) -> Vec<Vec<usize>> {
    let mut places: Vec<Vec<usize>> = Vec::new();
    for &(i, one) in located {
        let here = |place: &Vec<usize>| {
            place.iter().filter_map(|j| said.get(*j)).any(|other| same_place(one, other))
        };
        let (near, mut far): (Vec<_>, Vec<_>) = places.into_iter().partition(here);
        let mut joined: Vec<usize> = near.into_iter().flatten().collect();
        joined.push(i);
        joined.sort_unstable();
        far.push(joined);
        far.sort_unstable();
        places = far;
    }
    places
}

/// Positions decide where both are known. Without one, the town in the address does: of the 298
/// offices in the national file whose rows lie within 100 m of each other but whose towns read
/// differently, all that were looked at differ in spelling only.
fn same_place(a: &Said, b: &Said) -> bool {
    let position = |s: &Said| {
        s.merged.facts.position.clone().known().and_then(|(lat, lng)| Position::parse(lat, lng).ok())
    };
    if let (Some(a), Some(b)) = (position(a), position(b)) {
        return a.distance_meters(&b) <= SAME_PLACE_METERS;
    }
    match (town(a), town(b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

fn town(said: &Said) -> Option<String> {
    let facts = &said.merged.facts;
    let prefecture = facts.prefecture_code.as_known().and_then(|code| codes::prefecture(code));
    let parts = address::split(facts.address.as_known()?, prefecture);
    let municipality = facts.municipality_code.as_known().map(String::as_str);
    let municipality = municipality.or(parts.municipality.map(|m| m.code))?;
    let town = address::town_text(&parts.rest);
    (!town.is_empty()).then(|| format!("{municipality}{town}"))
}

fn draft(members: &[&Said], is_main: bool) -> Option<Draft> {
    let first = members.first()?;
    let facts = &first.merged.facts;
    let newest = members.iter().max_by_key(|m| m.merged.as_of)?;
    let office = facts.office_number.as_known()?;
    let name = facts.name.as_known()?;
    let key =
        if is_main { format!("care:{office}") } else { format!("care:{office}@{}", first.service.code) };
    let located = members.iter().find(|m| m.merged.facts.position.as_known().is_some());
    let gone = members.iter().all(|m| m.merged.vanished_on.is_some());
    let offered = members.iter().filter(|m| m.merged.vanished_on.is_none());
    let mut categories: Vec<&str> = offered.map(|m| m.service.code).collect();
    categories.sort_unstable();
    Some(Draft {
        key,
        kind: ResourceKind::CareFacility,
        name: name.clone(),
        name_kana: facts.name_kana.clone().known(),
        alias: None,
        url: members.iter().find_map(|m| m.merged.facts.url.clone().known()),
        note: None,
        categories: categories.join(","),
        prefecture_code: facts.prefecture_code.clone().known(),
        municipality_code: facts.municipality_code.clone().known(),
        postal_code: facts.postal_code.clone().known(),
        address: facts.address.clone().known(),
        building: facts.building.clone().known(),
        position: located.and_then(|m| m.merged.facts.position.clone().known()),
        precision: None,
        home_district_id: None,
        organization: members.iter().find_map(|m| corporation(&m.merged.facts)),
        source_id: newest.merged.source_id,
        as_of: newest.merged.as_of,
        vanished_on: members.iter().filter_map(|m| m.merged.vanished_on).max().filter(|_| gone),
        identifiers: vec![(entity::identifier::CARE_OFFICE_NUMBER, office.clone())],
        contacts: lines(members, name),
        services: members.iter().map(|m| service(m, facts)).collect(),
        medical: None,
        schedules: Vec::new(),
        local: None,
        held: Vec::new(),
    })
}

fn corporation(facts: &CareFacts) -> Option<Corporation> {
    let name = facts.corporation_name.clone().known()?;
    Some(Corporation { name, number: facts.corporate_number.clone().known() })
}

fn lines(members: &[&Said], facility: &str) -> Vec<Line> {
    let line = |member: &&Said| {
        let facts = &member.merged.facts;
        let label = facts.name.clone().known().filter(|name| name != facility);
        let code = Some(member.service.code.to_owned());
        Line::new(code, label, facts.phone.clone().known(), facts.fax.clone().known())
    };
    members.iter().filter_map(line).collect()
}

fn service(said: &Said, facility: &CareFacts) -> Service {
    let facts = said.merged.facts.clone();
    let elsewhere = !is_same_address(&facts, facility);
    let (address, building) = (facts.address.known(), facts.building.known());
    Service {
        address: address.filter(|_| elsewhere),
        building: building.filter(|_| elsewhere),
        office_number: facts.office_number.known().unwrap_or_default(),
        code: said.service.code,
        name: facts.name.known().unwrap_or_default(),
        name_kana: facts.name_kana.known(),
        note: note_with_page(facts.note, &facts.url, facts.url_words),
        url: facts.url.known(),
        capacity: facts.capacity.known(),
        available_days: facts.available_days.known().and_then(|text| days(&text)),
        available_days_note: facts.available_days_note.known(),
        is_kyosei: facts.is_kyosei.known(),
        meets_kaigo_standard: facts.meets_kaigo_standard.known(),
        meets_shogai_standard: facts.meets_shogai_standard.known(),
        as_of: said.merged.as_of,
        vanished_on: said.merged.vanished_on,
    }
}

/// Whether two addresses and buildings are the same but for their spelling.
fn is_same_address(one: &CareFacts, other: &CareFacts) -> bool {
    // 1階 is 1F.
    let folded = |facts: &CareFacts| facts.building.as_known().map(|text| fold(text).replace('階', "f"));
    let is_elsewhere = folded(one).zip(folded(other)).is_some_and(|(one, other)| one != other);
    // An unknown address is no other one; one that is not understood may be.
    let (Some(here), Some(there)) = (one.address.as_known(), other.address.as_known()) else {
        return !is_elsewhere;
    };
    let numbered = |facts: &CareFacts| Numbered::of_facts(&facts.address, &facts.prefecture_code);
    let is_same = numbered(one).zip(numbered(other)).is_some_and(|(one, other)| one.is_same(&other));
    (is_same || fold(here) == fold(there)) && !is_elsewhere
}

/// 平日, 土曜日, 日曜日, 祝日 as the bits 1, 2, 4, 8; `None` with any other word.
fn days(text: &str) -> Option<i16> {
    let bit = |day: &str| match day.trim() {
        "平日" => Some(1),
        "土曜日" => Some(2),
        "日曜日" => Some(4),
        "祝日" => Some(8),
        _ => None,
    };
    text.split([',', '，', '、']).map(bit).try_fold(0, |bits, bit| Some(bits | bit?)).filter(|bits| *bits > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn row(code: &str, name: &str, position: Option<(f64, f64)>, address: &str) -> Observation {
        let mut body = json!({
            "service_code": code, "office_number": "0670100123", "name": name, "address": address,
            "prefecture_code": "06", "municipality_code": "062031",
            "phone": { "display": "0235-00-0000", "e164": null },
        });
        if let Some(position) = position {
            body["position"] = json!(position);
        }
        Observation {
            record_key: format!("care:0670100123:{code}"),
            as_of: None,
            rank: 2,
            format: "jigyosho".into(),
            source_id: 1,
            vanished_on: None,
            body: body.as_object().cloned().unwrap_or_default(),
        }
    }

    fn shape(rows: Vec<Observation>) -> Vec<(String, String, usize)> {
        let drafts = facilities(rows).expect("well-formed bodies");
        drafts.into_iter().map(|d| (d.key, d.categories, d.contacts.len())).collect()
    }

    #[test]
    fn services_at_one_place_are_one_facility_named_by_its_chief_service() {
        let near = (38.7250, 139.8270);
        let rows = vec![
            row("150", "見本デイ", Some((38.7251, 139.8271)), "鶴岡市泉町1-1"),
            row("510", "見本苑", Some(near), "鶴岡市泉町1-1"),
            row("210", "見本苑ショート", None, "鶴岡市大字泉町1番1号"),
        ];
        let drafts = facilities(rows).expect("well-formed bodies");
        assert_eq!(drafts.len(), 1);
        assert_eq!((drafts[0].name.as_str(), drafts[0].categories.as_str()), ("見本苑", "150,210,510"));
        assert_eq!(drafts[0].services.len(), 3);
    }

    #[test]
    fn services_far_apart_are_separate_whatever_the_order() {
        let rows = || {
            vec![
                row("510", "本館", Some((38.7250, 139.8270)), "鶴岡市泉町1-1"),
                row("150", "分館", Some((38.7350, 139.8270)), "鶴岡市本町1-1"),
                row("120", "分館の入浴", None, "鶴岡市本町1-1"),
            ]
        };
        let expected = [
            ("care:0670100123".to_owned(), "510".to_owned(), 1),
            ("care:0670100123@150".to_owned(), "120,150".to_owned(), 2),
        ];
        assert_eq!(shape(rows()), expected);
        assert_eq!(shape(rows().into_iter().rev().collect()), expected);
    }

    #[test]
    fn a_service_keeps_the_address_that_differs_from_its_facility() {
        let near = Some((38.7250, 139.8270));
        let mut other_floor = row("160", "見本デイケア", near, "鶴岡市泉町1番1号");
        other_floor.body.insert("building".into(), json!("別館"));
        let mut facility = row("510", "見本苑", near, "鶴岡市泉町1-1");
        facility.body.insert("building".into(), json!("本館"));
        let rows = vec![
            facility,
            row("150", "見本デイ", Some((38.7260, 139.8271)), "鶴岡市泉町3-5"),
            row("210", "見本ショート", near, "山形県鶴岡市大字泉町１番１号"),
            other_floor,
        ];
        let drafts = facilities(rows).expect("well-formed bodies");
        let services = drafts[0].services.iter();
        let kept: Vec<_> = services.map(|s| (s.code, s.address.as_deref(), s.building.as_deref())).collect();
        let expected = [
            ("510", None, None),
            ("210", None, None),
            ("150", Some("鶴岡市泉町3-5"), None),
            ("160", Some("鶴岡市泉町1番1号"), Some("別館")),
        ];
        assert_eq!((drafts.len(), kept), (1, expected.to_vec()));
    }

    #[test]
    fn days_that_are_not_understood_stay_unknown() {
        assert_eq!(days("平日,土曜日"), Some(3));
        assert_eq!(days("平日,お盆"), None);
        assert_eq!(days(""), None);
    }
}
