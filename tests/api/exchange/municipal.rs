//! The lists of municipalities: standard sets, workbooks and JSON lists, with their real columns.

use super::real_data::folder;
use super::support::{unusable, warnings};
use crate::support::App;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use yui::import::complaint::Language::English;
use yui::import::report::Report;
use yui::import::{ImportOptions, Outcome};

/// The formats that are tested here and in `municipal_medical`.
pub const FORMATS: [&str; 12] = [
    "municipal-medical",
    "municipal-care",
    "municipal-facilities",
    "municipal-childcare",
    "municipal-events",
    "municipal-population",
    "locations",
    "yuzawa-life-event",
    "yuzawa-consultation",
    "yuzawa-welfare",
    "yuzawa-group-homes",
    "yuzawa-vaccination",
];

const FACILITIES: &str = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,名称_通称,POIコード,住所,方書,緯度,経度,電話番号,内線番号,法人番号,団体名,利用可能曜日,開始時間,終了時間,利用可能時間特記事項,説明,バリアフリー情報,URL,備考
352136,0000000001,山口県,美祢市,見本公民館,ミホンコウミンカン,,,山口県美祢市大嶺町東分326-1,,34.16637,131.20607,0837-00-0001,,,美祢市,月火水木金土日,08:30,17:15,休館日：年末年始,,多目的トイレ有り;スロープ無し,https://www.example.jp/,
352136,0000000002,山口県,美祢市,見本老人憩いの家,,,,山口県美祢市西厚保町本郷1034番地3,,,,,,,美祢市,月火水木金,09:00,17:00,浴場は月水金,,,,
352136,0000000003,山口県,美祢市,見本市役所,,,,山口県美祢市大嶺町東分326-2,,,,,,,,,,,,,,,
";

const EVENTS: &str = "市区町村コード,NO,都道府県名,市区町村名,イベント名,イベント名_カナ,開始日,終了日,開始時間,終了時間,開始日時特記事項,説明,料金(基本),料金(詳細),連絡先名称,連絡先電話番号,主催者,場所名称,住所,緯度,経度,URL
352063,1,山口県,防府市,見本まつり,ミホンマツリ,2027/4/3,2027/4/4,10:00,15:00,,出店があります。,無料,,見本実行委員会,0835-00-0001,見本実行委員会,見本公園,山口県防府市松崎町14-1,34.06335,131.57408,
352063,2,山口県,防府市,見本展,,2027/4/19,2027/6/2,9:00,17:00,,,900,大人900円、共通券1200円,,090-0000-0001(会長),,見本館,山口県防府市多々良一丁目15-1,,,
";

fn xlsx(rows: &[&[&str]]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (n, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write(n, column, number).expect("a cell"),
                Err(_) => sheet.write(n, column, *cell).expect("a cell"),
            };
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

async fn taken(app: &App, name: &str, bytes: impl AsRef<[u8]>) -> Report {
    match app.try_import(name, bytes, &ImportOptions::default()).await {
        Outcome::Read(report) => *report,
        Outcome::Unusable(refusal) => panic!("{refusal:?}"),
    }
}

async fn nodes(app: &App, root: &str, fields: &str) -> Vec<Value> {
    let data = app.as_anonymous().data(&format!("{{ {root}(first: 100) {{ nodes {{ {fields} }} }} }}")).await;
    let mut nodes = data[root]["nodes"].as_array().cloned().unwrap_or_default();
    nodes.sort_by_key(|node| node["name"].to_string());
    nodes
}

#[actix_web::test]
async fn an_event_that_was_called_off_is_open_on_none_of_its_days() {
    let app = App::start().await;
    let called_off = EVENTS.replace("見本まつり,ミホンマツリ", "【中止】見本まつり,ミホンマツリ");
    taken(&app, "352063_event.csv", called_off).await;
    let query = r#"{ gatheringPlaces { nodes { name openState(at: "2027-04-03T11:00:00+09:00") { state { value } }
        schedules { occurrences(from: "2027-04-01", to: "2027-04-10") { date status { value } } } } } }"#;
    let data = app.as_anonymous().data(query).await;
    let festival = data["gatheringPlaces"]["nodes"].as_array().expect("a list").clone();
    let festival =
        festival.iter().find(|one| one["name"].as_str().is_some_and(|name| name.contains("まつり")));
    let festival = festival.expect("the festival");
    assert_ne!(festival["openState"]["state"]["value"], "OPEN", "{festival}");
    let occurrences = festival["schedules"][0]["occurrences"].as_array().expect("a list");
    assert!(occurrences.iter().all(|one| one["status"]["value"] == "CANCELLED"), "{festival}");
}

