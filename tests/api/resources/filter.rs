//! Each condition of a filter by itself, and invalid filters.

use super::support::{
    Office, filled, import_offices, names, refused, refused_with, set, total, with_offices,
};
use crate::support::{App, fixtures};
use chrono::{Days, Months, NaiveDate};
use entity::enums::{LocationStatus, PublicationState, ServiceArea};
use entity::resource::Column;
use entity::{district, resource, resource_district};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait};
use serde_json::json;
use yui::import::ImportOptions;

async fn matching(app: &App, filter: &str) -> Vec<String> {
    names(app, &format!("filter: {{ {filter} }}")).await
}

async fn refused_filter(app: &App, filter: &str) -> String {
    refused(app, &format!("{{ resources(filter: {{ {filter} }}) {{ totalCount }} }}")).await
}

#[actix_web::test]
async fn kinds() {
    let app = filled().await;
    for (kinds, count) in [
        ("CARE_FACILITY", 7),
        ("MEDICAL_FACILITY", 7),
        ("CARE_FACILITY, MEDICAL_FACILITY", 14),
        ("GATHERING_PLACE", 0),
        ("", 14),
    ] {
        assert_eq!(total(&app, &format!("kinds: [{kinds}]")).await, count, "{kinds}");
    }
    let query = "{ resources(kinds: [CARE_FACILITY]) { nodes { kind { value } __typename } } }";
    let data = app.as_anonymous().data(query).await;
    for node in data["resources"]["nodes"].as_array().expect("rows") {
        assert_eq!(*node, json!({ "kind": { "value": "CARE_FACILITY" }, "__typename": "CareFacility" }));
    }
}

/// The code of a municipality that was merged: the directory has resources of it, or it is unknown.
#[actix_web::test]
async fn a_municipality_that_is_no_more_is_known_while_something_is_in_it() {
    let app = filled().await;
    let former = "064416";
    let lists = [
        "resources(filter: { municipalityCodes: [$] }) { totalCount }",
        "districts(municipalityCode: $) { code }",
    ];
    let ask = |list: &str| format!("{{ {} }}", list.replace('$', &format!("\"{former}\"")));
    for list in lists {
        let answer = app.as_anonymous().ask(&ask(list)).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INVALID_INPUT", "{list}");
        assert!(answer["errors"][0]["extensions"]["nearest"].is_array(), "{answer}");
    }
    let merged = format!("UPDATE municipality SET code = '{former}' WHERE code = '062031'");
    app.databases().writer().execute_unprepared(&merged).await.expect("a statement");
    let listed = app.as_anonymous().data("{ municipalities { code } }").await;
    assert!(listed.to_string().contains(former), "{listed}");
    for list in lists {
        app.as_anonymous().data(&ask(list)).await;
    }
    assert!(!matching(&app, &format!("municipalityCodes: [\"{former}\"]")).await.is_empty());
    for hidden in ["UPDATE resource SET state = 1", "DELETE FROM district_town", "DELETE FROM district"] {
        app.databases().writer().execute_unprepared(hidden).await.expect("a statement");
    }
    for list in lists {
        let answer = app.as_anonymous().ask(&ask(list)).await;
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "INVALID_INPUT",
            "drafts are in no municipality: {answer}"
        );
    }
}

#[actix_web::test]
async fn prefectures() {
    let app = filled().await;
    for (codes, count) in [("\"06\"", 14), ("\"04\"", 0), ("\"04\", \"06\"", 14), ("", 14)] {
        assert_eq!(total(&app, &format!("filter: {{ prefectureCodes: [{codes}] }}")).await, count, "{codes}");
    }
    for code in ["6", "00", "48", "060003", "山形県", "", " 06", "06\\u0000"] {
        assert_eq!(refused_filter(&app, &format!("prefectureCodes: [\"{code}\"]")).await, "prefectureCodes");
    }
}

