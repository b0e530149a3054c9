//! The words by which local kinds can be filtered, and the numbers they are compared by: all of
//! them follow from the stored facts, in this one place.

use super::terms::{Accessibility, Intake, Reservation};
use super::{Access, Eligibility, Fee};
use crate::terms::{Answer, Labelled};
use std::marker::PhantomData;

/// A closed set of words by which resources can be filtered; a tag is its name and the code of a word,
/// `gathering:SALON`. Writing and asking go through the same constant.
pub struct TagSet<T> {
    name: &'static str,
    words: PhantomData<fn() -> T>,
}

impl<T: Labelled> TagSet<T> {
    /// The set whose tags begin with a name.
    pub const fn named(name: &'static str) -> Self {
        Self { name, words: PhantomData }
    }

    /// The tag of a word.
    pub fn tag(&self, word: T) -> String {
        format!("{}:{}", self.name, word.code())
    }

    /// The tags of several words.
    pub fn any_of(&self, words: &[T]) -> Vec<String> {
        words.iter().map(|word| self.tag(*word)).collect()
    }

    /// The tags of all words, with their labels.
    pub fn all(&self) -> Vec<(String, &'static str)> {
        T::ALL.iter().map(|word| (self.tag(*word), word.label())).collect()
    }
}

/// Reservation for gatherings (予約): `reservation:NONE`; always one, `UNKNOWN` if not recorded.
pub const RESERVATION: TagSet<Reservation> = TagSet::named("reservation");
/// Acceptance of people with 要支援 or 要介護; always one, `UNKNOWN` if not recorded.
pub const CERTIFIED: TagSet<Answer> = TagSet::named("certified");
/// Accessibility (バリアフリー): `access:RAMP`.
pub const ACCESS: TagSet<Accessibility> = TagSet::named("access");
/// Intake of new users (新規受付): `intake:OPEN`; always one, `UNKNOWN` if not recorded.
pub const INTAKE: TagSet<Intake> = TagSet::named("intake");

/// A tag that a resource has when something is certainly so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Guests are fetched (送迎).
    Pickup,
    /// More helpers are looked for (担い手募集中).
    Recruiting,
    /// People with dementia are welcome (認知症の方も歓迎).
    DementiaWelcome,
    /// Family carers are welcome (介護者も歓迎).
    CarersWelcome,
    /// Takes people in wheelchairs (車いす対応).
    Wheelchair,
    /// Takes people on stretchers (ストレッチャー対応).
    Stretcher,
}

impl Flag {
    /// The stored word.
    pub fn tag(self) -> String {
        let word = match self {
            Self::Pickup => "pickup",
            Self::Recruiting => "recruiting",
            Self::DementiaWelcome => "dementia-welcome",
            Self::CarersWelcome => "carers-welcome",
            Self::Wheelchair => "wheelchair",
            Self::Stretcher => "stretcher",
        };
        word.to_owned()
    }

    /// The tag, when it was said to be so.
    pub fn when(self, said: Option<bool>) -> Option<String> {
        (said == Some(true)).then(|| self.tag())
    }
}

/// What filters ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Searchable {
    /// By which kind of thing facets count it, `gathering:SALON`.
    pub categories: Vec<String>,
    /// Every other word.
    pub tags: Vec<String>,
    /// The most that one visit costs, where that is certain.
    pub visit_yen: Option<i32>,
    /// What an hour of help costs at least, where that is certain.
    pub hour_yen: Option<i32>,
}

/// Tags of accessibility.
pub fn accessibility(access: &Access) -> impl Iterator<Item = String> + '_ {
    access.features.iter().map(|feature| ACCESS.tag(feature.0))
}

/// Tags of the people who are certainly welcome.
pub fn welcome(eligibility: &Eligibility) -> impl Iterator<Item = String> {
    let dementia = Flag::DementiaWelcome.when(eligibility.dementia_welcome);
    dementia.into_iter().chain(Flag::CarersWelcome.when(eligibility.carers_welcome))
}

/// Each tag once, in the order of the first.
pub fn distinct(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in words {
        if !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

/// The highest of all amounts; nothing when a single one is not certain.
pub fn dearest(fees: &[Fee], amount: fn(&Fee) -> Option<i32>) -> Option<i32> {
    fees.iter().map(amount).collect::<Option<Vec<_>>>()?.into_iter().max()
}

/// The lowest certain amount.
pub fn cheapest(fees: &[Fee], amount: fn(&Fee) -> Option<i32>) -> Option<i32> {
    fees.iter().filter_map(amount).min()
}

/// The facts of one local kind: what filters ask for follows from them.
pub trait LocalKind {
    /// What filters ask for.
    fn searchable(&self) -> Searchable;

    /// The tags that say what a resource of this kind is, with their labels.
    fn categories() -> Vec<(String, &'static str)>;
}
