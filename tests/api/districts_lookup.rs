//! Which district is responsible: for an address, a 町字, a position.

use crate::resources::support::{refused, refused_with};
use crate::support::{App, desks, fixtures};
use desks::Desk;
use serde_json::{Value, json};

/// D05 was split into D06 and D07 on 2025-04-01. 本町 lies in one district, 大山 in two.
const DISTRICTS: &str = "municipality_code,district_code,district_name,town,valid_from,valid_to
062031,D01,見本第一,泉町,,
062031,D01,見本第一,本町一丁目,,
062031,D01,見本第一,本町二丁目,,
062031,D02,見本第二,大山一丁目,,
062031,D03,見本第三,大山二丁目,,
062031,D03,見本第三,大字上田字鳳凰岱,,
062031,D02,見本第二,大字下田字鳳凰岱,,
062031,D05,見本第五,日吉町,,2025-03-31
062031,D05,見本第五,馬場町,,2025-03-31
062031,D06,見本第六,日吉町,2025-04-01,
062031,D07,見本第七,馬場町,2025-04-01,
132063,D01,府中第一,宮町一丁目,,
";

async fn with_districts() -> App {
    let app = App::start().await;
    app.import(fixtures::TOWNS_FILE, fixtures::towns()).await;
    app.import(fixtures::BOUNDARIES_FILE, fixtures::boundaries()).await;
    let report = app.import("districts.csv", DISTRICTS).await;
    assert!(report.rejected.is_empty(), "{:?}", report.rejected);
    app
}

async fn answer(app: &App, by: Value, as_of: Option<&str>) -> Value {
    let query = "query($by: DistrictLookupInput!, $asOf: Date) { districtOf(by: $by, asOf: $asOf) {
        certainty { value label } reason town municipality { code } district { code } supportCenter { name }
        candidates { address town townCode approximate distanceMeters district { code } } } }";
    let mut data = app.as_anonymous().data_with(query, json!({ "by": by, "asOf": as_of })).await;
    data["districtOf"].take()
}

/// Certainty and district of an address.
async fn of(app: &App, address: &str) -> (String, Option<String>) {
    told(&answer(app, json!({ "address": address }), Some("2026-06-01")).await)
}

fn told(answer: &Value) -> (String, Option<String>) {
    assert!(answer["reason"].as_str().is_some_and(|reason| reason.ends_with('。')), "{answer}");
    let certainty = answer["certainty"]["value"].as_str().expect("a certainty").to_owned();
    (certainty, answer["district"]["code"].as_str().map(str::to_owned))
}

fn sure(code: &str) -> (String, Option<String>) {
    ("SURE".to_owned(), Some(code.to_owned()))
}

fn unsure(certainty: &str) -> (String, Option<String>) {
    (certainty.to_owned(), None)
}

/// The candidates as `place → district`.
fn candidates(answer: &Value) -> Vec<String> {
    let rows = answer["candidates"].as_array().expect("a list").iter();
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    rows.map(|row| format!("{} → {}", text(&row["address"]), text(&row["district"]["code"]))).collect()
}

#[actix_web::test]
async fn an_address_is_sure_however_it_is_written() {
    let app = with_districts().await;
    for (address, district) in [
        ("山形県鶴岡市泉町4番20号", "D01"),
        ("鶴岡市泉町４－２０", "D01"),
        (" 鶴岡市　泉町 4-20 ", "D01"),
        ("鶴岡市本町一丁目2", "D01"),
        ("鶴岡市本町1-2-3", "D01"),
        ("鶴岡市本町", "D01"),
        ("鶴岡市大山２丁目１", "D03"),
        ("鶴岡市大字上田字鳳凰岱12", "D03"),
        ("鶴岡市下田字鳳凰岱12番地", "D02"),
        ("東京都府中市宮町1-1", "D01"),
    ] {
        assert_eq!(of(&app, address).await, sure(district), "{address}");
    }
}

/// The list of the city names the 大字 alone, the official list its parts in a column of their own.
#[actix_web::test]
async fn a_part_belongs_where_its_whole_belongs() {
    let app = with_districts().await;
    let towns = r#"[{"town": "温海", "koaza": "戊", "lat": 38.625469, "lng": 139.588772}]"#;
    app.import(fixtures::TOWNS_FILE, towns).await;
    let header = "municipality_code,district_code,district_name,town\n";
    app.import("more.csv", &format!("{header}062031,D11,見本温海,温海\n")).await;
    for address in ["鶴岡市温海字戊577-1", "鶴岡市大字温海戊577-1", "鶴岡市温海577-1"] {
        assert_eq!(of(&app, address).await, sure("D11"), "{address}");
    }
    let by = json!({ "position": { "latitude": 38.6254, "longitude": 139.5887 } });
    assert_eq!(candidates(&answer(&app, by, None).await), ["山形県鶴岡市温海戊 → D11"]);
}

