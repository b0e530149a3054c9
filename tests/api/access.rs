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

/// Records that exist for everybody.
const KNOWN: Sees = Sees { anonymous: &[Published, Suspended, Ended] };
/// Those of them that a list shows when nobody asks for states.
const CURRENT: Sees = Sees { anonymous: &[Published, Suspended] };
/// Those that meet or are open: suspended ones do not.
const OPEN: Sees = Sees { anonymous: &[Published] };
/// Those that ended, asked for by name.
const ENDED: Sees = Sees { anonymous: &[Ended] };
/// Nothing about any record: reference data, the same for everybody, or hidden states asked for by name.
const NOTHING: Sees = Sees { anonymous: &[] };

/// Root field, arguments, whose records are seen. A question with a variable is asked with the clue
/// of each marked record, one with `$ids` once with the ids of all; every field of the answer is asked for.
const TABLE: &[(&str, &str, Sees)] = &[
    ("node", "id: $id", KNOWN),
    ("nodes", "ids: $ids", KNOWN),
    ("resource", "by: { id: $id }", KNOWN),
    ("resource", "by: { identifier: { system: $system, value: $value } }", KNOWN),
    ("resources", "", CURRENT),
    ("resources", "filter: { states: [PUBLISHED, SUSPENDED, ENDED, DRAFT, IN_REVIEW, WITHDRAWN] }", KNOWN),
    ("resources", "filter: { states: [DRAFT] }", NOTHING),
    ("resources", "filter: { states: [IN_REVIEW, WITHDRAWN] }", NOTHING),
    ("resources", "filter: { bounds: $bounds }", CURRENT),
    ("resources", "near: $near", CURRENT),
    ("resources", "text: $text", CURRENT),
    ("resources", "text: \"しるし\", orderBy: NAME", CURRENT),
    ("resources", "text: \"ビル\"", CURRENT),
    ("resources", "last: 5", CURRENT),
    ("map", "bounds: $bounds, zoom: 16", CURRENT),
    ("map", "bounds: { south: 38, west: 139, north: 40, east: 141 }, zoom: 6", NOTHING),
    ("map", "bounds: { south: 38, west: 139, north: 40, east: 141 }, zoom: 9, text: \"しるし\"", CURRENT),
    ("map", "bounds: { south: 38.58, west: 139.69, north: 38.92, east: 139.86 }, zoom: 18", CURRENT),
    ("suggest", "text: $text", CURRENT),
    ("suggest", "text: \"しるし\", first: 20", CURRENT),
    ("careFacilities", "", CURRENT),
    ("careFacilities", "filter: { states: [DRAFT, ENDED], serviceTypes: [\"150\"] }", ENDED),
    ("careServiceTypes", "", NOTHING),
    ("medicalFacilities", "", CURRENT),
    ("medicalFacilities", "filter: { states: [DRAFT, ENDED], institutionTypes: [CLINIC] }", ENDED),
    ("medicalDepartments", "", NOTHING),
    ("resources", "filter: { openAt: \"2026-11-26T10:30:00+09:00\" }", OPEN),
    ("resources", "filter: { openOn: \"2026-11-26\", includeUnknownHours: true }", OPEN),
    ("gatheringPlaces", "", CURRENT),
    ("gatheringPlaces", "filter: { states: [DRAFT, ENDED], gatheringKinds: [SALON] }", ENDED),
    ("gatheringPlaces", "filter: { activities: [EXERCISE], openOn: \"2026-11-26\" }", OPEN),
    ("mutualAidGroups", "", CURRENT),
    ("mutualAidGroups", "filter: { states: [DRAFT, ENDED], categories: [GARBAGE] }", ENDED),
    ("privateServices", "", CURRENT),
    ("privateServices", "filter: { states: [DRAFT, ENDED], serviceKinds: [MEALS] }", ENDED),
    ("consultationDesks", "", CURRENT),
    ("consultationDesks", "filter: { states: [DRAFT, ENDED], topics: [SUPPORT_CENTER] }", KNOWN),
    ("occurrences", "from: \"2026-11-26\", to: \"2026-11-26\", first: 100", OPEN),
    ("occurrences", "from: \"2026-11-26\", to: \"2026-11-26\", text: $text", OPEN),
    ("vocabularies", "", NOTHING),
    ("consentsDue", "", NOTHING),
    ("municipalities", "", CURRENT),
    ("districts", "", CURRENT),
    ("districtOf", "by: { address: \"鶴岡市泉町4-20\" }", CURRENT),
    ("districtOf", "by: { townCode: \"062031:馬場町\" }", CURRENT),
    ("districtOf", "by: { position: { latitude: 38.7316, longitude: 139.8301 } }", NOTHING),
    ("supportCoordinators", "", CURRENT),
    ("resources", "filter: { serviceDistricts: [\"D01\"] }, text: \"どこにもない\"", CURRENT),
    ("resources", "filter: { municipalityCodes: [\"062031\"] }, text: \"どこにもない\", first: 0", CURRENT),
];

/// Mutations, which no table of what is seen can hold; who may do them is tried where they are tested.
const CHANGES: &[&str] = &["recordConsent", "withdrawConsent"];

/// The variables a question may use, all of them clues of [`World`].
const VARIABLES: [(&str, &str); 7] = [
    ("$id", "ID!"),
    ("$ids", "[ID!]!"),
    ("$system", "String!"),
    ("$value", "String!"),
    ("$text", "String!"),
    ("$bounds", "BoundsInput!"),
    ("$near", "Near!"),
];

