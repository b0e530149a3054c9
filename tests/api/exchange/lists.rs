//! Yui's own lists: from the empty template to the directory, and complaints about rows.

use super::support::{Row, counts, csv, of, stored, warnings};
use crate::support::App;
use serde_json::{Value, json};
use yui::import::complaint::Language::English;
use yui::import::complaint::{Refusal, Remark, Words};
use yui::import::formats::Format;
use yui::import::{Outcome, template};

const LIST: &str = "通いの場.csv";

/// A place of gathering of a municipality without districts.
fn gathering(id: &str) -> Row {
    let row = Row::entry("種類", "サロン").with("管理番号", id);
    row.with("開催日時", "毎月第2・第4木曜日 10:00～11:30").with("住所", "山形県鶴岡市泉町10-1")
}

async fn rejected(row: Row) -> (u64, Option<&'static str>, String) {
    let app = App::start().await;
    let report = app.import_with(LIST, &csv(&[gathering("1"), row]), &of(4, 1)).await;
    assert_eq!((report.created, report.rejected_rows()), (1, 1), "{:?}", report.rejected);
    let first = report.rejected.into_iter().next().expect("a rejected row");
    (first.line, first.column, first.flaw.say(English))
}

#[actix_web::test]
async fn a_broken_row_is_named_by_line_column_and_reason() {
    for (column, cell, told) in [
        ("名称", "", "it is empty"),
        ("種類", "お茶会", "「お茶会」 is not one of: 通いの場 / サロン"),
        ("その他の活動", "茶話会、おしゃべり", "「おしゃべり」 is not one of: 体操・運動 / 茶話会"),
        ("最終確認日", "去年の春", "「去年の春」 is not a day like 令和8年5月1日"),
        ("金額", "百円", "「百円」 cannot be understood"),
        ("送迎", "たまに", "「たまに」 is not one of: あり / なし"),
        ("祝日", "たぶん", "「たぶん」 cannot be understood"),
        ("管理番号", "", "it is empty"),
    ] {
        let found = rejected(gathering("2").with(column, cell)).await;
        assert_eq!((found.0, found.1), (3, Some(column)), "{}", found.2);
        assert!(found.2.contains(told), "{column}: {}", found.2);
    }
}

#[actix_web::test]
async fn two_entries_with_one_number_are_not_both_taken() {
    let found = rejected(gathering("１").with("名称", "別の集い")).await;
    assert!(found.2.contains("the same number as line 2"), "{}", found.2);
}

#[actix_web::test]
async fn a_number_stays_that_of_its_row_while_the_row_is_rejected() {
    let app = App::start().await;
    let rows = [gathering("1").with("種類", ""), gathering("１").with("名称", "別の集い")];
    let report = app.import_with(LIST, &csv(&rows), &of(4, 1)).await;
    let told: Vec<_> = report.rejected.iter().map(|flaw| (flaw.line, flaw.column)).collect();
    assert_eq!(told, [(2, Some("種類")), (3, Some("管理番号"))], "{:?}", report.rejected);
    assert_eq!(report.created, 0, "the number would change hands when the first row is corrected");
}

#[actix_web::test]
async fn a_withheld_text_is_named_with_its_row_and_column() {
    let app = App::start().await;
    let rows = [gathering("1"), gathering("2").with("備考", "連絡は 090-0000-0001 へ")];
    let report = app.import_with(LIST, &csv(&rows), &of(4, 1)).await;
    let held: Vec<_> = report
        .warnings
        .keys()
        .filter(|warning| warning.remark == Remark::PrivateTextWithheld)
        .map(|warning| (warning.line, warning.column.as_deref()))
        .collect();
    assert_eq!(held, [(Some(3), Some("備考"))], "{:?}", report.warnings);
}

#[actix_web::test]
async fn what_has_ended_is_not_offered_whatever_its_state_says() {
    let app = App::start().await;
    let rows = [
        gathering("1").with("終了年月", "2025-03"),
        gathering("2").with("名称", "続く集い").with("終了年月", "2199-03"),
        gathering("3").with("開始年月", "R6.6").with("終了年月", "R5.6"),
    ];
    let report = app.import_with(LIST, &csv(&rows), &of(4, 1)).await;
    let told: Vec<_> = report.rejected.iter().map(|flaw| (flaw.line, flaw.column)).collect();
    assert_eq!((report.created, told), (2, vec![(4, Some("終了年月"))]), "{:?}", report.rejected);
    let data = app.as_anonymous().data("{ gatheringPlaces { nodes { name } } }").await;
    assert_eq!(data["gatheringPlaces"]["nodes"], json!([{ "name": "続く集い" }]));
}

