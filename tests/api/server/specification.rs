//! Documents that the library answers in another way than the specification of GraphQL says.

use super::support::serve;
use crate::support::{App, fixtures, strict};
use serde_json::{Value, json};

#[actix_web::test]
async fn the_default_of_a_variable_counts_in_skip_and_include() {
    let app = App::start().await;
    let query = "query ($show: Boolean = true, $hide: Boolean = false, $all: Boolean! = true) {
        a: viewer @include(if: $show) { signedIn }
        b: viewer @skip(if: $hide) { signedIn }
        ... @include(if: $all) { c: viewer { signedIn } }
        ...D @skip(if: $hide) }
        fragment D on Query { d: viewer { signedIn } }";
    let keys = async |variables: Value| {
        let answer = app.query_with(query, variables).await.json();
        let data = answer["data"].as_object().unwrap_or_else(|| panic!("{answer}"));
        data.keys().cloned().collect::<Vec<_>>().join("")
    };
    assert_eq!(keys(json!({})).await, "abcd");
    assert_eq!(keys(json!({ "show": false })).await, "bcd");
    assert_eq!(keys(json!({ "hide": true, "all": false })).await, "a");
}

#[actix_web::test]
async fn the_default_of_a_variable_counts_in_arguments() {
    let server = serve(&[]).await;
    let answer = server.query("query ($t: String! = \"結\") { echo(text: $t) }").await;
    assert_eq!(answer.json(), json!({ "data": { "echo": "結" } }));
}

#[actix_web::test]
async fn two_fields_under_one_name_are_refused_before_anything_is_read() {
    let app = App::start().await;
    for (query, said) in [
        (
            "{ careFacilities(first: 1, text: \"見本\") { nodes { name } }
               ... on Query { careFacilities(first: 1, text: \"里\") { nodes { name } } } }",
            "careFacilities has different arguments",
        ),
        (
            "{ x: careFacilities(first: 1) { nodes { name } } ...A }
             fragment A on Query { x: medicalFacilities(first: 1) { nodes { name } } }",
            "careFacilities and medicalFacilities are different fields",
        ),
        (
            "{ resources { nodes { name } } ...A } fragment A on Query { resources { nodes { name: note } } }",
            "name and note are different fields",
        ),
        (
            "{ resources { nodes { ... on CareFacility { x: services { name } } ... on GatheringPlace { x: capacity } } } }",
            "they answer with",
        ),
    ] {
        let (answer, statements) = app.statements().during(app.query(query)).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_INPUT"), "{query}");
        let error = &answer.json()["errors"][0];
        assert!(error["message"].as_str().is_some_and(|message| message.contains(said)), "{error}");
        assert_eq!(error["locations"].as_array().map(Vec::len), Some(2), "{error}");
        assert_eq!(statements, [] as [String; 0]);
    }
}

#[actix_web::test]
async fn kinds_of_resources_may_answer_under_one_name() {
    let app = App::start().await;
    let query = "{ resources { nodes { ... on GatheringPlace { text: reservationNote }
        ... on ConsultationDesk { text: afterHours } } } }";
    assert_eq!(app.query(query).await.json(), json!({ "data": { "resources": { "nodes": [] } } }));
}

#[actix_web::test]
async fn a_character_may_be_written_as_two_escapes_or_in_braces() {
    let server = serve(&[]).await;
    for text in ["\\uD842\\uDFB7野", "\\u{20BB7}野"] {
        let answer = server.query(&format!("{{ echo(text: \"{text}\") }}")).await;
        assert_eq!(answer.json(), json!({ "data": { "echo": "𠮷野" } }), "{text}");
    }
    for text in ["\\uD842", "\\uDFB7\\uD842", "\\u{110000}", "\\u{}"] {
        let answer = server.query(&format!("{{ echo(text: \"{text}\") }}")).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_INPUT"), "{text}");
    }
}

#[actix_web::test]
async fn a_word_of_an_enum_has_no_quotes_in_a_document_and_is_a_string_in_json() {
    let app = App::start().await;
    fixtures::import_all(&app).await;
    let quoted = app.query("{ resources(kinds: [\"CARE_FACILITY\"]) { totalCount } }").await;
    assert_eq!((quoted.status.as_u16(), quoted.code().as_str()), (400, "INVALID_INPUT"));
    let message = quoted.json()["errors"][0]["message"].clone();
    assert!(message.as_str().is_some_and(|message| message.contains("without quotes")), "{message}");
    let query = "query ($kinds: [ResourceKind!]) { resources(kinds: $kinds) { totalCount } }";
    let plain = app.query("{ resources(kinds: [CARE_FACILITY]) { totalCount } }").await;
    let answer = app.query_with(query, json!({ "kinds": ["CARE_FACILITY"] })).await;
    assert_eq!(answer.json(), plain.json());
    assert_eq!(answer.json()["errors"], Value::Null);
}

#[actix_web::test]
async fn a_whole_number_may_have_a_fraction_of_zero_in_json_and_not_in_a_document() {
    let app = App::start().await;
    let query = "query ($first: Int) { resources(first: $first) { totalCount } }";
    assert_eq!(app.query_with(query, json!({ "first": 1.0 })).await.json()["errors"], Value::Null);
    for first in [json!(1.5), json!("1"), json!(true)] {
        let answer = app.query_with(query, json!({ "first": first })).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_INPUT"), "{first}");
    }
    let answer = app.query("{ resources(first: 1.0) { totalCount } }").await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_INPUT"));
}

#[actix_web::test]
async fn another_version_of_persisted_queries_is_answered_in_the_words_of_apollo() {
    let server = serve(&[]).await;
    let extensions = json!({ "persistedQuery": { "version": 2, "sha256Hash": "0".repeat(64) } });
    let answer = server.send(strict().set_json(json!({ "extensions": extensions }))).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "PERSISTED_QUERY_NOT_SUPPORTED"));
    assert_eq!(answer.json()["errors"][0]["message"], "PersistedQueryNotSupported");
    assert_eq!(answer.header("cache-control"), "no-store");
    let hash = "%7B%22persistedQuery%22%3A%7B%22version%22%3A1%7D%7D";
    let answer = server.get(&format!("/graphql?extensions={hash}")).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (200, "PERSISTED_QUERY_NOT_SUPPORTED"));
}
