//! The text index of a segment: the search keys of every row, and which rows hold which pair of characters.
//!
//! A row's text is its keys, each closed by [`END`] and each name opened by [`BEGIN`]. So "is this name", "begins a name"
//! and "occurs" are all questions whether a text contains another. Pairs of characters find candidates; a text of more than
//! two characters is then looked for in each candidate. Japanese is written without spaces between words, and searches for
//! one or two characters are common, so that an index of words would not do.

use memchr::memmem::Finder;
use roaring::RoaringBitmap;
use std::collections::HashMap;

/// Rows of the segment.
type Rows = RoaringBitmap;

/// Stands before every name. Search keys hold letters and numbers only.
pub(super) const BEGIN: char = '\u{1}';
/// Stands behind every key.
pub(super) const END: char = '\u{2}';
/// Lists of rows that are longer are kept as bitmaps.
const LONG: usize = 512;

/// The rows that hold a pair of characters.
#[derive(Debug)]
enum Posting {
    /// A part of `few`.
    Few {
        start: u32,
        length: u32,
    },
    Many(RoaringBitmap),
}

/// The index.
#[derive(Debug, Default)]
pub(super) struct Grams {
    texts: String,
    /// Where the text of each row begins and ends.
    places: Vec<(u32, u32)>,
    /// Pairs in order, so that those that begin with one character are neighbours.
    pairs: Vec<u64>,
    postings: Vec<Posting>,
    few: Vec<u32>,
}

/// Collects the texts of the rows.
#[derive(Debug, Default)]
pub(super) struct Builder {
    texts: String,
    ends: Vec<u32>,
    /// Number of each pair, in order of its first occurrence.
    numbers: HashMap<u64, u32, Hasher>,
    /// The numbers of the pairs of each row, each once.
    seen: Vec<u32>,
    seen_ends: Vec<u32>,
    /// The last row in which each pair occurred, plus one.
    last: Vec<u32>,
    counts: Vec<u32>,
}

/// Hashes a pair of characters, which needs no defence against those who choose it: pairs come from the directory.
#[derive(Clone, Copy, Debug, Default)]
struct Hasher(u64);

impl std::hash::Hasher for Hasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, value: u64) {
        let mixed = (self.0 ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 29);
    }
}

impl std::hash::BuildHasher for Hasher {
    type Hasher = Self;

    fn build_hasher(&self) -> Self {
        Self::default()
    }
}

fn pair(first: char, second: char) -> u64 {
    u64::from(u32::from(first)) << 32 | u64::from(u32::from(second))
}

/// The pairs of neighbours in a text. None reaches over the end of a key.
fn pairs(text: &str) -> impl Iterator<Item = u64> + '_ {
    let neighbours = text.chars().zip(text.chars().skip(1));
    neighbours.filter(|(first, _)| *first != END).map(|(first, second)| pair(first, second))
}

impl Builder {
    /// Adds the next row, with its names and other texts as search keys, each list separated by line breaks.
    pub(super) fn push(&mut self, names: &str, others: &str) {
        let start = self.texts.len();
        for name in names.split('\n').filter(|name| !name.is_empty()) {
            self.texts.push(BEGIN);
            self.texts.push_str(name);
            self.texts.push(END);
        }
        for other in others.split('\n').filter(|other| !other.is_empty()) {
            self.texts.push_str(other);
            self.texts.push(END);
        }
        let row = self.ends.len() as u32 + 1;
        for pair in pairs(&self.texts[start..]) {
            let next = self.numbers.len() as u32;
            let number = *self.numbers.entry(pair).or_insert(next);
            if number == next {
                self.last.push(0);
                self.counts.push(0);
            }
            let last = &mut self.last[number as usize];
            if *last != row {
                *last = row;
                self.counts[number as usize] += 1;
                self.seen.push(number);
            }
        }
        self.ends.push(self.texts.len() as u32);
        self.seen_ends.push(self.seen.len() as u32);
    }

    /// The index of the rows, put into an order.
    pub(super) fn build(mut self, rows: &[u32]) -> Grams {
        self.texts.shrink_to_fit();
        let mut order: Vec<(u64, u32)> = self.numbers.iter().map(|(pair, number)| (*pair, *number)).collect();
        order.sort_unstable();
        // The lists of all pairs, one after the other, by number.
        let mut starts = Vec::with_capacity(self.counts.len());
        let mut total = 0_u32;
        for count in &self.counts {
            starts.push(total);
            total += count;
        }
        let (mut all, mut next) = (vec![0_u32; total as usize], starts.clone());
        let span = |ends: &[u32], row: u32| {
            let end = |row: usize| ends.get(row).copied().unwrap_or_default();
            ((row as usize).checked_sub(1).map_or(0, end), end(row as usize))
        };
        for (row, added) in (0..).zip(rows) {
            let (begin, end) = span(&self.seen_ends, *added);
            for number in &self.seen[begin as usize..end as usize] {
                let place = &mut next[*number as usize];
                all[*place as usize] = row;
                *place += 1;
            }
        }
        let places = rows.iter().map(|added| span(&self.ends, *added)).collect();
        let mut grams = Grams { texts: self.texts, places, ..Grams::default() };
        for (pair, number) in order {
            let start = starts[number as usize] as usize;
            let rows = &all[start..start + self.counts[number as usize] as usize];
            grams.pairs.push(pair);
            grams.postings.push(if rows.len() > LONG {
                let mut many = RoaringBitmap::from_sorted_iter(rows.iter().copied()).unwrap_or_default();
                many.optimize();
                Posting::Many(many)
            } else {
                let start = grams.few.len() as u32;
                grams.few.extend_from_slice(rows);
                Posting::Few { start, length: rows.len() as u32 }
            });
        }
        grams.few.shrink_to_fit();
        grams.pairs.shrink_to_fit();
        grams.postings.shrink_to_fit();
        grams
    }
}