#[actix_web::test]
async fn the_fare_of_a_ride_without_a_known_basis_is_not_shown() {
    let app = App::start().await;
    let group = |id: &str, basis: &str| {
        let row =
            Row::entry("活動区分", "移送・外出支援").with("管理番号", id).with("名称", &format!("見本{id}"));
        let row = row.with("料金の種類", "1回ごと").with("金額", "500").with("移送の法的位置付け", basis);
        row.with("メニュー", "病院への送迎：1回500円")
    };
    let rows = [group("1", ""), group("2", "福祉有償運送")];
    let report = app.import_with("支え合い.csv", &csv(&rows), &of(4, 1)).await;
    assert_eq!(report.created, 2, "{:?}", report.rejected);
    let query =
        "{ mutualAidGroups(orderBy: NAME) { nodes { fees { amountYen } menus { fees { amountYen } } } } }";
    let nodes = app.as_anonymous().data(query).await["mutualAidGroups"]["nodes"].take();
    assert!(!nodes[0].to_string().contains("500"), "{nodes}");
    assert_eq!(nodes[1].to_string().matches("500").count(), 2, "{nodes}");
}

#[actix_web::test]
async fn a_template_goes_out_comes_back_filled_in_and_goes_in() {
    let of_professionals = [crate::liaison::lists::FORMATS.as_slice(), &["liaison-distribution"]].concat();
    for name in template::names().filter(|name| !of_professionals.contains(name)) {
        let format = Format::named(name).expect("a format");
        let blank = template::Form::empty(format).and_then(|form| form.csv()).expect("a template");
        let app = App::start().await;
        let outcome = app.try_import("list.csv", &blank, &of(4, 1)).await;
        assert!(matches!(outcome, Outcome::Unusable(Refusal::NoRows)), "{name}");
        let text = String::from_utf8(blank).expect("UTF-8");
        let example = text.lines().last().expect("the example").replace("（記入例）", "");
        let filled = format!("{text}{example}\r\n");
        let first = app.import_with("list.csv", &filled, &of(4, 1)).await;
        assert_eq!((first.format, counts(&first)), (name, [1, 0, 0, 0, 0, 0, 0]), "{:?}", first.rejected);
        assert_eq!((first.read, first.notes.len()), (1, 0), "{:?}", first.notes);
        let before = stored(&app).await;
        let second = app.import_with("list.csv", &filled, &of(4, 1)).await;
        assert_eq!((counts(&second), second.written), ([0, 0, 0, 1, 0, 0, 0], false));
        assert_eq!(stored(&app).await, before);
    }
}

#[actix_web::test]
async fn a_private_number_is_nowhere_in_the_graph() {
    let app = App::start().await;
    let row = gathering("1")
        .with("代表者名", "見本 花子")
        .with("代表者電話", "090-1234-5678")
        .with("代表者メール", "hanako@example.jp")
        .with("電話番号", "080-9876-5432")
        .with("担当窓口名", "見本包括")
        .with("担当窓口電話", "0235-00-0301");
    let report = app.import_with(LIST, &csv(&[row]), &of(4, 1)).await;
    assert_eq!(warnings(&report).len(), 1, "{:?}", report.warnings);
    let query = r#"{
        all: resources { nodes { name note contacts { kind { value } label tel telE164 email fax } } }
        person: resources(text: "花子") { totalCount }
        number: resources(text: "1234") { totalCount }
    }"#;
    let data = app.as_anonymous().data(query).await;
    let told = data.to_string();
    for secret in ["花子", "1234", "5678", "5432", "hanako"] {
        assert!(!told.contains(secret), "{secret}: {told}");
    }
    assert_eq!((&data["person"]["totalCount"], &data["number"]["totalCount"]), (&0.into(), &0.into()));
    let contacts = &data["all"]["nodes"][0]["contacts"];
    assert_eq!(contacts.as_array().map(Vec::len), Some(1), "{contacts}");
    assert_eq!((&contacts[0]["label"], &contacts[0]["tel"]), (&"見本包括".into(), &"0235-00-0301".into()));
}

#[actix_web::test]
async fn of_a_private_home_only_the_area_is_told() {
    let app = App::start().await;
    let row = gathering("1").with("会場の種類", "個人宅").with("会場名", "見本さん宅");
    let row = row.with("緯度", "38.7315").with("経度", "139.8301");
    let report = app.import_with(LIST, &csv(&[row]), &of(4, 1)).await;
    assert_eq!(warnings(&report), [("会場名: the name of a private home is not kept", 1)]);
    let query = "{ gatheringPlaces { nodes { venue { name type { label } }
        location { status { value } address position { latitude } municipality { name } } } } }";
    let data = app.as_anonymous().data(query).await;
    let expected = json!({
        "venue": { "name": null, "type": { "label": "個人宅・空き家" } },
        "location": { "status": { "value": "WITHHELD" }, "address": null, "position": null, "municipality": { "name": "鶴岡市" } },
    });
    assert_eq!(data["gatheringPlaces"]["nodes"][0], expected);
}

