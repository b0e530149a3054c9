//! One round of corrections: an officer's list tells all of its mistakes at once, each where a spreadsheet shows it, and what
//! the messages ask for is then read as it was meant.

use super::support::of;
use crate::support::App;
use serde_json::{Value, json};
use yui::import::complaint::Language;
use yui::import::{ImportOptions, Outcome};

const COLUMNS: &str = "管理番号,名称,種類,市区町村コード,利用できる地区,開催日時,住所,定員";

fn list(rows: &[&str]) -> String {
    let rows: String = rows.iter().map(|row| format!("{row}\n")).collect();
    format!("{COLUMNS}\n{rows}")
}

/// What an import of a list says, one complaint or warning in a line.
async fn told(app: &App, text: &str) -> Vec<String> {
    let report = app.import_with("通いの場.csv", text, &of(11, 1)).await;
    let rejected = report
        .rejected
        .iter()
        .map(|told| format!("{} {}: {}", told.line, told.column.unwrap_or("-"), told.flaw.code()));
    let warned = report.warnings.keys().map(|told| {
        format!(
            "{} {}: {}",
            told.line.unwrap_or(0),
            told.column.as_deref().unwrap_or("-"),
            told.remark.code()
        )
    });
    rejected.chain(warned).collect()
}

async fn told_of_row(row: &str) -> Vec<String> {
    told(&App::start().await, &list(&[row])).await
}

#[actix_web::test]
async fn a_number_that_became_a_date_is_told_beside_the_other_flaws_of_its_row() {
    for number in ["2026-06-01", "2026/6/1", "2026年6月1日", "6月1日", "1-Jun", "1.23E+05"] {
        let good = format!("{number},見本の集い,サロン,062031,全域,毎週木曜,鶴岡市泉町4-20,");
        assert_eq!(told_of_row(&good).await, ["2 管理番号: NumberIsADate"], "{number}");
        let bad = format!("{number},見本の集い,つどい場,062031,全域,毎週木曜,鶴岡市泉町4-20,");
        assert_eq!(told_of_row(&bad).await, ["2 種類: NotOneOf", "2 管理番号: NumberIsADate"], "{number}");
    }
    let app = App::start().await;
    let text = list(&["2026-06-01,見本の集い,サロン,062031,全域,毎週木曜,鶴岡市泉町4-20,"]);
    let meant = ImportOptions { accept_new: true, ..of(11, 1) };
    let report = app.import_with("通いの場.csv", &text, &meant).await;
    assert_eq!((report.created, report.rejected.len()), (1, 0), "a city may number by days");
    assert_eq!(told(&app, &text).await, [] as [&str; 0], "a number that is known is no mistake");
    let alike = list(&["6-1,見本の集い,つどい場,062031,全域,毎週木曜,鶴岡市泉町4-20,"]);
    assert_eq!(told(&app, &alike).await, ["2 種類: NotOneOf", "2 管理番号: LikeAnother"]);
}

#[actix_web::test]
async fn rows_are_counted_as_a_spreadsheet_shows_them() {
    let text = list(&[
        "1,\"見本の\n集い\",サロン,062031,全域,\"毎週木曜\r\n10:00～12:00\",鶴岡市泉町4-20,",
        "",
        "2,,サロン,062031,全域,毎週木曜,鶴岡市泉町4-20,",
    ]);
    assert_eq!(told(&App::start().await, &text).await, ["4 名称: Empty"]);
    let titled = format!("\"令和8年度\n通いの場一覧\"\n\n{text}");
    assert_eq!(told(&App::start().await, &titled).await, ["6 名称: Empty"]);
}

#[actix_web::test]
async fn times_that_are_lost_are_told() {
    for (times, told) in [
        ("毎月第2・第4木曜日 13:30～12:00", "2 開催日時: HoursUnread"),
        ("", "2 開催日時: NoTimes"),
        ("隔週木曜 10:00～12:00", "2 隔週の基準日: NeedsAnchor"),
        ("月2回 10:00～12:00", "2 開催日時: DaysIncomplete"),
    ] {
        let row = format!("1,見本の集い,サロン,062031,全域,{times},鶴岡市泉町4-20,");
        assert_eq!(told_of_row(&row).await, [told], "{times}");
    }
    for times in ["毎週木曜 10:00～12:00", "毎週木曜", "毎週木曜 13時半～15時", "毎週木曜の午前中"]
    {
        let row = format!("1,見本の集い,サロン,062031,全域,{times},鶴岡市泉町4-20,");
        assert_eq!(told_of_row(&row).await, [] as [&str; 0], "{times}");
    }
}

