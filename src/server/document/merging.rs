//! Whether selections under one name can be merged (specification, 5.3.2): two fields that answer under one name must be
//! the same field with the same arguments, also where a fragment writes one of them.
//!
//! The library compares only the fields that are written beside each other, and answers one of the two.

use super::catalogue::{Catalogue, Shape};
use super::operation::root_type;
use crate::error::Error;
use crate::server::answer;
use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Pos, Positioned, ServerError};
use std::collections::{BTreeMap, HashSet};

/// Comparisons in one document: some hundred times what a large document needs.
const STEPS: u32 = 200_000;

/// Nothing, or the error of the whole request.
pub(super) type Checked = std::result::Result<(), Box<ServerError>>;

/// A field with the type that it is selected on.
#[derive(Clone, Copy)]
struct Selected<'d> {
    on: Option<&'d str>,
    field: &'d Positioned<Field>,
}

/// The fields of a set by the name under which they answer, in the order of the document.
type ByName<'d> = BTreeMap<&'d str, Vec<Selected<'d>>>;

/// Refuses a document with a name for two different fields. For documents that were measured: no fragment contains
/// itself, and the fields are not too many.
pub(super) fn check(document: &ExecutableDocument, catalogue: &Catalogue) -> Checked {
    let mut merging = Merging { document, catalogue, steps: 0 };
    for (_, operation) in document.operations.iter() {
        let root = root_type(operation.node.ty);
        let mut fields = ByName::new();
        merging.collect(&operation.node.selection_set.node, Some(root), &mut HashSet::new(), &mut fields);
        merging.same_fields(&fields)?;
        merging.same_shapes(&fields)?;
    }
    Ok(())
}

struct Merging<'d> {
    document: &'d ExecutableDocument,
    catalogue: &'d Catalogue,
    steps: u32,
}

