//! Who the rows of a returned form are: the same physician as before, somebody from elsewhere, somebody new,
//! somebody who has left. Nobody takes the place of another by mistake, and nobody vanishes silently.

use super::known::{Institution, Known, Person};
use crate::exchange::formats::sheets::cells::Flaw;
use crate::exchange::formats::sheets::columns::*;
use crate::exchange::formats::sheets::physician::Physician;
use crate::liaison::next_day;
use crate::liaison::sheets::versions::DraftEntry;
use chrono::NaiveDate;
use japan::text::fold;

/// The physicians of a form.
#[derive(Debug, Default)]
pub struct People {
    pub entries: Vec<DraftEntry>,
    /// By code, the first day on which they no longer work there.
    pub left: Vec<(String, NaiveDate)>,
    pub flaws: Vec<Flaw>,
}

/// Somebody a row is about: code, name, reading.
struct Identity {
    code: Option<String>,
    name: String,
    name_kana: Option<String>,
}

/// Says who the rows are. `written` are the codes of all rows, of those too that could not be read.
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
            let reason = format!("{first}行目と同じ医師です。1人は1行にまとめてください。");
            people.flaws.push(Flaw { line: row.line, column: Some(NAME), reason });
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
        let reason = format!(
            "{}医師（{}）の行がありません。異動・退職した医師の行は消さずに、異動・退職日を書いてください。",
            physician.name, physician.code
        );
        people.flaws.push(Flaw { line, column: None, reason });
    }
    if people.entries.is_empty() && people.flaws.is_empty() && people.left.is_empty() {
        let reason = "医師の行がありません。少なくとも1人の医師を書いてください。".to_owned();
        people.flaws.push(Flaw { line, column: Some(NAME), reason });
    }
    people
}

impl People {
    fn take(&mut self, row: Physician, identity: Identity, institution: &Institution) {
        if let (Some(last), Some(code)) = (row.last_day, &identity.code) {
            if institution.person(code).is_none() {
                let reason = "この医療機関の医師ではないので、異動・退職日は書けません。".to_owned();
                self.flaws.push(Flaw { line: row.line, column: Some(LEFT_ON), reason });
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

    /// Whoever has this name there, or had it; of two the reading decides.
    fn named(&self, row: &Physician) -> Option<&Person> {
        let same = |person: &&Person| {
            let kana = person.physician.name_kana.as_ref().zip(row.name_kana.as_ref());
            fold(&person.physician.name) == fold(&row.name)
                && kana.is_none_or(|(known, written)| fold(known) == fold(written))
        };
        self.people.iter().find(same)
    }
}

fn identify(row: &Physician, institution: &Institution, known: &Known) -> Result<Identity, Flaw> {
    let flaw = |column, reason: String| Flaw { line: row.line, column: Some(column), reason };
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
        let reason = format!("「{code}」という医師コードはありません。新しい医師なら空欄にしてください。");
        return Err(flaw(CODE, reason));
    };
    let other_name = fold(&physician.name) != fold(&row.name);
    if row.renamed {
        if institution.person(code).is_none() {
            let reason = format!(
                "{code}はほかの医療機関の医師です。氏名は、登録されている医療機関の調査票で直してください。"
            );
            return Err(flaw(RENAMED, reason));
        }
        let name_kana = row.name_kana.clone().or_else(|| physician.name_kana.clone().filter(|_| !other_name));
        return Ok(Identity { code: Some(code.clone()), name: row.name.clone(), name_kana });
    }
    if other_name {
        let reason = format!(
            "{code}は「{}」医師のコードです。後任など別の医師なら、コードを空欄にして新しい行に書き、「{}」医師の行には異動・退職日を書いてください。改姓や訂正なら「氏名の変更」を選んでください。",
            physician.name, physician.name
        );
        return Err(flaw(NAME, reason));
    }
    let kana = physician.name_kana.as_ref().zip(row.name_kana.as_ref());
    if let Some((before, _)) = kana.filter(|(before, now)| fold(before) != fold(now)) {
        let reason = format!("前回は「{before}」でした。訂正なら「氏名の変更」を選んでください。");
        return Err(flaw(KANA, reason));
    }
    // Only an institution that has the physician says how they are read.
    let own = row.name_kana.clone().filter(|_| institution.person(code).is_some());
    let name_kana = physician.name_kana.clone().or(own);
    Ok(Identity { code: Some(code.clone()), name: physician.name.clone(), name_kana })
}
