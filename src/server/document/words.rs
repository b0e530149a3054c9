//! Errors about words that no enum has: which are allowed, and which is like it. The library says only that the word is
//! wrong.

use super::catalogue::Catalogue;
use crate::nearest::nearest;
use async_graphql::{ErrorExtensionValues, ServerError, Value};

/// Words named in a message; a longer list is shortened.
const SHOWN: usize = 30;

/// Adds to each error about an unknown word what is allowed there, the field, and what is like it.
pub(in crate::server) fn explain(errors: &mut [ServerError], catalogue: &Catalogue) {
    for error in errors {
        let Some((argument, name, word)) = unknown_word(&error.message) else { continue };
        let Some(words) = catalogue.words(name) else { continue };
        let shown: String = word.chars().take(100).collect();
        let allowed = words.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = if words.len() > SHOWN { ", …" } else { "" };
        let like = nearest(word, words.iter().map(|word| (word.as_str(), "")));
        // `filter.kinds.0` is about the field `kinds`.
        let field = argument.split('.').rfind(|part| part.parse::<u32>().is_err()).unwrap_or(argument);
        let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
        extensions.set("field", field);
        if !like.is_empty() {
            extensions.set("nearest", Value::List(like.into_iter().map(Value::from).collect()));
        }
        error.message = format!("\"{shown}\" is no word of {name} ({field}). Allowed: {allowed}{more}.");
    }
}

/// Argument, enum and word in the library's message.
fn unknown_word(message: &str) -> Option<(&str, &str, &str)> {
    let rest = message.strip_prefix("Invalid value for argument \"")?;
    let (argument, rest) = rest.split_once("\", enumeration type \"")?;
    let (name, rest) = rest.split_once("\" does not contain the value \"")?;
    Some((argument, name, rest.strip_suffix('"')?))
}
