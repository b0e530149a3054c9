//! Plans answer what the library answers, byte for byte: every document is answered by the library first, then by its plan.

use crate::support::{App, fixtures, local};
use async_graphql::parser::parse_query;
use async_graphql::parser::types::DocumentOperations;
use serde_json::{Value, json};
use yui::plan::Plan;

/// A sequence of numbers that looks random, always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }
}

/// Fields of a type, each with the type below it; an empty name: it is a leaf.
type Fields = &'static [(&'static str, &'static str)];

const WORD: Fields = &[
    ("value", ""),
    ("label", ""),
    ("reading", ""),
    ("easyLabel", ""),
    ("englishLabel", ""),
    ("__typename", ""),
];
const RESOURCE: Fields = &[
    ("id", ""),
    ("kind", "Word"),
    ("name", ""),
    ("nameKana", ""),
    ("alias", ""),
    ("description", ""),
    ("url", ""),
    ("state", "Word"),
    ("serviceArea", "Word"),
    ("freshness", "Word"),
    ("asOf", ""),
    ("lastVerifiedOn", ""),
    ("vanishedOn", ""),
    ("createdOn", ""),
    ("updatedOn", ""),
    ("note", ""),
    ("location", "Location"),
    ("organization", "Organization"),
    ("contacts", "ContactPoint"),
    ("__typename", ""),
];

fn fields_of(name: &str) -> Fields {
    match name {
        "Word" => WORD,
        "Location" => &[
            ("status", "Word"),
            ("prefecture", "Prefecture"),
            ("municipality", "Municipality"),
            ("postalCode", ""),
            ("address", ""),
            ("building", ""),
            ("position", "Position"),
            ("__typename", ""),
        ],
        "Prefecture" => &[("code", ""), ("name", ""), ("nameKana", ""), ("__typename", "")],
        "Municipality" => &[("id", ""), ("code", ""), ("name", ""), ("nameKana", ""), ("__typename", "")],
        "Position" => &[("latitude", ""), ("longitude", ""), ("precision", "Word"), ("__typename", "")],
        "Organization" => &[("id", ""), ("name", ""), ("corporateNumber", ""), ("__typename", "")],
        "ContactPoint" => &[
            ("kind", "Word"),
            ("label", ""),
            ("tel", ""),
            ("telE164", ""),
            ("fax", ""),
            ("faxE164", ""),
            ("email", ""),
            ("__typename", ""),
        ],
        "PageInfo" => &[("hasNextPage", ""), ("hasPreviousPage", ""), ("startCursor", ""), ("endCursor", "")],
        "Edge" => &[("cursor", ""), ("node", "Resource"), ("distanceMeters", ""), ("matchedOn", "Word")],
        "Facets" => &[("kinds", "KindCount"), ("categories", "CategoryCount")],
        "KindCount" => &[("kind", "Word"), ("count", ""), ("__typename", "")],
        "CategoryCount" => &[("kind", "Word"), ("code", ""), ("label", ""), ("count", "")],
        "Connection" => &[
            ("nodes", "Resource"),
            ("edges", "Edge"),
            ("pageInfo", "PageInfo"),
            ("totalCount", ""),
            ("facets", "Facets"),
            ("__typename", ""),
        ],
        "Map" => &[
            ("clusters", "Cluster"),
            ("pins", "Pin"),
            ("unlocatedCount", ""),
            ("truncated", ""),
            ("__typename", ""),
        ],
        "Cluster" => &[
            ("position", "Position"),
            ("count", ""),
            ("bounds", "Bounds"),
            ("kinds", "KindCount"),
            ("members", "Resource"),
            ("__typename", ""),
        ],
        "Pin" => &[("position", "Position"), ("resource", "Resource"), ("__typename", "")],
        "Bounds" => &[("south", ""), ("west", ""), ("north", ""), ("east", ""), ("__typename", "")],
        "Resource" => RESOURCE,
        other => panic!("{other}"),
    }
}

/// A document that is being written.
struct Writing {
    dice: Dice,
    fragments: Vec<String>,
    is_conditional: bool,
}

