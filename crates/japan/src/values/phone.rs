//! Phone numbers, for display and for dialling.

use crate::text::nfkc;
use unicode_normalization::UnicodeNormalization;

/// A phone number as written and tidied, and in E.164 where the whole number is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneNumber {
    display: String,
    e164: Option<String>,
}

impl PhoneNumber {
    /// Parses the cell of a phone column; `None` when it is no number (empty, `なし`, `-`, `0`).
    ///
    /// The digits keep their grouping. Of several numbers the first is the one to dial. A trunk zero that a
    /// spreadsheet dropped is put back where the area code is known: `235000001`, `9000000001.0`, `9.0E+9`.
    pub fn parse(raw: &str) -> Option<Self> {
        let display = with_trunk_zero(tidy(&without_spreadsheet_form(raw)));
        let has_digits = display.contains(|c: char| matches!(c, '1'..='9'));
        has_digits.then(|| Self { e164: main_number(&display).and_then(|number| to_e164(&number)), display })
    }

    /// For display: half-width, with `-` between the groups; words such as `(代)` and `内線123` stay.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// In E.164, `+81…`; `None` for a number without area code, or of a wrong length.
    pub fn e164(&self) -> Option<&str> {
        self.e164.as_deref()
    }
}

/// The digits of a cell that a spreadsheet took for a quantity (`9000000001.0`, `9.0E+9`) or marked as a text
/// (`'9000000001`); any other cell as it is.
fn without_spreadsheet_form(raw: &str) -> String {
    let text = nfkc(raw);
    let text = text.trim().trim_start_matches(['\'', '’', '`']);
    quantity(text).unwrap_or_else(|| text.to_owned())
}

/// A whole quantity of six to twelve digits, written with decimals or an exponent.
fn quantity(text: &str) -> Option<String> {
    let number = text.chars().all(|c| c.is_ascii_digit() || ".eE+".contains(c));
    if !number || text.starts_with('0') || text.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    // A double holds every whole number of twelve digits exactly.
    let value: f64 = text.parse().ok()?;
    let whole = ((1e5..1e12).contains(&value) && value.fract() == 0.0).then(|| format!("{value:.0}"))?;
    // 2.35E+08 has lost its digits: no number to ring. What may be a mobile number stays one, so that it is hidden.
    let written =
        text.split(['e', 'E']).next().unwrap_or_default().chars().filter(char::is_ascii_digit).count();
    let is_rounded = text.contains(['e', 'E']) && written < whole.len();
    (!is_rounded || whole.starts_with(['6', '7', '8', '9'])).then_some(whole)
}

/// Puts back the trunk zero of the first number, where the rest is a whole number with an area code.
fn with_trunk_zero(mut display: String) -> String {
    let Some(start) = display.find(|c: char| c.is_ascii_digit() || c == '+') else { return display };
    let number = display.get(start..).unwrap_or_default();
    let end = number.find(|c: char| !(c.is_ascii_digit() || "+-. ".contains(c))).unwrap_or(number.len());
    if lacks_trunk_zero(number.get(..end).unwrap_or_default().trim_end()) {
        display.insert(start, '0');
    }
    display
}

/// Whether a number is whole but for its trunk zero: in one piece, or in three of which the last has four digits.
/// `43-0000 123` and `43-0000-123` are not, though they have as many digits.
fn lacks_trunk_zero(number: &str) -> bool {
    let groups: Vec<&str> = number.split(['-', '.']).collect();
    let digits = groups.concat();
    // 011 is the only area code with a one in this place.
    let has_area = !matches!(digits.as_bytes(), [b'2'..=b'9', b'1', ..]);
    let is_free = ["120", "570", "800"].iter().any(|prefix| digits.starts_with(prefix));
    let is_grouped = match groups.as_slice() {
        [_] => true,
        [_, _, last] => last.len() == 4 || is_free,
        _ => false,
    };
    is_grouped && has_area && is_plausible(&digits)
}

fn tidy(raw: &str) -> String {
    let half_width = zeros_for_letters(&raw.nfkc().collect::<Vec<char>>());
    let mut tidy = String::with_capacity(half_width.len());
    for c in without_number_parentheses(&half_width).chars() {
        if is_hyphen(c, &tidy) {
            tidy.truncate(tidy.trim_end().len());
            if !tidy.ends_with('-') {
                tidy.push('-');
            }
        } else if !c.is_whitespace() {
            tidy.push(c);
        } else if !tidy.ends_with([' ', '-']) {
            tidy.push(' ');
        }
    }
    let trimmed = |c: char| c.is_whitespace() || "-、,./・;".contains(c);
    tidy.trim_matches(trimmed).to_owned()
}

