//! Request ids, security headers, origins and compression.

use super::support::serve;
use crate::support::strict;
use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::json;

const SITE: &str = "https://map.example.jp";

fn ask() -> TestRequest {
    strict().set_json(json!({ "query": "{ thing { name } }" }))
}

#[actix_web::test]
async fn a_sent_request_id_comes_back() {
    let server = serve(&[]).await;
    let longest = "a".repeat(128);
    for id in ["req-1", "A.b_c-9", longest.as_str()] {
        let answer = server.send(ask().insert_header(("x-request-id", id))).await;
        assert_eq!(answer.header("x-request-id"), id);
    }
}

#[actix_web::test]
async fn an_unfit_request_id_is_replaced() {
    let server = serve(&[]).await;
    let too_long = "a".repeat(129);
    for id in ["", "a b", "a\"b", "<script>", too_long.as_str()] {
        let answer = server.send(ask().insert_header(("x-request-id", id))).await;
        let given = answer.header("x-request-id");
        assert_ne!(given, id);
        assert!(uuid::Uuid::parse_str(given).is_ok(), "{given}");
    }
}

#[actix_web::test]
async fn every_answer_has_an_id_and_the_security_headers() {
    let server = serve(&[]).await;
    let mut answers =
        vec![server.send(ask()).await, server.send(TestRequest::delete().uri("/graphql")).await];
    for path in ["/", "/graphiql", "/healthz", "/readyz", "/schema.graphql", "/nothing", "/graphql?query=x"] {
        answers.push(server.get(path).await);
    }
    answers.push(server.send(TestRequest::post().uri("/healthz")).await);
    for answer in answers {
        assert!(!answer.header("x-request-id").is_empty());
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"));
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"));
    }
}

fn preflight(origin: &str) -> TestRequest {
    TestRequest::default()
        .method(Method::OPTIONS)
        .uri("/graphql")
        .insert_header(("origin", origin))
        .insert_header(("access-control-request-method", "POST"))
        .insert_header(("access-control-request-headers", "content-type,authorization,x-request-id"))
}

#[actix_web::test]
async fn a_site_of_the_settings_may_call() {
    let server = serve(&["--cors-origin", "https://a.example.jp,https://map.example.jp"]).await;
    let answer = server.send(preflight(SITE)).await;
    assert_eq!(answer.status.as_u16(), 200);
    assert_eq!(answer.header("access-control-allow-origin"), SITE);
    let answer = server.send(ask().insert_header(("origin", SITE))).await;
    assert_eq!(answer.header("access-control-allow-origin"), SITE);
    let exposed = answer.header("access-control-expose-headers").to_lowercase();
    let mut exposed: Vec<&str> = exposed.split(',').map(str::trim).collect();
    exposed.sort_unstable();
    assert_eq!(exposed, ["etag", "ratelimit", "ratelimit-policy", "retry-after", "x-request-id"]);
    assert_eq!(answer.header("access-control-allow-credentials"), "");
    assert!(answer.header("vary").to_lowercase().contains("origin"));
}

/// The headers that clients and their tracing add.
#[actix_web::test]
async fn a_site_may_send_the_headers_of_the_usual_clients_and_its_own() {
    let server = serve(&["--cors-origin", SITE, "--cors-header", "x-map-version, X-Team"]).await;
    let sent = "apollographql-client-name,apollographql-client-version,apollo-require-preflight,if-none-match,\
        cache-control,traceparent,tracestate,baggage,sentry-trace,x-map-version,x-team";
    let asked = |headers: &str| {
        let request = TestRequest::default().method(Method::OPTIONS).uri("/graphql");
        let request = request.insert_header(("origin", SITE));
        request
            .insert_header(("access-control-request-method", "POST"))
            .insert_header(("access-control-request-headers", headers.to_owned()))
    };
    let answer = server.send(asked(sent)).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    let allowed = answer.header("access-control-allow-headers").to_lowercase();
    for header in sent.split(',') {
        assert!(allowed.contains(header.trim()), "{header}: {allowed}");
    }
    assert_eq!(server.send(asked("x-another")).await.status.as_u16(), 400);
}

#[actix_web::test]
async fn another_site_may_not() {
    for flags in [&[][..], &["--cors-origin", SITE][..]] {
        let server = serve(flags).await;
        for request in
            [preflight("https://evil.example"), ask().insert_header(("origin", "https://evil.example"))]
        {
            assert_eq!(server.send(request).await.header("access-control-allow-origin"), "");
        }
    }
}

#[actix_web::test]
async fn answers_are_compressed_for_those_who_ask() {
    let server = serve(&[]).await;
    for encoding in ["gzip", "br"] {
        let answer = server.send(ask().insert_header(("accept-encoding", encoding))).await;
        assert_eq!(answer.header("content-encoding"), encoding);
    }
    assert_eq!(server.send(ask()).await.header("content-encoding"), "");
}
