//! The lookup of a Japanese text: its words, in all their spellings, with what they mean.
//!
//! How the text index is asked for them is in `src/picture/text.rs`; `src/search_index.rs` writes the keys it is made of.

use super::phone_search::PhoneSearch;
use crate::error::{Error, Result};
use japan::codes::{care_services_called, medical_departments_called};
use japan::text::{self, Alternatives, alternatives};
use std::collections::{BTreeSet, HashSet};

/// In characters. Longer texts are refused.
const LONGEST_TEXT: usize = 200;
/// Spellings of a whole text that are looked up beside the written one.
const MOST_SPELLINGS: usize = 12;

/// How well a name must match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// A name is exactly the text.
    Exact,
    /// A name begins with the text, but is longer.
    Prefix,
    /// Every word occurs somewhere, but no name begins with the text.
    Elsewhere,
    /// Every word occurs somewhere or another word for it does, but not every word itself.
    Synonym,
    /// Every word, or another word for it, occurs somewhere.
    Anywhere,
}

/// A text to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextSearch {
    words: Vec<SearchWord>,
    /// The whole text as one word, in all its spellings.
    whole: Vec<String>,
    number: Option<PhoneSearch>,
}

/// A word of a text to look for, with what is looked up beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchWord {
    /// Search keys: the word as it was written, and in its other spellings.
    spellings: Vec<String>,
    /// Search keys of other words for it.
    synonyms: Vec<String>,
    /// Codes of the services that it names, three digits each.
    services: Vec<String>,
    /// Codes of the departments that it names, five digits each.
    departments: Vec<String>,
}

impl SearchWord {
    fn of(key: String) -> Self {
        let Alternatives { mut spellings, synonyms } = alternatives(&key);
        spellings.insert(0, key);
        let named = || spellings.iter().chain(&synonyms);
        let services = distinct(named().flat_map(|key| care_services_called(key)));
        let departments = distinct(named().flat_map(|key| medical_departments_called(key)));
        Self { spellings, synonyms, services, departments }
    }

    /// The search key as it was written.
    fn key(&self) -> &str {
        self.spellings.first().map_or("", String::as_str)
    }

    /// The search keys under which it may be written, its synonyms last.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.spellings.iter().chain(&self.synonyms)
    }

    /// The search keys under which the word itself may be written.
    pub fn spellings(&self) -> &[String] {
        &self.spellings
    }

    /// Codes of the services that it names, three digits each.
    pub fn services(&self) -> &[String] {
        &self.services
    }

    /// Codes of the departments that it names, five digits each.
    pub fn departments(&self) -> &[String] {
        &self.departments
    }

    fn has_synonyms(&self) -> bool {
        !(self.synonyms.is_empty() && self.services.is_empty() && self.departments.is_empty())
    }
}

impl TextSearch {
    /// Reads a search text: words separated by white space must all occur, each once. Blank text is no search. A text of
    /// six digits or more, with any signs between them, is a phone or fax number.
    ///
    /// # Errors
    /// `INVALID_INPUT` on `text` when it is longer than 200 characters or holds only signs.
    pub fn parse(text: &str) -> Result<Option<Self>> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        if text.chars().count() > LONGEST_TEXT {
            return Err(Error::invalid(
                "text",
                format!("A search text has at most {LONGEST_TEXT} characters."),
            ));
        }
        let words = text::words(text);
        if words.is_empty() {
            return Err(Error::invalid("text", "The search text holds no letter or number to search for."));
        }
        let number = PhoneSearch::of(&words.concat());
        let written: Vec<SearchWord> = words.into_iter().map(SearchWord::of).collect();
        let whole = whole(&written);
        let mut seen = HashSet::new();
        let words = written.into_iter().filter(|word| seen.insert(word.key().to_owned())).collect();
        Ok(Some(Self { words, whole, number }))
    }

    /// The whole text as one word, in all its spellings.
    pub fn whole(&self) -> &[String] {
        &self.whole
    }

    /// The words.
    pub fn words(&self) -> &[SearchWord] {
        &self.words
    }

    /// The search key of the whole text.
    pub fn key(&self) -> String {
        self.words.iter().map(SearchWord::key).collect::<Vec<_>>().join(" ")
    }

    /// The phone or fax number that the text is; the text index is not asked for it.
    pub fn number(&self) -> Option<&PhoneSearch> {
        self.number.as_ref()
    }

    /// The tiers of its matches, the best first.
    pub fn tiers(&self) -> Vec<Tier> {
        if self.number.is_some() {
            return vec![Tier::Elsewhere];
        }
        let mut tiers = vec![Tier::Exact, Tier::Prefix, Tier::Elsewhere];
        tiers.extend(self.words.iter().any(SearchWord::has_synonyms).then_some(Tier::Synonym));
        tiers
    }
}

fn distinct<'c>(codes: impl Iterator<Item = &'c str>) -> Vec<String> {
    codes.map(str::to_owned).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The whole text as one word: as it was written, and with one of its words in another spelling. No spelling reaches over
/// two words: a row that begins with the text must also hold its words.
fn whole(words: &[SearchWord]) -> Vec<String> {
    let with = |at: usize, spelling: &str| -> String {
        words.iter().enumerate().map(|(n, word)| if n == at { spelling } else { word.key() }).collect()
    };
    let others = words
        .iter()
        .enumerate()
        .flat_map(|(at, word)| word.spellings.iter().skip(1).map(move |spelling| (at, spelling)));
    let mut all = vec![words.iter().map(SearchWord::key).collect()];
    all.extend(others.take(MOST_SPELLINGS).map(|(at, spelling)| with(at, spelling)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_is_refused_with_a_sentence() {
        assert!(matches!(TextSearch::parse("・、。"), Err(Error::InvalidInput { field: "text", .. })));
        assert!(TextSearch::parse(&"あ".repeat(10_000)).is_err());
        assert!(matches!(TextSearch::parse(" 　"), Ok(None)));
    }

    #[test]
    fn operators_of_the_index_are_only_letters() {
        let search = TextSearch::parse("荘内\" OR NEAR(a*").expect("valid").expect("words");
        assert_eq!(search.key(), "荘内 or neara");
    }

    #[test]
    fn a_word_is_looked_up_once() {
        let search = TextSearch::parse(&"内科 ".repeat(66)).expect("valid").expect("words");
        assert_eq!(search.key(), "内科");
    }
}
