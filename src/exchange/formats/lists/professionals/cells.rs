//! The cells of one row, read like those of other lists, with complaints in Japanese.

use super::super::cells::{Flaw, Taken, items, of_label};
use super::super::days;
use crate::exchange::clean;
use crate::exchange::table::Row;
use crate::terms::Labelled;
use chrono::NaiveDate;
use japan::values::PhoneNumber;
use unicode_normalization::UnicodeNormalization;

/// The number of a medical institution, with its prefecture.
pub const MEDICAL_NUMBER: &str = "医療機関番号";
/// The number of a care office.
pub const OFFICE_NUMBER: &str = "事業所番号";
const LONGEST_TEXT: usize = 2_000;

/// By which number a row names a facility.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FacilityNumber {
    /// The system of identifiers.
    pub system: &'static str,
    /// As published.
    pub value: String,
    /// Where it stands.
    pub column: &'static str,
}

/// One row of a list.
pub struct Cells<'r>(pub &'r Row<'r>);

/// What is wrong with a cell.
pub fn flaw<T>(column: &'static str, reason: impl Into<String>) -> Taken<T> {
    Err(Flaw { column, reason: reason.into() })
}

impl Cells<'_> {
    /// What stands there, without words that mean nothing.
    pub fn text(&self, column: &'static str) -> Taken<Option<String>> {
        match clean::text(self.0.text(column)) {
            Some(text) if text.chars().count() > LONGEST_TEXT => {
                flaw(column, format!("{LONGEST_TEXT}字以内で書いてください"))
            }
            text => Ok(text),
        }
    }

    /// A code: half-width, without blanks.
    pub fn code(&self, column: &'static str) -> Option<String> {
        let code: String = self.0.text(column).nfkc().filter(|c| !c.is_whitespace()).collect();
        Some(code).filter(|code| !code.is_empty())
    }

    /// The items of a cell that holds several.
    pub fn items(&self, column: &'static str) -> Vec<String> {
        items(self.0.text(column))
    }

    /// A word of a closed set.
    pub fn word<T: Labelled>(&self, column: &'static str) -> Taken<Option<T>> {
        match self.0.text(column) {
            "" => Ok(None),
            cell => known(column, cell).map(Some),
        }
    }

    /// Words of a closed set in their order, each once.
    pub fn words<T: Labelled>(&self, column: &'static str) -> Taken<Vec<T>> {
        let mut found = Vec::new();
        for item in self.items(column) {
            let word = known(column, &item)?;
            if !found.contains(&word) {
                found.push(word);
            }
        }
        Ok(found)
    }

    /// A day.
    pub fn day(&self, column: &'static str) -> Taken<Option<NaiveDate>> {
        let Some(cell) = self.text(column)? else { return Ok(None) };
        match days::day(&cell) {
            Some(day) => Ok(Some(day)),
            None => flaw(column, format!("「{cell}」は日付として読み取れません。例：2026/4/1、R8.4.1")),
        }
    }

    /// A day that cannot lie in the future.
    pub fn past_day(&self, column: &'static str, today: NaiveDate) -> Taken<Option<NaiveDate>> {
        match self.day(column)? {
            Some(day) if day > today => flaw(column, "未来の日付です"),
            day => Ok(day),
        }
    }

    /// A number of persons, 0 to 1000.
    pub fn persons(&self, column: &'static str) -> Taken<Option<i32>> {
        let Some(cell) = self.text(column)? else { return Ok(None) };
        let plain: String = cell.nfkc().filter(|c| !c.is_whitespace()).collect();
        match plain.trim_end_matches(['人', '名', '床', '室']).parse::<i32>() {
            Ok(number) if (0..=1_000).contains(&number) => Ok(Some(number)),
            _ => flaw(column, format!("「{cell}」は人数として読み取れません。数字だけを書いてください")),
        }
    }

    /// Whether there is something; an empty cell says neither.
    pub fn yes(&self, column: &'static str) -> Taken<Option<bool>> {
        let cell: String = self.0.text(column).nfkc().collect();
        match cell.as_str() {
            "" | "不明" | "未確認" => Ok(None),
            "あり" | "有" | "有り" | "○" | "〇" | "◯" | "はい" => Ok(Some(true)),
            "なし" | "無" | "無し" | "×" | "いいえ" => Ok(Some(false)),
            _ => flaw(column, format!("「{cell}」は使えません。「あり」か「なし」を書いてください")),
        }
    }

    /// A phone or fax number as written.
    pub fn number(&self, column: &'static str) -> Taken<Option<String>> {
        let Some(cell) = self.text(column)? else { return Ok(None) };
        match PhoneNumber::parse(&cell) {
            Some(number) => Ok(Some(number.display().to_owned())),
            None => flaw(column, format!("「{cell}」は電話番号として読み取れません")),
        }
    }

    /// The facility the row is about, by one of its numbers.
    pub fn facility(&self) -> Taken<Option<FacilityNumber>> {
        let named = |column, system| self.code(column).map(|value| FacilityNumber { system, value, column });
        let medical = named(MEDICAL_NUMBER, "medical-institution-id");
        match (medical, named(OFFICE_NUMBER, "care-office-number")) {
            (Some(_), Some(_)) => {
                flaw(OFFICE_NUMBER, "医療機関番号と事業所番号は、どちらか一方だけを書いてください")
            }
            (Some(number), None) if !number.value.contains(':') => flaw(
                MEDICAL_NUMBER,
                format!("「{}」に都道府県コードがありません。例：06:6110000001", number.value),
            ),
            (medical, office) => Ok(medical.or(office)),
        }
    }
}

fn known<T: Labelled>(column: &'static str, cell: &str) -> Taken<T> {
    let by_code = T::of_code(cell.nfkc().collect::<String>().to_uppercase().as_str());
    match by_code.or_else(|| of_label(cell)) {
        Some(word) => Ok(word),
        None => {
            let labels: Vec<&str> = T::ALL.iter().map(|value| value.label()).collect();
            flaw(column, format!("「{cell}」は使えません。次から選んでください：{}", labels.join(" / ")))
        }
    }
}
