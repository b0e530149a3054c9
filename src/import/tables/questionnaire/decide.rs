//! Decides what a returned form changes, or lists every flaw that the institution has to correct first. Pure:
//! no file is read and no table written here.

use crate::import::cells::Taken;
use crate::import::complaint::{Complaint, Flaw, Warning};
use crate::import::tables::questionnaire::form::Form;
use crate::import::tables::questionnaire::form::answers::Answers;
use crate::import::tables::questionnaire::form::columns::*;
use crate::import::tables::questionnaire::form::institution::{self, Consent, Institution as Said};
use crate::import::tables::questionnaire::form::physician;
use crate::import::tables::questionnaire::known::{Institution, Known};
use crate::import::tables::questionnaire::people::{People, resolve};
use crate::liaison::review_due;
use crate::liaison::sheets::versions::Draft;
use chrono::NaiveDate;
use entity::enums::ConsentMethod;
use japan::text::is_part_of_the_other;

/// Columns that are checked on a form that refuses consent; flaws in all other columns are ignored.
const OF_A_REFUSAL: [&str; 4] = [NUMBER, AS_OF, CONSENT, CONSENTED_ON];

/// Values of the command line for cells that are empty.
#[derive(Clone, Debug)]
pub struct Defaults {
    /// The day of the answers.
    pub as_of: Option<NaiveDate>,
    /// Body that makes the sheets.
    pub issuer: Option<String>,
    /// Day of the import.
    pub today: NaiveDate,
}

/// The change that a form makes.
#[derive(Debug)]
pub enum Decision {
    /// The form is not filled in.
    Blank,
    /// The form is older than the version that holds; it changes nothing.
    Older,
    /// The form refuses consent, and there is no consent to withdraw.
    Nothing,
    /// The institution withdraws its consent on this day.
    Withdraw(NaiveDate),
    /// A new version of the sheet, written only when it differs.
    Replace(Box<Draft>),
}

/// Institution, change and warnings of an accepted form, or the flaws of a rejected one.
pub type Decided<'k> = Result<(&'k Institution, Decision, Vec<Warning>), Vec<Complaint>>;

/// Decides what a form changes; `Err`: every flaw of the form.
pub fn decide<'k>(form: Form, known: &'k Known, defaults: &Defaults) -> Decided<'k> {
    let institution = find(&form, known).map_err(|flaw| vec![flaw])?;
    if form.is_blank() {
        return Ok((institution, Decision::Blank, Vec::new()));
    }
    let Form { line, mut sheet, physicians, .. } = form;
    let said = institution::read(&mut sheet);
    let days = Days::read(&mut sheet, &said, defaults);
    let older = institution.sheet.as_ref().zip(days.as_of).is_some_and(|(sheet, as_of)| as_of < sheet.as_of);
    if said.consent == Some(Consent::Refused) {
        sheet.flaws.retain(|flaw| flaw.column.is_some_and(|column| OF_A_REFUSAL.contains(&column)));
        let decision = refused(institution, said.consented_on, days.as_of, defaults.today);
        return if sheet.flaws.is_empty() {
            Ok((institution, decision, Vec::new()))
        } else {
            Err(sheet.flaws)
        };
    }
    if older {
        return Ok((institution, Decision::Older, Vec::new()));
    }
    let people = people(physicians, institution, known, defaults, line);
    let (draft, remarks) = draft(sheet, said, days, people, institution, defaults)?;
    Ok((institution, Decision::Replace(Box::new(draft)), remarks))
}

/// The change of a form that refuses consent. Its days are often those that were printed on the form, so they
/// count only where they differ: a day of consent before the consent that holds makes the form an old one; a
/// day of consent (or without one, a day of answer) later than that of the sheet is the day of the
/// withdrawal; otherwise the consent is withdrawn today.
fn refused(
    institution: &Institution,
    written: Option<NaiveDate>,
    as_of: Option<NaiveDate>,
    today: NaiveDate,
) -> Decision {
    let Some(sheet) = institution.sheet.as_ref().filter(|_| institution.agrees()) else {
        return Decision::Nothing;
    };
    match (written, as_of) {
        (Some(day), _) if day < sheet.consented_on => Decision::Older,
        (Some(day), _) if sheet.consented_on < day => Decision::Withdraw(day),
        (None, Some(day)) if sheet.as_of < day => Decision::Withdraw(day),
        _ => Decision::Withdraw(today),
    }
}

/// The days of a form: as written, else the defaults of the command line.
#[derive(Clone, Copy)]
struct Days {
    as_of: Option<NaiveDate>,
    consented_on: Option<NaiveDate>,
    review_due_on: Option<NaiveDate>,
}

