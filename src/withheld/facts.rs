//! Screening of the facts of local kinds as JSON, so that no text in them is forgotten. Private texts are
//! removed so that the rest can still be read as facts of its kind.

use super::rules::Rules;
use super::texts::WithheldText;
use crate::local_kinds::Details;
use entity::enums::ResourceKind;
use serde_json::Value;
use std::collections::BTreeSet;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Key(String),
    Index(usize),
}

type Path = Vec<Step>;

/// Takes out private texts and answers them. An optional text becomes null; with a required one, such as the
/// name of a menu, the whole item is removed.
pub fn screen(details: &mut Details, rules: &Rules<'_>) -> Vec<WithheldText> {
    // Facts that are no JSON cannot have been stored, either.
    let Ok(facts) = details.facts() else { return Vec::new() };
    let kind = details.kind();
    let (mut held, mut removed) = (Vec::new(), BTreeSet::new());
    for (path, text) in all_texts(&facts) {
        let field = field(&path);
        let Some(reason) = rules.reason(&field, text) else { continue };
        held.push(WithheldText { field, text: text.to_owned(), reason });
        removed.insert(removable(kind, &facts, path));
    }
    if !held.is_empty()
        && let Ok(Some(rest)) = Details::read(kind, without(&facts, &mut Vec::new(), &removed))
    {
        *details = rest;
    }
    held
}

fn all_texts(facts: &Value) -> Vec<(Path, &str)> {
    let mut all = Vec::new();
    texts(facts, &mut Vec::new(), &mut all);
    all
}

fn texts<'v>(value: &'v Value, path: &mut Path, found: &mut Vec<(Path, &'v str)>) {
    match value {
        Value::String(text) => found.push((path.clone(), text)),
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                path.push(Step::Index(n));
                texts(item, path, found);
                path.pop();
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                path.push(Step::Key(name.clone()));
                texts(field, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

/// The smallest part around a text without which the facts can still be read.
fn removable(kind: ResourceKind, facts: &Value, path: Path) -> Path {
    let is_readable = |length: &usize| {
        let removed = BTreeSet::from([path.iter().take(*length).cloned().collect()]);
        Details::read(kind, without(facts, &mut Vec::new(), &removed)).is_ok()
    };
    let length = (1..=path.len()).rev().find(is_readable).unwrap_or(1);
    path.into_iter().take(length).collect()
}

fn without(value: &Value, path: &mut Path, removed: &BTreeSet<Path>) -> Value {
    match value {
        Value::Array(items) => {
            let mut left = Vec::new();
            for (n, item) in items.iter().enumerate() {
                path.push(Step::Index(n));
                if !removed.contains(path) {
                    left.push(without(item, path, removed));
                }
                path.pop();
            }
            Value::Array(left)
        }
        Value::Object(fields) => {
            let mut left = serde_json::Map::new();
            for (name, field) in fields {
                path.push(Step::Key(name.clone()));
                let gone = removed.contains(path);
                left.insert(name.clone(), if gone { Value::Null } else { without(field, path, removed) });
                path.pop();
            }
            Value::Object(left)
        }
        other => other.clone(),
    }
}

/// `menus[0].districtsNote`
fn field(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Index(n) => text.push_str(&format!("[{n}]")),
            Step::Key(name) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(&in_the_schema(name));
            }
        }
    }
    text
}

/// `districtsNote` for `districts_note`.
fn in_the_schema(name: &str) -> String {
    let mut words = name.split('_');
    let mut text = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        text.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        text.push_str(letters.as_str());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consents::effect::Ledger;
    use crate::local::terms::FeeKind;
    use crate::local::{Fee, HowToApply, Surcharge};
    use crate::mutual_aid::{Menu, MutualAidDetails};
    use crate::withheld::Released;
    use uuid::Uuid;

    const PRIVATE: &str = "電話 090-0000-0001";

    fn screened(details: &Details) -> (Vec<String>, Details) {
        let mut rest = details.clone();
        let (ledger, released) = (Ledger::default(), Released::default());
        let rules = Rules {
            resource: Uuid::nil(),
            ledger: &ledger,
            released: &released,
            is_public: &|_| false,
            closed: &[],
        };
        let held = screen(&mut rest, &rules);
        (held.into_iter().map(|held| held.field).collect(), rest)
    }

    fn menu(name: &str, conditions: Option<&str>) -> Menu {
        let (name, conditions) = (name.to_owned(), conditions.map(str::to_owned));
        let fees = vec![Fee {
            surcharges: vec![Surcharge { label: PRIVATE.into(), amount_yen: None, unit: None }],
            ..Fee::of(FeeKind::Free)
        }];
        Menu {
            name,
            category: None,
            fees,
            fare_reviewed: false,
            season: None,
            districts_note: None,
            conditions,
        }
    }

    #[test]
    fn what_may_be_missing_is_taken_out_and_around_a_name_the_whole_item() {
        let details = MutualAidDetails {
            menus: vec![menu(PRIVATE, Some(PRIVATE)), menu("除雪", Some(PRIVATE)), menu("草刈り", None)],
            how_to_apply: Some(HowToApply { text: Some(PRIVATE.into()), lead_time_days: Some(3) }),
            recruit_note: Some(PRIVATE.into()),
            ..MutualAidDetails::default()
        };
        let (fields, rest) = screened(&Details::MutualAid(Box::new(details)));
        let expected = [
            "howToApply.text",
            "menus[0].conditions",
            "menus[0].fees[0].surcharges[0].label",
            "menus[0].name",
            "menus[1].conditions",
            "menus[1].fees[0].surcharges[0].label",
            "menus[2].fees[0].surcharges[0].label",
            "recruitNote",
        ];
        let mut fields = fields;
        fields.sort();
        assert_eq!(fields, expected);
        let Details::MutualAid(rest) = rest else { panic!("another kind") };
        let names: Vec<&str> = rest.menus.iter().map(|menu| menu.name.as_str()).collect();
        assert_eq!(names, ["除雪", "草刈り"]);
        assert!(
            rest.menus.iter().all(|menu| menu.conditions.is_none() && menu.fees[0].surcharges.is_empty())
        );
        assert_eq!(rest.how_to_apply.and_then(|how| how.lead_time_days), Some(3));
        assert_eq!(rest.recruit_note, None);
    }
}