/// Types of which not everybody may read everything, with all of their fields. A new field is
/// written here once it is clear who may read it.
const RESTRICTED: &[(&str, &[&str])] = &[
    (
        "ContactPoint",
        &[
            "kind",
            "label",
            "tel",
            "telE164",
            "fax",
            "faxE164",
            "email",
            "personName",
            "visibility",
            "consents",
        ],
    ),
    (
        "Consent",
        &[
            "id",
            "resource",
            "purpose",
            "subject",
            "method",
            "tel",
            "fax",
            "email",
            "obtainedOn",
            "expiresOn",
            "withdrawnOn",
            "state",
            "evidence",
        ],
    ),
];

#[test]
fn every_root_field_has_a_row_in_the_table() {
    let graph = Graph::read();
    let there: Vec<&str> =
        ["Query", "Mutation", "Subscription"].into_iter().flat_map(|root| graph.fields(root)).collect();
    let known = |field: &str| CHANGES.contains(&field) || TABLE.iter().any(|row| row.0 == field);
    let missing: Vec<_> = there.iter().filter(|field| !known(field)).collect();
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
    let mut wrong = Vec::new();
    for viewer in VIEWERS {
        for (field, arguments, sees) in TABLE {
            let seen = json!(answers(&world, viewer, field, arguments).await).to_string();
            for (state, mark) in MARKS {
                let (sees, should) = (seen.contains(mark), sees.as_viewer(viewer).contains(&state));
                if sees != should {
                    wrong.push(format!("{viewer:?} {field}({arguments}) shows {state:?}: {sees}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "not as the table says:\n{}", wrong.join("\n"));
}

#[actix_web::test]
async fn what_a_viewer_may_not_see_leaves_no_trace() {
    let whole = World::create().await;
    let mut traces = Vec::new();
    for viewer in VIEWERS {
        let without = World::create().await;
        without.forget_all_but(viewer.states(), viewer.contacts()).await;
        for (field, arguments, _) in TABLE {
            let with = answers(&whole, viewer, field, arguments).await;
            let never = answers(&without, viewer, field, arguments).await;
            if let Some((with, never)) = with.iter().zip(&never).find(|(with, never)| with != never) {
                traces.push(format!("{viewer:?} {field}({arguments})\n{with}\nbut without\n{never}"));
            }
        }
    }
    assert!(traces.is_empty(), "{} answers tell of something hidden:\n{}", traces.len(), traces.join("\n\n"));
}

#[actix_web::test]
async fn every_viewer_reads_only_their_contacts() {
    let world = World::create().await;
    let contacts = "contacts { label tel email }";
    let ask = format!(
        "{{ careFacilities(text: \"しるし丙事業所\") {{ nodes {{ {contacts} services {{ {contacts} }} }} }} }}"
    );
    for viewer in VIEWERS {
        let data = viewer.of(&world.app).data(&ask).await;
        for part in ["contacts", "services/0/contacts"] {
            let found = data.pointer(&format!("/careFacilities/nodes/0/{part}")).expect("the facility");
            for (visibility, label) in CONTACTS {
                let should = viewer.contacts().contains(&visibility);
                assert_eq!(found.to_string().contains(label), should, "{viewer:?} {visibility:?} in {part}");
            }
        }
    }
}

/// The answers to a question, asked as often as its variables say: data, and what the viewer is refused.
async fn answers(world: &World, viewer: Viewer, field: &str, arguments: &str) -> Vec<Value> {
    let variables = match arguments {
        once if !once.contains('$') => vec![json!({})],
        all if all.contains("$ids") => {
            vec![json!({ "ids": world.clues.iter().map(|clue| &clue["id"]).collect::<Vec<_>>() })]
        }
        _ => world.clues.clone(),
    };
    let client = viewer.of(&world.app);
    let document = deepest(&client, field, arguments, &variables[0]).await;
    let mut answers = Vec::new();
    for variables in variables {
        let answer = client.ask_with(&document, variables).await;
        let refused = |error: &Value| error["extensions"]["code"] == "UNAUTHENTICATED";
        let errors = answer["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        assert!(errors.iter().all(refused), "{document}\nanswered {answer:#}");
        answers.push(answer);
    }
    answers
}

/// The question with as many levels of fields below it as the limits on documents allow.
async fn deepest(client: &Client<'_>, field: &str, arguments: &str, variables: &Value) -> String {
    for levels in [4, 3, 2] {
        let document = document(field, arguments, levels);
        let answer = client.ask_with(&document, variables.clone()).await;
        if answer["errors"][0]["extensions"]["code"] != "LIMIT_EXCEEDED" {
            return document;
        }
    }
    document(field, arguments, 1)
}

/// A root field with everything below it, so many levels deep.
fn document(field: &str, arguments: &str, levels: usize) -> String {
    static GRAPH: LazyLock<Graph> = LazyLock::new(Graph::read);
    let words: Vec<&str> = arguments.split(|c: char| !(c == '$' || c.is_ascii_alphanumeric())).collect();
    let used = VARIABLES.iter().filter(|(name, _)| words.contains(name));
    let declared: String = used.map(|(name, ty)| format!("{name}: {ty} ")).collect();
    let declared = if declared.is_empty() { declared } else { format!("({declared})") };
    let arguments = if arguments.is_empty() { String::new() } else { format!("({arguments})") };
    let below = GRAPH.everything(GRAPH.answer("Query", field), levels);
    format!("query{declared} {{ {field}{arguments} {{ {below} }} }}")
}
