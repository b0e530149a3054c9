//! Medical facilities.

use crate::resources::support::{filled, names_in, refused, refused_with, texts};
use crate::support::App;
use serde_json::json;
use std::collections::HashSet;

const HOSPITAL: &str = "見本荘内病院";
const CLINIC: &str = "医療法人見本会見本内科クリニック";
const WOMEN: &str = "見本産婦人科";

async fn matching(app: &App, criteria: &str) -> Vec<String> {
    names_in(app, "medicalFacilities", &format!("filter: {{ medical: {{ {criteria} }} }}")).await
}

#[actix_web::test]
async fn a_clinic_of_two_files_is_one_facility_with_the_facts_of_both() {
    let app = filled().await;
    let query =
        "{ resource(by: { identifier: { system: MEDICAL_INSTITUTION_ID, value: \"06:61107990002\" } }) {
        name nameKana alias serviceArea { value } ... on MedicalFacility { institutionType { value } closedDaysNote
        departments { code name } beds { general longTerm psychiatric total } } } }";
    let data = app.as_anonymous().data(query).await;
    assert_eq!(
        data["resource"],
        json!({
            "name": CLINIC, "nameKana": "イリョウホウジンミホンカイミホンナイカクリニック", "alias": "見本内科",
            "serviceArea": { "value": "EVERYWHERE" }, "institutionType": { "value": "CLINIC" },
            "closedDaysNote": "１２月３０日午後\n１２月３１日から１月３日",
            "departments": [
                { "code": "01001", "name": "内科" },
                { "code": "01020", "name": "消化器内科" },
                { "code": null, "name": "なんでも科" },
            ],
            "beds": { "general": 0, "longTerm": 0, "psychiatric": null, "total": 0 },
        })
    );
}

#[actix_web::test]
async fn facilities_by_institution() {
    let app = filled().await;
    for (types, names) in [
        ("HOSPITAL", &[HOSPITAL, "見本こころの病院"][..]),
        ("CLINIC", &[CLINIC, "見本整形外科", WOMEN]),
        ("DENTAL", &["見本歯科医院"]),
        ("PHARMACY", &["見本調剤薬局"]),
        ("MATERNITY", &[]),
        ("PHARMACY, DENTAL", &["見本歯科医院", "見本調剤薬局"]),
    ] {
        assert_eq!(matching(&app, &format!("institutionTypes: [{types}]")).await, names, "{types}");
    }
    assert_eq!(matching(&app, "institutionTypes: []").await.len(), 7);
}

#[actix_web::test]
async fn facilities_by_department() {
    let app = filled().await;
    assert_eq!(matching(&app, "departments: [\"01001\"]").await, [HOSPITAL, CLINIC]);
    assert_eq!(matching(&app, "departments: [\"02035\", \"08001\"]").await, ["見本歯科医院", "見本整形外科"]);
    assert_eq!(matching(&app, "departments: [\"01001\", \"01020\"]").await, [HOSPITAL, CLINIC], "each once");
    for code in ["1001", "010011", "99999", "内科", "", "01001\\u0000"] {
        let query = format!(
            "{{ medicalFacilities(filter: {{ medical: {{ departments: [\"{code}\"] }} }}) {{ totalCount }} }}"
        );
        assert_eq!(refused(&app, &query).await, "departments", "{code}");
    }
}

#[actix_web::test]
async fn facilities_with_beds_without_and_nothing_published() {
    let app = filled().await;
    assert_eq!(matching(&app, "hasBeds: true").await, [WOMEN]);
    assert_eq!(matching(&app, "hasBeds: false").await, [CLINIC]);
    assert_eq!(matching(&app, "").await.len(), 7, "the other five have published nothing");
    assert_eq!(matching(&app, "hasBeds: null").await.len(), 7);
    let query = "{ medicalFacilities { nodes { name beds { total } } } }";
    let data = app.as_anonymous().data(query).await;
    let unpublished = data["medicalFacilities"]["nodes"].as_array().expect("rows").iter();
    assert_eq!(unpublished.filter(|node| node["beds"].is_null()).count(), 5);
}

#[actix_web::test]
async fn medical_filters_go_with_all_others() {
    let app = filled().await;
    let others = "municipalityCodes: [\"06203\"], prefectureCodes: [\"06\"], located: true";
    for (criteria, names) in [
        ("institutionTypes: [CLINIC]", &[CLINIC, WOMEN][..]),
        ("institutionTypes: [CLINIC], hasBeds: true", &[WOMEN]),
    ] {
        let filter = format!("filter: {{ medical: {{ {criteria} }}, {others} }}");
        assert_eq!(names_in(&app, "medicalFacilities", &filter).await, names, "{criteria}");
    }
    let text = "text: \"ないか\" orderBy: NAME";
    assert_eq!(names_in(&app, "medicalFacilities", text).await, [CLINIC], "by its reading");
}

#[actix_web::test]
async fn more_than_a_hundred_values_are_refused() {
    let app = filled().await;
    let query = "query($filter: ResourceFilter) { medicalFacilities(filter: $filter) { totalCount } }";
    for (list, value) in [("institutionTypes", "CLINIC"), ("departments", "01001"), ("states", "ENDED")] {
        let variables = |count: usize| match list {
            "states" => json!({ "filter": { list: vec![value; count] } }),
            _ => json!({ "filter": { "medical": { list: vec![value; count] } } }),
        };
        assert_eq!(refused_with(&app, query, variables(101)).await, list);
        app.as_anonymous().data_with(query, variables(100)).await;
    }
}

#[actix_web::test]
async fn the_table_of_departments_has_127_codes_each_once() {
    let app = App::start().await;
    let query = "{ medicalDepartments { code name } }";
    let (data, statements) = app.statements().during(app.as_anonymous().data(query)).await;
    assert!(statements.is_empty(), "the table is part of the program");
    for field in ["code", "name"] {
        let values = texts(&data["medicalDepartments"], field);
        assert_eq!(values.len(), 127);
        assert_eq!(values.iter().collect::<HashSet<_>>().len(), 127, "{field}");
    }
    let codes = texts(&data["medicalDepartments"], "code");
    assert!(
        codes.iter().all(|code| code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit())),
        "{codes:?}"
    );
}
