//! The answers of a returned questionnaire about the institution as a whole.

use crate::import::cells::contact::holds_mobile;
use crate::import::complaint::Flaw;
use crate::import::tables::questionnaire::form::answers::Answers;
use crate::import::tables::questionnaire::form::columns::*;
use crate::liaison::facts::{Line, SheetFacts};
use chrono::NaiveDate;
use entity::enums::ConsentMethod;

const METHODS: [ConsentMethod; 3] = [ConsentMethod::Written, ConsentMethod::Oral, ConsentMethod::Email];
/// Columns of the institution's numbers; a mobile number there needs a label that permits it to be passed on.
const BESIDE_LINE: [&str; 2] = [TEL, FAX];

/// Answer on the consent of the institution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// It agrees, in this way.
    Given(ConsentMethod),
    /// It does not agree, or no longer.
    Refused,
}

/// An institution as its form gives it.
#[derive(Clone, Debug)]
pub struct Institution {
    /// Numbers, cautions, fees and remarks.
    pub facts: SheetFacts,
    /// Body that makes the sheet (作成主体); `None`: as last time.
    pub issuer: Option<String>,
    /// Day of the answer (回答日); `None`: missing or not a day.
    pub as_of: Option<NaiveDate>,
    /// Day by which the sheet is to be reviewed (見直し期限); `None`: not given or not a day.
    pub review_due_on: Option<NaiveDate>,
    /// Consent (承諾); `None`: missing or not one of the answers.
    pub consent: Option<Consent>,
    /// Day of the consent (承諾日); `None`: not given or not a day.
    pub consented_on: Option<NaiveDate>,
}

/// Reads the columns of the institution; flaws are added to the cells.
pub fn read(cells: &mut Answers) -> Institution {
    Institution {
        facts: SheetFacts {
            lines: line(cells).into_iter().collect(),
            cautions: cells.items(CAUTIONS),
            document_fee: cells.text(DOCUMENT_FEE),
            note: cells.text(SHEET_NOTE),
        },
        issuer: cells.text(ISSUER),
        as_of: cells.day(AS_OF),
        review_due_on: cells.day(REVIEW_DUE),
        consent: consent(cells),
        consented_on: cells.day(CONSENTED_ON),
    }
}

fn line(cells: &mut Answers) -> Option<Line> {
    let line = Line {
        label: cells.text(LINE_LABEL),
        tel: cells.number(TEL),
        ext: cells.text(EXTENSION),
        fax: cells.number(FAX),
        email: cells.mail(EMAIL),
    };
    let label = line.label.clone().unwrap_or_default();
    for column in BESIDE_LINE {
        if holds_mobile(cells.raw(column)) && !super::answers::is_passed_on(&label) {
            cells.flaw(column, Flaw::OwnNumberOfLine);
        }
    }
    (line != Line::default()).then_some(line)
}

fn consent(cells: &mut Answers) -> Option<Consent> {
    let cell = cells.raw(CONSENT).to_owned();
    if cell.is_empty() {
        cells.flaw(CONSENT, Flaw::NoConsent);
        return None;
    }
    if cell == NO_CONSENT {
        return Some(Consent::Refused);
    }
    let given = AGREED.iter().zip(METHODS).find(|(word, _)| **word == cell);
    if given.is_none() {
        let words: Vec<&str> = AGREED.into_iter().chain([NO_CONSENT]).collect();
        cells.unknown(CONSENT, &cell, &words);
    }
    given.map(|(_, method)| Consent::Given(method))
}

/// The answer that stands for a method of consent.
pub fn agreed(method: ConsentMethod) -> &'static str {
    METHODS.iter().position(|known| *known == method).map_or(AGREED[0], |at| AGREED[at])
}