#[actix_web::test]
async fn a_cell_that_refers_to_the_row_above_is_no_value() {
    for ditto in ["〃", "同上"] {
        let row = format!("1,{ditto},サロン,062031,全域,毎週木曜,鶴岡市泉町4-20,二十人");
        assert_eq!(told_of_row(&row).await, ["2 名称: Unclear", "2 定員: NotANumber"]);
    }
}

#[actix_web::test]
async fn a_list_without_a_required_column_has_its_rows_checked_all_the_same() {
    let app = App::start().await;
    let text = list(&[
        "1,見本の集い,サロン,062031,全域,毎週木曜,鶴岡市泉町4-20,十人",
        "2,見本の輪,つどい場,062031,全域,毎週木曜,鶴岡市泉町4-20,10",
    ]);
    for (column, otherwise) in [("開催日時", "いつ"), ("利用できる地区", "どこの方")] {
        let text = text.replace(column, otherwise);
        let header = format!("1 {column}: NoColumn");
        assert_eq!(told(&app, &text).await, [&header, "2 定員: NotANumber", "3 種類: NotOneOf"]);
        let report = app.import_with("通いの場.csv", &text, &of(11, 1)).await;
        assert!(!report.written && report.exit_status() == 1);
        let words = report.table(Language::Japanese);
        assert!(words.contains(&format!("1行目 列 {column}: この列がありません")), "{words}");
        assert!(words.contains(otherwise), "{words}");
    }
    let count = app.as_anonymous().data("{ resources { totalCount } }").await;
    assert_eq!(count["resources"]["totalCount"], 0, "nothing was written");
}

#[actix_web::test]
async fn columns_with_a_remark_or_under_a_usual_name_are_read() {
    let app = App::start().await;
    let text = "管理番号,名称（正式）,ふりがな,種類,市区町村コード,対象地区（圏域）,開催日時（曜日と時間）,定員（人）,参加費（円）,料金の種類,料金備考\n\
                1,見本の集い,みほんのつどい,子ども食堂,062031,全域,毎週木曜,20名,100,1回ごと,お茶代\n";
    assert_eq!(told(&app, text).await, [] as [&str; 0]);
    let query = "{ gatheringPlaces { nodes { name nameKana gatheringKind { value } capacity fees { amountYen note } } } }";
    let place = app.as_anonymous().data(query).await["gatheringPlaces"]["nodes"][0].clone();
    assert_eq!(
        place,
        json!({ "name": "見本の集い", "nameKana": "みほんのつどい", "gatheringKind": { "value": "CHILDREN_CAFETERIA" },
            "capacity": 20, "fees": [{ "amountYen": 100, "note": "お茶代" }] })
    );
    let stranger =
        list(&["1,見本の輪,サロン,062031,全域,毎週木曜,鶴岡市泉町4-20,5"]).replace("定員", "定員数");
    let report = App::start().await.import_with("通いの場.csv", &stranger, &of(11, 1)).await;
    let words = report.table(Language::Japanese);
    assert!(words.contains("定員数（「定員」のことですか）"), "{words}");
}

async fn place_with(columns: &str, cells: &str) -> (Vec<String>, Value) {
    let app = App::start().await;
    let row = "1,見本の集い,サロン,062031,全域,毎週木曜,鶴岡市泉町4-20,";
    let told = told(&app, &format!("{COLUMNS},{columns}\n{row},{cells}\n")).await;
    let query = "{ gatheringPlaces { nodes { nameKana fees { kind { value } amountYen audience }
        access { parking { available count } } } } }";
    (told, app.as_anonymous().data(query).await["gatheringPlaces"]["nodes"][0].clone())
}

#[actix_web::test]
async fn fees_are_read_as_the_messages_ask_for_them() {
    let (told, place) =
        place_with("料金の種類,金額,料金（複数のとき）", "1回ごと,,\"大人300円、子ども無料\"").await;
    assert_eq!(told, [] as [&str; 0]);
    assert_eq!(
        place["fees"],
        json!([
            { "kind": { "value": "FIXED" }, "amountYen": 300, "audience": "大人" },
            { "kind": { "value": "FREE" }, "amountYen": null, "audience": "子ども" },
        ])
    );
    let (told, _) = place_with("料金の種類,金額", "無料,100").await;
    assert_eq!(told, ["2 金額: Contradicts"]);
    let (told, _) = place_with("料金の種類,金額", "1回ごと,大人300円くらい").await;
    assert_eq!(told, ["2 金額: Unclear"]);
    let (told, _) = place_with("対象年齢（下限）", "10月15日").await;
    assert_eq!(told, ["2 対象年齢（下限）: Unclear"]);
}

