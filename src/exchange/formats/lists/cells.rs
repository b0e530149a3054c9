//! The cells of one row of a list: words, numbers and days; what cannot be taken names its column.

use super::days;
use crate::exchange::clean;
use crate::exchange::report::Report;
use crate::exchange::table::Row;
use crate::scalars::YearMonth;
use crate::terms::Labelled;
use chrono::NaiveDate;
use japan::text::fold;
use unicode_normalization::UnicodeNormalization;

/// Why a row cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The column at fault.
    pub column: &'static str,
    /// What is wrong, and what would be right.
    pub reason: String,
}

/// What was read, or why the row cannot be taken.
pub type Taken<T> = Result<T, Flaw>;

/// One row of a list.
pub struct Cells<'c, 'r> {
    row: &'c Row<'r>,
    report: &'c mut Report,
}

impl<'c, 'r> Cells<'c, 'r> {
    /// Of a row.
    pub fn new(row: &'c Row<'r>, report: &'c mut Report) -> Self {
        Self { row, report }
    }

    /// The row as it is.
    pub fn row(&self) -> &'c Row<'r> {
        self.row
    }

    /// Remarks on a cell that does not stop the row; a person finds the place by line and column.
    pub fn warn(&mut self, column: &str, remark: &str) {
        self.report.warn(format!("line {}, {column}: {remark}", self.row.line));
    }

    /// Lets somebody else look at a cell, and says of their remarks where they belong.
    pub fn remarking<T>(&mut self, column: &str, look: impl FnOnce(&mut Report) -> T) -> T {
        let mut remarks = Report::default();
        let found = look(&mut remarks);
        for remark in remarks.warnings.keys() {
            self.warn(column, remark);
        }
        found
    }

    /// What stands there, without words that mean nothing.
    pub fn text(&self, column: &str) -> Option<String> {
        clean::text(self.row.text(column))
    }

    /// What must stand there.
    pub fn required(&self, column: &'static str) -> Taken<String> {
        let empty = || Flaw { column, reason: "it is empty".into() };
        clean::name(self.row.text(column)).ok_or_else(empty)
    }

    /// The items of a cell that holds several.
    pub fn items(&self, column: &str) -> Vec<String> {
        items(self.row.text(column))
    }

    /// The lines of a cell.
    pub fn lines(&self, column: &str) -> Vec<String> {
        self.row.text(column).lines().filter_map(clean::text).collect()
    }

    /// A word of a closed set.
    pub fn word<T: Labelled>(&self, column: &'static str) -> Taken<Option<T>> {
        match self.row.text(column) {
            "" => Ok(None),
            cell => known(column, cell).map(Some),
        }
    }

    /// Words of a closed set, each once.
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

    /// One of a few choices.
    pub fn choice<T: Copy>(&self, column: &'static str, choices: &[(&str, T)]) -> Taken<Option<T>> {
        match self.row.text(column) {
            "" => Ok(None),
            cell => chosen(column, cell, choices).map(Some),
        }
    }

    /// Some of a few choices.
    pub fn choices<T: Copy>(&self, column: &'static str, choices: &[(&str, T)]) -> Taken<Vec<T>> {
        self.items(column).iter().map(|item| chosen(column, item, choices)).collect()
    }

    /// Whether there is something, or somebody may; an empty cell says neither.
    pub fn yes(&self, column: &'static str) -> Taken<Option<bool>> {
        let cell: String = self.row.text(column).nfkc().collect();
        match cell.as_str() {
            "" | "不明" | "未確認" => Ok(None),
            "あり" | "有" | "有り" | "可" | "可能" | "○" | "〇" | "はい" | "対応" | "募集中" | "1" => {
                Ok(Some(true))
            }
            "なし" | "無" | "無し" | "不可" | "×" | "いいえ" | "非対応" | "0" => {
                Ok(Some(false))
            }
            _ => Err(unknown(column, &cell, &["あり", "なし"])),
        }
    }

    /// A number that is not negative.
    pub fn number(&self, column: &'static str) -> Taken<Option<i32>> {
        let Some(cell) = self.text(column) else { return Ok(None) };
        let plain: String = cell.nfkc().filter(|c| !c.is_whitespace() && *c != ',').collect();
        let plain = plain.trim_end_matches(|c| "円人名日台分歳回前以上".contains(c));
        let number = plain.parse::<i32>().ok().filter(|number| (0..10_000_000).contains(number));
        let wrong = || Flaw { column, reason: format!("「{cell}」 is not a number") };
        number.map(Some).ok_or_else(wrong)
    }

