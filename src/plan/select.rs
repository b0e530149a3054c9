//! Selections of a document, put together by the key under which they answer.

use super::out::Out;
use async_graphql::Value as Constant;
use async_graphql::parser::types::{Directive, ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Name, Positioned, Variables};
use serde::Serialize;

/// That a field is answered only when a variable is true, or false.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Condition {
    variable: Name,
    wanted: bool,
}

/// The conditions of a field, all of which must hold.
type Conditions = Vec<Condition>;

/// Whether conditions hold. Each variable is there: see [`asked_variables`].
fn hold(conditions: &[Condition], variables: &Variables) -> bool {
    conditions
        .iter()
        .all(|condition| variables.get(&condition.variable) == Some(&Constant::Boolean(condition.wanted)))
}

/// A field that an object answers.
#[derive(Clone, Debug)]
pub(super) struct Chosen<'d> {
    /// `"key":` as JSON.
    key: Vec<u8>,
    pub(super) field: &'d Field,
    /// The selections below it, of each place where it is written.
    below: Vec<&'d SelectionSet>,
    conditions: Conditions,
}

impl<'d> Chosen<'d> {
    /// A field of an operation.
    pub(super) fn all(
        document: &'d ExecutableDocument,
        root: &'d SelectionSet,
        name: &str,
    ) -> Option<Vec<Self>> {
        fields(document, &[root], &[name])
    }

    /// Name of the field.
    pub(super) fn name(&self) -> &'d str {
        self.field.name.node.as_str()
    }

    /// Whether it has no arguments.
    pub(super) fn is_bare(&self) -> bool {
        self.field.arguments.is_empty()
    }
}

/// A field to answer, and how.
#[derive(Debug)]
pub(super) struct Step<W> {
    key: Vec<u8>,
    conditions: Conditions,
    /// Or the JSON that it always is: the name of the type.
    write: Result<W, Vec<u8>>,
}

/// Fields to answer, in order.
pub(super) type Steps<W> = Vec<Step<W>>;

/// The steps for the fields that are chosen on an object: its type, then its interfaces. `None`: one is not plain.
pub(super) fn steps<W>(
    document: &ExecutableDocument,
    chosen: &Chosen<'_>,
    types: &[&str],
    one: impl Fn(&Chosen<'_>) -> Option<W>,
) -> Option<Steps<W>> {
    let all = fields(document, &chosen.below, types)?;
    all.into_iter().map(|chosen| step(chosen, types, &one)).collect()
}

/// The step for a field.
pub(super) fn step<W>(
    chosen: Chosen<'_>,
    types: &[&str],
    one: impl Fn(&Chosen<'_>) -> Option<W>,
) -> Option<Step<W>> {
    let write = match chosen.name() {
        "__typename" => Err(json(types.first()?)?),
        _ => Ok(one(&chosen)?),
    };
    Some(Step { key: chosen.key, conditions: chosen.conditions, write })
}

/// The fields that are answered with some variables, but for the names of types.
pub(super) fn asked<'s, W>(steps: &'s [Step<W>], variables: &Variables) -> impl Iterator<Item = &'s W> {
    steps.iter().filter(|step| hold(&step.conditions, variables)).filter_map(|step| step.write.as_ref().ok())
}

/// Writes an object, each of its fields by a function.
pub(super) fn object<W>(
    steps: &[Step<W>],
    variables: &Variables,
    out: &mut Out,
    mut write: impl FnMut(&W, &mut Out),
) {
    let asked = steps.iter().filter(|step| hold(&step.conditions, variables));
    out.object(asked, |step, out| {
        out.raw(&step.key);
        match &step.write {
            Ok(what) => write(what, out),
            Err(json) => out.raw(json),
        }
    });
}

/// Puts the fields of selection sets on an object together; `None`: a field is written twice under conditions, or a
/// directive is none that a plan knows.
fn fields<'d>(
    document: &'d ExecutableDocument,
    sets: &[&'d SelectionSet],
    types: &[&str],
) -> Option<Vec<Chosen<'d>>> {
    let mut chosen: Vec<(&'d str, Chosen<'d>)> = Vec::new();
    for set in sets {
        collect(document, set, types, &Vec::new(), &mut chosen, 0)?;
    }
    Some(chosen.into_iter().map(|(_, chosen)| chosen).collect())
}

