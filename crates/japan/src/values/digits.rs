//! Reads the digits of a code as written by people and spreadsheets.

use crate::text::nfkc;

/// `raw` in half-width characters, without spaces at its ends.
pub(super) fn half_width(raw: &str) -> String {
    nfkc(raw).trim().to_owned()
}

/// The values of ASCII digits, left to right; other characters are skipped.
pub(super) fn values(text: &str) -> impl DoubleEndedIterator<Item = u32> {
    text.chars().filter_map(|c| c.to_digit(10))
}

/// Whether `text` is ASCII digits only, and at least one.
pub(super) fn all(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
