//! Plans: how the plain fields of a document are written, compiled once for each text.
//!
//! A field is plain when a record in memory answers it: it asks no database, cannot fail, and is restricted to nobody
//! (`resource.rs`, `lists.rs`, `map.rs`, `contacts.rs`). A document of plain fields is written as JSON straight from the picture, without
//! values and futures in between; every other one is executed by the library. Both answer the same bytes:
//! `tests/api/plans.rs` compares them, over the same documents and over generated ones.
//!
//! The library validates. A plan is used for a document, and for variables of a shape, only after the library has answered
//! them without an error; whatever an argument does not parse is left to the library as well, which says what is wrong.

mod contacts;
mod lists;
mod map;
mod out;
mod resource;
mod select;

use crate::context::RequestContext;
use crate::graph::map::Sketch;
use crate::graph::queries::{ResourceBy, find_resource};
use crate::picture::Record;
use crate::resources::connection::Asked;
use async_graphql::parser::types::{ExecutableDocument, Field, OperationDefinition, OperationType};
use async_graphql::{Name, Value, Variables};
use lists::{ByKind, List, kind_of, parsed};
use map::Map;
use out::Out;
use resource::{Asking, Compiler};
use select::{Chosen, Steps, asked, asked_variables, object, step};
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{PoisonError, RwLock};

/// Shapes of variables that are remembered for one document.
const SHAPES: usize = 64;
/// Bytes that are reserved for an answer.
const USUAL: usize = 32 * 1024;

/// How an operation of a document is written.
#[derive(Debug)]
pub struct Plan {
    roots: Steps<Root>,
    /// Variables on which fields depend: true or false.
    conditions: Vec<Name>,
    /// Hashes of the shapes of variables that the library has found valid.
    shapes: RwLock<HashSet<u64>>,
}

/// A field of the query itself.
#[derive(Debug)]
struct Root {
    /// Its number among the fields of the query.
    at: usize,
    /// With its arguments.
    field: Field,
    what: What,
}

#[derive(Debug)]
enum What {
    List(List),
    Map(Map),
    Resource(ByKind),
}

/// What a field of the query has found.
enum Answered {
    List(Box<Asked>),
    Map(Box<Sketch>),
    Resource(Option<Record>),
}

impl Plan {
    /// The plan for an operation; `None`: not all of its fields are plain. For viewers who are the public, or not.
    pub fn compile(
        document: &ExecutableDocument,
        operation: &OperationDefinition,
        is_public: bool,
    ) -> Option<Self> {
        if operation.ty != OperationType::Query || !operation.directives.is_empty() {
            return None;
        }
        let compiler = Compiler { document, is_public };
        let roots = Chosen::all(document, &operation.selection_set.node, "Query")?;
        let one = |(at, chosen): (usize, Chosen<'_>)| {
            step(chosen, &["Query"], |chosen| {
                let what = match (chosen.name(), kind_of(chosen.name())) {
                    ("resource", _) => What::Resource(compiler.by_kind(chosen, None)?),
                    ("map", _) => What::Map(compiler.map(chosen)?),
                    (_, Some(kind)) => What::List(compiler.list(chosen, kind)?),
                    _ => return None,
                };
                Some(Root { at, field: chosen.field.clone(), what })
            })
        };
        let roots = roots.into_iter().enumerate().map(one).collect::<Option<_>>()?;
        Some(Self { roots, conditions: asked_variables(document), shapes: RwLock::default() })
    }

    /// Notes that the library has answered variables without an error.
    pub fn learn(&self, variables: &Variables) {
        let mut shapes = self.shapes.write().unwrap_or_else(PoisonError::into_inner);
        if shapes.len() < SHAPES {
            shapes.insert(shape(variables));
        }
    }

    fn knows(&self, variables: &Variables) -> bool {
        self.shapes.read().unwrap_or_else(PoisonError::into_inner).contains(&shape(variables))
    }

    /// The answer as JSON; `None`: the library is to answer.
    pub async fn answer(&self, context: &RequestContext, variables: &Variables) -> Option<Vec<u8>> {
        let decided = |name: &Name| matches!(variables.get(name), Some(Value::Boolean(_)));
        if !(self.conditions.iter().all(decided) && self.knows(variables)) {
            return None;
        }
        let view = context.view().await.ok()?;
        let asking = Asking::new(&view, &context.viewer, variables);
        let mut answers: Vec<Option<Answered>> = Vec::new();
        answers.resize_with(self.roots.len(), || None);
        for root in asked(&self.roots, variables) {
            *answers.get_mut(root.at)? = Some(root.find(context, &asking).await?);
        }
        let mut out = Out::with_capacity(USUAL);
        out.raw(b"{\"data\":");
        object(&self.roots, variables, &mut out, |root, out| {
            match (&root.what, answers.get(root.at).and_then(Option::as_ref)) {
                (What::List(list), Some(Answered::List(asked))) => lists::write(list, asked, &asking, out),
                (What::Map(map), Some(Answered::Map(drawn))) => map::write(map, drawn, &asking, out),
                (What::Resource(kinds), Some(Answered::Resource(Some(record)))) => {
                    lists::of_kind(record, kinds, &asking, out);
                }
                _ => out.null(),
            }
        });
        out.raw(b"}");
        Some(out.into_bytes())
    }
}

impl Root {
    async fn find(&self, context: &RequestContext, asking: &Asking<'_>) -> Option<Answered> {
        match &self.what {
            What::List(list) => {
                Some(Answered::List(Box::new(list.asked(&self.field, context, asking).await?)))
            }
            What::Map(map) => Some(Answered::Map(Box::new(map.drawn(&self.field, context, asking).await?))),
            What::Resource(_) => {
                let by: ResourceBy = parsed(&self.field, "by", asking.variables)?;
                Some(Answered::Resource(find_resource(asking.view, by).ok()?))
            }
        }
    }
}

/// A hash of what variables are like: their names, the fields of their objects, and the types of their values. The library
/// takes all variables of a shape, but for values that do not parse.
fn shape(variables: &Variables) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (name, value) in variables.iter() {
        name.hash(&mut hasher);
        shape_of(value, &mut hasher);
    }
    hasher.finish()
}

fn shape_of(value: &Value, hasher: &mut DefaultHasher) {
    std::mem::discriminant(value).hash(hasher);
    match value {
        Value::List(values) => {
            values.len().hash(hasher);
            values.iter().for_each(|value| shape_of(value, hasher));
        }
        Value::Object(fields) => {
            fields.len().hash(hasher);
            for (name, value) in fields {
                name.hash(hasher);
                shape_of(value, hasher);
            }
        }
        Value::Number(number) => number.is_f64().hash(hasher),
        Value::Null | Value::String(_) | Value::Boolean(_) | Value::Binary(_) | Value::Enum(_) => {}
    }
}
