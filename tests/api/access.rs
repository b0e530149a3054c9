//! Row-level scope and restricted fields: every root field as every kind of viewer.
//!
//! Two things are tested. Rows that a viewer may read are there, as the table says. And hidden rows leave no
//! trace: every answer is the same as in a directory that never held them, down to the last count, facet and
//! cursor.

mod fields;
mod sees;

use crate::support::viewers::Viewer;
use crate::support::world::{MARKS, World};
use crate::support::{Client, Graph, Person};
use actix_web::http::StatusCode;
use sees::*;
use serde_json::{Value, json};
use std::sync::LazyLock;
use yui::auth::Role;

/// Root field, arguments, and the records that are seen. A query with a variable runs once with the clue of
/// each marked record, one with `$ids` once with the ids of all; every field of the answer is selected.
const TABLE: &[(&str, &str, Sees)] = &[
    ("node", "id: $id", KNOWN),
    ("nodes", "ids: $ids", KNOWN),
    ("resource", "by: { id: $id }", KNOWN),
    ("resource", "by: { identifier: { system: $system, value: $value } }", KNOWN),
    ("resources", "", CURRENT),
    ("resources", "filter: { states: [PUBLISHED, SUSPENDED, ENDED, DRAFT, WITHDRAWN] }", KNOWN),
    ("resources", "filter: { states: [DRAFT] }", DRAFTS),
    ("resources", "filter: { states: [WITHDRAWN] }", HIDDEN),
    ("resources", "filter: { bounds: $bounds }", CURRENT),
    (
        "resources",
        "kinds: [CARE_FACILITY], filter: { states: [DRAFT, ENDED], categories: [\"150\"] }",
        DRAFT_AND_ENDED,
    ),
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
    (
        "careFacilities",
        "filter: { states: [DRAFT, ENDED], care: { serviceTypes: [\"150\"] } }",
        DRAFT_AND_ENDED,
    ),
    ("careServiceTypes", "", NOTHING),
    ("medicalFacilities", "", CURRENT),
    (
        "medicalFacilities",
        "filter: { states: [DRAFT, ENDED], medical: { institutionTypes: [CLINIC] } }",
        DRAFT_AND_ENDED,
    ),
    ("medicalDepartments", "", NOTHING),
    ("resources", "filter: { openAt: \"2026-11-26T10:30:00+09:00\" }", OPEN),
    ("resources", "filter: { openOn: \"2026-11-26\", includeUnknownHours: true }", OPEN),
    ("gatheringPlaces", "", CURRENT),
    (
        "gatheringPlaces",
        "filter: { states: [DRAFT, ENDED], gathering: { gatheringKinds: [SALON] } }",
        DRAFT_AND_ENDED,
    ),
    ("gatheringPlaces", "filter: { gathering: { activities: [EXERCISE] }, openOn: \"2026-11-26\" }", OPEN),
    ("mutualAidGroups", "", CURRENT),
    (
        "mutualAidGroups",
        "filter: { states: [DRAFT, ENDED], mutualAid: { categories: [GARBAGE] } }",
        DRAFT_AND_ENDED,
    ),
    ("privateServices", "", CURRENT),
    (
        "privateServices",
        "filter: { states: [DRAFT, ENDED], privateService: { serviceKinds: [MEALS] } }",
        DRAFT_AND_ENDED,
    ),
    ("consultationDesks", "", CURRENT),
    ("consultationDesks", "filter: { states: [DRAFT, ENDED], desk: { topics: [SUPPORT_CENTER] } }", DESKS),
    ("occurrences", "from: \"2026-11-26\", to: \"2026-11-26\", first: 40", OPEN),
    ("occurrences", "from: \"2026-11-26\", to: \"2026-11-26\", text: $text", OPEN),
    ("auditLog", "filter: { subject: \"nothing\" }", NOTHING),
    ("vocabularies", "", NOTHING),
    ("viewer", "", NOTHING),
    ("consentsDue", "", NOTHING),
    ("liaisonContacts", "", DESKS_OF_PROFESSIONALS),
    ("liaisonContacts", "text: \"しるし\"", DESKS_OF_PROFESSIONALS),
    ("medicalAcceptances", "filter: { needs: [SUCTION], includeUnknown: true }", TAKING),
    ("reachableNow", "at: \"2026-11-24T12:40:00+09:00\"", DESKS_THAT_ARE_THERE),
    ("liaisonSheets", "", SHEETS),
    ("liaisonSheets", "text: \"しるし\"", SHEETS),
    ("liaisonSheets", "filter: { channels: [PHONE] }", SHEETS),
    ("liaisonSheets", "filter: { channels: [FAX] }", NOTHING),
    ("node", "id: $sheet", SHEETS),
    ("nodes", "ids: $sheets", SHEETS),
    ("node", "id: $entry", SHEETS),
    ("node", "id: $physician", SHEETS),
    ("node", "id: $acceptance", SAID),
    ("node", "id: $report", SAID),
    ("watchedInstitutions", "first: 100", WATCHED),
    ("watchedChanges", "since: \"2020-01-01T00:00:00+09:00\"", SHEETS),
    ("municipalities", "", CURRENT),
    ("districts", "", CURRENT),
    ("districtOf", "by: { address: \"鶴岡市泉町4-20\" }", CURRENT),
    ("districtOf", "by: { townCode: \"062031:馬場町\" }", CURRENT),
    ("districtOf", "by: { position: { latitude: 38.7316, longitude: 139.8301 } }", NOTHING),
    ("supportCoordinators", "", CURRENT),
    ("resources", "filter: { serviceDistricts: [\"D01\"] }, text: \"どこにもない\"", CURRENT),
    ("resources", "filter: { municipalityCodes: [\"062031\"] }, text: \"どこにもない\", first: 0", CURRENT),
];