#[actix_web::test]
async fn halls_of_a_public_buildings_list_are_places_of_gathering() {
    let app = App::start().await;
    let report = taken(&app, "公民館一覧（令和3年10月1日時点）.csv", FACILITIES).await;
    assert_eq!((report.format, report.as_of.as_deref()), ("municipal-facilities", Some("2021-10-01")));
    assert_eq!((report.read, report.created, report.rejected.len()), (3, 2, 0));
    assert_eq!(report.left_out.values().sum::<u64>(), 1, "the town hall: {:?}", report.left_out);
    let fields = "name gatheringKind { value } access { features { value } }
        schedules { openingHours computable rawText }";
    let found = nodes(&app, "gatheringPlaces", fields).await;
    assert_eq!(
        found,
        [
            json!({ "name": "見本公民館", "gatheringKind": { "value": "WELFARE_CENTER" },
                "access": { "features": [{ "value": "WHEELCHAIR_TOILET" }] },
                "schedules": [{ "openingHours": "08:30-17:15", "computable": true,
                    "rawText": "月火水木金土日 08:30～17:15\n休館日：年末年始" }] }),
            json!({ "name": "見本老人憩いの家", "gatheringKind": { "value": "WELFARE_CENTER" },
                "access": { "features": [] },
                "schedules": [{ "openingHours": null, "computable": false,
                    "rawText": "月火水木金 09:00～17:00\n浴場は月水金" }] }),
        ]
    );
}

#[actix_web::test]
async fn what_is_published_without_an_area_is_shown_in_a_city_with_districts() {
    let app = App::start().await;
    let districts = "municipality_code,district_code,district_name,town\n352136,1,中央,大嶺町東分\n";
    taken(&app, "districts.csv", districts).await;
    taken(&app, "facilities.csv", FACILITIES).await;
    assert_eq!(nodes(&app, "gatheringPlaces", "name").await.len(), 2);
}

#[actix_web::test]
async fn events_have_their_dates_and_keep_private_numbers() {
    let app = App::start().await;
    let report = taken(&app, "events.csv", EVENTS).await;
    assert_eq!((report.format, report.created, report.rejected.len()), ("municipal-events", 2, 0));
    let fields = "name gatheringKind { value } fees { kind { value } amountYen }
        contacts { tel } schedules { openingHours computable }";
    let found = nodes(&app, "gatheringPlaces", fields).await;
    assert_eq!(
        found,
        [
            json!({ "name": "見本まつり", "gatheringKind": { "value": "EVENT" },
                "fees": [{ "kind": { "value": "FREE" }, "amountYen": null }],
                "contacts": [{ "tel": "0835-00-0001" }],
                "schedules": [{ "openingHours": "2027 Apr 3,2027 Apr 4 10:00-15:00", "computable": true }] }),
            json!({ "name": "見本展", "gatheringKind": { "value": "EVENT" },
                "fees": [{ "kind": { "value": "UNKNOWN" }, "amountYen": null }],
                "contacts": [],
                "schedules": [{ "openingHours": null, "computable": false }] }),
        ]
    );
}