/// Replaces a letter O that stands for a zero: `O90-0000-0001`.
fn zeros_for_letters(text: &[char]) -> String {
    let at = |index: Option<usize>| index.and_then(|index| text.get(index)).copied();
    let zero = |(index, c): (usize, &char)| {
        if is_zero(*c, at(index.checked_sub(1)), at(Some(index + 1))) { '0' } else { *c }
    };
    text.iter().enumerate().map(zero).collect()
}

/// Whether a letter O between two characters stands for a zero.
pub(super) fn is_zero(c: char, before: Option<char>, after: Option<char>) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    matches!(c, 'o' | 'O') && (is_digit(before) || is_digit(after)) && !is_letter(before) && !is_letter(after)
}

/// Replaces parentheses around digits, or left open, by hyphens: `(0235)43` but not `(代)`.
fn without_number_parentheses(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('(') {
        result.push_str(&before.replace(')', "-"));
        rest = match after.split_once(')') {
            Some((inside, after)) if inside.contains(is_word) => {
                result.extend(["(", inside, ")"]);
                after
            }
            _ => {
                result.push('-');
                after
            }
        };
    }
    result + &rest.replace(')', "-")
}

/// Whether a character is a letter; ー, which Unicode counts as one, is not.
fn is_word(c: char) -> bool {
    c.is_alphabetic() && c != 'ー'
}

/// Whether `c` joins two groups of digits; ー does so only where it does not lengthen a vowel (センター).
fn is_hyphen(c: char, before: &str) -> bool {
    match c {
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{2501}' | '\u{FE58}' => true,
        'ー' => before.trim_end().ends_with(|c: char| c.is_ascii_digit() || c == '-'),
        _ => false,
    }
}

/// The digits of the first number, after its `+` if it has one.
fn main_number(display: &str) -> Option<String> {
    let start = display.find(|c: char| c.is_ascii_digit() || c == '+')?;
    let number = display.get(start..)?;
    let end = number.find(|c: char| !(c.is_ascii_digit() || "+-. ".contains(c)));
    let number = number.get(..end.unwrap_or(number.len()))?;
    Some(number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect())
}

fn to_e164(number: &str) -> Option<String> {
    let national = match without_country_code(number) {
        // People write the trunk zero after the country code as well: +81 (0)235 …
        Some(rest) => rest.strip_prefix('0').unwrap_or(rest),
        None => number.strip_prefix('0')?,
    };
    is_plausible(national).then(|| format!("+81{national}"))
}

/// The digits after the country code of Japan, with or without the prefix for calls abroad.
pub(super) fn without_country_code(number: &str) -> Option<&str> {
    // No national number begins with two zeros or 010.
    let marked = ["+81", "0081", "01081"].into_iter().find_map(|code| number.strip_prefix(code));
    marked.or_else(|| number.strip_prefix("81").filter(|rest| rest.len() >= 9))
}

