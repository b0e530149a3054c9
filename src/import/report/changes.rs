//! What differs between a stored record and the row that replaces it, in the words of lists.

use super::Change;
use super::columns::column_of;
use crate::import::row::CELLS;
use crate::vocabularies;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Most characters of a value in a report.
const LONGEST_SHOWN: usize = 120;

/// Stands after a value whose text is as before and whose reading is another: other dates of the same words.
const READ_ANEW: &str = "（読み直し）";

/// The facts that differ. Of a list that a city fills in itself its cells are compared first: they have its words and the
/// names of its columns.
pub fn differences(key: &str, old: &Map<String, Value>, new: &Map<String, Value>) -> Vec<Change> {
    let cells = |facts: &Map<String, Value>| facts.get(CELLS).and_then(Value::as_object).cloned();
    let of_cells = cells(old).zip(cells(new)).map(|(old, new)| differing(key, "", &old, &new));
    match of_cells.filter(|changes| !changes.is_empty()) {
        Some(changes) => changes,
        None => differing(key, "", old, new),
    }
}

/// The fields of two objects that differ; objects below are compared by their own fields.
fn differing(key: &str, path: &str, old: &Map<String, Value>, new: &Map<String, Value>) -> Vec<Change> {
    let fields: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let changed = fields.into_iter().filter(|field| *field != CELLS && old.get(*field) != new.get(*field));
    let changes = changed.flat_map(|field| {
        let (before, after) = (old.get(field), new.get(field));
        let path = if path.is_empty() { field.clone() } else { format!("{path}.{field}") };
        match (before, after) {
            (Some(Value::Object(before)), Some(Value::Object(after))) if has_fields(before) => {
                // GATHERING, under which its facts stand, is no part of a name.
                let path = if is_code(field) || field == "details" { "" } else { path.as_str() };
                differing(key, path, before, after)
            }
            _ => change(key, path, before, after).into_iter().collect(),
        }
    });
    changes.collect()
}

/// Whether an object is compared by its fields, and not shown as a whole as a number or a schedule is.
fn has_fields(object: &Map<String, Value>) -> bool {
    ["display", "raw_text"].iter().all(|whole| !object.contains_key(*whole))
}

fn change(key: &str, field: String, before: Option<&Value>, after: Option<&Value>) -> Option<Change> {
    let (before, mut after) = (before.and_then(shown), after.and_then(shown));
    if before == after {
        after = Some(format!("{}{READ_ANEW}", after?));
    }
    Some(Change { key: key.to_owned(), field: column_of(&field).to_owned(), before, after })
}

/// A value as people read it: words, numbers and what a list or an object says, without the names of its fields.
fn shown(value: &Value) -> Option<String> {
    let text = words(value).join("、");
    match text.char_indices().nth(LONGEST_SHOWN) {
        _ if text.is_empty() => None,
        Some((end, _)) => Some(format!("{}…", &text[..end])),
        None => Some(text),
    }
}

fn words(value: &Value) -> Vec<String> {
    match value {
        Value::Null => vec![],
        Value::Bool(yes) => vec![if *yes { "あり" } else { "なし" }.to_owned()],
        Value::Number(number) => vec![number.to_string()],
        Value::String(text) => vec![vocabularies::label(text).map_or_else(|| text.clone(), str::to_owned)],
        Value::Array(items) => items.iter().flat_map(words).collect(),
        Value::Object(object) => match ["display", "raw_text"].iter().find_map(|name| object.get(*name)) {
            Some(said) if !said.is_null() => words(said),
            // The kind and the visibility of a contact are no words of a list.
            _ if object.contains_key("public") => {
                let said = ["label", "person_name", "phone", "fax", "email"];
                said.iter().filter_map(|name| object.get(*name)).flat_map(words).collect()
            }
            _ => object.values().flat_map(words).collect(),
        },
    }
}

/// Whether a word is the code of a closed set, DEMENTIA_CAFE.
fn is_code(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(old: &Value, new: &Value) -> Vec<(String, Option<String>, Option<String>)> {
        let map = |value: &Value| value.as_object().cloned().unwrap_or_default();
        let changes = differences("k", &map(old), &map(new)).into_iter();
        changes.map(|change| (change.field, change.before, change.after)).collect()
    }

    fn said(field: &str, before: &str, after: &str) -> (String, Option<String>, Option<String>) {
        let word = |word: &str| Some(word.to_owned()).filter(|word| !word.is_empty());
        (field.to_owned(), word(before), word(after))
    }

    #[test]
    fn a_change_is_told_in_the_words_of_both_files() {
        let old = json!({ "name": "旧", "phone": { "display": "0235-1", "e164": null }, "capacity": 3 });
        let new = json!({ "name": "旧", "phone": { "display": "0235-2", "e164": null }, "capacity": null });
        assert_eq!(told(&old, &new), [said("定員", "3", ""), said("電話番号", "0235-1", "0235-2")]);
    }

    #[test]
    fn codes_are_told_by_their_labels_and_fields_by_their_columns() {
        let of = |features: &[&str], name: &str| {
            json!({
                "contacts": [{ "kind": "REPRESENTATIVE", "public": true, "phone": { "display": name } }],
                "details": { "GATHERING": { "access": { "features": features }, "venue": { "name": name } } },
            })
        };
        let changes = told(&of(&["STEP_FREE"], "甲"), &of(&["CHAIR_SEATING"], "乙"));
        assert_eq!(changes[0], said("連絡先", "甲", "乙"));
        assert_eq!(changes[2], said("会場名", "甲", "乙"));
        let (column, before, _) = &changes[1];
        assert_eq!((column.as_str(), before.as_deref()), ("バリアフリー", Some("段差なし")));
    }

    #[test]
    fn of_an_own_list_its_cells_are_compared() {
        let of =
            |cell: &str, fact: &str| json!({ "cells": { "持ち物": cell }, "details": { "bring": fact } });
        assert_eq!(told(&of("甲", "甲"), &of("乙", "乙")), [said("持ち物", "甲", "乙")]);
        // The same cells, read otherwise.
        assert_eq!(told(&of("甲", "甲"), &of("甲", "乙")), [said("持ち物", "甲", "乙")]);
    }
}
