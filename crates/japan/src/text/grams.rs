//! The tokens a full-text index stores for a folded field, and the token phrase that finds a folded word in it.

/// The lookup of a word in an index of [`grams`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phrase {
    /// Any token that starts with this one matches.
    Prefix(String),
    /// These tokens match, one directly after the other. Empty for an
    /// empty word: there is nothing to look up.
    Grams(Vec<String>),
}

/// The index tokens of one folded field: each window of two characters in order, then the last character alone.
///
/// A token is `x` and five hexadecimal digits per character, so no tokenizer or locale can split it. Folded text has no
/// character of plane 16, the only one that needs six digits.
pub fn grams(folded: &str) -> impl Iterator<Item = String> {
    let last = folded.chars().next_back();
    windows(folded).chain(last.map(|c| token(&[c])))
}

/// The lookup for one folded word: it matches the fields that contain the word.
pub fn phrase(folded: &str) -> Phrase {
    let mut chars = folded.chars();
    match (chars.next(), chars.next()) {
        (Some(only), None) => Phrase::Prefix(token(&[only])),
        _ => Phrase::Grams(windows(folded).collect()),
    }
}

fn windows(folded: &str) -> impl Iterator<Item = String> {
    let pairs = folded.chars().zip(folded.chars().skip(1));
    pairs.map(|(first, second)| token(&[first, second]))
}

fn token(chars: &[char]) -> String {
    chars.iter().fold(String::from("x"), |token, &c| token + &format!("{:05x}", u32::from(c)))
}

#[cfg(test)]
mod tests {
    use super::super::{fold, tests::japanese};
    use super::*;
    use proptest::prelude::*;

    /// Matches a phrase like a full-text engine.
    fn found(phrase: &Phrase, tokens: &[String]) -> bool {
        match phrase {
            Phrase::Prefix(prefix) => tokens.iter().any(|token| token.starts_with(prefix)),
            Phrase::Grams(grams) => tokens.windows(grams.len()).any(|window| window == grams),
        }
    }

    fn tokens(folded: &str) -> Vec<String> {
        grams(folded).collect()
    }

    #[test]
    fn a_field_becomes_windows_and_its_last_character() {
        assert_eq!(tokens("𠮷aあ"), ["x20bb700061", "x0006103042", "x03042"]);
        assert!(tokens("").is_empty());
    }

    #[test]
    fn one_character_is_a_prefix_and_more_are_windows() {
        assert_eq!(phrase("あ"), Phrase::Prefix("x03042".into()));
        assert_eq!(phrase("ab"), Phrase::Grams(vec!["x0006100062".into()]));
        assert_eq!(phrase(""), Phrase::Grams(Vec::new()));
    }

    #[test]
    fn a_query_in_another_spelling_is_found() {
        let field = tokens(&fold("𠮷田ガーデン２０１号"));
        for query in ["ｶﾞｰﾃﾞﾝ", "か\u{3099}でん", "𠮷", "𠮷田", "201", "０", "号"] {
            assert!(found(&phrase(&fold(query)), &field), "{query}");
        }
        assert!(!found(&phrase(&fold("吉野")), &field));
    }

    proptest! {
        #[test]
        fn a_phrase_finds_what_contains_finds(
            field in japanese(), query in japanese(), skip in 0usize..8, take in 1usize..5,
        ) {
            let field = fold(&field);
            let inside: String = field.chars().skip(skip).take(take).collect();
            let other: String = fold(&query).chars().take(take).collect();
            for word in [inside, other].iter().filter(|word| !word.is_empty()) {
                let contains = field.contains(word.as_str());
                prop_assert_eq!(found(&phrase(word), &tokens(&field)), contains, "{} in {}", word, field);
            }
        }
    }
}