/// Whether the number of digits after the trunk zero agrees with the numbering plan.
fn is_plausible(national: &str) -> bool {
    let digits = national.as_bytes();
    let length = match digits {
        // 050 IP, 060/070/080/090 mobile, 0800 toll-free.
        [b'5'..=b'9', b'0', ..] => 10,
        // Every area code, 0120 and 0570; no other range has a zero here.
        [b'1'..=b'9', b'1'..=b'9', ..] => 9,
        _ => return false,
    };
    digits.len() == length && digits.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(raw: &str) -> (String, Option<String>) {
        let number = PhoneNumber::parse(raw).unwrap();
        (number.display, number.e164)
    }

    #[test]
    fn a_zero_that_a_spreadsheet_dropped_is_put_back() {
        for (written, display, e164) in [
            ("235000001", "0235000001", "+81235000001"),
            ("235-00-0001", "0235-00-0001", "+81235000001"),
            ("9000000001", "09000000001", "+819000000001"),
            ("90-0000-0001", "090-0000-0001", "+819000000001"),
            ("(90)0000-0001", "090-0000-0001", "+819000000001"),
            ("90.0000.0001", "090.0000.0001", "+819000000001"),
            ("携帯 90-0000-0001", "携帯 090-0000-0001", "+819000000001"),
            ("'9000000001", "09000000001", "+819000000001"),
            ("9000000001.0", "09000000001", "+819000000001"),
            ("9.000000001E+09", "09000000001", "+819000000001"),
            ("120-000-000", "0120-000-000", "+81120000000"),
            ("2.35000407E+08", "0235000407", "+81235000407"),
        ] {
            assert_eq!(parsed(written), (display.to_owned(), Some(e164.to_owned())), "{written}");
        }
        for other in
            ["2.35E+08", "43-0000", "43-0000 123", "43-0000-123", "215-00-0001", "12345678", "1234567890"]
        {
            assert_eq!(parsed(other), (other.to_owned(), None), "{other}");
        }
    }

    #[test]
    fn the_country_code_may_be_written_in_any_way() {
        for written in ["81-90-0000-0001", "0081-90-0000-0001", "010-81-90-0000-0001", "O90-0000-0001"] {
            assert_eq!(parsed(written).1.as_deref(), Some("+819000000001"), "{written}");
        }
    }

    #[test]
    fn every_kind_of_hyphen_and_parenthesis_becomes_one() {
        for raw in [
            "0235-43-3010",
            "０２３５－４３－３０１０",
            "（0235）43-3010",
            "0235(43)3010",
            "0235ー43ー3010",
            "0235ｰ43ｰ3010",
            "0235‐43―3010",
            "0235−43–3010",
            "0235₋43⁻3010",
            "0235--43-3010",
            "(0235)-43-3010",
            " 0235 - 43 - 3010　",
            "0235-43-3010（",
            "0235-43-3010、",
            "0235)43-3010",
            "0235─43━3010",
        ] {
            assert_eq!(parsed(raw), ("0235-43-3010".into(), Some("+81235433010".into())), "{raw}");
        }
    }

    #[test]
    fn words_around_a_number_stay() {
        for (raw, display) in [
            ("0235-43-3010（代）", "0235-43-3010(代)"),
            ("０２３５－４３－３０１０　内線１２３", "0235-43-3010 内線123"),
            ("0235-43-3010(内線123)", "0235-43-3010(内線123)"),
            ("㈹0235-43-3010", "(代)0235-43-3010"),
            ("センター 0235-43-3010", "センター 0235-43-3010"),
            ("0235-43-3010、0235-22-1111", "0235-43-3010、0235-22-1111"),
            ("0235433010", "0235433010"),
        ] {
            assert_eq!(parsed(raw), (display.into(), Some("+81235433010".into())), "{raw}");
        }
    }

    #[test]
    fn a_number_is_international_only_when_it_is_whole() {
        for (raw, e164) in [
            ("03-1234-5678", Some("+81312345678")),
            ("04992-2-4854", Some("+81499224854")),
            ("050-3625-3862", Some("+815036253862")),
            ("08060956055", Some("+818060956055")),
            ("060-1234-5678", Some("+816012345678")),
            ("0120-468-025", Some("+81120468025")),
            ("0800-123-4567", Some("+818001234567")),
            ("0570-071-101", Some("+81570071101")),
            ("+81-235-43-3010", Some("+81235433010")),
            ("+81 (0)235-43-3010", Some("+81235433010")),
            ("74-2323", None),
            ("962-1008", None),
            ("048-577-821", None),
            ("0144-555-8811", None),
            ("090-123-4567", None),
            ("020-1234-5678", None),
            ("010-1234-567", None),
            ("00-1234-5678", None),
            ("+1-202-555-0100", None),
            ("090-****-****", None),
            ("235433010", Some("+81235433010")),
            ("23543301", None),
        ] {
            assert_eq!(parsed(raw).1.as_deref(), e164, "{raw}");
        }
    }

    #[test]
    fn a_filler_is_no_number() {
        for raw in ["", "　", "なし", "特になし", "-", "－", "0", "０", "000-0000-0000", "休止中"]
        {
            assert_eq!(PhoneNumber::parse(raw), None, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn a_tidy_number_stays_as_it_is(raw in "[0-9０-９()（）ー－\\- 　代内線+]{0,20}") {
            if let Some(number) = PhoneNumber::parse(&raw) {
                prop_assert_eq!(PhoneNumber::parse(&number.display), Some(number));
            }
        }

        #[test]
        fn no_text_is_too_odd(raw in any::<String>()) {
            let _ = PhoneNumber::parse(&raw);
        }
    }
}
