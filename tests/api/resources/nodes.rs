//! Single things by id or official code.

use super::support::{filled, refused, refused_with};
use crate::support::{App, fixtures};
use serde_json::{Value, json};
use yui::id::{NodeId, NodeType};

const NODES: &str = "query($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }";

/// One id of each type that has ids, by the name of the type.
async fn ids(app: &App) -> Vec<(&'static str, String)> {
    let query = "{ careFacilities { nodes { id organization { id } location { municipality { id } } } }
        medicalFacilities { nodes { id } } districts { id } }";
    let data = app.as_anonymous().data(query).await;
    let care = &data["careFacilities"]["nodes"][0];
    let id = |value: &Value| value["id"].as_str().expect("an id").to_owned();
    vec![
        ("CareFacility", id(care)),
        ("MedicalFacility", id(&data["medicalFacilities"]["nodes"][0])),
        ("Organization", id(&care["organization"])),
        ("Municipality", id(&care["location"]["municipality"])),
        ("District", id(&data["districts"][0])),
    ]
}

async fn with_district() -> App {
    let app = filled().await;
    let districts = "municipality_code,district_code,district_name,town\n062031,D01,第一,泉町\n";
    app.import("districts.csv", districts).await;
    app
}

/// The id of a record that does not exist.
fn unknown(node: NodeType) -> String {
    async_graphql::ID::from(NodeId::new(node, uuid::Uuid::from_u128(7))).to_string()
}

#[actix_web::test]
async fn everything_with_an_id_is_found_by_it() {
    let app = with_district().await;
    for (name, id) in ids(&app).await {
        let query = "query($id: ID!) { node(id: $id) { id __typename } }";
        let data = app.as_anonymous().data_with(query, json!({ "id": id })).await;
        assert_eq!(data["node"], json!({ "id": id, "__typename": name }));
    }
}

#[actix_web::test]
async fn nodes_come_in_the_order_asked_for_with_gaps_and_repeats() {
    let app = with_district().await;
    let mut asked: Vec<String> = ids(&app).await.into_iter().map(|(_, id)| id).rev().collect();
    asked.insert(2, unknown(NodeType::Organization));
    asked.push(asked[0].clone());
    let data = app.as_anonymous().data_with(NODES, json!({ "ids": asked })).await;
    let found: Vec<_> = data["nodes"].as_array().expect("a list").iter().map(|n| n["id"].as_str()).collect();
    let expected: Vec<_> = asked.iter().enumerate().map(|(n, id)| (n != 2).then_some(id.as_str())).collect();
    assert_eq!(found, expected);
}

#[actix_web::test]
async fn a_hundred_nodes_take_at_most_one_statement_for_each_type_however_often_they_repeat() {
    let app = with_district().await;
    let ids: Vec<String> = ids(&app).await.into_iter().map(|(_, id)| id).cycle().take(100).collect();
    let ask = app.as_anonymous();
    let asking = ask.data_with(NODES, json!({ "ids": ids }));
    let (data, statements) = app.statements().during(asking).await;
    assert_eq!(data["nodes"].as_array().map(Vec::len), Some(100));
    assert_eq!(statements.len(), 3, "organizations, municipalities, districts: {statements:#?}");
}

#[actix_web::test]
async fn more_than_a_hundred_ids_are_refused() {
    let app = App::start().await;
    let ids = vec![unknown(NodeType::District); 101];
    assert_eq!(refused_with(&app, NODES, json!({ "ids": ids })).await, "ids");
    let data = app.as_anonymous().data_with(NODES, json!({ "ids": ids[1..] })).await;
    assert_eq!(data["nodes"], json!(vec![Value::Null; 100]));
    assert_eq!(app.as_anonymous().data("{ nodes(ids: []) { id } }").await["nodes"], json!([]));
}

#[actix_web::test]
async fn what_was_never_an_id_is_refused() {
    let app = filled().await;
    let longer = unknown(NodeType::District) + "AAAA";
    for garbage in ["", "x", "1", "resource:1", "見本", "////", "AAAAAAAAAAAAAAAAAAAAAAA", longer.as_str()]
    {
        let id = json!(garbage);
        assert_eq!(refused(&app, &format!("{{ node(id: {id}) {{ id }} }}")).await, "id", "{garbage}");
        assert_eq!(refused(&app, &format!("{{ nodes(ids: [{id}]) {{ id }} }}")).await, "ids");
        let by = format!("{{ resource(by: {{ id: {id} }}) {{ id }} }}");
        assert_eq!(refused(&app, &by).await, "by.id", "{garbage}");
    }
}

