//! Only the selected columns are read, and all of those, however the query is written.

use super::support::filled;
use crate::support::App;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const IDENTITY: [&str; 4] = ["id", "uuid", "kind", "name"];

/// Fields of a resource, and the columns each needs beside its identity.
const NEEDS: [(&str, &[&str]); 30] = [
    ("id kind { value } name", &[]),
    ("nameKana", &["name_kana"]),
    ("alias", &["alias"]),
    ("description", &["description"]),
    ("url", &["url"]),
    ("state { value }", &["state"]),
    ("location { status { value } }", &["location_status"]),
    ("location { prefecture { name } }", &["prefecture_code"]),
    ("location { municipality { name } }", &["municipality_id"]),
    ("location { homeDistrict { name } }", &["home_district_id"]),
    ("location { address }", &["address"]),
    ("location { building }", &["building"]),
    (
        "location { position { latitude } }",
        &["location_status", "latitude", "longitude", "position_precision"],
    ),
    ("serviceArea { value }", &["service_area"]),
    ("serviceDistricts { name } contacts { tel } withheld { field } identifiers { value }", &[]),
    ("organization { name }", &["organization_id"]),
    ("source { title }", &["source_id"]),
    ("asOf", &["as_of"]),
    ("createdOn", &["created_on"]),
    ("updatedOn", &["updated_on"]),
    ("disclaimer", &["source_id", "as_of"]),
    ("lastVerifiedOn", &["last_verified_on"]),
    ("vanishedOn", &["vanished_on"]),
    ("freshness { value }", &["as_of", "last_verified_on", "vanished_on"]),
    ("note", &["note"]),
    ("schedules { text }", &[]),
    ("suspension { reason }", &["state", "suspended_from", "suspended_to", "suspension_reason"]),
    (
        "openState { reason }",
        &[
            "state",
            "as_of",
            "last_verified_on",
            "vanished_on",
            "suspended_from",
            "suspended_to",
            "suspension_reason",
        ],
    ),
    (
        "nextOpen(during: [{ weekday: MONDAY, from: \"10:00\", to: \"12:00\" }]) { start }",
        &["state", "as_of", "last_verified_on", "vanished_on", "suspended_from", "suspended_to"],
    ),
    ("... on MedicalFacility { institutionType { value } }", &["categories"]),
];

/// The columns of resources that the answer to the first statement of a question is made of.
async fn columns(app: &App, query: &str) -> BTreeSet<String> {
    let (_, statements) = app.statements().during(app.as_anonymous().data(query)).await;
    let sql = statements.first().unwrap_or_else(|| panic!("{query} reads nothing"));
    let (answer, _) = sql.split_once(" FROM \"resource\"").unwrap_or_else(|| panic!("{query}: {sql}"));
    let parts = answer.split("\"resource\".\"").skip(1);
    parts.filter_map(|part| part.split('"').next()).map(str::to_owned).collect()
}

fn expected(columns: &[&str]) -> BTreeSet<String> {
    IDENTITY.iter().chain(columns).map(|column| (*column).to_owned()).collect()
}

#[actix_web::test]
async fn a_field_reads_its_own_columns_only() {
    let app = filled().await;
    let by = "by: { identifier: { system: CARE_OFFICE_NUMBER, value: \"0670799901\" } }";
    for (fields, needs) in NEEDS {
        for query in [
            format!("{{ resources {{ nodes {{ {fields} }} }} }}"),
            format!("{{ resources {{ edges {{ node {{ {fields} }} }} }} }}"),
            format!("{{ resource({by}) {{ {fields} }} }}"),
            format!("{{ suggest(text: \"見本\") {{ resource {{ {fields} }} }} }}"),
        ] {
            assert_eq!(columns(&app, &query).await, expected(needs), "{query}");
        }
    }
}

#[actix_web::test]
async fn several_fields_read_the_columns_of_all() {
    let app = filled().await;
    let list =
        "{ resources { nodes { url } edges { node { note } } nodes { alias } pageInfo { endCursor } } }";
    assert_eq!(columns(&app, list).await, expected(&["url", "note", "alias"]));
    let cursors = "{ resources { edges { cursor } pageInfo { hasNextPage } } }";
    assert_eq!(columns(&app, cursors).await, expected(&[]));
}

