//! Brackets within brackets, counted on the text before it is parsed.
//!
//! The library's parser calls itself for every bracket: 64 KiB of `{` or `[` would overflow the
//! stack and end the process. This walks the tokens once, so that brackets in strings and comments
//! do not count.

use crate::error::{Error, Result};

/// Room for 16 levels of fields with an inline fragment each, and lists and objects in arguments.
const BRACKETS: usize = 64;

/// Refuses a text whose brackets are nested too deeply.
pub(in crate::server) fn check_nesting(text: &str) -> Result<()> {
    if deepest(text.as_bytes()) <= BRACKETS {
        return Ok(());
    }
    Err(Error::LimitExceeded(format!("Brackets are nested more than {BRACKETS} deep.")))
}

fn deepest(text: &[u8]) -> usize {
    let (mut position, mut open, mut deepest) = (0, 0_usize, 0);
    // Without an end, `"""` is an empty string and a quote to the parser; looked for only once.
    let mut blocks_end = true;
    while let Some(byte) = text.get(position) {
        position += 1;
        match byte {
            b'{' | b'[' | b'(' => {
                open += 1;
                deepest = deepest.max(open);
            }
            b'}' | b']' | b')' => open = open.saturating_sub(1),
            b'#' => position = end_of_line(text, position),
            b'"' if text[position..].starts_with(b"\"\"") && blocks_end => {
                match end_of_block(text, position + 2) {
                    Some(end) => position = end,
                    None => {
                        blocks_end = false;
                        position += 1;
                    }
                }
            }
            b'"' => position = end_of_string(text, position),
            _ => (),
        }
    }
    deepest
}

fn end_of_line(text: &[u8], start: usize) -> usize {
    let rest = &text[start..];
    start + rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len())
}

fn end_of_block(text: &[u8], start: usize) -> Option<usize> {
    let mut position = start;
    loop {
        let rest = &text[position..];
        position += rest.iter().position(|byte| *byte == b'"')?;
        let escaped = position > start && text[position - 1] == b'\\';
        if text[position..].starts_with(b"\"\"\"") {
            position += 3;
            if !escaped {
                return Some(position);
            }
        } else {
            position += 1;
        }
    }
}

/// A string ends with its quote, or with the line, where the parser gives up.
fn end_of_string(text: &[u8], start: usize) -> usize {
    let mut position = start;
    while let Some(byte) = text.get(position) {
        match byte {
            b'"' => return position + 1,
            b'\n' | b'\r' => return position,
            b'\\' => position += 2,
            _ => position += 1,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(text: &str) -> usize {
        deepest(text.as_bytes())
    }

    #[test]
    fn brackets_are_counted_only_where_they_are_tokens() {
        assert_eq!(depth("{ a(b: [1, [2]]) { c } }"), 4);
        assert_eq!(depth("{ a # {{{{{{\n }"), 1);
        assert_eq!(depth(r#"{ a(b: "[[[[\"[[[") }"#), 2);
        assert_eq!(depth(r#"{ a(b: """[[[ \""" [[[ " """) }"#), 2);
        assert_eq!(depth(r#"{ a(b: "", c: "{") }"#), 2);
    }

    #[test]
    fn an_unfinished_string_hides_nothing_from_the_count() {
        assert_eq!(depth("\"\"\" [[["), 0, "one long string to the parser as well");
        assert_eq!(depth("\"\"\" \" [[["), 3);
        assert_eq!(depth("\"{{{\n[[["), 3);
        assert_eq!(depth("\"\\"), 0);
    }

    #[test]
    fn deep_texts_are_refused_quickly() {
        for unit in ["{", "[", "{a(b:", "\"\"\"", "\"\"\"[", "#{"] {
            let text = unit.repeat(65_536 / unit.len());
            let start = std::time::Instant::now();
            let _ = check_nesting(&text);
            assert!(start.elapsed().as_millis() < 100, "{unit}");
        }
        assert!(check_nesting(&"[".repeat(65)).is_err());
        assert!(check_nesting(&"[".repeat(64)).is_ok());
    }
}
