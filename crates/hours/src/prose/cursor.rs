//! A cursor over tokens: looks ahead, takes, and backtracks. It contains no grammar.

use super::tokens::{Kind, Token};
use super::words::Word;
use super::{Reason, Unread};
use chrono::Weekday;
use std::ops::Range;

/// The position in a text, and the parts before it that were not understood.
pub struct Cursor<'a> {
    pub text: &'a str,
    tokens: &'a [Token],
    at: usize,
    pub unread: Vec<Unread>,
    /// An hour before was marked 午後: the text may not use the 24-hour clock.
    pub afternoon: bool,
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a str, tokens: &'a [Token]) -> Self {
        Self { text, tokens, at: 0, unread: vec![], afternoon: false }
    }

    pub fn at(&self) -> usize {
        self.at
    }

    /// Number of tokens of the whole text.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    pub fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    pub fn advance(&mut self) {
        self.at += 1;
    }

    pub fn kind(&self, ahead: usize) -> Option<Kind> {
        self.tokens.get(self.at + ahead).map(|token| token.kind)
    }

    pub fn token(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub fn word(&self) -> Option<Word> {
        match self.kind(0) {
            Some(Kind::Word(word)) => Some(word),
            _ => None,
        }
    }

    pub fn is_word(&self, ahead: usize, word: Word) -> bool {
        self.kind(ahead) == Some(Kind::Word(word))
    }

    /// Takes the word if it is next.
    pub fn take(&mut self, word: Word) -> bool {
        let found = self.is_word(0, word);
        self.at += usize::from(found);
        found
    }

    /// Takes any one of the words.
    pub fn take_any(&mut self, words: &[Word]) -> bool {
        words.iter().any(|word| self.take(*word))
    }

    /// Takes as many of the words as there are.
    pub fn skip_all(&mut self, words: &[Word]) {
        while self.take_any(words) {}
    }

    pub fn take_number(&mut self) -> Option<u32> {
        match self.kind(0) {
            Some(Kind::Number(value, _)) => {
                self.at += 1;
                Some(value)
            }
            _ => None,
        }
    }

    pub fn take_weekday(&mut self) -> Option<(Weekday, bool)> {
        match self.kind(0) {
            Some(Kind::Weekday { day, full }) => {
                self.at += 1;
                Some((day, full))
            }
            _ => None,
        }
    }

    /// Whether the token at `ahead` is 月 or 日 as a unit, not as in 月曜.
    pub fn is_unit(&self, ahead: usize, unit: Weekday) -> bool {
        self.kind(ahead) == Some(Kind::Weekday { day: unit, full: false })
    }

    pub fn take_unit(&mut self, unit: Weekday) -> bool {
        let found = self.is_unit(0, unit);
        self.at += usize::from(found);
        found
    }

    /// Tries a rule; backtracks when it does not apply.
    pub fn attempt<T>(&mut self, rule: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let (at, unread) = (self.at, self.unread.len());
        let found = rule(self);
        if found.is_none() {
            self.at = at;
            self.unread.truncate(unread);
        }
        found
    }

    /// The bytes from the token at `from` up to here.
    pub fn range(&self, from: usize) -> Range<usize> {
        let start = self.tokens.get(from).map_or(self.text.len(), |token| token.range.start);
        let end = self.tokens[..self.at.min(self.tokens.len())].last().map_or(0, |token| token.range.end);
        start..end.max(start)
    }

    pub fn refuse(&mut self, from: usize, reason: Reason) {
        let range = self.range(from);
        self.unread.push(Unread { part: self.text[range].to_owned(), reason });
    }
}