const LISTS: [&str; 7] = [
    "resources",
    "gatheringPlaces",
    "mutualAidGroups",
    "privateServices",
    "careFacilities",
    "medicalFacilities",
    "consultationDesks",
];
const KINDS: [&str; 3] = ["GatheringPlace", "CareFacility", "MedicalFacility"];

impl Writing {
    fn set(&mut self, name: &'static str, depth: usize) -> String {
        let mut parts = vec![self.field(name, depth)];
        for _ in 0..self.dice.below(5) {
            parts.push(match self.dice.below(9) {
                0 if name == "Resource" && depth < 6 => {
                    let kind = self.dice.one(&KINDS);
                    let inner = self.set("Resource", depth + 2);
                    format!("... on {kind} {{ {inner} }}")
                }
                1 if name == "Resource" && depth < 6 => {
                    let (inner, number) = (self.set("Resource", depth + 2), self.fragments.len());
                    let on = self.dice.one(&["Resource", "CareFacility"]);
                    self.fragments.push(format!("fragment F{number} on {on} {{ {inner} }}"));
                    format!("...F{number}")
                }
                2 => {
                    let inner = self.set(name, depth + 1);
                    let condition = self.condition();
                    format!("... {condition} {{ {inner} }}")
                }
                _ => self.field(name, depth),
            });
        }
        parts.join(" ")
    }

    fn condition(&mut self) -> String {
        match self.dice.below(8) {
            0 => "@include(if: true)".to_owned(),
            1 => "@skip(if: true)".to_owned(),
            2 | 3 => {
                self.is_conditional = true;
                let directive = self.dice.one(&["@include", "@skip"]);
                format!("{directive}(if: $yes)")
            }
            _ => String::new(),
        }
    }

    fn field(&mut self, on: &'static str, depth: usize) -> String {
        let fields = fields_of(on);
        let (leaves, all): (Vec<_>, Vec<_>) =
            (fields.iter().filter(|field| field.1.is_empty()).collect(), fields.iter().collect());
        let from = if depth < 8 || leaves.is_empty() { all } else { leaves };
        let (name, below) = *from[self.dice.below(from.len())];
        // One alias for one field, so that names do not conflict.
        let alias = if self.dice.below(5) == 0 { format!("{name}As: ") } else { String::new() };
        let condition = if self.dice.below(6) == 0 { self.condition() } else { String::new() };
        if below.is_empty() {
            return format!("{alias}{name} {condition}");
        }
        let inner = self.set(below, depth + 1);
        format!("{alias}{name} {condition} {{ {inner} }}")
    }

    fn map(&mut self, at: usize) -> String {
        let zoom = self.dice.below(19);
        let arguments = self.dice.one(&[
            "",
            ", kinds: [GATHERING_PLACE, CARE_FACILITY]",
            ", text: \"見本\"",
            ", filter: { openAt: \"2026-11-20T10:00:00+09:00\", includeUnknownHours: true }",
        ]);
        let bounds = self.dice.one(&[
            "{ south: 24, west: 122, north: 46, east: 154 }",
            "{ south: 38.70, west: 139.80, north: 38.75, east: 139.86 }",
        ]);
        let inner = self.set("Map", 1);
        format!("m{at}: map(bounds: {bounds}, zoom: {zoom}{arguments}) {{ {inner} }}")
    }

    fn list(&mut self, at: usize) -> String {
        let field = self.dice.one(&LISTS);
        let arguments = match self.dice.below(7) {
            0 => "(first: 3)",
            1 => "(text: \"見本\", first: 5)",
            2 => "(orderBy: NAME, last: 4)",
            3 => "(near: { latitude: 38.7273, longitude: 139.8255, withinMeters: 30000 })",
            4 => {
                "(filter: { municipalityCodes: [\"062031\"], states: [PUBLISHED, SUSPENDED, ENDED] }, first: 7)"
            }
            5 => {
                "(text: \"デイ\", filter: { openAt: \"2026-11-20T10:00:00+09:00\", includeUnknownHours: true })"
            }
            _ => "",
        };
        let inner = self.set("Connection", 1);
        format!("a{at}: {field}{arguments} {{ {inner} }}")
    }
}