impl Grams {
    /// The text of a row.
    fn text(&self, row: u32) -> &str {
        let (start, end) = self.places.get(row as usize).copied().unwrap_or_default();
        self.texts.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Those of some rows whose text contains another.
    pub(super) fn containing(&self, among: &Rows, wanted: &str) -> Rows {
        let mut chars = wanted.chars();
        match (chars.next(), chars.next(), chars.next()) {
            (None, ..) => among.clone(),
            (Some(only), None, _) => self.with_character(among, only),
            (Some(first), Some(second), None) => self.with_pair(among, pair(first, second)),
            _ => self.with_text(among, wanted),
        }
    }

    fn posting(&self, pair: u64) -> Option<&Posting> {
        self.pairs.binary_search(&pair).ok().and_then(|at| self.postings.get(at))
    }

    fn few(&self, start: u32, length: u32) -> &[u32] {
        self.few.get(start as usize..(start + length) as usize).unwrap_or_default()
    }

    fn in_posting(&self, among: &Rows, posting: &Posting) -> Rows {
        match posting {
            Posting::Many(many) => among & many,
            Posting::Few { start, length } => {
                let rows = self.few(*start, *length).iter().copied().filter(|row| among.contains(*row));
                RoaringBitmap::from_sorted_iter(rows).unwrap_or_default()
            }
        }
    }

    fn with_pair(&self, among: &Rows, pair: u64) -> Rows {
        self.posting(pair).map(|posting| self.in_posting(among, posting)).unwrap_or_default()
    }

    fn with_character(&self, among: &Rows, first: char) -> Rows {
        let from = self.pairs.partition_point(|known| *known < pair(first, '\0'));
        let to = self.pairs.partition_point(|known| *known <= pair(first, char::MAX));
        let mut found = Rows::new();
        for posting in self.postings.get(from..to).unwrap_or_default() {
            found |= self.in_posting(among, posting);
        }
        found
    }

    fn with_text(&self, among: &Rows, wanted: &str) -> Rows {
        let mut postings = Vec::new();
        for pair in pairs(wanted) {
            let Some(posting) = self.posting(pair) else { return Rows::new() };
            postings.push(posting);
        }
        postings.sort_by_key(|posting| match posting {
            Posting::Few { length, .. } => u64::from(*length),
            Posting::Many(many) => many.len(),
        });
        let mut candidates: Option<Rows> = None;
        for posting in postings {
            candidates = Some(self.in_posting(candidates.as_ref().unwrap_or(among), posting));
        }
        let Some(candidates) = candidates else { return Rows::new() };
        let finder = Finder::new(wanted);
        let holds = |row: &u32| finder.find(self.text(*row).as_bytes()).is_some();
        RoaringBitmap::from_sorted_iter(candidates.iter().filter(holds)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Keys = (Vec<String>, Vec<String>);

    fn key() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(vec!['結', 'ゆ', 'い', 'a', '1', '院']), 0..6)
            .prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #[test]
        fn the_index_finds_what_contains_finds(
            rows in prop::collection::vec((prop::collection::vec(key(), 0..3), prop::collection::vec(key(), 0..3)), 0..30),
            wanted in key(),
        ) {
            let mut builder = Builder::default();
            for (names, others) in &rows {
                builder.push(&names.join("\n"), &others.join("\n"));
            }
            let grams = builder.build(&(0..rows.len() as u32).collect::<Vec<_>>());
            let all: Rows = (0..rows.len() as u32).collect();
            let where_it = |holds: &dyn Fn(&Keys) -> bool| -> Rows {
                rows.iter().enumerate().filter(|(_, row)| holds(row)).map(|(at, _)| at as u32).collect()
            };
            if !wanted.is_empty() {
                let occurs = where_it(&|(names, others)| names.iter().chain(others).any(|key| key.contains(&wanted)));
                prop_assert_eq!(grams.containing(&all, &wanted), occurs);
                let begins = where_it(&|(names, _)| names.iter().any(|key| key.starts_with(&wanted)));
                prop_assert_eq!(grams.containing(&all, &format!("{BEGIN}{wanted}")), begins);
                let is = where_it(&|(names, _)| names.contains(&wanted));
                prop_assert_eq!(grams.containing(&all, &format!("{BEGIN}{wanted}{END}")), is);
            }
        }
    }
}