impl<'d> Merging<'d> {
    /// Adds the fields of a selection set, those of its fragments included, each fragment once.
    fn collect(
        &self,
        set: &'d SelectionSet,
        on: Option<&'d str>,
        seen: &mut HashSet<&'d str>,
        fields: &mut ByName<'d>,
    ) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    let name = field.node.response_key().node.as_str();
                    fields.entry(name).or_default().push(Selected { on, field });
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let on = condition.map(|condition| condition.node.on.node.as_str()).or(on);
                    self.collect(&inline.node.selection_set.node, on, seen, fields);
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    let Some(fragment) = self.document.fragments.get(name) else { continue };
                    if seen.insert(name.as_str()) {
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        self.collect(&fragment.node.selection_set.node, Some(on), seen, fields);
                    }
                }
            }
        }
    }

    /// The selections below fields that answer under one name, together.
    fn below(&self, fields: &[Selected<'d>]) -> ByName<'d> {
        let (mut seen, mut below) = (HashSet::new(), ByName::new());
        for field in fields {
            let answers = self.shape(field).map(|shape| shape.answers.as_str());
            self.collect(&field.field.node.selection_set.node, answers, &mut seen, &mut below);
        }
        below
    }

    fn shape(&self, selected: &Selected<'d>) -> Option<&'d Shape> {
        self.catalogue.shape(selected.on, selected.field.node.name.node.as_str())
    }

    /// Fields that one object may answer must be the same field with the same arguments.
    fn same_fields(&mut self, fields: &ByName<'d>) -> Checked {
        for (name, group) in fields {
            for fields in self.of_one_object(group) {
                let Some((first, others)) = fields.split_first() else { continue };
                for other in others {
                    self.step()?;
                    if let Some(reason) = differ(&first.field.node, &other.field.node) {
                        return Err(conflict(name, &reason, [first.field.pos, other.field.pos]));
                    }
                }
                let below = self.below(&fields);
                self.same_fields(&below)?;
            }
        }
        Ok(())
    }

    /// The fields of a group that one and the same object may answer: those on its type, and those on interfaces.
    fn of_one_object(&self, group: &[Selected<'d>]) -> Vec<Vec<Selected<'d>>> {
        if group.len() == 1 {
            return vec![group.to_vec()];
        }
        let object = |selected: &Selected<'d>| selected.on.filter(|on| self.catalogue.is_object(on));
        let objects: HashSet<&str> = group.iter().filter_map(object).collect();
        if objects.is_empty() {
            return vec![group.to_vec()];
        }
        let of = |name: &str| {
            let may_be = |selected: &&Selected<'d>| object(selected).is_none_or(|own| own == name);
            group.iter().filter(may_be).copied().collect()
        };
        objects.into_iter().map(of).collect()
    }

    /// Fields under one name must answer alike even of different objects: both lists, both words, both objects.
    fn same_shapes(&mut self, fields: &ByName<'d>) -> Checked {
        for (name, group) in fields {
            if let Some((first, others)) = group.split_first() {
                for other in others {
                    self.step()?;
                    if let Some((one, two)) = self.shape(first).zip(self.shape(other))
                        && !self.catalogue.are_alike(&one.ty, &two.ty)
                    {
                        let reason = format!("they answer with {} and with {}", one.ty, two.ty);
                        return Err(conflict(name, &reason, [first.field.pos, other.field.pos]));
                    }
                }
            }
            self.step()?;
            let below = self.below(group);
            self.same_shapes(&below)?;
        }
        Ok(())
    }

    fn step(&mut self) -> Checked {
        self.steps += 1;
        if self.steps <= STEPS {
            return Ok(());
        }
        let error = Error::LimitExceeded("The fragments of this document overlap too often.".into());
        Err(Box::new(answer::in_response(&error)))
    }
}

/// How two fields differ; `None`: they are the same field with the same arguments.
fn differ(one: &Field, other: &Field) -> Option<String> {
    if one.name.node != other.name.node {
        return Some(format!("{} and {} are different fields", one.name.node, other.name.node));
    }
    let same = one.arguments.len() == other.arguments.len()
        && one.arguments.iter().all(|(name, value)| {
            other.arguments.iter().any(|(own, given)| own.node == name.node && given.node == value.node)
        });
    (!same).then(|| format!("{} has different arguments", one.name.node))
}

fn conflict(name: &str, reason: &str, at: [Pos; 2]) -> Box<ServerError> {
    let message = format!(
        "The fields under the name \"{name}\" conflict: {reason}. Give one of them another name (an alias)."
    );
    let error = Error::invalid("query", message);
    Box::new(ServerError { locations: at.to_vec(), ..answer::in_response(&error) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;
    use std::time::Instant;

    const SDL: &str = "type Query { cat: Cat dog: Dog pet: Pet pets(first: Int, kind: Kind): [Pet!]! }
        interface Pet { name(style: Kind): String! self: Pet }
        type Cat implements Pet { name(style: Kind): String! self: Pet lives: Int! age: Int says: Kind }
        type Dog implements Pet { name(style: Kind): String! self: Pet owner: Dog age: Int! says: String }
        enum Kind { CAT DOG }";

    fn checked(text: &str) -> Result<(), String> {
        let document = parse_query(text).unwrap_or_else(|cause| panic!("{text}: {cause}"));
        check(&document, &Catalogue::of(SDL)).map_err(|error| error.message.clone())
    }

    #[test]
    fn the_same_field_may_be_written_twice() {
        for text in [
            "{ cat { name } cat { lives } }",
            "{ pets(first: 1, kind: CAT) { name } ...A } fragment A on Query { pets(kind: CAT, first: 1) { self { name } } }",
            "query($n: Int) { pets(first: $n) { name } ... { pets(first: $n) { name } } }",
            "{ pet { ... on Cat { name(style: CAT) } ... on Dog { name(style: DOG) } } }",
            "{ pet { ... on Cat { x: lives } ... on Dog { x: age } } }",
            "{ a: __typename ... on Query { a: __typename } __schema { types { name } types { kind } } }",
        ] {
            assert_eq!(checked(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn two_fields_under_one_name_are_refused() {
        for (text, said) in [
            ("{ x: cat { name } ...A } fragment A on Query { x: dog { name } }", "cat and dog are different"),
            (
                "{ pets(first: 1) { name } ... on Query { pets(first: 2) { name } } }",
                "pets has different arguments",
            ),
            ("{ pets { name } ... { pets(first: 2) { name } } }", "pets has different arguments"),
            (
                "query($a: Int, $b: Int) { pets(first: $a) { name } ... { pets(first: $b) { name } } }",
                "pets has different",
            ),
            ("{ pet { name ... on Cat { name(style: CAT) } } }", "name has different arguments"),
            (
                "{ cat { x: name } ...A } fragment A on Query { cat { ...B } } fragment B on Cat { x: lives }",
                "are different",
            ),
            ("{ pet { ... on Cat { x: age } ... on Dog { x: age } } }", "they answer with Int and with Int!"),
            (
                "{ pet { ... on Cat { x: says } ... on Dog { x: says } } }",
                "they answer with Kind and with String",
            ),
            (
                "{ pet { ... on Cat { x: self { name } } ... on Dog { x: age } } }",
                "they answer with Pet and with Int!",
            ),
            (
                "{ pet { ... on Cat { self { x: name } } ... on Dog { self { ... on Cat { x: lives } } } } }",
                "they answer with String! and with Int!",
            ),
        ] {
            let found = checked(text).err().unwrap_or_else(|| panic!("{text} is taken"));
            assert!(found.contains(said), "{text}: {found}");
        }
    }

    #[test]
    fn fragments_that_overlap_on_every_level_are_given_up_soon() {
        let mut text = "{ pet { ...F0 } }".to_owned();
        for n in 0..14 {
            let next = n + 1;
            let both = format!("self {{ ...F{next} }}");
            text += &format!(
                " fragment F{n} on Pet {{ {both} ... on Cat {{ {both} }} ... on Dog {{ {both} }} }}"
            );
        }
        text += " fragment F14 on Pet { name }";
        let start = Instant::now();
        let _ = checked(&text);
        assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    }
}
