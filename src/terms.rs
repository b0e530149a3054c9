//! Closed sets of words, each with the Japanese label that people read, so that clients need no table of
//! their own.

use async_graphql::{EnumType, Object, OutputType, SimpleObject, TypeName};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A closed set of values with labels; `labelled!` declares one.
pub trait Labelled: EnumType + OutputType + Copy + PartialEq + 'static {
    /// Name of the set in the schema.
    const NAME: &'static str;
    /// Every value, in the order in which people expect them.
    const ALL: &'static [Self];

    /// Its labels.
    fn labels(self) -> Labels;

    /// Its Japanese label.
    fn label(self) -> &'static str {
        self.labels().label
    }

    /// The value as written in the schema, `DEMENTIA_CAFE`.
    fn code(self) -> &'static str {
        <Self as EnumType>::items().iter().find(|item| item.value == self).map_or("", |item| item.name)
    }

    /// The value with a code.
    fn of_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.code() == code)
    }

    /// The value people call so.
    fn of_label(label: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.label() == label)
    }
}

/// What people call a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Labels {
    /// In Japanese.
    pub label: &'static str,
    /// The reading of this in hiragana (ふりがな).
    pub reading: &'static str,
    /// In easy Japanese, with blanks between words (やさしい日本語).
    pub easy: &'static str,
    /// In English.
    pub english: &'static str,
}

/// Declares an enum with the labels of each of its values (Japanese, reading, easy Japanese, English): `Name { … }`, or
/// `Name as enums::Name { … }` for the values of a column, with the conversions from and to what is stored.
macro_rules! labelled {
    ($($(#[$meta:meta])* $name:ident $(as $stored:ty)? { $($(#[$variant_meta:meta])*
        $variant:ident = ($label:literal, $reading:literal, $easy:literal, $english:literal $(,)?),)* })*) => {$(
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            async_graphql::Enum, serde::Serialize, serde::Deserialize,
        )]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)*
        }

        impl $crate::terms::Labelled for $name {
            const NAME: &'static str = stringify!($name);
            const ALL: &'static [Self] = &[$(Self::$variant),*];

            fn labels(self) -> $crate::terms::Labels {
                match self {
                    $(Self::$variant => $crate::terms::Labels {
                        label: $label,
                        reading: $reading,
                        easy: $easy,
                        english: $english,
                    },)*
                }
            }
        }

        $crate::terms::stored_as! { [$($stored)?] $name { $($variant)* } }
    )*};
}

/// The conversions of [`labelled`]: a value that only one of the two sets has does not compile.
macro_rules! stored_as {
    ([] $name:ident { $($variant:ident)* }) => {};
    ([$stored:ty] $name:ident { $($variant:ident)* }) => {
        impl From<$stored> for $name {
            fn from(stored: $stored) -> Self {
                match stored { $(<$stored>::$variant => Self::$variant),* }
            }
        }

        impl From<$name> for $stored {
            fn from(value: $name) -> Self {
                match value { $($name::$variant => Self::$variant),* }
            }
        }
    };
}

pub(crate) use labelled;
pub(crate) use stored_as;

labelled! {
    /// An answer to whether something can be done (可否).
    Answer {
        /// The answer is yes (可).
        Yes = ("可", "か", "できる", "Yes"),
        /// To be discussed from case to case (要相談).
        Consult = ("要相談", "ようそうだん", "相談して ください", "To be discussed"),
        /// The answer is no (不可).
        No = ("不可", "ふか", "できない", "No"),
        /// Nobody has asked yet (未確認).
        Unknown = ("未確認", "みかくにん", "わからない", "Not confirmed"),
    }
}

/// A value of a closed set; stored as its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Term<T>(pub T);

impl<T: Labelled> TypeName for Term<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Term", T::NAME).into()
    }
}

/// A word of a closed set with its labels.
#[Object(name_type)]
impl<T: Labelled> Term<T> {
    /// The value, as filters take it.
    async fn value(&self) -> T {
        self.0
    }

    /// What people call it, in Japanese.
    async fn label(&self) -> &'static str {
        self.0.label()
    }

    /// The reading of the label in hiragana (ふりがな).
    async fn reading(&self) -> &'static str {
        self.0.labels().reading
    }

    /// What it is called in easy Japanese (やさしい日本語).
    async fn easy_label(&self) -> &'static str {
        self.0.labels().easy
    }

    /// What it is called in English.
    async fn english_label(&self) -> &'static str {
        self.0.labels().english
    }
}

/// One word of a vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct VocabularyTerm {
    /// The value as written in the schema.
    pub value: &'static str,
    /// What people call it, in Japanese.
    pub label: &'static str,
    /// The reading of the label in hiragana (ふりがな).
    pub reading: &'static str,
    /// What it is called in easy Japanese (やさしい日本語).
    pub easy_label: &'static str,
    /// What it is called in English.
    pub english_label: &'static str,
}

/// A closed set of values (用語): what a client needs to draw a menu.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct Vocabulary {
    /// Name of the enum in the schema (用語集の名前).
    pub name: &'static str,
    /// Its values in order (用語).
    pub terms: Vec<VocabularyTerm>,
}

impl Vocabulary {
    /// The vocabulary of a set.
    pub fn of<T: Labelled>() -> Self {
        let term = |value: &T| {
            let Labels { label, reading, easy, english } = value.labels();
            VocabularyTerm { value: value.code(), label, reading, easy_label: easy, english_label: english }
        };
        Self { name: T::NAME, terms: T::ALL.iter().map(term).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::Labelled;
    use crate::acceptances::terms::{AcceptanceAnswer, CareNeed};
    use crate::auth::policy::Audience;
    use crate::liaison::terms::{LiaisonContactKind, LiaisonOrganizationType};
    use crate::vacancies::terms::VacancyStatus;
    use entity::enums;
    use sea_orm::ActiveEnum;

    fn stored_as_written<T: Labelled + Into<S>, S: ActiveEnum<Value = String>>() {
        for value in T::ALL {
            assert_eq!(Into::<S>::into(*value).to_value(), value.code(), "{}", T::NAME);
        }
    }

    #[test]
    fn what_is_stored_as_text_is_the_code_of_the_schema() {
        stored_as_written::<Audience, enums::Audience>();
        stored_as_written::<VacancyStatus, enums::VacancyStatus>();
        stored_as_written::<CareNeed, enums::CareNeed>();
        stored_as_written::<AcceptanceAnswer, enums::AcceptanceAnswer>();
        stored_as_written::<LiaisonContactKind, enums::LiaisonContactKind>();
        stored_as_written::<LiaisonOrganizationType, enums::LiaisonOrganizationType>();
    }
}