fn document(seed: u64, id: &str) -> String {
    let mut writing = Writing { dice: Dice(seed), fragments: Vec::new(), is_conditional: false };
    let one = |writing: &mut Writing, at| match writing.dice.below(4) {
        0 => writing.map(at),
        _ => writing.list(at),
    };
    let mut roots: Vec<String> = (0..=writing.dice.below(2)).map(|at| one(&mut writing, at)).collect();
    if writing.dice.below(4) == 0 {
        let inner = writing.set("Resource", 1);
        roots.push(format!("one: resource(by: {{ id: {id} }}) {{ {inner} }}"));
    }
    let variables = if writing.is_conditional { "query Q($yes: Boolean!) " } else { "" };
    format!("{variables}{{ {} }} {}", roots.join(" "), writing.fragments.join(" "))
}

/// Whether there is a plan for a document.
fn is_plain(text: &str) -> bool {
    let document = parse_query(text).unwrap_or_else(|cause| panic!("{text}: {cause}"));
    match &document.operations {
        DocumentOperations::Single(only) => Plan::compile(&document, &only.node, true).is_some(),
        DocumentOperations::Multiple(all) => {
            all.values().all(|one| Plan::compile(&document, &one.node, true).is_some())
        }
    }
}

#[actix_web::test]
async fn a_plan_answers_the_bytes_that_the_library_answers() {
    let app = App::start().await;
    fixtures::import_all(&app).await;
    local::write(&app).await;
    let client = app.as_anonymous();
    let id = client.data("{ careFacilities(first: 1) { nodes { id } } }").await;
    let id = id["careFacilities"]["nodes"][0]["id"].to_string();
    let (mut plain, mut compared) = (0, 0);
    for seed in 0..1_500 {
        let text = document(seed, &id);
        let variables = match text.starts_with("query Q") {
            true => json!({ "yes": seed % 2 == 0 }),
            false => json!({}),
        };
        let first = client.send(&text, variables.clone()).await;
        if first.json().get("errors").is_some() {
            continue; // Too large a document, or a conflict.
        }
        compared += 1;
        plain += usize::from(is_plain(&text));
        let second = client.send(&text, variables).await;
        assert_eq!(second.body, first.body, "{text}");
    }
    assert!(compared > 700 && plain > compared / 3, "{compared} were answered, {plain} of them by plans");
}

#[actix_web::test]
async fn a_plan_knows_no_value_that_the_library_refuses() {
    let app = App::start().await;
    fixtures::import_all(&app).await;
    let client = app.as_anonymous();
    let text = "query($first: Int, $filter: ResourceFilter, $order: ResourceOrder) {
        resources(first: $first, filter: $filter, orderBy: $order) { nodes { name } } }";
    let good = json!({ "first": 2, "filter": { "municipalityCodes": ["062031"] }, "order": "NAME" });
    let answer = client.ask_with(text, good.clone()).await;
    assert_eq!(client.ask_with(text, good.clone()).await, answer);
    assert!(answer.get("errors").is_none(), "{answer}");
    for (pointer, wrong) in [
        ("/first", json!(-1)),
        ("/first", json!("2")),
        ("/first", json!(2.5)),
        ("/order", json!("NO_SUCH")),
        ("/filter", json!({ "municipalityCodes": ["999999"] })),
        ("/filter", json!({ "noSuch": ["062031"] })),
        ("/filter", json!({ "municipalityCodes": [1] })),
        ("/filter", json!({ "municipalityCodes": ["062031"], "located": "yes" })),
        ("/filter", json!("x")),
    ] {
        let mut variables = good.clone();
        *variables.pointer_mut(pointer).expect("a variable") = wrong;
        let refused = client.ask_with(text, variables.clone()).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "INVALID_INPUT", "{variables}: {refused}");
        assert_eq!(client.ask_with(text, variables).await, refused);
    }
    let without: Value = client.ask_with(text, json!({ "first": 1 })).await;
    assert_eq!(client.ask_with(text, json!({ "first": 1 })).await, without);
}
