//! The cells of a row that a city or an institution fills in: words, numbers and days, read alike in every list.

pub mod called_off;
pub mod clean;
pub mod column;
pub mod contact;
pub mod days;
pub mod eligibility;
pub mod fee;
pub mod office_words;
pub mod private;
pub mod timing;
pub mod weekly;
mod words;

pub use words::{items, not_one_of, of_label};

use crate::import::complaint::{Complaint, Flaw, Remark, Warning};
use crate::import::file::table::Row;
use crate::import::report::Report;
use crate::scalars::YearMonth;
use crate::terms::Labelled;
use chrono::NaiveDate;
use hours::recurrence::MonthDay;
use japan::values::PhoneNumber;
use unicode_normalization::UnicodeNormalization;
use words::{chosen, day, known, number};

/// What may stand in a cell for a number in which a spreadsheet has written a day.
const NO_DATE: &str = "数字だけ。表計算ソフトが「10-15」を日付に変えたときは、セルを文字列にします。幅があるときは空欄にして、備考の列に\
    書きます";
/// What may stand in a cell for a period in which a spreadsheet has written a day.
const NO_DAY: &str =
    "12月～3月 / 12/1～3/31。表計算ソフトが「12-3」を日付に変えたときは、セルを文字列にします";

/// Most persons in one facility.
const MOST_PERSONS: i32 = 1_000;

/// A value that was read, or the complaint that rejects the row.
pub type Taken<T> = Result<T, Complaint>;

