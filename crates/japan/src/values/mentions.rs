//! Finds phone numbers and mail addresses in running text, in the many ways in
//! which people write or disguise them.

mod folded;

use super::ContactValue;
use super::contact_value::{is_mobile_number, is_pager_number, is_private_number};
use folded::{Folded, may_hold_any};
use std::ops::Range;

/// Most characters such as hyphens or spaces between two digits of one number.
const MOST_SIGNS: usize = 4;
/// Digits of a mobile or 050 number behind the trunk zero.
const PRIVATE_DIGITS: usize = 10;
/// Digits with the trunk zero, one too few or one too many.
const DAMAGED_DIGITS: [usize; 2] = [PRIVATE_DIGITS, PRIVATE_DIGITS + 2];
/// Replacements for `@`; those of `AT_IN_BRACKETS` count only in brackets.
const AT: [&str; 11] =
    ["@@", "@", "%40", "&#64;", "アットマーク", "あっとまーく", "アット", "あっと", "★", "☆", "●"];
const AT_IN_BRACKETS: [&str; 3] = ["at", "a", "アットマーク"];
const OPENING: &str = "([{<【〔「『";
const CLOSING: &str = ")]}>】〕」』";
/// Replacements for the dots of a host name.
const DOT: [&str; 6] = [".", "ドット", "どっと", "[dot]", "(dot)", "。"];

/// A number or an address found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The number or address.
    pub value: ContactValue,
    /// Its range in the text, in characters.
    pub place: Range<usize>,
}

/// The private numbers (mobile, 050) and the mail addresses in a text, in the order of the text.
pub fn private_mentions(text: &str) -> Vec<Mention> {
    if !may_hold_any(text) {
        return Vec::new();
    }
    let text = Folded::of(text);
    let mut found = text.with_zeros().private_numbers();
    // A word beside a number is not part of it (田中さん090-…), so words count only where no number was found.
    let overlaps = |found: &[Mention], one: &Mention| {
        found.iter().any(|other| other.place.start < one.place.end && one.place.start < other.place.end)
    };
    let spelled = text.in_figures().private_numbers();
    let spelled: Vec<Mention> = spelled.into_iter().filter(|one| !overlaps(&found, one)).collect();
    found.extend(spelled);
    found.extend(text.mails());
    found.sort_by_key(|mention| mention.place.start);
    found
}

/// The mentions of one number or address in a text, private or not.
pub fn mentions_of(text: &str, value: &ContactValue) -> Vec<Mention> {
    match value {
        ContactValue::Mail(_) => {
            let mut found = private_mentions(text);
            found.retain(|mention| mention.value == *value);
            found
        }
        ContactValue::Number(number) => {
            let text = Folded::of(text);
            let mut found = text.with_zeros().number(number);
            found.extend(text.in_figures().number(number));
            found.dedup_by(|one, other| one.place == other.place);
            found
        }
    }
}

impl Folded {
    /// The digits that may belong to one number, from an index on, each with the index after it.
    fn digits(&self, from: usize) -> Vec<(char, usize)> {
        let (mut digits, mut signs) = (Vec::new(), 0);
        for index in from..self.chars.len() {
            match self.at(index) {
                c if c.is_ascii_digit() => {
                    digits.push((c, index + 1));
                    signs = 0;
                }
                c if is_sign(c) && signs < MOST_SIGNS => signs += 1,
                c if is_odd_sign(c) && signs < MOST_SIGNS && in_groups(from, &digits) => signs += 1,
                _ => break,
            }
            if digits.len() > 18 {
                break;
            }
        }
        digits
    }

    /// Whether a run of digits begins here.
    fn begins(&self, index: usize) -> bool {
        self.at(index).is_ascii_digit() && (index == 0 || !self.at(index - 1).is_ascii_digit())
    }

