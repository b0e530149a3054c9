//! Measures a document: each selection and each fragment once.

use super::catalogue::{Catalogue, Shape};
use super::operation::root_type;
use crate::error::{Error, Result};
use crate::pagination::{DEFAULT_PAGE, LARGEST_PAGE};
use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Name, Value, Variables};
use std::collections::HashMap;

/// The cost of a selection set with every fragment written out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) fields: u64,
    pub(super) aliases: u64,
    pub(super) directives: u64,
    pub(super) depth: u64,
    pub(super) introspection: u64,
    pub(super) visits: u64,
}

impl Size {
    fn plus(self, other: Self) -> Self {
        Self {
            fields: self.fields.saturating_add(other.fields),
            aliases: self.aliases.saturating_add(other.aliases),
            directives: self.directives.saturating_add(other.directives),
            depth: self.depth.max(other.depth),
            introspection: self.introspection.max(other.introspection),
            visits: self.visits.saturating_add(other.visits),
        }
    }

    fn with_directives(self, own: usize) -> Self {
        Self { directives: self.directives.saturating_add(own as u64), ..self }
    }
}

/// One measurement of one document.
pub(super) struct Measure<'a> {
    document: &'a ExecutableDocument,
    variables: &'a Variables,
    catalogue: &'a Catalogue,
    /// `None` while a fragment is being measured: meeting it again then is a cycle.
    fragments: HashMap<&'a str, Option<Size>>,
}

impl<'a> Measure<'a> {
    pub(super) fn new(
        document: &'a ExecutableDocument,
        variables: &'a Variables,
        catalogue: &'a Catalogue,
    ) -> Self {
        Self { document, variables, catalogue, fragments: HashMap::new() }
    }

    /// All operations and the fragments none of them spreads: validation walks those too.
    pub(super) fn whole(mut self) -> Result<Size> {
        let document = self.document;
        let mut whole = Size::default();
        for (_, operation) in document.operations.iter() {
            let operation = &operation.node;
            let root = root_type(operation.ty);
            let on_variables: usize = operation
                .variable_definitions
                .iter()
                .map(|definition| definition.node.directives.len())
                .sum();
            let size = self.selection_set(&operation.selection_set.node, Some(root))?;
            whole = whole.plus(size.with_directives(operation.directives.len() + on_variables));
        }
        for name in document.fragments.keys() {
            if !self.fragments.contains_key(name.as_str()) {
                whole = whole.plus(self.fragment(name.as_str())?);
            }
        }
        Ok(whole)
    }

