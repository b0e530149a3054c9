//! Published coordinates: which are accepted, and the substitutes for the rest.

use super::support::{IZUMI, OFFICE, Row, csv, only, warnings};
use crate::support::{App, fixtures};
use serde_json::{Value, json};
use yui::import::complaint::Remark;

/// The location of one office, and the remarks about it.
async fn located(app: &App, row: Row) -> (Value, Vec<String>) {
    let report = app.import("jigyosho.csv", &csv(&[row])).await;
    assert_eq!((report.created, report.rejected.len()), (1, 0), "the row is taken all the same");
    let remarks = warnings(&report).iter().map(|(reason, _)| (*reason).to_owned()).collect();
    (only(app).await["location"].take(), remarks)
}

#[actix_web::test]
async fn impossible_coordinates_are_left_out_with_a_reason() {
    for (latitude, longitude, said) in [
        ("0", "0", "the coordinates are 0"),
        ("0.000000", "139.8", "the coordinates are 0"),
        ("139.8301", "38.7315", "swapped"),
        ("53.41291", "-8.24389", "not in Japan"),
        ("36.204824", "138.252924", "centre of Japan"),
        ("35.6895", "139.6917", "another prefecture"),
        ("38度43分", "139.8301", "not numbers"),
        ("38.7315", "", "only one of"),
        ("NaN", "139.8", "not numbers"),
    ] {
        let app = App::start().await;
        let (location, remarks) =
            located(&app, Row::care(OFFICE, "通所介護").at((latitude, longitude))).await;
        assert_eq!((&location["status"]["value"], &location["position"]), (&json!("UNKNOWN"), &Value::Null));
        assert!(remarks.len() == 1 && remarks[0].contains(said), "{latitude},{longitude}: {remarks:?}");
        assert!(remarks[0].ends_with("; left out"), "{remarks:?}");
    }
}

#[actix_web::test]
async fn good_coordinates_are_the_position() {
    let app = App::start().await;
    app.import(fixtures::TOWNS_FILE, fixtures::towns()).await;
    app.import(fixtures::BOUNDARIES_FILE, fixtures::boundaries()).await;
    let (location, remarks) = located(&app, Row::care(OFFICE, "通所介護").at(IZUMI)).await;
    let position = json!({ "latitude": 38.7315, "longitude": 139.8301, "precision": { "value": "SOURCE" } });
    assert_eq!((&location["status"]["value"], &location["position"]), (&json!("LOCATED"), &position));
    assert_eq!(remarks, [] as [&str; 0]);
}

#[actix_web::test]
async fn without_coordinates_the_town_is_the_position() {
    let point = json!({ "latitude": 38.731586, "longitude": 139.830118, "precision": { "value": "TOWN" } });
    for (address, coordinates) in [
        ("山形県鶴岡市泉町10-1", ("", "")),
        ("鶴岡市大字泉町１０番１号", ("0", "0")),
        ("鶴岡市 泉町", ("53.41291", "-8.24389")),
    ] {
        let app = App::start().await;
        app.import(fixtures::TOWNS_FILE, fixtures::towns()).await;
        let row = Row::care(OFFICE, "通所介護").with("住所", address).at(coordinates);
        let (location, _) = located(&app, row).await;
        assert_eq!(
            (&location["status"]["value"], &location["position"]),
            (&json!("LOCATED"), &point),
            "{address}"
        );
        assert_eq!(location["municipality"]["code"], "062031");
    }
}

#[actix_web::test]
async fn a_town_that_is_unknown_or_ambiguous_gives_no_position() {
    let twice = r#"[{"town":"見本町","koaza":"","lat":38.7,"lng":139.8},
        {"town":"大字見本町","koaza":"","lat":38.6,"lng":139.7},
        {"town":"点のない町","koaza":"","lat":null,"lng":null}]"#;
    for address in ["鶴岡市見本町1", "鶴岡市どこにもない町1", "鶴岡市点のない町1", "鶴岡市", ""]
    {
        let app = App::start().await;
        app.import(fixtures::TOWNS_FILE, twice).await;
        let (location, _) = located(&app, Row::care(OFFICE, "通所介護").with("住所", address)).await;
        assert_eq!(
            (&location["status"]["value"], &location["position"]),
            (&json!("UNKNOWN"), &Value::Null),
            "{address}"
        );
    }
}

