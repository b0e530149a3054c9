//! Returned questionnaires into liaison sheets, compared and written. An
//! institution of which one row is wrong keeps the sheet it has.

mod decide;
mod known;
mod people;
pub mod questionnaire;

use super::formats::sheets::Form;
use super::formats::sheets::cells::Flaw;
use super::formats::sheets::columns::NUMBER;
use super::options::Honoured;
use super::report::Report;
use super::side_table::{Changed, Import, Rows};
use crate::audit::Author;
use crate::database::ImportTurn;
use crate::liaison::sheets::versions::store as versions;
use decide::{Decision, Defaults, decide};
use japan::clock;
use known::{Institution, Known};
use sea_orm::DbErr;
use std::collections::HashMap;

/// An answer that is older than this may be last year's, sent back with changes and the old day.
const LONG_AGO: chrono::TimeDelta = chrono::TimeDelta::days(31);

/// What is to be done about an institution, by the number it is called by.
type Decided = (String, Institution, Decision);

/// The forms that were returned, which also take back the consents that were taken back.
impl Rows for Vec<Form> {
    type Compared = (Defaults, Vec<Decided>);
    const ACTION: &'static str = "importLiaisonSheets";
    const HONOURED: Honoured = Honoured { day: true, complete: false, publisher: true };

    async fn compare(self, import: &mut Import<'_>) -> Result<Self::Compared, DbErr> {
        let numbers: Vec<String> = self.iter().map(|form| form.number.clone()).collect();
        let codes: Vec<String> = self.iter().flat_map(Form::codes).collect();
        let known = Known::load(import.turn, &numbers, &codes).await?;
        let issuer = import.options.publisher.clone();
        let defaults = Defaults { as_of: import.as_of, issuer, today: clock::today() };
        let decided = decide_all(self, &known, &defaults, import.report);
        import.report.rejected.sort_by_key(|rejected| rejected.line);
        Ok((defaults, decided))
    }

    async fn write((defaults, decided): Self::Compared, import: &mut Import<'_>) -> Result<Changed, DbErr> {
        let mut changed = false;
        for (number, institution, decision) in decided {
            let done = apply(import.turn, &institution, &decision, &defaults, import.report).await?;
            changed |= matches!(done, Done::Written(_) | Done::Withdrawn);
            import.report.notes.push(format!("{number} {}：{}", institution.row.name, done.words()));
        }
        Ok(changed.then(Vec::new))
    }
}

fn decide_all(forms: Vec<Form>, known: &Known, defaults: &Defaults, report: &mut Report) -> Vec<Decided> {
    let mut decided = Vec::new();
    let mut first: HashMap<i64, u64> = HashMap::new();
    for form in forms {
        let (number, name, line) = (form.number.clone(), form.name.clone(), form.line);
        let decided_here = decide(form, known, defaults).and_then(|(institution, decision, remarks)| {
            match first.insert(institution.row.id, line) {
                Some(first) => Err(vec![twice(line, first)]),
                None => Ok((institution, decision, remarks)),
            }
        });
        match decided_here {
            Ok((institution, decision, remarks)) => {
                for Flaw { line, column, reason } in remarks {
                    report.warn(format!("{line}行目 {}：{reason}", column.unwrap_or_default()));
                }
                decided.push((number, institution.clone(), decision));
            }
            Err(flaws) => {
                let count = flaws.len();
                report.notes.push(format!(
                    "{number} {name}：直すところが{count}か所あるため、シートは変更していません"
                ));
                flaws.into_iter().for_each(|flaw| report.reject(flaw.line, flaw.column, flaw.reason));
            }
        }
    }
    decided
}

fn twice(line: u64, first: u64) -> Flaw {
    let reason = format!("{first}行目と同じ医療機関です。番号を1つにそろえてください。");
    Flaw { line, column: Some(NUMBER), reason }
}

/// What was done about an institution.
enum Done {
    Blank,
    Older,
    Unchanged,
    Withdrawn,
    Written(i32),
}

impl Done {
    fn words(&self) -> String {
        match self {
            Self::Blank => "記入なし".to_owned(),
            Self::Older => "もっと新しい回答があるため、変更なし".to_owned(),
            Self::Unchanged => "変更なし".to_owned(),
            Self::Withdrawn => "承諾の取り下げ（配布先には表示されなくなります）".to_owned(),
            Self::Written(1) => "新規（第1版）".to_owned(),
            Self::Written(version) => format!("更新（第{version}版）"),
        }
    }
}

async fn apply(
    turn: &ImportTurn,
    institution: &Institution,
    decision: &Decision,
    defaults: &Defaults,
    report: &mut Report,
) -> Result<Done, DbErr> {
    let author = Author::command_line();
    let before = institution.sheet.as_ref();
    let done = match decision {
        Decision::Blank => Done::Blank,
        Decision::Older => Done::Older,
        Decision::Nothing => Done::Unchanged,
        Decision::Withdraw(day) => {
            let withdraws = match turn {
                ImportTurn::Real(tx) => {
                    versions::withdraw(tx, &author, institution.row.id, *day).await?.is_some()
                }
                ImportTurn::Rehearsal(_) => versions::would_withdraw(turn, institution.row.id).await?,
            };
            if withdraws { Done::Withdrawn } else { Done::Unchanged }
        }
        Decision::Replace(draft) => {
            let replaces = match turn {
                ImportTurn::Real(tx) => versions::replace(tx, &author, draft).await?.is_some(),
                ImportTurn::Rehearsal(_) => versions::would_replace(turn, draft).await?,
            };
            if replaces {
                let same_day = before.is_some_and(|sheet| sheet.as_of == draft.as_of);
                if same_day && draft.as_of + LONG_AGO < defaults.today {
                    let name = &institution.row.name;
                    report.warn(format!(
                        "{name}：内容が変わりましたが、回答日（{}）は前回のままです",
                        draft.as_of
                    ));
                }
                Done::Written(before.map_or(1, |sheet| sheet.version + 1))
            } else {
                Done::Unchanged
            }
        }
    };
    match done {
        Done::Blank => {}
        Done::Older => report.older += 1,
        Done::Unchanged => report.unchanged += 1,
        Done::Written(1) => report.created += 1,
        Done::Written(_) | Done::Withdrawn => report.updated += 1,
    }
    Ok(done)
}
