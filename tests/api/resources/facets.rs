//! Totals and how a list is spread.

use super::support::{filled, names, total};
use crate::support::App;
use serde_json::{Value, json};

const FACETS: &str = "totalCount facets { kinds { kind { value } count } categories { code label count }
    prefectures { prefecture { code } count } municipalities { municipality { code name } count }
    homeDistricts { district { code } count } }";

async fn facets(app: &App, arguments: &str) -> Value {
    let query = format!("{{ resources({arguments} first: 1) {{ {FACETS} }} }}");
    app.as_anonymous().data(&query).await["resources"].take()
}

fn sum(groups: &Value) -> i64 {
    groups.as_array().expect("groups").iter().map(|group| group["count"].as_i64().expect("a number")).sum()
}

#[actix_web::test]
async fn a_list_is_spread_over_kinds_categories_and_areas() {
    let app = filled().await;
    let districts =
        "municipality_code,district_code,district_name,town\n062031,D02,第二,馬場町\n062031,D01,第一,泉町\n";
    app.import("districts.csv", districts).await;
    let found = facets(&app, "").await;
    assert_eq!(found["totalCount"], 14);
    let facets = &found["facets"];
    let kinds = json!([{ "kind": { "value": "MEDICAL_FACILITY" }, "count": 7 }, { "kind": { "value": "CARE_FACILITY" }, "count": 7 }]);
    assert_eq!(facets["kinds"], kinds);
    assert_eq!(facets["prefectures"], json!([{ "prefecture": { "code": "06" }, "count": 14 }]));
    let yamagata = json!({ "municipality": { "code": "062014", "name": "山形市" }, "count": 2 });
    let tsuruoka = json!({ "municipality": { "code": "062031", "name": "鶴岡市" }, "count": 12 });
    assert_eq!(facets["municipalities"], json!([yamagata, tsuruoka]));
    let home = |code: &str| json!({ "district": { "code": code }, "count": 2 });
    assert_eq!(facets["homeDistricts"], json!([home("D01"), home("D02")]));
}

#[actix_web::test]
async fn a_facility_with_several_services_counts_once_for_each() {
    let app = filled().await;
    let found = facets(&app, "").await;
    let category =
        |code: &str, label: &str, count: i64| json!({ "code": code, "label": label, "count": count });
    let categories = found["facets"]["categories"].as_array().expect("groups").clone();
    for expected in
        [category("CLINIC", "診療所", 3), category("HOSPITAL", "病院", 2), category("150", "デイサービス", 1)]
    {
        assert!(categories.contains(&expected), "{expected} in {categories:?}");
    }
    let codes = super::support::texts(&found["facets"]["categories"], "code");
    assert!(codes.is_sorted() && codes.len() == 13, "{codes:?}");
    assert_eq!(sum(&found["facets"]["categories"]), 16, "seven institutions and nine services");
}

#[actix_web::test]
async fn every_search_is_counted_as_it_is_listed() {
    let app = filled().await;
    for arguments in [
        "text: \"見本\"",
        "text: \"あおば\"",
        "text: \"何もない\"",
        "kinds: [CARE_FACILITY]",
        "filter: { located: false }",
        "near: { latitude: 38.73, longitude: 139.83, withinMeters: 900 }",
        "filter: { bounds: { south: 38, west: 139, north: 39, east: 140 } } text: \"病院\"",
        "filter: { municipalityCodes: [\"06201\"] } orderBy: NAME",
    ] {
        let listed = names(&app, arguments).await.len() as i64;
        let counted = facets(&app, arguments).await;
        assert_eq!(total(&app, arguments).await, listed, "{arguments}");
        for groups in ["kinds", "prefectures", "municipalities"] {
            assert_eq!(sum(&counted["facets"][groups]), listed, "{groups} of {arguments}");
        }
    }
}

#[actix_web::test]
async fn the_total_is_of_the_whole_list_wherever_the_page_is() {
    let app = filled().await;
    let query = "{ resources(first: 5) { totalCount pageInfo { endCursor } } }";
    let data = app.as_anonymous().data(query).await;
    let end = &data["resources"]["pageInfo"]["endCursor"];
    let next = format!("{{ resources(first: 5, after: {end}) {{ totalCount }} }}");
    assert_eq!(app.as_anonymous().data(&next).await["resources"]["totalCount"], 14);
    let nothing = "{ resources(first: 0) { totalCount nodes { id } facets { kinds { count } } } }";
    let data = app.as_anonymous().data(nothing).await;
    assert_eq!(
        (&data["resources"]["totalCount"], sum(&data["resources"]["facets"]["kinds"])),
        (&json!(14), 14)
    );
}
