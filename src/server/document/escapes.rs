//! Characters that a string of a document writes as two escapes (`\uD842\uDFB7`) or in braces (`\u{20BB7}`): the
//! specification allows both, the library's parser neither.

use std::borrow::Cow;

/// The text with such characters themselves in its strings. Block strings and comments have no escapes, and what is no
/// character stays for the parser to refuse. The other tokens keep their lines, and their columns unless they follow
/// such a string.
pub(super) fn written_out(text: &str) -> Cow<'_, str> {
    if !text.contains("\\u") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['"', '#']) {
        let (before, token) = rest.split_at(start);
        let (token, after) = token.split_at(end_of(token));
        out.push_str(before);
        match token.starts_with('"') && !token.starts_with(BLOCK) {
            true => string(token, &mut out),
            false => out.push_str(token),
        }
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

const BLOCK: &str = "\"\"\"";

/// The length of the string or comment at the beginning of a text.
fn end_of(text: &str) -> usize {
    if text.starts_with('#') {
        return text.find(['\n', '\r']).unwrap_or(text.len());
    }
    let is_block = text.starts_with(BLOCK);
    let (opening, closing) = if is_block { (BLOCK.len(), BLOCK) } else { (1, "\"") };
    let mut at = opening;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let escape = if is_block { "\\\"\"\"" } else { "\\" };
        if rest.starts_with(escape) {
            // Of a character after a backslash all bytes are passed over.
            let escaped = rest.get(escape.len()..).and_then(|after| after.chars().next());
            at += escape.len() + if is_block { 0 } else { escaped.map_or(0, char::len_utf8) };
        } else if rest.starts_with(closing) {
            return at + closing.len();
        } else if !is_block && rest.starts_with(['\n', '\r']) {
            return at;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

fn string(token: &str, out: &mut String) {
    let mut rest = token;
    while let Some(start) = rest.find('\\') {
        let (before, escape) = rest.split_at(start);
        out.push_str(before);
        let read = braced(escape).or_else(|| pair(escape)).filter(|(c, _)| !needs_an_escape(*c));
        let (written, length) = match read {
            Some((c, length)) => (c.to_string(), length),
            None => {
                let length = 1 + escape.chars().nth(1).map_or(0, char::len_utf8);
                (escape.get(..length).unwrap_or(escape).to_owned(), length)
            }
        };
        out.push_str(&written);
        rest = escape.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
}

fn needs_an_escape(c: char) -> bool {
    c.is_control() || matches!(c, '"' | '\\')
}

/// The character of `\u{20BB7}`, and the length of the escape.
fn braced(escape: &str) -> Option<(char, usize)> {
    let (digits, _) = escape.strip_prefix("\\u{")?.split_once('}')?;
    let is_hex = (1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let c = char::from_u32(u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?)?;
    Some((c, "\\u{}".len() + digits.len()))
}

/// The character of a high and a low surrogate, and the length of both escapes.
fn pair(escape: &str) -> Option<(char, usize)> {
    const LENGTH: usize = "\\uD842\\uDFB7".len();
    let unit = |at: usize| {
        let digits = escape.get(at..at + 6)?.strip_prefix("\\u")?;
        let is_hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
        u16::from_str_radix(digits, 16).ok().filter(|_| is_hex)
    };
    let mut read = char::decode_utf16([unit(0)?, unit(6)?]);
    match (read.next(), read.next()) {
        (Some(Ok(c)), None) => Some((c, LENGTH)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;

    #[test]
    fn pairs_and_braces_become_their_character() {
        for (text, right) in [
            (r#"{ a(b: "\uD842\uDFB7野") }"#, r#"{ a(b: "𠮷野") }"#),
            (r#"{ a(b: "\u{20BB7}野", c: "\uD83D\uDE00\uD83D\uDE00") }"#, r#"{ a(b: "𠮷野", c: "😀😀") }"#),
            (r#"{ a(b: "\u{22}\u{5C}\u{A}") }"#, r#"{ a(b: "\u{22}\u{5C}\u{A}") }"#),
            (r#"{ a(b: "\\uD842\\uDFB7") }"#, r#"{ a(b: "\\uD842\\uDFB7") }"#),
            (r#"{ a(b: "\uDFB7\uD842") }"#, r#"{ a(b: "\uDFB7\uD842") }"#),
            (r#"{ a(b: "\uD842") }"#, r#"{ a(b: "\uD842") }"#),
            (r#"{ a(b: "\u3042") }"#, r#"{ a(b: "\u3042") }"#),
            (
                r#"{ a(b: """\uD842\uDFB7 \""" \uD842\uDFB7""") }"#,
                r#"{ a(b: """\uD842\uDFB7 \""" \uD842\uDFB7""") }"#,
            ),
            ("{ a # \"\\uD842\\uDFB7\n }", "{ a # \"\\uD842\\uDFB7\n }"),
        ] {
            assert_eq!(written_out(text), right);
        }
    }

    #[test]
    fn the_parser_reads_what_it_refused() {
        let text = r#"{ a(b: "\uD842\uDFB7") }"#;
        assert!(parse_query(text).is_err());
        assert!(parse_query(written_out(text)).is_ok());
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_odd(text in r#"["\\u{}D8d4c20BFabc\n# é𠮷]{0,40}"#) {
            let once = written_out(&text);
            // What is read stays read: the text means the same to the parser.
            let again = written_out(&once);
            proptest::prop_assert_eq!(&again, &once);
        }
    }
}
