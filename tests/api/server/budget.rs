//! The rate limit: a caller who exceeds its budget is refused, and no other caller.

use super::support::serve;
use crate::support::{Answer, App, strict};
use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::json;
use std::net::SocketAddr;

/// Full at 20,000; within the time of a test nothing comes back.
const SMALL: [&str; 2] = ["--budget-public", "1"];
/// Visits 9,941 fields.
const COSTLY: &str = "{ things(first: 70) { nodes { things(first: 70) { nodes { name } } } } }";
const CHEAP: &str = "{ thing { name } }";

const ME: &str = "203.0.113.1";
const SOMEBODY_ELSE: &str = "203.0.113.2";
const PROXY: &str = "10.0.0.1";

fn ask(query: &str) -> TestRequest {
    strict().set_json(json!({ "query": query }))
}

async fn send_from(server: &App, peer: &str, request: TestRequest) -> Answer {
    server.send(request.peer_addr(SocketAddr::new(peer.parse().unwrap(), 4711))).await
}

async fn status_from(server: &App, peer: &str, request: TestRequest) -> u16 {
    send_from(server, peer, request).await.status.as_u16()
}

/// Asks until nothing is left, not even for the cheapest document.
async fn use_up(server: &App, peer: &str) {
    for _ in 0..2 {
        assert_eq!(status_from(server, peer, ask(COSTLY)).await, 200);
    }
    while status_from(server, peer, ask(CHEAP)).await == 200 {}
}

#[actix_web::test]
async fn a_budget_that_is_used_up_is_429_in_both_media_types() {
    let server = serve(&SMALL).await;
    use_up(&server, ME).await;
    for accept in ["application/json", "application/graphql-response+json"] {
        let request = TestRequest::post().uri("/graphql").insert_header(("accept", accept));
        let answer = send_from(&server, ME, request.set_json(json!({ "query": CHEAP }))).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (429, "LIMIT_EXCEEDED"));
        assert!(answer.header("content-type").starts_with(accept));
        let seconds: u64 = answer.header("retry-after").parse().unwrap();
        assert!(seconds >= 1);
        let error = &answer.json()["errors"][0];
        assert_eq!(error["extensions"]["retryAfterSeconds"], seconds);
        assert!(error["message"].as_str().unwrap().contains("Ask again in "), "{error}");
        assert!(answer.json().get("data").is_none());
    }
}

/// The number behind a name in a `RateLimit` header.
fn number(header: &str, name: &str) -> u64 {
    let found = header.split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
    found.and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("{name} in {header}"))
}

#[actix_web::test]
async fn every_answer_says_what_it_cost_and_what_is_left() {
    let server = serve(&SMALL).await;
    let first = send_from(&server, ME, ask(CHEAP)).await;
    assert_eq!(first.header("ratelimit-policy"), "\"public\";q=20000;w=1200000");
    let before = number(first.header("ratelimit"), "r");
    let costly = send_from(&server, ME, ask(COSTLY)).await;
    let rest = costly.header("ratelimit").to_owned();
    assert!(rest.starts_with("\"public\";r="), "{rest}");
    assert_eq!(number(&rest, "cost"), 9_941);
    assert_eq!(before - number(&rest, "r"), 9_941);
    assert_eq!(number(&rest, "t"), (20_000 - number(&rest, "r")) * 60);
    let refused = send_from(&server, ME, ask("{")).await;
    assert_eq!(number(refused.header("ratelimit"), "cost"), 100, "a refused document costs the least");
    use_up(&server, SOMEBODY_ELSE).await;
    let put_off = send_from(&server, SOMEBODY_ELSE, ask(CHEAP)).await;
    assert_eq!((put_off.status.as_u16(), number(put_off.header("ratelimit"), "r")), (429, 0));
    let unlimited = serve(&["--budget-public", "0"]).await;
    assert_eq!(unlimited.send(ask(CHEAP)).await.header("ratelimit"), "");
}

#[actix_web::test]
async fn another_address_is_not_affected() {
    let server = serve(&SMALL).await;
    use_up(&server, ME).await;
    assert_eq!(status_from(&server, SOMEBODY_ELSE, ask(COSTLY)).await, 200);
    use_up(&server, "2001:db8::1").await;
    assert_eq!(status_from(&server, "2001:db8::ffff", ask(CHEAP)).await, 429, "one household");
    assert_eq!(status_from(&server, "2001:db8:0:1::1", ask(CHEAP)).await, 200);
}