#[actix_web::test]
async fn municipalities_with_and_without_check_digit() {
    let app = filled().await;
    let there = ["見本リハビリ髙橋", "見本整形外科"];
    for code in ["062014", "06201", "６２０１４", "０６２０１４", "62014", "6201"] {
        assert_eq!(matching(&app, &format!("municipalityCodes: [\"{code}\"]")).await, there, "{code}");
    }
    assert_eq!(matching(&app, "municipalityCodes: [\"06201\", \"06203\"]").await.len(), 14);
    assert_eq!(matching(&app, "municipalityCodes: [\"062049\"]").await.len(), 0);
    for code in ["062032", "06203X", "0620", "0", "06-203", "990001", "0620311", "鶴岡市", ""] {
        let field = refused_filter(&app, &format!("municipalityCodes: [\"062031\", \"{code}\"]")).await;
        assert_eq!(field, "municipalityCodes", "{code}");
    }
}

#[actix_web::test]
async fn a_designated_city_covers_its_wards() {
    let office =
        |n, name: &str, address: &str| Office { address: address.into(), at: None, ..Office::named(n, name) };
    let app = with_offices([
        office(1, "青葉", "宮城県仙台市青葉区本町1-1"),
        office(2, "泉", "宮城県仙台市泉区泉中央1-1"),
        office(3, "名取", "宮城県名取市増田1-1"),
    ])
    .await;
    assert_eq!(matching(&app, "municipalityCodes: [\"041009\"]").await, ["青葉", "泉"]);
    assert_eq!(matching(&app, "municipalityCodes: [\"041017\"]").await, ["青葉"]);
    assert_eq!(matching(&app, "municipalityCodes: [\"042072\", \"041050\"]").await, ["泉", "名取"]);
    let with_text = "filter: { municipalityCodes: [\"041009\"] } text: \"宮城県\"";
    assert_eq!(names(&app, with_text).await, ["青葉", "泉"]);
}

#[actix_web::test]
async fn areas_hold_for_a_search_as_well() {
    let app = filled().await;
    for filter in [
        "prefectureCodes: [\"06\"]",
        "prefectureCodes: [\"04\"]",
        "municipalityCodes: [\"06201\"]",
        "municipalityCodes: [\"06203\", \"06201\"], prefectureCodes: [\"06\", \"04\"]",
        "municipalityCodes: [\"06203\"], prefectureCodes: [\"04\"]",
    ] {
        let mut listed = matching(&app, filter).await;
        let mut found = names(&app, &format!("filter: {{ {filter} }} text: \"見本\"")).await;
        listed.sort();
        found.sort();
        assert_eq!(listed, found, "{filter}");
    }
}

/// Three districts; 訪問看護 can be used from two of them, medical facilities from everywhere.
async fn in_districts() -> App {
    let app = filled().await;
    let districts = "municipality_code,district_code,district_name,town\n062031,D01,第一,泉町\n\
        062031,D02,第二,馬場町\n062014,D03,第三,香澄町\n";
    app.import("districts.csv", districts).await;
    let name = "見本訪問看護ステーションひより";
    set(&app, &[name], Column::ServiceArea, Expr::value(ServiceArea::Districts)).await;
    let db = app.databases().writer();
    let rows = resource::Entity::find().all(db).await.expect("resources");
    let row = rows.iter().find(|row| row.name == name).expect("the office");
    for here in district::Entity::find().all(db).await.expect("districts") {
        if here.code != "D03" {
            let pair = resource_district::ActiveModel { resource_id: Set(row.id), district_id: Set(here.id) };
            pair.insert(db).await.expect("a new pair");
        }
    }
    app
}

#[actix_web::test]
async fn home_districts_are_where_it_stands() {
    let app = in_districts().await;
    let first = ["特別養護老人ホーム見本いずみ苑", "見本荘内病院"];
    assert_eq!(matching(&app, "homeDistricts: [\"D01\"]").await, first);
    assert_eq!(matching(&app, "homeDistricts: [\"D01\", \"D02\"]").await.len(), 4);
    for spelling in ["d01", "Ｄ０１", " D01", "062031:D01", "06203:d01", "０６２０３１：Ｄ０１"]
    {
        assert_eq!(matching(&app, &format!("homeDistricts: [\"{spelling}\"]")).await, first, "{spelling}");
    }
    assert_eq!(matching(&app, "homeDistricts: []").await.len(), 14);
    for unknown in ["D99", "D01\\u0000", "062014:D01", "062031:D03", "062031:", ":D01", "062031:D01:", ""] {
        let filter = format!("homeDistricts: [\"D01\", \"{unknown}\"]");
        assert_eq!(refused_filter(&app, &filter).await, "homeDistricts", "{unknown}");
    }
}

