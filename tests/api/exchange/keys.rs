//! Keys within a file: given twice, or damaged by a spreadsheet.

use super::support::{HOSPITAL, OFFICE, Row, counts, csv, named, only, warnings};
use crate::support::App;
use yui::import::complaint::Flaw;

#[actix_web::test]
async fn of_several_rows_with_one_key_the_first_counts() {
    let app = App::start().await;
    let rows = [
        Row::care(OFFICE, "通所介護").with("定員", "10"),
        Row::care(OFFICE, "訪問介護"),
        Row::care(OFFICE, "通所介護").with("定員", "20"),
        Row::care("６７０７９９９０１", "通所介護").with("定員", "30"),
    ];
    let report = app.import("jigyosho.csv", &csv(&rows)).await;
    assert_eq!(counts(&report), [2, 0, 0, 0, 0, 0, 2]);
    assert_eq!(report.rejected.iter().map(|r| r.line).collect::<Vec<_>>(), [4, 5]);
    assert!(matches!(report.rejected[0].flaw, Flaw::SameKey { line: 2, .. }), "{:?}", report.rejected);
    assert_eq!(only(&app).await["services"][0]["capacity"], 10);
}

#[actix_web::test]
async fn an_office_number_gets_its_leading_zero_back_when_the_prefecture_agrees() {
    let app = App::start().await;
    let lost = Row::care("670799901", "通所介護");
    let report = app.import("jigyosho.csv", &csv(&[lost])).await;
    let warned = ("事業所番号: it had lost its leading zero; restored, the prefecture agrees", 1);
    assert_eq!(warnings(&report), [warned]);
    assert_eq!(only(&app).await["identifiers"][0]["value"], OFFICE);
}

#[actix_web::test]
async fn an_office_number_is_never_padded_by_guess() {
    let app = App::start().await;
    let rows = [
        Row::care("670799901", "通所介護").with("住所", "東京都府中市1-1"),
        Row::care("70799901", "通所介護"),
        Row::care("1.67E+09", "通所介護"),
        Row::care("", "通所介護"),
        Row::care("06707999011", "通所介護"),
    ];
    let report = app.import("jigyosho.csv", &csv(&rows)).await;
    assert_eq!(counts(&report), [0, 0, 0, 0, 0, 0, 5]);
    assert!(report.rejected.iter().all(|r| r.column == Some("事業所番号")), "{:?}", report.rejected);
    let all: Vec<u64> = report.rejected.iter().map(|r| r.line).collect();
    assert_eq!(all, [2, 3, 4, 5, 6]);
}

#[actix_web::test]
async fn an_institution_is_known_by_prefecture_and_id() {
    let app = App::start().await;
    let tokyo = Row::medical(HOSPITAL).with("所在地", "東京都府中市1-1").with("正式名称", "府中見本病院");
    let report = app.import("01-1.csv", &csv(&[Row::medical(HOSPITAL), tokyo])).await;
    assert_eq!(counts(&report)[0], 2);
    let identifier = |node: &serde_json::Value| node["identifiers"][0]["value"].as_str().map(str::to_owned);
    assert_eq!(identifier(&named(&app, "見本荘内病院").await).as_deref(), Some("06:61107990001"));
    assert_eq!(identifier(&named(&app, "府中見本病院").await).as_deref(), Some("13:61107990001"));
    let nowhere = Row::medical(HOSPITAL).with("所在地", "");
    let report = app.import("01-1.csv", &csv(&[nowhere])).await;
    assert_eq!(report.rejected[0].column, Some("所在地"));
}

#[actix_web::test]
async fn a_damaged_corporate_number_is_left_empty_with_a_warning() {
    let app = App::start().await;
    let row = |office: &str, number: &str| {
        Row::care(office, "訪問介護").with("法人の名称", "見本会").with("法人番号", number)
    };
    let rows = [
        row("0670799901", "1.25001E+12"),
        row("0670799902", "8999900000002"),
        row("0670799903", "なし").with("法人の名称", "番号なし会"),
        row("0670799904", "８９９９９０００００００１").with("事業所名", "番号あり"),
    ];
    let report = app.import("jigyosho.csv", &csv(&rows)).await;
    assert_eq!(
        warnings(&report),
        [
            ("法人番号: it is not a valid corporate number; left empty", 1),
            ("法人番号: it was damaged by a spreadsheet; left empty", 1),
        ]
    );
    assert_eq!(named(&app, "番号あり").await["organization"]["corporateNumber"], "8999900000001");
    assert_eq!(counts(&report)[0], 4);
}