/// Cells by the names of their columns. A cell that is empty, or whose column is missing, is an empty text.
pub trait Cells {
    /// The text of the cell, without white space around it.
    fn raw(&self, column: &'static str) -> &str;

    /// The line of the cell.
    fn line(&self, column: &'static str) -> u64;

    /// A complaint about a cell.
    ///
    /// # Errors
    /// Always.
    fn wrong<T>(&self, column: &'static str, flaw: Flaw) -> Taken<T> {
        // An empty cell of these columns means that the entry is shown.
        let flaw = match flaw {
            Flaw::NotOneOf { cell, words } if column::CLOSING.contains(&column) => {
                Flaw::NotOneOfClosing { cell, words }
            }
            flaw => flaw,
        };
        Err(Complaint::of_cell(self.line(column), column, flaw))
    }

    /// A text; `None` for an empty one and for words like なし.
    fn text(&self, column: &'static str) -> Option<String> {
        clean::text(self.raw(column))
    }

    /// A text of at most so many characters.
    ///
    /// # Errors
    /// When it is longer.
    fn text_within(&self, column: &'static str, most: usize) -> Taken<Option<String>> {
        match self.text(column) {
            Some(text) if text.chars().count() > most => self.wrong(column, Flaw::TooLong { most }),
            text => Ok(text),
        }
    }

    /// A required name.
    ///
    /// # Errors
    /// When the cell is empty.
    fn required(&self, column: &'static str) -> Taken<String> {
        clean::name(self.raw(column)).map_or_else(|| self.wrong(column, Flaw::Empty), Ok)
    }

    /// A code: half-width, without blanks.
    fn code(&self, column: &'static str) -> Option<String> {
        let code: String = self.raw(column).nfkc().filter(|c| !c.is_whitespace()).collect();
        Some(code).filter(|code| !code.is_empty())
    }

    /// The items of a cell.
    fn items(&self, column: &'static str) -> Vec<String> {
        items(self.raw(column))
    }

    /// The lines of a cell.
    fn lines(&self, column: &'static str) -> Vec<String> {
        self.raw(column).lines().filter_map(clean::text).collect()
    }

    /// A word of a closed set: its label, a part of the label that is unique, or its code.
    ///
    /// # Errors
    /// Names the allowed words.
    fn word<T: Labelled>(&self, column: &'static str) -> Taken<Option<T>> {
        match self.raw(column) {
            "" => Ok(None),
            cell => known(cell).map(Some).or_else(|flaw| self.wrong(column, flaw)),
        }
    }

    /// Words of a closed set in their order, each once.
    ///
    /// # Errors
    /// Names the allowed words.
    fn words<T: Labelled>(&self, column: &'static str) -> Taken<Vec<T>> {
        let (mut found, mut unknown, mut flaw) = (Vec::new(), Vec::new(), None);
        // 段差なし・手すり, where 段差なし・手すり is no word itself.
        let parts = |item: String| match known::<T>(&item) {
            Err(_) if item.split('・').all(|part| known::<T>(part.trim()).is_ok()) => {
                item.split('・').map(|part| part.trim().to_owned()).collect()
            }
            _ => vec![item],
        };
        for item in self.items(column).into_iter().flat_map(parts) {
            match known(&item) {
                Ok(word) if found.contains(&word) => {}
                Ok(word) => found.push(word),
                Err(first) => {
                    flaw.get_or_insert(first);
                    unknown.push(item);
                }
            }
        }
        match flaw {
            None => Ok(found),
            // All of them at once.
            Some(Flaw::NotOneOf { words, .. }) => {
                self.wrong(column, Flaw::NotOneOf { cell: unknown.join("」「"), words })
            }
            Some(flaw) => self.wrong(column, flaw),
        }
    }

    /// One of a few choices.
    ///
    /// # Errors
    /// Names the choices.
    fn choice<T: Copy>(&self, column: &'static str, choices: &[(&str, T)]) -> Taken<Option<T>> {
        match self.raw(column) {
            "" => Ok(None),
            cell => chosen(cell, choices).map(Some).or_else(|flaw| self.wrong(column, flaw)),
        }
    }

    /// One of a few choices, by its word or by another one that people write.
    ///
    /// # Errors
    /// Names the choices.
    fn choice_or<T: Copy>(
        &self,
        column: &'static str,
        choices: &[(&str, T)],
        synonyms: &[(&str, T)],
    ) -> Taken<Option<T>> {
        match chosen(self.raw(column), synonyms) {
            Ok(value) => Ok(Some(value)),
            Err(_) => self.choice(column, choices),
        }
    }

    /// Some of a few choices.
    ///
    /// # Errors
    /// Names the choices.
    fn choices<T: Copy>(&self, column: &'static str, choices: &[(&str, T)]) -> Taken<Vec<T>> {
        let chosen = |item: &String| chosen(item, choices).or_else(|flaw| self.wrong(column, flaw));
        self.items(column).iter().map(chosen).collect()
    }

    /// Yes or no; `None`: empty or unknown.
    ///
    /// # Errors
    /// When it is neither a word for yes nor one for no.
    fn yes(&self, column: &'static str) -> Taken<Option<bool>> {
        let cell: String = self.raw(column).nfkc().collect();
        match cell.as_str() {
            "" | "不明" | "未確認" => Ok(None),
            "あり" | "有" | "有り" | "可" | "可能" | "○" | "〇" | "◯" | "はい" | "対応" | "募集中" | "1" => {
                Ok(Some(true))
            }
            "なし" | "無" | "無し" | "不可" | "×" | "いいえ" | "非対応" | "0" => {
                Ok(Some(false))
            }
            _ => self.wrong(column, not_one_of(&cell, &["あり", "なし"])),
        }
    }

    /// A number from 0 to 9,999,999, with or without its unit.
    ///
    /// # Errors
    /// When it is not such a number.
    fn number(&self, column: &'static str) -> Taken<Option<i32>> {
        let Some(cell) = self.text(column) else { return Ok(None) };
        match number(&cell).filter(|number| *number < 10_000_000) {
            Some(number) => Ok(Some(number)),
            None if days::day_of_a_spreadsheet(&cell).is_some() => {
                self.wrong(column, Flaw::Unclear { cell, right: NO_DATE })
            }
            None => self.wrong(column, Flaw::NotANumber { cell }),
        }
    }

    /// A number of persons in one facility.
    ///
    /// # Errors
    /// When it is not a number, or larger than 1,000.
    fn persons(&self, column: &'static str) -> Taken<Option<i32>> {
        let Some(cell) = self.text(column) else { return Ok(None) };
        match number(&cell).filter(|number| *number <= MOST_PERSONS) {
            Some(number) => Ok(Some(number)),
            None => self.wrong(column, Flaw::NotPersons { cell, most: MOST_PERSONS }),
        }
    }

    /// A day.
    ///
    /// # Errors
    /// When it is not a day.
    fn day(&self, column: &'static str) -> Taken<Option<NaiveDate>> {
        let Some(cell) = self.text(column) else { return Ok(None) };
        day(&cell).map(Some).or_else(|flaw| self.wrong(column, flaw))
    }

    /// Several days.
    ///
    /// # Errors
    /// When one of them is not a day.
    fn days(&self, column: &'static str) -> Taken<Vec<NaiveDate>> {
        let items = self.items(column);
        let wrong: Vec<&str> = items.iter().filter(|item| day(item).is_err()).map(String::as_str).collect();
        if let [one] = wrong.as_slice() {
            return day(one).map(|day| vec![day]).or_else(|flaw| self.wrong(column, flaw));
        }
        if !wrong.is_empty() {
            return self.wrong(column, Flaw::NotADay { cell: wrong.join("」「") });
        }
        Ok(items.iter().filter_map(|item| day(item).ok()).collect())
    }

    /// A month of a year.
    ///
    /// # Errors
    /// When it is not a month.
    fn month(&self, column: &'static str) -> Taken<Option<YearMonth>> {
        let Some(cell) = self.text(column) else { return Ok(None) };
        match days::month(&cell) {
            Some(month) => Ok(Some(month)),
            None => self.wrong(column, Flaw::NotAMonth { cell }),
        }
    }

    /// A part of every year.
    ///
    /// # Errors
    /// When it is not a period.
    fn period(&self, column: &'static str) -> Taken<Option<(MonthDay, MonthDay)>> {
        let Some(cell) = self.text(column) else { return Ok(None) };
        match days::span(&cell) {
            Some(span) => Ok(Some(span)),
            None if days::day_of_a_spreadsheet(&cell).is_some() => {
                self.wrong(column, Flaw::Unclear { cell, right: NO_DAY })
            }
            None => self.wrong(column, Flaw::NotAPeriod { cell }),
        }
    }

    /// A phone or fax number.
    ///
    /// # Errors
    /// When it is not a phone number.
    fn phone(&self, column: &'static str) -> Taken<Option<PhoneNumber>> {
        let Some(cell) = self.text(column) else { return Ok(None) };
        match PhoneNumber::parse(&cell) {
            Some(number) => Ok(Some(number)),
            None => self.wrong(column, Flaw::NotAPhoneNumber { cell }),
        }
    }
}

impl Row<'_> {
    /// A day that must not lie in the future.
    ///
    /// # Errors
    /// When it is not a day, or lies in the future.
    pub fn past_day(&self, column: &'static str) -> Taken<Option<NaiveDate>> {
        match self.day(column)? {
            Some(day) if day > self.today => self.wrong(column, Flaw::InTheFuture),
            day => Ok(day),
        }
    }
}

impl Cells for Row<'_> {
    fn raw(&self, column: &'static str) -> &str {
        self.text(column)
    }

