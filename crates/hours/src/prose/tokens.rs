//! Splits a text into tokens after folding widths (NFKC), with the place of each. It contains no grammar.

use super::words::{self, Word};
use chrono::Weekday;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number, and how many characters it was written with; also in kanji numerals.
    Number(u32, u8),
    /// ①, ②: always a label.
    Circled(u32),
    /// `full` when 曜 or 曜日 followed.
    Weekday {
        day: Weekday,
        full: bool,
    },
    Word(Word),
    Unknown,
}

/// A token with its bytes in the original text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    pub range: Range<usize>,
}

/// One folded character with its origin.
struct Folded {
    char: char,
    range: Range<usize>,
}

/// The tokens of `text`; spaces are dropped, line breaks are kept.
pub fn tokens(text: &str) -> Vec<Token> {
    let chars = fold(text);
    let mut tokens: Vec<Token> = vec![];
    let mut at = 0;
    while at < chars.len() {
        let (kind, length) = next(&chars[at..], after_clock_colon(&tokens));
        let range = chars[at].range.start..chars[at + length - 1].range.end;
        at += length;
        match (kind, tokens.last_mut()) {
            (None, _) => {}
            (Some(Kind::Unknown), Some(last))
                if last.kind == Kind::Unknown && last.range.end == range.start =>
            {
                last.range.end = range.end;
            }
            (Some(kind), _) => tokens.push(Token { kind, range }),
        }
    }
    tokens
}

/// Whether 10: is before: the next two digits are its minutes, even in 13:0014:00.
fn after_clock_colon(tokens: &[Token]) -> bool {
    let colon = |kind| matches!(kind, Kind::Word(Word::Colon | Word::Semicolon));
    matches!(tokens, [.., hour, sign] if matches!(hour.kind, Kind::Number(..)) && colon(sign.kind))
}

/// NFKC one character at a time, a voicing mark with its kana. A sign that would turn into a digit (½, ㏠, ²) stays as it
/// is: it must never run into the digits beside it.
fn fold(text: &str) -> Vec<Folded> {
    let mut folded = vec![];
    let mut chars = text.char_indices().peekable();
    while let Some((start, char)) = chars.next() {
        let mut end = start + char.len_utf8();
        while let Some(&(at, mark)) = chars.peek().filter(|(_, c)| is_voicing_mark(*c)) {
            end = at + mark.len_utf8();
            chars.next();
        }
        if let Some(char) = plain(char) {
            folded.push(Folded { char, range: start..end });
            continue;
        }
        let becomes: Vec<char> = text[start..end].nfkc().collect();
        let digits = becomes.iter().any(char::is_ascii_digit);
        if digits && !char.is_ascii_digit() && !matches!(char, '０'..='９') {
            folded.push(Folded { char, range: start..end });
        } else {
            folded.extend(becomes.into_iter().map(|char| Folded { char, range: start..end }));
        }
    }
    folded
}

/// The character that was meant, where NFKC has another opinion: radicals, signs that look like a colon.
fn plain(char: char) -> Option<char> {
    match char {
        '⺝' => Some('月'),
        '圡' => Some('土'),
        '︰' | 'ː' | '∶' | '꞉' => Some(':'),
        '‣' => Some('・'),
        _ => None,
    }
}

fn is_voicing_mark(c: char) -> bool {
    matches!(c, '\u{FF9E}' | '\u{FF9F}' | '\u{3099}' | '\u{309A}')
}

/// The first token and its length in characters; no kind for a space.
fn next(chars: &[Folded], minutes: bool) -> (Option<Kind>, usize) {
    let first = chars[0].char;
    if matches!(first, '\n' | '\r') {
        return (Some(Kind::Word(Word::Break)), 1);
    }
    if first.is_whitespace() {
        return (None, 1);
    }
    // Words first: 24時間 and 365日 begin with digits.
    if let Some((word, length)) = words::longest(chars.iter().map(|c| c.char)) {
        return (Some(Kind::Word(word)), length);
    }
    let digits = chars.iter().take_while(|c| c.char.is_ascii_digit()).count();
    let digits = if minutes { digits.min(2) } else { digits };
    if digits > 0 {
        return (Some(number(&chars[..digits])), digits);
    }
    if let Some((day, full, length)) = weekday(chars) {
        return (Some(Kind::Weekday { day, full }), length);
    }
    if let '①'..='⑳' = first {
        return (Some(Kind::Circled(first as u32 - '①' as u32 + 1)), 1);
    }
    kanji_number(chars).map_or((Some(Kind::Unknown), 1), |(kind, length)| (Some(kind), length))
}

fn number(digits: &[Folded]) -> Kind {
    if digits.len() > 4 {
        return Kind::Unknown;
    }
    let value = digits.iter().fold(0, |value, c| value * 10 + c.char.to_digit(10).unwrap_or(0));
    Kind::Number(value, digits.len() as u8)
}

fn weekday(chars: &[Folded]) -> Option<(Weekday, bool, usize)> {
    let day = match chars[0].char {
        '月' => Weekday::Mon,
        '火' => Weekday::Tue,
        '水' => Weekday::Wed,
        '木' => Weekday::Thu,
        '金' => Weekday::Fri,
        '土' => Weekday::Sat,
        '日' => Weekday::Sun,
        _ => return None,
    };
    let is = |at: usize, c: char| chars.get(at).is_some_and(|folded| folded.char == c);
    Some(match (is(1, '曜'), is(2, '日')) {
        (true, true) => (day, true, 3),
        (true, false) => (day, true, 2),
        _ => (day, false, 1),
    })
}

/// 一 to 九十九; anything longer is not a number of this grammar.
fn kanji_number(chars: &[Folded]) -> Option<(Kind, usize)> {
    let digit = |c: &Folded| "〇一二三四五六七八九".chars().position(|d| d == c.char).map(|v| v as u32);
    let run = chars.iter().take_while(|c| digit(c).is_some() || c.char == '十').count();
    let value = match &chars[..run] {
        [] => return None,
        [one] if one.char == '十' => Some(10),
        [one] => digit(one),
        [ten, one] if ten.char == '十' => digit(one).map(|one| 10 + one),
        [tens, ten] if ten.char == '十' => digit(tens).map(|tens| tens * 10),
        [tens, ten, one] if ten.char == '十' => {
            digit(tens).zip(digit(one)).map(|(tens, one)| tens * 10 + one)
        }
        _ => None,
    };
    Some((value.map_or(Kind::Unknown, |value| Kind::Number(value, run as u8)), run))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        tokens(text).into_iter().map(|token| token.kind).collect()
    }

    #[test]
    fn widths_fold_and_offsets_point_into_the_original() {
        let text = "第２　火曜日";
        let tokens = tokens(text);
        assert_eq!(tokens[1].kind, Kind::Number(2, 1));
        assert_eq!(&text[tokens[2].range.clone()], "火曜日");
    }

    #[test]
    fn a_circled_number_does_not_run_into_the_hour() {
        assert_eq!(kinds("①10")[..], [Kind::Circled(1), Kind::Number(10, 2)]);
        assert_eq!(kinds("½10")[..], [Kind::Unknown, Kind::Number(10, 2)]);
    }

    #[test]
    fn kanji_numerals_are_numbers() {
        assert_eq!(kinds("十二")[..], [Kind::Number(12, 2)]);
        assert_eq!(kinds("二三")[..], [Kind::Unknown]);
    }
}
