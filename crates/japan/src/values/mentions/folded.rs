//! A text made comparable: half-width, lower case, one kind of hyphen, and figures for digits in other writings.

use super::PRIVATE_DIGITS;
use crate::values::phone::is_zero;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// Digits written as words. A run of ten digits may mix them with figures.
const DIGIT_WORDS: [(&str, char); 28] = [
    ("ゼロ", '0'),
    ("ぜろ", '0'),
    ("レイ", '0'),
    ("れい", '0'),
    ("マル", '0'),
    ("まる", '0'),
    ("イチ", '1'),
    ("いち", '1'),
    ("ニ", '2'),
    ("に", '2'),
    ("サン", '3'),
    ("さん", '3'),
    ("ヨン", '4'),
    ("よん", '4'),
    ("ゴ", '5'),
    ("ご", '5'),
    ("ロク", '6'),
    ("ろく", '6'),
    ("ナナ", '7'),
    ("なな", '7'),
    ("シチ", '7'),
    ("しち", '7'),
    ("ハチ", '8'),
    ("はち", '8'),
    ("キュウ", '9'),
    ("きゅう", '9'),
    ("キュー", '9'),
    ("きゅー", '9'),
];
/// Whether a text may contain a number or an address. Most contain neither and need not be folded.
pub(super) fn may_hold_any(text: &str) -> bool {
    let is_digit = |c: &char| {
        c.is_numeric()
            || digit_of_kanji(*c).is_some()
            || begins_digit_word(*c)
            || matches!(c, 'o' | 'O' | 'ｏ' | 'Ｏ' | 'i' | 'I' | 'ｉ' | 'Ｉ' | 'l' | 'ｌ')
    };
    let digits = text.chars().filter(is_digit).count();
    let letters =
        text.chars().filter(|c| matches!(c, 'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ')).count();
    digits >= PRIVATE_DIGITS || letters >= 3
}

/// A text in half-width lower case with one kind of hyphen, and the origin of each character.
pub(super) struct Folded {
    pub(super) chars: Vec<char>,
    origin: Vec<usize>,
}

impl Folded {
    pub(super) fn of(text: &str) -> Self {
        let (mut chars, mut origin) = (Vec::new(), Vec::new());
        for (at, written) in text.chars().enumerate() {
            for c in std::iter::once(written).nfkc().filter(|c| !is_invisible(*c)) {
                chars.push(folded(c));
                origin.push(at);
            }
        }
        Self { chars, origin }
    }

    /// The same text with zeros and ones for letters that stand for them.
    pub(super) fn with_zeros(&self) -> Self {
        let zero = |(index, c): (usize, &char)| self.figure_for_letter(index).unwrap_or(*c);
        Self { chars: self.chars.iter().enumerate().map(zero).collect(), origin: self.origin.clone() }
    }

    /// The same text with every digit as a figure, also those that are written as words.
    pub(super) fn in_figures(&self) -> Self {
        let (mut chars, mut origin) = (Vec::new(), Vec::new());
        let mut index = 0;
        while let (Some(c), Some(at)) = (self.chars.get(index), self.origin.get(index)) {
            let is_one = begins_digit_word(*c);
            let word = DIGIT_WORDS.into_iter().find(|(word, _)| is_one && self.is_at(index, word));
            let (figure, length) = match word {
                Some((word, figure)) => (figure, word.chars().count()),
                None => (self.figure_for_letter(index).unwrap_or(*c), 1),
            };
            chars.push(figure);
            origin.push(*at);
            index += length;
        }
        Self { chars, origin }
    }

    fn figure_for_letter(&self, index: usize) -> Option<char> {
        let at = |index: Option<usize>| self.chars.get(index?).copied();
        // The letters that stand for a one stand where an O may stand for a zero.
        let (letter, figure) = match self.at(index) {
            'i' | 'l' => ('o', '1'),
            other => (other, '0'),
        };
        is_zero(letter, at(index.checked_sub(1)), at(Some(index + 1))).then_some(figure)
    }

    pub(super) fn at(&self, index: usize) -> char {
        self.chars.get(index).copied().unwrap_or('\n')
    }

    pub(super) fn place(&self, from: usize, to: usize) -> Range<usize> {
        let origin = |index: usize| self.origin.get(index).copied().unwrap_or_default();
        origin(from)..origin(to.saturating_sub(1)) + 1
    }

    pub(super) fn is_at(&self, index: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(n, c)| self.at(index + n) == folded(c))
    }
}

/// Whether a character is invisible.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

fn folded(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{2212}'
        | '\u{2500}'
        | '\u{2501}'
        | '\u{FE58}'
        | 'ー'
        | '~'
        | '〜' => '-',
        c if c.is_whitespace() => ' ',
        c => digit_of_kanji(c).unwrap_or(c.to_ascii_lowercase()),
    }
}

/// Whether a digit written as a word may begin with a character.
fn begins_digit_word(c: char) -> bool {
    // Asked of every character of every text, so that the words themselves are not looked through.
    matches!(
        c,
        'ゼ' | 'ぜ'
            | 'レ'
            | 'れ'
            | 'マ'
            | 'ま'
            | 'イ'
            | 'い'
            | 'ニ'
            | 'に'
            | 'サ'
            | 'さ'
            | 'ヨ'
            | 'よ'
            | 'ゴ'
            | 'ご'
            | 'ロ'
            | 'ろ'
            | 'ナ'
            | 'な'
            | 'シ'
            | 'し'
            | 'ハ'
            | 'は'
            | 'キ'
            | 'き'
    )
}

fn digit_of_kanji(c: char) -> Option<char> {
    Some(match c {
        '〇' | '零' => '0',
        '一' => '1',
        '二' => '2',
        '三' => '3',
        '四' => '4',
        '五' => '5',
        '六' => '6',
        '七' => '7',
        '八' => '8',
        '九' => '9',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_a_digit_is_looked_for() {
        for (word, _) in DIGIT_WORDS {
            assert!(word.chars().next().is_some_and(begins_digit_word), "{word}");
        }
        assert!(!begins_digit_word('町') && !begins_digit_word('0'));
    }
}
