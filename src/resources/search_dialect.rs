//! The query languages of the two full-text indexes: FTS5 of SQLite and tsquery of PostgreSQL.

use super::search::SearchWord;
use japan::text::{self, Phrase};
use sea_orm::DbBackend;

/// The words of a whole name.
pub(super) fn name_words(name: &str) -> Vec<String> {
    let start = start_mark(name).into_iter();
    let end = name.chars().next_back().map(|last| format!("e{:05x}", u32::from(last)));
    start.chain(text::grams(name)).chain(end).collect()
}

/// The start mark of a name. It holds the first character, because a word that every name has would be slow
/// to look up.
fn start_mark(name: &str) -> Option<String> {
    name.chars().next().map(|first| format!("s{:05x}", u32::from(first)))
}

/// The query syntax of the two full-text indexes.
pub(super) struct Dialect {
    pub(super) and: &'static str,
    pub(super) or: &'static str,
    sqlite: bool,
}

impl Dialect {
    pub(super) fn of(backend: DbBackend) -> Self {
        match backend {
            DbBackend::Postgres => Self { and: " & ", or: " | ", sqlite: false },
            _ => Self { and: " AND ", or: " OR ", sqlite: true },
        }
    }

    fn phrase(&self, words: &[String], last_is_prefix: bool) -> String {
        match (self.sqlite, last_is_prefix) {
            (true, false) => format!("\"{}\"", words.join(" ")),
            (true, true) => format!("\"{}\" *", words.join(" ")),
            (false, false) => format!("({})", words.join(" <-> ")),
            (false, true) => format!("({}:*)", words.join(" <-> ")),
        }
    }

    /// Whether any of some keys is in the index in a way.
    pub(super) fn any(&self, keys: &[String], way: fn(&Self, &str) -> String) -> String {
        let ways: Vec<String> = keys.iter().map(|key| way(self, key)).collect();
        format!("({})", ways.join(self.or))
    }

    /// Whether a word occurs in any spelling, or another word or a code for it.
    pub(super) fn is_meant(&self, word: &SearchWord) -> String {
        let mut ways: Vec<String> = word.keys().map(|key| self.occurs(key)).collect();
        ways.extend(word.codes.iter().map(|code| self.phrase(std::slice::from_ref(code), false)));
        format!("({})", ways.join(self.or))
    }

    pub(super) fn but_not(&self, query: String, not: String) -> String {
        if self.sqlite { format!("({query}) NOT ({not})") } else { format!("({query}) & !({not})") }
    }

    pub(super) fn occurs(&self, word: &str) -> String {
        match text::phrase(word) {
            Phrase::Prefix(start) => self.phrase(&[start], true),
            Phrase::Grams(grams) => self.phrase(&grams, false),
        }
    }

    pub(super) fn is_name(&self, name: &str) -> String {
        self.phrase(&name_words(name), false)
    }

    pub(super) fn begins_name(&self, start: &str) -> String {
        let mut words: Vec<String> = start_mark(start).into_iter().collect();
        if let Phrase::Grams(grams) = text::phrase(start) {
            words.extend(grams);
        }
        self.phrase(&words, false)
    }
}
