//! Splits a Japanese address into prefecture, municipality, and the 町字 with its reference point.

use crate::codes::{self, Municipality, Prefecture};
use crate::text::fold;
use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Longest key of a 町字, in characters.
const LONGEST_NAME: usize = 60;

/// An address split after its municipality.
#[derive(Debug, Default)]
pub struct Parts {
    /// The prefecture, when written or implied by the municipality.
    pub prefecture: Option<&'static Prefecture>,
    /// The municipality, when it is certain.
    pub municipality: Option<&'static Municipality>,
    /// The rest of the address, in half width without spaces.
    pub rest: String,
}

/// Municipalities by prefecture, longest name first, so that a ward is found before its city.
static NAMES: LazyLock<HashMap<&'static str, Vec<(String, &'static Municipality)>>> = LazyLock::new(|| {
    let mut by_prefecture: HashMap<&'static str, Vec<(String, &'static Municipality)>> = HashMap::new();
    for municipality in codes::municipalities() {
        let names = by_prefecture.entry(municipality.prefecture_code).or_default();
        names.push((spelling(municipality.name), municipality));
        names.extend(without_county(municipality.name).map(|town| (spelling(town), municipality)));
    }
    by_prefecture.values_mut().for_each(|names| names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len())));
    by_prefecture
});

/// Splits an address. `prefecture` is that of another column of the row, if there is one; without it and
/// without a prefecture in the address, a municipality counts only if its name is unique.
pub fn split(address: &str, prefecture: Option<&'static Prefecture>) -> Parts {
    let plain = spelling(address);
    let written = codes::prefectures().iter().find(|p| plain.starts_with(p.name));
    let rest = written.and_then(|p| plain.strip_prefix(p.name)).unwrap_or(&plain);
    if let Some(prefecture) = written.or(prefecture) {
        let (municipality, rest) = starts_with_municipality(prefecture.code, rest);
        return Parts { prefecture: Some(prefecture), municipality, rest: rest.to_owned() };
    }
    let mut found = codes::prefectures().iter().filter_map(|p| {
        let (municipality, rest) = starts_with_municipality(p.code, rest);
        Some(Parts { prefecture: Some(p), municipality: Some(municipality?), rest: rest.to_owned() })
    });
    match (found.next(), found.next()) {
        (Some(only), None) => only,
        _ => Parts { rest: rest.to_owned(), ..Parts::default() },
    }
}

/// Splits an address in every possible way: once for each municipality with whose name it begins. Without a
/// prefecture there may be several, such as 府中市 in 東京都 and in 広島県.
pub fn splits(address: &str) -> Vec<Parts> {
    let (written, rest) = after_prefecture(address);
    let rest = rest.as_str();
    let meant = codes::prefectures().iter().filter(|p| written.is_none_or(|w| w.code == p.code));
    let parts = |prefecture: &'static Prefecture| {
        let names = NAMES.get(prefecture.code).map(Vec::as_slice).unwrap_or_default();
        let longest = names.iter().find(|(name, _)| rest.starts_with(name.as_str()));
        let same = names.iter().filter(move |(name, _)| longest.is_some_and(|(longest, _)| longest == name));
        same.filter_map(move |(name, municipality)| {
            Some(Parts {
                prefecture: Some(prefecture),
                municipality: Some(*municipality),
                rest: rest.strip_prefix(name.as_str())?.to_owned(),
            })
        })
    };
    meant.flat_map(parts).collect()
}

/// The prefecture with which an address begins, and the rest in half width without spaces.
pub fn after_prefecture(address: &str) -> (Option<&'static Prefecture>, String) {
    let plain = spelling(address);
    let written = codes::prefectures().iter().find(|p| plain.starts_with(p.name));
    let rest = written.and_then(|p| plain.strip_prefix(p.name)).unwrap_or(&plain).to_owned();
    (written, rest)
}

fn starts_with_municipality<'r>(prefecture: &str, rest: &'r str) -> (Option<&'static Municipality>, &'r str) {
    let names = NAMES.get(prefecture).map(Vec::as_slice).unwrap_or_default();
    let found = names.iter().find_map(|(name, m)| Some((*m, rest.strip_prefix(name.as_str())?)));
    match found {
        Some((municipality, rest)) => (Some(municipality), rest),
        None => (None, rest),
    }
}

