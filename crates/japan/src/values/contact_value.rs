//! A phone or fax number or a mail address of a contact, in the form in which it is compared.

use super::PhoneNumber;
use super::phone::without_country_code;
use std::ops::RangeInclusive;
use unicode_normalization::UnicodeNormalization;

/// Fewest digits of a number beside another complete one; fewer digits are an extension.
const FEWEST_DIGITS: usize = 6;
/// Longest mail address.
const LONGEST_MAIL: usize = 254;

/// A number or an address. Equal values are the same number or address, however they were written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContactValue {
    /// A phone or fax number: `+81235265111`, or only its digits where the area code is not known.
    Number(String),
    /// A mail address in lower case.
    Mail(String),
}

impl ContactValue {
    /// The only number in a text; `None` when there is none, or several.
    pub fn number(written: &str) -> Option<Self> {
        let mut all = Self::numbers(written);
        if all.len() == 1 { all.pop() } else { None }
    }

    /// All numbers in one cell: `0235-00-0000、0235-00-0001`.
    pub fn numbers(written: &str) -> Vec<Self> {
        let Some(phone) = PhoneNumber::parse(written) else { return Vec::new() };
        let mut found: Vec<Self> = Vec::new();
        let mut add = |number: String| {
            let number = Self::Number(number);
            if !found.contains(&number) {
                found.push(number);
            }
        };
        let of_number = |c: char| c.is_ascii_digit() || "+-. ".contains(c);
        for piece in phone.display().split(|c: char| !of_number(c)) {
            if let Some(whole) = international(piece) {
                add(whole);
                continue;
            }
            for part in piece.split_whitespace() {
                let digits: String = part.chars().filter(char::is_ascii_digit).collect();
                match international(part) {
                    Some(whole) => add(whole),
                    None if digits.len() >= FEWEST_DIGITS => add(digits),
                    None => {}
                }
            }
        }
        if found.is_empty() {
            let digits = phone.display().chars().filter(char::is_ascii_digit).collect();
            found.push(Self::Number(digits));
        }
        found
    }

    /// The mail address in a text; `None`: not a mail address.
    pub fn mail(written: &str) -> Option<Self> {
        let text: String = written.nfkc().filter(|c| !c.is_whitespace()).collect();
        let text = text.to_ascii_lowercase();
        let (name, host) = text.split_once('@')?;
        let plain = !text.contains(|c: char| c.is_control()) && text.len() <= LONGEST_MAIL;
        (plain && !name.is_empty() && host.contains('.') && !host.contains('@')).then_some(Self::Mail(text))
    }

    /// All values of one contact: its numbers as displayed and in E.164, and its mail address.
    pub fn of_contact<'t>(
        numbers: impl IntoIterator<Item = Option<&'t str>>,
        mail: Option<&str>,
    ) -> Vec<Self> {
        let mut values: Vec<Self> = numbers.into_iter().flatten().flat_map(Self::numbers).collect();
        values.extend(mail.and_then(Self::mail));
        values.sort_unstable();
        values.dedup();
        values
    }

    /// Whether it may be personal: a mobile number, the number of an internet line (050), or a mail address.
    /// Small groups and people at home have 050 numbers as often as offices do, and an office loses only one
    /// of its lines when consent for the same number is withdrawn.
    pub fn is_private(&self) -> bool {
        match self {
            Self::Mail(_) => true,
            Self::Number(number) => national(number).is_some_and(is_private_number) || is_pager(number),
        }
    }

    /// Whether it is a mobile number or what is left of one: without its leading zero, or with a digit too few
    /// or too many. Such numbers more often belong to a person than to an office.
    pub fn may_be_mobile(&self) -> bool {
        match self {
            Self::Mail(_) => false,
            Self::Number(number) => national(number).is_some_and(is_mobile_number) || is_pager(number),
        }
    }

    /// The value as it is stored.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Number(text) | Self::Mail(text) => text,
        }
    }
}

/// Digits of a number without its trunk zero that may be a mobile one: one too few to two too many. With
/// eight and less it is a line without its area code.
const WITHOUT_ZERO: RangeInclusive<usize> = 9..=12;

/// The digits after country code and trunk zero; without both, only those of a number that is long enough.
fn national(number: &str) -> Option<&str> {
    match without_country_code(number) {
        Some(rest) => Some(rest.strip_prefix('0').unwrap_or(rest)),
        None => {
            number.strip_prefix('0').or(Some(number).filter(|digits| WITHOUT_ZERO.contains(&digits.len())))
        }
    }
}

