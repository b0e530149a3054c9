//! What a caller may have meant by a word or code that is not known: for the `nearest` of an error.

use japan::text::fold;

/// Most suggestions.
const MOST: usize = 5;
/// Likeness (0 to 1, Jaro-Winkler) from which a code or name is suggested.
const ALIKE: f64 = 0.8;

/// The codes whose code or name is most like what was given, the most like first. `known` are codes with their names.
pub fn nearest<'k>(given: &str, known: impl IntoIterator<Item = (&'k str, &'k str)>) -> Vec<String> {
    let given = fold(given);
    if given.is_empty() {
        return Vec::new();
    }
    let likeness = |word: &str| {
        let word = fold(word);
        match word == given {
            true => 2.0,
            // 訪問 of 訪問介護, 鶴岡 of 鶴岡市.
            false if is_part(&given, &word) || is_part(&word, &given) => 1.0,
            false => strsim::jaro_winkler(&word, &given),
        }
    };
    let mut found: Vec<(f64, &str)> = known
        .into_iter()
        .map(|(code, name)| (likeness(code).max(likeness(name)), code))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .collect();
    found.sort_by(|(one, a), (other, b)| other.total_cmp(one).then_with(|| a.cmp(b)));
    // A code may have several names.
    let mut codes: Vec<String> = Vec::new();
    for (_, code) in found {
        if codes.len() < MOST && codes.iter().all(|known| known != code) {
            codes.push(code.to_owned());
        }
    }
    codes
}

/// Whether a text of at least two characters stands in another one.
fn is_part(part: &str, whole: &str) -> bool {
    part.chars().nth(1).is_some() && whole.contains(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [(&str, &str); 4] =
        [("01001", "内科"), ("01003", "消化器内科"), ("02001", "外科"), ("GATHERING_PLACE", "通いの場")];

    #[test]
    fn a_name_leads_to_its_code_and_so_do_names_that_contain_it() {
        assert_eq!(nearest("内科", KNOWN), ["01001", "01003"]);
    }

    #[test]
    fn a_typing_error_leads_to_the_code() {
        assert_eq!(nearest("GATHERING_PALCE", KNOWN), ["GATHERING_PLACE"]);
        assert_eq!(nearest("gathering-place", KNOWN), ["GATHERING_PLACE"]);
        assert_eq!(nearest("1001", KNOWN).first().map(String::as_str), Some("01001"));
    }

    #[test]
    fn what_is_like_nothing_leads_nowhere() {
        assert_eq!(nearest("ZZZ", KNOWN), [] as [&str; 0]);
        assert_eq!(nearest("", KNOWN), [] as [&str; 0]);
        assert_eq!(nearest("C", KNOWN), [] as [&str; 0]);
    }
}
