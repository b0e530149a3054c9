//! Eligibility from the text of a list: the text itself, and the conditions that are certain in it.

use crate::local::Eligibility;
use crate::local::terms::Gender;
use crate::terms::Term;
use unicode_normalization::UnicodeNormalization;

/// Reads a text that is already cleaned.
pub fn of(text: Option<String>) -> Eligibility {
    let plain: String = text.iter().flat_map(|text| text.nfkc()).filter(|c| !c.is_whitespace()).collect();
    let everybody = ["どなたでも", "どなたでも参加可", "誰でも", "誰でもどうぞ", "だれでも"];
    Eligibility {
        text,
        age_min: age(&plain),
        gender: everybody.contains(&plain.as_str()).then_some(Term(Gender::Any)),
        ..Eligibility::default()
    }
}

/// The least age: `65歳以上`, `市内在住の65歳以上の方`; with 概ね or further conditions it is unknown.
fn age(plain: &str) -> Option<i32> {
    let places = ["市内在住の", "町内在住の", "村内在住の", "区内在住の", "市内の", "町内の"];
    let rest = places.iter().find_map(|place| plain.strip_prefix(place)).unwrap_or(plain);
    let (age, rest) = rest.split_once("歳以上")?;
    let whole = ["", "の方", "の人", "の者", "の市民", "の町民", "の高齢者"].contains(&rest);
    age.parse().ok().filter(|age| whole && (1..=100).contains(age))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_taken_only_where_nothing_else_is_asked() {
        let age = |text: &str| of(Some(text.to_owned())).age_min;
        assert_eq!(age("６５歳以上"), Some(65));
        assert_eq!(age("市内在住の65歳以上の方"), Some(65));
        assert_eq!(age("概ね65歳以上"), None);
        assert_eq!(age("65歳以上で要支援の方"), None);
        assert_eq!(of(Some("どなたでも".into())).gender.map(|g| g.0), Some(Gender::Any));
    }
}
