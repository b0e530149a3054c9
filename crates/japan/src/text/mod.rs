//! Keys for Japanese text: folding, search keys and words, synonyms. Names no database and no GraphQL.

mod kana;
mod search_key;
mod synonyms;
mod variants;

use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, char::is_combining_mark, is_nfkc_quick};

pub use search_key::search_key;
pub use synonyms::{Alternatives, alternatives};
pub(crate) use variants::modern;

/// The key by which names are compared: spellings of one name have the same key.
///
/// Width, case, katakana and hiragana, small and large kana, old and new kanji are unified; all characters
/// but letters, marks and numbers are dropped, and so is the prolonged sound mark. The key is for comparing,
/// never for display. Folding a key again does not change it. Keys are stored as the identity of records, so this
/// function must not change; a search is more tolerant, see [`search_key()`].
pub fn fold(text: &str) -> String {
    // Decomposed first and composed last: a dakuten meets its kana only after spaces and dashes between them are gone.
    text.nfkd()
        .flat_map(char::to_lowercase)
        .filter_map(key_char)
        .skip_while(|&c| is_combining_mark(c))
        .nfc()
        .collect()
}

/// A text in half width and composed characters (NFKC). Most texts are so already.
pub(crate) fn nfkc(text: &str) -> Cow<'_, str> {
    match is_nfkc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfkc().collect()),
    }
}

/// The search keys of the words of `text`, in order; words of signs only are left out.
pub fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(search_key).filter(|word| !word.is_empty()).collect()
}

/// Whether two names may belong to one thing: one is a part of the other, as
/// where a corporation stands before it.
pub fn is_part_of_the_other(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    one.contains(&other) || other.contains(&one)
}

fn key_char(c: char) -> Option<char> {
    let c = variants::modern(kana::large_hiragana(c));
    let kept = (c.is_alphanumeric() || is_combining_mark(c))
        && c != kana::PROLONGED_SOUND
        && !is_variation_selector(c);
    kept.then_some(c)
}

/// Variation selectors are marks in Unicode; if kept, they would distinguish 葛󠄀 (in 葛城市) from 葛.
fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CHARS: &str = "あがぱアヴヷッャーカﾞｶﾊﾟ゛゜ヶㇰゝヾ々〇・-‐ 　病院髙高邉邊齋斉⺠⾧𠮷葛\u{E0100}\u{3099}A1ａＢ２①㈱㌢é♥😀´";

    pub(super) fn japanese() -> impl Strategy<Value = String> {
        let chars: Vec<char> = CHARS.chars().collect();
        proptest::collection::vec(proptest::sample::select(chars), 0..14)
            .prop_map(|chars| chars.into_iter().collect())
    }

    #[test]
    fn spellings_of_one_word_share_a_key() {
        for (left, right) in [
            ("ガーデン", "か\u{3099}でん"),
            ("ｶﾞｰﾃﾞﾝ", "がでん"),
            ("カ゛", "が"),
            ("ッ゛", "づ"),
            ("ハ゜ーク", "パーク"),
            ("ヴィラ", "ゔいら"),
            ("鶴ヶ岡", "鶴ケ岡"),
            ("にこ♥ふる", "にこふる"),
            ("ＡＢＣ　１２３", "abc123"),
            ("第２学區", "第2学区"),
            ("髙﨑", "高崎"),
            ("渡邊", "渡辺"),
            ("渡邉", "渡辺"),
            ("齋藤", "斎藤"),
            ("⺠生委員⾧", "民生委員長"),
            ("葛\u{E0100}城", "葛城"),
            ("㈱やまと", "(株)ヤマト"),
            ("０２３５－４３‐３０１０", "0235433010"),
        ] {
            assert_eq!(fold(left), fold(right), "{left} and {right}");
        }
    }

    #[test]
    fn different_words_keep_different_keys() {
        for (left, right) in
            [("斉藤", "斎藤"), ("はは", "ばば"), ("佐々木", "佐木"), ("大坂", "大阪"), ("一丁目", "ー丁目")]
        {
            assert_ne!(fold(left), fold(right), "{left} and {right}");
        }
    }

    #[test]
    fn words_are_split_at_every_kind_of_space() {
        assert_eq!(words(" 通い　の場\tカフェ ・ "), ["通い", "の場", "かふえ"]);
        assert!(words("♥ ・ー 、゛").is_empty());
    }

    #[test]
    fn every_character_folds_to_a_fixed_point() {
        for c in char::MIN..=char::MAX {
            let key = fold(&c.to_string());
            assert_eq!(fold(&key), key, "U+{:04X}", u32::from(c));
        }
    }

    proptest! {
        #[test]
        fn folding_a_key_changes_nothing(text in any::<String>()) {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }

        #[test]
        fn folding_a_japanese_key_changes_nothing(text in japanese()) {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }

        #[test]
        fn normalization_forms_share_a_key(text in japanese()) {
            prop_assert_eq!(fold(&text.nfd().collect::<String>()), fold(&text));
            prop_assert_eq!(fold(&text.nfkc().collect::<String>()), fold(&text));
        }
    }
}