    /// A day.
    pub fn day(&self, column: &'static str) -> Taken<Option<NaiveDate>> {
        let Some(cell) = self.text(column) else { return Ok(None) };
        read_day(column, &cell).map(Some)
    }

    /// A day that cannot lie in the future.
    pub fn past_day(&mut self, column: &'static str, today: NaiveDate) -> Taken<Option<NaiveDate>> {
        let day = self.day(column)?;
        if day.is_some_and(|day| day > today) {
            self.warn(column, "the day lies in the future; left out");
            return Ok(None);
        }
        Ok(day)
    }

    /// Several days.
    pub fn days(&self, column: &'static str) -> Taken<Vec<NaiveDate>> {
        self.items(column).iter().map(|item| read_day(column, item)).collect()
    }

    /// A month of a year.
    pub fn month(&self, column: &'static str) -> Taken<Option<YearMonth>> {
        let Some(cell) = self.text(column) else { return Ok(None) };
        let wrong =
            || Flaw { column, reason: format!("「{cell}」 is not a month like 令和5年6月 or 2023-06") };
        days::month(&cell).map(Some).ok_or_else(wrong)
    }
}

/// The items of a text that holds several.
pub fn items(text: &str) -> Vec<String> {
    let items = text.split([';', '；', '、', '，', ',', '\n', '\r']).map(str::trim);
    items.filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

fn read_day(column: &'static str, cell: &str) -> Taken<NaiveDate> {
    let wrong = || Flaw {
        column,
        reason: format!("「{cell}」 is not a day like 令和8年5月1日, R8.5.1, 2026/5/1 or 2026-05-01"),
    };
    days::day(cell).ok_or_else(wrong)
}

fn known<T: Labelled>(column: &'static str, cell: &str) -> Taken<T> {
    let by_code = T::of_code(cell.nfkc().collect::<String>().to_uppercase().as_str());
    let labels: Vec<&str> = T::ALL.iter().map(|value| value.label()).collect();
    by_code.or_else(|| of_label(cell)).ok_or_else(|| unknown(column, cell, &labels))
}

/// The value of a label, or of a part of one that no other label has: 公民館 for 公民館・自治会館・集会所.
pub fn of_label<T: Labelled>(written: &str) -> Option<T> {
    let wanted = fold(written);
    if let Some(whole) = T::ALL.iter().find(|value| fold(value.label()) == wanted) {
        return Some(*whole);
    }
    let has_part = |value: &&T| {
        let outside = value.label().split('（').next().unwrap_or_default();
        let parts = std::iter::once(outside).chain(outside.split('・'));
        parts.map(fold).any(|part| part == wanted)
    };
    let mut found = T::ALL.iter().filter(has_part);
    match (found.next(), found.next()) {
        (Some(only), None) => Some(*only),
        _ => None,
    }
}

fn chosen<T: Copy>(column: &'static str, cell: &str, choices: &[(&str, T)]) -> Taken<T> {
    let wanted = fold(cell);
    let found = choices.iter().find(|(word, _)| fold(word) == wanted);
    let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
    found.map(|(_, value)| *value).ok_or_else(|| unknown(column, cell, &words))
}

/// A word that no set knows, with those that it would.
pub fn unknown(column: &'static str, cell: &str, words: &[&str]) -> Flaw {
    Flaw { column, reason: format!("「{cell}」 is not one of: {}", words.join(" / ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gatherings::terms::{Activity, VenueType};
    use crate::mutual_aid::terms::AidCategory;

    #[test]
    fn a_word_is_known_by_its_label_by_a_part_of_it_and_by_its_code() {
        assert_eq!(known("a", "個人宅"), Ok(VenueType::PrivateHome));
        assert_eq!(known("a", "公民館・自治会館・集会所"), Ok(VenueType::CommunityHall));
        assert_eq!(known("a", "ごみ出し"), Ok(AidCategory::Garbage));
        assert_eq!(known("a", "家事"), Ok(AidCategory::Housework));
        assert_eq!(known("a", "tea_party"), Ok(Activity::TeaParty));
    }

    #[test]
    fn an_unknown_word_is_told_the_words_there_are() {
        let flaw = known::<Activity>("主な活動", "お茶飲み").unwrap_err();
        assert_eq!(flaw.column, "主な活動");
        assert!(flaw.reason.contains("「お茶飲み」") && flaw.reason.contains("茶話会"), "{}", flaw.reason);
    }
}
