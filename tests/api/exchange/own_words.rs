//! What an officer writes in a city's own list: words that close an entry are understood, what looks private is not shown,
//! and no message leads to a wrong fact.

use super::support::of;
use crate::support::App;
use serde_json::{Value, json};
use yui::import::ImportOptions;
use yui::import::complaint::Language;

const COLUMNS: &str = "管理番号,名称,種類,市区町村コード,利用できる地区,開催日時,住所,方書,所在地の扱い,会場名,会場の種類,状態,休止理由,備考";

/// A row with these cells after the schedule, in the order of the columns.
fn row(number: &str, name: &str, cells: &str) -> String {
    format!("{COLUMNS}\n{number},{name},サロン,062031,全域,毎週木曜 10:00～12:00,{cells}\n")
}

async fn only(app: &App) -> Value {
    let query = "{ resources(filter: { states: [PUBLISHED, SUSPENDED, ENDED] }) { nodes { state { value }
        location { address building status { value } } ... on GatheringPlace { venue { name } } } } }";
    app.as_anonymous().data(query).await["resources"]["nodes"][0].clone()
}

#[actix_web::test]
async fn a_private_home_is_not_shown_however_it_is_written() {
    for (cells, remarks) in [
        ("鶴岡市泉町4-20,,,見本花子の家,自宅,,,", 1),
        ("鶴岡市泉町4-20,,個人宅,見本の家,,,,", 1),
        ("鶴岡市泉町4-20,,非公開,,,,,", 0),
        ("鶴岡市泉町4-20,,,見本花子宅,,,,", 2),
        ("鶴岡市泉町4-20,,,民生委員 見本花子さん宅,その他,,,", 2),
        ("鶴岡市泉町4番20号 見本花子方,,,見本の家,,,,", 2),
        ("鶴岡市泉町4-20,（見本花子方）,,,,,,", 1),
    ] {
        let app = App::start().await;
        let report = app.import_with("通いの場.csv", &row("G1", "見本の集い", cells), &of(11, 1)).await;
        assert_eq!(report.rejected, [], "{cells}");
        assert_eq!(report.warnings.len(), remarks, "{cells}: {:?}", report.warnings);
        let place = only(&app).await;
        let hidden = json!({ "address": null, "building": null, "status": { "value": "WITHHELD" } });
        assert_eq!(place["location"], hidden, "{cells}");
        assert!(!place.to_string().contains("花子"), "{cells}: {place}");
    }
    let app = App::start().await;
    let may_be_shown = "鶴岡市泉町4-20,,所在地あり,見本花子宅,,,,";
    app.import_with("通いの場.csv", &row("G1", "見本の集い", may_be_shown), &of(11, 1)).await;
    assert_eq!(only(&app).await["venue"]["name"], "見本花子宅", "the list says that it may be shown");
}

#[actix_web::test]
async fn a_postal_code_in_the_address_and_columns_by_other_names_are_read() {
    for written in
        ["〒997-0035 鶴岡市泉町4-20", "(997-0035)鶴岡市泉町4-20", "９９７－００３５　鶴岡市泉町４－２０"]
    {
        let app = App::start().await;
        let list = format!(
            "管理番号,団体名,種類,市区町村コード,利用できる地区,開催日,住所,開催場所,料金の種類,参加費,電話\nG1,見本の集い,サロン,062031,全域,毎週木曜,{written},見本公民館,1回ごと,100,0235-00-0001\n"
        );
        let report = app.import_with("通いの場.csv", &list, &of(11, 1)).await;
        assert_eq!((report.rejected.len(), report.created), (0, 1), "{written}: {:?}", report.rejected);
        let query = "{ gatheringPlaces { nodes { name location { postalCode address } venue { name } fees { amountYen }
            contacts { tel } schedules { rawText } } } }";
        let found = app.as_anonymous().data(query).await["gatheringPlaces"]["nodes"][0].clone();
        assert_eq!(
            found,
            json!({
                "name": "見本の集い", "location": { "postalCode": "997-0035", "address": "鶴岡市泉町4-20" },
                "venue": { "name": "見本公民館" }, "fees": [{ "amountYen": 100 }],
                "contacts": [{ "tel": "0235-00-0001" }], "schedules": [{ "rawText": "毎週木曜" }],
            }),
            "{written}"
        );
    }
}

