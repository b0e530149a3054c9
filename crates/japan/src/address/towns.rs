//! The 町字 of an address: their keys, where they end, and those of one municipality.

use super::{place_char, spelling};
use crate::text::fold;
use std::collections::{HashMap, HashSet};

/// Longest key of a 町字, in characters.
const LONGEST_NAME: usize = 60;

/// The key by which a 町字 is compared: [`spelling`], with Arabic numerals before 丁目, and without the words
/// 大字 and 字, which are written or omitted at will.
pub fn town_key(town: &str) -> String {
    town_marks(town).into_iter().map(|(c, _)| c).collect()
}

/// The name of the 町 at the beginning of an address (the part after the municipality), as far as it is known
/// without a list of names: the characters before the first number.
pub fn town_text(rest: &str) -> String {
    let marks = town_marks(rest);
    marks.iter().take(name_length(&marks)).map(|(c, _)| *c).collect()
}

/// The number of characters before the first number that is no part of the name.
fn name_length(marks: &[(char, bool)]) -> usize {
    let number = |at: &usize| marks[*at].0.is_ascii_digit() && !is_numeral_of_name(marks, *at);
    (0..marks.len()).find(number).unwrap_or(marks.len())
}

/// Whether the digit at a mark belongs to a name: 1番町, 3条, 10日町, 10文字.
fn is_numeral_of_name(marks: &[(char, bool)], at: usize) -> bool {
    let rest = marks.get(at..).unwrap_or_default();
    let digits = rest.iter().take_while(|(c, _)| c.is_ascii_digit()).count();
    let after = |n: usize| rest.get(digits + n).map(|(c, _)| *c);
    digits > 0
        && match after(0) {
            Some('番') => matches!(after(1), Some('町' | '丁')),
            Some('日') => matches!(after(1), Some('町' | '市')),
            Some('文') => after(1) == Some('字'),
            Some('条' | '線') => true,
            _ => false,
        }
}

/// Keys of 町字 with which an address (the part after the municipality) may begin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beginnings {
    /// Keys that end where a new part of the address begins; the longest first.
    pub whole: Vec<String>,
    /// Key with a number read as a block: `嶋北4丁目` for `嶋北4-5-2`.
    pub block: Option<String>,
    /// The characters before the first number.
    pub name: String,
}

impl Beginnings {
    /// Whether a block (丁目) follows a key in the address: 大山 in 大山三丁目5.
    pub fn has_block_after(&self, key: &str) -> bool {
        self.whole.iter().any(|whole| block_after(whole, key).is_some_and(|rest| rest.is_empty()))
    }
}

/// What stands behind the block that follows a key in another one; `None`: none does.
pub fn block_after<'k>(longer: &'k str, key: &str) -> Option<&'k str> {
    let rest = longer.strip_prefix(key)?;
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    after.strip_prefix("丁目").filter(|_| after.len() < rest.len())
}

/// The keys under which the 町字 of an address may be listed.
pub fn beginnings(rest: &str) -> Beginnings {
    let marks = town_marks(rest);
    let key = |length| marks.iter().take(length).map(|(c, _)| *c).collect::<String>();
    let lengths = (1..=marks.len().min(LONGEST_NAME)).rev().filter(|length| ends_here(&marks, *length));
    Beginnings { whole: lengths.map(key).collect(), block: with_block(&marks), name: town_text(rest) }
}

/// The numbers of characters of a [`town_key`] before each of its parts but the first: 大字 before 字, name
/// before number.
pub fn borders(town: &str) -> Vec<usize> {
    let marks = town_marks(town);
    (1..marks.len()).filter(|at| ends_here(&marks, *at)).collect()
}

/// The characters of a town key, each with whether a new part of the address begins before it.
fn town_marks(text: &str) -> Vec<(char, bool)> {
    let plain: Vec<char> = arabic_blocks(&spelling(text)).chars().collect();
    let mut marks = Vec::with_capacity(plain.len());
    let (mut i, mut begins) = (0, true);
    while let Some(&c) = plain.get(i) {
        let next = plain.get(i + 1).copied();
        if c == '大' && next == Some('字') {
            i += 2;
            begins = true;
            continue;
        }
        // 字 separates parts only if characters precede and follow it; alone it may begin a name.
        if c == '字' && next.is_some() {
            i += 1;
            begins = true;
            continue;
        }
        marks.push((town_char(c), begins || c.is_ascii_digit()));
        begins = false;
        i += 1;
    }
    marks
}

/// One spelling for hyphens, kana and variants of kanji; digits are kept.
fn town_char(c: char) -> char {
    let c = place_char(c);
    if matches!(c, '-' | 'ー' | '−' | '‐' | '―' | '–' | 'ｰ') {
        return '-';
    }
    let folded = fold(c.encode_utf8(&mut [0; 4]));
    let mut chars = folded.chars();
    match (chars.next(), chars.next()) {
        (Some(only), None) => only,
        _ => c,
    }
}