#[actix_web::test]
async fn a_costly_document_uses_more_than_a_cheap_one() {
    let server = serve(&SMALL).await;
    for _ in 0..2 {
        assert_eq!(status_from(&server, ME, ask(COSTLY)).await, 200);
    }
    let answer = send_from(&server, ME, ask(COSTLY)).await;
    assert_eq!(answer.status.as_u16(), 429);
    for _ in 0..100 {
        assert_eq!(status_from(&server, SOMEBODY_ELSE, ask(CHEAP)).await, 200);
    }
    assert_eq!(status_from(&server, SOMEBODY_ELSE, ask(COSTLY)).await, 200, "half is left");
}

#[actix_web::test]
async fn behind_a_trusted_proxy_the_forwarded_address_counts() {
    let server = serve(&[SMALL[0], SMALL[1], "--trusted-proxy", "192.0.2.9,10.0.0.0/8"]).await;
    let for_me = |query| ask(query).insert_header(("x-forwarded-for", format!("198.51.100.7, {ME}")));
    for _ in 0..2 {
        assert_eq!(status_from(&server, PROXY, for_me(COSTLY)).await, 200);
    }
    assert_eq!(status_from(&server, PROXY, for_me(COSTLY)).await, 429);
    let invented = ask(COSTLY).insert_header(("x-forwarded-for", format!("198.51.100.8, {ME}")));
    assert_eq!(status_from(&server, PROXY, invented).await, 429, "only what the proxy wrote is believed");
    let for_another = ask(COSTLY).insert_header(("x-forwarded-for", SOMEBODY_ELSE));
    assert_eq!(status_from(&server, PROXY, for_another).await, 200);
    assert_eq!(status_from(&server, ME, ask(COSTLY)).await, 429, "with or without the proxy");
}

#[actix_web::test]
async fn the_header_of_anybody_else_is_ignored() {
    for flags in [&SMALL[..], &[SMALL[0], SMALL[1], "--trusted-proxy", "10.0.0.0/8"]] {
        let server = serve(flags).await;
        use_up(&server, ME).await;
        let pretending = ask(CHEAP).insert_header(("x-forwarded-for", SOMEBODY_ELSE));
        assert_eq!(status_from(&server, ME, pretending).await, 429);
        assert_eq!(status_from(&server, SOMEBODY_ELSE, ask(CHEAP)).await, 200);
    }
}

#[actix_web::test]
async fn garbage_is_charged() {
    let post = || TestRequest::post().uri("/graphql");
    let garbage = [
        || strict().set_payload("no JSON").insert_header(("content-type", "application/json")),
        || strict().set_payload("no type"),
        || strict().set_json(json!([])),
        || ask("{"),
        || ask("{ unknown }"),
        || TestRequest::delete().uri("/graphql"),
        || TestRequest::get().uri("/graphql"),
    ];
    for make in garbage {
        let server = serve(&SMALL).await;
        for _ in 0..200 {
            assert_ne!(status_from(&server, ME, make()).await, 429);
        }
        assert_eq!(status_from(&server, ME, make()).await, 429);
    }
    let server = serve(&SMALL).await;
    use_up(&server, ME).await;
    let unreadable = post().insert_header(("accept", "text/html"));
    assert_eq!(status_from(&server, ME, unreadable).await, 429);
}

#[actix_web::test]
async fn a_long_text_is_charged_before_it_is_parsed() {
    let server = serve(&SMALL).await;
    let long = || ask(&"{".repeat(60_000));
    assert_eq!(status_from(&server, ME, long()).await, 400);
    assert_eq!(status_from(&server, ME, long()).await, 429);
}

#[actix_web::test]
async fn health_and_pages_answer_all_the_same() {
    let server = serve(&SMALL).await;
    use_up(&server, ME).await;
    for path in ["/healthz", "/readyz", "/", "/graphiql", "/schema.graphql"] {
        for _ in 0..300 {
            assert_eq!(status_from(&server, ME, TestRequest::get().uri(path)).await, 200, "{path}");
        }
    }
}

