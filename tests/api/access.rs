//! Who sees what: every root field as every kind of viewer.
//!
//! Two things are tried. What a viewer may see is there, as the table says. And what they may not
//! see leaves no trace: every answer is the same as in a directory that never held it, down to the
//! last count, facet and cursor.

use crate::support::world::{CONTACTS, MARKS, World};
use crate::support::{App, Client, Graph};
use entity::enums::PublicationState::{self, Ended, Published, Suspended};
use entity::enums::Visibility;
use serde_json::{Value, json};
use std::sync::LazyLock;

/// A kind of viewer. A new kind is a line here, a column in [`TABLE`] and in [`Sees`].
#[derive(Clone, Copy, Debug)]
enum Viewer {
    Anonymous,
}

const VIEWERS: [Viewer; 1] = [Viewer::Anonymous];

impl Viewer {
    fn of(self, app: &App) -> Client<'_> {
        match self {
            Self::Anonymous => app.as_anonymous(),
        }
    }

    /// The states of records that exist for this viewer.
    fn states(self) -> &'static [PublicationState] {
        match self {
            Self::Anonymous => &[Published, Suspended, Ended],
        }
    }

    /// The visibilities of contacts this viewer may read.
    fn contacts(self) -> &'static [Visibility] {
        match self {
            Self::Anonymous => &[Visibility::Public],
        }
    }
}

/// The states of the records that a question shows to each kind of viewer.
#[derive(Clone, Copy)]
struct Sees {
    anonymous: &'static [PublicationState],
}

impl Sees {
    fn as_viewer(self, viewer: Viewer) -> &'static [PublicationState] {
        match viewer {
            Viewer::Anonymous => self.anonymous,
        }
    }
}

