//! Care facilities and their services.

use crate::resources::support::{filled, names_in, refused, refused_with, texts};
use crate::support::App;
use serde_json::json;
use std::collections::HashSet;

async fn matching(app: &App, criteria: &str) -> Vec<String> {
    names_in(app, "careFacilities", &format!("filter: {{ care: {{ {criteria} }} }}")).await
}

const HOME: &str = "特別養護老人ホーム見本いずみ苑";
const HELPERS: &str = "見本ヘルパーステーションあおば";
const PLANS: &str = "見本ケアプランあおば";

#[actix_web::test]
async fn one_office_at_one_place_is_one_facility_with_its_services() {
    let app = filled().await;
    let query = "{ careFacilities(text: \"いずみ苑\") { nodes { name contacts { tel fax label }
        identifiers { system { value } value } services { officeNumber name nameKana capacity availableDays { value }
        availableDaysNote isKyosei meetsKaigoStandard meetsShogaiStandard note asOf contacts { tel fax }
        serviceType { code shortName group { value } } } } } }";
    let data = app.as_anonymous().data(query).await;
    let facilities = data["careFacilities"]["nodes"].as_array().expect("rows");
    assert_eq!((facilities.len(), &facilities[0]["name"]), (1, &json!(HOME)));
    let services = &facilities[0]["services"];
    assert_eq!(texts(services, "name")[0], HOME, "the one that names it comes first");
    assert_eq!(
        services[2],
        json!({
            "officeNumber": "0670799901", "name": "見本いずみ苑デイサービスセンター",
            "nameKana": "ミホンイズミエンデイサービスセンター", "capacity": 25,
            "availableDays": [{ "value": "WEEKDAY" }, { "value": "SATURDAY" }],
            "availableDaysNote": "12月31日～1月3日は休み\nお盆は営業", "isKyosei": true, "meetsKaigoStandard": true,
            "meetsShogaiStandard": false, "note": "見本の備考", "asOf": "2026-06-01",
            "contacts": [{ "tel": "0235-00-0002", "fax": null }],
            "serviceType": { "code": "150", "shortName": "デイサービス", "group": { "value": "DAY" } },
        })
    );
    assert_eq!(
        texts(&facilities[0]["contacts"], "tel"),
        ["0235-00-0001", "0235-00-0002"],
        "each number once"
    );
    assert_eq!(
        facilities[0]["identifiers"],
        json!([{ "system": { "value": "CARE_OFFICE_NUMBER" }, "value": "0670799901" }])
    );
}

#[actix_web::test]
async fn services_by_type() {
    let app = filled().await;
    assert_eq!(matching(&app, "serviceTypes: [\"150\"]").await, [HOME]);
    assert_eq!(matching(&app, "serviceTypes: [\"110\", \"430\"]").await, [HELPERS, PLANS]);
    assert_eq!(matching(&app, "serviceTypes: [\"780\"]").await.len(), 0);
    assert_eq!(matching(&app, "serviceTypes: []").await.len(), 7);
    for code in ["15", "1500", "999", "通所介護", "", "１５０", "150\\u0000"] {
        let query = format!(
            "{{ careFacilities(filter: {{ care: {{ serviceTypes: [\"150\", \"{code}\"] }} }}) {{ totalCount }} }}"
        );
        assert_eq!(refused(&app, &query).await, "serviceTypes", "{code}");
    }
}

#[actix_web::test]
async fn services_by_group() {
    let app = filled().await;
    for (group, names) in [
        ("DAY", &[HOME, "見本リハビリ髙橋"][..]),
        ("HOME_VISIT", &[HELPERS, "見本訪問看護ステーションひより"]),
        ("SHORT_STAY", &[HOME]),
        ("FACILITY", &[HOME]),
        ("RESIDENTIAL", &["グループホーム見本の家"]),
        ("EQUIPMENT", &["見本福祉用具"]),
        ("CARE_MANAGEMENT", &[PLANS]),
        ("MULTIFUNCTION", &[]),
        ("EQUIPMENT, CARE_MANAGEMENT", &[PLANS, "見本福祉用具"]),
    ] {
        assert_eq!(matching(&app, &format!("serviceGroups: [{group}]")).await, names, "{group}");
    }
}

#[actix_web::test]
async fn services_by_day_and_unpublished_days_never_match() {
    let app = filled().await;
    for (days, names) in [
        ("SUNDAY", &[HOME, HELPERS][..]),
        ("WEEKDAY, SATURDAY, SUNDAY, HOLIDAY", &[HOME, HELPERS]),
        ("SATURDAY", &[HOME, HELPERS]),
        ("WEEKDAY", &[HOME, HELPERS, PLANS, "見本福祉用具", "見本リハビリ髙橋"]),
        (
            "",
            &[
                HOME,
                HELPERS,
                PLANS,
                "見本訪問看護ステーションひより",
                "グループホーム見本の家",
                "見本福祉用具",
                "見本リハビリ髙橋",
            ],
        ),
    ] {
        assert_eq!(matching(&app, &format!("availableOn: [{days}]")).await, names, "{days}");
    }
}

