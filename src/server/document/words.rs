//! Errors about words, fields and arguments that the schema does not have: which are allowed, and which is like what was
//! written. The library says only that it is wrong.

use super::catalogue::Catalogue;
use crate::nearest::nearest;
use crate::vocabularies;
use async_graphql::{ErrorExtensionValues, ServerError, Value};

/// Words named in a message; a longer list is shortened.
const SHOWN: usize = 30;

/// Adds to each error about something unknown the field, what is like it, and of words what is allowed; errors about values
/// lose the names of types that no document names.
pub(in crate::server) fn explain(errors: &mut [ServerError], catalogue: &Catalogue) {
    for error in errors {
        if let Some((argument, name, word)) = unknown_word(&error.message) {
            // `filter.kinds.0` is about the field `kinds`.
            let field = argument.split('.').rfind(|part| part.parse::<u32>().is_err()).unwrap_or(argument);
            let (field, word, name) = (field.to_owned(), word.to_owned(), name.to_owned());
            if let Some((message, like)) = about_word(&field, &word, &name, catalogue) {
                complete(error, &field, message, like);
            }
        } else if let Some((name, message, like)) = unknown_name(&error.message, catalogue) {
            complete(error, &name, message, like);
        } else if let Some(message) = wrong_value(&error.message) {
            error.message = message;
        }
    }
}

fn complete(error: &mut ServerError, field: &str, message: String, like: Vec<String>) {
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    extensions.set("field", field);
    let asks = if like.is_empty() { String::new() } else { format!(" Did you mean {}?", like.join(", ")) };
    error.message = message + &asks;
    if !like.is_empty() {
        extensions.set("nearest", Value::List(like.into_iter().map(Value::from).collect()));
    }
}

/// The sentence about a word that an enum does not have, and the words that are like it, also by what people call them.
fn about_word(field: &str, word: &str, name: &str, catalogue: &Catalogue) -> Option<(String, Vec<String>)> {
    let words = catalogue.words(name)?;
    let shown: String = word.chars().take(100).collect();
    let allowed = words.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = if words.len() > SHOWN { ", …" } else { "" };
    let message = format!("\"{shown}\" is no word of {name} ({field}). Allowed: {allowed}{more}.");
    Some((message, words_like(word, name, catalogue)))
}

/// The words of an enum that are like a word, also by what people call them: THURSDAY for 木曜.
pub(super) fn words_like(word: &str, name: &str, catalogue: &Catalogue) -> Vec<String> {
    let words = catalogue.words(name).unwrap_or_default();
    let called = vocabularies::called(name);
    let own = words.iter().map(|word| (word.as_str(), ""));
    nearest(word, own.chain(called))
}

/// Argument, enum and word in the library's message.
fn unknown_word(message: &str) -> Option<(&str, &str, &str)> {
    let rest = message.strip_prefix("Invalid value for argument \"")?;
    let (argument, rest) = rest.split_once("\", enumeration type \"")?;
    let (name, rest) = rest.split_once("\" does not contain the value \"")?;
    Some((argument, name, rest.strip_suffix('"')?))
}

/// The name of a field, argument or field of an input that there is none of, the sentence about it, and names like it.
fn unknown_name(message: &str, catalogue: &Catalogue) -> Option<(String, String, Vec<String>)> {
    let (name, sentence, known) = if let Some(rest) = message.strip_prefix("Unknown field \"") {
        let (field, rest) = rest.split_once("\" on type \"")?;
        let of = rest.split_once('"')?.0;
        (field, format!("{of} has no field \"{field}\"."), catalogue.fields(of))
    } else if let Some(rest) = message.strip_prefix("Unknown argument \"") {
        let (argument, rest) = rest.split_once("\" on field \"")?;
        let (field, rest) = rest.split_once("\" of type \"")?;
        let of = rest.split_once('"')?.0;
        let sentence = format!("The field \"{field}\" of {of} takes no argument \"{argument}\".");
        (argument, sentence, catalogue.arguments(of, field))
    } else {
        let (_, rest) = message.split_once("unknown field \"")?;
        let (field, rest) = rest.split_once("\" of type \"")?;
        let of = rest.split_once('"')?.0;
        let known = catalogue.input(of)?.keys().map(String::as_str).collect();
        (field, format!("{of} has no field \"{field}\"."), known)
    };
    let like = nearest(name, known.into_iter().map(|known| (known, "")));
    Some((name.to_owned(), sentence, like))
}

/// What a scalar says of a value, without the types around it.
fn wrong_value(message: &str) -> Option<String> {
    let (_, said) = message.strip_prefix("Failed to parse \"")?.split_once("\": ")?;
    let said = said.split(" (occurred while parsing \"").next().unwrap_or(said);
    let said = said.strip_prefix("Invalid value for argument: ").unwrap_or(said);
    Some(format!("Invalid value for argument: {said}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SDL: &str = "type Query { pets(kind: Kind, by: By): [Pet!]! } input By { named: String } type Pet { name: String tel: String }
        enum Kind { CAT DOG } enum Weekday { THURSDAY FRIDAY }";

    fn explained(message: &str) -> ServerError {
        let mut errors = [ServerError::new(message, None)];
        explain(&mut errors, &Catalogue::of(SDL));
        let [error] = errors;
        error
    }

    #[test]
    fn what_is_unknown_is_told_with_what_is_like_it() {
        for (library, told, nearest) in [
            (
                r#"Unknown field "nmae" on type "Pet"."#,
                r#"Pet has no field "nmae". Did you mean name?"#,
                Some("name"),
            ),
            (
                r#"Unknown field "tell" on type "Pet". Did you mean "tel"?"#,
                r#"Pet has no field "tell". Did you mean tel?"#,
                Some("tel"),
            ),
            (
                r#"Unknown argument "kinds" on field "pets" of type "Query"."#,
                r#"The field "pets" of Query takes no argument "kinds". Did you mean kind?"#,
                Some("kind"),
            ),
            (
                r#"Invalid value for argument "by", unknown field "nmaed" of type "By""#,
                r#"By has no field "nmaed". Did you mean named?"#,
                Some("named"),
            ),
            (r#"Unknown field "zzz" on type "Pet"."#, r#"Pet has no field "zzz"."#, None),
            (
                r#"Invalid value for argument "kind", enumeration type "Kind" does not contain the value "CAAT""#,
                r#""CAAT" is no word of Kind (kind). Allowed: CAT, DOG. Did you mean CAT?"#,
                Some("CAT"),
            ),
            (
                r#"Invalid value for argument "day", enumeration type "Weekday" does not contain the value "木曜""#,
                r#""木曜" is no word of Weekday (day). Allowed: THURSDAY, FRIDAY. Did you mean THURSDAY?"#,
                Some("THURSDAY"),
            ),
        ] {
            let error = explained(library);
            assert_eq!(error.message, told);
            let extensions = error.extensions.expect("extensions");
            let first = match extensions.get("nearest") {
                Some(Value::List(like)) => like.first().cloned(),
                _ => None,
            };
            assert_eq!(first, nearest.map(Value::from), "{library}");
        }
    }

    #[test]
    fn a_value_is_told_without_the_types_around_it() {
        let library = r#"Failed to parse "LocalTime": Invalid value for argument: 「10時」 is not a time like 13:30. (occurred while parsing "WeeklyTimeInput") (occurred while parsing "CommonFilter")"#;
        assert_eq!(
            explained(library).message,
            "Invalid value for argument: 「10時」 is not a time like 13:30."
        );
        assert_eq!(explained("Sign in first.").message, "Sign in first.");
    }
}
