//! Public answers over GET: kept while they are right, never given to anybody else, never stale.

use super::support::serve;
use crate::support::{App, fixtures, strict};
use actix_web::rt;
use actix_web::rt::task::JoinHandle;
use actix_web::test::TestRequest;
use entity::resource;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::time::{Duration, Instant};
use yui::auth::Role;

const NAMES: &str = "{careFacilities{totalCount%20nodes{name%20contacts{tel}}}}";

/// A server that reads the change log, as `yui serve` does.
struct Watched {
    app: App,
    watch: JoinHandle<()>,
}

impl Watched {
    async fn of(app: App) -> Self {
        let watch = rt::spawn(app.databases().clone().watch());
        let watched = Self { app, watch };
        watched.sees_the_log().await;
        watched
    }

    async fn sees_the_log(&self) {
        let begun = Instant::now();
        while self.app.databases().version().is_none() {
            assert!(begun.elapsed() < Duration::from_secs(5), "the log is not read");
            rt::time::sleep(Duration::from_millis(5)).await;
        }
    }

    async fn get(&self, query: &str, headers: &[(&str, &str)]) -> crate::support::Answer {
        let request = TestRequest::get().uri(&format!("/graphql?query={query}"));
        let request = headers.iter().fold(request, |request, header| request.insert_header(*header));
        self.app.send_unprepared(request).await
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.watch.abort();
    }
}

async fn with_care() -> Watched {
    let app = App::start().await;
    app.import(fixtures::CARE_FILE, fixtures::care()).await;
    Watched::of(app).await
}

#[actix_web::test]
async fn an_answer_is_kept_with_a_tag_and_asked_for_again_without_a_statement() {
    let server = with_care().await;
    let first = server.get(NAMES, &[]).await;
    assert_eq!(first.status.as_u16(), 200);
    assert_eq!(first.header("cache-control"), "public, no-cache");
    assert!(first.header("vary").starts_with("Accept, Authorization, Accept-Encoding"));
    let tag = first.header("etag").to_owned();
    let (again, statements) = server.app.statements().during(server.get(NAMES, &[])).await;
    assert!(statements.iter().all(|sql| !sql.contains("resource")), "{statements:#?}");
    assert_eq!((again.json(), again.header("etag")), (first.json(), tag.as_str()));
    for known in [tag.as_str(), "*", &format!("\"other\", {tag}")] {
        let known = server.get(NAMES, &[("If-None-Match", known)]).await;
        assert_eq!((known.status.as_u16(), known.header("etag")), (304, tag.as_str()));
        assert_eq!(known.header("cache-control"), "public, no-cache");
    }
    assert_eq!(server.get(NAMES, &[("If-None-Match", "\"other\"")]).await.status.as_u16(), 200);
    let other = server.get(NAMES, &[("Accept", "application/graphql-response+json")]).await;
    assert!(other.header("content-type").starts_with("application/graphql-response+json"));
}

