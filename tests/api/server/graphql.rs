//! GraphQL over HTTP where the audits of `graphql-http` are silent; they run against the program itself.

use super::support::serve;
use crate::support::strict;
use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::json;

const OK: &str = "{ thing { name } }";

#[actix_web::test]
async fn a_body_above_64_kib_is_413_in_the_shape_of_graphql() {
    let server = serve(&[]).await;
    let spaced = |length: usize| strict().set_json(json!({ "query": format!("{}{OK}", " ".repeat(length)) }));
    let answer = server.send(spaced(64 * 1024)).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (413, "LIMIT_EXCEEDED"));
    assert_eq!(server.send(spaced(64 * 1024 - 100)).await.status.as_u16(), 200);
}

#[actix_web::test]
async fn anything_but_utf8_json_is_415() {
    let server = serve(&[]).await;
    let body = json!({ "query": OK }).to_string();
    for kind in [
        "text/plain",
        "application/graphql",
        "application/json; charset=shift_jis",
        "multipart/form-data",
        "",
    ] {
        let request = strict().insert_header(("content-type", kind)).set_payload(body.clone());
        let answer = server.send(request).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (415, "INVALID_INPUT"), "{kind}");
    }
    let request =
        strict().insert_header(("content-type", "application/json;charset=UTF-8")).set_payload(body);
    assert_eq!(server.send(request).await.status.as_u16(), 200);
}

#[actix_web::test]
async fn a_media_type_nobody_speaks_here_is_406() {
    let server = serve(&[]).await;
    for accept in ["text/html", "application/json;q=0", "image/png, text/*"] {
        let request = TestRequest::post().uri("/graphql").insert_header(("accept", accept));
        let answer = server.send(request.set_json(json!({ "query": OK }))).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (406, "INVALID_INPUT"), "{accept}");
    }
}

#[actix_web::test]
async fn the_heavier_media_type_wins() {
    let server = serve(&[]).await;
    for (accept, expected) in [
        (
            "application/json;q=0.5, application/graphql-response+json",
            "application/graphql-response+json; charset=utf-8",
        ),
        ("application/graphql-response+json;q=0.5, application/json", "application/json; charset=utf-8"),
        ("*/*", "application/json; charset=utf-8"),
    ] {
        let request = TestRequest::post().uri("/graphql").insert_header(("accept", accept));
        let answer = server.send(request.set_json(json!({ "query": OK }))).await;
        assert_eq!(answer.header("content-type"), expected, "{accept}");
    }
}

#[actix_web::test]
async fn other_methods_are_405_and_told_which_are_allowed() {
    let server = serve(&[]).await;
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS, Method::HEAD] {
        let answer = server.send(TestRequest::default().method(method.clone()).uri("/graphql")).await;
        assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, "GET, POST"), "{method}");
    }
    let answer = server.get("/graphql?query=mutation%20%7Bput%7D").await;
    assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, "GET, POST"));
}

#[actix_web::test]
async fn a_get_asks_a_query() {
    let server = serve(&[]).await;
    let answer = server
        .get("/graphql?query=query($t:String!)%7Becho(text:$t)%7D&variables=%7B%22t%22:%22%E7%B5%90%22%7D")
        .await;
    assert_eq!(answer.json(), json!({ "data": { "echo": "結" } }));
    let document = "mutation%20M%20%7Bput%7D%20query%20Q%20%7Bthing%7Bname%7D%7D";
    let answer = server.get(&format!("/graphql?query={document}&operationName=Q")).await;
    assert_eq!(answer.status.as_u16(), 200);
    let answer = server.get(&format!("/graphql?query={document}&operationName=M")).await;
    assert_eq!(answer.status.as_u16(), 405);
}

#[actix_web::test]
async fn a_batch_is_refused() {
    let server = serve(&[]).await;
    let answer = server.send(strict().set_json(json!([{ "query": OK }, { "query": OK }]))).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "BATCHING_NOT_SUPPORTED"));
}

#[actix_web::test]
async fn broken_json_is_400_and_named() {
    let server = serve(&[]).await;
    let deep = format!("{{\"query\":\"{{thing{{name}}}}\",\"variables\":{{\"a\":{}", "[".repeat(30_000));
    for body in [
        "",
        "{",
        "null",
        "\"query\"",
        "{\"query\":1}",
        "{\"query\":\"{a}\",\"variables\":[]}",
        "\u{feff}{}",
        &deep,
    ] {
        let request =
            strict().insert_header(("content-type", "application/json")).set_payload(body.to_owned());
        let answer = server.send(request).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_INPUT"), "{body:.20}");
    }
}