#[actix_web::test]
async fn service_districts_are_from_where_it_can_be_used() {
    let app = in_districts().await;
    let (visiting, of_care) = ("見本訪問看護ステーションひより", "kinds: [CARE_FACILITY]");
    for (codes, medical, care) in [("\"D01\"", 7, 1), ("\"d03\"", 7, 0), ("\"D02\", \"Ｄ０３\"", 7, 1)] {
        let filter = format!("serviceDistricts: [{codes}]");
        assert_eq!(matching(&app, &filter).await.len(), medical + care, "{codes}");
        let found = names(&app, &format!("{of_care} filter: {{ {filter} }}")).await;
        assert_eq!(found, vec![visiting; care], "{codes}");
    }
    assert_eq!(refused_filter(&app, "serviceDistricts: [\"D99\"]").await, "serviceDistricts");
    let with_unknown = "includeUnknownServiceArea: true";
    assert_eq!(matching(&app, &format!("serviceDistricts: [\"D01\"], {with_unknown}")).await.len(), 14);
    let elsewhere =
        names(&app, &format!("{of_care} filter: {{ serviceDistricts: [\"D03\"], {with_unknown} }}")).await;
    assert_eq!(elsewhere.len(), 6);
    assert!(!elsewhere.contains(&visiting.to_owned()), "it can only be used from D01 and D02");
    assert_eq!(matching(&app, with_unknown).await.len(), 14, "by itself it means nothing");
}

#[actix_web::test]
async fn bounds() {
    let app = filled().await;
    let inside = |edges: &str| format!("bounds: {{ {edges} }}");
    let yamagata = ["見本リハビリ髙橋", "見本整形外科"];
    let found = matching(&app, &inside("south: 38.1, west: 140.2, north: 38.4, east: 140.5")).await;
    assert_eq!(found, yamagata);
    for edges in [
        "south: 38.2485, west: 140.328, north: 38.2485, east: 140.328",
        "south: 38.2485, west: 140.0, north: 38.2489, east: 140.328",
    ] {
        assert_eq!(matching(&app, &inside(edges)).await, yamagata[..1], "the edges belong to it: {edges}");
    }
    let world = inside("south: -90, west: -180, north: 90, east: 180");
    assert_eq!(matching(&app, &world).await.len(), 12, "the other two have no position");
    assert_eq!(matching(&app, &inside("south: -1, west: -1, north: 1, east: 1")).await.len(), 0);
}

#[actix_web::test]
async fn bounds_that_make_no_sense_are_refused() {
    let app = filled().await;
    for edges in [
        "south: 39, west: 139, north: 38, east: 140",
        "south: 38, west: 179, north: 39, east: -179",
        "south: 38, west: 140, north: 39, east: 139",
        "south: -90.1, west: 139, north: 39, east: 140",
        "south: 38, west: 139, north: 91, east: 140",
        "south: 38, west: -180.5, north: 39, east: 140",
        "south: 38, west: 139, north: 39, east: 1e300",
    ] {
        assert_eq!(refused_filter(&app, &format!("bounds: {{ {edges} }}")).await, "bounds", "{edges}");
    }
}

#[actix_web::test]
async fn located_or_not() {
    let app = filled().await;
    assert_eq!(matching(&app, "located: false").await, ["見本福祉用具", "見本調剤薬局"]);
    assert_eq!(matching(&app, "located: true").await.len(), 12);
    set(&app, &["見本福祉用具"], Column::LocationStatus, Expr::value(LocationStatus::Withheld)).await;
    set(&app, &["見本調剤薬局"], Column::LocationStatus, Expr::value(LocationStatus::NoFixedPlace)).await;
    assert_eq!(matching(&app, "located: false").await.len(), 2);
}

