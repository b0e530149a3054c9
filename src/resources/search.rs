//! Japanese full-text search: the index of resources, and the lookup of a text in it.
//!
//! The index holds grams (`crates/japan/src/text`) as plain words. Around every name stand two words more,
//! `s` with its first and `e` with its last character, so that "is exactly this name" and "begins with this" are
//! phrases like any other. The words `p06` and `m062031` say where it is, so that a
//! common word inside one prefecture is as quick as a rare one. The words `c430` and `d01001` are the codes of its
//! services and departments, which a search finds by the words people use for them.

use super::phone_search::PhoneSearch;
use super::search_dialect::{Dialect, name_words};
use crate::error::{Error, Result};
use japan::codes::{care_services_called, medical_departments_called};
use japan::text::{self, Alternatives, alternatives};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, Value};
use std::collections::HashSet;

/// In characters. Longer texts are refused.
const LONGEST_TEXT: usize = 200;
const WRITTEN_AT_ONCE: usize = 400;
/// Spellings of a whole text that are looked up beside the written one.
const MOST_SPELLINGS: usize = 12;

/// The indexed texts of a resource, as search keys.
pub struct Document {
    /// Names, readings, aliases.
    pub names: Vec<String>,
    /// Address, organization and other texts to search in.
    pub others: Vec<String>,
    /// Two digits.
    pub prefecture_code: Option<String>,
    /// Six digits.
    pub municipality_code: Option<String>,
    /// The words of its services and departments, see [`codes`].
    pub codes: Vec<String>,
}

/// The words of the index for the codes of services (three digits) and departments (five digits).
pub fn codes<'c>(
    services: impl Iterator<Item = &'c str>,
    departments: impl Iterator<Item = &'c str>,
) -> Vec<String> {
    let mut words: Vec<String> = services.map(|code| format!("c{code}")).collect();
    words.extend(departments.map(|code| format!("d{code}")));
    words.sort_unstable();
    words.dedup();
    words
}

impl Document {
    fn words(&self) -> String {
        let mut words = Vec::new();
        words.extend(self.prefecture_code.iter().map(|code| format!("p{code}")));
        words.extend(self.municipality_code.iter().map(|code| format!("m{code}")));
        words.extend(self.codes.iter().cloned());
        for name in &self.names {
            words.extend(name_words(name));
        }
        words.extend(self.others.iter().flat_map(|other| text::grams(other)));
        words.join(" ")
    }
}

/// Replaces the indexed documents of some resources.
pub async fn replace(
    db: &impl ConnectionTrait,
    documents: impl Iterator<Item = (i64, Document)>,
) -> std::result::Result<(), DbErr> {
    let documents: Vec<(i64, String)> = documents.map(|(id, document)| (id, document.words())).collect();
    for chunk in documents.chunks(WRITTEN_AT_ONCE) {
        remove(db, &chunk.iter().map(|(id, _)| *id).collect::<Vec<_>>()).await?;
        let values = chunk.iter().flat_map(|(id, words)| [Value::from(*id), Value::from(words.clone())]);
        let sql = match db.get_database_backend() {
            DbBackend::Postgres => format!(
                "INSERT INTO resource_search (resource_id, grams) VALUES {}",
                placeholders(chunk.len(), |n| format!(
                    "(${}, to_tsvector('simple', ${}))",
                    2 * n + 1,
                    2 * n + 2
                ))
            ),
            _ => format!(
                "INSERT INTO resource_search (rowid, grams) VALUES {}",
                placeholders(chunk.len(), |_| "(?, ?)".to_owned())
            ),
        };
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    }
    Ok(())
}

/// Takes resources out of the index.
pub async fn remove(db: &impl ConnectionTrait, ids: &[i64]) -> std::result::Result<(), DbErr> {
    for chunk in ids.chunks(WRITTEN_AT_ONCE) {
        let backend = db.get_database_backend();
        let (key, mark): (_, fn(usize) -> String) = match backend {
            DbBackend::Postgres => ("resource_id", |n| format!("${}", n + 1)),
            _ => ("rowid", |_| "?".to_owned()),
        };
        let sql = format!("DELETE FROM resource_search WHERE {key} IN ({})", placeholders(chunk.len(), mark));
        let values = chunk.iter().map(|id| Value::from(*id));
        db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    }
    Ok(())
}

