//! The schema as data: which fields there are, and selections that ask for everything.

use async_graphql::parser;
use async_graphql::parser::types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition};
use std::collections::BTreeMap;

/// The types of Yui's schema by name.
pub struct Graph(BTreeMap<String, TypeKind>);

impl Graph {
    pub fn read() -> Self {
        let sdl = parser::parse_schema(yui::schema::build().sdl()).expect("the schema is GraphQL");
        let types = sdl.definitions.into_iter().filter_map(|definition| match definition {
            TypeSystemDefinition::Type(ty) => Some((ty.node.name.node.to_string(), ty.node.kind)),
            _ => None,
        });
        Self(types.collect())
    }

    /// The names of the fields of a type; none when there is no such type.
    pub fn fields(&self, name: &str) -> Vec<&str> {
        self.definitions(name).map(|field| field.name.node.as_str()).collect()
    }

    /// The type a field answers with, lists and nullability aside.
    pub fn answer(&self, name: &str, field: &str) -> &str {
        let found = self.definitions(name).find(|definition| definition.name.node == field);
        base(&found.unwrap_or_else(|| panic!("there is no field {name}.{field}")).ty.node)
    }

    /// A selection of every field that takes no required argument, down to so many levels. What
    /// stands below an interface is asked of each type that implements it.
    pub fn everything(&self, name: &str, levels: usize) -> String {
        let implementing = self.implementing(name);
        if implementing.is_empty() {
            return format!("__typename {}", self.selection(name, levels));
        }
        let on = |ty: &&str| format!("... on {ty} {{ {} }}", self.selection(ty, levels));
        format!("__typename {}", implementing.iter().map(on).collect::<Vec<_>>().join(" "))
    }

    fn selection(&self, name: &str, levels: usize) -> String {
        let optional = |field: &&FieldDefinition| {
            field.arguments.iter().all(|a| a.node.ty.node.nullable || a.node.default_value.is_some())
        };
        let selected = self.definitions(name).filter(optional).filter_map(|field| {
            let (field, answer) = (&field.name.node, base(&field.ty.node));
            match (self.is_leaf(answer), levels) {
                (true, _) => Some(field.to_string()),
                (false, 0) => None,
                (false, _) => Some(format!("{field} {{ {} }}", self.everything(answer, levels - 1))),
            }
        });
        selected.collect::<Vec<_>>().join(" ")
    }

    fn definitions(&self, name: &str) -> impl Iterator<Item = &FieldDefinition> {
        let fields = match self.0.get(name) {
            Some(TypeKind::Object(object)) => object.fields.as_slice(),
            Some(TypeKind::Interface(interface)) => interface.fields.as_slice(),
            _ => &[],
        };
        fields.iter().map(|field| &field.node)
    }

    fn is_leaf(&self, name: &str) -> bool {
        !matches!(self.0.get(name), Some(TypeKind::Object(_) | TypeKind::Interface(_) | TypeKind::Union(_)))
    }

    fn implementing(&self, name: &str) -> Vec<&str> {
        let members = |kind: &TypeKind, other: &str| match kind {
            TypeKind::Union(union) => union.members.iter().any(|member| member.node == other),
            _ => false,
        };
        let wanted = self.0.get(name);
        let belongs = |(other, kind): &(&String, &TypeKind)| match kind {
            TypeKind::Object(object) => {
                object.implements.iter().any(|interface| interface.node == name)
                    || wanted.is_some_and(|kind| members(kind, other))
            }
            _ => false,
        };
        self.0.iter().filter(belongs).map(|(name, _)| name.as_str()).collect()
    }
}

fn base(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(item) => base(item),
    }
}
