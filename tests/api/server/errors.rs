//! Errors for callers: a code, and no internal text.

use super::support::serve;
use crate::support::strict;
use serde_json::json;
use std::time::{Duration, Instant};

#[actix_web::test]
async fn a_database_that_is_gone_answers_unavailable_and_nothing_else() {
    let server = serve(&[]).await;
    assert_eq!(server.query("{ database }").await.json(), json!({ "data": { "database": true } }));
    server.databases().clone().close().await.unwrap();
    let answer = server.query("{ database }").await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (503, "UNAVAILABLE"));
    assert_eq!(answer.header("retry-after"), "5");
    let text = answer.body.to_lowercase();
    for word in ["sql", "pool", "closed", "connection", "resource"] {
        assert!(!text.contains(word), "{text}");
    }
}

#[actix_web::test]
async fn an_error_without_a_code_keeps_its_text_to_itself() {
    let server = serve(&[]).await;
    let answer = server.query("{ thing { broken } }").await;
    assert_eq!(answer.code(), "INTERNAL");
    assert_eq!(answer.json()["errors"][0]["path"], json!(["thing", "broken"]));
    assert!(!answer.body.contains("SELECT"), "{}", answer.body);
}

#[actix_web::test]
async fn a_panic_answers_internal_and_the_next_request_is_answered() {
    let server = serve(&[]).await;
    let answer = server.query("{ panics }").await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (200, "INTERNAL"));
    assert!(answer.json()["data"].is_null());
    assert!(!answer.body.contains("secret"), "{}", answer.body);
    assert_eq!(server.query("{ thing { name } }").await.status.as_u16(), 200);
}

#[actix_web::test]
async fn an_operation_is_stopped_when_its_time_is_up() {
    let server = serve(&["--operation-timeout", "1"]).await;
    let start = Instant::now();
    let answer = server.query("{ slow }").await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (200, "TIMEOUT"));
    assert!(answer.json()["data"].is_null());
    assert!((Duration::from_millis(900)..Duration::from_secs(20)).contains(&start.elapsed()));
}

#[actix_web::test]
async fn our_own_codes_stay() {
    let server = serve(&[]).await;
    let answer = server.query("{ refused }").await;
    assert_eq!(answer.code(), "FORBIDDEN");
}

#[actix_web::test]
async fn what_is_wrong_with_a_request_is_said() {
    let server = serve(&[]).await;
    for (query, part) in [
        ("{ thing { nme } }", "nme"),
        ("{ thing", "expected"),
        ("{ echo }", "text"),
        ("{ echo(text: 1) }", "text"),
        ("query($t: String!) { echo(text: $t) }", "$t"),
        ("query($t: String!) { echo(text: $u) }", "$"),
        ("query A { thing { name } } query B { thing { name } }", "operationName"),
    ] {
        let answer = server.query(query).await;
        assert_eq!(answer.status.as_u16(), 400, "{query}: {}", answer.body);
        assert!(answer.json().get("data").is_none(), "{}", answer.body);
        let error = &answer.json()["errors"][0];
        assert_eq!(error["extensions"]["code"], "INVALID_INPUT", "{}", answer.body);
        assert!(error["message"].as_str().unwrap().contains(part), "{query}: {}", answer.body);
    }
}

#[actix_web::test]
async fn an_argument_that_a_scalar_refuses_is_the_callers_error() {
    let server = serve(&[]).await;
    for answer in [
        server.query("{ day(date: \"tomorrow\") }").await,
        server.query_with("query($d: NaiveDate!) { day(date: $d) }", json!({ "d": "2026-02-30" })).await,
    ] {
        assert_eq!(answer.code(), "INVALID_INPUT", "{}", answer.body);
    }
}

#[actix_web::test]
async fn a_refused_request_is_200_for_clients_of_plain_json() {
    let server = serve(&[]).await;
    let request =
        strict().insert_header(("accept", "application/json")).set_json(json!({ "query": "{ nothing }" }));
    let answer = server.send(request).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (200, "INVALID_INPUT"));
    assert!(answer.json().get("data").is_none());
}
