//! The yearly questionnaire on liaison sheets (連携シート調査票): one row per physician, as it comes back.

pub mod answers;
pub mod columns;
pub mod institution;
pub mod physician;
mod times;
pub mod write;

use crate::import::cells::clean;
use crate::import::complaint::{Flaw, Refusal};
use crate::import::file::table::{Row, Table};
use crate::import::formats::{Family, Format, Issuer, Profile};
use crate::import::options::{ImportOptions, Stopped};
use crate::import::read::own;
use crate::import::report::Report;
use crate::import::tables::questionnaire::form::answers::Answers;
use crate::import::tables::{List, SideTable};
use chrono::NaiveDate;
use japan::text::fold;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// Title of the sheet.
pub const TITLE: &str = "連携シート調査票";

/// The profile of the format.
pub const PROFILE: Profile = Profile {
    format: Format::Liaison,
    name: "liaison",
    title: TITLE,
    publisher: "医療機関",
    url: "",
    license: "",
    required: columns::REQUIRED,
    synonyms: &[],
    columns: &[],
    family: Family::SideTable(SideTable::of(&Questionnaires)),
    issuer: Issuer::City,
    rank: 0,
};

/// All rows of a file about one institution.
#[derive(Clone, Debug)]
pub struct Form {
    /// Line on which its first row starts.
    pub line: u64,
    /// Its official number.
    pub number: String,
    /// Its name as the form has it, which must fit the number.
    pub name: String,
    /// Answers about the institution.
    pub sheet: Answers,
    /// Answers about each physician.
    pub physicians: Vec<Answers>,
}

impl Form {
    /// Whether no cell is filled in besides number and name of the institution.
    pub fn is_blank(&self) -> bool {
        self.sheet.is_empty() && self.physicians.is_empty()
    }

    /// Codes of the physicians on it.
    pub fn codes(&self) -> impl Iterator<Item = String> {
        self.physicians.iter().filter_map(physician::code)
    }
}

/// The questionnaires of institutions.
struct Questionnaires;

impl List for Questionnaires {
    type Rows = Vec<Form>;

    /// Each form has its own day; this one is for forms without it.
    fn day(
        &self,
        file_name: &str,
        options: &ImportOptions,
        _: NaiveDate,
        report: &mut Report,
    ) -> Result<Option<NaiveDate>, Stopped> {
        let as_of = options.as_of.or_else(|| clean::date_in_name(file_name));
        report.as_of = as_of.map(|day| day.to_string());
        Ok(as_of)
    }

    fn read(
        &self,
        table: Table<'_>,
        _: Option<NaiveDate>,
        report: &mut Report,
    ) -> Result<Self::Rows, Refusal> {
        let forms = forms(table, report);
        // Blank forms count as no rows and as no flaw.
        if forms.is_empty() && report.read == 0 { Err(Refusal::NoRows) } else { Ok(forms) }
    }
}

/// The rows of one institution become one form, in the order in which they first appear.
fn forms(table: Table<'_>, report: &mut Report) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    table.for_each(|row| {
        let row = match row {
            Ok(row) if own::is_guidance(&row) => return,
            Ok(row) => row,
            Err(broken) => {
                report.read += 1;
                return report.rejected.push(broken);
            }
        };
        let (mut physician, mut sheet) = parted(&row);
        let number: String = row.text(columns::NUMBER).nfkc().filter(|c| !c.is_whitespace()).collect();
        let blank = physician.is_empty() && sheet.is_empty();
        report.read += u64::from(!blank);
        if number.is_empty() {
            if !blank {
                report.reject(row.line, columns::NUMBER, Flaw::NoInstitutionNumber);
            }
            return;
        }
        let place = *places.entry(number.clone()).or_insert(forms.len());
        if place == forms.len() {
            let name = row.text(columns::INSTITUTION).to_owned();
            forms.push(Form {
                line: row.line,
                number,
                name,
                sheet: Answers::starting(row.line),
                physicians: Vec::new(),
            });
        }
        if let Some(form) = forms.get_mut(place) {
            let name = row.text(columns::INSTITUTION);
            if !blank && !name.is_empty() && fold(name) != fold(&form.name) {
                let flaw = Flaw::OtherInstitutionName { line: form.line, name: form.name.clone() };
                let answers = if physician.is_empty() { &mut sheet } else { &mut physician };
                answers.flaw(columns::INSTITUTION, flaw);
            }
            form.sheet.merge(sheet);
            form.physicians.extend(Some(physician).filter(|physician| !physician.is_empty()));
        }
    });
    forms
}

/// Splits a row into the answers about its physician and those about its institution.
fn parted(row: &Row<'_>) -> (Answers, Answers) {
    let (mut physician, mut sheet) = (Answers::starting(row.line), Answers::starting(row.line));
    for column in columns::columns() {
        let name = column.name;
        if columns::of_sheet().any(|of_sheet| of_sheet == name) {
            sheet.add(row.line, name, row.text(name));
        } else if name != columns::NUMBER && name != columns::INSTITUTION {
            physician.add(row.line, name, row.text(name));
        }
    }
    (physician, sheet)
}
