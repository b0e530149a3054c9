//! Splits a Japanese address into prefecture, municipality, and the 町字 with its reference point.

use crate::codes::{self, Municipality, Prefecture};
use crate::text::{modern, nfkc};
use crate::values::postal_code;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

mod towns;

pub use towns::{Beginnings, Towns, beginnings, block_after, borders, town_key, town_text};

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

/// A name of a municipality and what is left out of it.
struct Name {
    /// The name as it is compared, see [`place_key`].
    key: String,
    municipality: &'static Municipality,
    /// 青葉区 without 仙台市: certain only within a prefecture.
    is_ward_alone: bool,
}

/// Municipalities by prefecture, longest name first, so that a ward is found before its city.
static NAMES: LazyLock<HashMap<&'static str, Vec<Name>>> = LazyLock::new(|| {
    let mut by_prefecture: HashMap<&'static str, Vec<Name>> = HashMap::new();
    for municipality in codes::municipalities() {
        let names = by_prefecture.entry(municipality.prefecture_code).or_default();
        let whole = [Some(municipality.name), without_county(municipality.name)];
        let other =
            OTHER_SPELLINGS.iter().filter(|(name, _)| *name == municipality.name).map(|(_, other)| *other);
        let named = |name: &str| Name { key: place_key(name), municipality, is_ward_alone: false };
        names.extend(whole.into_iter().flatten().chain(other).map(named));
    }
    for names in by_prefecture.values_mut() {
        names.extend(lone_wards(names));
        names.sort_by_key(|name| std::cmp::Reverse(name.key.len()));
    }
    by_prefecture
});

/// Municipalities whose name is written with another kanji that is no variant elsewhere.
const OTHER_SPELLINGS: [(&str, &str); 1] = [("塩竈市", "塩釜市")];

/// The wards of designated cities without their city, where the prefecture has one of the name only.
fn lone_wards(names: &[Name]) -> Vec<Name> {
    let ward = |municipality: &'static Municipality| {
        let (_, ward) = municipality.name.split_once('市').filter(|(_, ward)| ward.ends_with('区'))?;
        Some((place_key(ward), municipality))
    };
    let wards: Vec<_> = names.iter().filter_map(|name| ward(name.municipality)).collect();
    let alone = |key: &String| {
        wards.iter().filter(|(other, _)| other == key).count() == 1
            && names.iter().all(|name| name.key != *key)
    };
    let lone = wards.iter().filter(|(key, _)| alone(key));
    lone.map(|(key, municipality)| Name { key: key.clone(), municipality, is_ward_alone: true }).collect()
}

/// Names of wards that stand alone in 東京都 and that a designated city has as well: 中央区, 北区.
static SHARED_WARDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let of_cities = codes::municipalities().iter().filter_map(|m| m.name.split_once('市'));
    let wards: HashSet<&str> = of_cities.map(|(_, ward)| ward).filter(|ward| ward.ends_with('区')).collect();
    codes::municipalities().iter().map(|m| m.name).filter(|name| wards.contains(name)).collect()
});

/// Splits an address. `prefecture` is that of another column of the row, if there is one; without it and
/// without a prefecture in the address, a municipality counts only if its name is unique.
pub fn split(address: &str, prefecture: Option<&'static Prefecture>) -> Parts {
    let (written, rest) = after_prefecture(address);
    if let Some(prefecture) = written.or(prefecture) {
        let (municipality, rest) = starts_with_municipality(prefecture.code, &rest, true);
        return Parts { prefecture: Some(prefecture), municipality, rest: rest.to_owned() };
    }
    let mut found = codes::prefectures().iter().filter_map(|p| {
        let (municipality, rest) = starts_with_municipality(p.code, &rest, false);
        let municipality = municipality.filter(|municipality| !SHARED_WARDS.contains(municipality.name));
        Some(Parts { prefecture: Some(p), municipality: Some(municipality?), rest: rest.to_owned() })
    });
    match (found.next(), found.next()) {
        (Some(only), None) => only,
        _ => Parts { rest: rest.clone(), ..Parts::default() },
    }
}

/// Whether an address names its municipality beyond doubt: with its prefecture or county, or a city or ward. 小国町 alone
/// may be a 町字 of another municipality.
pub fn names_municipality(address: &str, municipality: &Municipality) -> bool {
    let (written, rest) = after_prefecture(address);
    let whole = strip_key(&rest, &place_key(municipality.name)).is_some();
    written.is_some()
        || (whole && municipality.name.ends_with(['市', '区']))
        || (whole && municipality.name.contains('郡'))
}

