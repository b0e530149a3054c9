//! Errors for invalid queries, and the parts that are answered all the same.

use super::support::{filled, refused};
use crate::support::App;
use serde_json::json;

#[actix_web::test]
async fn a_wrong_field_leaves_the_others_alone_where_it_may_be_null() {
    let app = filled().await;
    let query = "{ node(id: \"x\") { id } resource(by: { id: \"x\" }) { id }
        municipalities { code } resources(first: 1) { totalCount } }";
    let answer = app.as_anonymous().ask(query).await;
    let data = &answer["data"];
    assert_eq!((&data["node"], &data["resource"]), (&json!(null), &json!(null)), "{answer}");
    assert_eq!(data["municipalities"], json!([{ "code": "062014" }, { "code": "062031" }]), "{answer}");
    assert_eq!(data["resources"]["totalCount"], 14);
    let errors = answer["errors"].as_array().expect("errors");
    let told = |n: usize| (&errors[n]["path"], &errors[n]["extensions"]);
    assert_eq!(errors.len(), 2, "{answer}");
    assert_eq!(told(0), (&json!(["node"]), &json!({ "code": "INVALID_INPUT", "field": "id" })));
    assert_eq!(told(1), (&json!(["resource"]), &json!({ "code": "INVALID_INPUT", "field": "by.id" })));
}

#[actix_web::test]
async fn a_broken_part_of_a_row_is_null_and_the_row_stays() {
    use sea_orm::ConnectionTrait;
    let app = filled().await;
    let broken = "ALTER TABLE source RENAME TO gone";
    app.databases().writer().execute_unprepared(broken).await.expect("a table may be renamed");
    let query = "{ resources(first: 1) { nodes { name source { title } contacts { tel } } } }";
    let answer = app.as_anonymous().ask(query).await;
    let node = &answer["data"]["resources"]["nodes"][0];
    assert_eq!(node["name"], "特別養護老人ホーム見本いずみ苑", "{answer}");
    assert_eq!((&node["source"], &node["contacts"][0]["tel"]), (&json!(null), &json!("0235-00-0001")));
    assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "INTERNAL" }));
    assert_eq!(answer["errors"][0]["path"], json!(["resources", "nodes", 0, "source"]));
    assert!(!answer.to_string().contains("no such table"), "{answer}");
}

#[actix_web::test]
async fn a_list_may_not_be_null_so_its_error_takes_the_whole_answer() {
    let app = filled().await;
    let query = "{ resources(first: -1) { totalCount } municipalities { code } }";
    let answer = app.as_anonymous().ask(query).await;
    assert_eq!(answer["data"], json!(null));
    assert_eq!(answer["errors"][0]["path"], json!(["resources"]));
    assert_eq!(answer["errors"].as_array().map(Vec::len), Some(1));
}

#[actix_web::test]
async fn the_field_of_an_error_is_an_argument_of_the_schema() {
    let app = App::start().await;
    for (query, field) in [
        ("resources(text: \"・\") { totalCount }", "text"),
        ("careFacilities(filter: { serviceTypes: [\"x\"] }) { totalCount }", "serviceTypes"),
        ("medicalFacilities(filter: { departments: [\"x\"] }) { totalCount }", "departments"),
        ("municipalities(prefectureCode: \"x\") { id }", "prefectureCode"),
        ("districts(municipalityCode: \"x\") { id }", "municipalityCode"),
        ("suggest(text: \"見本\", first: 21) { text }", "first"),
    ] {
        assert_eq!(refused(&app, &format!("{{ {query} }}")).await, field, "{query}");
    }
}

#[actix_web::test]
async fn an_input_of_the_wrong_shape_is_the_callers_error() {
    let app = App::start().await;
    for query in [
        "{ resource(by: {}) { id } }",
        "{ resource(by: { id: \"a\", identifier: { system: \"b\", value: \"c\" } }) { id } }",
        "{ resource(by: { id: null }) { id } }",
        "{ resources(filter: { kinds: [CASTLE] }) { totalCount } }",
        "{ resources(filter: { bounds: { south: 1 } }) { totalCount } }",
        "{ resources(first: 99999999999) { totalCount } }",
        "{ resources(first: \"1\") { totalCount } }",
        "{ districts(asOf: \"tomorrow\") { id } }",
    ] {
        let answer = app.as_anonymous().ask(query).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INVALID_INPUT", "{query}: {answer}");
    }
}