#[actix_web::test]
async fn a_workbook_of_places_is_read_by_its_rows() {
    let app = App::start().await;
    let bytes = xlsx(&[
        &["高松市の施設"],
        &[
            "#property",
            "latitude",
            "longitude",
            "name",
            "address",
            "telephoneNumber",
            "availableDate",
            "startTime",
            "endTime",
            "availableDateNote",
        ],
        &[
            "1",
            "34.3304",
            "134.0518",
            "地域包括支援センター見本",
            "高松市桜町一丁目9-12",
            "087-000-0001",
            "月火水木金",
            "08:30",
            "17:00",
            "祝日は休み",
        ],
        &[],
        &[
            "2",
            "34.3475",
            "134.0324",
            "高松市見本コミュニティセンター",
            "高松市瀬戸内町22-9",
            "087-000-0002",
            "",
            "",
            "",
            "",
        ],
        &["3", "34.3475", "134.0324", "", "高松市瀬戸内町22-9", "", "", "", "", ""],
        &["4", "34.3475", "134.0324", "高松市立見本小学校", "高松市瀬戸内町22-9", "", "", "", "", ""],
    ]);
    let report = taken(&app, "data.xlsx", bytes).await;
    assert_eq!((report.format, report.encoding, report.created), ("locations", "XLSX", 2));
    assert_eq!(report.rejected.iter().map(|row| row.line).collect::<Vec<_>>(), [6], "as the sheet counts");
    assert_eq!(report.left_out.values().sum::<u64>(), 1);
    let desks = nodes(&app, "consultationDesks", "name topics { value } schedules { openingHours }").await;
    assert_eq!(
        desks,
        [json!({ "name": "地域包括支援センター見本",
            "topics": [{ "value": "SUPPORT_CENTER" }, { "value": "ELDERLY" }],
            "schedules": [{ "openingHours": "Mo-Fr 08:30-17:00" }] })]
    );
    let halls = nodes(&app, "gatheringPlaces", "name").await;
    assert_eq!(halls, [json!({ "name": "高松市見本コミュニティセンター" })]);
}

#[actix_web::test]
async fn json_lists_of_desks_and_facilities_are_read_by_their_lines() {
    let app = App::start().await;
    let desks = r#"{
  "source": "Data by 湯沢市 - ライフイベントに関する相談窓口",
  "data": [
    { "consultation": "子育てに関する悩み", "name": "見本センター", "time": "月～土\n9:30～18:00",
      "location": "湯沢市柳町2-1-39（食品館隣り）", "tel": "73-0000" },
    { "consultation": "結婚に関する相談", "name": "", "time": "", "location": "", "tel": "" }
  ]
}"#;
    let report = taken(&app, "life_event.json", desks).await;
    assert_eq!((report.format, report.created), ("yuzawa-life-event", 1));
    assert_eq!(report.rejected.iter().map(|row| row.line).collect::<Vec<_>>(), [6]);
    let found = nodes(&app, "consultationDesks", "name topics { value } schedules { openingHours }").await;
    assert_eq!(
        found,
        [json!({ "name": "見本センター", "topics": [{ "value": "CHILD_FAMILY" }],
            "schedules": [{ "openingHours": "Mo-Sa 09:30-18:00" }] })]
    );
    let welfare = r#"{ "source": "Data by 湯沢市 - 湯沢市の社会福祉施設",
        "index": { "data_01": "特別養護老人ホーム（法人営）", "data_14": "憩いの家" },
        "data_01": [{ "name": "見本苑", "address": "関口1", "tel": "73-0001" }],
        "data_14": [{ "name": "見本老人憩の家", "address": "駒形町字八面袖沢122", "tel": "42-0000" }] }"#;
    let report = taken(&app, "welfare.json", welfare).await;
    assert_eq!((report.format, report.read, report.created), ("yuzawa-welfare", 2, 1));
    let told = report.left_out.keys().next().map(|what| what.say(English)).unwrap_or_default();
    assert!(told.contains("特別養護老人ホーム") && told.contains("national file"), "{told}");
    let offices = r#"{ "source": "Data by 湯沢市 - 相談支援事業所(障がい児・者)", "data": [
        { "name": "見本相談支援事業所", "zipcode": "〒012-0055", "address": "湯沢市山田字中屋敷１５番地１",
          "tel": "TEL　0183-00-0001", "fax": "FAX　0183-00-0002" } ] }"#;
    let report = taken(&app, "offices.json", offices).await;
    assert_eq!((report.format, report.created), ("yuzawa-consultation", 1));
    assert_eq!(warnings(&report), []);
}

