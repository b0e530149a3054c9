//! What lists of municipalities hold beside halls: hospitals, places for children, health centres; the columns that are kept
//! and those for which there is no place.

use super::support::{Row, csv, of, warnings};
use crate::support::{App, fixtures};
use serde_json::Value;
use yui::import::ImportOptions;
use yui::import::complaint::Remark;

const LIST: &str = "公共施設一覧.csv";

fn building(name: &str, town: &str) -> Row {
    let row = Row::building(name).with("住所", &format!("山形県鶴岡市{town}"));
    let row = row.with("郵便番号", "〒997-0816").with("電話番号", "0235-00-0001");
    row.with("開始時間", "09:00").with("終了時間", "17:00").with("駐車場の台数", "12").with("URL", "")
}

async fn kinds(app: &App) -> Vec<(String, String)> {
    let query = "{ resources(first: 50, orderBy: NAME) { nodes { __typename name } } }";
    let data = app.as_anonymous().data(query).await;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let nodes = data["resources"]["nodes"].as_array().expect("a list").iter();
    nodes.map(|node| (text(&node["name"]), text(&node["__typename"]))).collect()
}

#[actix_web::test]
async fn public_buildings_come_in_where_a_kind_exists_and_are_counted_by_kind_elsewhere() {
    let app = App::start().await;
    let rows = [
        building("見本公民館", "馬場町1-1"),
        building("見本児童館", "馬場町2-1"),
        building("見本子育て支援センター", "馬場町3-1"),
        building("見本市保健センター", "馬場町4-1"),
        building("見本市立病院", "馬場町5-1"),
        building("見本小学校", "馬場町6-1"),
        building("見本中学校", "馬場町7-1"),
        building("見本動物病院", "馬場町8-1"),
    ];
    let report = app.import_with(LIST, &csv(&rows), &of(10, 1)).await;
    assert_eq!((report.created, report.rejected_rows()), (5, 0), "{:?}", report.rejected);
    let left: Vec<u64> = report.left_out.values().copied().collect();
    assert_eq!(left.iter().sum::<u64>(), 3);
    let schools = Remark::OtherBuilding { kind: "学校".to_owned() };
    assert_eq!(report.left_out.get(&schools), Some(&2), "{:?}", report.left_out);

    let kinds = kinds(&app).await;
    let kind = |name: &str| kinds.iter().find(|(other, _)| other == name).map(|(_, kind)| kind.as_str());
    assert_eq!(kind("見本公民館"), Some("GatheringPlace"));
    assert_eq!(kind("見本児童館"), Some("GatheringPlace"));
    assert_eq!(kind("見本子育て支援センター"), Some("GatheringPlace"));
    assert_eq!(kind("見本市保健センター"), Some("ConsultationDesk"));
    assert_eq!(kind("見本市立病院"), Some("MedicalFacility"));
    let again = app.import_with(LIST, &csv(&rows), &of(10, 1)).await;
    assert_eq!((again.created + again.updated, again.unchanged), (0, 5));
}

#[actix_web::test]
async fn a_hospital_of_a_public_buildings_list_is_the_one_of_the_national_file() {
    let app = App::start().await;
    let national =
        Row::medical("0612345").with("正式名称", "見本市立病院").with("所在地", "山形県鶴岡市馬場町5-1");
    app.import_with("01-1_hospital_facility_info_20261001.csv", &csv(&[national]), &of(10, 1)).await;
    let report = app.import_with(LIST, &csv(&[building("見本市立病院", "馬場町5番1号")]), &of(10, 1)).await;
    assert!(report.rejected.is_empty(), "{:?}", report.rejected);
    let query = "{ medicalFacilities { totalCount nodes { name contacts { tel } identifiers { value }
        location { postalCode } } } }";
    let data = app.as_anonymous().data(query).await;
    let list = &data["medicalFacilities"];
    assert_eq!(list["totalCount"], 1, "{list}");
    assert_eq!(list["nodes"][0]["contacts"][0]["tel"], "0235-00-0001");
    assert_eq!(list["nodes"][0]["location"]["postalCode"], "997-0816");
}

