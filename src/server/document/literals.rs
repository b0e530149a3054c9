//! Literals of a document that the library takes although the specification does not: a word of an enum in quotes
//! (3.9.2). In JSON variables such words are strings, and are taken.

use super::catalogue::Catalogue;
use super::merging::Checked;
use super::operation::root_type;
use super::words::words_like;
use crate::error::Error;
use crate::server::answer;
use async_graphql::parser::types::{BaseType, ExecutableDocument, Field, Selection, SelectionSet, Type};
use async_graphql::{Name, Pos, ServerError, Value};
use std::convert::Infallible;

/// Refuses a document with a word of an enum in quotes. Each selection and each fragment is looked at once.
pub(super) fn check(document: &ExecutableDocument, catalogue: &Catalogue) -> Checked {
    let literals = Literals { catalogue };
    for (_, operation) in document.operations.iter() {
        let root = root_type(operation.node.ty);
        for variable in &operation.node.variable_definitions {
            if let Some(default) = &variable.node.default_value {
                literals.value(
                    &variable.node.name.node,
                    &default.node,
                    &variable.node.var_type.node,
                    default.pos,
                )?;
            }
        }
        literals.selection_set(&operation.node.selection_set.node, Some(root))?;
    }
    for fragment in document.fragments.values() {
        let on = fragment.node.type_condition.node.on.node.as_str();
        literals.selection_set(&fragment.node.selection_set.node, Some(on))?;
    }
    Ok(())
}

struct Literals<'c> {
    catalogue: &'c Catalogue,
}

impl Literals<'_> {
    fn selection_set(&self, set: &SelectionSet, on: Option<&str>) -> Checked {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => self.field(&field.node, on)?,
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let on = condition.map(|condition| condition.node.on.node.as_str()).or(on);
                    self.selection_set(&inline.node.selection_set.node, on)?;
                }
                Selection::FragmentSpread(_) => {}
            }
        }
        Ok(())
    }

    fn field(&self, field: &Field, on: Option<&str>) -> Checked {
        // Validation names an unknown field.
        let Some(shape) = self.catalogue.shape(on, field.name.node.as_str()) else { return Ok(()) };
        for (name, value) in &field.arguments {
            if let Some(ty) = shape.arguments.get(name.node.as_str()) {
                // What a variable holds is no literal.
                let literal = value.node.clone().into_const_with(|_| Ok::<_, Infallible>(Value::Null));
                let Ok(literal) = literal;
                self.value(&name.node, &literal, ty, value.pos)?;
            }
        }
        self.selection_set(&field.selection_set.node, Some(&shape.answers))
    }

    fn value(&self, name: &Name, value: &Value, ty: &Type, at: Pos) -> Checked {
        match (&ty.base, value) {
            (BaseType::List(item), Value::List(values)) => {
                values.iter().try_for_each(|value| self.value(name, value, item, at))
            }
            // One value stands for a list of it.
            (BaseType::List(item), value) => self.value(name, value, item, at),
            (BaseType::Named(named), Value::String(text)) if self.catalogue.is_enum(named) => {
                Err(quoted(name, text, named, words_like(text, named, self.catalogue), at))
            }
            (BaseType::Named(named), Value::Object(fields)) => {
                let known = self.catalogue.input(named);
                fields.iter().try_for_each(|(name, value)| {
                    match known.and_then(|fields| fields.get(name.as_str())) {
                        Some(ty) => self.value(name, value, ty, at),
                        None => Ok(()),
                    }
                })
            }
            (BaseType::Named(_), _) => Ok(()),
        }
    }
}

fn quoted(name: &Name, text: &str, of: &str, like: Vec<String>, at: Pos) -> Box<ServerError> {
    let text: String = text.chars().take(100).collect();
    let write = like.first().map(|word| format!(" Write {word}.")).unwrap_or_default();
    let message =
        format!("\"{text}\" for {name}: words of {of} are written without quotes in a document.{write}");
    let error = Error::InvalidInput { field: "query", message, nearest: like };
    Box::new(ServerError { locations: vec![at], ..answer::in_response(&error) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;

    const SDL: &str = "type Query { pets(kind: Kind, kinds: [Kind!], by: By, name: String): [Pet!]! }
        input By { kind: Kind kinds: [[Kind]!] name: String also: By } type Pet { name(style: Kind): String }
        enum Kind { CAT DOG }";

    fn is_taken(text: &str) -> bool {
        let document = parse_query(text).unwrap_or_else(|cause| panic!("{text}: {cause}"));
        check(&document, &Catalogue::of(SDL)).is_ok()
    }

    #[test]
    fn words_of_an_enum_stand_without_quotes() {
        for text in [
            "{ pets(kind: CAT, kinds: [CAT, DOG], name: \"CAT\", by: { kinds: [[CAT]], name: \"CAT\" }) { name } }",
            "query($k: Kind = CAT, $n: String = \"CAT\") { pets(kind: $k, name: $n) { name(style: DOG) } }",
            "{ pets(kinds: CAT, unknown: \"CAT\") { name } unknown(kind: \"CAT\") }",
        ] {
            assert!(is_taken(text), "{text}");
        }
    }

    #[test]
    fn a_word_in_quotes_is_refused_wherever_it_stands() {
        for text in [
            "{ pets(kind: \"CAT\") { name } }",
            "{ pets(kinds: [CAT, \"DOG\"]) { name } }",
            "{ pets(kinds: \"DOG\") { name } }",
            "{ pets(by: { also: { kinds: [[\"CAT\"]] } }) { name } }",
            "{ pets { name(style: \"CAT\") } }",
            "{ pets { ...A } } fragment A on Pet { name(style: \"CAT\") }",
            "{ ... on Query { pets(kind: \"CAT\") { name } } }",
            "query($k: [Kind!] = [\"CAT\"]) { pets(kinds: $k) { name } }",
        ] {
            assert!(!is_taken(text), "{text}");
        }
    }
}