#[actix_web::test]
async fn a_change_is_seen_at_once_here_and_within_a_second_on_another_instance() {
    let server = with_care().await;
    let other = Watched::of(server.app.second_instance().await).await;
    let name = |answer: &Value| answer["data"]["careFacilities"]["nodes"][0]["name"].clone();
    let before = server.get(NAMES, &[]).await;
    assert_eq!(other.get(NAMES, &[]).await.json(), before.json());
    for turn in 0..3 {
        let renamed = format!("見本の苑{turn}");
        let tx = server.app.databases().begin_write().await.expect("a turn");
        let change = resource::Entity::update_many().col_expr(resource::Column::Name, Expr::value(&renamed));
        change.exec(&tx).await.expect("renamed");
        tx.commit().await.expect("stored");
        let done = Instant::now();
        let here = server.get(NAMES, &[("If-None-Match", before.header("etag"))]).await;
        assert_eq!((here.status.as_u16(), name(&here.json())), (200, json!(renamed)));
        while name(&other.get(NAMES, &[]).await.json()) != json!(renamed) {
            assert!(done.elapsed() < Duration::from_secs(1), "another instance still answers the old name");
            rt::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

#[actix_web::test]
async fn what_was_written_past_the_program_is_seen_too() {
    let server = with_care().await;
    let before = server.get(NAMES, &[]).await.json();
    let hidden = resource::Entity::update_many()
        .col_expr(resource::Column::State, Expr::value(entity::enums::PublicationState::Withdrawn));
    let hidden = hidden.filter(resource::Column::Name.ne(""));
    hidden.exec(server.app.databases().writer()).await.expect("a statement of another program");
    let done = Instant::now();
    while server.get(NAMES, &[]).await.json() == before {
        assert!(done.elapsed() < Duration::from_secs(2), "what was hidden is still answered");
        rt::time::sleep(Duration::from_millis(10)).await;
    }
}

#[actix_web::test]
async fn nothing_is_kept_while_the_log_cannot_be_read() {
    let server = with_care().await;
    let tag = server.get(NAMES, &[]).await.header("etag").to_owned();
    server.watch.abort();
    rt::time::sleep(Duration::from_millis(1_100)).await;
    let answer = server.get(NAMES, &[("If-None-Match", &tag)]).await;
    assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-store"));
}

#[actix_web::test]
async fn only_public_answers_without_errors_that_hold_all_day_are_kept() {
    let server = with_care().await;
    let app = &server.app;
    let not_kept = |answer: crate::support::Answer, what: &str| {
        assert_eq!(answer.header("cache-control"), "no-store", "{what}");
        assert_eq!(answer.header("etag"), "", "{what}");
    };
    not_kept(server.get("{careFacilities{nodes{openState{openness{value}}}}}", &[]).await, "now");
    not_kept(
        server
            .get("{careFacilities(filter:{openAt:%222026-11-30T10:00:00%2B09:00%22}){totalCount}}", &[])
            .await,
        "a time",
    );
    not_kept(server.get("{careFacilities(first:-1){totalCount}}", &[]).await, "an error");
    not_kept(server.get("{nothing}", &[]).await, "no such field");
    not_kept(server.get("mutation{signOut{userErrors{message}}}", &[]).await, "a change");
    let post =
        TestRequest::post().uri("/graphql").set_json(json!({ "query": "{ careFacilities { totalCount } }" }));
    not_kept(app.send(post).await, "POST");
    let token = app.access_token(crate::support::standing(&[Role::Admin], &[])).await;
    let bearer = format!("Bearer {token}");
    let signed_in = server.get(NAMES, &[("Authorization", &bearer)]).await;
    not_kept(signed_in, "signed in");
    server.get(NAMES, &[]).await;
    let viewer = "{viewer{roles{value}}}";
    let public = server.get(viewer, &[]).await.json();
    let admin = server.get(viewer, &[("Authorization", &bearer)]).await.json();
    assert_ne!(public, admin, "what is kept for the public is not given to others");
    assert_eq!(server.get(NAMES, &[("Authorization", "Bearer wrong")]).await.status.as_u16(), 401);
}

#[actix_web::test]
async fn a_kept_answer_costs_what_it_costs_to_execute() {
    let app = App::with(&["--budget-public", "600"]).await;
    app.import(fixtures::CARE_FILE, fixtures::care()).await;
    let server = Watched::of(app).await;
    let cost = |answer: &crate::support::Answer| {
        answer.header("ratelimit").split("cost=").nth(1).expect("a cost").to_owned()
    };
    let (executed, kept) = (server.get(NAMES, &[]).await, server.get(NAMES, &[]).await);
    assert_eq!(cost(&executed), cost(&kept));
    let mut last = kept;
    for _ in 0..400 {
        last = server.get(NAMES, &[]).await;
        if last.status.as_u16() == 429 {
            break;
        }
    }
    assert_eq!(
        (last.status.as_u16(), last.header("cache-control")),
        (429, "no-store"),
        "also what is kept has its price"
    );
}

#[actix_web::test]
async fn a_cache_in_between_may_keep_it_as_long_as_the_operator_says() {
    let server = Watched::of(App::with(&["--public-max-age", "300"]).await).await;
    assert_eq!(server.get("{__typename}", &[]).await.header("cache-control"), "public, max-age=300");
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn persisted(hash: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } })
}

#[actix_web::test]
async fn a_document_is_known_by_its_hash_once_it_was_sent_with_it() {
    let server = Watched::of(App::start().await).await;
    let app = &server.app;
    let text = "query Names { careFacilities { totalCount } }";
    let by_hash = json!({ "extensions": persisted(&hash(text)) });
    let unknown = app.send(strict().set_json(&by_hash)).await;
    assert_eq!((unknown.status.as_u16(), unknown.code().as_str()), (400, "PERSISTED_QUERY_NOT_FOUND"));
    assert_eq!(unknown.json()["errors"][0]["message"], "PersistedQueryNotFound");
    assert_eq!(unknown.header("cache-control"), "no-store");
    let offered = json!({ "query": text, "extensions": persisted(&hash(text)) });
    assert_eq!(app.send(strict().set_json(&offered)).await.json()["data"]["careFacilities"]["totalCount"], 0);
    assert_eq!(app.send(strict().set_json(&by_hash)).await.json()["data"]["careFacilities"]["totalCount"], 0);
    let uri = format!(
        "/graphql?extensions=%7B%22persistedQuery%22%3A%7B%22version%22%3A1%2C%22sha256Hash%22%3A%22{}%22%7D%7D",
        hash(text)
    );
    let over_get = app.get(&uri).await;
    assert_eq!((over_get.status.as_u16(), over_get.header("cache-control")), (200, "public, no-cache"));
    assert_eq!(app.get(&uri).await.header("etag"), over_get.header("etag"));
}

#[actix_web::test]
async fn a_hash_stands_for_its_own_document_only_and_for_one_that_can_be_executed() {
    let app = App::start().await;
    let (good, other) = ("{ __typename }", "{ careFacilities { totalCount } }");
    let swapped =
        app.send(strict().set_json(json!({ "query": other, "extensions": persisted(&hash(good)) }))).await;
    assert_eq!((swapped.status.as_u16(), swapped.code().as_str()), (400, "INVALID_INPUT"));
    let by_hash = |text: &str| json!({ "extensions": persisted(&hash(text)) });
    assert_eq!(app.send(strict().set_json(by_hash(good))).await.code(), "PERSISTED_QUERY_NOT_FOUND");
    let broken = "{ nothing }";
    app.send(strict().set_json(json!({ "query": broken, "extensions": persisted(&hash(broken)) }))).await;
    let change = "mutation { signOut { userErrors { message } } }";
    app.send(strict().set_json(json!({ "query": change, "extensions": persisted(&hash(change)) }))).await;
    let uri = format!(
        "/graphql?extensions=%7B%22persistedQuery%22%3A%7B%22version%22%3A1%2C%22sha256Hash%22%3A%22{}%22%7D%7D",
        hash(change)
    );
    assert_eq!(app.get(&uri).await.code(), "PERSISTED_QUERY_NOT_FOUND", "a change may hold a password");
    for extension in [json!({ "version": 2, "sha256Hash": hash(good) }), json!({ "version": 1 }), json!("x")]
    {
        let body = json!({ "query": good, "extensions": { "persistedQuery": extension } });
        assert_eq!(app.send(strict().set_json(body)).await.code(), "PERSISTED_QUERY_NOT_SUPPORTED");
    }
}

#[actix_web::test]
async fn another_graph_keeps_its_answers_as_well() {
    let server = serve(&[]).await;
    assert_eq!(
        server.get("/graphql?query={echo(text:%22a%22)}").await.header("cache-control"),
        "public, no-cache"
    );
}
