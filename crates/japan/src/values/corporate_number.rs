//! The 13-digit number that the National Tax Agency assigns to every corporation (法人番号).

use std::fmt;

use super::digits;

const LENGTH: usize = 13;

/// A corporate number with a correct check digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CorporateNumber(String);

/// Reason for which a text is not accepted as a corporate number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorporateNumberError {
    /// A spreadsheet rounded it, as in `1.25001E+12`: the digits are lost.
    Spreadsheet,
    /// Not thirteen digits.
    WrongLength,
    /// The first digit, which is the check digit, is wrong.
    WrongCheckDigit,
}

impl CorporateNumber {
    /// Parses thirteen digits, half-width or full-width.
    pub fn parse(raw: &str) -> Result<Self, CorporateNumberError> {
        let text = digits::half_width(raw);
        if is_spreadsheet_number(&text) {
            return Err(CorporateNumberError::Spreadsheet);
        }
        if !digits::all(&text) || text.len() != LENGTH {
            return Err(CorporateNumberError::WrongLength);
        }
        if !has_right_check_digit(&text) {
            return Err(CorporateNumberError::WrongCheckDigit);
        }
        Ok(Self(text))
    }

    /// The thirteen digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_spreadsheet_number(text: &str) -> bool {
    text.contains(['.', 'e', 'E']) && text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// The check digit: 9 minus the remainder by nine of the other digits, weighted 1, 2, 1, 2 … from the right.
fn has_right_check_digit(number: &str) -> bool {
    let (check, rest) = number.split_at(1);
    let weights = [1, 2].into_iter().cycle();
    let sum: u32 = digits::values(rest).rev().zip(weights).map(|(digit, weight)| digit * weight).sum();
    digits::values(check).eq([9 - sum % 9])
}

impl fmt::Display for CorporateNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Spreadsheet => "A spreadsheet has rounded this corporate number; its digits are lost.",
            Self::WrongLength => "A corporate number has thirteen digits.",
            Self::WrongCheckDigit => "The check digit of the corporate number is wrong.",
        })
    }
}

impl std::error::Error for CorporateNumberError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_real_corporations_are_taken() {
        for number in ["5080001018392", "2011001027780", "1020001136162"] {
            assert_eq!(CorporateNumber::parse(number).unwrap().as_str(), number);
        }
        let wide = CorporateNumber::parse(" ５０８０００１０１８３９２　").unwrap();
        assert_eq!(wide.as_str(), "5080001018392");
    }

    #[test]
    fn a_damaged_number_is_refused() {
        use CorporateNumberError::{Spreadsheet, WrongCheckDigit, WrongLength};
        for (raw, error) in [
            ("1.25001E+12", Spreadsheet),
            ("5080001018392.0", Spreadsheet),
            ("080001018392", WrongLength),
            ("", WrongLength),
            ("なし", WrongLength),
            ("508000101839a", WrongLength),
            ("5080001018393", WrongCheckDigit),
            ("0000000000000", WrongCheckDigit),
        ] {
            assert_eq!(CorporateNumber::parse(raw), Err(error), "{raw}");
        }
    }

    #[test]
    fn one_wrong_digit_is_noticed() {
        let number = "5080001018392";
        for place in 0..LENGTH {
            for digit in ('0'..='9').filter(|digit| !number[place..].starts_with(*digit)) {
                let mut wrong = number.to_owned();
                wrong.replace_range(place..=place, &digit.to_string());
                // Nine and zero weigh the same modulo nine.
                let same = matches!((&number[place..=place], digit), ("0", '9') | ("9", '0'));
                assert_eq!(CorporateNumber::parse(&wrong).is_ok(), same && place > 0, "{wrong}");
            }
        }
    }
}
