//! Words that people use for one another: other spellings of a word, and other words for one thing.
//!
//! They are looked up beside the word that was typed, not put in its place, so that a half-typed word goes on finding
//! what it found. Compiled from the texts of directories of care networks.

use super::search_key;
use std::cmp::Reverse;
use std::collections::VecDeque;
use std::sync::LazyLock;

/// Spellings of one word.
const SPELLINGS: &[&str] = &[
    "子ども 子供 こども",
    "ごみ出し ゴミだし ごみ捨て ゴミすて",
    "雪かき 雪掻き",
    "雪下ろし 雪おろし 雪降ろし",
    "草取り 草とり 草むしり",
    "買い物 買物 かいもの",
    "お出かけ おでかけ お出掛け",
    "通いの場 かよいの場",
    "支え合い 支えあい ささえあい",
    "助け合い 助けあい たすけあい",
    "見守り 見まもり みまもり",
    "集い つどい",
    "障害 障がい 障碍",
    "引きこもり ひきこもり 引き籠もり",
    "お年寄り おとしより",
    "いきいき 生き生き 活き活き",
    "ふれあい 触れ合い ふれ合い",
    "茶の間 茶のま ちゃのま",
    "百歳体操 100歳体操",
    "塩竈 塩釜",
    "憩い いこい",
    "車椅子 車いす",
    "ホームヘルパ ヘルパ",
];

/// Words for one thing.
const SYNONYMS: &[&str] = &[
    "除雪 雪かき 雪下ろし 雪投げ 雪寄せ 雪片付け",
    "通院 病院",
    "歯医者 歯科",
    "目医者 眼科",
    "お産 産科 産婦人科",
    "社協 社会福祉協議会",
    "草取り 草刈り 除草",
    "弁当 配食",
    "認知症カフェ オレンジカフェ",
    "ケアマネ ケアマネジャー 介護支援専門員",
];

/// Parts of words that are written with either numerals; `#` is the number.
const NUMBERED: [&str; 6] = ["第#", "#丁目", "#番町", "#条", "#区", "#号"];
/// The largest number that is looked up with both numerals.
const LARGEST: usize = 20;
/// The most alternatives that are looked up for a word.
const MOST: usize = 12;

/// What is looked up beside a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alternatives {
    /// The word in other spellings, without the word itself.
    pub spellings: Vec<String>,
    /// Other words for the same.
    pub synonyms: Vec<String>,
}

static SPELLING_GROUPS: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let mut groups: Vec<Vec<String>> = SPELLINGS.iter().map(|line| group(line)).collect();
    // The largest first: 十二丁目 is not 十 and 二丁目.
    for number in (1..=LARGEST).rev() {
        let numerals = [number.to_string(), kanji_number(number)];
        groups.extend(
            NUMBERED.map(|form| numerals.iter().map(|n| search_key(&form.replace('#', n))).collect()),
        );
    }
    groups
});

static SYNONYM_GROUPS: LazyLock<Vec<Vec<String>>> =
    LazyLock::new(|| SYNONYMS.iter().map(|line| group(line)).collect());

/// The words of a line, each key once; the longest first, as one may contain another.
fn group(line: &str) -> Vec<String> {
    let mut keys: Vec<String> = line.split(' ').map(search_key).collect();
    keys.sort_by_key(|key| (Reverse(key.chars().count()), key.clone()));
    keys.dedup();
    keys
}

/// 一 to 二十.
fn kanji_number(number: usize) -> String {
    let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: usize| digits.get(n).copied().unwrap_or_default();
    let tens = match number / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        n => format!("{}十", digit(n)),
    };
    tens + digit(number % 10)
}

/// The other spellings of a search key, and keys with another word for the same; at most 12 of each.
pub fn alternatives(key: &str) -> Alternatives {
    let mut spelled = expand(&[key.to_owned()], &SPELLING_GROUPS, true);
    let mut named = expand(&spelled, &SYNONYM_GROUPS, false);
    let synonyms = named.split_off(spelled.len());
    let mut synonyms = expand(&synonyms, &SPELLING_GROUPS, false);
    synonyms.retain(|synonym| !spelled.contains(synonym));
    synonyms.truncate(MOST);
    spelled.remove(0);
    Alternatives { spellings: spelled, synonyms }
}