/// Whether the digits after the trunk zero begin like a mobile or 050 number.
pub(super) fn is_private_number(national: &str) -> bool {
    national.starts_with("50") || is_mobile_number(national)
}

/// Whether the digits after the trunk zero begin like a mobile number; 0800 is toll-free.
pub(super) fn is_mobile_number(national: &str) -> bool {
    matches!(national.as_bytes(), [b'6'..=b'9', b'0', ..]) && !national.starts_with("800")
}

/// Fewest digits of such a number without its trunk zero; 020 alone may be the number of an entry.
const PAGER_DIGITS: usize = 9;

/// Whether the digits after the trunk zero begin like the number of a pager or of a device (020).
pub(super) fn is_pager_number(national: &str) -> bool {
    national.starts_with("20")
}

/// Whether a number begins with 020. Without its zero it may be a date.
fn is_pager(number: &str) -> bool {
    let national = without_country_code(number).or_else(|| number.strip_prefix('0'));
    national.is_some_and(|digits| is_pager_number(digits) && digits.len() >= PAGER_DIGITS)
}

fn international(piece: &str) -> Option<String> {
    let digits = piece.chars().filter(char::is_ascii_digit).count();
    // More than 13 digits are two numbers side by side, not one.
    let whole = PhoneNumber::parse(piece).filter(|_| digits <= 13)?;
    whole.e164().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn numbers(written: &str) -> Vec<String> {
        ContactValue::numbers(written).iter().map(|value| value.as_str().to_owned()).collect()
    }

    #[test]
    fn one_number_is_the_same_however_it_is_written() {
        for written in
            ["090-0000-0001", "０９０（００００）０００１", "+81 90 0000 0001", "09000000001(自宅)"]
        {
            assert_eq!(numbers(written), ["+819000000001"], "{written}");
        }
        assert_eq!(numbers("00-0301"), ["000301"]);
        assert_eq!(numbers("なし"), [""; 0]);
    }

    #[test]
    fn a_cell_may_hold_several_numbers_and_an_extension_is_none() {
        let both = ["+81235430000", "+819000000001"];
        for written in
            ["0235-43-0000、090-0000-0001", "0235-43-0000 090-0000-0001", "0235-43-0000/090-0000-0001"]
        {
            assert_eq!(numbers(written), both, "{written}");
            assert_eq!(ContactValue::number(written), None);
        }
        assert_eq!(numbers("0235-43-0000 内線123"), ["+81235430000"]);
    }

    #[test]
    fn a_mail_address_is_compared_in_lower_case() {
        let mail = |text| ContactValue::mail(text).map(|value| value.as_str().to_owned());
        assert_eq!(mail(" Hanako＠Example.JP").as_deref(), Some("hanako@example.jp"));
        assert!(
            ["", "hanako", "@example.jp", "a@b", "a@b@c.jp", "a\0@b.jp"]
                .iter()
                .all(|text| mail(text).is_none())
        );
    }

    #[test]
    fn what_is_left_of_a_mobile_number_may_be_one() {
        let may_be = |text: &str| ContactValue::numbers(text).iter().any(ContactValue::may_be_mobile);
        for written in [
            "9000000001",
            "９０－００００－０００１",
            "(90)0000-0001",
            "81-90-0000-0001",
            "0081-90-0000-0001",
            "090-0000-001",
            "090-0000-00012",
            "90-0000-001",
            "O90-0000-0001",
            "9.0E+9",
            "0235-00-0001 / 90-0000-0001",
            "0235-00-0001、9000000001",
        ] {
            assert!(may_be(written), "{written}");
        }
        for written in
            ["0235-00-0001", "235000001", "0800-123-4567", "800-123-4567", "050-0000-0001", "90-1234"]
        {
            assert!(!may_be(written), "{written}");
        }
    }

    #[test]
    fn mobile_and_internet_numbers_and_mail_look_private() {
        let private = |text: &str| ContactValue::number(text).is_some_and(|value| value.is_private());
        assert!(["090-0000-0001", "050-0000-0001", "060-0000-0001", "090-0000-001"].into_iter().all(private));
        assert!(!["0235-43-0000", "0120-000-000", "0800-123-4567", "43-0000"].into_iter().any(private));
        assert!(ContactValue::mail("a@example.jp").is_some_and(|value| value.is_private()));
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text: String) {
            let _ = (ContactValue::numbers(&text), ContactValue::mail(&text));
        }
    }
}