#[actix_web::test]
async fn states() {
    let app = filled().await;
    let state = |state: PublicationState| Expr::value(state);
    set(&app, &["見本歯科医院"], Column::State, state(PublicationState::Suspended)).await;
    set(&app, &["見本整形外科", "見本産婦人科"], Column::State, state(PublicationState::Ended)).await;
    set(&app, &["見本福祉用具"], Column::State, state(PublicationState::Draft)).await;
    set(&app, &["見本調剤薬局"], Column::State, state(PublicationState::Withdrawn)).await;
    for (filter, count) in [
        ("", 10),
        ("states: []", 10),
        ("states: [PUBLISHED]", 9),
        ("states: [SUSPENDED]", 1),
        ("states: [ENDED]", 2),
        ("states: [ENDED, SUSPENDED, PUBLISHED]", 12),
        ("states: [DRAFT, WITHDRAWN]", 0),
    ] {
        assert_eq!(matching(&app, filter).await.len(), count, "{filter}");
        assert_eq!(total(&app, &format!("filter: {{ {filter} }}")).await, count as i64, "{filter}");
    }
}

#[actix_web::test]
async fn freshness_by_the_later_of_two_days() {
    let app = App::start().await;
    let today = crate::support::clock::today();
    let ago = |months| today - Months::new(months);
    let days =
        [("今日", today), ("一年", ago(12)), ("一年一日", ago(12) - Days::new(1)), ("十五月", ago(15))];
    let older = [("十五月一日", ago(15) - Days::new(1)), ("昔", ago(60)), ("昔確認", ago(60))];
    for (n, (name, day)) in days.into_iter().chain(older).enumerate() {
        let file = super::support::jigyosho([Office::named(n, name)]);
        let options = ImportOptions { as_of: Some(day), ..ImportOptions::default() };
        app.import_with("jigyosho.csv", &file, &options).await;
    }
    import_offices(&app, [Office::named(90, "不明")]).await;
    set(&app, &["不明"], Column::AsOf, Expr::value(None::<NaiveDate>)).await;
    set(&app, &["昔確認"], Column::LastVerifiedOn, Expr::value(today)).await;
    let expected = [
        ("FRESH", vec!["今日", "一年", "昔確認"]),
        ("DUE", vec!["一年一日", "十五月"]),
        ("STALE", vec!["十五月一日", "昔"]),
        ("UNKNOWN", vec!["不明"]),
        ("STALE, UNKNOWN", vec!["十五月一日", "昔", "不明"]),
    ];
    for (freshness, names) in expected {
        assert_eq!(matching(&app, &format!("freshness: [{freshness}]")).await, names, "{freshness}");
    }
}

#[actix_web::test]
async fn what_a_row_says_of_its_freshness_is_what_the_filter_finds() {
    let app = filled().await;
    for freshness in ["FRESH", "DUE", "STALE", "UNKNOWN"] {
        let query = format!(
            "{{ resources(filter: {{ freshness: [{freshness}] }}) {{ nodes {{ freshness {{ value }} }} }} }}"
        );
        let data = app.as_anonymous().data(&query).await;
        for node in data["resources"]["nodes"].as_array().expect("rows") {
            assert_eq!(node["freshness"]["value"], freshness);
        }
    }
}

#[actix_web::test]
async fn conditions_are_and_values_are_or() {
    let app = filled().await;
    let filter = "municipalityCodes: [\"06203\", \"06201\"], located: true,
        bounds: { south: 38.72, west: 139.8, north: 38.74, east: 139.9 }, freshness: [FRESH, STALE, DUE]";
    let expected =
        ["特別養護老人ホーム見本いずみ苑", "見本ケアプランあおば", "見本訪問看護ステーションひより"];
    let kinds = "kinds: [CARE_FACILITY]";
    assert_eq!(names(&app, &format!("{kinds} filter: {{ {filter} }}")).await, expected);
    let found = names(&app, &format!("{kinds} filter: {{ {filter} }} text: \"あおば\"")).await;
    assert_eq!(found, expected[1..2]);
}

