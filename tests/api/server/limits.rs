//! Documents that are too large are refused before anything walks them; honest ones pass.

use super::support::{Work, serve};
use serde_json::json;
use std::time::Duration;

/// The query that GraphiQL 4 sends: every option of the introspection query on, nine levels of `ofType`.
const GRAPHIQL_INTROSPECTION: &str = include_str!("introspection.graphql");

async fn refused_quickly(query: &str, code: &str) {
    let server = serve(&[]).await;
    let work = Work::begin();
    let answer = server.query(query).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, code), "{}", answer.body);
    assert!(answer.json().get("data").is_none());
    assert!(work.done() < Duration::from_millis(500), "took {:?}", work.done());
}

#[actix_web::test]
async fn fragments_that_double_at_each_of_22_levels_are_refused_at_once() {
    let mut bomb = "{ thing { ...f0 } }".to_owned();
    for level in 0..22 {
        let next = level + 1;
        bomb += &format!(" fragment f{level} on Thing {{ ...f{next} ...f{next} }}");
    }
    bomb += " fragment f22 on Thing { name }";
    refused_quickly(&bomb, "LIMIT_EXCEEDED").await;
}

#[actix_web::test]
async fn a_bomb_in_fragments_that_nobody_spreads_is_refused_too() {
    let mut bomb = "{ thing { name } }".to_owned();
    for level in 0..22 {
        let next = level + 1;
        bomb += &format!(" fragment f{level} on Thing {{ ...f{next} ...f{next} }}");
    }
    bomb += " fragment f22 on Thing { name }";
    refused_quickly(&bomb, "LIMIT_EXCEEDED").await;
}

#[actix_web::test]
async fn fragments_in_a_circle_are_refused() {
    refused_quickly(
        "{ thing { ...a } } fragment a on Thing { ...b } fragment b on Thing { ...a }",
        "INVALID_INPUT",
    )
    .await;
}

#[actix_web::test]
async fn more_than_50_fragments_are_refused() {
    let spreads: String = (0..51).map(|n| format!("...f{n} ")).collect();
    let fragments: String = (0..51).map(|n| format!("fragment f{n} on Thing {{ name }} ")).collect();
    refused_quickly(&format!("{{ thing {{ {spreads} }} }} {fragments}"), "LIMIT_EXCEEDED").await;
}

#[actix_web::test]
async fn more_than_50_aliases_are_refused() {
    let aliases: String = (0..51).map(|n| format!("a{n}: thing {{ name }} ")).collect();
    refused_quickly(&format!("{{ {aliases} }}"), "LIMIT_EXCEEDED").await;
}

#[actix_web::test]
async fn more_than_50_directives_are_refused() {
    let directives = "@include(if: true) ".repeat(51);
    refused_quickly(&format!("{{ thing {{ name {directives} }} }}"), "LIMIT_EXCEEDED").await;
    refused_quickly(&format!("query Q {directives} {{ thing {{ name }} }}"), "LIMIT_EXCEEDED").await;
}

#[actix_web::test]
async fn more_than_16_levels_are_refused() {
    let nested =
        |levels: usize| format!("{}name{}", "{ thing ".repeat(levels) + "{ ", " }".repeat(levels + 1));
    refused_quickly(&nested(16), "LIMIT_EXCEEDED").await;
    let server = serve(&[]).await;
    assert_eq!(server.query(&nested(15)).await.status.as_u16(), 200);
}

#[actix_web::test]
async fn the_same_field_two_thousand_times_is_the_most() {
    refused_quickly(&format!("{{ thing {{ {} }} }}", "name ".repeat(2_000)), "LIMIT_EXCEEDED").await;
    let server = serve(&[]).await;
    let work = Work::begin();
    let answer = server.query(&format!("{{ thing {{ {} }} }}", "name ".repeat(1_999))).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    assert!(work.done() < Duration::from_secs(2), "validation took {:?}", work.done());
}