/// The variables that conditions ask for, wherever in a document.
pub(super) fn asked_variables(document: &ExecutableDocument) -> Vec<Name> {
    let mut found = Vec::new();
    let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set.node);
    let mut sets: Vec<&SelectionSet> = operations.chain(fragments).collect();
    while let Some(set) = sets.pop() {
        for selection in &set.items {
            let (directives, below) = match &selection.node {
                Selection::Field(field) => (&field.node.directives, Some(&field.node.selection_set.node)),
                Selection::InlineFragment(inline) => {
                    (&inline.node.directives, Some(&inline.node.selection_set.node))
                }
                Selection::FragmentSpread(spread) => (&spread.node.directives, None),
            };
            sets.extend(below);
            let arguments = directives.iter().flat_map(|directive| &directive.node.arguments);
            found.extend(arguments.filter_map(|(_, value)| value.node.clone().into_const_with(Err).err()));
        }
    }
    found
}

/// Deeper fragments are left to the library.
const DEEPEST: usize = 16;

fn collect<'d>(
    document: &'d ExecutableDocument,
    set: &'d SelectionSet,
    types: &[&str],
    outer: &Conditions,
    chosen: &mut Vec<(&'d str, Chosen<'d>)>,
    depth: usize,
) -> Option<()> {
    if depth > DEEPEST {
        return None;
    }
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => {
                let Some(conditions) = conditions(&field.node.directives, outer)? else { continue };
                add(&field.node, conditions, chosen)?;
            }
            Selection::InlineFragment(inline) => {
                let Some(conditions) = conditions(&inline.node.directives, outer)? else { continue };
                let on = inline.node.type_condition.as_ref().map(|on| on.node.on.node.as_str());
                if on.is_none_or(|on| types.contains(&on)) {
                    let set = &inline.node.selection_set.node;
                    collect(document, set, types, &conditions, chosen, depth + 1)?;
                }
            }
            Selection::FragmentSpread(spread) => {
                let Some(conditions) = conditions(&spread.node.directives, outer)? else { continue };
                let fragment = document.fragments.get(&spread.node.fragment_name.node)?;
                if !fragment.node.directives.is_empty() {
                    return None;
                }
                if types.contains(&fragment.node.type_condition.node.on.node.as_str()) {
                    let set = &fragment.node.selection_set.node;
                    collect(document, set, types, &conditions, chosen, depth + 1)?;
                }
            }
        }
    }
    Some(())
}

fn add<'d>(field: &'d Field, conditions: Conditions, chosen: &mut Vec<(&'d str, Chosen<'d>)>) -> Option<()> {
    let name = field.response_key().node.as_str();
    let below = &field.selection_set.node;
    if let Some((_, known)) = chosen.iter_mut().find(|(known, _)| *known == name) {
        if !(conditions.is_empty() && known.conditions.is_empty()) {
            return None;
        }
        known.below.push(below);
        return Some(());
    }
    let mut key = json(name)?;
    key.push(b':');
    chosen.push((name, Chosen { key, field, below: vec![below], conditions }));
    Some(())
}

/// A value as JSON.
fn json(value: impl Serialize) -> Option<Vec<u8>> {
    serde_json::to_vec(&value).ok()
}

/// The conditions of directives and those around them; the inner `None`: it is never answered.
fn conditions(directives: &[Positioned<Directive>], outer: &Conditions) -> Option<Option<Conditions>> {
    let mut all = outer.clone();
    for directive in directives {
        let wanted = match directive.node.name.node.as_str() {
            "include" => true,
            "skip" => false,
            _ => return None,
        };
        let [(name, value)] = directive.node.arguments.as_slice() else { return None };
        if name.node != "if" {
            return None;
        }
        match value.node.clone().into_const_with(Err) {
            Ok(Constant::Boolean(said)) if said == wanted => {}
            Ok(Constant::Boolean(_)) => return Some(None),
            Ok(_) => return None,
            Err(variable) => all.push(Condition { variable, wanted }),
        }
    }
    Some(Some(all))
}

/// The value of an argument, with its variables; the inner `None`: it is not given. The outer: a variable is missing inside of
/// it, of which the library knows what it means.
pub(super) fn argument(field: &Field, name: &str, variables: &Variables) -> Option<Option<Constant>> {
    let Some(value) = field.get_argument(name) else { return Some(None) };
    let known = |name: Name| variables.get(&name).cloned().ok_or(());
    match value.node.clone().into_const_with(known) {
        Ok(value) => Some(Some(value)),
        // The argument is a variable that was not sent.
        Err(()) => value.node.to_string().starts_with('$').then_some(None),
    }
}
