//! Pages and endpoints beside the graph, for browsers, monitoring and tools.

use super::support::serve;
use crate::support::App;
use actix_web::test::TestRequest;
use sea_orm::ConnectionTrait;
use serde_json::json;

#[actix_web::test]
async fn the_start_page_leads_to_the_rest() {
    let server = serve(&[]).await;
    let page = server.get("/").await;
    assert_eq!(page.status.as_u16(), 200);
    for address in ["/graphiql", "/schema.graphql", "/healthz", "/readyz"] {
        assert!(page.body.contains(&format!("href=\"{address}\"")), "{address}");
        assert_eq!(server.get(address).await.status.as_u16(), 200, "{address}");
    }
}

#[actix_web::test]
async fn graphiql_needs_nothing_from_elsewhere() {
    let server = serve(&[]).await;
    let page = server.get("/graphiql").await;
    assert!(!page.body.contains("http"), "a full address: {}", page.body);
    assert!(page.header("content-security-policy").contains("script-src 'self';"));
    let addresses = page.body.split('"').filter(|part| part.starts_with("/graphiql/"));
    let mut files = 0;
    for address in addresses {
        files += 1;
        assert_eq!(server.get(address).await.status.as_u16(), 200, "{address}");
    }
    assert_eq!(files, 8);
    let examples = server.get("/graphiql/examples.json").await.json();
    let examples = examples.as_array().expect("a list");
    assert_eq!(examples.len(), 7, "four for everybody, one for each role");
    let app = App::start().await;
    for example in examples {
        let answer = app.as_admin().await.ask(example.as_str().expect("a document")).await;
        // An empty directory has no district D01, and an administrator reads no sheets.
        let may_be = |error: &serde_json::Value| {
            error["extensions"]["code"] == "FORBIDDEN" || error["extensions"]["field"] == "serviceDistricts"
        };
        assert!(answer["errors"].as_array().into_iter().flatten().all(may_be), "{answer}");
    }
}

#[actix_web::test]
async fn the_page_for_invitations_runs_its_own_script_only() {
    let server = serve(&[]).await;
    let page = server.get("/invite").await;
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{policy}");
    assert!(!page.body.contains("http") && !page.body.contains("<style") && !page.body.contains(" on"));
    assert_eq!((page.header("referrer-policy"), page.header("x-frame-options")), ("no-referrer", "DENY"));
    let files: Vec<_> = page.body.split('"').filter(|part| part.starts_with("/invite/")).collect();
    assert_eq!(files.len(), 2);
    for address in files {
        assert_eq!(server.get(address).await.status.as_u16(), 200, "{address}");
    }
}

#[actix_web::test]
async fn no_page_stores_a_token_beyond_its_tab() {
    let server = serve(&[]).await;
    for script in ["/graphiql/app.js", "/graphiql/words.js", "/graphiql/session.js", "/invite/app.js"] {
        let text = server.get(script).await.body;
        // A session outlives a reload; closing the tab empties this storage.
        let of_tab = if script == "/graphiql/session.js" { None } else { Some("sessionStorage") };
        for place in ["localStorage", "document.cookie", "indexedDB"].into_iter().chain(of_tab) {
            assert!(!text.contains(place), "{script} names {place}");
        }
    }
}

#[actix_web::test]
async fn what_a_browser_has_is_not_sent_again() {
    let server = serve(&[]).await;
    for path in ["/", "/graphiql", "/graphiql/graphiql-4.1.2.js", "/schema.graphql"] {
        let first = server.get(path).await;
        let known = TestRequest::get().uri(path).insert_header(("if-none-match", first.header("etag")));
        let second = server.send(known).await;
        assert_eq!((second.status.as_u16(), second.body.as_str()), (304, ""), "{path}");
    }
    let library = server.get("/graphiql/graphiql-4.1.2.js").await;
    assert!(library.header("cache-control").contains("immutable"));
}

#[actix_web::test]
async fn the_schema_is_the_one_that_is_served() {
    let server = serve(&[]).await;
    let sdl = server.get("/schema.graphql").await;
    assert_eq!(sdl.header("content-type"), "text/plain; charset=utf-8");
    assert!(sdl.body.contains("type Query"));
}

#[actix_web::test]
async fn a_server_without_its_database_is_alive_but_not_ready() {
    let server = serve(&[]).await;
    assert_eq!(server.get("/readyz").await.json(), json!({ "status": "ready" }));
    server.databases().clone().close().await.unwrap();
    let ready = server.get("/readyz").await;
    assert_eq!(ready.status.as_u16(), 503);
    assert_eq!(ready.json(), json!({ "status": "unready", "failed": "database" }));
    let alive = server.get("/healthz").await;
    assert_eq!((alive.status.as_u16(), alive.body.as_str()), (200, "ok"));
}

#[actix_web::test]
async fn a_server_whose_database_lacks_a_step_is_not_ready() {
    let server = serve(&[]).await;
    server.databases().writer().execute_unprepared("DELETE FROM seaql_migrations").await.unwrap();
    let ready = server.get("/readyz").await;
    assert_eq!(ready.json(), json!({ "status": "unready", "failed": "migrations" }));
}

#[actix_web::test]
async fn what_is_not_there_is_404_and_what_cannot_be_written_405() {
    let server = serve(&[]).await;
    assert_eq!(server.get("/nothing").await.status.as_u16(), 404);
    assert_eq!(server.get("/graphiql/../Cargo.toml").await.status.as_u16(), 404);
    for path in ["/", "/healthz", "/readyz", "/schema.graphql", "/graphiql", "/invite"] {
        let answer = server.send(TestRequest::post().uri(path)).await;
        assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, "GET, HEAD"), "{path}");
    }
}
