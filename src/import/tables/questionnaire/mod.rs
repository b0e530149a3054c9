//! Import of returned questionnaires: compares them with the liaison sheets and writes what changed. An
//! institution with a flaw in any of its rows keeps its present sheet.

mod decide;
pub mod form;
mod known;
pub mod outgoing;
mod people;

use crate::audit::Author;
use crate::import::complaint::{Complaint, Flaw, Remark};
use crate::import::options::Honoured;
use crate::import::report::Report;
use crate::import::tables::questionnaire::decide::{Decision, Defaults, decide};
use crate::import::tables::questionnaire::form::Form;
use crate::import::tables::questionnaire::form::columns::NUMBER;
use crate::import::tables::questionnaire::known::{Institution, Known};
use crate::import::tables::{Changed, Import, Rows};
use crate::liaison::sheets::versions::store as versions;
use entity::enums::AuditAction;
use sea_orm::DbErr;
use std::collections::HashMap;

/// Age from which an answer with the day of the present sheet gets a
/// warning: its day was perhaps not updated.
const LONG_AGO: chrono::TimeDelta = chrono::TimeDelta::days(31);

/// Number on the form, institution, and the change to make.
type Decided = (String, Institution, Decision);

/// The returned forms; those that refuse consent withdraw it.
impl Rows for Vec<Form> {
    type Compared = (Defaults, Vec<Decided>);
    const ACTION: AuditAction = AuditAction::ImportLiaisonSheets;
    const HONOURED: Honoured = Honoured { day: true, complete: false, publisher: true };

    async fn compare(self, import: &mut Import<'_>) -> Result<Self::Compared, DbErr> {
        let numbers: Vec<String> = self.iter().map(|form| form.number.clone()).collect();
        let codes: Vec<String> = self.iter().flat_map(Form::codes).collect();
        let known = Known::load(import.turn, &numbers, &codes).await?;
        let issuer = import.options.publisher.clone();
        let defaults = Defaults { as_of: import.as_of, issuer, today: import.today };
        let decided = decide_all(self, &known, &defaults, import.report);
        import.report.rejected.sort_by_key(|rejected| rejected.line);
        Ok((defaults, decided))
    }

    async fn write((defaults, decided): Self::Compared, import: &mut Import<'_>) -> Result<Changed, DbErr> {
        let mut changed = false;
        for (number, institution, decision) in decided {
            let done = apply(import, &institution, &decision, &defaults).await?;
            changed |= matches!(done, Done::Written(_) | Done::Withdrawn);
            import.report.notes.push(done.note(number, institution.row.name));
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
                remarks.into_iter().for_each(|remark| report.count(remark));
                decided.push((number, institution.clone(), decision));
            }
            Err(flaws) => {
                let count = flaws.len();
                report.notes.push(Remark::SheetKept { number, name, count });
                report.rejected.extend(flaws);
            }
        }
    }
    decided
}

fn twice(line: u64, first: u64) -> Complaint {
    Complaint::of_cell(line, NUMBER, Flaw::SameInstitution { line: first })
}

/// Result for one institution.
enum Done {
    Blank,
    Older,
    Unchanged,
    Withdrawn,
    Written(i32),
}

impl Done {
    fn note(self, number: String, name: String) -> Remark {
        match self {
            Self::Blank => Remark::FormBlank { number, name },
            Self::Older => Remark::FormOlder { number, name },
            Self::Unchanged => Remark::SheetUnchanged { number, name },
            Self::Withdrawn => Remark::ConsentTakenBack { number, name },
            Self::Written(1) => Remark::SheetNew { number, name },
            Self::Written(version) => Remark::SheetReplaced { number, name, version },
        }
    }
}

async fn apply(
    import: &mut Import<'_>,
    institution: &Institution,
    decision: &Decision,
    defaults: &Defaults,
) -> Result<Done, DbErr> {
    let (turn, report) = (import.turn, &mut *import.report);
    let author = &Author::command_line();
    let before = institution.sheet.as_ref();
    let done = match decision {
        Decision::Blank => Done::Blank,
        Decision::Older => Done::Older,
        Decision::Nothing => Done::Unchanged,
        Decision::Withdraw(day) => {
            let withdraws = match turn.is_rehearsal() {
                false => versions::withdraw(turn, author, institution.row.id, *day).await?.is_some(),
                true => versions::would_withdraw(turn, institution.row.id).await?,
            };
            if withdraws { Done::Withdrawn } else { Done::Unchanged }
        }
        Decision::Replace(draft) => {
            let replaces = match turn.is_rehearsal() {
                false => versions::replace(turn, author, draft).await?.is_some(),
                true => versions::would_replace(turn, draft).await?,
            };
            if replaces {
                let same_day = before.is_some_and(|sheet| sheet.as_of == draft.as_of);
                if same_day && draft.as_of + LONG_AGO < defaults.today {
                    let name = institution.row.name.clone();
                    report.warn(Remark::SameAnswerDay { name, day: draft.as_of });
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