/// The name of a town or village without its county or island, which are often omitted.
fn without_county(name: &'static str) -> Option<&'static str> {
    let island = ["三宅島", "八丈島"].iter().find_map(|island| name.strip_prefix(island));
    let county = name.split_once('郡').map(|(_, town)| town).filter(|t| t.chars().count() > 1);
    island.or(county).filter(|_| name.ends_with(['町', '村']))
}

/// An address in half width without spaces, with one spelling for letters
/// that addresses write in several ways.
fn spelling(text: &str) -> String {
    let one = |c| match c {
        'ヶ' | 'ヵ' => 'ケ',
        '惠' => '恵',
        '檮' => '梼',
        other => other,
    };
    text.nfkc().filter(|c| !c.is_whitespace()).map(one).collect()
}

/// The key by which a 町字 is compared: [`spelling`], with Arabic numerals before 丁目, and without the words
/// 大字 and 字, which are written or omitted at will.
pub fn town_key(town: &str) -> String {
    town_marks(town).into_iter().map(|(c, _)| c).collect()
}

/// The name of the 町 at the beginning of an address (the part after the municipality), as far as it is known
/// without a list of names: the characters before the first number.
pub fn town_text(rest: &str) -> String {
    let marks = town_marks(rest);
    marks.into_iter().map(|(c, _)| c).take_while(|c| !c.is_ascii_digit()).collect()
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

/// `二丁目` and `2丁目` are the same block.
fn arabic_blocks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pending = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if "一二三四五六七八九十".contains(c) {
            pending.push(c);
            continue;
        }
        let block = c == '丁' && chars.peek() == Some(&'目');
        match kanji_number(&pending) {
            Some(n) if block => out.push_str(&n.to_string()),
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
    longest: usize,
}

impl<T> Default for Towns<T> {
    fn default() -> Self {
        Self { by_key: HashMap::new(), longest: 0 }
    }
}

impl<T: Copy + PartialEq> Towns<T> {
    /// Adds a 町字 under its [`town_key`]. Two different ones under the same key make it ambiguous.
    pub fn insert(&mut self, key: String, value: T) {
        self.longest = self.longest.max(key.chars().count());
        let slot = self.by_key.entry(key).or_insert(Some(value));
        if *slot != Some(value) {
            *slot = None;
        }
    }

    /// The 町字 with which an address (the part after the municipality) begins: the longest that ends where a
    /// new part of the address begins. `None` when there is none or it is ambiguous.
    pub fn find(&self, rest: &str) -> Option<T> {
        let marks = town_marks(rest);
        let key = |length| marks.iter().take(length).map(|(c, _)| *c).collect::<String>();
        let lengths = (1..=self.longest.min(marks.len())).rev();
        let whole =
            lengths.filter(|length| ends_here(&marks, *length)).find_map(|n| self.by_key.get(&key(n)));
        match whole {
            Some(found) => *found,
            None => self.by_key.get(&with_block(&marks)?).copied().flatten(),
        }
    }
}

/// `嶋北4-5-2` as `嶋北4丁目`, for a town that only exists in blocks (丁目).
fn with_block(marks: &[(char, bool)]) -> Option<String> {
    let name: String = marks.iter().map(|(c, _)| *c).take_while(|c| !c.is_ascii_digit()).collect();
    let rest = || marks.iter().map(|(c, _)| *c).skip(name.chars().count());
    let block: String = rest().take_while(char::is_ascii_digit).collect();
    let mut after = rest().skip(block.len());
    let continues = after.next() == Some('-') && after.next().is_some_and(|c| c.is_ascii_digit());
    (continues && !name.is_empty()).then(|| format!("{name}{block}丁目"))
}

/// Whether a new part of the address begins at a mark: a number, 字, or a kanji number with its unit.
fn ends_here(marks: &[(char, bool)], at: usize) -> bool {
    let rest = marks.get(at..).unwrap_or_default();
    let Some((first, begins)) = rest.first() else { return true };
    let unit = rest.iter().find(|(c, _)| !"一二三四五六七八九十".contains(*c)).map(|(c, _)| *c);
    *begins
        || matches!(first, '番' | '-' | '丁')
        || ("一二三四五六七八九十".contains(*first) && matches!(unit, Some('丁' | '番' | '条')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(address: &str, prefecture: Option<&str>) -> (Option<&'static str>, String) {
        let parts = split(address, prefecture.and_then(codes::prefecture));
        (parts.municipality.map(|m| m.code), parts.rest)
    }

    #[test]
    fn the_municipality_is_found_with_or_without_its_prefecture() {
        assert_eq!(found("山形県鶴岡市泉町４番２０号", None), (Some("062031"), "泉町4番20号".into()));
        assert_eq!(found("鶴岡市泉町4-20", None), (Some("062031"), "泉町4-20".into()));
        assert_eq!(found("最上町大字向町64", Some("06")).0, Some("063622"));
        assert_eq!(found("札幌市北区北25条西6", None).0, Some("011029"));
    }

    #[test]
    fn a_name_two_prefectures_share_is_not_guessed() {
        assert_eq!(found("府中市1-1", None).0, None);
        assert_eq!(found("東京都府中市1-1", None).0, Some("132063"));
        assert_eq!(found("泉町4-20", None).0, None);
    }

    #[test]
    fn an_address_may_be_meant_in_several_ways() {
        let codes = |address| -> Vec<&str> {
            splits(address).iter().filter_map(|parts| Some(parts.municipality?.code)).collect()
        };
        assert_eq!(codes("府中市1-1"), ["132063", "342084"]);
        assert_eq!(codes("広島県府中市1-1"), ["342084"]);
        assert_eq!(codes("鶴岡市泉町4-20"), ["062031"]);
        assert_eq!(codes("札幌市北区北25条西6"), ["011029"]);
        assert_eq!(codes("泉町4-20"), [""; 0]);
    }

    #[test]
    fn the_keys_an_address_may_begin_with_end_at_its_borders() {
        let found = beginnings("大字温海字丁１２番");
        assert_eq!(found.whole, ["温海丁12番", "温海丁12", "温海丁1", "温海丁", "温海"]);
        assert_eq!((found.block, found.name.as_str()), (None, "温海丁"));
        assert_eq!(beginnings("本町4-5-2").block.as_deref(), Some("本町4丁目"));
        assert_eq!(beginnings(""), Beginnings::default());
        assert_eq!(
            (borders("大字温海字丁"), borders("大山一丁目"), borders("泉町")),
            (vec![2], vec![2, 3], vec![])
        );
    }

    fn towns() -> Towns<u8> {
        let mut towns = Towns::default();
        for (n, name) in ["泉町", "大字寒河江", "大山一丁目", "大山", "大字温海字丁", "本", "嶋北四丁目"]
            .iter()
            .enumerate()
        {
            towns.insert(town_key(name), n as u8);
        }
        towns
    }

    #[test]
    fn the_longest_town_that_ends_at_a_border_wins() {
        assert_eq!(towns().find("泉町4番20号"), Some(0));
        assert_eq!(towns().find("大字寒河江字塩水80"), Some(1));
        assert_eq!(towns().find("寒河江字塩水80"), Some(1));
        assert_eq!(towns().find("大山一丁目5"), Some(2));
        assert_eq!(towns().find("大山1丁目5"), Some(2));
        assert_eq!(towns().find("大山五十川12"), None);
        assert_eq!(towns().find("嶋北4-5-2"), Some(6));
        assert_eq!(towns().find("嶋北4番地"), None);
        assert_eq!(towns().find("嶋北"), None);
        assert_eq!(towns().find("本町3-1"), None);
        assert_eq!(towns().find("温海字丁12"), Some(4));
    }

    #[test]
    fn two_towns_with_one_key_are_ambiguous() {
        let mut towns = towns();
        towns.insert(town_key("泉町"), 9);
        assert_eq!(towns.find("泉町4-20"), None);
    }
}
