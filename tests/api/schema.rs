//! The published schema: the file `schema.graphql` is true, and everything in it is described.

use async_graphql::parser::types::{FieldDefinition, InputValueDefinition, TypeKind, TypeSystemDefinition};
use async_graphql::{Positioned, parser};
use std::collections::BTreeSet;
use yui::vocabularies;

/// Where the schema of this commit is read by people and tools.
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.graphql");

#[test]
fn the_schema_file_is_the_schema() {
    let sdl = yui::schema::build().sdl();
    let known = std::fs::read_to_string(FILE).unwrap_or_default();
    if known != sdl {
        std::fs::write(FILE, sdl).expect("the project's folder can be written");
        panic!("The schema has changed: schema.graphql was written anew. Read its diff and commit it.");
    }
}

#[test]
fn everything_in_the_schema_is_described_in_english() {
    let mut undescribed = Vec::new();
    for (place, description) in places() {
        match description {
            None => undescribed.push(format!("{place}: nothing")),
            Some(text) if !is_english(&text) => undescribed.push(format!("{place}: 「{text}」")),
            Some(_) => {}
        }
    }
    assert!(
        undescribed.is_empty(),
        "Say in English, with the Japanese term in brackets, what these are:\n{}",
        undescribed.join("\n")
    );
}

/// Whoever has an id asks `node` for it. The answers to care needs differ with the needs of the query, which `node` is not
/// told.
#[test]
fn whatever_has_an_id_is_a_node() {
    let sdl = parser::parse_schema(yui::schema::build().sdl()).expect("the schema is GraphQL");
    let without: Vec<String> = sdl
        .definitions
        .iter()
        .filter_map(|definition| match definition {
            TypeSystemDefinition::Type(ty) => Some(&ty.node),
            _ => None,
        })
        .filter(|ty| match &ty.kind {
            TypeKind::Object(object) => {
                let has_id = object.fields.iter().any(|field| field.node.name.node == "id");
                has_id && !object.implements.iter().any(|interface| interface.node == "Node")
            }
            _ => false,
        })
        .map(|ty| ty.name.node.to_string())
        .collect();
    assert_eq!(without, [] as [&str; 0]);
}

/// A field that takes arguments can fail for a wrong one; where it may not be null, it takes the whole answer with it.
#[test]
fn a_root_field_with_arguments_may_be_null() {
    let sdl = parser::parse_schema(yui::schema::build().sdl()).expect("the schema is GraphQL");
    let roots = sdl.definitions.iter().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(ty) if ["Query", "Mutation"].contains(&ty.node.name.node.as_str()) => {
            Some(&ty.node.kind)
        }
        _ => None,
    });
    let fields = roots.filter_map(|kind| match kind {
        TypeKind::Object(object) => Some(&object.fields),
        _ => None,
    });
    let fields: Vec<&FieldDefinition> = fields.flatten().map(|field| &field.node).collect();
    assert!(fields.len() > 30);
    let wrong: Vec<&str> = fields
        .iter()
        .filter(|field| !field.arguments.is_empty() && !field.ty.node.nullable)
        .map(|field| field.name.node.as_str())
        .collect();
    assert_eq!(wrong, [] as [&str; 0]);
}

/// One way for words: a word is answered with its labels (`…Term`), and a menu is drawn from the vocabularies. The code of an
/// error alone stands bare, beside its sentence.
#[test]
fn no_enum_is_answered_without_a_label_and_every_one_is_a_vocabulary() {
    const BARE: [&str; 1] = ["UserError.code"];
    let sdl = parser::parse_schema(yui::schema::build().sdl()).expect("the schema is GraphQL");
    let types: Vec<_> = sdl
        .definitions
        .into_iter()
        .filter_map(|definition| match definition {
            TypeSystemDefinition::Type(ty) => Some(ty.node),
            _ => None,
        })
        .collect();
    let enums: BTreeSet<&str> = types
        .iter()
        .filter(|ty| matches!(ty.kind, TypeKind::Enum(_)))
        .map(|ty| ty.name.node.as_str())
        .collect();
    let mut bare = Vec::new();
    for ty in &types {
        let fields = match &ty.kind {
            TypeKind::Object(object) => &object.fields,
            TypeKind::Interface(interface) => &interface.fields,
            _ => continue,
        };
        for field in fields.iter().map(|field| &field.node) {
            let answer = field.ty.node.to_string();
            let is_enum = enums.contains(answer.trim_matches(['[', ']', '!']));
            if is_enum && !ty.name.node.ends_with("Term") {
                bare.push(format!("{}.{}", ty.name.node, field.name.node));
            }
        }
    }
    assert_eq!(bare, BARE);
    let vocabularies: BTreeSet<&str> = vocabularies::all().iter().map(|one| one.name).collect();
    assert_eq!(vocabularies, enums);
    for vocabulary in vocabularies::all() {
        for term in vocabulary.terms {
            let of = format!("{}.{}", vocabulary.name, term.value);
            let is_kana = |c: char| matches!(c, 'ぁ'..='ゖ' | 'ー');
            assert!(!term.reading.is_empty() && term.reading.chars().all(is_kana), "{of}: {}", term.reading);
            assert!(!term.label.is_empty() && !term.easy_label.is_empty(), "{of}");
            assert!(term.english_label.is_ascii() && !term.english_label.is_empty(), "{of}");
        }
    }
}