#[actix_web::test]
async fn a_list_for_parents_gives_only_the_places_where_they_meet() {
    let app = App::start().await;
    let header = "全国地方公共団体コード,ID,地方公共団体名,名称,種別,所在地_全国地方公共団体コード,所在地_連結表記,緯度,経度,電話番号,収容定員,受入年齢,利用可能曜日,開始時間,終了時間,利用可能日時特記事項,URL\n";
    let rows = "352071,K1,山口県下松市,見本保育園,認可私立保育所,352071,山口県下松市潮音町4-2-1,,,,90,3ヶ月から,月火水木金土,07:30,19:00,,\n352071,K2,山口県下松市,見本子育て支援センター,子育て支援センター,352071,山口県下松市美里町3-22-20,,,0833-00-0001,,未就園児,月火水木金,09:00,16:00,,\n";
    let report = taken(&app, "children.csv", format!("{header}{rows}")).await;
    assert_eq!((report.format, report.read, report.created), ("municipal-childcare", 2, 1));
    let found =
        nodes(&app, "gatheringPlaces", "name gatheringKind { value } eligibility { childRearing text }")
            .await;
    assert_eq!(
        found,
        [json!({ "name": "見本子育て支援センター", "gatheringKind": { "value": "MULTIGEN_HUB" },
            "eligibility": { "childRearing": true, "text": "未就園児" } })]
    );
}

#[actix_web::test]
async fn a_list_of_care_offices_is_the_same_offices_as_the_national_file() {
    let app = App::start().await;
    let list = "全国地方公共団体コード,ID,地方公共団体名,介護サービス事業所名称,介護サービス事業所名称_カナ,実施サービス,所在地_連結表記,電話番号,事業所番号,収容定員,URL\n352071,C1,山口県下松市,見本デイ,ミホンデイ,通所介護,山口県下松市中央町21-3,0833-00-0002,3570799901,18,\n";
    let report = taken(&app, "care.csv", list).await;
    assert_eq!((report.format, report.created, report.rejected.len()), ("municipal-care", 1, 0));
    let found = nodes(&app, "careFacilities", "name services { serviceType { code } capacity }").await;
    assert_eq!(
        found,
        [json!({ "name": "見本デイ", "services": [{ "serviceType": { "code": "150" }, "capacity": 18 }] })]
    );
}

#[actix_web::test]
async fn a_file_without_resources_is_known_and_refused() {
    let app = App::start().await;
    let population = "都道府県コード又は市区町村コード,地域コード,調査年月日,地域名,総人口,世帯数\n353418,,2025-05-31,上関,682,382\n";
    let homes = r#"{ "data": [{ "service": "", "business_name": "見本会", "name": "見本ホーム", "address": "湯沢市", "capacity": 5 }] }"#;
    let clinics = r#"{ "data": [{ "name": "見本医院", "address": "湯沢市", "tel": "", "bcg": "○", "hpv": null, "infu": null }] }"#;
    for (file, text, said) in [
        ("population.csv", population, "table of the population"),
        ("homes.json", homes, "group homes"),
        ("clinics.json", clinics, "who vaccinates"),
    ] {
        let reason = unusable(app.try_import(file, text, &ImportOptions::default()).await);
        assert!(reason.contains(said), "{reason}");
    }
}

#[actix_web::test]
async fn the_real_lists_are_taken_and_a_second_time_changes_nothing() {
    let Some(folder) = folder() else {
        println!("note: the real files are not at hand; the fixtures above stand in for them");
        return;
    };
    let app = App::start().await;
    let mut paths: Vec<_> = ["takamatsu-city", "yuzawa-city", "yamaguchi-municipal"]
        .iter()
        .flat_map(|inner| files(&folder.join(inner)))
        .collect();
    paths.sort();
    for (turn, created) in [(1, 454), (2, 0)] {
        let (mut sum, mut refused) = (0, 0);
        for path in &paths {
            let options = ImportOptions::default();
            match yui::import::import(
                app.databases(),
                path,
                &options,
                crate::support::clock::clock(),
                |_, _| {},
            )
            .await
            .expect("no error")
            {
                Outcome::Read(report) => {
                    assert!(report.rejected.is_empty(), "{}", report.table(English));
                    sum += report.created + report.updated + report.confirmed;
                }
                Outcome::Unusable(_) => refused += 1,
            }
        }
        assert_eq!((sum, refused), (created, 3), "turn {turn}");
    }
}

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of official files");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let all = paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    all.filter(|path| path.extension().is_some_and(|end| end != "yml")).collect()
}