#[actix_web::test]
async fn the_conditions_hold_for_one_and_the_same_service() {
    let app = filled().await;
    for (filter, found) in [
        ("serviceTypes: [\"150\"], availableOn: [SATURDAY]", true),
        ("serviceTypes: [\"210\"], availableOn: [SUNDAY]", true),
        ("serviceTypes: [\"150\"], availableOn: [SUNDAY]", false),
        ("serviceTypes: [\"510\"], availableOn: [WEEKDAY]", false),
        ("serviceGroups: [DAY], availableOn: [SATURDAY, SUNDAY]", false),
        ("serviceTypes: [\"150\", \"210\"], availableOn: [SUNDAY]", true),
        ("serviceTypes: [\"150\"], serviceGroups: [SHORT_STAY]", false),
    ] {
        assert_eq!(matching(&app, filter).await.contains(&HOME.to_owned()), found, "{filter}");
    }
}

#[actix_web::test]
async fn a_service_that_vanished_no_longer_matches() {
    let app = filled().await;
    let left = crate::support::fixtures::care().lines().filter(|line| !line.contains("デイサービス"));
    // Another office keeps 通所介護 in the file: a file without a service type is not complete for that type.
    let left = left.collect::<Vec<_>>().join("\n").replace("通所リハビリテーション", "通所介護");
    let options = yui::import::ImportOptions { complete: true, ..Default::default() };
    app.import_with("jigyosho_20260701.csv", &left, &options).await;
    assert_eq!(matching(&app, "serviceTypes: [\"150\"]").await, ["見本リハビリ髙橋"]);
    let query = "{ careFacilities(filter: { care: { serviceTypes: [\"510\"] } }) {
        nodes { vanishedOn services { name vanishedOn } } } }";
    let data = app.as_anonymous().data(query).await;
    let home = &data["careFacilities"]["nodes"][0];
    assert_eq!(
        (&home["vanishedOn"], &home["services"][2]["vanishedOn"]),
        (&json!(null), &json!("2026-07-01"))
    );
    let query = "{ careFacilities { facets { categories { code count } } } }";
    let facets = &app.as_anonymous().data(query).await["careFacilities"]["facets"]["categories"];
    let day_services = facets.as_array().and_then(|all| all.iter().find(|c| c["code"] == "150"));
    assert_eq!(day_services.map(|c| &c["count"]), Some(&json!(1)), "{facets}");
}

#[actix_web::test]
async fn care_filters_go_with_all_others() {
    let app = filled().await;
    let filter = "care: { serviceGroups: [DAY] }, municipalityCodes: [\"06201\"], located: true";
    let found = names_in(&app, "careFacilities", &format!("filter: {{ {filter} }}")).await;
    assert_eq!(found, ["見本リハビリ髙橋"]);
    let near = "near: { latitude: 38.73, longitude: 139.83, withinMeters: 2000 } text: \"見本\"";
    let found =
        names_in(&app, "careFacilities", &format!("{near} filter: {{ care: {{ availableOn: [WEEKDAY] }} }}"))
            .await;
    assert_eq!(found, [HOME, PLANS]);
}

#[actix_web::test]
async fn more_than_a_hundred_values_are_refused() {
    let app = filled().await;
    let query = "query($filter: ResourceFilter) { careFacilities(filter: $filter) { totalCount } }";
    for (list, value) in [("serviceTypes", "150"), ("serviceGroups", "DAY"), ("availableOn", "SUNDAY")] {
        let variables = |count: usize| json!({ "filter": { "care": { list: vec![value; count] } } });
        assert_eq!(refused_with(&app, query, variables(101)).await, list);
        app.as_anonymous().data_with(query, variables(100)).await;
    }
}

#[actix_web::test]
async fn the_table_of_services_has_thirty_five_codes_each_once() {
    let app = App::start().await;
    let query = "{ careServiceTypes { code name shortName group { value } } }";
    let (data, statements) = app.statements().during(app.as_anonymous().data(query)).await;
    assert!(statements.is_empty(), "the table is part of the program");
    for field in ["code", "name"] {
        let values = texts(&data["careServiceTypes"], field);
        assert_eq!(values.len(), 35);
        assert_eq!(values.iter().collect::<HashSet<_>>().len(), 35, "{field}");
    }
    let codes = texts(&data["careServiceTypes"], "code");
    assert!(
        codes.iter().all(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit())),
        "{codes:?}"
    );
    assert!(texts(&data["careServiceTypes"], "shortName").iter().all(|name| !name.is_empty()));
    let groups: HashSet<String> = texts(&data["careServiceTypes"], "group").into_iter().collect();
    assert_eq!(groups.len(), 8, "no group without a service: {groups:?}");
}
