//! An attacker who tries to find out a hidden telephone number by queries.
//!
//! Every argument of the graph that takes text is given the number, parts of it, and the texts beside it. The
//! answers must be those of a directory in which the number was never entered, byte for byte.

use crate::support::viewers::Viewer;
use crate::support::world::World;
use crate::support::{Client, Graph};
use serde_json::json;

/// Data hidden from the public in the world: numbers 0235-00-2002 to 2005 with their addresses and labels,
/// and the physician and number of a sheet whose distribution list has no viewer of this test.
const GUESSES: [&str; 15] = [
    "0235-00-2005",
    "0235-00-2004",
    "0235002003",
    "０２３５－００－２００２",
    "+81235002005",
    "0235-00-200",
    "2005",
    "-2",
    "5@example.jp",
    "@example",
    "窓口戊",
    "窓口乙",
    "甲",
    "しるし丁の医師",
    "0235-77-1003",
];

/// Root fields that no viewer of this test may query, or that answer about the viewer.
const NOT_ABOUT_RECORDS: [&str; 4] = ["viewer", "accounts", "apiTokens", "vocabularies"];

async fn body(client: &Client<'_>, document: &str, guess: &str) -> String {
    let variable = if document.contains("$text") { "text" } else { "id" };
    client.send(document, json!({ variable: guess })).await.body
}

async fn learns_nothing(viewer: Viewer) {
    let graph = Graph::read();
    let (with, without) = (World::create().await, World::create().await);
    without.forget_unseen_by(viewer).await;
    let (mut asked, mut learnt) = (0, Vec::new());
    for field in graph.fields("Query").into_iter().filter(|field| !NOT_ABOUT_RECORDS.contains(field)) {
        let below = graph.everything(graph.answer("Query", field), 2);
        for place in graph.places_for_text(field) {
            let variable = if place.contains("$text") { "$text: String!" } else { "$id: ID!" };
            let document = format!("query({variable}) {{ {field}({place}) {{ {below} }} }}");
            for guess in GUESSES {
                let answers = (
                    body(&viewer.of(&with.app), &document, guess).await,
                    body(&viewer.of(&without.app), &document, guess).await,
                );
                asked += 1;
                if answers.0 != answers.1 {
                    learnt.push(format!("{field}({place}) of {guess}\n{}\n{}", answers.0, answers.1));
                }
            }
        }
    }
    assert!(asked > 500, "only {asked} questions: the schema is not what this test thinks");
    assert!(learnt.is_empty(), "{} of {asked} answers tell:\n{}", learnt.len(), learnt.join("\n\n"));
}

#[actix_web::test]
async fn the_public_learns_no_hidden_number() {
    learns_nothing(Viewer::Anonymous).await;
}

#[actix_web::test]
async fn a_partner_learns_no_number_of_care_professionals() {
    learns_nothing(Viewer::Partner).await;
}

#[actix_web::test]
async fn a_care_professional_learns_nothing_of_sheets_on_whose_list_they_are_not() {
    learns_nothing(Viewer::Listed).await;
}

#[actix_web::test]
async fn a_coordinator_learns_no_number_of_another_district() {
    learns_nothing(Viewer::CoordinatorElsewhere).await;
}
