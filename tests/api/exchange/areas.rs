//! 町字 and boundaries: loaded before or after the facilities they locate.

use super::support::{BABA, OFFICE, Row, counts, csv, graph, named, of, only, stored, unusable, warnings};
use crate::support::{App, fixtures};
use serde_json::json;
use yui::import::ImportOptions;

#[actix_web::test]
async fn towns_imported_later_locate_the_facilities_there() {
    let app = App::start().await;
    let elsewhere = Row::care("0670199906", "通所介護").with("住所", "山形県山形市香澄町3-2");
    app.import("jigyosho.csv", &csv(&[Row::care(OFFICE, "通所介護"), elsewhere])).await;
    assert!(graph(&app).await.iter().all(|node| node["location"]["status"]["value"] == "UNKNOWN"));
    app.import(fixtures::TOWNS_FILE, fixtures::towns()).await;
    let data = app.as_anonymous().data("{ resources(filter: { located: true }) { nodes { location { address position { precision { value } } } } } }").await;
    let expected = json!([{ "location": { "address": "山形県鶴岡市泉町10-1", "position": { "precision": { "value": "TOWN" } } } }]);
    assert_eq!(data["resources"]["nodes"], expected);
}

#[actix_web::test]
async fn a_town_that_moved_takes_its_facilities_along() {
    let app = App::start().await;
    app.import(fixtures::TOWNS_FILE, fixtures::towns()).await;
    app.import("jigyosho.csv", &csv(&[Row::care(OFFICE, "通所介護")])).await;
    let moved = fixtures::towns().replace("38.731586", "38.732");
    let report = app.import(fixtures::TOWNS_FILE, &moved).await;
    assert_eq!(counts(&report), [0, 1, 0, 6, 0, 0, 0]);
    assert_eq!(only(&app).await["location"]["position"]["latitude"], 38.732);
}

#[actix_web::test]
async fn a_town_listed_twice_counts_once() {
    let app = App::start().await;
    let twice = r#"[{"town":"泉町","koaza":"","lat":38.7315,"lng":139.8301},
        {"town":"泉町","koaza":"","lat":38.7,"lng":139.8}]"#;
    let report = app.import(fixtures::TOWNS_FILE, twice).await;
    assert_eq!((report.read, report.created, warnings(&report).len()), (2, 1, 1), "{report:?}");
    let again = app.import(fixtures::TOWNS_FILE, twice).await;
    assert_eq!((again.updated, again.unchanged, again.written), (0, 1, false));
}

#[actix_web::test]
async fn a_town_without_a_usable_point_is_kept_with_a_warning() {
    let app = App::start().await;
    let odd = r#"[{"town":"泉町","lat":38.7315,"lng":139.8301},{"town":"馬場町","lat":38.72,"lng":139.82},
        {"town":"日吉町","lat":38.73,"lng":139.83},
        {"town":"零町","koaza":"","lat":0,"lng":0},{"town":"東京町","koaza":null,"lat":35.68,"lng":139.69}]"#;
    let report = app.import(fixtures::TOWNS_FILE, odd).await;
    assert_eq!(report.created, 5);
    assert_eq!(warnings(&report), [("a 町字 without a usable reference point", 2)]);
}

#[actix_web::test]
async fn a_town_list_must_name_its_municipality() {
    let app = App::start().await;
    let options = ImportOptions::default();
    for file in ["towns.json", "那覇市.json", "府中市.json"] {
        let reason = unusable(app.try_import(file, fixtures::towns(), &options).await);
        assert!(reason.contains("not the name of a municipality"), "{reason}");
    }
    assert!(stored(&app).await.is_empty());
    let county = r#"[{"town":"大字向町","koaza":"","lat":38.7586,"lng":140.5193}]"#;
    assert_eq!(app.import("最上郡最上町.json", county).await.created, 1);
    let row = Row::care(OFFICE, "通所介護").with("住所", "最上町大字向町64").with("都道府県名", "山形県");
    app.import("jigyosho.csv", &csv(&[row])).await;
    let location = only(&app).await["location"].take();
    assert_eq!(
        (&location["municipality"]["name"], &location["status"]["value"]),
        (&json!("最上郡最上町"), &json!("LOCATED"))
    );
}

#[actix_web::test]
async fn outlines_give_the_same_answer_together_and_one_by_one() {
    let (tsuruoka, yamagata) = halves();
    let row = Row::care(OFFICE, "通所介護").at(("38.25", "140.33"));
    let app = App::start().await;
    app.import("a.geojson", &tsuruoka).await;
    app.import("jigyosho.csv", &csv(&[row])).await;
    assert_eq!(
        only(&app).await["location"]["status"]["value"],
        "UNKNOWN",
        "the outline of 山形市 is not known yet"
    );
    app.import("b.geojson", &yamagata).await;
    assert_eq!(only(&app).await["location"]["status"]["value"], "UNKNOWN", "it lies in another municipality");
}

/// The fixture with only one of its two municipalities.
fn halves() -> (String, String) {
    let lines: Vec<&str> = fixtures::boundaries().lines().collect();
    let one = |n: usize| [lines[0], lines[n].trim_end_matches(','), lines[3]].join("\n");
    (one(1), one(2))
}

#[actix_web::test]
async fn an_outline_of_no_present_municipality_is_passed_over() {
    let app = App::start().await;
    let text = fixtures::boundaries().replace("06203", "06299").replace("\"06201\"", "null");
    let report = app.import("N03.geojson", &text).await;
    assert_eq!((report.read, report.created, report.written), (2, 0, false));
    assert_eq!(warnings(&report).len(), 2, "{report:?}");
    assert!(stored(&app).await.is_empty());
}

#[actix_web::test]
async fn facilities_keep_their_municipality_through_later_snapshots() {
    let app = App::start().await;
    app.import_with("jigyosho.csv", &csv(&[Row::care(OFFICE, "通所介護")]), &of(4, 1)).await;
    let moved = Row::care(OFFICE, "通所介護").with("住所", "山形県山形市香澄町3-2").at(BABA);
    app.import_with("jigyosho.csv", &csv(&[moved]), &of(6, 1)).await;
    assert_eq!(named(&app, "見本苑").await["location"]["municipality"]["code"], "062014");
}