#[actix_web::test]
async fn a_contradiction_hides_nothing_that_stands_behind_it() {
    let columns = "料金の種類,金額,バリアフリー,駐車場,内容";
    let cells = "無料,200,ふみ台,路上,連絡は090-0000-0001へ";
    let (told, _) = place_with(columns, cells).await;
    assert_eq!(
        told,
        [
            "2 金額: Contradicts",
            "2 バリアフリー: NotOneOfWithRemarks",
            "2 駐車場: Unclear",
            "2 内容: PrivateTextWithheld"
        ]
    );
}

#[actix_web::test]
async fn what_cannot_be_is_told() {
    for (columns, cells, expected) in [
        ("臨時の休み", "2026/1/7", "2 臨時の休み: PastDay"),
        ("料金の種類,金額,料金（複数のとき）", "1回ごと,300,大人 300円", "2 料金（複数のとき）: FeesTwice"),
        ("料金の種類,金額,金額（上限）", "金額に幅あり,300,100", "2 金額（上限）: Contradicts"),
        ("対象年齢（下限）", "650", "2 対象年齢（下限）: Unclear"),
        ("緯度", "38.7", "2 緯度・経度: CoordinatesHalf"),
        ("状態,終了年月", "掲載,R8.9", "2 状態: Contradicts"),
        ("臨時の休み", "2026/12/12（日）", "2 臨時の休み: Unclear"),
        ("月別の会場", "4・5月：見本館（見本町1）、6月：見本堂", "2 月別の会場: Unclear"),
    ] {
        assert_eq!(place_with(columns, cells).await.0, [expected], "{cells}");
    }
    let anchor = "1,見本の集い,サロン,062031,全域,隔週金曜 10:00～12:00,鶴岡市泉町4-20,,2026/10/1";
    let text = format!("{COLUMNS},隔週の基準日\n{anchor}\n");
    assert_eq!(told(&App::start().await, &text).await, ["2 隔週の基準日: Contradicts"]);
    let heading =
        list(&["【中山間地域】,,,,,,,", "1,見本の集い,サロン,062031,全域,毎週木曜,鶴岡市泉町4-20,"]);
    assert_eq!(told(&App::start().await, &heading).await, ["2 -: HeadingRow"]);
}

#[actix_web::test]
async fn nothing_takes_place_before_the_first_or_after_the_last_month() {
    let app = App::start().await;
    let row = "1,見本の集い,サロン,062031,全域,毎週木曜 10:00～12:00,鶴岡市泉町4-20,,R9.2,R9.3";
    let text = format!("{COLUMNS},開始年月,終了年月\n{row}\n");
    assert_eq!(told(&app, &text).await, [] as [&str; 0]);
    let query = "{ gatheringPlaces { nodes { schedules { occurrences(from: \"2027-01-01\", to: \"2027-04-30\") { date } } } } }";
    let found = app.as_anonymous().data(query).await;
    let days = found["gatheringPlaces"]["nodes"][0]["schedules"][0]["occurrences"].as_array().expect("days");
    let (first, last) = (&days[0]["date"], &days[days.len() - 1]["date"]);
    assert_eq!((first, last), (&json!("2027-02-04"), &json!("2027-03-25")), "{found}");
}

#[actix_web::test]
async fn line_breaks_of_a_workbook_are_those_of_a_cell() {
    let app = App::start().await;
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let columns = COLUMNS.split(',').chain(["月別の会場", "臨時の休み"]);
    for (n, column) in columns.enumerate() {
        sheet.write(0, n as u16, column).expect("a cell");
    }
    let row = [
        "1",
        "見本の集い",
        "サロン",
        "062031",
        "全域",
        "毎週木曜 10:00～12:00",
        "鶴岡市泉町4-20",
        "",
        "4・5月：見本館（見本町1）\n6・7月：見本堂（見本町2）",
        "2027/1/7\n2027/1/14",
    ];
    for (n, cell) in row.iter().enumerate() {
        sheet.write(1, n as u16, *cell).expect("a cell");
    }
    sheet.write(2, 0, "2").expect("a cell");
    sheet.write(2, 2, "サロン").expect("a cell");
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let Outcome::Read(report) = app.try_import("通いの場.xlsx", bytes, &of(11, 1)).await else {
        panic!("it can be read")
    };
    assert!(report.rejected.iter().all(|told| told.line == 3), "the row below has its number: {report:?}");
    let query =
        "{ gatheringPlaces { nodes { schedules { occurrences(from: \"2027-04-01\", to: \"2027-07-01\") {
        date venue location { address } } } } } }";
    let found = app.as_anonymous().data(query).await.to_string();
    assert!(found.contains("見本堂") && found.contains("見本町2") && !found.contains("改行"), "{found}");
}

