//! The desks of a district: its support centre, its desks, and the fallback desks of empty lists.

use crate::resources::support::{Office, import_offices, texts};
use crate::support::{App, desks, fixtures};
use desks::Desk;
use entity::enums::PublicationState::{Draft, Ended, Suspended};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use yui::desks::terms::DeskTopic;

const DISTRICTS: &str = "municipality_code,district_code,district_name,town
062031,D01,見本第一,泉町
062031,D02,見本第二,大山一丁目
062031,D03,見本第三,馬場町
062031,D04,見本第四,日吉町
062014,D01,山形第一,香澄町
";

async fn with_districts() -> App {
    let app = App::start().await;
    app.import(fixtures::TOWNS_FILE, fixtures::towns()).await;
    app.import(fixtures::BOUNDARIES_FILE, fixtures::boundaries()).await;
    app.import("districts.csv", DISTRICTS).await;
    app
}

/// Four centres of which one is hidden and one suspended, and desks for other things.
async fn with_desks() -> App {
    let app = with_districts().await;
    let comprehensive =
        Desk { topic: DeskTopic::Comprehensive, ..Desk::center("見本総合窓口", &["062031:D01"]) };
    let dementia =
        Desk { topic: DeskTopic::Dementia, ..Desk::center("見本認知症窓口", &["062031:D01"]) };
    desks::write(
        &app,
        &[
            comprehensive,
            dementia,
            Desk { state: Suspended, ..Desk::center("見本西包括（休止）", &["062031:D01"]) },
            Desk::center("見本西包括", &["062031:D01", "062031:D02"]),
            Desk { state: Draft, ..Desk::center("下書き包括", &["062031:D03"]) },
            Desk { state: Ended, ..Desk::center("昔の包括", &["062031:D03"]) },
            Desk::center("見本東包括", &["062031:D04"]),
        ],
    )
    .await;
    app
}

/// The fallback desks of an empty list.
async fn fallback(app: &App, list: &str, arguments: &str) -> Vec<String> {
    let query = format!("{{ {list}({arguments}) {{ nodes {{ __typename }} fallbackDesks {{ name }} }} }}");
    texts(&app.as_anonymous().data(&query).await[list]["fallbackDesks"], "name")
}

#[actix_web::test]
async fn a_district_names_its_center_and_all_of_its_desks() {
    let app = with_desks().await;
    let query = "{ districts(municipalityCode: \"062031\") { code supportCenter { name contacts { tel }
        serviceDistricts { code } } desks { name } } }";
    let data = app.as_anonymous().data(query).await;
    let center = |n: usize| data["districts"][n]["supportCenter"]["name"].as_str();
    assert_eq!(
        [center(0), center(1), center(2), center(3)],
        [Some("見本西包括"), Some("見本西包括"), None, Some("見本東包括")]
    );
    assert_eq!(
        texts(&data["districts"][0]["desks"], "name"),
        ["見本西包括", "見本西包括（休止）", "見本総合窓口", "見本認知症窓口"]
    );
    assert_eq!(data["districts"][2]["desks"], json!([]), "drafts and what has ended answer for nobody");
    let served = &data["districts"][0]["supportCenter"];
    assert_eq!(
        (texts(&served["serviceDistricts"], "code"), &served["contacts"][0]["tel"]),
        (vec!["D01".into(), "D02".into()], &json!("0235-00-0001"))
    );
}

#[actix_web::test]
async fn centers_and_coordinators_of_many_districts_take_a_constant_number_of_statements() {
    let app = with_desks().await;
    app.import("coordinators.csv", COORDINATORS).await;
    let ask = |code: &str| {
        format!(
            "{{ districts(municipalityCode: \"{code}\") {{ supportCenter {{ name contacts {{ tel }} }}
                desks {{ name }} coordinators {{ tier {{ value }} districts {{ code }} }} }} }}"
        )
    };
    let mut counts = Vec::new();
    for query in [ask("062031"), ask("062031").replace("(municipalityCode: \"062031\")", "")] {
        let (_, statements) = app.statements().during(app.as_anonymous().data(&query)).await;
        counts.push(statements.len());
    }
    assert_eq!(counts, [2, 2], "coordinators, pairs");
}

const COORDINATORS: &str = "市区町村コード,層,担当地区,所属
062031,第1層,,見本市社協
062031,第2層,D01;D02,見本西包括
";

#[actix_web::test]
async fn an_empty_list_names_the_desk_of_the_district_asked_for() {
    let app = with_desks().await;
    for (area, expected) in [
        ("serviceDistricts: [\"062031:D01\"]", &["見本西包括", "見本西包括（休止）"][..]),
        ("serviceDistricts: [\"062031:D02\"], municipalityCodes: [\"062014\"]", &["見本西包括"]),
        ("homeDistricts: [\"062031:D04\"]", &["見本東包括"]),
        ("municipalityCodes: [\"062031\"]", &["見本西包括", "見本東包括", "見本西包括（休止）"]),
        ("serviceDistricts: [\"062031:D03\"]", &[]),
        ("municipalityCodes: [\"062014\"]", &[]),
        ("prefectureCodes: [\"13\"]", &[]),
    ] {
        let arguments = format!("filter: {{ {area} }}");
        assert_eq!(fallback(&app, "careFacilities", &arguments).await, expected, "{area}");
        assert_eq!(fallback(&app, "gatheringPlaces", &arguments).await, expected, "{area}");
        let calendar = format!("from: \"2026-11-26\", to: \"2026-11-30\", {arguments}");
        assert_eq!(fallback(&app, "occurrences", &calendar).await, expected, "{area}");
    }
    assert_eq!(fallback(&app, "careFacilities", "text: \"どこにもない\"").await, [""; 0], "no area");
}

