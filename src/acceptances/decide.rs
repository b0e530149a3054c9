//! Acceptances: which care needs a service of a facility takes on, derived from its stored answers. Pure.
//!
//! CONSULT is never YES: of the answers to several needs the weakest decides, and an answer that the viewer
//! may not read counts as not given.

use super::terms::{AcceptanceAnswer, CareNeed};
use chrono::NaiveDate;
use entity::enums;
use entity::medical_acceptance::Model;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// An answer that the viewer may read, with its facility.
#[derive(Clone, Debug)]
pub struct Stated {
    /// The answer (回答).
    pub row: Model,
    /// Public id of the facility.
    pub facility: Uuid,
    /// The sort key of the facility.
    pub sort_key: String,
}

/// The answer to one need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedAnswer {
    /// The need.
    pub need: CareNeed,
    /// UNKNOWN without an answer.
    pub answer: AcceptanceAnswer,
    /// Conditions of the answer.
    pub conditions: Option<String>,
    /// The day the answer is from.
    pub as_of: Option<NaiveDate>,
}

/// A service of a facility with all of its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Internal key of the facility.
    pub resource_id: i64,
    /// Public id of the facility.
    pub facility: Uuid,
    /// The sort key of the facility.
    pub sort_key: String,
    /// Code of the service; empty: the whole facility.
    pub service_code: String,
    /// The needs that have an answer, in the order of [`CareNeed`].
    pub answered: Vec<NeedAnswer>,
    /// Whether a nurse is there at night; `None` where it is not said, or answers differ.
    pub night_nurse: Option<bool>,
    /// How many persons at most.
    pub max_persons: Option<i32>,
    /// The day the oldest of the answers is from.
    pub as_of: Option<NaiveDate>,
    /// Whether all of it is public.
    pub public: bool,
}

/// Answers of one facility, by service and need.
type Said<'s> = BTreeMap<(&'s str, CareNeed), &'s Stated>;

/// The services with an answer. `services` has the codes of the services that each facility offers.
pub fn candidates(stated: &[Stated], services: &HashMap<i64, Vec<String>>) -> Vec<Candidate> {
    let mut facilities: BTreeMap<i64, Vec<&Stated>> = BTreeMap::new();
    for one in stated {
        facilities.entry(one.row.resource_id).or_default().push(one);
    }
    let of_facility = |(id, stated): (&i64, &Vec<&Stated>)| {
        let said: Said<'_> = stated
            .iter()
            .map(|one| ((one.row.service_code.as_str(), CareNeed::from(one.row.need)), *one))
            .collect();
        let offered = services.get(id).map(Vec::as_slice);
        let first = stated.first().copied();
        let codes = codes(&said, offered);
        codes
            .into_iter()
            .filter_map(|code| first.map(|first| candidate(first, &said, code)))
            .collect::<Vec<_>>()
    };
    facilities.iter().flat_map(of_facility).collect()
}

/// Codes of the services with answers. Answers for the whole facility (empty code) hold for all of its
/// services without answers of their own; where no service is offered any more, only the empty code is left.
fn codes<'s>(said: &Said<'s>, offered: Option<&'s [String]>) -> BTreeSet<&'s str> {
    let mut codes: BTreeSet<&str> = said.keys().map(|(code, _)| *code).collect();
    let Some(offered) = offered else { return codes };
    if offered.is_empty() {
        codes.retain(|code| code.is_empty());
        return codes;
    }
    if codes.remove("") {
        codes.extend(offered.iter().map(String::as_str));
    }
    codes.retain(|code| offered.iter().any(|offered| offered == code));
    codes
}

fn candidate(first: &Stated, said: &Said<'_>, code: &str) -> Candidate {
    // A service with any answer of its own does not inherit: its blank cells are unknown.
    let speaks = said.keys().any(|(of, _)| *of == code);
    let of = if speaks { code } else { "" };
    let rows: Vec<&Model> =
        said.iter().filter(|((service, _), _)| *service == of).map(|(_, one)| &one.row).collect();
    let nurses: BTreeSet<bool> = rows.iter().filter_map(|row| row.night_nurse).collect();
    let answer = |row: &&Model| NeedAnswer {
        need: row.need.into(),
        answer: row.answer.into(),
        conditions: row.conditions.clone(),
        as_of: Some(row.as_of),
    };
    Candidate {
        resource_id: first.row.resource_id,
        facility: first.facility,
        sort_key: first.sort_key.clone(),
        service_code: code.to_owned(),
        answered: rows.iter().map(answer).collect(),
        night_nurse: nurses.first().copied().filter(|_| nurses.len() == 1),
        max_persons: rows.iter().filter_map(|row| row.max_persons).min(),
        as_of: rows.iter().map(|row| row.as_of).min(),
        public: rows.iter().all(|row| row.audience == enums::Audience::Public),
    }
}