#[actix_web::test]
async fn every_field_of_the_interface_is_in_the_table_above() {
    let known: String = NEEDS.iter().map(|(fields, _)| *fields).collect::<Vec<_>>().join(" ");
    let query = "{ __type(name: \"Resource\") { fields { name } } }";
    let data = App::start().await.as_anonymous().data(query).await;
    for field in super::support::texts(&data["__type"]["fields"], "name") {
        assert!(known.split(&[' ', '(']).any(|word| word == field), "{field}");
    }
}

/// The answer of the query for the first care facility and the first medical facility.
async fn spellings(app: &App, spelling: &str, fragments: &str) -> Value {
    let query = format!(
        "{{ resources(filter: {{ prefectureCodes: [\"06\"] }}, first: 100)
            {{ nodes {{ {spelling} }} }} }} {fragments}"
    );
    app.as_anonymous().data(&query).await["resources"]["nodes"].take()
}

#[actix_web::test]
async fn every_way_of_asking_gets_the_same_answer() {
    let app = filled().await;
    let plain =
        spellings(&app, "nameKana url location { address status { value } position { latitude } }", "").await;
    assert_eq!(plain[0]["location"]["address"], "山形県鶴岡市泉町10番1号");
    let part = "fragment Part on Resource { nameKana url location { ...Where } }
        fragment Where on Location { address status { value } ... { position { latitude } } }";
    for (spelling, fragments) in [
        ("...Part", part),
        ("... on Resource { ...Part }", part),
        (
            "... { nameKana url } ... @include(if: true) { location { address status { value } position { latitude } } }",
            "",
        ),
        ("nameKana location { address } url location { status { value } } location { position { latitude } }", ""),
        (
            "... on CareFacility { nameKana url location { address status { value } position { latitude } } }
             ... on MedicalFacility { nameKana url location { address status { value } position { latitude } } }",
            "",
        ),
    ] {
        assert_eq!(spellings(&app, spelling, fragments).await, plain, "{spelling}");
    }
}

#[actix_web::test]
async fn an_alias_does_not_hide_what_is_asked_for() {
    let app = filled().await;
    let by = "by: { identifier: { system: CARE_OFFICE_NUMBER, value: \"0670799901\" } }";
    let query = format!(
        "{{ a: resource({by}) {{ b: nameKana c: location {{ d: address }} e: location {{ f: status {{ value }} }} }}
            g: resources(text: \"いずみ苑\") {{ h: edges {{ i: node {{ j: nameKana }} }} k: nodes {{ l: url }} }}
            m: suggest(text: \"特別\") {{ n: resource {{ o: asOf }} }} }}"
    );
    let data = app.as_anonymous().data(&query).await;
    let kana = "トクベツヨウゴロウジンホームミホンイズミエン";
    let first =
        json!({ "b": kana, "c": { "d": "山形県鶴岡市泉町10番1号" }, "e": { "f": { "value": "LOCATED" } } });
    assert_eq!(data["a"], first);
    assert_eq!(data["g"]["h"], json!([{ "i": { "j": kana } }]));
    assert_eq!(data["g"]["k"], json!([{ "l": "https://izumi.example.jp/" }]));
    assert_eq!(data["m"], json!([{ "n": { "o": "2026-06-01" } }]));
}

#[actix_web::test]
async fn one_list_asked_for_in_two_parts_is_one_list() {
    let app = filled().await;
    let query =
        "{ resources(first: 1) { nodes { name } } resources(first: 1) { nodes { nameKana } totalCount } }";
    let data = app.as_anonymous().data(query).await;
    let name = "特別養護老人ホーム見本いずみ苑";
    let kana = "トクベツヨウゴロウジンホームミホンイズミエン";
    let expected = json!({ "nodes": [{ "name": name, "nameKana": kana }], "totalCount": 14 });
    assert_eq!(data["resources"], expected);
}