    fn selection_set(&mut self, set: &'a SelectionSet, parent: Option<&'a str>) -> Result<Size> {
        let mut sum = Size::default();
        // An object has one type: of fragments on different types only those on its own are visited.
        let mut by_type: HashMap<&str, u64> = HashMap::new();
        for selection in &set.items {
            let mut size = match &selection.node {
                Selection::Field(field) => self.field(&field.node, parent)?,
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let parent = condition.map(|condition| condition.node.on.node.as_str()).or(parent);
                    self.selection_set(&inline.node.selection_set.node, parent)?
                        .with_directives(inline.node.directives.len())
                }
                Selection::FragmentSpread(spread) => self
                    .fragment(spread.node.fragment_name.node.as_str())?
                    .with_directives(spread.node.directives.len()),
            };
            if let Some(own) = self.own_type(&selection.node) {
                let visits = by_type.entry(own).or_default();
                *visits = visits.saturating_add(std::mem::take(&mut size.visits));
            }
            sum = sum.plus(size);
        }
        let most = by_type.into_values().max().unwrap_or_default();
        Ok(Size { visits: sum.visits.saturating_add(most), ..sum })
    }

    /// The object type a fragment is limited to.
    fn own_type(&self, selection: &'a Selection) -> Option<&'a str> {
        let on = match selection {
            Selection::Field(_) => return None,
            Selection::InlineFragment(inline) => &inline.node.type_condition.as_ref()?.node.on.node,
            Selection::FragmentSpread(spread) => {
                &self
                    .document
                    .fragments
                    .get(&spread.node.fragment_name.node)?
                    .node
                    .type_condition
                    .node
                    .on
                    .node
            }
        };
        self.catalogue.is_object(on).then_some(on.as_str())
    }

    fn field(&mut self, field: &'a Field, parent: Option<&'a str>) -> Result<Size> {
        let name = field.name.node.as_str();
        let catalogue = self.catalogue;
        let shape = catalogue.shape(parent, name);
        let below =
            self.selection_set(&field.selection_set.node, shape.map(|shape| shape.answers.as_str()))?;
        let repeats = shape.map_or(1, |shape| self.repeats(field, shape));
        let lists = matches!(name, "fields" | "interfaces" | "possibleTypes" | "inputFields");
        Ok(Size {
            fields: below.fields.saturating_add(1),
            aliases: below.aliases.saturating_add(u64::from(field.alias.is_some())),
            depth: below.depth.saturating_add(1),
            introspection: below.introspection.saturating_add(u64::from(lists && shape.is_none())),
            visits: below.visits.saturating_mul(repeats).saturating_add(1),
            directives: below.directives,
        }
        .with_directives(field.directives.len()))
    }

    fn fragment(&mut self, name: &'a str) -> Result<Size> {
        match self.fragments.get(name) {
            Some(Some(size)) => return Ok(*size),
            Some(None) => {
                return Err(Error::invalid("query", format!("The fragment \"{name}\" contains itself.")));
            }
            None => (),
        }
        // An unknown fragment is for validation to name.
        let Some(fragment) = self.document.fragments.get(name) else { return Ok(Size::default()) };
        let fragment = &fragment.node;
        self.fragments.insert(name, None);
        let on = fragment.type_condition.node.on.node.as_str();
        let size = self
            .selection_set(&fragment.selection_set.node, Some(on))?
            .with_directives(fragment.directives.len());
        self.fragments.insert(name, Some(size));
        Ok(size)
    }

    /// How often the selection below a field is answered.
    fn repeats(&self, field: &'a Field, shape: &Shape) -> u64 {
        if shape.by_ids {
            return match self.argument(field, "ids") {
                Some(Argument::List(length)) => length,
                _ => 1,
            };
        }
        if !shape.pages {
            return shape.repeats;
        }
        let asked = [self.argument(field, "first"), self.argument(field, "last")];
        let asked = asked.into_iter().flatten().find_map(|argument| match argument {
            Argument::Number(number) => Some(number),
            Argument::List(_) => None,
        });
        asked.unwrap_or(DEFAULT_PAGE as u64).min(LARGEST_PAGE as u64)
    }

    /// An argument with its variables filled in.
    fn argument(&self, field: &'a Field, name: &str) -> Option<Argument> {
        let written = field.get_argument(name)?.node.clone();
        let value = written.into_const_with(|variable| self.variable(&variable).ok_or(())).ok()?;
        Argument::read(&value)
    }

    /// The value that was sent, or the largest default any operation gives it.
    fn variable(&self, name: &Name) -> Option<Value> {
        if let Some(sent) = self.variables.get(name) {
            return Some(sent.clone());
        }
        let definitions = self.document.operations.iter().flat_map(|(_, it)| &it.node.variable_definitions);
        let own = definitions.filter(|definition| definition.node.name.node == *name);
        let defaults = own.filter_map(|definition| Some(&definition.node.default_value.as_ref()?.node));
        defaults.max_by_key(|value| Argument::read(value)).cloned()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Argument {
    Number(u64),
    List(u64),
}

impl Argument {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => Some(Self::Number(number.as_u64().unwrap_or(0))),
            Value::List(items) => Some(Self::List(items.len() as u64)),
            _ => None,
        }
    }
}