#[actix_web::test]
async fn more_than_a_hundred_values_are_refused() {
    let app = in_districts().await;
    for (list, value) in [
        ("categories", "150"),
        ("prefectureCodes", "06"),
        ("municipalityCodes", "062031"),
        ("homeDistricts", "D01"),
        ("serviceDistricts", "D01"),
        ("states", "PUBLISHED"),
        ("freshness", "FRESH"),
    ] {
        let query = "query($filter: ResourceFilter) { resources(filter: $filter) { totalCount } }";
        let variables = |count: usize| json!({ "filter": { list: vec![value; count] } });
        assert_eq!(refused_with(&app, query, variables(101)).await, list);
        app.as_anonymous().data_with(query, variables(100)).await;
    }
    let query = "query($kinds: [ResourceKind!]) { resources(kinds: $kinds) { totalCount } }";
    let variables = |count: usize| json!({ "kinds": vec!["CARE_FACILITY"; count] });
    assert_eq!(refused_with(&app, query, variables(101)).await, "kinds");
    app.as_anonymous().data_with(query, variables(100)).await;
}

#[actix_web::test]
async fn a_category_of_the_facets_filters_as_it_counts() {
    let app = filled().await;
    let data = app.as_anonymous().data("{ resources { facets { categories { code label count } } } }").await;
    let categories = data["resources"]["facets"]["categories"].as_array().expect("a list");
    assert!(categories.len() > 5, "{categories:?}");
    for category in categories {
        let filter = format!("filter: {{ categories: [{}] }}", category["code"]);
        assert_eq!(json!(total(&app, &filter).await), category["count"], "{category}");
    }
    assert_eq!(total(&app, "filter: { categories: [\"150\", \"CLINIC\"] }").await, 4);
    assert_eq!(
        refused(&app, "{ resources(filter: { categories: [\"151\"] }) { totalCount } }").await,
        "categories"
    );
}

#[actix_web::test]
async fn criteria_of_a_kind_leave_other_kinds_alone() {
    let app = filled().await;
    let all = total(&app, "").await;
    let care = total(&app, "kinds: [CARE_FACILITY]").await;
    let day = total(&app, "kinds: [CARE_FACILITY], filter: { care: { serviceGroups: [DAY] } }").await;
    assert!(day > 0 && day < care && care < all, "{day} {care} {all}");
    assert_eq!(total(&app, "filter: { care: { serviceGroups: [DAY] } }").await, all - care + day);
    let mixed = "kinds: [CARE_FACILITY, MEDICAL_FACILITY],
        filter: { care: { serviceGroups: [DAY] }, medical: { hasBeds: true }, gathering: { pickup: true } }";
    let beds = total(&app, "kinds: [MEDICAL_FACILITY], filter: { medical: { hasBeds: true } }").await;
    assert!(beds > 0);
    assert_eq!(total(&app, mixed).await, day + beds);
    let refused =
        refused(&app, "{ careFacilities(filter: { medical: { departments: [\"x\"] } }) { totalCount } }")
            .await;
    assert_eq!(refused, "departments", "what is not listed is checked all the same");
}

#[actix_web::test]
async fn a_file_in_another_order_lists_the_same() {
    let app = App::start().await;
    app.import(fixtures::MEDICAL_LIST_FILE, fixtures::medical_list()).await;
    app.import(fixtures::TOWNS_FILE, fixtures::towns()).await;
    app.import(fixtures::CARE_FILE, fixtures::care()).await;
    app.import(fixtures::CLINICS_FILE, fixtures::clinics()).await;
    app.import(fixtures::HOSPITALS_FILE, fixtures::hospitals()).await;
    app.import(fixtures::BOUNDARIES_FILE, fixtures::boundaries()).await;
    let other = filled().await;
    for arguments in
        ["orderBy: NAME", "orderBy: NAME filter: { located: false }", "orderBy: NAME text: \"鶴岡\""]
    {
        assert_eq!(names(&app, arguments).await, names(&other, arguments).await, "{arguments}");
    }
}
