//! Tables as spreadsheets and offices really write them: errors for values, totals below, columns twice, other names
//! for columns, other encodings and line ends.

use super::support::{Row, csv, of, warnings};
use crate::support::App;
use serde_json::Value;
use yui::import::Outcome;
use yui::import::complaint::{Flaw, Remark};
use yui::import::report::Report;

const LIST: &str = "通いの場.csv";
const HEADER: &str = "管理番号,名称,種類,開催日時,利用できる地区,市区町村コード";

async fn names(app: &App) -> Vec<String> {
    let data = app.as_anonymous().data("{ resources(first: 50) { nodes { name } } }").await;
    let nodes = data["resources"]["nodes"].as_array().expect("a list").clone();
    nodes.iter().filter_map(|node| node["name"].as_str().map(str::to_owned)).collect()
}

fn complaints(report: &Report) -> Vec<(u64, Flaw)> {
    report.rejected.iter().map(|complaint| (complaint.line, complaint.flaw.clone())).collect()
}

#[actix_web::test]
async fn an_error_of_a_spreadsheet_is_never_a_name_nor_a_remark() {
    for error in ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "########"] {
        let app = App::start().await;
        let text = format!(
            "{HEADER},備考\nE1,{error},サロン,毎週木曜,全域,062031,\nE2,見本の集い,サロン,毎週木曜,全域,062031,{error}\n"
        );
        let report = app.import_with(LIST, &text, &of(10, 1)).await;
        assert_eq!(complaints(&report), [(2, Flaw::Empty)], "{error}");
        assert!(
            warnings(&report).iter().any(|(told, _)| told.contains(error) && told.contains("備考")),
            "{error}"
        );
        let data = app.as_anonymous().data("{ resources { nodes { name note } } }").await;
        assert_eq!(data["resources"]["nodes"].as_array().map(Vec::len), Some(1));
        assert_eq!(data["resources"]["nodes"][0]["note"], Value::Null, "{error}");
    }
}

#[actix_web::test]
async fn totals_and_notes_below_a_table_are_no_wrong_entries() {
    let app = App::start().await;
    let text = format!(
        "{HEADER}\nF1,見本の集い,サロン,毎週木曜,全域,062031\n,,,,,\n合計,1件,,,,\n※令和8年11月1日現在,,,,,\n"
    );
    let report = app.import_with(LIST, &text, &of(10, 1)).await;
    assert_eq!((report.read, report.created, complaints(&report)), (1, 1, vec![]));
    assert!(report.notes.contains(&Remark::Footer { line: 4, rows: 2 }), "{:?}", report.notes);
}

#[actix_web::test]
async fn a_row_that_only_looks_like_a_note_is_read_where_others_follow() {
    let app = App::start().await;
    let text = format!(
        "{HEADER}\n※休止中,見本一,サロン,,,\nF2,見本二,サロン,毎週木曜,全域,062031\n\"※注意,,,,,\nF3,見本三,サロン,毎週木曜,全域,062031\n"
    );
    let report = app.import_with(LIST, &text, &of(10, 1)).await;
    let lines: Vec<u64> = report.rejected.iter().map(|complaint| complaint.line).collect();
    assert_eq!((report.created, lines), (1, vec![2, 4]), "{:?}", report.rejected);
}

#[actix_web::test]
async fn of_two_columns_with_one_name_nothing_is_dropped() {
    let app = App::start().await;
    let text = format!(
        "{HEADER},電話番号,備考,電話番号,備考\n\
         D1,見本一,サロン,毎週木曜,全域,062031,,,0235-00-0009,送迎あり\n\
         D2,見本二,サロン,毎週木曜,全域,062031,0235-00-0001,,0235-00-0009,\n"
    );
    let report = app.import_with(LIST, &text, &of(10, 1)).await;
    assert_eq!((report.created, complaints(&report)), (2, vec![]));
    let data =
        app.as_anonymous().data("{ resources(orderBy: NAME) { nodes { note contacts { tel } } } }").await;
    let shown = data["resources"]["nodes"].to_string();
    assert!(shown.contains("送迎あり") && shown.contains("\"0235-00-0009\""), "{shown}");
    assert!(shown.contains("0235-00-0001、0235-00-0009"), "{shown}");
}