#[actix_web::test]
async fn parking_readings_and_remarks_are_told_apart() {
    for (cell, available, count) in
        [("あり（10台）", true, json!(10)), ("5台", true, json!(5)), ("なし", false, Value::Null)]
    {
        let (told, place) = place_with("駐車場", cell).await;
        assert_eq!(told, [] as [&str; 0], "{cell}");
        assert_eq!(place["access"]["parking"], json!({ "available": available, "count": count }), "{cell}");
    }
    assert_eq!(place_with("駐車場", "路上").await.0, ["2 駐車場: Unclear"]);
    assert_eq!(place_with("予約,予約の備考", "要予約（3日前）,").await.0, ["2 予約: NotOneOfWithRemarks"]);
    let (told, place) = place_with("名称（かな）", "見本のつどい").await;
    assert_eq!(
        (told, &place["nameKana"]),
        (vec!["2 名称（かな）: NotAReading".to_owned()], &json!("見本のつどい"))
    );
}

#[actix_web::test]
async fn a_misnamed_required_column_is_checked_as_what_it_seems_to_be() {
    let text = list(&["1,見本の集い,サロン,062031,全域,毎週木曜 13:30～12:00,鶴岡市泉町4-20,十人"]);
    let told = told(&App::start().await, &text.replace("開催日時", "開催の日時")).await;
    assert_eq!(told, ["1 開催日時: NoColumn", "2 定員: NotANumber", "2 開催日時: HoursUnread"]);
}

#[actix_web::test]
async fn what_is_the_leaders_own_is_not_published_elsewhere_in_the_row() {
    let app = App::start().await;
    let columns = "代表者電話,電話番号,担当窓口名,担当窓口電話,備考,予約の備考";
    let cells =
        "0235-00-0075,0235(00)0075,見本包括,0235-00-0101,入会は会長宅（0235-00-0075）へ,会長（0235000075）へ";
    let row = "1,見本の集い,サロン,062031,全域,毎週木曜,鶴岡市泉町4-20,";
    let text = format!("{COLUMNS},{columns}\n{row},{cells}\n");
    let told = told(&app, &text).await;
    assert!(told.contains(&"2 電話番号: LeaderNumberClosed".to_owned()), "{told:?}");
    assert_eq!(told.iter().filter(|line| line.ends_with("PrivateTextWithheld")).count(), 2, "{told:?}");
    let query = "{ gatheringPlaces { nodes { note reservationNote contacts { tel } } } }";
    let place = app.as_anonymous().data(query).await["gatheringPlaces"]["nodes"][0].clone();
    assert_eq!(
        place,
        json!({ "note": null, "reservationNote": null, "contacts": [{ "tel": "0235-00-0101" }] })
    );
}

#[actix_web::test]
async fn several_numbers_names_and_lost_characters_are_told() {
    for (columns, cells, expected) in [
        ("電話番号", "0235-00-0014　FAX0235-00-0015", "2 電話番号: SeveralNumbers"),
        ("担当窓口名,担当窓口電話", "見本包括　担当：見本,0235-00-0101", "2 担当窓口名: NamesAPerson"),
        ("運営団体", "見本??福祉会", "2 運営団体: LostCharacter"),
    ] {
        let (told, _) = place_with(columns, cells).await;
        assert!(told.contains(&expected.to_owned()), "{cells}: {told:?}");
    }
}

#[actix_web::test]
async fn a_district_that_is_not_known_leads_to_those_that_are() {
    let app = App::start().await;
    app.import("districts.csv", include_str!("../../../demo/districts.csv")).await;
    let row = "1,見本の集い,サロン,062031,D01・D02,毎週木曜,鶴岡市見本町一丁目1-1,";
    let report = app.import_with("通いの場.csv", &list(&[row]), &of(11, 1)).await;
    let words = report.table(Language::Japanese);
    assert!(words.contains("圏域：D01 見本第1圏域 / D02 見本第2圏域"), "{words}");
    assert!(words.contains("「、」で区切り"), "{words}");
    let elsewhere = App::start().await;
    let report = elsewhere.import_with("通いの場.csv", &list(&[row]), &of(11, 1)).await;
    assert!(report.table(Language::Japanese).contains("圏域がまだ取り込まれていません"));
}