#[actix_web::test]
async fn brackets_without_end_do_not_overflow_the_stack() {
    for unit in ["{", "[", "{a(b:", "{a(b:[", "query($a:[", "{a(b:{c:", "{...{"] {
        let most = 65_000 / unit.len();
        refused_quickly(&unit.repeat(most), "LIMIT_EXCEEDED").await;
    }
    let types =
        format!("query Q($a: {}Int{}) {{ thing {{ name }} }}", "[".repeat(10_000), "]".repeat(10_000));
    refused_quickly(&types, "LIMIT_EXCEEDED").await;
}

#[actix_web::test]
async fn sixty_kilobytes_of_anything_are_answered_quickly() {
    let server = serve(&[]).await;
    for unit in [
        "a ",
        "#",
        "\"",
        "\"\"\"",
        "...",
        "{}",
        "a:",
        "@a ",
        "(",
        "$",
        ",",
        "fragment f on Thing{name}",
        "{a}",
    ] {
        let work = Work::begin();
        let answer = server.query(&unit.repeat(60_000 / unit.len() / 2)).await;
        assert_eq!(answer.status.as_u16(), 400, "{unit}");
        assert!(work.done() < Duration::from_secs(1), "{unit:?} took {:?}", work.done());
    }
    let spaced = format!("{{{}thing {{ name }} }}", " ".repeat(60_000));
    assert_eq!(server.query(&spaced).await.status.as_u16(), 200);
}

#[actix_web::test]
async fn a_comment_that_names_the_introspection_changes_nothing() {
    let aliases: String = (0..51).map(|n| format!("a{n}: thing {{ name }} ")).collect();
    refused_quickly(&format!("# __schema\n{{ {aliases} }}"), "LIMIT_EXCEEDED").await;
}

#[actix_web::test]
async fn graphiqls_own_introspection_passes() {
    let server = serve(&[]).await;
    let answer = server.query(GRAPHIQL_INTROSPECTION).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    assert!(answer.json().get("errors").is_none(), "{}", answer.body);
    assert_eq!(answer.json()["data"]["__schema"]["queryType"]["name"], "Query");
}

#[actix_web::test]
async fn introspection_lists_within_lists_within_lists_are_refused() {
    let query = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
    refused_quickly(query, "LIMIT_EXCEEDED").await;
}

#[actix_web::test]
async fn full_pages_within_full_pages_are_too_much() {
    let server = serve(&[]).await;
    let nested = "{ things(first: 100) { nodes { things(first: 100) { nodes { name thing { name } } } } } }";
    assert_eq!(server.query(nested).await.code(), "LIMIT_EXCEEDED");
    let in_fragment = "query($n: Int = 100) { ...q } fragment q on Query { things(last: $n) { nodes { ...t } } } \
                       fragment t on Thing { things(first: $n) { nodes { name thing { name } } } }";
    assert_eq!(server.query_with(in_fragment, json!({})).await.code(), "LIMIT_EXCEEDED");
    assert_eq!(server.query_with(in_fragment, json!({ "n": 10 })).await.status.as_u16(), 200);
    let default_pages = "{ things { nodes { things { nodes { name thing { name } } } } } }";
    assert_eq!(server.query(default_pages).await.status.as_u16(), 200);
}

#[actix_web::test]
async fn a_page_as_long_as_it_can_be_with_sixty_fields_passes() {
    let server = serve(&[]).await;
    let query = format!("{{ things(first: 100) {{ nodes {{ {} }} }} }}", "name ".repeat(60));
    assert_eq!(server.query(&query).await.status.as_u16(), 200);
}

#[actix_web::test]
async fn ids_count_once_each() {
    let server = serve(&[]).await;
    let query = "query($ids: [ID!]!) { nodes(ids: $ids) { things(first: 100) { nodes { name } } } }";
    let ids = |count: usize| json!({ "ids": vec!["x"; count] });
    assert_eq!(server.query_with(query, ids(50)).await.status.as_u16(), 200);
    assert_eq!(server.query_with(query, ids(200)).await.code(), "LIMIT_EXCEEDED");
}