#[actix_web::test]
async fn lines_are_counted_whatever_ends_them() {
    for end in ["\r", "\n", "\r\n"] {
        let app = App::start().await;
        let rows = [
            HEADER,
            "C1,見本一,サロン,毎週木曜,全域,062031",
            "C2,見本二,サロン,毎週木曜,全域,99",
            "C3,,サロン,毎週木曜,全域,062031",
        ];
        let report = app.import_with(LIST, &rows.join(end), &of(10, 1)).await;
        let lines: Vec<u64> = report.rejected.iter().map(|complaint| complaint.line).collect();
        assert_eq!((report.created, lines), (1, vec![3, 4]), "{end:?}");
    }
}

#[actix_web::test]
async fn a_table_may_be_utf_16_or_have_semicolons() {
    let text = format!("{HEADER}\nU1,見本の集い,サロン,毎週木曜,全域,062031\n");
    let wide: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in
        [wide, text.replace(',', ";").into_bytes(), format!("sep=;\n{}", text.replace(',', ";")).into_bytes()]
    {
        let app = App::start().await;
        let report = match app.try_import(LIST, bytes, &of(10, 1)).await {
            Outcome::Read(report) => report,
            Outcome::Unusable(refusal) => panic!("it can be used: {refusal:?}"),
        };
        assert_eq!((report.created, complaints(&report)), (1, vec![]));
        assert_eq!(names(&app).await, ["見本の集い"]);
    }
}

/// `cases/files/07_example_sheet.xlsx`: a sheet with line breaks in its header, and one named 入力例.
const WITH_EXAMPLE: &[u8] = include_bytes!("example_sheet.xlsx");

#[actix_web::test]
async fn a_sheet_with_an_example_is_not_read_while_another_has_rows() {
    let app = App::start().await;
    let report = match app.try_import("372013_public_facility.xlsx", WITH_EXAMPLE, &of(10, 1)).await {
        Outcome::Read(report) => report,
        Outcome::Unusable(refusal) => panic!("it can be used: {refusal:?}"),
    };
    assert_eq!((report.read, complaints(&report)), (1, vec![]));
    assert_eq!(names(&app).await, ["見本交流センター"]);
}

#[actix_web::test]
async fn a_title_above_the_header_and_line_breaks_in_it_are_passed_over() {
    let rows = "U1,見本の集い,サロン,毎週木曜,全域,062031\n";
    for text in [
        format!("見本市の一覧\n\n{HEADER}\n{rows}"),
        format!("令和8年度 通いの場,,,,,\n{HEADER}\n{rows}"),
        format!("{}\n{rows}", HEADER.replace("市区町村コード", "\"市区町村\nコード\"")),
    ] {
        let app = App::start().await;
        let report = app.import_with(LIST, &text, &of(10, 1)).await;
        assert_eq!((report.created, complaints(&report)), (1, vec![]), "{text}");
    }
}

#[actix_web::test]
async fn a_name_that_no_index_takes_is_refused_with_its_row() {
    let app = App::start().await;
    // Ideographs that do not repeat, so that no database compresses them.
    let long: String = (0..2_400).filter_map(|n| char::from_u32(0x4E00 + n * 7 % 20_000)).collect();
    let text =
        format!("{HEADER}\nL1,見本前,サロン,毎週木曜,全域,062031\nL2,{long},サロン,毎週木曜,全域,062031\n");
    let report = app.import_with(LIST, &text, &of(10, 1)).await;
    assert_eq!(complaints(&report), [(3, Flaw::LongName { most: 200 })]);
    assert_eq!(names(&app).await, ["見本前"]);
}

#[actix_web::test]
async fn the_national_form_of_cafeterias_calls_its_id_no() {
    let app = App::start().await;
    let rows = [Row::cafeteria("1", "見本こども食堂"), Row::cafeteria("2", "見本みんなの食堂")];
    let text = csv(&rows).replacen(",ID,", ",NO,", 1);
    assert!(text.contains(",NO,"), "{text}");
    let report = app.import_with("372013_kodomosyokudo.csv", &text, &of(10, 1)).await;
    assert_eq!((report.format, report.created, complaints(&report)), ("children-cafeteria", 2, vec![]));
}
