//! Search by a phone or fax number, among the contacts that the viewer may read.

/// Shorter numbers are searched in texts.
const FEWEST_DIGITS: usize = 6;

/// The digits of a number to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhoneSearch {
    /// From the area code on, perhaps not to the end; in E.164, `+81235`.
    Begins(String),
    /// Without the area code: `220000`.
    Ends(String),
}

impl PhoneSearch {
    /// Reads a search key; `None` when it is not six to fifteen digits, perhaps after 電話 or TEL.
    pub fn of(key: &str) -> Option<Self> {
        let key =
            ["電話番号", "電話", "tel", "fax"].iter().find_map(|word| key.strip_prefix(word)).unwrap_or(key);
        let digits =
            (FEWEST_DIGITS..=15).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_digit());
        if !digits {
            return None;
        }
        let number =
            key.strip_prefix("0081").or_else(|| key.strip_prefix("81").filter(|rest| rest.len() >= 9));
        let number = number.or_else(|| key.strip_prefix('0'));
        match number.map(|number| number.trim_start_matches('0')) {
            Some(number) => (number.len() + 1 >= FEWEST_DIGITS).then(|| Self::Begins(format!("+81{number}"))),
            None => Some(Self::Ends(key.to_owned())),
        }
    }

    /// Whether it is a number, or a part of one, by its digits in international form.
    pub fn is_in(&self, digits: u64) -> bool {
        let length = |number: u64| number.checked_ilog10().unwrap_or_default() + 1;
        match self {
            Self::Begins(start) => {
                let Ok(start) = start.trim_start_matches('+').parse::<u64>() else { return false };
                let beyond = length(digits).checked_sub(length(start));
                beyond.is_some_and(|beyond| digits / 10_u64.pow(beyond) == start)
            }
            Self::Ends(end) => {
                let Ok(number) = end.parse::<u64>() else { return false };
                let below = u32::try_from(end.len()).ok().and_then(|length| 10_u64.checked_pow(length));
                below.is_some_and(|below| digits % below == number)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_and_without_the_area_code() {
        let begins = |text: &str| Some(PhoneSearch::Begins(text.to_owned()));
        assert_eq!(PhoneSearch::of("0235265111"), begins("+81235265111"));
        assert_eq!(PhoneSearch::of("023526"), begins("+8123526"));
        assert_eq!(PhoneSearch::of("81235265111"), begins("+81235265111"));
        assert_eq!(PhoneSearch::of("0081235265111"), begins("+81235265111"));
        assert_eq!(PhoneSearch::of("tel0235265111"), begins("+81235265111"));
        assert_eq!(PhoneSearch::of("265111"), Some(PhoneSearch::Ends("265111".to_owned())));
        assert_eq!(PhoneSearch::of("810000"), Some(PhoneSearch::Ends("810000".to_owned())));
        for text in ["100", "12345", "000000", "0081000", "百歳", "0235a", "1234567890123456"] {
            assert_eq!(PhoneSearch::of(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_is_found_by_its_beginning_and_its_end() {
        let finds = |text: &str, digits| PhoneSearch::of(text).is_some_and(|search| search.is_in(digits));
        assert!(finds("0235265111", 81_235_265_111) && finds("023526", 81_235_265_111));
        assert!(finds("265111", 81_235_265_111) && finds("465111", 81_235_465_111));
        assert!(!finds("265111", 81_235_265_112) && !finds("0235265111", 8_123_526_511));
        assert!(!finds("023527", 81_235_265_111));
    }
}
