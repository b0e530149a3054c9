//! Words of closed sets that filters ask for, by number: `channel:PHONE`, `department:01001`.

use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

/// The number of each word that a sheet or desk has had since the program started: some hundreds.
static NUMBERS: LazyLock<RwLock<HashMap<Box<str>, u16>>> = LazyLock::new(RwLock::default);

/// The words of an entry or desk.
#[derive(Debug, Default)]
pub struct Tags(Box<[u16]>);

/// Words of which one is looked for.
#[derive(Clone, Debug, Default)]
pub struct TagGroup(Vec<u16>);

impl<'t> FromIterator<&'t str> for Tags {
    fn from_iter<I: IntoIterator<Item = &'t str>>(words: I) -> Self {
        let mut numbers = NUMBERS.write().unwrap_or_else(PoisonError::into_inner);
        // Beyond 65,535 words, which closed sets do not have, a word is not found.
        let number = |word: &str| match numbers.get(word) {
            Some(number) => Some(*number),
            None => {
                let next = u16::try_from(numbers.len()).ok()?;
                numbers.insert(word.into(), next);
                Some(next)
            }
        };
        Self(words.into_iter().filter_map(number).collect())
    }
}

impl TagGroup {
    /// One of these words.
    pub fn of(words: &[String]) -> Self {
        let numbers = NUMBERS.read().unwrap_or_else(PoisonError::into_inner);
        Self(words.iter().filter_map(|word| numbers.get(word.as_str()).copied()).collect())
    }

    /// Whether one of them is among some words.
    pub fn is_in(&self, tags: &Tags) -> bool {
        tags.0.iter().any(|tag| self.0.contains(tag))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_finds_what_has_one_of_its_words() {
        let tags: Tags = ["channel:PHONE", "department:01001"].into_iter().collect();
        let group =
            |words: &[&str]| TagGroup::of(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert!(group(&["channel:FAX", "channel:PHONE"]).is_in(&tags));
        assert!(!group(&["channel:FAX"]).is_in(&tags));
        assert!(!group(&["never heard of"]).is_in(&tags));
        assert!(!group(&[]).is_in(&tags));
        assert!(!group(&["channel:PHONE"]).is_in(&Tags::default()));
    }
}
