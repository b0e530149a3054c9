//! Words of closed sets, numbers and lists of items, as people write them in a cell.

use super::days;
use crate::import::complaint::{Flaw, Words};
use crate::terms::Labelled;
use chrono::NaiveDate;
use japan::text::fold;
use unicode_normalization::UnicodeNormalization;

/// The items of a text, separated by commas, semicolons or line breaks.
pub fn items(text: &str) -> Vec<String> {
    let items = text.split([';', '；', '、', '，', ',', '\n', '\r']).map(str::trim);
    items.filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

pub(super) fn number(cell: &str) -> Option<i32> {
    let plain: String = cell.nfkc().filter(|c| !c.is_whitespace() && *c != ',').collect();
    let plain = plain.trim_end_matches(|c| "円人名床室日台分歳回前以上".contains(c));
    plain.parse().ok().filter(|number| *number >= 0)
}

pub(super) fn day(cell: &str) -> Result<NaiveDate, Flaw> {
    days::day(cell).ok_or_else(|| match days::is_of_other_weekday(cell) {
        true => Flaw::Unclear {
            cell: cell.to_owned(),
            right: "2026/12/12（土）のように、日付と曜日が合う形",
        },
        false => Flaw::NotADay { cell: cell.to_owned() },
    })
}

pub(super) fn known<T: Labelled>(cell: &str) -> Result<T, Flaw> {
    let by_code = T::of_code(cell.nfkc().collect::<String>().to_uppercase().as_str());
    let labels: Vec<&str> = T::ALL.iter().map(|value| value.label()).collect();
    // Every set says unknown in its own word; people write either.
    let unknown = || T::of_code("UNKNOWN").filter(|_| matches!(cell, "不明" | "未確認"));
    by_code.or_else(|| of_label(cell)).or_else(unknown).ok_or_else(|| not_one_of(cell, &labels))
}

/// Other words for labels, which people write.
const SAME_WORDS: [(&str, &str); 17] = [
    ("いきいき百歳体操", "百歳体操"),
    ("不要", "予約不要"),
    ("要", "要予約"),
    ("必要", "要予約"),
    ("女性", "女性限定"),
    ("男性", "男性限定"),
    ("段差無し", "段差なし"),
    ("子ども食堂", "こども食堂"),
    ("子供食堂", "こども食堂"),
    ("オレンジカフェ", "認知症カフェ"),
    ("介護者の集い", "介護者のつどい"),
    ("百才体操", "百歳体操"),
    ("社協", "社会福祉協議会"),
    ("老人会", "老人クラブ"),
    ("男性のみ", "男性限定"),
    ("女性のみ", "女性限定"),
    ("農業", "農作業"),
];

/// The value of a label, or of a part that only one label has: 公民館 for 公民館・自治会館・集会所.
pub fn of_label<T: Labelled>(written: &str) -> Option<T> {
    let same = || SAME_WORDS.iter().find(|(word, _)| fold(word) == fold(written));
    of_part(written).or_else(|| of_part(same()?.1))
}

fn of_part<T: Labelled>(written: &str) -> Option<T> {
    let wanted = fold(written);
    if let Some(whole) = T::ALL.iter().find(|value| fold(value.label()) == wanted) {
        return Some(*whole);
    }
    let has_part = |value: &&T| {
        let outside = value.label().split('（').next().unwrap_or_default();
        let parts = std::iter::once(outside).chain(outside.split('・'));
        parts.map(fold).any(|part| part == wanted)
    };
    let mut found = T::ALL.iter().filter(has_part);
    match (found.next(), found.next()) {
        (Some(only), None) => Some(*only),
        _ => None,
    }
}

pub(super) fn chosen<T: Copy>(cell: &str, choices: &[(&str, T)]) -> Result<T, Flaw> {
    let wanted = fold(cell);
    let found = choices.iter().find(|(word, _)| fold(word) == wanted);
    let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
    found.map(|(_, value)| *value).ok_or_else(|| not_one_of(cell, &words))
}

/// The flaw of a word that is not in a set; it lists the allowed words.
pub fn not_one_of(cell: &str, words: &[&str]) -> Flaw {
    Flaw::NotOneOf { cell: cell.to_owned(), words: Words::of(words.iter().copied()) }
}
