//! Cells of a returned questionnaire, wherever in the file they stand. What cannot be taken is said in Japanese,
//! for the people who sent it.

use crate::exchange::clean;
use crate::exchange::formats::lists::cells::of_label;
use crate::exchange::formats::lists::days;
use crate::terms::Labelled;
use chrono::NaiveDate;
use japan::values::{ContactValue, PhoneNumber};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// More than this belongs onto another paper.
const LONGEST: usize = 500;
/// Who writes this beside a mobile number says that it is meant to be passed on.
const PASSED_ON: [&str; 2] = ["業務用", "本人承諾"];

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Where its row starts.
    pub line: u64,
    /// The column at fault; `None`: the row as a whole.
    pub column: Option<&'static str>,
    /// What is wrong, and what would be right.
    pub reason: String,
}

/// The filled-in cells of a physician or an institution, with what is wrong with them.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    /// Where its first row starts.
    pub line: u64,
    cells: BTreeMap<&'static str, (u64, String)>,
    /// What is wrong.
    pub flaws: Vec<Flaw>,
    /// What a person may want to look at.
    pub remarks: Vec<Flaw>,
}

impl Cells {
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
            let reason = format!(
                "「{cell}」は、{first}行目の「{said}」と違います。医療機関の欄は最初の行にだけ書いてください。"
            );
            self.flaws.push(Flaw { line, column: Some(column), reason });
        }
    }

    /// Adds what another row says of the same institution.
    pub fn merge(&mut self, other: Self) {
        for (column, (line, cell)) in other.cells {
            self.add(line, column, &cell);
        }
    }

    /// Says what is wrong with a column.
    pub fn flaw(&mut self, column: &'static str, reason: impl Into<String>) {
        let line = self.cells.get(column).map_or(self.line, |(line, _)| *line);
        self.flaws.push(Flaw { line, column: Some(column), reason: reason.into() });
    }

    /// Says what a person may want to look at.
    pub fn remark(&mut self, column: &'static str, reason: impl Into<String>) {
        let line = self.cells.get(column).map_or(self.line, |(line, _)| *line);
        self.remarks.push(Flaw { line, column: Some(column), reason: reason.into() });
    }

    /// What was written.
    pub fn raw(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", |(_, cell)| cell.as_str())
    }

    /// Whether something stands there.
    pub fn says(&self, column: &str) -> bool {
        !self.raw(column).is_empty()
    }

    /// A text of moderate length without somebody's own number.
    pub fn text(&mut self, column: &'static str) -> Option<String> {
        let text = self.short(column)?;
        if holds_own_number(&text) && !is_passed_on(&text) {
            self.flaw(column, OWN_NUMBER);
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
        let text = clean::text(self.raw(column))?;
        if text.chars().count() > LONGEST {
            self.flaw(column, format!("{LONGEST}文字までにしてください。"));
        }
        Some(text)
    }

    /// The items of a cell that holds several.
    pub fn items(&mut self, column: &'static str) -> Vec<String> {
        let Some(text) = self.text(column) else { return Vec::new() };
        let items = text.split([';', '；', '、', '，', ',', '\n']).map(str::trim);
        items.filter(|item| !item.is_empty()).map(str::to_owned).collect()
    }

    /// A word of a closed set.
    pub fn word<T: Labelled>(&mut self, column: &'static str) -> Option<T> {
        let cell = self.raw(column).to_owned();
        if cell.is_empty() { None } else { self.known(column, &cell) }
    }

    /// Words of a closed set, each once.
    pub fn words<T: Labelled>(&mut self, column: &'static str) -> Vec<T> {
        let mut found = Vec::new();
        for item in self.items(column) {
            if let Some(word) = self.known(column, &item).filter(|word| !found.contains(word)) {
                found.push(word);
            }
        }
        found
    }

    fn known<T: Labelled>(&mut self, column: &'static str, cell: &str) -> Option<T> {
        let found = of_label(cell);
        if found.is_none() {
            let labels: Vec<&str> = T::ALL.iter().map(|value| value.label()).collect();
            self.unknown(column, cell, &labels);
        }
        found
    }

    /// Says that a word is none of those there are.
    pub fn unknown(&mut self, column: &'static str, cell: &str, words: &[&str]) {
        self.flaw(
            column,
            format!("「{cell}」は選べません。次のどれかを書いてください：{}", words.join("／")),
        );
    }

    /// A day.
    pub fn day(&mut self, column: &'static str) -> Option<NaiveDate> {
        let cell = clean::text(self.raw(column))?;
        let day = days::day(&cell);
        if day.is_none() {
            self.flaw(
                column,
                format!("「{cell}」は日付として読めません。例：令和8年5月1日、R8.5.1、2026/5/1"),
            );
        }
        day
    }

    /// A phone or fax number with its area code, as the directory writes it.
    pub fn number(&mut self, column: &'static str) -> Option<String> {
        let cell = self.short(column)?;
        let number = PhoneNumber::parse(&cell);
        let Some(number) = number.filter(|number| number.e164().is_some()) else {
            self.flaw(column, format!("「{cell}」は電話番号として読めません。市外局番から書いてください。"));
            return None;
        };
        Some(number.display().to_owned())
    }

    /// A mail address.
    pub fn mail(&mut self, column: &'static str) -> Option<String> {
        let cell: String = self.short(column)?.nfkc().filter(|c| !c.is_whitespace()).collect();
        if !is_mail(&cell) {
            self.flaw(column, format!("「{cell}」はメールアドレスとして読めません。"));
        }
        Some(cell)
    }
}

/// Why a mobile number is not taken.
pub const OWN_NUMBER: &str = "個人の携帯番号のようです。配布先に知らせてよい番号なら、「業務用」または「本人承諾」と書き添えてください。";

/// Whether a text looks like a mail address.
pub fn is_mail(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

/// Whether a text holds a number of somebody's pocket.
pub fn holds_own_number(text: &str) -> bool {
    let mobile =
        |number: &ContactValue| PhoneNumber::parse(number.as_str()).is_some_and(|number| number.is_mobile());
    ContactValue::numbers(text).iter().any(mobile)
}

/// Whether somebody says that a number is meant to be passed on.
pub fn is_passed_on(text: &str) -> bool {
    PASSED_ON.iter().any(|word| text.contains(word))
}