impl Days {
    fn read(sheet: &mut Answers, said: &Said, defaults: &Defaults) -> Self {
        let as_of = said.as_of.or(defaults.as_of.filter(|_| !sheet.says(AS_OF)));
        if as_of.is_none() && !sheet.says(AS_OF) {
            sheet.flaw(AS_OF, Flaw::NoAnswerDay);
        }
        for (column, day) in [(AS_OF, as_of), (CONSENTED_ON, said.consented_on)] {
            if day.is_some_and(|day| day > defaults.today) {
                sheet.flaw(column, Flaw::InTheFuture);
            }
        }
        let review_due_on = said.review_due_on.or(as_of.map(review_due));
        if review_due_on.zip(as_of).is_some_and(|(due, as_of)| due <= as_of) {
            sheet.flaw(REVIEW_DUE, Flaw::ReviewNotAfterAnswer);
        }
        let consented_on = said.consented_on.or(as_of.filter(|_| !sheet.says(CONSENTED_ON)));
        Self { as_of, consented_on, review_due_on }
    }
}

/// Matches the rows with physicians; returns them with all flaws and warnings of the rows.
fn people(
    mut physicians: Vec<Answers>,
    institution: &Institution,
    known: &Known,
    defaults: &Defaults,
    line: u64,
) -> (People, Vec<Warning>) {
    let read: Vec<_> =
        physicians.iter_mut().filter_map(|cells| physician::read(cells, defaults.today)).collect();
    let codes: Vec<String> = physicians.iter().filter_map(physician::code).collect();
    let mut people = resolve(read, institution, known, defaults.today, line, &codes);
    let mut remarks = Vec::new();
    for cells in physicians {
        people.flaws.extend(cells.flaws);
        remarks.extend(cells.remarks);
    }
    (people, remarks)
}

/// The new version of the sheet; `Err`: all flaws of the form.
fn draft(
    mut sheet: Answers,
    said: Said,
    days: Days,
    (people, mut remarks): (People, Vec<Warning>),
    institution: &Institution,
    defaults: &Defaults,
) -> Result<(Draft, Vec<Warning>), Vec<Complaint>> {
    let before = institution.sheet.as_ref();
    let withdrawn = before.and_then(|sheet| sheet.consent_withdrawn_on);
    if let Some((day, _)) = withdrawn.zip(days.consented_on).filter(|(withdrawn, day)| day <= withdrawn) {
        sheet.flaw(CONSENTED_ON, Flaw::ConsentWithdrawn { day });
    }
    if withdrawn.is_some() && said.consented_on.is_none() && !sheet.says(CONSENTED_ON) {
        sheet.flaw(CONSENTED_ON, Flaw::ConsentDayNeeded);
    }
    let issuer = said.issuer.or(before.map(|sheet| sheet.issuer.clone())).or_else(|| defaults.issuer.clone());
    if issuer.is_none() {
        sheet.flaw(ISSUER, Flaw::NoIssuer);
    }
    let People { entries, left, flaws } = people;
    sheet.flaws.extend(flaws);
    remarks.extend(sheet.remarks);
    let given =
        method(said.consent).zip(days.consented_on).zip(days.as_of).zip(days.review_due_on).zip(issuer);
    let Some(((((consent_method, consented_on), as_of), review_due_on), issuer)) =
        given.filter(|_| sheet.flaws.is_empty())
    else {
        return Err(sheet.flaws);
    };
    let draft = Draft {
        resource_id: institution.row.id,
        resource_uuid: institution.row.uuid,
        issuer,
        issued_on: defaults.today,
        as_of,
        review_due_on,
        facts: said.facts,
        consent_method,
        consented_on,
        entries,
        left,
    };
    Ok((draft, remarks))
}

fn method(consent: Option<Consent>) -> Option<ConsentMethod> {
    match consent {
        Some(Consent::Given(method)) => Some(method),
        _ => None,
    }
}

impl Institution {
    /// Whether it has a sheet whose consent is not withdrawn.
    fn agrees(&self) -> bool {
        self.sheet.as_ref().is_some_and(|sheet| sheet.consent_withdrawn_on.is_none())
    }
}

/// The institution with the number of the form; the name on the form must fit it.
fn find<'k>(form: &Form, known: &'k Known) -> Taken<&'k Institution> {
    let wrong = |column, flaw| Err(Complaint::of_cell(form.line, column, flaw));
    let number = form.number.clone();
    let Some(institution) = known.institutions.get(&number) else {
        return wrong(
            NUMBER,
            match known.other_facilities.contains(&number) {
                true => Flaw::NotAnInstitution { number },
                false => Flaw::InstitutionNotKnown { number },
            },
        );
    };
    if form.name.trim().is_empty() && !form.is_blank() {
        return wrong(INSTITUTION, Flaw::NoInstitutionName);
    }
    if !is_part_of_the_other(&form.name, &institution.row.name) {
        let name = institution.row.name.clone();
        return wrong(INSTITUTION, Flaw::NameOfOtherInstitution { number, name });
    }
    Ok(institution)
}