#[actix_web::test]
async fn a_position_outside_of_the_loaded_outline_is_left_out() {
    let hole = ("38.175", "140.475");
    let row = |at| Row::care(OFFICE, "通所介護").with("住所", "山形県山形市香澄町3-2").at(at);
    for (at, status) in [(hole, "UNKNOWN"), (("39.1", "140.3"), "UNKNOWN"), (("38.25", "140.33"), "LOCATED")]
    {
        let app = App::start().await;
        app.import(fixtures::BOUNDARIES_FILE, fixtures::boundaries()).await;
        let (location, remarks) = located(&app, row(at)).await;
        assert_eq!(location["status"]["value"], status, "{at:?}");
        assert_eq!(remarks.iter().any(|r| r.contains("boundary")), status == "UNKNOWN", "{remarks:?}");
    }
    let app = App::start().await;
    let (location, _) = located(&app, row(hole)).await;
    assert_eq!(location["status"]["value"], "LOCATED", "nothing is known of a hole yet");
    let report = app.import(fixtures::BOUNDARIES_FILE, fixtures::boundaries()).await;
    assert_eq!(only(&app).await["location"]["status"]["value"], "UNKNOWN");
    assert!(warnings(&report)[0].0.contains("boundary"), "{report:?}");
}

/// The address wins over the code where it names a city itself, also one of another prefecture.
#[actix_web::test]
async fn a_city_in_the_address_wins_over_a_code_of_another_prefecture() {
    for (code, address, municipality, rejected) in [
        ("131016", "鶴岡市馬場町9-25", Some("062031"), 0),
        ("062031", "鶴岡市馬場町9-25", Some("062031"), 0),
        ("062031", "府中市宮西町2", None, 1),
        ("062031", "大山町1-2", Some("062031"), 0),
        ("062031", "中央区1-1", Some("062031"), 0),
        ("041009", "青葉区本町1-1", Some("041009"), 0),
    ] {
        let app = App::start().await;
        let salon = Row::entry("種類", "サロン").with("市区町村コード", code).with("住所", address);
        let report = app.import("通いの場.csv", &csv(&[salon.with("開催日時", "毎週木曜")])).await;
        assert_eq!(report.rejected_rows(), rejected, "{code} {address}: {:?}", report.rejected);
        let is_warned = report.warnings.keys().any(|w| matches!(w.remark, Remark::CodeElsewhere { .. }));
        assert_eq!(is_warned, code == "131016" || rejected == 1, "{code} {address}: {:?}", report.warnings);
        let has_no_ward = report.warnings.keys().any(|w| matches!(w.remark, Remark::WardWithoutCity { .. }));
        assert_eq!(has_no_ward, address.starts_with("中央区"), "{code} {address}: {:?}", report.warnings);
        let data =
            app.as_anonymous().data("{ resources { nodes { location { municipality { code } } } } }").await;
        let found = data["resources"]["nodes"][0]["location"]["municipality"]["code"].as_str();
        assert_eq!(found, municipality, "{code} {address}");
    }
}

#[actix_web::test]
async fn a_municipality_code_is_read_in_every_spelling_and_a_damaged_one_leaves_it_to_the_address() {
    for (code, warned) in [("062031", 0), ("06203", 0), ("62031", 0), ("062032", 1), ("鶴岡市", 1), ("", 0)]
    {
        let app = App::start().await;
        let row = Row::care(OFFICE, "通所介護").with("都道府県コード又は市町村コード", code);
        let (location, remarks) = located(&app, row).await;
        assert_eq!(location["municipality"]["code"], "062031", "{code}");
        assert_eq!(remarks.len(), warned, "{code}: {remarks:?}");
    }
}
