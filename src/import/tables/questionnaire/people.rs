//! Matches the rows of a returned form with physicians: the same as before, one known from another
//! institution, a new one, or one who has left. A code with the name of a different physician is a flaw, and
//! so is a physician of the sheet that the form no longer lists.

use crate::import::cells::Taken;
use crate::import::complaint::{Complaint, Flaw};
use crate::import::tables::questionnaire::form::columns::*;
use crate::import::tables::questionnaire::form::physician::Physician;
use crate::import::tables::questionnaire::known::{Institution, Known, Person};
use crate::liaison::next_day;
use crate::liaison::sheets::versions::DraftEntry;
use chrono::NaiveDate;
use japan::text::fold;

/// The physicians of a form.
#[derive(Debug, Default)]
pub struct People {
    pub entries: Vec<DraftEntry>,
    /// Codes of physicians who leave, each with the first day on which they no longer work there.
    pub left: Vec<(String, NaiveDate)>,
    pub flaws: Vec<Complaint>,
}

/// The physician of a row: code, name, reading.
struct Identity {
    code: Option<String>,
    name: String,
    name_kana: Option<String>,
}

/// Matches the rows with physicians. `written` are the codes of all rows,
/// also of rows that could not be read.
pub fn resolve(
    rows: Vec<Physician>,
    institution: &Institution,
    known: &Known,
    today: NaiveDate,
    line: u64,
    written: &[String],
) -> People {
    let mut people = People::default();
    let mut seen: Vec<(u64, Option<String>, String)> = Vec::new();
    for row in rows {
        let identity = match identify(&row, institution, known) {
            Ok(identity) => identity,
            Err(flaw) => {
                people.flaws.push(flaw);
                continue;
            }
        };
        let key = identity.key();
        if let Some((first, ..)) = seen.iter().find(|(_, code, other)| match (code, &identity.code) {
            (None, None) => *other == key,
            (code, other) => code == other,
        }) {
            let flaw = Flaw::SamePhysician { line: *first };
            people.flaws.push(Complaint::of_cell(row.line, NAME, flaw));
            continue;
        }
        seen.push((row.line, identity.code.clone(), key));
        people.take(row, identity, institution);
    }
    let there = |person: &Person| {
        let code = &person.physician.code;
        let named = seen.iter().any(|(_, known, _)| known.as_ref() == Some(code)) || written.contains(code);
        !named && person.facts.is_some() && person.works_there(today)
    };
    for person in institution.people.iter().filter(|person| there(person)) {
        let physician = &person.physician;
        let flaw = Flaw::PhysicianMissing { name: physician.name.clone(), code: physician.code.clone() };
        people.flaws.push(Complaint::of_row(line, flaw));
    }
    if people.entries.is_empty() && people.flaws.is_empty() && people.left.is_empty() {
        people.flaws.push(Complaint::of_cell(line, NAME, Flaw::NoPhysicians));
    }
    people
}

impl People {
    fn take(&mut self, row: Physician, identity: Identity, institution: &Institution) {
        if let (Some(last), Some(code)) = (row.last_day, &identity.code) {
            if institution.person(code).is_none() {
                self.flaws.push(Complaint::of_cell(row.line, LEFT_ON, Flaw::LeaverOfOthers));
            }
            self.left.push((code.clone(), next_day(last)));
        }
        let Identity { code, name, name_kana } = identity;
        self.entries.extend(row.facts.map(|facts| DraftEntry { code, name, name_kana, facts }));
    }
}

impl Identity {
    fn key(&self) -> String {
        format!("{} {}", fold(&self.name), self.name_kana.as_deref().map(fold).unwrap_or_default())
    }
}

impl Institution {
    fn person(&self, code: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.physician.code == code)
    }

    /// The first physician, present or former, with the name of the row;
    /// readings must agree where both are known.
    fn named(&self, row: &Physician) -> Option<&Person> {
        let same = |person: &&Person| {
            let kana = person.physician.name_kana.as_ref().zip(row.name_kana.as_ref());
            fold(&person.physician.name) == fold(&row.name)
                && kana.is_none_or(|(known, written)| fold(known) == fold(written))
        };
        self.people.iter().find(same)
    }
}

fn identify(row: &Physician, institution: &Institution, known: &Known) -> Taken<Identity> {
    let wrong = |column, flaw| Err(Complaint::of_cell(row.line, column, flaw));
    let Some(code) = &row.code else {
        return Ok(match institution.named(row) {
            Some(person) => Identity {
                code: Some(person.physician.code.clone()),
                name: person.physician.name.clone(),
                name_kana: person.physician.name_kana.clone().or_else(|| row.name_kana.clone()),
            },
            None => Identity { code: None, name: row.name.clone(), name_kana: row.name_kana.clone() },
        });
    };
    let Some(physician) = known.physicians.get(code) else {
        return wrong(CODE, Flaw::UnknownPhysician { code: code.clone() });
    };
    let other_name = fold(&physician.name) != fold(&row.name);
    if row.renamed {
        if institution.person(code).is_none() {
            return wrong(RENAMED, Flaw::RenamedElsewhere { code: code.clone() });
        }
        let name_kana = row.name_kana.clone().or_else(|| physician.name_kana.clone().filter(|_| !other_name));
        return Ok(Identity { code: Some(code.clone()), name: row.name.clone(), name_kana });
    }
    if other_name {
        return wrong(NAME, Flaw::CodeOfOther { code: code.clone(), name: physician.name.clone() });
    }
    let kana = physician.name_kana.as_ref().zip(row.name_kana.as_ref());
    if let Some((before, _)) = kana.filter(|(before, now)| fold(before) != fold(now)) {
        return wrong(KANA, Flaw::OtherReading { before: before.clone() });
    }
    // The reading of a physician is accepted only from an institution of that physician.
    let own = row.name_kana.clone().filter(|_| institution.person(code).is_some());
    let name_kana = physician.name_kana.clone().or(own);
    Ok(Identity { code: Some(code.clone()), name: physician.name.clone(), name_kana })
}
