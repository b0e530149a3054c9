//! Municipalities and daily-life districts.

use crate::resources::support::{filled, refused, texts};
use crate::support::{App, fixtures};
use serde_json::json;

/// 泉町 moves from D01 to D02; D03 has ended, D04 begins later; another city has a D01 as well.
const DISTRICTS: &str = "municipality_code,district_code,district_name,town,valid_from,valid_to
062031,D02,第二,泉町,2025-04-01,
062031,D02,第二,馬場町,,
062031,D01,第一,泉町,,2025-03-31
062031,D01,第一,日吉町,,
062031,D03,第三,大山,2010-04-01,2020-03-31
062031,D04,第四,湯野浜,2030-04-01,
062014,D01,山形第一,香澄町,2015-04-01,
";

async fn with_districts() -> App {
    let app = App::start().await;
    // Met before 山形市, although its code is larger.
    app.import(fixtures::TOWNS_FILE, fixtures::towns()).await;
    let report = app.import("districts.csv", DISTRICTS).await;
    assert!(report.rejected.is_empty(), "{:?}", report.rejected);
    app
}

async fn codes(app: &App, arguments: &str) -> Vec<String> {
    let query = format!("{{ districts{arguments} {{ code municipality {{ code }} }} }}");
    let data = app.as_anonymous().data(&query).await;
    let rows = data["districts"].as_array().expect("rows").iter();
    rows.map(|row| format!("{}/{}", row["municipality"]["code"], row["code"]).replace('"', "")).collect()
}

#[actix_web::test]
async fn districts_are_those_of_the_day() {
    let app = with_districts().await;
    for (day, expected) in [
        ("2010-03-31", &["062031/D01", "062031/D02"][..]),
        ("2010-04-01", &["062031/D01", "062031/D02", "062031/D03"]),
        ("2020-03-31", &["062014/D01", "062031/D01", "062031/D02", "062031/D03"]),
        ("2020-04-01", &["062014/D01", "062031/D01", "062031/D02"]),
        ("2030-04-01", &["062014/D01", "062031/D01", "062031/D02", "062031/D04"]),
    ] {
        assert_eq!(codes(&app, &format!("(asOf: \"{day}\")")).await, expected, "{day}");
    }
}

#[actix_web::test]
async fn without_a_day_it_is_today() {
    let app = with_districts().await;
    let today = crate::support::clock::today();
    assert_eq!(codes(&app, "").await, codes(&app, &format!("(asOf: \"{today}\")")).await);
}

#[actix_web::test]
async fn districts_of_one_municipality() {
    let app = with_districts().await;
    for code in ["062014", "06201", "６２０１４"] {
        assert_eq!(
            codes(&app, &format!("(municipalityCode: \"{code}\", asOf: \"2026-06-01\")")).await,
            ["062014/D01"]
        );
    }
    assert_eq!(codes(&app, "(municipalityCode: \"062049\")").await.len(), 0);
    for code in ["062032", "x", "", "6203a", "062031\\u0000"] {
        let query = format!("{{ districts(municipalityCode: \"{code}\") {{ id }} }}");
        assert_eq!(refused(&app, &query).await, "municipalityCode", "{code}");
    }
}

#[actix_web::test]
async fn a_district_knows_its_towns_and_since_when() {
    let app = with_districts().await;
    let query = "{ districts(municipalityCode: \"062031\", asOf: \"2026-06-01\") {
        code name validFrom validTo towns { name validFrom validTo } } }";
    let data = app.as_anonymous().data(query).await;
    assert_eq!(
        data["districts"],
        json!([
            { "code": "D01", "name": "第一", "validFrom": null, "validTo": null, "towns": [
                { "name": "日吉町", "validFrom": null, "validTo": null },
                { "name": "泉町", "validFrom": null, "validTo": "2025-03-31" },
            ] },
            { "code": "D02", "name": "第二", "validFrom": null, "validTo": null, "towns": [
                { "name": "泉町", "validFrom": "2025-04-01", "validTo": null },
                { "name": "馬場町", "validFrom": null, "validTo": null },
            ] },
        ])
    );
}

#[actix_web::test]
async fn a_municipality_lists_its_districts_of_a_day() {
    let app = with_districts().await;
    let query = "{ municipalities { code now: districts { code }
        then: districts(asOf: \"2015-03-31\") { code } } }";
    let data = app.as_anonymous().data(query).await;
    let of = |n: usize, list: &str| texts(&data["municipalities"][n][list], "code");
    assert_eq!(texts(&data["municipalities"], "code"), ["062014", "062031"], "by code");
    assert_eq!((of(0, "then").len(), of(0, "now")), (0, vec!["D01".to_owned()]));
    assert_eq!((of(1, "then"), of(1, "now").len()), (vec!["D01".into(), "D02".into(), "D03".into()], 2));
}

#[actix_web::test]
async fn districts_of_many_municipalities_take_one_statement() {
    let app = with_districts().await;
    let query = "{ municipalities { districts { code towns { name } municipality { name } } } }";
    let (_, statements) = app.statements().during(app.as_anonymous().data(query)).await;
    assert_eq!(statements.len(), 1, "{statements:#?}");
}

#[actix_web::test]
async fn municipalities_are_those_the_directory_has_met() {
    let app = filled().await;
    let query = "{ municipalities { code name nameKana prefecture { code name nameKana } } }";
    let data = app.as_anonymous().data(query).await;
    let prefecture = json!({ "code": "06", "name": "山形県", "nameKana": "やまがたけん" });
    let city = |code: &str, name: &str, kana: &str| json!({ "code": code, "name": name, "nameKana": kana, "prefecture": prefecture });
    let expected = [city("062014", "山形市", "やまがたし"), city("062031", "鶴岡市", "つるおかし")];
    assert_eq!(data["municipalities"], json!(expected));
}

#[actix_web::test]
async fn municipalities_of_a_prefecture() {
    let app = filled().await;
    let of = |code: &str| format!("{{ municipalities(prefectureCode: \"{code}\") {{ code }} }}");
    assert_eq!(texts(&app.as_anonymous().data(&of("06")).await["municipalities"], "code").len(), 2);
    assert_eq!(app.as_anonymous().data(&of("04")).await["municipalities"], json!([]));
    for code in ["6", "48", "00", "", "山形県", "06\\u0000"] {
        assert_eq!(refused(&app, &of(code)).await, "prefectureCode", "{code}");
    }
}

#[actix_web::test]
async fn a_facility_stands_in_the_district_of_its_town() {
    let app = filled().await;
    app.import("districts.csv", DISTRICTS).await;
    let query = "{ resource(by: { identifier: { system: CARE_OFFICE_NUMBER, value: \"0670799901\" } }) {
        location { homeDistrict { code name municipality { code } } } } }";
    let home = app.as_anonymous().data(query).await["resource"]["location"]["homeDistrict"].take();
    assert_eq!(home, json!({ "code": "D02", "name": "第二", "municipality": { "code": "062031" } }));
}