/// A kanji number that counts something is written in digits: `二丁目`, `一番町`, `三条`, `十日町`, `二-1`.
fn arabic_blocks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pending = String::new();
    let plain: Vec<char> = text.chars().collect();
    for (at, &c) in plain.iter().enumerate() {
        if "一二三四五六七八九十".contains(c) {
            pending.push(c);
            continue;
        }
        let next = plain.get(at + 1);
        let counts = match c {
            '丁' => next == Some(&'目'),
            '番' | '条' | '線' => true,
            '日' => matches!(next, Some('町' | '市')),
            '文' => next == Some(&'字'),
            // 丸の内二-1, but not 四十九-1, which is a name.
            '-' => !out.is_empty() && next.is_some_and(char::is_ascii_digit),
            _ => false,
        };
        match kanji_number(&pending) {
            Some(n) if counts => out.push_str(&n.to_string()),
            _ => out.push_str(&pending),
        }
        pending.clear();
        out.push(c);
    }
    out + &pending
}

fn kanji_number(kanji: &str) -> Option<u32> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).map(|p| p as u32 + 1);
    match kanji.chars().collect::<Vec<_>>().as_slice() {
        ['十'] => Some(10),
        ['十', unit] => Some(10 + digit(*unit)?),
        [tens, '十'] => Some(10 * digit(*tens)?),
        [tens, '十', unit] => Some(10 * digit(*tens)? + digit(*unit)?),
        [unit] => digit(*unit),
        _ => None,
    }
}

/// The 町字 of one municipality by their keys.
#[derive(Debug)]
pub struct Towns<T> {
    by_key: HashMap<String, Option<T>>,
    /// Keys of which blocks (丁目) are listed.
    in_blocks: HashSet<String>,
    longest: usize,
}

impl<T> Default for Towns<T> {
    fn default() -> Self {
        Self { by_key: HashMap::new(), in_blocks: HashSet::new(), longest: 0 }
    }
}

impl<T: Copy + PartialEq> Towns<T> {
    /// Adds a 町字 under its [`town_key`]. Two different ones under the same key make it ambiguous.
    pub fn insert(&mut self, key: String, value: T) {
        self.longest = self.longest.max(key.chars().count());
        if let Some(name) =
            key.strip_suffix("丁目").map(|rest| rest.trim_end_matches(|c: char| c.is_ascii_digit()))
            && block_after(&key, name).is_some()
        {
            self.in_blocks.insert(name.to_owned());
        }
        let slot = self.by_key.entry(key).or_insert(Some(value));
        if *slot != Some(value) {
            *slot = None;
        }
    }

    /// Whether no 町字 is listed.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }

    /// The 町字 with which an address (the part after the municipality) begins: the longest that ends where a
    /// new part of the address begins. `None` when there is none or it is ambiguous; 大山三丁目 is not 大山 where other blocks
    /// of 大山 are listed.
    pub fn find(&self, rest: &str) -> Option<T> {
        let marks = town_marks(rest);
        let key = |length| marks.iter().take(length).map(|(c, _)| *c).collect::<String>();
        let lengths = (1..=self.longest.min(marks.len())).rev();
        let mut lengths = lengths.filter(|length| ends_here(&marks, *length));
        let whole = lengths.find_map(|n| Some((*self.by_key.get(&key(n))?, n)));
        match whole {
            Some((found, length)) => found.filter(|_| !self.is_other_block(&marks, length)),
            None => self.by_key.get(&with_block(&marks)?).copied().flatten(),
        }
    }
}

impl<T> Towns<T> {
    /// Whether a block follows the first characters of an address, of which other blocks are listed.
    fn is_other_block(&self, marks: &[(char, bool)], length: usize) -> bool {
        let text = |from: usize| marks.iter().skip(from).map(|(c, _)| *c).collect::<String>();
        let name: String = marks.iter().take(length).map(|(c, _)| *c).collect();
        block_after(&text(length), "").is_some() && self.in_blocks.contains(&name)
    }
}

/// `嶋北4-5-2` as `嶋北4丁目`, for a town that only exists in blocks (丁目).
fn with_block(marks: &[(char, bool)]) -> Option<String> {
    let length = name_length(marks);
    let name: String = marks.iter().take(length).map(|(c, _)| *c).collect();
    let rest = || marks.iter().map(|(c, _)| *c).skip(length);
    let block: String = rest().take_while(char::is_ascii_digit).collect();
    let mut after = rest().skip(block.len());
    let continues = after.next() == Some('-') && after.next().is_some_and(|c| c.is_ascii_digit());
    (continues && !name.is_empty()).then(|| format!("{name}{block}丁目"))
}

/// Whether a new part of the address begins at a mark: a number, 字, 地内 at the end. The number of 1番町 begins nothing.
fn ends_here(marks: &[(char, bool)], at: usize) -> bool {
    let rest = marks.get(at..).unwrap_or_default();
    let Some((first, begins)) = rest.first() else { return true };
    if first.is_ascii_digit() {
        return !is_numeral_of_name(marks, at);
    }
    let kanji = |numeral: &str| numeral.contains(*first);
    let unit = rest.iter().find(|(c, _)| !"一二三四五六七八九十".contains(*c)).map(|(c, _)| *c);
    let after_number =
        at.checked_sub(1).and_then(|at| marks.get(at)).is_some_and(|(c, _)| c.is_ascii_digit());
    let is_within = matches!(rest, [('地', _), ('内', _)]);
    *begins
        || is_within
        || *first == '-'
        || (matches!(first, '番' | '丁') && !(after_number && is_name_unit(rest)))
        || (kanji("一二三四五六七八九十") && unit == Some('丁'))
}

/// Whether 番町 or 番丁 stands here, which ends a name instead of a number.
fn is_name_unit(rest: &[(char, bool)]) -> bool {
    matches!(rest, [('番', _), ('町' | '丁', _), ..])
}