#[actix_web::test]
async fn a_resource_is_found_by_its_id_and_by_its_code() {
    let app = filled().await;
    let by_code = |system: &str, value: &str| {
        format!(
            "{{ resource(by: {{ identifier: {{ system: {system}, value: \"{value}\" }} }}) {{ id name }} }}"
        )
    };
    for (system, value, name) in [
        ("CARE_OFFICE_NUMBER", "0670799901", "特別養護老人ホーム見本いずみ苑"),
        ("MEDICAL_INSTITUTION_ID", "06:61107990001", "見本荘内病院"),
    ] {
        let found = app.as_anonymous().data(&by_code(system, value)).await;
        assert_eq!(found["resource"]["name"], name);
        let id = &found["resource"]["id"];
        let by_id = format!("{{ resource(by: {{ id: {id} }}) {{ id name }} }}");
        assert_eq!(app.as_anonymous().data(&by_id).await, found);
    }
    for (system, value) in [
        ("CARE_OFFICE_NUMBER", "06:61107990001"),
        ("MEDICAL_INSTITUTION_ID", "61107990001"),
        ("CARE_OFFICE_NUMBER", ""),
        ("CARE_OFFICE_NUMBER", "' OR 1=1 --"),
        ("CARE_OFFICE_NUMBER", "0670799901\\u0000"),
    ] {
        let found = app.as_anonymous().data(&by_code(system, value)).await;
        assert_eq!(found, json!({ "resource": null }), "{system} {value}");
    }
}

#[actix_web::test]
async fn an_office_at_two_places_is_its_main_place() {
    let app = filled().await;
    let query =
        "{ resource(by: { identifier: { system: CARE_OFFICE_NUMBER, value: \"0670799902\" } }) { name } }";
    let first = app.as_anonymous().data(query).await;
    assert_eq!(first["resource"]["name"], "見本ヘルパーステーションあおば");
    assert_eq!(app.as_anonymous().data(query).await, first);
}

#[actix_web::test]
async fn an_id_of_another_type_is_no_resource() {
    let app = with_district().await;
    for (name, id) in ids(&app).await.into_iter().skip(2) {
        let query = format!("{{ resource(by: {{ id: \"{id}\" }}) {{ id }} }}");
        assert_eq!(refused(&app, &query).await, "by.id", "{name}");
    }
}

#[actix_web::test]
async fn an_id_with_the_kind_of_something_else_is_nothing() {
    use entity::enums::ResourceKind::{CareFacility, MedicalFacility};
    let app = with_district().await;
    let care = uuid_of_first(&app).await;
    let id = |kind| async_graphql::ID::from(NodeId::new(NodeType::Resource(kind), care)).to_string();
    let query = "query($id: ID!) { node(id: $id) { id } resource(by: { id: $id }) { id } }";
    let right = app.as_anonymous().data_with(query, json!({ "id": id(CareFacility) })).await;
    assert_eq!(right["resource"]["id"], json!(id(CareFacility)));
    let wrong = app.as_anonymous().data_with(query, json!({ "id": id(MedicalFacility) })).await;
    assert_eq!(wrong, json!({ "node": null, "resource": null }));
}

async fn uuid_of_first(app: &App) -> uuid::Uuid {
    let (_, id) = ids(app).await.swap_remove(0);
    NodeId::parse(&async_graphql::ID(id), "id").expect("an id").uuid
}

#[actix_web::test]
async fn ids_are_the_same_in_another_database_filled_in_another_order() {
    let query = "{ resources(orderBy: NAME) { nodes { id name organization { id }
        location { municipality { id } } } } }";
    let first = filled().await;
    let second = App::start().await;
    second.import(fixtures::CLINICS_FILE, fixtures::clinics()).await;
    fixtures::import_all(&second).await;
    assert_eq!(first.as_anonymous().data(query).await, second.as_anonymous().data(query).await);
}

#[actix_web::test]
async fn an_id_stays_when_the_facts_change() {
    let app = filled().await;
    let by =
        "{ resource(by: { identifier: { system: CARE_OFFICE_NUMBER, value: \"0670799903\" } }) { id name } }";
    let before = app.as_anonymous().data(by).await;
    let newer = fixtures::care().replace("見本訪問看護ステーションひより", "見本訪問看護ひより");
    app.import("jigyosho_20260701.csv", &newer).await;
    let after = app.as_anonymous().data(by).await;
    assert_eq!(after["resource"]["id"], before["resource"]["id"]);
    assert_eq!(after["resource"]["name"], "見本訪問看護ひより");
}

#[test]
fn the_published_ids_do_not_change_with_the_program() {
    let uuid = yui::import::uuid_of("municipality:062031");
    let id = async_graphql::ID::from(NodeId::new(NodeType::Municipality, uuid));
    insta::assert_snapshot!(id.as_str(), @"IerXD0_Tl12NqpqVtsCPc3I");
}
