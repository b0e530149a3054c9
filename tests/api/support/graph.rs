//! The schema as data: which fields there are, and selections that ask for everything.

use async_graphql::parser;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, Type, TypeKind, TypeSystemDefinition,
};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

/// The types of Yui's schema by name.
pub struct Graph {
    types: BTreeMap<String, TypeKind>,
    /// Selections by type and levels: large ones repeat the small ones many times.
    selections: Mutex<HashMap<(String, usize), String>>,
}

impl Graph {
    pub fn read() -> Self {
        let sdl = parser::parse_schema(yui::schema::build().sdl()).expect("the schema is GraphQL");
        let types = sdl.definitions.into_iter().filter_map(|definition| match definition {
            TypeSystemDefinition::Type(ty) => Some((ty.node.name.node.to_string(), ty.node.kind)),
            _ => None,
        });
        Self { types: types.collect(), selections: Mutex::default() }
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

    /// A selection of every field without required arguments, down to a depth. Below an interface it selects
    /// the fields of each implementing type.
    pub fn everything(&self, name: &str, levels: usize) -> String {
        let selections = || self.selections.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (name.to_owned(), levels);
        if let Some(known) = selections().get(&key) {
            return known.clone();
        }
        let selected = self.select(name, levels);
        selections().insert(key, selected.clone());
        selected
    }

    fn select(&self, name: &str, levels: usize) -> String {
        let implementing = self.implementing(name);
        if implementing.is_empty() {
            return format!("__typename {}", self.selection(name, levels, &BTreeMap::new()));
        }
        let usual = self.usual_types(&implementing);
        let on = |ty: &&str| format!("... on {ty} {{ {} }}", self.selection(ty, levels, &usual));
        format!("__typename {}", implementing.iter().map(on).collect::<Vec<_>>().join(" "))
    }

    /// The type with which most of some types answer a field, by its name.
    fn usual_types(&self, names: &[&str]) -> BTreeMap<String, String> {
        let mut found: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for field in names.iter().flat_map(|name| self.definitions(name)) {
            let types = found.entry(field.name.node.to_string()).or_default();
            *types.entry(field.ty.node.to_string()).or_default() += 1;
        }
        let most = |types: BTreeMap<String, usize>| types.into_iter().max_by_key(|(_, count)| *count);
        found.into_iter().filter_map(|(field, types)| Some((field, most(types)?.0))).collect()
    }

    /// The fields of a type; those with another than the usual type have a name of their own.
    fn selection(&self, name: &str, levels: usize, usual: &BTreeMap<String, String>) -> String {
        let optional = |field: &&FieldDefinition| {
            // A link to paper is signed anew each time, and the instant of the answer is another each time.
            field.name.node != "printLink"
                && (name, field.name.node.as_str()) != ("ReachableConnection", "at")
                && field.arguments.iter().all(|a| a.node.ty.node.nullable || a.node.default_value.is_some())
        };
        let selected = self.definitions(name).filter(optional).filter_map(|field| {
            let answer = base(&field.ty.node);
            let is_usual =
                usual.get(field.name.node.as_str()).is_none_or(|ty| *ty == field.ty.node.to_string());
            let field = match is_usual {
                true => field.name.node.to_string(),
                false => format!("{name}_{0}: {0}", field.name.node),
            };
            match (self.is_leaf(answer), levels) {
                (true, _) => Some(field),
                (false, 0) => None,
                (false, _) => Some(format!("{field} {{ {} }}", self.everything(answer, levels - 1))),
            }
        });
        selected.collect::<Vec<_>>().join(" ")
    }

    fn definitions(&self, name: &str) -> impl Iterator<Item = &FieldDefinition> {
        let fields = match self.types.get(name) {
            Some(TypeKind::Object(object)) => object.fields.as_slice(),
            Some(TypeKind::Interface(interface)) => interface.fields.as_slice(),
            _ => &[],
        };
        fields.iter().map(|field| &field.node)
    }

    /// The arguments with which a text can be given to a root field: one list of arguments for each place
    /// that takes text, in which the text is the variable `$text` or `$id` and whatever else is required has
    /// some value.
    pub fn places_for_text(&self, field: &str) -> Vec<String> {
        let definition = self.definitions("Query").find(|definition| definition.name.node == field);
        let arguments = &definition.unwrap_or_else(|| panic!("there is no field {field}")).arguments;
        let mut places = Vec::new();
        for argument in arguments {
            let name = &argument.node.name.node;
            for value in self.values_with_text(&argument.node.ty.node, 3) {
                let others = arguments.iter().filter(|other| other.node.name.node != *name);
                let required = others.filter(|other| self.is_required(&other.node));
                let required = required.map(|other| {
                    format!("{}: {}", other.node.name.node, self.some_value(&other.node.ty.node))
                });
                let all: Vec<String> = required.chain([format!("{name}: {value}")]).collect();
                places.push(all.join(", "));
            }
        }
        places
    }

    fn values_with_text(&self, ty: &Type, levels: usize) -> Vec<String> {
        let values = match (&ty.base, levels) {
            (BaseType::List(item), _) => {
                let items = self.values_with_text(item, levels);
                return items.into_iter().map(|item| format!("[{item}]")).collect();
            }
            (BaseType::Named(name), _) if name == "String" => return vec!["$text".to_owned()],
            (BaseType::Named(name), _) if name == "ID" => return vec!["$id".to_owned()],
            (_, 0) => return Vec::new(),
            (BaseType::Named(name), _) => match self.types.get(name.as_str()) {
                Some(TypeKind::InputObject(input)) => input,
                _ => return Vec::new(),
            },
        };
        let mut found = Vec::new();
        for field in &values.fields {
            for value in self.values_with_text(&field.node.ty.node, levels - 1) {
                let others =
                    values.fields.iter().filter(|other| other.node.name.node != field.node.name.node);
                let required = others.filter(|other| self.is_required(&other.node));
                let required = required.map(|other| {
                    format!("{}: {}", other.node.name.node, self.some_value(&other.node.ty.node))
                });
                let all: Vec<String> =
                    required.chain([format!("{}: {value}", field.node.name.node)]).collect();
                found.push(format!("{{ {} }}", all.join(", ")));
            }
        }
        found
    }

    fn is_required(&self, input: &InputValueDefinition) -> bool {
        !input.ty.node.nullable && input.default_value.is_none()
    }

    fn some_value(&self, ty: &Type) -> String {
        let BaseType::Named(name) = &ty.base else { return "[]".to_owned() };
        match (name.as_str(), self.types.get(name.as_str())) {
            ("Date", _) => "\"2026-11-26\"".to_owned(),
            ("String" | "ID", _) => "\"x\"".to_owned(),
            ("Float", _) => "38.7".to_owned(),
            (_, Some(TypeKind::Enum(members))) => members.values[0].node.value.node.to_string(),
            (_, Some(TypeKind::InputObject(input))) => {
                let required = input.fields.iter().filter(|field| self.is_required(&field.node));
                let fields = required.map(|field| {
                    format!("{}: {}", field.node.name.node, self.some_value(&field.node.ty.node))
                });
                format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
            }
            _ => "1".to_owned(),
        }
    }

    fn is_leaf(&self, name: &str) -> bool {
        !matches!(
            self.types.get(name),
            Some(TypeKind::Object(_) | TypeKind::Interface(_) | TypeKind::Union(_))
        )
    }

    fn implementing(&self, name: &str) -> Vec<&str> {
        let members = |kind: &TypeKind, other: &str| match kind {
            TypeKind::Union(union) => union.members.iter().any(|member| member.node == other),
            _ => false,
        };
        let wanted = self.types.get(name);
        let belongs = |(other, kind): &(&String, &TypeKind)| match kind {
            TypeKind::Object(object) => {
                object.implements.iter().any(|interface| interface.node == name)
                    || wanted.is_some_and(|kind| members(kind, other))
            }
            _ => false,
        };
        self.types.iter().filter(belongs).map(|(name, _)| name.as_str()).collect()
    }
}

fn base(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(item) => base(item),
    }
}