impl Candidate {
    /// The answer to one need: UNKNOWN where the facility has not said.
    pub fn answer_to(&self, need: CareNeed) -> NeedAnswer {
        let known = self.answered.iter().find(|one| one.need == need);
        let unknown = NeedAnswer { need, answer: AcceptanceAnswer::Unknown, conditions: None, as_of: None };
        known.cloned().unwrap_or(unknown)
    }

    /// The answer to all of these needs together: YES only when each is YES, and one NO decides; UNKNOWN without any.
    pub fn answer(&self, needs: &[CareNeed]) -> AcceptanceAnswer {
        use AcceptanceAnswer::{Consult, Medical, No, Unknown, Yes};
        let answers: Vec<_> = needs.iter().map(|need| self.answer_to(*need).answer).collect();
        [No, Medical, Unknown, Consult, Yes].into_iter().find(|one| answers.contains(one)).unwrap_or(Unknown)
    }

    /// The rank in a list of who takes these needs: YES first, UNKNOWN last.
    pub fn rank(&self, needs: &[CareNeed]) -> u8 {
        match self.answer(needs) {
            AcceptanceAnswer::Yes => 0,
            AcceptanceAnswer::Consult => 1,
            AcceptanceAnswer::Medical => 2,
            AcceptanceAnswer::No => 3,
            AcceptanceAnswer::Unknown => 4,
        }
    }

    /// The sort key of that list: by answer, then by name.
    pub fn place(&self, needs: &[CareNeed]) -> (u8, &str, i64, &str) {
        (self.rank(needs), &self.sort_key, self.resource_id, &self.service_code)
    }

    /// Whether each of these needs has one of these answers.
    pub fn meets(&self, needs: &[CareNeed], answers: &[AcceptanceAnswer]) -> bool {
        needs.iter().all(|need| answers.contains(&self.answer_to(*need).answer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use AcceptanceAnswer::{Consult, Medical, No, Unknown, Yes};

    fn stated(service: &str, need: CareNeed, answer: AcceptanceAnswer) -> Stated {
        let row = Model {
            id: 1,
            uuid: Uuid::nil(),
            resource_id: 7,
            service_code: service.to_owned(),
            need: need.into(),
            answer: answer.into(),
            conditions: None,
            night_nurse: None,
            max_persons: None,
            as_of: NaiveDate::default(),
            audience: enums::Audience::Public,
        };
        Stated { row, facility: Uuid::nil(), sort_key: "見本".to_owned() }
    }

    fn answers(stated: &[Stated], offered: &[&str]) -> Vec<(String, AcceptanceAnswer)> {
        let services = HashMap::from([(7, offered.iter().map(|code| (*code).to_owned()).collect())]);
        let needs = [CareNeed::Gastrostomy, CareNeed::Suction];
        let found = candidates(stated, &services);
        found.iter().map(|one| (one.service_code.clone(), one.answer(&needs))).collect()
    }

    #[test]
    fn the_weakest_answer_is_that_of_all() {
        for (one, other, both) in [
            (Yes, Yes, Yes),
            (Yes, Consult, Consult),
            (Consult, Unknown, Unknown),
            (Yes, Medical, Medical),
            (Unknown, No, No),
        ] {
            let said = [stated("", CareNeed::Gastrostomy, one), stated("", CareNeed::Suction, other)];
            assert_eq!(answers(&said, &["210"]), [("210".to_owned(), both)], "{one:?} {other:?}");
        }
    }

    #[test]
    fn what_is_said_of_a_service_wins_over_the_whole_facility() {
        let said = [
            stated("", CareNeed::Gastrostomy, Yes),
            stated("", CareNeed::Suction, Yes),
            stated("210", CareNeed::Suction, No),
        ];
        let found = answers(&said, &["150", "210"]);
        assert_eq!(found, [("150".to_owned(), Yes), ("210".to_owned(), No)]);
    }

    #[test]
    fn what_nobody_has_said_is_unknown_and_what_is_no_longer_offered_is_not_there() {
        let said = [stated("210", CareNeed::Gastrostomy, Yes)];
        assert_eq!(answers(&said, &["150", "210"]), [("210".to_owned(), Unknown)]);
        assert_eq!(answers(&said, &["150"]), []);
        assert_eq!(answers(&said, &[]), [], "its last service has vanished");
    }
}