    fn line(&self, _: &'static str) -> u64 {
        self.line
    }
}

/// A row whose cells may get warnings that do not reject it.
pub struct RemarkedRow<'c, 'r> {
    row: &'c Row<'r>,
    report: &'c mut Report,
}

impl Cells for RemarkedRow<'_, '_> {
    fn raw(&self, column: &'static str) -> &str {
        self.row.text(column)
    }

    fn line(&self, _: &'static str) -> u64 {
        self.row.line
    }
}

impl<'c, 'r> RemarkedRow<'c, 'r> {
    /// Wraps a row and the report for its warnings.
    pub fn new(row: &'c Row<'r>, report: &'c mut Report) -> Self {
        Self { row, report }
    }

    /// The row as it is.
    pub fn row(&self) -> &'c Row<'r> {
        self.row
    }

    /// Warns about a cell without rejecting the row.
    pub fn warn(&mut self, column: &'static str, remark: Remark) {
        self.report.warn_at(self.row.line, column, remark);
    }

    /// Reads a cell with a function that reports warnings, and adds line and column to them.
    pub fn remarking<T>(&mut self, column: &'static str, read: impl FnOnce(&mut Report) -> T) -> T {
        let (found, remarks) = Report::remarks_of(read);
        for (own, remark) in remarks {
            let column = own.unwrap_or(column.into());
            self.report.count(Warning { line: Some(self.row.line), column: Some(column), remark });
        }
        found
    }

    /// A day; one in the future is ignored with a warning.
    ///
    /// # Errors
    /// When it is not a day.
    pub fn day_so_far(&mut self, column: &'static str) -> Taken<Option<NaiveDate>> {
        let day = self.day(column)?;
        if day.is_some_and(|day| day > self.row().today) {
            self.warn(column, Remark::FutureDayIgnored);
            return Ok(None);
        }
        Ok(day)
    }
}

#[cfg(test)]
mod tests;
