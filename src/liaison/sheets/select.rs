//! Which sheets and physicians match a filter.

use super::filter::SheetCriteria;
use crate::context::RequestContext;
use crate::error::Result;
use crate::picture::{Entry, Matches, ReadableSheet, TagGroup};
use crate::resources::facilities;
use crate::resources::freshness::Freshness;
use crate::resources::search::{SearchWord, TextSearch};
use chrono::NaiveDate;
use std::collections::HashSet;

/// A filter over the sheets that the viewer may read.
pub struct Selection {
    wanted: SheetCriteria,
    readable: Vec<ReadableSheet>,
    /// The institutions of the areas that are asked for.
    of_areas: Option<Matches>,
    /// For each word of the text, the institutions that it means.
    named: Vec<Matches>,
    /// Words of which each physician has one of every group.
    tags: Vec<TagGroup>,
    /// Only entries with these internal keys.
    entries: Option<HashSet<i64>>,
}

impl Selection {
    /// Reads the sheets of a filter, and finds the institutions that it is about.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the field that names an area that does not exist.
    pub async fn of(context: &RequestContext, wanted: SheetCriteria) -> Result<Self> {
        let of_areas = facilities::find_if_asked(context, wanted.resource.as_ref()).await?;
        let view = context.view().await?;
        let readable = view.sheets();
        let named = match &wanted.text {
            Some(text) => {
                let institutions: Vec<i64> = readable.iter().map(|one| one.institution.id()).collect();
                let among = view.among(&institutions);
                text.words().iter().map(|word| view.meant(&among, word)).collect()
            }
            None => Vec::new(),
        };
        let tags = wanted.tags.iter().map(|group| TagGroup::of(group)).collect();
        Ok(Self { wanted, readable, of_areas, named, tags, entries: None })
    }

    /// Leaves only entries with these internal keys.
    pub fn only(self, entries: HashSet<i64>) -> Self {
        Self { entries: Some(entries), ..self }
    }

    /// The sheets that match, by the name of the institution.
    pub fn sheets(&self) -> impl Iterator<Item = &ReadableSheet> {
        self.readable.iter().filter(|sheet| self.is_of_institution(sheet) && self.says(sheet))
    }

    /// The physicians who match and work there on a day, each with the sheet.
    pub fn physicians(&self, day: NaiveDate) -> impl Iterator<Item = (&ReadableSheet, &Entry)> {
        let sheets = self.readable.iter().filter(|sheet| self.is_of_institution(sheet));
        sheets.flat_map(move |readable| {
            let entries = readable.sheet.entries.iter();
            entries
                .filter(move |entry| entry.works_there(day) && self.matches(readable, entry))
                .map(move |entry| (readable, entry))
        })
    }

    fn is_of_institution(&self, readable: &ReadableSheet) -> bool {
        let wanted = &self.wanted;
        let review = || Freshness::of_review(readable.sheet.review_due_on, wanted.today);
        let among = |uuids: &Vec<_>| uuids.contains(&readable.institution.uuid());
        wanted.institutions.as_ref().is_none_or(among)
            && self.of_areas.as_ref().is_none_or(|areas| areas.contains(&readable.institution))
            && wanted.review_states.as_ref().is_none_or(|states| states.contains(&review()))
    }

    /// Whether one physician who works there matches. A sheet of which every physician has left is found by the
    /// institution alone.
    fn says(&self, readable: &ReadableSheet) -> bool {
        let mut named = self.named.iter();
        let entries = readable.sheet.entries.iter();
        !self.is_about_physicians()
            && (self.wanted.text.is_none() || named.all(|means| means.contains(&readable.institution)))
            || entries
                .filter(|entry| entry.works_there(self.wanted.today))
                .any(|entry| self.matches(readable, entry))
    }

    fn is_about_physicians(&self) -> bool {
        self.wanted.physician_codes.is_some() || !self.wanted.tags.is_empty() || self.entries.is_some()
    }

    fn matches(&self, readable: &ReadableSheet, entry: &Entry) -> bool {
        self.wanted.physician_codes.as_ref().is_none_or(|codes| codes.contains(&entry.code))
            && self.tags.iter().all(|group| group.is_in(&entry.tags))
            && self.entries.as_ref().is_none_or(|entries| entries.contains(&entry.id))
            && self.words().all(|(word, means)| {
                means.contains(&readable.institution) || is_named(&entry.search_key, word)
            })
    }

    /// The words of the text, each with the institutions that it means.
    fn words(&self) -> impl Iterator<Item = (&SearchWord, &Matches)> {
        self.wanted.text.iter().flat_map(TextSearch::words).zip(&self.named)
    }
}

/// Whether folded names contain a word, or another word for it.
pub fn is_named(names: &str, word: &SearchWord) -> bool {
    word.keys().any(|key| names.contains(key.as_str()))
}