#[actix_web::test]
async fn words_that_end_or_suspend_an_activity_are_understood() {
    for (name, cells, state, remarks) in [
        ("見本の集い", "鶴岡市泉町4-20,,,,,休止中,,", Some("SUSPENDED"), 0),
        ("見本の集い", "鶴岡市泉町4-20,,,,,再開未定,,", Some("SUSPENDED"), 0),
        ("見本の集い", "鶴岡市泉町4-20,,,,,解散,,", Some("ENDED"), 0),
        ("見本の集い", "鶴岡市泉町4-20,,,,,準備中,,", None, 0),
        ("見本の集い", "鶴岡市泉町4-20,,,,,,担い手不足,", Some("SUSPENDED"), 1),
        ("見本の集い（休止中）", "鶴岡市泉町4-20,,,,,,,", Some("PUBLISHED"), 1),
        ("見本の集い", "鶴岡市泉町4-20,,,,,,,令和7年度で終了しました。", Some("PUBLISHED"), 1),
    ] {
        let app = App::start().await;
        let report = app.import_with("通いの場.csv", &row("G1", name, cells), &of(11, 1)).await;
        assert_eq!(report.rejected, [], "{cells}");
        assert_eq!(report.warnings.len(), remarks, "{name} {cells}: {:?}", report.warnings);
        assert_eq!(only(&app).await["state"]["value"].as_str(), state, "{name} {cells}");
    }
}

#[actix_web::test]
async fn no_message_asks_for_an_empty_cell_that_would_publish_the_entry() {
    let app = App::start().await;
    for (cells, column) in [
        ("鶴岡市泉町4-20,,,,古民家カフェ,,,", "会場の種類"),
        ("鶴岡市泉町4-20,,どこか,,,,,", "所在地の扱い"),
        ("鶴岡市泉町4-20,,,,,たぶん,,", "状態"),
    ] {
        let report = app.import_with("通いの場.csv", &row("G1", "見本の集い", cells), &of(11, 1)).await;
        let told = report.table(Language::Japanese);
        assert!(told.contains(column) && told.contains("空欄は「公開する」の意味になります"), "{told}");
        assert!(!told.contains("空欄にします"), "{told}");
    }
    let two = "管理番号,名称,種類,市区町村コード,利用できる地区,開催日時,その他の活動\nG1,見本の集い,サロン,062031,全域,毎週木曜,手芸、茶話会、買物\n";
    let told = app.import_with("通いの場.csv", two, &of(11, 1)).await.table(Language::Japanese);
    assert!(told.contains("「手芸」「買物」は使えません"), "all of the words at once: {told}");
}

#[actix_web::test]
async fn a_number_that_became_a_day_is_not_taken_and_a_filled_in_example_is_told() {
    let app = App::start().await;
    let cells = "鶴岡市泉町4-20,,,,,,,";
    let report = app.import_with("通いの場.csv", &row("3月1日", "見本の集い", cells), &of(11, 1)).await;
    let told: Vec<_> = report.rejected.iter().map(|flaw| (flaw.column, flaw.flaw.code())).collect();
    assert_eq!(told, [(Some("管理番号"), "NumberIsADate")]);
    let accepted = ImportOptions { accept_new: true, ..of(11, 1) };
    assert_eq!(
        app.import_with("通いの場.csv", &row("3月1日", "見本の集い", cells), &accepted).await.created,
        1
    );
    let mut list = row("G2", "見本の集い二", cells);
    list.push_str(
        "（記入例）K-001,見本の集い三,サロン,062031,全域,毎週金曜 10:00～12:00,鶴岡市泉町4-21,,,,,,,\n",
    );
    let report = app.import_with("通いの場.csv", &list, &of(11, 1)).await;
    let lines: Vec<_> =
        report.warnings.keys().map(|warning| (warning.line, warning.column.as_deref())).collect();
    assert_eq!((report.created, lines), (1, vec![(Some(3), Some("管理番号"))]), "{:?}", report.warnings);
}
