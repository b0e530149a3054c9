//! The answers of a returned questionnaire, on whichever row of the institution they are. All flaws are
//! collected, so that the institution can correct them at once.

use crate::import::cells::clean;
use crate::import::cells::contact::{holds_mobile, is_mail};
use crate::import::cells::{self, Cells, Taken};
use crate::import::complaint::{Complaint, Flaw, Remark, Warning};
use crate::terms::Labelled;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Longest text of a cell, in characters; longer ones belong into another document.
const LONGEST: usize = 500;
/// Words beside a mobile number that permit it to be passed on.
const PASSED_ON: [&str; 2] = ["業務用", "本人承諾"];

/// The filled-in cells of a physician or an institution, with their flaws.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Line on which its first row starts.
    pub line: u64,
    cells: BTreeMap<&'static str, (u64, String)>,
    /// Flaws, each of which rejects the form.
    pub flaws: Vec<Complaint>,
    /// Warnings for the operator; they reject nothing.
    pub remarks: Vec<Warning>,
}

impl Answers {
    /// Empty answers of a row that starts on a line.
    pub fn starting(line: u64) -> Self {
        Self { line, ..Self::default() }
    }

    /// Whether no cell is filled in.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Adds the cell of a column on a line. A value may be repeated; a different second value is a flaw.
    pub fn add(&mut self, line: u64, column: &'static str, cell: &str) {
        let cell = cell.trim();
        if cell.is_empty() {
            return;
        }
        let Some((first, said)) = self.cells.get(column) else {
            self.cells.insert(column, (line, cell.to_owned()));
            return;
        };
        if said != cell {
            let flaw = Flaw::OtherThanAbove { cell: cell.to_owned(), line: *first, before: said.clone() };
            self.flaws.push(Complaint::of_cell(line, column, flaw));
        }
    }

    /// Adds the cells of another row of the same institution.
    pub fn merge(&mut self, other: Self) {
        for (column, (line, cell)) in other.cells {
            self.add(line, column, &cell);
        }
    }

    /// Records a flaw of a column.
    pub fn flaw(&mut self, column: &'static str, flaw: Flaw) {
        self.flaws.push(Complaint::of_cell(self.line_of(column), column, flaw));
    }

    /// Records a warning on a column.
    pub fn remark(&mut self, column: &'static str, remark: Remark) {
        let line = Some(self.line_of(column));
        self.remarks.push(Warning { line, column: Some(column.into()), remark });
    }

    fn line_of(&self, column: &str) -> u64 {
        self.cells.get(column).map_or(self.line, |(line, _)| *line)
    }

    /// The cell as written; empty: not filled in.
    pub fn raw(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", |(_, cell)| cell.as_str())
    }

    /// Whether the cell is filled in.
    pub fn says(&self, column: &str) -> bool {
        !self.raw(column).is_empty()
    }

    /// Reads a cell with the reader that all lists share; its complaint becomes a flaw.
    fn take<T>(&mut self, read: impl FnOnce(&Merged<'_>) -> Taken<T>) -> Option<T> {
        read(&Merged(self)).map_err(|complaint| self.flaws.push(complaint)).ok()
    }

    /// A text of moderate length without a private number.
    pub fn text(&mut self, column: &'static str) -> Option<String> {
        let text = self.short(column)?;
        if holds_mobile(&text) && !is_passed_on(&text) {
            self.flaw(column, Flaw::OwnNumber);
        }
        Some(text)
    }

    /// A name, in which `なし` may occur.
    pub fn name(&mut self, column: &'static str) -> Option<String> {
        self.short(column)?;
        clean::name(self.raw(column))
    }

    /// A text of moderate length.
    pub fn short(&mut self, column: &'static str) -> Option<String> {
        self.take(|cells| cells.text_within(column, LONGEST))?
    }

    /// The items of a cell that holds several.
    pub fn items(&mut self, column: &'static str) -> Vec<String> {
        self.text(column).map(|text| cells::items(&text)).unwrap_or_default()
    }

    /// A word of a closed set.
    pub fn word<T: Labelled>(&mut self, column: &'static str) -> Option<T> {
        self.take(|cells| cells.word(column))?
    }

    /// Words of a closed set, each once.
    pub fn words<T: Labelled>(&mut self, column: &'static str) -> Vec<T> {
        self.take(|cells| cells.words(column)).unwrap_or_default()
    }

    /// Records that a cell is none of the allowed words.
    pub fn unknown(&mut self, column: &'static str, cell: &str, words: &[&str]) {
        self.flaw(column, cells::not_one_of(cell, words));
    }

    /// A day.
    pub fn day(&mut self, column: &'static str) -> Option<NaiveDate> {
        self.take(|cells| cells.day(column))?
    }

    /// A phone or fax number with its area code, as the directory writes it.
    pub fn number(&mut self, column: &'static str) -> Option<String> {
        self.short(column)?;
        let number = self.take(|cells| cells.phone(column))??;
        if number.e164().is_none() {
            let cell = self.raw(column).to_owned();
            self.flaw(column, Flaw::NotAPhoneNumber { cell });
            return None;
        }
        Some(number.display().to_owned())
    }

    /// A mail address.
    pub fn mail(&mut self, column: &'static str) -> Option<String> {
        let cell: String = self.short(column)?.nfkc().filter(|c| !c.is_whitespace()).collect();
        if !is_mail(&cell) {
            self.flaw(column, Flaw::NotAMailAddress { cell: cell.clone() });
        }
        Some(cell)
    }
}

/// The cells of a form, read like those of a row.
struct Merged<'a>(&'a Answers);

impl Cells for Merged<'_> {
    fn raw(&self, column: &'static str) -> &str {
        self.0.raw(column)
    }

    fn line(&self, column: &'static str) -> u64 {
        self.0.line_of(column)
    }
}

/// Whether a text permits its mobile number to be passed on.
pub fn is_passed_on(text: &str) -> bool {
    PASSED_ON.iter().any(|word| text.contains(word))
}
