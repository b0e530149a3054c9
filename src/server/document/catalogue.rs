//! The part of the schema that limits and checks need: the types of fields, arguments and inputs, and which fields answer
//! with pages or lists.

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, Type, TypeKind, TypeSystemDefinition,
};
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
    inputs: HashMap<String, HashMap<String, Type>>,
    objects: HashSet<String>,
    enums: HashMap<String, Vec<String>>,
}

/// One field as limits and checks see it.
#[derive(Debug)]
pub(super) struct Shape {
    /// The named type it answers with, without lists and non-null.
    pub(super) answers: String,
    /// The whole type it answers with.
    pub(super) ty: Type,
    /// The types of its arguments.
    pub(super) arguments: HashMap<String, Type>,
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
            let name = definition.name.node.to_string();
            let fields = match definition.kind {
                TypeKind::Object(object) => {
                    catalogue.objects.insert(name.clone());
                    object.fields
                }
                TypeKind::Interface(interface) => interface.fields,
                TypeKind::InputObject(input) => {
                    let types = input.fields.into_iter().map(|field| typed(field.node)).collect();
                    catalogue.inputs.insert(name, types);
                    continue;
                }
                TypeKind::Enum(words) => {
                    let words = words.values.into_iter().map(|word| word.node.value.node.to_string());
                    catalogue.enums.insert(name, words.collect());
                    continue;
                }
                TypeKind::Scalar | TypeKind::Union(_) => continue,
            };
            let shapes = fields.into_iter().map(|field| shape(&name, &field.node)).collect();
            catalogue.types.insert(name, shapes);
        }
        catalogue
    }

    /// Whether the type is an object type: a value of it has no other type.
    pub(super) fn is_object(&self, name: &str) -> bool {
        self.objects.contains(name)
    }

    /// Whether the type is an enum of the schema.
    pub(super) fn is_enum(&self, name: &str) -> bool {
        self.enums.contains_key(name)
    }

    /// The words of an enum of the schema.
    pub(super) fn words(&self, name: &str) -> Option<&[String]> {
        self.enums.get(name).map(Vec::as_slice)
    }

    /// The names of the fields of a type.
    pub(super) fn fields(&self, name: &str) -> Vec<&str> {
        self.types.get(name).into_iter().flat_map(HashMap::keys).map(String::as_str).collect()
    }

    /// The names of the arguments of a field.
    pub(super) fn arguments(&self, parent: &str, field: &str) -> Vec<&str> {
        let shape = self.shape(Some(parent), field).into_iter();
        shape.flat_map(|shape| shape.arguments.keys()).map(String::as_str).collect()
    }

    /// The types of the fields of an input object.
    pub(super) fn input(&self, name: &str) -> Option<&HashMap<String, Type>> {
        self.inputs.get(name)
    }

    /// Whether answers of both types have one shape: the same lists, and the same words or each an object.
    pub(super) fn are_alike(&self, one: &Type, other: &Type) -> bool {
        let is_composite = |name: &str| self.types.contains_key(name);
        one.nullable == other.nullable
            && match (&one.base, &other.base) {
                (BaseType::List(one), BaseType::List(other)) => self.are_alike(one, other),
                (BaseType::Named(one), BaseType::Named(other)) => {
                    one == other || is_composite(one) && is_composite(other)
                }
                _ => false,
            }
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
        ty: field.ty.node.clone(),
        arguments: field.arguments.iter().map(|argument| typed(argument.node.clone())).collect(),
        pages: takes("first"),
        by_ids: takes("ids"),
        repeats: long.map_or(1, |(_, _, length)| *length),
    };
    (field.name.node.to_string(), shape)
}

fn typed(input: InputValueDefinition) -> (String, Type) {
    (input.name.node.to_string(), input.ty.node)
}

fn named(ty: &Type) -> String {
    match &ty.base {
        BaseType::Named(name) => name.to_string(),
        BaseType::List(inner) => named(inner),
    }
}
