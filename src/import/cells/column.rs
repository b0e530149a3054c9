//! Columns of a list: name, instructions, and the allowed words.

use crate::terms::Labelled;

/// A column of one of Yui's own lists.
#[derive(Clone, Copy)]
pub struct Column {
    /// Name in the header.
    pub name: &'static str,
    /// Instructions for the person who fills in the list.
    pub hint: &'static str,
    /// Example of a filled-in cell.
    pub example: &'static str,
    /// The allowed words; `None`: free text.
    pub words: Option<fn() -> Vec<&'static str>>,
    /// Whether a cell may hold several of the words.
    pub several: bool,
    /// Whether the cell holds a longer text.
    pub wide: bool,
}

/// A column for free text.
pub const fn column(name: &'static str, hint: &'static str, example: &'static str) -> Column {
    Column { name, hint, example, words: None, several: false, wide: false }
}

impl Column {
    /// One word of a closed set.
    pub const fn one_of(self, words: fn() -> Vec<&'static str>) -> Self {
        Self { words: Some(words), ..self }
    }

    /// Several words of a closed set.
    pub const fn some_of(self, words: fn() -> Vec<&'static str>) -> Self {
        Self { words: Some(words), several: true, ..self }
    }

    /// A longer text.
    pub const fn wide(self) -> Self {
        Self { wide: true, ..self }
    }
}

/// The labels of a closed set.
pub fn labels<T: Labelled>() -> Vec<&'static str> {
    T::ALL.iter().map(|value| value.label()).collect()
}

/// あり or なし.
pub fn yes_or_no() -> Vec<&'static str> {
    vec!["あり", "なし"]
}

/// Column that says whether a place may be shown.
pub const PLACEMENT: &str = "所在地の扱い";
/// Column of the kind of venue, which may be a private home.
pub const VENUE_KIND: &str = "会場の種類";
/// Column of the state of an entry.
pub const STATE: &str = "状態";
/// Columns whose words keep an entry, or its place, from being shown.
pub const CLOSING: [&str; 3] = [PLACEMENT, VENUE_KIND, STATE];