#[actix_web::test]
async fn a_town_is_sure_by_its_key() {
    let app = with_districts().await;
    for code in ["062031:泉町", "06203：泉町", "０６２０３１:泉町"] {
        let found = answer(&app, json!({ "townCode": code }), Some("2026-06-01")).await;
        assert_eq!((told(&found), found["town"].as_str()), (sure("D01"), Some("泉町")), "{code}");
        assert_eq!((found["municipality"]["code"].as_str(), candidates(&found).len()), (Some("062031"), 0));
    }
}

#[actix_web::test]
async fn an_ambiguous_address_lists_its_candidates() {
    let app = with_districts().await;
    for (address, expected) in [
        ("鶴岡市大山5番", &["山形県鶴岡市大山一丁目 → D02", "山形県鶴岡市大山二丁目 → D03"][..]),
        ("鶴岡市字鳳凰岱12", &["山形県鶴岡市大字上田字鳳凰岱 → D03", "山形県鶴岡市大字下田字鳳凰岱 → D02"]),
        ("府中市宮町1-1", &["東京都府中市宮町一丁目 → D01", "広島県府中市 → -"]),
        ("泉町4-20", &["山形県鶴岡市泉町 → D01"]),
    ] {
        let found = answer(&app, json!({ "address": address }), Some("2026-06-01")).await;
        assert_eq!(told(&found), unsure("AMBIGUOUS"), "{address}");
        assert_eq!(candidates(&found), expected, "{address}");
        for candidate in found["candidates"].as_array().expect("a list") {
            let Some(code) = candidate["townCode"].as_str() else { continue };
            let chosen = answer(&app, json!({ "townCode": code }), Some("2026-06-01")).await;
            assert_eq!(chosen["district"], candidate["district"], "{code}, once chosen, is sure");
        }
    }
}

#[actix_web::test]
async fn a_town_in_two_districts_is_not_decided() {
    let app = with_districts().await;
    let header = "municipality_code,district_code,district_name,town\n";
    app.import("more.csv", &format!("{header}062031,D09,見本第九,泉町\n")).await;
    let found = answer(&app, json!({ "address": "鶴岡市泉町4" }), Some("2026-06-01")).await;
    assert_eq!((told(&found), found["town"].as_str()), (unsure("AMBIGUOUS"), Some("泉町")));
    assert_eq!(candidates(&found), ["山形県鶴岡市泉町 → D01", "山形県鶴岡市泉町 → D09"]);
}

#[actix_web::test]
async fn what_no_list_names_is_unknown() {
    let app = with_districts().await;
    for (address, municipality) in [
        ("鶴岡市湯野浜一丁目3", Some("062031")),
        ("鶴岡市どこにもない町1", Some("062031")),
        ("鶴岡市", Some("062031")),
        ("酒田市本町1-1", None),
        ("どこにもない町1", None),
        ("1-2-3", None),
    ] {
        let found = answer(&app, json!({ "address": address }), Some("2026-06-01")).await;
        assert_eq!((told(&found), candidates(&found).len()), (unsure("UNKNOWN"), 0), "{address}");
        assert_eq!(found["municipality"]["code"].as_str(), municipality, "{address}");
    }
}

#[actix_web::test]
async fn a_position_is_never_more_than_approximate() {
    let app = with_districts().await;
    let position = json!({ "position": { "latitude": 38.7316, "longitude": 139.8302 } });
    let found = answer(&app, position, Some("2026-06-01")).await;
    assert_eq!(told(&found), unsure("APPROXIMATE"));
    assert_eq!((found["municipality"]["code"].as_str(), &found["town"]), (Some("062031"), &Value::Null));
    assert!(found["candidates"].as_array().is_some_and(|all| all.iter().all(|c| c["approximate"] == true)));
    assert_eq!(found["candidates"][0]["distanceMeters"], 7.0);
    assert_eq!(
        candidates(&found)[..3],
        ["山形県鶴岡市泉町 → D01", "山形県鶴岡市本町一丁目 → D01", "山形県鶴岡市日吉町 → D06"]
    );
}

#[actix_web::test]
async fn a_position_whose_surroundings_agree_is_still_approximate() {
    let app = App::start().await;
    app.import(fixtures::BOUNDARIES_FILE, fixtures::boundaries()).await;
    let towns = r#"[{"town": "泉町", "koaza": "", "lat": 38.731586, "lng": 139.830118}]"#;
    app.import(fixtures::TOWNS_FILE, towns).await;
    app.import("districts.csv", DISTRICTS).await;
    let position = json!({ "position": { "latitude": 38.75, "longitude": 139.83 } });
    let found = answer(&app, position, Some("2026-06-01")).await;
    assert_eq!(told(&found), unsure("APPROXIMATE"));
    assert_eq!(candidates(&found), ["山形県鶴岡市泉町 → D01"]);
    assert!(found["reason"].as_str().is_some_and(|reason| reason.contains("どれも同じ圏域")));
}