#[actix_web::test]
async fn a_private_home_is_found_neither_around_a_point_nor_in_a_box_nor_by_its_address() {
    let app = App::start().await;
    let row = gathering("1").with("会場の種類", "個人宅").with("住所", "山形県鶴岡市泉町4番20号");
    let row = row.with("緯度", "38.7315").with("経度", "139.8301");
    app.import_with(LIST, &csv(&[row]), &of(4, 1)).await;
    let query = r#"{
        near: gatheringPlaces(near: { latitude: 38.7315, longitude: 139.8301, withinMeters: 50000 }) { totalCount }
        box: gatheringPlaces(filter: { bounds: { south: 38.73, west: 139.82, north: 38.74, east: 139.84 } }) { totalCount }
        address: gatheringPlaces(text: "泉町") { totalCount }
        map(bounds: { south: 38.73, west: 139.82, north: 38.74, east: 139.84 }, zoom: 16) { pins { resource { name } } clusters { count } }
        all: gatheringPlaces { totalCount }
    }"#;
    let data = app.as_anonymous().data(query).await;
    let count = |list: &str| data[list]["totalCount"].clone();
    assert_eq!([count("near"), count("box"), count("address")], [json!(0), json!(0), json!(0)]);
    assert_eq!((&data["map"], count("all")), (&json!({ "pins": [], "clusters": [] }), json!(1)));
}

#[actix_web::test]
async fn without_districts_an_entry_stays_a_draft_where_there_are_some() {
    let app = App::start().await;
    app.import("districts.csv", &csv(&[Row::district("D01", "泉町"), Row::district("D02", "馬場町")])).await;
    let rows = [
        gathering("1").with("利用できる地区", "第D01圏域、D02"),
        gathering("2").with("利用できる地区", ""),
        gathering("3").with("利用できる地区", "D99"),
        gathering("4").with("利用できる地区", "全域"),
        gathering("5").with("利用できる地区", "どこからでも"),
    ];
    let report = app.import_with(LIST, &csv(&rows), &of(4, 1)).await;
    assert_eq!(counts(&report), [5, 0, 0, 0, 0, 0, 0]);
    let query = "{ gatheringPlaces(orderBy: NAME) { nodes { identifiers { value } serviceArea { value } serviceDistricts { code } } } }";
    let data = app.as_anonymous().data(query).await;
    let mut found: Vec<(String, String, usize)> = data["gatheringPlaces"]["nodes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|node| {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let districts = node["serviceDistricts"].as_array().map_or(0, Vec::len);
            (text(&node["identifiers"][0]["value"]), text(&node["serviceArea"]["value"]), districts)
        })
        .collect();
    found.sort();
    let said =
        |id: &str, area: &str, count| (format!("gathering-places:062031:{id}"), area.to_owned(), count);
    assert_eq!(found, [said("1", "DISTRICTS", 2), said("4", "DISTRICTS", 2), said("5", "EVERYWHERE", 0)]);
}

#[actix_web::test]
async fn a_column_the_list_does_not_have_is_told() {
    let app = App::start().await;
    let report = app.import_with(LIST, &csv(&[gathering("1").with("参加料", "100")]), &of(4, 1)).await;
    assert_eq!(report.notes, [Remark::UnknownColumns { columns: Words::of(["参加料"]) }]);
}

#[actix_web::test]
async fn equal_numbers_of_two_lists_name_two_records() {
    let app = App::start().await;
    let salon =
        Row::entry("種類", "サロン").with("名称", "見本の集い").with("開催日時", "毎週月曜 10:00～11:00");
    let elsewhere = salon.clone().with("名称", "見本の集い（酒田）").with("市区町村コード", "062049");
    let group = Row::entry("活動区分", "除雪・雪かき").with("名称", "見本の除雪");
    for (file, row) in [("通いの場.csv", salon), ("通いの場（酒田）.csv", elsewhere), ("支え合い.csv", group)]
    {
        let report = app.import_with(file, &csv(&[row.with("管理番号", "K-001")]), &of(10, 1)).await;
        assert_eq!(report.created, 1, "{file}: {:?}", report.rejected);
    }
    let by = |value: &str| {
        format!(
            "resource(by: {{ identifier: {{ system: LOCAL_ID, value: \"{value}\" }} }}) {{ name identifiers {{ value }} }}"
        )
    };
    for (value, name) in [
        ("gathering-places:062031:K-001", "見本の集い"),
        ("gathering-places:062049:K-001", "見本の集い（酒田）"),
        ("mutual-aid:062031:K-001", "見本の除雪"),
    ] {
        let data = app.as_anonymous().data(&format!("{{ {} }}", by(value))).await;
        assert_eq!(data["resource"]["name"], name);
        assert_eq!(data["resource"]["identifiers"][0]["value"], value);
    }
    let bare = app.as_anonymous().data(&format!("{{ {} }}", by("K-001"))).await;
    assert!(bare["resource"].is_null(), "a number alone names no record");
}
