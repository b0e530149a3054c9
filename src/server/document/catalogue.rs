//! The part of the schema that the limits need: which fields answer with pages or lists, and of which type.

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition};
use std::collections::{HashMap, HashSet};

/// Long lists without an argument `first`: how many items they have at most, or usually.
const LONG_LISTS: [(&str, &str, u64); 12] = [
    ("MapView", "pins", 200),
    ("MapView", "clusters", 200),
    ("Query", "municipalities", 100),
    ("Query", "districts", 100),
    ("Schedule", "occurrences", 60),
    ("Query", "supportCoordinators", 50),
    ("District", "desks", 5),
    ("DistrictAnswer", "candidates", 20),
    ("LiaisonSheet", "physicians", 4),
    ("LiaisonSheet", "versions", 5),
    ("PhysicianEntry", "channels", 4),
    ("Physician", "sheets", 2),
];

/// Fields by the name of their type and their own.
#[derive(Debug, Default)]
pub(in crate::server) struct Catalogue {
    types: HashMap<String, HashMap<String, Shape>>,
    objects: HashSet<String>,
}

/// One field as the limits see it.
#[derive(Debug)]
pub(super) struct Shape {
    /// The named type it answers with, without lists and non-null.
    pub(super) answers: String,
    /// Takes `first`: repeats the selection below it.
    pub(super) pages: bool,
    /// Takes `ids`: answers once for each.
    pub(super) by_ids: bool,
    /// Takes neither `first` nor `ids`: how often the selection below it is answered.
    pub(super) repeats: u64,
}

impl Catalogue {
    /// Reads the schema's own SDL once at start.
    pub(in crate::server) fn of(sdl: &str) -> Self {
        let definitions = match parse_schema(sdl) {
            Ok(schema) => schema.definitions,
            Err(cause) => {
                // Without it pages would count once: a weaker limit, no wrong answer.
                tracing::error!(error = %cause, "the limits do not know the schema");
                return Self::default();
            }
        };
        let types = definitions.into_iter().filter_map(|definition| match definition {
            TypeSystemDefinition::Type(definition) => Some(definition.node),
            _ => None,
        });
        let mut catalogue = Self::default();
        for definition in types {
            let fields = match definition.kind {
                TypeKind::Object(object) => {
                    catalogue.objects.insert(definition.name.node.to_string());
                    object.fields
                }
                TypeKind::Interface(interface) => interface.fields,
                _ => continue,
            };
            let parent = definition.name.node.as_str();
            let shapes = fields.into_iter().map(|field| shape(parent, &field.node)).collect();
            catalogue.types.insert(definition.name.node.to_string(), shapes);
        }
        catalogue
    }

    /// Whether the type is an object type: a value of it has no other type.
    pub(super) fn is_object(&self, name: &str) -> bool {
        self.objects.contains(name)
    }

    pub(super) fn shape(&self, parent: Option<&str>, field: &str) -> Option<&Shape> {
        self.types.get(parent?)?.get(field)
    }
}

fn shape(parent: &str, field: &FieldDefinition) -> (String, Shape) {
    let takes = |name: &str| field.arguments.iter().any(|argument| argument.node.name.node == name);
    let long = LONG_LISTS.iter().find(|(of, name, _)| *of == parent && field.name.node == *name);
    let shape = Shape {
        answers: named(&field.ty.node),
        pages: takes("first"),
        by_ids: takes("ids"),
        repeats: long.map_or(1, |(_, _, length)| *length),
    };
    (field.name.node.to_string(), shape)
}

fn named(ty: &Type) -> String {
    match &ty.base {
        BaseType::Named(name) => name.to_string(),
        BaseType::List(inner) => named(inner),
    }
}