#[actix_web::test]
async fn a_position_without_an_outline_around_it_is_unknown() {
    let app = with_districts().await;
    for (latitude, longitude) in [(35.68, 139.76), (38.9, 139.83)] {
        let position = json!({ "position": { "latitude": latitude, "longitude": longitude } });
        let found = answer(&app, position, None).await;
        assert_eq!((told(&found), &found["municipality"]), (unsure("UNKNOWN"), &Value::Null));
    }
    let position = json!({ "position": { "latitude": 38.5, "longitude": 139.6 } });
    let found = answer(&app, position, None).await;
    assert_eq!(told(&found), unsure("UNKNOWN"), "no reference point within ten kilometres");
    assert_eq!(found["municipality"]["code"], "062031");
}

#[actix_web::test]
async fn before_and_after_a_split_the_district_differs() {
    let app = with_districts().await;
    for (day, hiyoshi, baba) in [("2025-03-31", "D05", "D05"), ("2025-04-01", "D06", "D07")] {
        for (town, district) in [("日吉町", hiyoshi), ("馬場町", baba)] {
            let by = json!({ "address": format!("鶴岡市{town}1-1") });
            assert_eq!(told(&answer(&app, by, Some(day)).await), sure(district), "{town} on {day}");
        }
    }
    let today = answer(&app, json!({ "address": "鶴岡市日吉町1-1" }), None).await;
    assert_eq!(told(&today), sure("D06"), "without a day it is today");
}

#[actix_web::test]
async fn an_office_that_moves_keeps_its_district() {
    let app = with_districts().await;
    let center = Desk::center("見本包括支援センター", &["062031:D01"]);
    desks::write(&app, &[center, Desk::center("見本東包括", &["062031:D02"])]).await;
    let ask = || answer(&app, json!({ "address": "鶴岡市泉町4-20" }), Some("2026-06-01"));
    let before = ask().await;
    assert_eq!(before["supportCenter"]["name"], "見本包括支援センター");
    desks::move_office(&app, "見本包括支援センター", "062031:D02").await;
    desks::move_office(&app, "見本東包括", "062031:D01").await;
    assert_eq!(ask().await, before);
}

#[actix_web::test]
async fn nonsense_is_refused_by_name() {
    let app = with_districts().await;
    let query = "query($by: DistrictLookupInput!) { districtOf(by: $by) { reason } }";
    for (by, field) in [
        (json!({ "address": "" }), "by.address"),
        (json!({ "address": " 　" }), "by.address"),
        (json!({ "address": "鶴岡市\u{0}泉町" }), "by.address"),
        (json!({ "address": "あ".repeat(201) }), "by.address"),
        (json!({ "position": { "latitude": 51.5, "longitude": -0.1 } }), "by.position"),
        (json!({ "position": { "latitude": 139.8, "longitude": 38.7 } }), "by.position"),
        (json!({ "townCode": "泉町" }), "by.townCode"),
        (json!({ "townCode": "062031:" }), "by.townCode"),
        (json!({ "townCode": "062032:泉町" }), "by.townCode"),
    ] {
        assert_eq!(refused_with(&app, query, json!({ "by": by })).await, field, "{by}");
    }
    let bad = "{ districtOf(by: { address: \"\" }) { reason } }";
    assert_eq!(refused(&app, bad).await, "by.address");
}

#[actix_web::test]
async fn an_answer_takes_few_statements() {
    let app = with_districts().await;
    desks::write(&app, &[Desk::center("見本包括", &["062031:D01"])]).await;
    let ask = |by: &str| {
        format!(
            "{{ districtOf(by: {by}) {{ municipality {{ name }} district {{ name }} supportCenter {{ name }}
                coordinators {{ name }} candidates {{ district {{ name supportCenter {{ name }} }} }} }} }}"
        )
    };
    for (by, most) in [
        ("{ address: \"鶴岡市泉町4-20\" }", 8),
        ("{ townCode: \"062031:泉町\" }", 8),
        ("{ position: { latitude: 38.7316, longitude: 139.8302 } }", 7),
    ] {
        let query = ask(by);
        let (data, statements) = app.statements().during(app.as_anonymous().data(&query)).await;
        assert!(statements.len() <= most, "{by}: {} {statements:#?}", statements.len());
        assert!(data.to_string().contains("見本包括"), "{data}");
    }
}