    fn private_numbers(&self) -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        let mut from = 0;
        while from < self.chars.len() {
            match self.private_number(from).or_else(|| self.quantity(from)).filter(|_| self.begins(from)) {
                Some((number, to)) => {
                    found.push(Mention { value: ContactValue::Number(number), place: self.place(from, to) });
                    from = to;
                }
                None => from += 1,
            }
        }
        found
    }

    /// The mobile or 050 number that begins at an index, and the index of its end. What may be left of a
    /// mobile number counts as well.
    fn private_number(&self, from: usize) -> Option<(String, usize)> {
        let digits = self.digits(from);
        let text: String = digits.iter().map(|(digit, _)| *digit).collect();
        let abroad = ["01081", "0081", "81"].into_iter().find_map(|code| text.strip_prefix(code));
        let abroad = abroad.map(|rest| rest.strip_prefix('0').unwrap_or(rest));
        for national in [text.strip_prefix('0'), abroad].into_iter().flatten() {
            let skipped = text.len() - national.len();
            let Some((_, end)) = digits.get(skipped + PRIVATE_DIGITS - 1) else { continue };
            let is_private = is_private_number(national) || self.is_pager(from, &digits, national);
            if is_private && !self.at(*end).is_ascii_digit() {
                return Some((format!("+81{}", national.get(..PRIVATE_DIGITS)?), *end));
            }
        }
        self.damaged_number(from, &digits, &text)
    }

    /// Whether a number is that of a pager, in the groups in which people write it; a path of a web address has such digits.
    fn is_pager(&self, from: usize, digits: &[(char, usize)], national: &str) -> bool {
        let ends = |count: usize| digits.get(count - 1).map(|(_, end)| *end);
        let grouped = ends(3) == Some(from + 3) && ends(7) == Some(from + 8) && ends(11) == Some(from + 13);
        let is_path = |at: usize| matches!(self.at(at), '/' | '_' | '.');
        is_pager_number(national) && grouped && !is_path(from + 3) && !is_path(from + 8)
    }

    /// The mobile number that a spreadsheet took for a quantity, `9.012345678E+09`, and the index of its end.
    fn quantity(&self, from: usize) -> Option<(String, usize)> {
        let point = from + 1;
        let decimals: String =
            (point + 1..self.chars.len()).map(|n| self.at(n)).take_while(char::is_ascii_digit).collect();
        let end = ["e+09", "e+9"].iter().find_map(|exponent| {
            let at = point + 1 + decimals.len();
            self.is_at(at, exponent).then_some(at + exponent.len())
        })?;
        let national = format!("{}{decimals:0<9}", self.at(from));
        let is_number = self.at(point) == '.' && national.len() == PRIVATE_DIGITS;
        (is_number && is_private_number(&national)).then(|| (format!("+81{national}"), end))
    }

    /// What may be left of a mobile number: without its trunk zero, or with a digit too few or too many. It ends
    /// with a group of digits, and its groups have the lengths of those of telephone numbers.
    fn damaged_number(&self, from: usize, digits: &[(char, usize)], text: &str) -> Option<(String, usize)> {
        let mut groups: Vec<usize> = Vec::new();
        let mut last = from;
        for (count, (_, end)) in digits.iter().enumerate() {
            match groups.last_mut() {
                Some(group) if last + 1 == *end => *group += 1,
                _ => groups.push(1),
            }
            last = *end;
            if self.at(*end).is_ascii_digit() {
                continue;
            }
            let number = text.get(..=count)?;
            let whole = match number.strip_prefix('0') {
                // A postal code of Hokkaido begins in the same way.
                Some(rest) => {
                    is_mobile_number(rest)
                        && DAMAGED_DIGITS.contains(&number.len())
                        && may_be_damaged(&groups)
                        && !self.is_postal(from)
                }
                None => {
                    is_private_number(number)
                        && number.len() == PRIVATE_DIGITS
                        && matches!(groups.as_slice(), [10] | [2, 4, 4] | [2, 8] | [6, 4])
                        && !self.is_amount(from)
                }
            };
            if whole {
                let written =
                    if number.starts_with('0') { number.to_owned() } else { format!("+81{number}") };
                return Some((written, *end));
            }
        }
        None
    }

    /// Whether an amount or the rest of one begins at an index: `¥9012345678`, `1,080,000,000`.
    fn is_amount(&self, from: usize) -> bool {
        let before = |back: usize| from.checked_sub(back).map(|index| self.at(index));
        match before(1) {
            Some('¥' | '$') => true,
            Some(',' | '.') => before(2).is_some_and(|c| c.is_ascii_digit()),
            _ => false,
        }
    }

    fn is_postal(&self, from: usize) -> bool {
        let before = (0..from).rev().map(|index| self.at(index)).find(|c| *c != ' ');
        before == Some('〒')
    }

    fn number(&self, number: &str) -> Vec<Mention> {
        let mut wanted = vec![number.to_owned()];
        if let Some(national) = number.strip_prefix("+81") {
            wanted = vec![format!("0{national}"), format!("81{national}"), format!("810{national}")];
        }
        let mut found = Vec::new();
        for from in (0..self.chars.len()).filter(|from| self.begins(*from)) {
            let digits = self.digits(from);
            let is_it = |wanted: &String| {
                let same = digits.iter().map(|(digit, _)| *digit).take(wanted.len()).eq(wanted.chars());
                let end = digits.get(wanted.len().checked_sub(1)?).map(|(_, end)| *end)?;
                (same && !self.at(end).is_ascii_digit()).then_some(end)
            };
            if let Some(to) = wanted.iter().find_map(is_it) {
                found.push(Mention {
                    value: ContactValue::Number(number.to_owned()),
                    place: self.place(from, to),
                });
            }
        }
        found
    }

    fn mails(&self) -> Vec<Mention> {
        let mail = |at: usize| {
            let (before, after) = self.at_sign(at)?;
            let from = self.name(before)?;
            let name: String = self.chars.get(from..before)?.iter().collect();
            let joined = self.at(at) == '@' && before == at && after == at + 1;
            let (host, to) = self.host(after, joined)?;
            Some(Mention { value: ContactValue::Mail(format!("{name}@{host}")), place: self.place(from, to) })
        };
        (0..self.chars.len()).filter_map(mail).collect()
    }

    /// A replacement for `@` at an index: the end of the text before it, and the begin of the text after it.
    fn at_sign(&self, index: usize) -> Option<(usize, usize)> {
        let is_space = |index: usize| self.at(index) == ' ';
        let mut before = index;
        while before > 0 && is_space(before - 1) {
            before -= 1;
        }
        let opened = before > 0 && OPENING.contains(self.at(before - 1));
        let bracketed =
            AT_IN_BRACKETS.into_iter().filter(|word| opened && self.is_closed_behind(index, word));
        let begins = matches!(self.at(index), '@' | '%' | '&' | 'ア' | 'あ' | '★' | '☆' | '●' | 'a');
        let word = AT.into_iter().chain(bracketed).find(|word| begins && self.is_at(index, word))?;
        let mut after = index + word.chars().count();
        if opened {
            before -= 1;
            while before > 0 && is_space(before - 1) {
                before -= 1;
            }
        }
        while is_space(after) || (opened && CLOSING.contains(self.at(after))) {
            after += 1;
        }
        Some((before, after))
    }

    fn is_closed_behind(&self, index: usize, word: &str) -> bool {
        let mut behind = index + word.chars().count();
        while self.at(behind) == ' ' {
            behind += 1;
        }
        CLOSING.contains(self.at(behind))
    }

    /// The index at which the name before `@` begins.
    fn name(&self, end: usize) -> Option<usize> {
        let of_name = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
        let length = (0..end).rev().take_while(|index| of_name(self.at(*index))).count();
        (length > 0).then(|| end - length)
    }

    /// The host name from an index on, and its end. If `@` directly joins name and host, a single word of
    /// three letters or more suffices, since well-known domains are abbreviated (`name@docomo`).
    fn host(&self, from: usize, joined: bool) -> Option<(String, usize)> {
        let mut labels: Vec<(String, usize)> = Vec::new();
        let mut index = from;
        loop {
            let start = index;
            while self.at(index).is_ascii_alphanumeric() || self.at(index) == '-' {
                index += 1;
            }
            if index == start {
                break;
            }
            labels.push((self.chars.get(start..index)?.iter().collect(), index));
            let mut dot = index;
            while self.at(dot) == ' ' {
                dot += 1;
            }
            let Some(word) = DOT.into_iter().find(|word| self.is_at(dot, word)) else { break };
            index = dot + word.chars().count();
            while self.at(index) == ' ' {
                index += 1;
            }
        }
        // In `example.jp.1` the sentence ends after the address, and a number follows.
        let is_top = |label: &str| label.len() >= 2 && label.chars().all(|c| c.is_ascii_alphabetic());
        while labels.last().is_some_and(|(label, _)| !is_top(label)) {
            labels.pop();
        }
        let enough = labels.len() >= 2 || joined && labels.first().is_some_and(|(label, _)| label.len() >= 3);
        let (_, end) = labels.last().filter(|_| enough)?;
        let end = *end;
        Some((labels.into_iter().map(|(label, _)| label).collect::<Vec<_>>().join("."), end))
    }
}

