//! Names for the search field.

use super::support::{Office, filled, refused, texts, with_offices};
use crate::support::App;

async fn suggested(app: &App, arguments: &str) -> Vec<String> {
    let data = app.as_anonymous().data(&format!("{{ suggest({arguments}) {{ text }} }}")).await;
    texts(&data["suggest"], "text")
}

#[actix_web::test]
async fn names_that_begin_come_before_names_that_contain() {
    let names = ["この結い", "結いの家", "結い", "あの結い"];
    let app = with_offices((0..).zip(names).map(|(n, name)| Office::named(n, name))).await;
    assert_eq!(suggested(&app, "text: \"結い\"").await, ["結い", "結いの家", "この結い", "あの結い"]);
    assert_eq!(suggested(&app, "text: \"結い\", first: 2").await, ["結い", "結いの家"]);
    assert_eq!(suggested(&app, "text: \"結い\", first: 0").await.len(), 0);
}

#[actix_web::test]
async fn a_name_is_suggested_once_with_its_first_resource() {
    let names = ["見本", "見本", "見本支店", "見本"];
    let app = with_offices((0..).zip(names).map(|(n, name)| Office::named(n, name))).await;
    let query = "{ suggest(text: \"見本\") { text resource { id name identifiers { value } } }
        resources(first: 1) { nodes { id } } }";
    let data = app.as_anonymous().data(query).await;
    assert_eq!(texts(&data["suggest"], "text"), ["見本", "見本支店"]);
    assert_eq!(data["suggest"][0]["resource"]["id"], data["resources"]["nodes"][0]["id"]);
}

#[actix_web::test]
async fn every_suggestion_is_found_by_its_own_text() {
    let app = filled().await;
    for text in suggested(&app, "text: \"見本\", first: 20").await {
        let query = format!(
            "{{ resources(text: \"{text}\") {{ edges {{ matchedOn {{ value }} node {{ name }} }} }} }}"
        );
        let data = app.as_anonymous().data(&query).await;
        let first = &data["resources"]["edges"][0];
        assert_eq!(
            (first["matchedOn"]["value"].as_str(), first["node"]["name"].as_str()),
            (Some("EXACT_NAME"), Some(&*text))
        );
    }
}

#[actix_web::test]
async fn at_most_twenty_and_ten_unless_told_otherwise() {
    let app = with_offices((0..30).map(|n| Office::named(n, &format!("見本{n}")))).await;
    assert_eq!(suggested(&app, "text: \"み本\"").await.len(), 0);
    assert_eq!(suggested(&app, "text: \"見本\"").await.len(), 10);
    assert_eq!(suggested(&app, "text: \"見本\", first: 20").await.len(), 20);
    for first in [-1, 21, 101, 100_000] {
        let query = format!("{{ suggest(text: \"見本\", first: {first}) {{ text }} }}");
        assert_eq!(refused(&app, &query).await, "first", "{first}");
    }
}

#[actix_web::test]
async fn nothing_typed_suggests_nothing() {
    let app = filled().await;
    for blank in ["", " ", "　"] {
        assert_eq!(suggested(&app, &format!("text: \"{blank}\"")).await.len(), 0);
    }
    assert_eq!(suggested(&app, "text: \"どこにもない\"").await.len(), 0);
    let long = "見".repeat(10_000);
    assert_eq!(refused(&app, &format!("{{ suggest(text: \"{long}\") {{ text }} }}")).await, "text");
}

#[actix_web::test]
async fn what_holds_no_letter_yet_suggests_nothing() {
    let app = App::start().await;
    crate::support::fixtures::import_all(&app).await;
    let query = r#"{ a: suggest(text: "・") { text } b: suggest(text: "見本", first: 0) { text } }"#;
    let data = app.as_anonymous().data(query).await;
    assert_eq!(data, serde_json::json!({ "a": [], "b": [] }));
}