#[actix_web::test]
async fn around_a_place_the_centers_of_its_municipality_are_named_while_they_are_few() {
    let app = with_desks().await;
    let near = "near: { latitude: 38.73, longitude: 139.83, withinMeters: 500 }";
    let bounds = "filter: { bounds: { south: 38.7, west: 139.8, north: 38.71, east: 139.81 } }";
    for place in [near, bounds] {
        let found = fallback(&app, "careFacilities", place).await;
        assert_eq!(found, ["見本西包括", "見本東包括", "見本西包括（休止）"], "{place}");
    }
    desks::write(&app, &[Desk::center("見本南包括", &["062031:D03"])]).await;
    for place in [near, bounds] {
        assert_eq!(fallback(&app, "careFacilities", place).await, ["見本総合窓口"], "four are many: {place}");
    }
    let elsewhere = "near: { latitude: 35.68, longitude: 139.76, withinMeters: 500 }";
    assert_eq!(fallback(&app, "careFacilities", elsewhere).await, [""; 0]);
}

#[actix_web::test]
async fn a_hidden_center_is_never_offered() {
    let app = with_districts().await;
    desks::write(&app, &[Desk { state: Draft, ..Desk::center("下書き包括", &["062031:D01"]) }]).await;
    let query = "{ districts(municipalityCode: \"062031\") { supportCenter { name } desks { name } }
        districtOf(by: { address: \"鶴岡市泉町4\" }) { supportCenter { name } district { code } }
        careFacilities(filter: { serviceDistricts: [\"D01\"] }) { fallbackDesks { name } }
        near: careFacilities(near: { latitude: 38.73, longitude: 139.83, withinMeters: 500 }) {
            fallbackDesks { name } } }";
    let data = app.as_anonymous().data(query).await;
    assert!(!data.to_string().contains("下書き"), "{data}");
    assert_eq!(data["districtOf"], json!({ "supportCenter": null, "district": { "code": "D01" } }));
}

#[actix_web::test]
async fn a_list_that_has_something_names_nobody_and_asks_nothing_more() {
    let app = with_desks().await;
    import_offices(&app, [Office::named(1, "見本デイ")]).await;
    let everything = "{ careFacilities(filter: { municipalityCodes: [\"062031\"] }) { FIELDS } }";
    let count = async |fields: &str| {
        let query = everything.replace("FIELDS", fields);
        let (data, statements) = app.statements().during(app.as_anonymous().data(&query)).await;
        (data["careFacilities"]["fallbackDesks"].clone(), statements.len())
    };
    let without = count("nodes { name }").await.1;
    assert_eq!(count("nodes { name } fallbackDesks { name }").await, (json!([]), without));
    assert_eq!(count("fallbackDesks { name }").await, (json!([]), 0));
}

#[actix_web::test]
async fn a_desk_that_can_be_rung_comes_first_and_the_city_stands_in_where_none_can() {
    let app = with_desks().await;
    let mute = |name: &str| {
        format!(
            "DELETE FROM contact_point WHERE resource_id IN (SELECT id FROM resource WHERE name = '{name}')"
        )
    };
    let db = app.databases().writer();
    let other = Desk::center("見本あ包括", &["062031:D01"]);
    desks::write(&app, &[other]).await;
    db.execute_unprepared(&mute("見本あ包括")).await.expect("a statement");
    let of_d01 = "filter: { serviceDistricts: [\"062031:D01\"] }, text: \"ない\"";
    let rung = ["見本西包括", "見本あ包括", "見本西包括（休止）"];
    assert_eq!(fallback(&app, "resources", of_d01).await, rung);
    db.execute_unprepared(&mute("見本西包括")).await.expect("a statement");
    let city_first = ["見本総合窓口", "見本西包括", "見本あ包括", "見本西包括（休止）"];
    assert_eq!(fallback(&app, "resources", of_d01).await, city_first);
}

#[actix_web::test]
async fn a_page_past_the_end_is_no_empty_list() {
    let app = with_desks().await;
    let page = async |after: &str| -> Value {
        let query = format!(
            "{{ consultationDesks(filter: {{ serviceDistricts: [\"062031:D04\"] }}, first: 1 {after}) {{
                pageInfo {{ endCursor }} nodes {{ name }} fallbackDesks {{ name }} }} }}"
        );
        app.as_anonymous().data(&query).await["consultationDesks"].take()
    };
    let first = page("").await;
    let cursor = first["pageInfo"]["endCursor"].as_str().expect("a cursor");
    let past = page(&format!(", after: \"{cursor}\"")).await;
    assert_eq!((texts(&past["nodes"], "name").len(), &past["fallbackDesks"]), (0, &json!([])));
}