fn placeholders(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect::<Vec<_>>().join(", ")
}

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
    /// Words of the index for the services and departments that it names.
    pub(super) codes: Vec<String>,
}

impl SearchWord {
    fn of(key: String) -> Self {
        let Alternatives { mut spellings, synonyms } = alternatives(&key);
        spellings.insert(0, key);
        let named = || spellings.iter().chain(&synonyms);
        let codes = codes(
            named().flat_map(|key| care_services_called(key)),
            named().flat_map(|key| medical_departments_called(key)),
        );
        Self { spellings, synonyms, codes }
    }

    /// The search key as it was written.
    fn key(&self) -> &str {
        self.spellings.first().map_or("", String::as_str)
    }

    /// The search keys under which it may be written, its synonyms last.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.spellings.iter().chain(&self.synonyms)
    }

    fn has_synonyms(&self) -> bool {
        !(self.synonyms.is_empty() && self.codes.is_empty())
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

    /// The condition that a row of the index (joined by [`index_key`]) matches, within prefectures
    /// and municipalities when any are given.
    pub fn condition(&self, backend: DbBackend, tier: Tier, areas: &Areas<'_>) -> SimpleExpr {
        let dialect = Dialect::of(backend);
        let of_words = |one: fn(&Dialect, &SearchWord) -> String| {
            let words = self.words.iter().map(|word| one(&dialect, word));
            words.collect::<Vec<_>>().join(dialect.and)
        };
        let themselves = || of_words(|dialect, word| dialect.any(&word.spellings, Dialect::occurs));
        let meant = || of_words(Dialect::is_meant);
        let exact = || dialect.any(&self.whole, Dialect::is_name);
        let prefix = || dialect.any(&self.whole, Dialect::begins_name);
        let mut query = match tier {
            Tier::Exact => exact(),
            Tier::Prefix => dialect.but_not(prefix(), exact()),
            Tier::Elsewhere => dialect.but_not(themselves(), prefix()),
            Tier::Synonym => dialect.but_not(dialect.but_not(meant(), themselves()), prefix()),
            Tier::Anywhere => meant(),
        };
        for group in areas.groups() {
            query = format!("({query}){}({})", dialect.and, group.join(dialect.or));
        }
        matches(backend, query)
    }
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

/// The condition that a row of the index holds a word or another word for it.
pub fn word_condition(backend: DbBackend, word: &SearchWord) -> SimpleExpr {
    matches(backend, Dialect::of(backend).is_meant(word))
}

fn matches(backend: DbBackend, query: String) -> SimpleExpr {
    match backend {
        DbBackend::Postgres => {
            Expr::cust_with_values("resource_search.grams @@ CAST($1 AS tsquery)", [query])
        }
        _ => Expr::cust_with_values("resource_search MATCH ?", [query]),
    }
}

/// The column of the index that holds the id of the resource.
pub fn index_key(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "resource_search.resource_id",
        _ => "resource_search.rowid",
    }
}

/// Areas a search is limited to, so that the index itself can leave out the rest.
#[derive(Clone, Copy, Debug, Default)]
pub struct Areas<'a> {
    /// Two digits each.
    pub prefectures: &'a [String],
    /// Six digits each.
    pub municipalities: &'a [String],
}

impl Areas<'_> {
    fn groups(&self) -> impl Iterator<Item = Vec<String>> + '_ {
        let words = |mark: char, codes: &[String]| -> Vec<String> {
            let plain = codes.iter().filter(|code| code.chars().all(|c| c.is_ascii_digit()));
            plain.map(|code| format!("{mark}{code}")).collect()
        };
        [words('p', self.prefectures), words('m', self.municipalities)]
            .into_iter()
            .filter(|group| !group.is_empty())
    }
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

    #[test]
    fn a_name_is_marked_at_both_ends() {
        let document = Document {
            names: vec!["結".into()],
            others: vec![],
            prefecture_code: Some("06".into()),
            municipality_code: None,
            codes: codes(["430"].into_iter(), ["01001"].into_iter()),
        };
        assert_eq!(document.words(), "p06 c430 d01001 s07d50 x07d50 e07d50");
    }
}