/// The keys, and then those in which a word of a group is replaced by another word of its group.
fn expand(keys: &[String], groups: &[Vec<String>], with_particle: bool) -> Vec<String> {
    let mut known: Vec<String> = keys.to_vec();
    let mut open: VecDeque<String> = known.iter().cloned().collect();
    while let Some(key) = open.pop_front() {
        let mut written: Vec<String> = groups.iter().flat_map(|group| replaced(&key, group)).collect();
        if with_particle {
            written.extend(with_other_particle(&key));
        }
        for other in written {
            if known.len() > MOST {
                return known;
            }
            if !known.contains(&other) {
                known.push(other.clone());
                open.push_back(other);
            }
        }
    }
    known
}

/// The key with the first word of the group that occurs in it replaced by each other word of the group.
fn replaced(key: &str, group: &[String]) -> Vec<String> {
    let Some(word) = group.iter().find(|word| occurs(key, word)) else { return Vec::new() };
    let others = group.iter().filter(|other| *other != word && !other.contains(word.as_str()));
    others.map(|other| key.replacen(word.as_str(), other, 1)).collect()
}

/// Whether a word occurs in a key, and not as the end of a longer number.
fn occurs(key: &str, word: &str) -> bool {
    let Some(at) = key.find(word) else { return false };
    let before = key.get(..at).and_then(|start| start.chars().next_back());
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let starts_with_number = word.starts_with(is_numeral);
    let after = key.get(at + word.len()..).and_then(|end| end.chars().next());
    let ends_with_number = word.ends_with(is_numeral);
    !(starts_with_number && before.is_some_and(is_numeral)
        || ends_with_number && after.is_some_and(is_numeral))
}

/// 自由ヶ丘 and 自由が丘: between two kanji, and before 丘, the small ケ is read が.
fn with_other_particle(key: &str) -> Option<String> {
    let chars: Vec<char> = key.chars().collect();
    let is_kanji = |c: &char| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{2FFFF}');
    let at = chars.windows(3).position(|part| match part {
        [before, 'け' | 'が', after] => (is_kanji(before) && is_kanji(after)) || *after == '丘',
        _ => false,
    })?;
    let other = |(index, c): (usize, &char)| match c {
        'け' if index == at + 1 => 'が',
        'が' if index == at + 1 => 'け',
        c => *c,
    };
    Some(chars.iter().enumerate().map(other).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spellings(text: &str) -> Vec<String> {
        alternatives(&search_key(text)).spellings
    }

    fn synonyms(text: &str) -> Vec<String> {
        alternatives(&search_key(text)).synonyms
    }

    #[test]
    fn a_word_is_looked_up_in_its_other_spellings() {
        for (text, other) in [
            ("子供食堂", "子ども食堂"),
            ("子ども食堂", "こども食堂"),
            ("コドモ", "子供"),
            ("第二学区", "第2学区"),
            ("第２学区", "第二学区"),
            ("本町十二丁目", "本町12丁目"),
            ("本町2丁目", "本町二丁目"),
            ("自由が丘", "自由ヶ丘"),
            ("鶴ヶ岡", "鶴が岡"),
            ("あかねが丘", "あかねヶ丘"),
            ("なごみ二号館", "なごみ2号館"),
            ("ゴミ捨て", "ごみ出し"),
            ("障がい者", "障害者"),
            ("子供障害", "こども障がい"),
        ] {
            assert!(spellings(text).contains(&search_key(other)), "{text}: {:?}", spellings(text));
        }
    }

    #[test]
    fn other_words_for_the_same_are_told_apart_from_spellings() {
        for (text, other) in [
            ("除雪", "雪かき"),
            ("雪かき", "除雪"),
            ("雪掻き", "雪投げ"),
            ("雪おろし", "除雪"),
            ("通院", "病院"),
            ("認知症カフェ", "オレンジカフェ"),
            ("ケアマネ", "介護支援専門員"),
            ("介護支援専門員", "ケアマネ"),
            ("ケアマネージャー", "介護支援専門員"),
        ] {
            assert!(synonyms(text).contains(&search_key(other)), "{text}: {:?}", synonyms(text));
            assert!(!spellings(text).contains(&search_key(other)), "{text}");
        }
    }

    #[test]
    fn other_words_have_no_alternatives_and_numbers_are_whole() {
        for text in ["内科", "子", "あ", "十二", "さけが", "荘内"] {
            assert_eq!(alternatives(&search_key(text)), Alternatives::default(), "{text}");
        }
        assert_eq!(spellings("第21回"), Vec::<String>::new());
        assert_eq!(spellings("第十二学区"), ["第12学区"]);
    }

    #[test]
    fn alternatives_are_few() {
        let all = alternatives(&search_key(&"子供障害第二二丁目自由が丘買い物見守りつどい".repeat(3)));
        assert!(all.spellings.len() <= MOST && all.synonyms.len() <= MOST);
    }
}
