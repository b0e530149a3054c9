//! Messages of an import about a file, a row or a cell: every sentence in
//! Japanese and in English, in one place.
//!
//! A [`Refusal`] ends the import of a file, a [`Complaint`] rejects a row, a [`Remark`] is a warning or a
//! note that stops nothing.

mod flaw;
mod refusal;
mod remark;

pub use crate::import::complaint::flaw::Flaw;
pub use crate::import::complaint::refusal::Refusal;
pub use crate::import::complaint::remark::Remark;

use chrono::NaiveDate;
use std::borrow::Cow;
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

/// A value in a sentence, in the form for a language.
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

/// Allowed words, or names of columns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Words(pub Vec<String>);

impl Words {
    /// Collects words.
    pub fn of<W: Into<String>>(words: impl IntoIterator<Item = W>) -> Self {
        Self(words.into_iter().map(Into::into).collect())
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" / "))
    }
}

/// The reason for which a row is rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Line on which the row starts; the header is line 1.
    pub line: u64,
    /// Column with the flaw; `None`: the row as a whole.
    pub column: Option<&'static str>,
    /// The flaw.
    pub flaw: Flaw,
}

impl Complaint {
    /// A complaint about a cell.
    pub fn of_cell(line: u64, column: &'static str, flaw: Flaw) -> Self {
        Self { line, column: Some(column), flaw }
    }

    /// A complaint about a row as a whole.
    pub fn of_row(line: u64, flaw: Flaw) -> Self {
        Self { line, column: None, flaw }
    }
}

/// A remark with its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// Line on which the row starts; `None`: the remark is about the file, or about rows together.
    pub line: Option<u64>,
    /// Column of the remark.
    pub column: Option<Cow<'static, str>>,
    /// The remark.
    pub remark: Remark,
}

impl Warning {
    /// The sentence with its place in front.
    pub fn say(&self, language: Language) -> String {
        let place: Vec<String> = self
            .line
            .map(|line| line_of(line, language))
            .into_iter()
            .chain(self.column.as_deref().map(str::to_owned))
            .collect();
        let said = self.remark.say(language);
        match (place.is_empty(), language) {
            (true, _) => said,
            (false, Language::Japanese) => format!("{}：{said}", place.join(" ")),
            (false, Language::English) => format!("{}: {said}", place.join(", ")),
        }
    }
}

/// The words for a line.
pub fn line_of(line: u64, language: Language) -> String {
    match language {
        Language::Japanese => format!("{line}行目"),
        Language::English => format!("line {line}"),
    }
}