/// Relay reads `edges`, people read `nodes`; cursors are the only `before` and `after`.
#[test]
fn every_connection_has_edges_with_cursors_nodes_and_page_info() {
    let sdl = parser::parse_schema(yui::schema::build().sdl()).expect("the schema is GraphQL");
    let types: Vec<(String, &TypeKind)> = sdl
        .definitions
        .iter()
        .filter_map(|definition| match definition {
            TypeSystemDefinition::Type(ty) => Some((ty.node.name.node.to_string(), &ty.node.kind)),
            _ => None,
        })
        .collect();
    let fields = |name: &str| -> Vec<String> {
        let found = types.iter().find(|(own, _)| own == name);
        let Some((_, TypeKind::Object(object))) = found else { panic!("{name} is no object") };
        object
            .fields
            .iter()
            .map(|field| format!("{}: {}", field.node.name.node, field.node.ty.node))
            .collect()
    };
    let connections: Vec<&str> =
        types.iter().filter_map(|(name, _)| name.strip_suffix("Connection")).collect();
    assert!(connections.len() > 12);
    for name in connections {
        let all = fields(&format!("{name}Connection"));
        for wanted in [format!("edges: [{name}Edge!]!"), "pageInfo: PageInfo!".to_owned()] {
            assert!(all.contains(&wanted), "{name}Connection has no {wanted}: {all:?}");
        }
        assert!(all.iter().any(|field| field.starts_with("nodes: [")), "{name}Connection has no nodes");
        assert!(fields(&format!("{name}Edge")).contains(&"cursor: String!".to_owned()), "{name}Edge");
    }
    for (_, kind) in &types {
        let TypeKind::Object(object) = kind else { continue };
        for argument in object.fields.iter().flat_map(|field| &field.node.arguments) {
            let (name, ty) = (argument.node.name.node.as_str(), argument.node.ty.node.to_string());
            assert!(!["before", "after"].contains(&name) || ty == "String", "{name}: {ty}");
        }
    }
}

/// Days are called `…On`, instants `…At`. Ends of a period are named as ends: validity and periods in days by `…From` and
/// `…To`, dated times by `start` and `end` or `until`. `asOf` is the day facts are from, `date` that of a meeting.
#[test]
fn a_day_and_an_instant_are_known_by_their_names() {
    let sdl = parser::parse_schema(yui::schema::build().sdl()).expect("the schema is GraphQL");
    let (mut seen, mut wrong) = (0, Vec::new());
    for definition in &sdl.definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let fields = match &definition.node.kind {
            TypeKind::Object(object) => &object.fields,
            TypeKind::Interface(interface) => &interface.fields,
            _ => continue,
        };
        for field in fields.iter().map(|field| &field.node) {
            let (name, ty) = (field.name.node.as_str(), field.ty.node.to_string());
            let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
            let is_right = match ty.trim_end_matches('!') {
                "Date" => {
                    ends(&["On", "AsOf", "From", "To"]) || ["asOf", "from", "to", "date"].contains(&name)
                }
                "DateTime" => ends(&["At"]) || ["at", "start", "end", "until"].contains(&name),
                _ => continue,
            };
            seen += 1;
            wrong.extend((!is_right).then(|| format!("{}.{name}: {ty}", definition.node.name.node)));
        }
    }
    assert!(seen > 50);
    assert_eq!(wrong, [] as [String; 0]);
}

type Text = Option<Positioned<String>>;

/// Every named element of the schema, with its description.
fn places() -> Vec<(String, Option<String>)> {
    let sdl = parser::parse_schema(yui::schema::build().sdl()).expect("the schema is GraphQL");
    let mut places = Vec::new();
    let mut add = |place: String, text: &Text| places.push((place, text.as_ref().map(|t| t.node.clone())));
    for definition in &sdl.definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let (name, definition) = (&definition.node.name.node, &definition.node);
        add(name.to_string(), &definition.description);
        match &definition.kind {
            TypeKind::Object(object) => fields(name, &object.fields, &mut add),
            TypeKind::Interface(interface) => fields(name, &interface.fields, &mut add),
            TypeKind::InputObject(input) => inputs(name, &input.fields, &mut add),
            TypeKind::Enum(values) => {
                for value in &values.values {
                    add(format!("{name}.{}", value.node.value.node), &value.node.description);
                }
            }
            TypeKind::Scalar | TypeKind::Union(_) => {}
        }
    }
    places
}

fn fields(of: &str, fields: &[Positioned<FieldDefinition>], add: &mut impl FnMut(String, &Text)) {
    for field in fields {
        let place = format!("{of}.{}", field.node.name.node);
        add(place.clone(), &field.node.description);
        inputs(&place, &field.node.arguments, add);
    }
}

fn inputs(of: &str, inputs: &[Positioned<InputValueDefinition>], add: &mut impl FnMut(String, &Text)) {
    for input in inputs {
        add(format!("{of}({})", input.node.name.node), &input.node.description);
    }
}

/// Whether a word in Latin letters stands outside of the examples between back quotes.
fn is_english(text: &str) -> bool {
    let outside: String = text.split('`').step_by(2).collect();
    outside.split(|c: char| !c.is_ascii_alphabetic()).any(|word| word.len() > 2)
}

#[test]
fn an_example_is_no_description() {
    assert!(is_english("Two digits, `06`."));
    assert!(!is_english("`clinic` 診療所"));
}