#[actix_web::test]
async fn a_web_site_may_read_when_to_ask_again() {
    const SITE: &str = "https://map.example.jp";
    let server = serve(&[SMALL[0], SMALL[1], "--cors-origin", SITE]).await;
    use_up(&server, ME).await;
    let answer = send_from(&server, ME, ask(CHEAP).insert_header(("origin", SITE))).await;
    assert_eq!(answer.status.as_u16(), 429);
    assert_eq!(answer.header("access-control-allow-origin"), SITE);
    assert!(answer.header("access-control-expose-headers").to_lowercase().contains("retry-after"));
    let preflight = TestRequest::default().method(Method::OPTIONS).uri("/graphql");
    let preflight =
        preflight.insert_header(("origin", SITE)).insert_header(("access-control-request-method", "POST"));
    assert_eq!(status_from(&server, ME, preflight).await, 200);
}

#[actix_web::test]
async fn twenty_entries_an_hour_may_be_sent_without_a_token() {
    let server = serve(&[]).await;
    for _ in 0..20 {
        assert_eq!(status_from(&server, ME, ask("mutation { put }")).await, 200);
    }
    let answer = send_from(&server, ME, ask("mutation { put }")).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (429, "LIMIT_EXCEEDED"));
    assert!((1..=180).contains(&answer.header("retry-after").parse::<u32>().unwrap()));
    assert_eq!(status_from(&server, ME, ask(CHEAP)).await, 200, "reading goes on");
    assert_eq!(status_from(&server, SOMEBODY_ELSE, ask("mutation { put }")).await, 200);
}

#[actix_web::test]
async fn entries_are_counted_however_they_are_written() {
    let server = serve(&[]).await;
    let many = "mutation { put put a: put ...f ... on Mutation { put ...f } } fragment f on Mutation { ...g put } \
                  fragment g on Mutation { put put put put put put }";
    let answer = send_from(&server, ME, ask(&many.replace("g put", "g"))).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    for _ in 0..4 {
        assert_eq!(status_from(&server, ME, ask("mutation { put }")).await, 200);
    }
    assert_eq!(status_from(&server, ME, ask("mutation { put }")).await, 429, "16 and 4");
    assert_eq!(status_from(&server, SOMEBODY_ELSE, ask(many)).await, 200);
    assert_eq!(status_from(&server, SOMEBODY_ELSE, ask("mutation { put put put }")).await, 429, "18 and 3");
}

#[actix_web::test]
async fn the_default_budget_lets_a_city_hall_use_the_map() {
    let server = serve(&["--budget-public", "600000"]).await;
    for _ in 0..60 {
        assert_eq!(status_from(&server, ME, ask(COSTLY)).await, 200);
    }
}

/// So many attempts to sign in, in one document.
fn sign_ins(count: usize) -> TestRequest {
    let one =
        |n| format!("a{n}: signIn(input: {{ email: \"\", password: \"\" }}) {{ userErrors {{ code }} }}");
    let all: Vec<String> = (0..count).map(one).collect();
    ask(&format!("mutation {{ {} }}", all.join(" ")))
}

#[actix_web::test]
async fn attempts_to_sign_in_have_a_budget_of_their_own_for_each_address() {
    let server = App::start().await;
    for _ in 0..3 {
        assert_eq!(status_from(&server, ME, sign_ins(40)).await, 200);
    }
    let late = send_from(&server, ME, sign_ins(40)).await;
    assert_eq!((late.status.as_u16(), late.code().as_str()), (429, "LIMIT_EXCEEDED"));
    assert!(late.json()["errors"][0]["message"].as_str().unwrap().contains("sign in"), "{}", late.body);
    assert_eq!(status_from(&server, ME, ask("{ __typename }")).await, 200, "reading goes on");
    assert_eq!(status_from(&server, SOMEBODY_ELSE, sign_ins(1)).await, 200);
}

#[actix_web::test]
async fn a_mutation_asks_for_a_limited_number_of_changes_at_once() {
    let server = App::start().await;
    let same = "refreshSession(input: { refreshToken: \"x\" }) { userErrors { code } } ".repeat(51);
    let answer = send_from(&server, ME, ask(&format!("mutation {{ {same} }}"))).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "LIMIT_EXCEEDED"));
}
