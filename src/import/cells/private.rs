//! Public free text of a list: text with a phone number or a mail address is not published.

use crate::import::cells::clean;
use crate::import::complaint::Remark;
use crate::import::report::Report;
use japan::values::mentions::private_mentions;
use unicode_normalization::UnicodeNormalization;

/// The text of a cell for all readers. One that contains a phone number or a mail address is left out with a
/// warning: visibility is decided for contacts, not for remarks.
pub fn public_text(raw: &str, report: &mut Report) -> Option<String> {
    let text = clean::text(raw)?;
    if holds_contact(&text) {
        report.warn(Remark::ContactInRemark);
        return None;
    }
    Some(text)
}

/// Whether a text has a private number, an `@`, or at least nine digits separated only by hyphens, brackets and
/// spaces.
pub fn holds_contact(text: &str) -> bool {
    let folded: String = text.nfkc().collect();
    if folded.contains('@') || !private_mentions(text).is_empty() {
        return true;
    }
    let mut digits = 0;
    for c in folded.chars() {
        match c {
            '0'..='9' => digits += 1,
            '-' | '(' | ')' | '‐' | '−' | '–' | '—' | '―' | 'ー' | ' ' => {}
            _ => digits = 0,
        }
        if digits >= 9 {
            return true;
        }
    }
    false
}

/// Whether words name a private home: 山田様方, 自宅, 見本花子さん宅.
pub fn is_home(words: &str) -> bool {
    let words: String = words.nfkc().filter(|c| !c.is_whitespace()).collect();
    words.ends_with("様方")
        || words.ends_with("方") && words.contains('様')
        || ["様宅", "自宅", "個人宅", "さん宅", "氏宅", "代表宅", "代表者宅", "会員宅"]
            .iter()
            .any(|home| words.contains(home))
        || ends_with_a_home(&words)
}

/// 見本花子宅, 見本花子宅(2階): but not 市営住宅. Of 方 after a name in an address: 1番1号見本花子方, (見本花子方).
fn ends_with_a_home(words: &str) -> bool {
    let outside = words.split('(').next().unwrap_or_default();
    let is_house = outside.strip_suffix('宅').is_some_and(|before| {
        before.chars().nth(1).is_some() && !before.ends_with(['住', '在', '社', '邸', '帰', '老', '別'])
    });
    // A name has two or more characters and stands after a number or a bracket: 東方 and 駅の北方 are none.
    let inner = words.strip_suffix(')').unwrap_or(words);
    let is_in_care_of = inner.strip_suffix('方').is_some_and(|named| {
        let before = named.trim_end_matches(is_kanji);
        named.chars().count() >= before.chars().count() + 2
            && before.chars().last().is_some_and(|c| !is_kana(c))
    });
    is_house || is_in_care_of
}

fn is_kanji(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '々'
}

fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ん' | 'ァ'..='ヶ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_with_a_number_or_mail_address_is_not_published() {
        let mut report = Report::default();
        for raw in ["連絡先 someone@example.com", "お電話は０９０－１２３４－５６７８まで", "(042)497-2308"]
        {
            assert_eq!(public_text(raw, &mut report), None, "{raw}");
        }
        assert_eq!(report.warnings.values().sum::<u64>(), 3);
        let fine = "第3土曜日 11:30~12:50、13:00~14:20 定員20名";
        assert_eq!(public_text(fine, &mut report).as_deref(), Some(fine));
    }

    #[test]
    fn somebodys_home_is_known_by_its_words() {
        for home in [
            "見本様方",
            "見本様宅の番号",
            "見本花子宅",
            "民生委員 見本花子さん宅",
            "見本花子宅（2階）",
            "鶴岡市見本町1番1号 見本花子方",
            "鶴岡市見本町1-1（見本花子方）",
        ] {
            assert!(is_home(home), "{home}");
        }
        for place in [
            "見本会館",
            "自治会館",
            "市営住宅",
            "見本社宅",
            "東方",
            "駅の北方",
            "上方町1-1",
            "大字平方",
            "鶴岡市大字上方",
        ] {
            assert!(!is_home(place), "{place}");
        }
    }
}
