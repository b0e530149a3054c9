//! The code of a municipality or prefecture (全国地方公共団体コード) with its check digit.

use std::fmt;

use self::MunicipalityCodeError::{Ambiguous, NotDigits, UnknownPrefecture, WrongCheckDigit, WrongLength};
use super::digits;

/// A six-digit code, the last digit of which is the check digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MunicipalityCode(String);

/// Reason for which a text is not accepted as a municipality code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MunicipalityCodeError {
    /// It contains characters other than digits, or is empty.
    NotDigits,
    /// Not four, five or six digits.
    WrongLength,
    /// The first two digits are not 01 to 47.
    UnknownPrefecture,
    /// The check digit is wrong.
    WrongCheckDigit,
    /// Five digits that may be a code without check digit or a code that lost its leading zero.
    Ambiguous,
}

impl MunicipalityCode {
    /// Parses six digits, five without check digit, and either after a spreadsheet dropped the leading zero.
    ///
    /// About one five-digit code in ten of the prefectures 10 to 47 is [`Ambiguous`]; only the rest of its
    /// file can show which of the two it is.
    pub fn parse(raw: &str) -> Result<Self, MunicipalityCodeError> {
        let text = digits::half_width(raw);
        if !digits::all(&text) {
            return Err(NotDigits);
        }
        match text.len() {
            6 => Self::from_full(text),
            5 => Self::from_five(&text),
            4 => Self::from_base(&format!("0{text}")),
            _ => Err(WrongLength),
        }
    }

    /// The six digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The two digits of the prefecture, `01` to `47`.
    pub fn prefecture(&self) -> &str {
        self.0.get(..2).unwrap_or_default()
    }

    /// The five digits without the check digit.
    pub fn base(&self) -> &str {
        self.0.get(..5).unwrap_or_default()
    }

    /// Whether this is the code of a whole prefecture.
    pub fn is_prefecture(&self) -> bool {
        self.base().ends_with("000")
    }

    fn from_full(code: String) -> Result<Self, MunicipalityCodeError> {
        let expected = Self::from_base(code.get(..5).unwrap_or_default())?;
        if expected.0 == code { Ok(expected) } else { Err(WrongCheckDigit) }
    }

    fn from_five(text: &str) -> Result<Self, MunicipalityCodeError> {
        match (Self::from_base(text), Self::from_full(format!("0{text}"))) {
            (Ok(_), Ok(_)) => Err(Ambiguous),
            (Ok(code), Err(_)) | (Err(_), Ok(code)) => Ok(code),
            // A prefecture that exists only with the zero restored is more
            // informative than one that does not exist.
            (Err(_), Err(error)) => Err(error),
        }
    }

    fn from_base(base: &str) -> Result<Self, MunicipalityCodeError> {
        let prefecture = base.get(..2).and_then(|digits| digits.parse().ok());
        if !prefecture.is_some_and(|number: u8| (1..=47).contains(&number)) {
            return Err(UnknownPrefecture);
        }
        Ok(Self(format!("{base}{}", check_digit(base))))
    }
}

/// The check digit: the last digit of 11 minus the remainder by eleven of the digits weighted 6, 5, 4, 3, 2.
fn check_digit(base: &str) -> u32 {
    let sum: u32 = digits::values(base).zip([6, 5, 4, 3, 2]).map(|(digit, weight)| digit * weight).sum();
    (11 - sum % 11) % 10
}

impl fmt::Display for MunicipalityCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NotDigits => "A municipality code consists of digits.",
            WrongLength => "A municipality code has six digits, or five without its check digit.",
            UnknownPrefecture => "The first two digits of a municipality code are a prefecture from 01 to 47.",
            WrongCheckDigit => "The check digit of the municipality code is wrong.",
            Ambiguous => {
                "These five digits may be a code without check digit or one that lost its leading zero; give all six."
            }
        })
    }
}

impl std::error::Error for MunicipalityCodeError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(raw: &str) -> Result<String, MunicipalityCodeError> {
        MunicipalityCode::parse(raw).map(|code| code.as_str().to_owned())
    }

    #[test]
    fn every_spelling_of_a_code_is_taken() {
        for (raw, code) in [
            ("062031", "062031"),
            ("０６２０３１", "062031"),
            (" 06203 ", "062031"),
            ("62031", "062031"),
            ("6203", "062031"),
            ("011029", "011029"),
            ("01102", "011029"),
            ("13101", "131016"),
            ("060003", "060003"),
            ("60003", "060003"),
        ] {
            assert_eq!(parsed(raw).as_deref(), Ok(code), "{raw}");
        }
    }

    #[test]
    fn what_is_not_a_code_is_refused() {
        for (raw, error) in [
            ("", NotDigits),
            ("鶴岡市", NotDigits),
            ("06-203", NotDigits),
            ("203", WrongLength),
            ("0620310", WrongLength),
            ("062032", WrongCheckDigit),
            ("482011", UnknownPrefecture),
            ("002031", UnknownPrefecture),
            ("00203", UnknownPrefecture),
            ("62032", WrongCheckDigit),
        ] {
            assert_eq!(parsed(raw), Err(error), "{raw}");
        }
    }

    /// 12106 is Midori-ku in Chiba without its check digit, or Iwamizawa (012106) without its zero.
    #[test]
    fn five_digits_that_may_be_two_codes_are_ambiguous() {
        assert_eq!(parsed("12106"), Err(Ambiguous));
        assert_eq!(parsed("121061").as_deref(), Ok("121061"));
        assert_eq!(parsed("012106").as_deref(), Ok("012106"));
    }

    #[test]
    fn the_parts_of_a_code() {
        let tsuruoka = MunicipalityCode::parse("062031").unwrap();
        assert_eq!((tsuruoka.prefecture(), tsuruoka.base()), ("06", "06203"));
        assert!(!tsuruoka.is_prefecture());
        assert!(MunicipalityCode::parse("060003").unwrap().is_prefecture());
    }

    proptest! {
        #[test]
        fn a_code_is_read_back(base in 1_000u32..48_000) {
            let code = MunicipalityCode::from_base(&format!("{base:05}")).unwrap();
            prop_assert_eq!(MunicipalityCode::parse(code.as_str()), Ok(code));
        }

        #[test]
        fn no_text_is_too_odd(raw in any::<String>()) {
            let _ = MunicipalityCode::parse(&raw);
        }
    }
}