/// Splits an address in every possible way: once for each municipality with whose name it begins. Without a
/// prefecture there may be several, such as 府中市 in 東京都 and in 広島県.
pub fn splits(address: &str) -> Vec<Parts> {
    let (written, rest) = after_prefecture(address);
    let rest = rest.as_str();
    let meant = codes::prefectures().iter().filter(|p| written.is_none_or(|w| w.code == p.code));
    let parts = |prefecture: &'static Prefecture| {
        let names = NAMES.get(prefecture.code).map(Vec::as_slice).unwrap_or_default();
        let begins = move |name: &&Name| {
            let counts = written.is_some() || !name.is_ward_alone || SHARED_WARDS.contains(name.key.as_str());
            counts && strip_key(rest, &name.key).is_some()
        };
        let longest = names.iter().find(begins);
        let same = names.iter().filter(move |name| longest.is_some_and(|longest| longest.key == name.key));
        same.filter_map(move |name| {
            Some(Parts {
                prefecture: Some(prefecture),
                municipality: Some(name.municipality),
                rest: strip_key(rest, &name.key)?.to_owned(),
            })
        })
    };
    meant.flat_map(parts).collect()
}

/// The prefectures with the keys of their names.
static PREFECTURES: LazyLock<Vec<(&'static Prefecture, String)>> =
    LazyLock::new(|| codes::prefectures().iter().map(|p| (p, place_key(p.name))).collect());

/// The prefecture with which an address begins, and the rest in half width without spaces. A country and a postal code
/// before it are left out.
pub fn after_prefecture(address: &str) -> (Option<&'static Prefecture>, String) {
    let folded = nfkc(address);
    let plain = spelling(without_postal_code(folded.trim()));
    let plain = plain.as_str();
    match PREFECTURES.iter().find_map(|(prefecture, key)| Some((*prefecture, strip_key(plain, key)?))) {
        Some((prefecture, rest)) => (Some(prefecture), rest.to_owned()),
        None => (None, plain.to_owned()),
    }
}

/// The postal code before an address, 〒997-8601 or (997-8601), and the address without it.
pub fn split_postal_code(written: &str) -> (Option<String>, &str) {
    let rest = without_postal_code(written);
    let before = written.get(..written.len() - rest.len()).unwrap_or_default();
    let digits: String = before.chars().filter(char::is_ascii_digit).collect();
    (postal_code(&digits), rest)
}

/// An address without 日本、〒997-8601 before it, also in brackets; seven digits without 〒 count only with their hyphen.
fn without_postal_code(written: &str) -> &str {
    if let Some((inside, rest)) = written.strip_prefix('(').and_then(|inside| inside.split_once(')'))
        && inside.chars().any(|c| c.is_ascii_digit())
        && without_postal_code(inside).is_empty()
    {
        return rest.trim_start_matches(char::is_whitespace);
    }

    let separator = |c: char| c.is_whitespace() || matches!(c, '、' | ',');
    let domestic = match written.strip_prefix("日本") {
        Some(rest) if rest.starts_with(|c| separator(c) || c == '〒') => rest.trim_start_matches(separator),
        _ => written,
    };
    let (marked, rest) = match domestic.strip_prefix('〒') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, domestic),
    };
    let is_hyphen = |c: char| matches!(c, '-' | '−' | '‐' | '―' | '–' | 'ー');
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let after = match digits(rest) {
        7 if marked => rest.get(7..),
        3 => {
            let second = rest.get(3..).and_then(|rest| rest.strip_prefix(is_hyphen));
            second.filter(|second| digits(second) == 4).and_then(|second| second.get(4..))
        }
        _ => None,
    };
    after.unwrap_or(if marked { rest } else { domestic }).trim_start_matches(separator)
}

fn starts_with_municipality<'r>(
    prefecture: &str,
    rest: &'r str,
    with_wards: bool,
) -> (Option<&'static Municipality>, &'r str) {
    let names = NAMES.get(prefecture).map(Vec::as_slice).unwrap_or_default();
    let names = names.iter().filter(|name| with_wards || !name.is_ward_alone);
    let mut found = names.filter_map(|name| Some((name.municipality, strip_key(rest, &name.key)?)));
    match found.next() {
        Some((municipality, rest)) => (Some(municipality), rest),
        None => (None, rest),
    }
}

/// The rest of a text after a name, compared by [`place_key`].
fn strip_key<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let mut chars = text.chars();
    let begins = key.chars().all(|c| chars.next().is_some_and(|written| place_char(written) == c));
    if begins { Some(chars.as_str()) } else { None }
}

/// The form by which names of prefectures and municipalities are compared: one character for each of the name.
fn place_key(name: &str) -> String {
    spelling(name).chars().map(place_char).collect()
}

/// One form for the letters that place names write in several ways: ヶ, ケ and が, ノ, 之 and の, old and new kanji.
fn place_char(c: char) -> char {
    match c {
        'ケ' | 'ヶ' | 'ヵ' | 'が' | 'ガ' => 'け',
        'ノ' | '之' | '乃' => 'の',
        other => modern(other),
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
    // 4番 町民会館 is no 番町.
    let folded: String = nfkc(text).replace("番 ", "番-");
    folded.chars().filter(|c| !c.is_whitespace() && !is_variation_selector(*c)).map(one).collect()
}

/// Whether a character only chooses among the shapes of the kanji before it.
fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests;
