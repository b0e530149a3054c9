//! Which operation of a document is executed, whether its variables are there, and how much it writes.

use crate::error::{Error, Result};
use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql::{Value, Variables};
use std::collections::HashMap;

/// The operation to execute, with its name where it has one.
pub(in crate::server) fn choose<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<(Option<&'a str>, &'a OperationDefinition)> {
    let invalid = |message: String| Error::invalid("operationName", message);
    match (&document.operations, name) {
        (DocumentOperations::Single(only), None) => Ok((None, &only.node)),
        (DocumentOperations::Multiple(all), None) => match all.iter().next() {
            Some((name, only)) if all.len() == 1 => Ok((Some(name.as_str()), &only.node)),
            _ => Err(invalid("The document has several operations: say which with `operationName`.".into())),
        },
        (operations, Some(name)) => {
            let found = operations.iter().find(|(own, _)| own.is_some_and(|own| own == name));
            let (own, found) =
                found.ok_or_else(|| invalid(format!("The document has no operation named \"{name}\".")))?;
            Ok((own.map(|own| own.as_str()), &found.node))
        }
    }
}

/// The name of the type on which an operation selects.
pub(super) fn root_type(kind: OperationType) -> &'static str {
    match kind {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => "Subscription",
    }
}

/// For the log.
pub(in crate::server) fn kind_name(operation: &OperationDefinition) -> &'static str {
    match operation.ty {
        OperationType::Query => "query",
        OperationType::Mutation => "mutation",
        OperationType::Subscription => "subscription",
    }
}

/// Mutations that authenticate with a password or another secret instead of a bearer token.
const SIGN_INS: [&str; 3] = ["signIn", "refreshSession", "acceptInvitation"];

/// The writes that an operation asks for, counted by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::server) struct Writes {
    /// Attempts to sign in.
    pub(in crate::server) sign_ins: u64,
    /// Other changes.
    pub(in crate::server) entries: u64,
}

impl Writes {
    fn of(field: &str) -> Self {
        match SIGN_INS.contains(&field) {
            true => Self { sign_ins: 1, entries: 0 },
            false => Self { sign_ins: 0, entries: 1 },
        }
    }

    /// How many there are in all.
    pub(in crate::server) fn total(self) -> u64 {
        self.sign_ins.saturating_add(self.entries)
    }

    fn and(self, other: Self) -> Self {
        Self {
            sign_ins: self.sign_ins.saturating_add(other.sign_ins),
            entries: self.entries.saturating_add(other.entries),
        }
    }
}

/// How many changes an operation asks for. The library executes a field as often as it is written, also
/// under the same name, so each counts. For documents that were checked: no fragment contains itself.
pub(in crate::server) fn writes(document: &ExecutableDocument, operation: &OperationDefinition) -> Writes {
    match operation.ty {
        OperationType::Mutation => fields_of(document, &operation.selection_set.node, &mut HashMap::new()),
        OperationType::Query | OperationType::Subscription => Writes::default(),
    }
}

fn fields_of<'d>(
    document: &'d ExecutableDocument,
    set: &'d SelectionSet,
    fragments: &mut HashMap<&'d str, Writes>,
) -> Writes {
    let mut sum = Writes::default();
    for selection in &set.items {
        sum = sum.and(match &selection.node {
            Selection::Field(field) => Writes::of(&field.node.name.node),
            Selection::InlineFragment(inline) => {
                fields_of(document, &inline.node.selection_set.node, fragments)
            }
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                let Some(fragment) = document.fragments.get(name) else { continue };
                match fragments.get(name.as_str()) {
                    Some(known) => *known,
                    None => {
                        let fields = fields_of(document, &fragment.node.selection_set.node, fragments);
                        fragments.insert(name.as_str(), fields);
                        fields
                    }
                }
            }
        });
    }
    sum
}

/// Gives variables that were not sent their defaults: the library forgets those in `@skip` and `@include`. A number that
/// JSON writes as `1.0` becomes `1`, the same number.
pub(in crate::server) fn fill_defaults(operation: &OperationDefinition, variables: &mut Variables) {
    for value in variables.values_mut() {
        whole_numbers(value);
    }
    for definition in operation.variable_definitions.iter().map(|definition| &definition.node) {
        if let Some(default) = &definition.default_value {
            variables.entry(definition.name.node.clone()).or_insert_with(|| default.node.clone());
        }
    }
}

fn whole_numbers(value: &mut Value) {
    /// Every whole number below this has a double of its own.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Number(number) if number.is_f64() => {
            let whole = number.as_f64().filter(|n| n.fract() == 0.0 && n.abs() < EXACT);
            if let Some(whole) = whole {
                #[expect(clippy::cast_possible_truncation, reason = "it is whole and small enough")]
                let whole = whole as i64;
                *number = whole.into();
            }
        }
        Value::List(values) => values.iter_mut().for_each(whole_numbers),
        Value::Object(fields) => fields.values_mut().for_each(whole_numbers),
        _ => {}
    }
}

/// The specification wants a missing variable refused before execution; the library finds it later.
pub(in crate::server) fn check_required_variables(
    operation: &OperationDefinition,
    variables: &Variables,
) -> Result<()> {
    for definition in operation.variable_definitions.iter().map(|definition| &definition.node) {
        let required = !definition.var_type.node.nullable && definition.default_value.is_none();
        if required && matches!(variables.get(&definition.name.node), None | Some(Value::Null)) {
            return Err(Error::invalid(
                "variables",
                format!(
                    "The variable ${} of type {} is required.",
                    definition.name.node, definition.var_type.node
                ),
            ));
        }
    }
    Ok(())
}