/// Whole queries, for fields that lie deeper than the generated selections.
const DOCUMENTS: &[(&str, Sees)] = &[
    (
        "{ reachableNow(at: \"2026-11-24T12:40:00+09:00\", first: 50, filter: { kinds: [PHYSICIAN] }) {
           totalCount reachableCount unknownCount nodes { standing { value } until reason channel { target }
             physician { physician { name code sheets { id } } } sheet { institution { name } } }
           unknown(first: 50) { nodes { physician { physician { name } } } } } }",
        PHYSICIANS,
    ),
    (
        "{ reachableNow(at: \"2026-11-24T12:40:00+09:00\", text: \"しるし\", first: 50, filter: { kinds: [DESK] }) {
           totalCount reachableCount unknownCount nodes { desk { organizationName personName line { tel } facility { name } }
             standIn { contact { organizationName } } } unknown(first: 50) { nodes { desk { organizationName } } } } }",
        DESKS_THAT_ARE_THERE,
    ),
    (
        "{ liaisonSheets(first: 50, filter: { reachableAt: \"2026-11-24T12:40:00+09:00\" }) {
           totalCount nodes { institution { name liaisonContacts { department } } } } }",
        PHYSICIANS_NOW,
    ),
    (
        "{ medicalAcceptances(first: 50, filter: { needs: [GASTROSTOMY, SUCTION], vacancy: [AVAILABLE] }) {
           totalCount nodes { facility { name } answer(needs: [GASTROSTOMY, SUCTION]) { value } answers { conditions }
             vacancy { places } vacancyStatus { value } } } }",
        TAKING,
    ),
];

/// Root fields that never show records; their permissions are tested with their feature.
const WITHOUT_RECORDS: &[&str] = &[
    "accounts",
    "apiTokens",
    "signIn",
    "refreshSession",
    "signOut",
    "changePassword",
    "acceptInvitation",
    "inviteAccount",
    "resendInvitation",
    "updateAccount",
    "closeAccount",
    "createApiToken",
    "revokeApiToken",
    "recordConsent",
    "withdrawConsent",
    "reportVacancy",
    "setLiaisonDistribution",
    "withdrawLiaisonConsent",
    "watch",
    "unwatch",
];

/// The variables a question may use, all of them clues of [`World`].
const VARIABLES: [(&str, &str); 13] = [
    ("$id", "ID!"),
    ("$ids", "[ID!]!"),
    ("$sheet", "ID!"),
    ("$sheets", "[ID!]!"),
    ("$entry", "ID!"),
    ("$physician", "ID!"),
    ("$acceptance", "ID!"),
    ("$report", "ID!"),
    ("$system", "IdentifierSystem!"),
    ("$value", "String!"),
    ("$text", "String!"),
    ("$bounds", "BoundsInput!"),
    ("$near", "NearInput!"),
];

#[test]
fn every_root_field_has_a_row_in_the_table() {
    let graph = Graph::read();
    let there: Vec<&str> =
        ["Query", "Mutation", "Subscription"].into_iter().flat_map(|root| graph.fields(root)).collect();
    let named = || TABLE.iter().map(|row| row.0).chain(WITHOUT_RECORDS.iter().copied());
    let missing: Vec<_> = there.iter().filter(|field| !named().any(|name| name == **field)).collect();
    assert!(missing.is_empty(), "TABLE does not say who sees {missing:?}");
    let gone: Vec<_> = named().filter(|field| !there.contains(field)).collect();
    assert!(gone.is_empty(), "TABLE speaks of fields that do not exist: {gone:?}");
}

/// One test for each kind of viewer, so that they run side by side.
macro_rules! viewers {
    ($($name:ident => $viewer:ident,)*) => {
        const VIEWERS: &[Viewer] = &[$(Viewer::$viewer),*];

        $(mod $name {
            #[actix_web::test]
            async fn sees_what_the_table_says_and_of_the_rest_no_trace() {
                super::check(super::Viewer::$viewer).await;
            }
        })*
    };
}

