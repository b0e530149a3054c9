//! The answers of a returned questionnaire, wherever in the file they stand. Everything that is wrong is gathered, so
//! that the institution can put all of it right at once.

use crate::import::cells::clean;
use crate::import::cells::contact::{holds_mobile, is_mail};
use crate::import::cells::{self, Cells, Taken};
use crate::import::complaint::{Complaint, Flaw, Remark, Warning};
use crate::terms::Labelled;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// More than this belongs onto another paper.
const LONGEST: usize = 500;
/// Who writes this beside a mobile number says that it is meant to be passed on.
const PASSED_ON: [&str; 2] = ["業務用", "本人承諾"];

/// The filled-in cells of a physician or an institution, with what is wrong with them.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Where its first row starts.
    pub line: u64,
    cells: BTreeMap<&'static str, (u64, String)>,
    /// What is wrong.
    pub flaws: Vec<Complaint>,
    /// What a person may want to look at.
    pub remarks: Vec<Warning>,
}

impl Answers {
    /// Of a row that starts on a line.
    pub fn starting(line: u64) -> Self {
        Self { line, ..Self::default() }
    }

    /// Whether nothing stands there.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Adds what stands in a column on a line. What is there already may be repeated, not contradicted.
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

    /// Adds what another row says of the same institution.
    pub fn merge(&mut self, other: Self) {
        for (column, (line, cell)) in other.cells {
            self.add(line, column, &cell);
        }
    }

    /// Says what is wrong with a column.
    pub fn flaw(&mut self, column: &'static str, flaw: Flaw) {
        self.flaws.push(Complaint::of_cell(self.line_of(column), column, flaw));
    }

    /// Says what a person may want to look at.
    pub fn remark(&mut self, column: &'static str, remark: Remark) {
        let line = Some(self.line_of(column));
        self.remarks.push(Warning { line, column: Some(column), remark });
    }

    fn line_of(&self, column: &str) -> u64 {
        self.cells.get(column).map_or(self.line, |(line, _)| *line)
    }

    /// What was written.
    pub fn raw(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", |(_, cell)| cell.as_str())
    }

    /// Whether something stands there.
    pub fn says(&self, column: &str) -> bool {
        !self.raw(column).is_empty()
    }

    /// Reads a cell like that of any list, and keeps the complaint.
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

    /// Says that a word is none of those there are.
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

/// Whether somebody says that a number is meant to be passed on.
pub fn is_passed_on(text: &str) -> bool {
    PASSED_ON.iter().any(|word| text.contains(word))
}
