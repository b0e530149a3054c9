//! What an import says of a file, a row or a cell: every sentence in Japanese and in English, in one place.
//!
//! A [`Refusal`] ends the import of a file, a [`Complaint`] rejects a row, a [`Remark`] tells what was noticed and
//! did not stop anything.

mod flaw;
mod refusal;
mod remark;

pub use crate::import::complaint::flaw::Flaw;
pub use crate::import::complaint::refusal::Refusal;
pub use crate::import::complaint::remark::Remark;

use chrono::NaiveDate;
use std::fmt;

/// The language of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// 日本語
    #[default]
    Japanese,
    /// English
    English,
}

/// Declares an enum of sentences: each variant with its values, the Japanese and the English sentence.
macro_rules! sentences {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($variant:ident $({ $($value:ident : $type:ty),+ })? : $japanese:literal, $english:literal;)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "the values are named in the sentences")]
        pub enum $name {
            $(#[doc = $english] $variant $({ $($value: $type),+ })?,)+
        }

        impl $name {
            /// The sentence.
            #[allow(unused_variables, reason = "a language may leave a value out")]
            pub fn say(&self, language: $crate::import::complaint::Language) -> String {
                use $crate::import::complaint::Language::{English, Japanese};
                match self {
                    $(Self::$variant $({ $($value),+ })? => {
                        $($(let $value = $crate::import::complaint::Shown::shown($value, language);)+)?
                        match language {
                            Japanese => format!($japanese),
                            English => format!($english),
                        }
                    })+
                }
            }

            /// The stable name of the sentence, for programs.
            pub fn code(&self) -> &'static str {
                match self { $(Self::$variant { .. } => stringify!($variant),)+ }
            }
        }
    };
}
use sentences;

/// A value of a sentence, as a language shows it.
trait Shown {
    fn shown(&self, language: Language) -> String;
}

macro_rules! shown_alike {
    ($($type:ty),+) => {
        $(impl Shown for $type {
            fn shown(&self, _: Language) -> String {
                self.to_string()
            }
        })+
    };
}
shown_alike!(String, &'static str, u16, u32, u64, usize, i32, NaiveDate, Words);

impl Shown for Flaw {
    fn shown(&self, language: Language) -> String {
        self.say(language)
    }
}

impl Shown for Box<Refusal> {
    fn shown(&self, language: Language) -> String {
        self.say(language)
    }
}

/// Words to choose from, or columns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Words(pub Vec<String>);

impl Words {
    /// These.
    pub fn of<W: Into<String>>(words: impl IntoIterator<Item = W>) -> Self {
        Self(words.into_iter().map(Into::into).collect())
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" / "))
    }
}

/// Why a row cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Where the row starts; the header is line 1.
    pub line: u64,
    /// The column at fault; absent when it is the row as a whole.
    pub column: Option<&'static str>,
    /// What is wrong.
    pub flaw: Flaw,
}

impl Complaint {
    /// About a cell.
    pub fn of_cell(line: u64, column: &'static str, flaw: Flaw) -> Self {
        Self { line, column: Some(column), flaw }
    }

    /// About a row as a whole.
    pub fn of_row(line: u64, flaw: Flaw) -> Self {
        Self { line, column: None, flaw }
    }
}

/// What was noticed, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// Where the row starts, when the line is told.
    pub line: Option<u64>,
    /// The column it is about.
    pub column: Option<&'static str>,
    /// What was noticed.
    pub remark: Remark,
}

impl Warning {
    /// The sentence with its place in front.
    pub fn say(&self, language: Language) -> String {
        let place: Vec<String> = self
            .line
            .map(|line| line_of(line, language))
            .into_iter()
            .chain(self.column.map(str::to_owned))
            .collect();
        let said = self.remark.say(language);
        match (place.is_empty(), language) {
            (true, _) => said,
            (false, Language::Japanese) => format!("{}：{said}", place.join(" ")),
            (false, Language::English) => format!("{}: {said}", place.join(", ")),
        }
    }
}

/// How a line is named.
pub fn line_of(line: u64, language: Language) -> String {
    match language {
        Language::Japanese => format!("{line}行目"),
        Language::English => format!("line {line}"),
    }
}
