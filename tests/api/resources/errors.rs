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

/// A page asks for a map, a list and words at once: a wrong argument of one leaves the others.
#[actix_web::test]
async fn a_wrong_argument_at_the_top_leaves_the_rest_of_the_page() {
    let app = filled().await;
    let query = "{ resources(first: -1) { totalCount } municipalities { code } suggest(text: \"見\", first: 99) { text }
        list: careFacilities(first: 1) { totalCount } vocabularies(names: [\"X\"]) { name } viewer { signedIn }
        map(zoom: 99, bounds: { south: 38, west: 139, north: 39, east: 140 }) { truncated }
        day: occurrences(from: \"2026-11-02\", to: \"2026-11-01\") { undatedCount }
        where: districtOf(by: { address: \"\" }) { reason } nodes(ids: [\"x\"]) { id }
        desks: liaisonContacts(first: 51) { totalCount } needs: medicalAcceptances(filter: { needs: [] }) { totalCount }
        one: districts(municipalityCode: \"x\") { id } who: supportCoordinators(district: \"x\") { id } }";
    let answer = app.as_anonymous().ask(query).await;
    let data = answer["data"].as_object().unwrap_or_else(|| panic!("{answer}"));
    let answered: Vec<&str> =
        data.iter().filter(|(_, value)| !value.is_null()).map(|(name, _)| name.as_str()).collect();
    assert_eq!(answered, ["list", "municipalities", "viewer"], "{answer}");
    let errors = answer["errors"].as_array().expect("errors");
    assert_eq!(errors.len(), data.len() - answered.len(), "{answer}");
    for error in errors {
        assert_eq!(error["extensions"]["code"], "INVALID_INPUT", "{error}");
        assert!(error["extensions"]["field"].is_string() && error["path"][0].is_string(), "{error}");
    }
}

#[actix_web::test]
async fn the_field_of_an_error_is_an_argument_of_the_schema() {
    let app = App::start().await;
    for (query, field) in [
        ("resources(text: \"・\") { totalCount }", "text"),
        ("careFacilities(filter: { care: { serviceTypes: [\"x\"] } }) { totalCount }", "serviceTypes"),
        ("medicalFacilities(filter: { medical: { departments: [\"x\"] } }) { totalCount }", "departments"),
        ("municipalities(prefectureCode: \"x\") { id }", "prefectureCode"),
        ("districts(municipalityCode: \"x\") { id }", "municipalityCode"),
        ("suggest(text: \"見本\", first: 21) { text }", "first"),
    ] {
        assert_eq!(refused(&app, &format!("{{ {query} }}")).await, field, "{query}");
    }
}

/// Words and codes that nothing has, in every filter alike: the field, and what is like them.
#[actix_web::test]
async fn an_unknown_word_or_code_is_refused_with_its_field_and_what_is_like_it() {
    let app = App::start().await;
    app.import("districts.csv", "municipality_code,district_code,district_name,town,valid_from,valid_to\n062031,D01,第一圏域,泉町,,\n").await;
    for (query, field, nearest) in [
        (
            "careFacilities(filter: { care: { serviceTypes: [\"訪問看護\"] } }) { totalCount }",
            "serviceTypes",
            json!("130"),
        ),
        (
            "medicalFacilities(filter: { medical: { departments: [\"小児科\"] } }) { totalCount }",
            "departments",
            json!("03001"),
        ),
        (
            "resources(filter: { municipalityCodes: [\"鶴岡市\"] }) { totalCount }",
            "municipalityCodes",
            json!("062031"),
        ),
        (
            "resources(filter: { municipalityCodes: [\"062023\"] }) { totalCount }",
            "municipalityCodes",
            json!("062022"),
        ),
        (
            "resources(filter: { municipalityCodes: [\"039993\"] }) { totalCount }",
            "municipalityCodes",
            json!("032093"),
        ),
        ("resources(filter: { prefectureCodes: [\"山形\"] }) { totalCount }", "prefectureCodes", json!("06")),
        (
            "resources(filter: { serviceDistricts: [\"第一\"] }) { totalCount }",
            "serviceDistricts",
            json!("D01"),
        ),
        (
            "gatheringPlaces(filter: { homeDistricts: [\"D02\"] }) { totalCount }",
            "homeDistricts",
            json!("D01"),
        ),
        ("supportCoordinators(district: \"D011\") { id }", "district", json!("D01")),
        (
            "supportCoordinators(municipalityCode: \"06203\\u0031\\u0031\") { id }",
            "municipalityCode",
            json!("062031"),
        ),
        ("districts(municipalityCode: \"鶴岡\") { id }", "municipalityCode", json!("062031")),
        ("municipalities(prefectureCode: \"沖縄\") { id }", "prefectureCode", json!("47")),
        ("vocabularies(names: [\"DeskTopics\"]) { name }", "names", json!("DeskTopic")),
        ("resources(kinds: [GATHERING]) { totalCount }", "kinds", json!("GATHERING_PLACE")),
        (
            "gatheringPlaces(filter: { gathering: { activities: [TEA, EXCERCISE] } }) { totalCount }",
            "activities",
            json!("TEA_PARTY"),
        ),
    ] {
        let answer = app.as_anonymous().ask(&format!("{{ {query} }}")).await;
        let error = &answer["errors"][0];
        let extensions = &error["extensions"];
        assert_eq!(
            (&extensions["code"], &extensions["field"]),
            (&json!("INVALID_INPUT"), &json!(field)),
            "{answer}"
        );
        assert_eq!(extensions["nearest"][0], nearest, "{query}: {answer}");
        let answered = answer["data"].as_object().into_iter().flatten().any(|(_, value)| !value.is_null());
        assert!(!answered, "{answer}");
    }
}

#[actix_web::test]
async fn the_words_that_are_allowed_are_named() {
    let app = App::start().await;
    let query = "query ($kinds: [ResourceKind!]) { resources(kinds: $kinds) { totalCount } }";
    let answer = app.query_with(query, json!({ "kinds": ["CARE_FACILITY", "DOCTOR"] })).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_INPUT"));
    assert_eq!(
        answer.json()["errors"][0]["message"],
        "\"DOCTOR\" is no word of ResourceKind (kinds). Allowed: GATHERING_PLACE, MUTUAL_AID_GROUP, \
         PRIVATE_SERVICE, MEDICAL_FACILITY, CARE_FACILITY, CONSULTATION_DESK."
    );
}

#[actix_web::test]
async fn an_input_of_the_wrong_shape_is_the_callers_error() {
    let app = App::start().await;
    for query in [
        "{ resource(by: {}) { id } }",
        "{ resource(by: { id: \"a\", identifier: { system: LOCAL_ID, value: \"c\" } }) { id } }",
        "{ resource(by: { id: null }) { id } }",
        "{ resources(kinds: [CASTLE]) { totalCount } }",
        "{ resources(filter: { bounds: { south: 1 } }) { totalCount } }",
        "{ resources(first: 99999999999) { totalCount } }",
        "{ resources(first: \"1\") { totalCount } }",
        "{ districts(asOf: \"tomorrow\") { id } }",
    ] {
        let answer = app.as_anonymous().ask(query).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INVALID_INPUT", "{query}: {answer}");
    }
}