viewers! {
    anonymous => Anonymous,
    somebody_without_a_role => NoRole,
    a_partner => Partner,
    a_care_professional => CareProfessional,
    a_coordinator_of_the_district => CoordinatorHere,
    a_coordinator_of_another_district => CoordinatorElsewhere,
    a_coordinator_of_no_district => CoordinatorNowhere,
    a_partner_who_is_a_coordinator => PartnerAndCoordinator,
    a_member_of_another_organization => ForeignMember,
    the_owner => Owner,
    an_administrator => Admin,
    a_care_professional_on_the_list => Listed,
}

async fn check(viewer: Viewer) {
    let whole = World::create().await;
    let without = World::create().await;
    without.forget_unseen_by(viewer).await;
    let (mut wrong, mut traces) = (Vec::new(), Vec::new());
    let mut compare = |what: String, sees: Sees, with: Vec<Value>, never: Vec<Value>| {
        if let Some((with, never)) = with.iter().zip(&never).find(|(with, never)| with != never) {
            traces.push(format!("{viewer:?} {what}\n{with}\nbut without\n{never}"));
        }
        let seen = json!(with).to_string();
        for (state, mark) in MARKS {
            if seen.contains(mark) != sees.by(viewer, state) {
                wrong.push(format!("{viewer:?} {what} shows {state:?}: {}", seen.contains(mark)));
            }
        }
    };
    for (field, arguments, sees) in TABLE {
        let with = answers(&whole, viewer, field, arguments).await;
        let never = answers(&without, viewer, field, arguments).await;
        compare(format!("{field}({arguments})"), *sees, with, never);
    }
    for (document, sees) in DOCUMENTS {
        let with = viewer.of(&whole.app).ask(document).await;
        let never = viewer.of(&without.app).ask(document).await;
        compare((*document).to_owned(), *sees, vec![with], vec![never]);
    }
    assert!(wrong.is_empty(), "not as the table says:\n{}", wrong.join("\n"));
    assert!(traces.is_empty(), "{} answers tell of something hidden:\n{}", traces.len(), traces.join("\n\n"));
}

#[actix_web::test]
async fn with_a_token_whose_time_is_over_nothing_is_answered() {
    let world = World::create().await;
    let client = world.app.as_person(&Person::with(&[Role::Admin]).expired());
    for (field, arguments, _) in TABLE {
        let document = document(field, arguments, 1);
        let answer = client.send(&document, world.clues[0].clone()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{field}");
        assert_eq!(answer.code(), "UNAUTHENTICATED");
        assert!(MARKS.iter().all(|(_, mark)| !answer.body.contains(mark)), "{}", answer.body);
    }
}

/// The answers to a query, once for each set of variables: data, and refusals.
async fn answers(world: &World, viewer: Viewer, field: &str, arguments: &str) -> Vec<Value> {
    let variables = match arguments {
        once if !once.contains('$') => vec![json!({})],
        all if all.contains("$ids") => {
            vec![json!({ "ids": world.clues.iter().map(|clue| &clue["id"]).collect::<Vec<_>>() })]
        }
        all if all.contains("$sheets") => vec![json!({ "sheets": sheets(world) })],
        _ => clues(world, viewer),
    };
    let client = viewer.of(&world.app);
    let document = deepest(&client, viewer, field, arguments, &variables[0]).await;
    let mut answers = Vec::new();
    for variables in variables {
        let mut answer = client.ask_with(&document, variables).await;
        // A field that viewers of these roles can never read is null, with an error: the same for every
        // record.
        let codes = answer["errors"].as_array().into_iter().flatten().map(|e| &e["extensions"]["code"]);
        let known = codes.clone().all(|code| code == "FORBIDDEN" || code == "UNAUTHENTICATED");
        assert!(known, "{document}\nanswered {answer:#}");
        answers.push(answer.take());
    }
    answers
}

/// Both versions of every sheet, by id.
fn sheets(world: &World) -> Vec<&Value> {
    let mut ids: Vec<&Value> =
        world.clues.iter().flat_map(|clue| clue["versions"].as_array().into_iter().flatten()).collect();
    ids.dedup();
    ids
}

/// The public queries with every clue. Of the other viewers each queries with the clues of one kind of
/// record, and together with all of them: permissions do not depend on the kind.
fn clues(world: &World, viewer: Viewer) -> Vec<Value> {
    let kinds = world.clues.len() / MARKS.len();
    // Clues stand in the order of entry: of the two national kinds, then of the local ones, which also meet.
    let own = |n: usize| viewer == Viewer::Anonymous || n % kinds == 2 + viewer as usize % (kinds - 2);
    let chosen = world.clues.iter().enumerate().filter(|(n, _)| own(*n));
    chosen.map(|(_, clue)| clue.clone()).collect()
}

/// The question with as many levels of fields below it as the limits on documents allow.
async fn deepest(
    client: &Client<'_>,
    viewer: Viewer,
    field: &str,
    arguments: &str,
    variables: &Value,
) -> String {
    // Deeper fields lead to the same records again; one viewer is enough to test that.
    let most = if viewer == Viewer::Anonymous { 4 } else { 3 };
    for levels in (2..=most).rev() {
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