/// The older list's position lies outside of the city, which the report must not say: the one of the national file counts.
#[actix_web::test]
async fn a_dry_run_joins_a_hospital_before_it_speaks_of_its_position() {
    let app = App::start().await;
    app.import(fixtures::BOUNDARIES_FILE, fixtures::boundaries()).await;
    let address = "山形県山形市香澄町3-2";
    let national = Row::medical("0612345").with("正式名称", "見本市立病院").with("所在地", address);
    let national = national.with("所在地座標（緯度）", "38.25").with("所在地座標（経度）", "140.33");
    app.import_with("01-1_hospital_facility_info_20261001.csv", &csv(&[national]), &of(10, 1)).await;
    let listed = Row::building("見本市立病院").with("住所", address).at(("39.1", "140.3"));
    let alone = App::start().await;
    alone.import(fixtures::BOUNDARIES_FILE, fixtures::boundaries()).await;
    let outside = alone.import_with(LIST, &csv(std::slice::from_ref(&listed)), &of(9, 1)).await;
    assert!(warnings(&outside).iter().any(|(said, _)| said.contains("boundary")), "{:?}", outside.warnings);
    let trial = ImportOptions { dry_run: true, ..of(9, 1) };
    let tried = app.import_with(LIST, &csv(&[listed]), &trial).await;
    assert!(!warnings(&tried).iter().any(|(said, _)| said.contains("boundary")), "{:?}", tried.warnings);
    assert_eq!((tried.created, tried.written), (1, false));
}

#[actix_web::test]
async fn columns_without_a_place_are_named_and_words_for_a_web_address_are_kept() {
    let app = App::start().await;
    let row = building("見本公民館", "馬場町1-1").with("URL", "見本市ホームページをご覧ください");
    let report = app.import_with(LIST, &csv(&[row]), &of(10, 1)).await;
    let unread = report.notes.iter().find_map(|note| match note {
        Remark::UnreadColumns { columns } => Some(columns.0.clone()),
        _ => None,
    });
    assert_eq!(unread, Some(vec!["駐車場の台数".to_owned()]), "the municipality is read from its code");
    let query = "{ gatheringPlaces { nodes { url note location { postalCode } } } }";
    let node = app.as_anonymous().data(query).await["gatheringPlaces"]["nodes"][0].take();
    assert!(node["url"].is_null());
    assert_eq!(node["note"], "ホームページ：見本市ホームページをご覧ください");
    assert_eq!(node["location"]["postalCode"], "997-0816");
}

#[actix_web::test]
async fn all_flaws_of_a_row_of_an_official_list_are_said_at_once() {
    for (file, row, columns) in [
        (
            "jigyosho_20261001.csv",
            Row::care("123", "見本サービス").with("事業所名", ""),
            &["サービスの種類", "事業所番号", "事業所名"][..],
        ),
        (
            "01-1_hospital_facility_info_20261001.csv",
            Row::medical("?").with("正式名称", "").with("所在地", "見本町1-1"),
            &["ID", "正式名称", "所在地"],
        ),
        (
            "kayoinoba.csv",
            Row::kayoinoba("").with("市区町村コード", "").with("所在地（都道府県から番地まで）", "1-1"),
            &["名称", "市区町村コード"],
        ),
    ] {
        let app = App::start().await;
        let report = app.import_with(file, &csv(&[row]), &of(10, 1)).await;
        let found: Vec<&str> = report.rejected.iter().filter_map(|flaw| flaw.column).collect();
        assert_eq!(found, columns, "{file}: {:?}", report.rejected);
        assert_eq!((report.rejected_rows(), report.created), (1, 0));
    }
}

/// Older lists number their rows anew, so an event is known by its name and day, and where several have both by its place.
#[actix_web::test]
async fn events_of_one_name_and_day_at_two_halls_are_two() {
    let app = App::start().await;
    let columns =
        "都道府県コード又は市区町村コード,NO,イベント名,開始日,開始時間,場所名称,住所,連絡先電話番号";
    let row = |number: u8, hall: &str, town: &str| {
        format!("062031,{number},見本検診,2026-12-05,09:00,{hall},山形県鶴岡市{town},090-0000-0001\n")
    };
    let (east, west) = (row(1, "見本東公民館", "泉町4-20"), row(2, "見本西公民館", "馬場町9-25"));
    let list = |rows: [&str; 2]| format!("{columns}\n{}{}", rows[0], rows[1]);
    let report = app.import_with("イベント.csv", &list([&east, &west]), &of(11, 1)).await;
    assert_eq!((report.created, report.rejected.len()), (2, 0), "{:?}", report.rejected);
    assert!(report.warnings.keys().all(|warning| warning.column.as_deref() == Some("連絡先電話番号")));
    let query = "{ gatheringPlaces { nodes { id venue { name } location { address } } } }";
    let before = app.as_anonymous().data(query).await;
    assert_eq!(before["gatheringPlaces"]["nodes"].as_array().map(Vec::len), Some(2));
    // In another order they stay themselves.
    let report = app.import_with("イベント.csv", &list([&west, &east]), &of(11, 1)).await;
    assert_eq!((report.unchanged, report.created + report.updated), (2, 0), "{report:?}");
    assert_eq!(app.as_anonymous().data(query).await, before);
    // A third row that says the same again is no event of its own.
    let report =
        app.import_with("イベント.csv", &format!("{}{east}", list([&east, &west])), &of(11, 1)).await;
    assert_eq!((report.unchanged, report.rejected.len()), (2, 1), "{report:?}");
}
