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

/// Whether words name a private home: 山田様方, 自宅.
pub fn is_home(words: &str) -> bool {
    let words: String = words.nfkc().filter(|c| !c.is_whitespace()).collect();
    words.ends_with("様方")
        || words.ends_with("方") && words.contains('様')
        || ["様宅", "自宅", "個人宅"].iter().any(|home| words.contains(home))
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
        assert!(is_home("見本様方") && is_home("見本様宅の番号"));
        assert!(!is_home("見本会館") && !is_home("自治会館"));
    }
}
