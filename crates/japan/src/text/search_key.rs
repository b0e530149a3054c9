//! Search keys: what sounds or reads the same to a person who searches.

use super::{fold, kana};
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The key under which a text is indexed and looked up: its folded form with accents dropped (é is e), ヴ as ブ,
/// ヂ and ヅ as ジ and ズ, ヰ and ヱ as イ and エ, and repeated characters written out (佐々木 is 佐佐木, かゞみ is かがみ).
///
/// More tolerant than [`fold`], which identifies records. The key of a key is the key.
pub fn search_key(text: &str) -> String {
    let folded = fold(&without_v(text));
    if folded.chars().all(is_its_own_key) {
        return folded;
    }
    let repeated = repeats_written_out(without_accents(&folded));
    // Composed again: what is written out for 々 takes the voicing mark that followed it.
    repeated.nfc().map(as_it_sounds).collect()
}

/// The text with what the marks of repetition stand for.
fn repeats_written_out(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let mut before = None;
    text.map(move |c| {
        let written = match (c, before) {
            ('々' | '〻', Some(before)) => before,
            ('ゝ', Some(before)) => kana::unvoiced(before),
            ('ゞ', Some(before)) => kana::voiced(before),
            (other, _) => other,
        };
        if !is_combining_mark(written) && !matches!(written, '々' | '〻' | 'ゝ' | 'ゞ') {
            before = Some(written);
        }
        written
    })
}

fn as_it_sounds(c: char) -> char {
    if c == 'ゔ' { 'ぶ' } else { kana::as_it_sounds(c) }
}

/// The text with バ for ヴァ, ビ for ヴィ. Before folding, which makes small vowels large: オリーヴいわき begins a word.
fn without_v(text: &str) -> Cow<'_, str> {
    const V: [(&str, &str); 8] = [
        ("ヴァ", "バ"),
        ("ヴィ", "ビ"),
        ("ヴェ", "ベ"),
        ("ヴォ", "ボ"),
        ("ゔぁ", "ば"),
        ("ゔぃ", "び"),
        ("ゔぇ", "べ"),
        ("ゔぉ", "ぼ"),
    ];
    // Half-width kana and marks of their own are composed first.
    if !text.contains(['ヴ', 'ゔ', 'ｳ', '\u{3099}', 'ﾞ']) {
        return Cow::Borrowed(text);
    }
    let composed: String = text.nfkc().collect();
    Cow::Owned(V.iter().fold(composed, |text, (v, b)| text.replace(v, b)))
}

/// Whether a folded character is the same in a search key, as nearly all are. Of those that may not be, some are.
fn is_its_own_key(c: char) -> bool {
    match c {
        'ゔ' | 'ゝ' | 'ゞ' => false,
        'ぁ'..='ん' => kana::as_it_sounds(c) == c,
        _ => c.is_ascii() || matches!(c, '\u{4E00}'..='\u{9FFF}'),
    }
}

/// Folded text without accents; voicing marks of kana and vowel signs of other scripts stay.
fn without_accents(folded: &str) -> impl Iterator<Item = char> {
    folded.nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36F}')).nfc()
}

#[cfg(test)]
mod tests {
    use super::super::tests::japanese;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn writings_that_a_person_takes_for_one_share_a_key() {
        for (left, right) in [
            ("佐々木", "佐佐木"),
            ("代々木", "代代木"),
            ("かゞみ", "かがみ"),
            ("カヾミ", "カガミ"),
            ("いすゞ", "いすず"),
            ("ちゝぶ", "ちちぶ"),
            ("ｶ々゛", "かが"),
            ("ちゞむ", "ちぢむ"),
            ("ヴィラ", "ビラ"),
            ("ヴァイオリン", "バイオリン"),
            ("サーヴィス", "サービス"),
            ("ラヴ", "ラブ"),
            ("ｳﾞｨﾗ", "ビラ"),
            ("オリーヴいわき", "オリーブいわき"),
            ("ラヴ・アイランド", "ラブ アイランド"),
            ("ヱビス", "エビス"),
            ("こぢんまり", "こじんまり"),
            ("Café", "CAFE"),
            ("Crème", "creme"),
            ("ﾃﾞｲｻｰﾋﾞｽ", "デイサービス"),
        ] {
            assert_eq!(search_key(left), search_key(right), "{left} and {right}");
        }
    }

    #[test]
    fn voicing_marks_are_no_accents() {
        assert_ne!(search_key("はは"), search_key("ばば"));
        assert_ne!(search_key("ぱん"), search_key("はん"));
        assert_eq!(search_key("々の道"), "々の道", "nothing stands before it");
    }

    proptest! {
        #[test]
        fn the_key_of_a_key_is_the_key(text in japanese()) {
            prop_assert_eq!(search_key(&search_key(&text)), search_key(&text));
        }

        #[test]
        fn a_key_of_any_text_is_fixed(text in any::<String>()) {
            prop_assert_eq!(search_key(&search_key(&text)), search_key(&text));
        }
    }
}