/// Whether groups of digits may be those of a mobile number with a digit too few or too many, `090-1234-567`.
fn may_be_damaged(groups: &[usize]) -> bool {
    match groups {
        [_] | [3 | 7, _] => true,
        [3, 3..=5, last] => (3..=5).contains(last),
        _ => false,
    }
}

/// Whether a character may separate the groups 090, 1357, 9246: between other groups it separates times or dates.
fn is_odd_sign(c: char) -> bool {
    ":;+|\\\"→⇒。【】ノ番".contains(c)
}

/// Whether digits are the first or the first two groups of a mobile number, 090 or 090 and 1357, each in a run of its own.
fn in_groups(from: usize, digits: &[(char, usize)]) -> bool {
    let runs_to =
        |count: usize, from: usize| {
            digits.iter().take(count).enumerate().skip(from).all(|(n, (_, end))| {
                n == from || digits.get(n - 1).is_some_and(|(_, before)| before + 1 == *end)
            })
        };
    let is_first = digits.first().is_some_and(|(digit, end)| *digit == '0' && *end == from + 1);
    is_first && matches!(digits.len(), 3 | 7) && runs_to(3, 0) && runs_to(digits.len(), 3)
}

/// Whether a character may separate the groups of a number.
fn is_sign(c: char) -> bool {
    " -()[]._/・の「」=、,*".contains(c)
}

#[cfg(test)]
mod tests;