/// How often a question is asked.
#[derive(Clone, Copy)]
enum Ask {
    /// Once, without variables.
    Once(&'static str),
    /// With the clues of each marked record: `$id`, `$system`, `$value`, `$text`, `$bounds`, `$near`.
    Each(&'static str),
    /// Once, with the ids of all marked records: `$ids`.
    Ids(&'static str),
}
use Ask::{Each, Ids, Once};

/// Records that exist for everybody.
const KNOWN: Sees = Sees { anonymous: &[Published, Suspended, Ended] };
/// Those of them that a list shows when nobody asks for states.
const CURRENT: Sees = Sees { anonymous: &[Published, Suspended] };
/// Nothing about any record: reference data, the same for everybody, or hidden states asked for by name.
const NOTHING: Sees = Sees { anonymous: &[] };

/// Root field, question, what is seen. `@Type` stands for every field below a type.
const TABLE: &[(&str, Ask, Sees)] = &[
    ("node", Each("query($id: ID!) { node(id: $id) { @Node } }"), KNOWN),
    ("nodes", Ids("query($ids: [ID!]!) { nodes(ids: $ids) { @Node } }"), KNOWN),
    ("resource", Each("query($id: ID!) { resource(by: { id: $id }) { @Resource } }"), KNOWN),
    (
        "resource",
        Each(
            "query($system: String!, $value: String!) {
               resource(by: { identifier: { system: $system, value: $value } }) { @Resource }
             }",
        ),
        KNOWN,
    ),
    ("resources", Once("{ resources { @ResourceConnection } }"), CURRENT),
    (
        "resources",
        Once(
            "{ resources(filter: { states: [PUBLISHED, SUSPENDED, ENDED, DRAFT, IN_REVIEW, WITHDRAWN] }) { @ResourceConnection } }",
        ),
        KNOWN,
    ),
    ("resources", Once("{ resources(filter: { states: [DRAFT] }) { @ResourceConnection } }"), NOTHING),
    (
        "resources",
        Once("{ resources(filter: { states: [IN_REVIEW, WITHDRAWN] }) { @ResourceConnection } }"),
        NOTHING,
    ),
    ("resources", Once("{ resources(last: 5) { @ResourceConnection } }"), NOTHING),
    ("resources", Once("{ resources(text: \"しるし\", orderBy: NAME) { @ResourceConnection } }"), CURRENT),
    ("resources", Once("{ resources(text: \"ビル\") { @ResourceConnection } }"), CURRENT),
    ("resources", Each("query($text: String!) { resources(text: $text) { @ResourceConnection } }"), CURRENT),
    ("resources", Each("query($near: Near!) { resources(near: $near) { @ResourceConnection } }"), CURRENT),
    (
        "resources",
        Each(
            "query($bounds: BoundsInput!) { resources(filter: { bounds: $bounds }) { @ResourceConnection } }",
        ),
        CURRENT,
    ),
    ("map", Each("query($bounds: BoundsInput!) { map(bounds: $bounds, zoom: 16) { @MapView } }"), CURRENT),
    (
        "map",
        Once("{ map(bounds: { south: 38, west: 139, north: 40, east: 141 }, zoom: 6) { @MapView } }"),
        NOTHING,
    ),
    (
        "map",
        Once("{ map(bounds: { south: 38.58, west: 139.69, north: 38.92, east: 139.86 }, zoom: 18) { @MapView } }"),
        CURRENT,
    ),
    (
        "map",
        Once(
            "{ map(bounds: { south: 38, west: 139, north: 40, east: 141 }, zoom: 9, text: \"しるし\") { @MapView } }",
        ),
        CURRENT,
    ),
    ("suggest", Once("{ suggest(text: \"しるし\", first: 20) { @Suggestion } }"), CURRENT),
    ("suggest", Each("query($text: String!) { suggest(text: $text) { @Suggestion } }"), CURRENT),
    ("careFacilities", Once("{ careFacilities { @CareFacilityConnection } }"), CURRENT),
    (
        "careFacilities",
        Once(
            "{ careFacilities(filter: { states: [DRAFT, ENDED], serviceTypes: [\"150\"] }) { @CareFacilityConnection } }",
        ),
        Sees { anonymous: &[Ended] },
    ),
    ("careServiceTypes", Once("{ careServiceTypes { @CareServiceType } }"), NOTHING),
    ("medicalFacilities", Once("{ medicalFacilities { @MedicalFacilityConnection } }"), CURRENT),
    (
        "medicalFacilities",
        Once(
            "{ medicalFacilities(filter: { states: [DRAFT, ENDED], institutionTypes: [CLINIC] }) { @MedicalFacilityConnection } }",
        ),
        Sees { anonymous: &[Ended] },
    ),
    ("medicalDepartments", Once("{ medicalDepartments { @MedicalDepartment } }"), NOTHING),
    ("municipalities", Once("{ municipalities { @Municipality } }"), NOTHING),
    ("districts", Once("{ districts { @District } }"), NOTHING),
];

/// Types of which not everybody may read everything, with all of their fields. A new field is
/// written here once it is clear who may read it.
const RESTRICTED: &[(&str, &[&str])] =
    &[("ContactPoint", &["kind", "label", "tel", "telE164", "fax", "faxE164", "email"])];

#[test]
fn every_root_field_has_a_row_in_the_table() {
    let graph = Graph::read();
    let there: Vec<&str> =
        ["Query", "Mutation", "Subscription"].into_iter().flat_map(|root| graph.fields(root)).collect();
    let missing: Vec<_> = there.iter().filter(|field| !TABLE.iter().any(|row| row.0 == **field)).collect();
    assert!(missing.is_empty(), "TABLE does not say who sees {missing:?}");
    let gone: Vec<_> = TABLE.iter().map(|row| row.0).filter(|field| !there.contains(field)).collect();
    assert!(gone.is_empty(), "TABLE speaks of fields that do not exist: {gone:?}");
}

#[test]
fn every_field_of_a_restricted_type_is_named() {
    let graph = Graph::read();
    for (name, fields) in RESTRICTED {
        assert_eq!(graph.fields(name), *fields, "RESTRICTED does not say the same of {name}");
    }
}

#[actix_web::test]
async fn every_viewer_sees_what_the_table_says() {
    let world = World::create().await;
    for viewer in VIEWERS {
        for (field, ask, sees) in TABLE {
            let seen = answers(&world, viewer, *ask, &world.clues).await;
            let text = json!(seen).to_string();
            for (state, mark) in MARKS {
                let expected = sees.as_viewer(viewer).contains(&state);
                assert_eq!(
                    text.contains(mark),
                    expected,
                    "{viewer:?} asks {field} and sees {state:?} or not: {}",
                    question(*ask)
                );
            }
        }
    }
}

#[actix_web::test]
async fn what_a_viewer_may_not_see_leaves_no_trace() {
    let whole = World::create().await;
    let mut traces = Vec::new();
    for viewer in VIEWERS {
        let without = World::create().await;
        without.forget_all_but(viewer.states(), viewer.contacts()).await;
        for (field, ask, _) in TABLE {
            let with = answers(&whole, viewer, *ask, &whole.clues).await;
            let never = answers(&without, viewer, *ask, &whole.clues).await;
            let differing = with.iter().zip(&never).find(|(with, never)| with != never);
            if let Some((with, never)) = differing {
                traces.push(format!("{viewer:?} {field}: {}\n{with}\nbut without\n{never}", question(*ask)));
            }
        }
    }
    assert!(traces.is_empty(), "{} answers tell of something hidden:\n{}", traces.len(), traces.join("\n\n"));
}

#[actix_web::test]
async fn every_viewer_reads_only_their_contacts() {
    let world = World::create().await;
    let ask = "{ resources(text: \"しるし丙事業所\") { nodes {
                   contacts { label tel email } ... on CareFacility { services { contacts { label tel email } } }
                 } } }";
    for viewer in VIEWERS {
        let data = viewer.of(&world.app).data(ask).await;
        for part in ["/resources/nodes/0/contacts", "/resources/nodes/0/services/0/contacts"] {
            let contacts = data.pointer(part).map(Value::to_string).unwrap_or_default();
            for (visibility, label) in CONTACTS {
                let expected = viewer.contacts().contains(&visibility);
                assert_eq!(contacts.contains(label), expected, "{viewer:?} {visibility:?} in {part}");
            }
        }
    }
}

fn question(ask: Ask) -> &'static str {
    match ask {
        Once(text) | Each(text) | Ids(text) => text,
    }
}

/// The data of a question, asked as often as it says.
async fn answers(world: &World, viewer: Viewer, ask: Ask, clues: &[Value]) -> Vec<Value> {
    let document = written_out(question(ask));
    let variables = match ask {
        Once(_) => vec![json!({})],
        Each(_) => clues.to_vec(),
        Ids(_) => vec![json!({ "ids": clues.iter().map(|clue| &clue["id"]).collect::<Vec<_>>() })],
    };
    let mut answers = Vec::new();
    for variables in variables {
        answers.push(viewer.of(&world.app).data_with(&document, variables).await);
    }
    answers
}

/// Puts every field of a type where its name stands after `@`.
fn written_out(question: &str) -> String {
    static GRAPH: LazyLock<Graph> = LazyLock::new(Graph::read);
    let mut parts = question.split('@');
    let mut document = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(part.len());
        let (name, rest) = part.split_at(end);
        document += &GRAPH.everything(name, 4);
        document += rest;
    }
    document
}
