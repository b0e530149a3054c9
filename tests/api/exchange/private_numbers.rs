//! Numbers that may be private, in every spelling that a spreadsheet or a person gives them: no client without a
//! role ever sees one, whatever list and column it comes from.

use super::support::{Row, csv, of};
use crate::support::App;
use serde_json::Value;
use yui::import::complaint::Remark;

/// Spellings of 090-0000-0001, of 070-0000-0001, and of numbers with a digit too few or too many.
const PRIVATE: [&str; 20] = [
    "090-0000-0001",
    "9000000001",
    "90-0000-0001",
    "９０－００００－０００１",
    "(90)0000-0001",
    "7000000001",
    "携帯 90-0000-0001",
    "81-90-0000-0001",
    "0081-90-0000-0001",
    "090-0000-001",
    "090-0000-00012",
    "O90-0000-0001",
    "90.0000.0001",
    "'9000000001",
    "9000000001.0",
    "9.0E+9",
    "9.000000001E+09",
    "0235-00-0001 / 90-0000-0001",
    "0235-00-0001、9000000001",
    "０９０＝００００＝０００１",
];

/// The digits of a text in half width.
fn digits(text: &str) -> String {
    let half = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    };
    text.chars().map(half).filter(char::is_ascii_digit).collect()
}

/// Everything that a client without a token can read about all resources.
async fn public(app: &App) -> (usize, String) {
    let query =
        "{ resources(first: 50) { nodes { name note description contacts { label tel telE164 fax email }
        location { building } schedules { rawText label } } } }";
    let mut data = app.as_anonymous().data(query).await;
    let nodes = data["resources"]["nodes"].as_array_mut().expect("a list");
    (nodes.len(), nodes.iter().map(Value::to_string).collect())
}

/// The rows of a list with one spelling each, and one landline.
fn rows(entry: impl Fn(usize) -> Row, column: &'static str) -> Vec<Row> {
    let written = PRIVATE.iter().chain(&["0235-00-0099"]);
    written.enumerate().map(|(n, number)| entry(n).with(column, number)).collect()
}

async fn is_hidden(file: &str, entry: impl Fn(usize) -> Row, column: &'static str) {
    let app = App::start().await;
    let report = app.import_with(file, &csv(&rows(&entry, column)), &of(10, 1)).await;
    assert_eq!(report.rejected, [], "{file} {column}");
    let (count, shown) = public(&app).await;
    assert_eq!(count, PRIVATE.len() + 1, "{file} {column}");
    assert!(digits(&shown).contains("0235000099"), "{file} {column}: {shown}");
    for hidden in ["90000000", "70000000", "0900000001", "9000000000"] {
        assert!(!digits(&shown).contains(hidden), "{file} {column} shows {hidden}: {shown}");
    }
}

fn own(n: usize) -> Row {
    let row = Row::entry("種類", "サロン").with("管理番号", &format!("P{n:02}"));
    let row = row.with("名称", &format!("見本の集い{}", ["甲", "乙", "丙"][n % 3]));
    row.with("住所", "山形県鶴岡市泉町10-1").with("開催日時", "毎月第2・第4木曜日 10:00～11:30")
}

#[actix_web::test]
async fn no_column_of_an_own_list_publishes_one() {
    for column in ["電話番号", "FAX番号", "担当窓口電話", "申込先電話"] {
        is_hidden("通いの場.csv", own, column).await;
    }
}

#[actix_web::test]
async fn no_list_of_groups_publishes_one() {
    let kayoinoba = |n: usize| Row::kayoinoba(&format!("見本の会{n}"));
    is_hidden("062031_kayoinoba.csv", kayoinoba, "電話番号").await;
    let cafeteria = |n: usize| Row::cafeteria(&n.to_string(), &format!("見本食堂{n}"));
    is_hidden("062031_kodomosyokudo.csv", cafeteria, "電話番号1").await;
}

#[actix_web::test]
async fn a_warning_names_the_column() {
    let app = App::start().await;
    let report = app.import_with("通いの場.csv", &csv(&rows(own, "電話番号")), &of(10, 1)).await;
    let of_column = |remark: &Remark| *remark == Remark::MobileForCoordinators;
    let told = report.warnings.iter().filter(|(warning, _)| of_column(&warning.remark));
    let told: Vec<_> = told.map(|(warning, count)| (warning.column.clone(), *count)).collect();
    assert!(told.iter().all(|(column, _)| column.as_deref() == Some("電話番号")), "{told:?}");
    assert_eq!(told.iter().map(|(_, count)| count).sum::<u64>(), PRIVATE.len() as u64);
}

/// A word beside a number that names no office may be the name of a person.
#[actix_web::test]
async fn no_list_publishes_a_name_beside_a_number() {
    let named = "0235-00-0200（山田）";
    for column in ["電話番号", "FAX番号", "担当窓口電話", "申込先電話"] {
        let app = App::start().await;
        let row = own(0).with("電話番号", "0235-00-0001（代）").with(column, named);
        let report = app.import_with("通いの場.csv", &csv(&[row]), &of(10, 1)).await;
        let told = report.warnings.keys().find(|warning| warning.remark == Remark::WordsBesideNumber);
        assert_eq!(told.and_then(|warning| warning.column.as_deref()), Some(column), "{:?}", report.warnings);
        let (_, shown) = public(&app).await;
        assert!(shown.contains("0235-00-0200") && !shown.contains("山田"), "{column}: {shown}");
        assert!(column == "電話番号" || shown.contains("0235-00-0001(代)"), "{column}: {shown}");
    }
    let desk = Row::building("見本公民館").with("電話番号", named).with("住所", "山形県鶴岡市馬場町1-1");
    let clinic = Row::building("見本医院").with("医療機関の種類", "無床診療所").with("診療科目", "内科");
    let clinic = clinic.with("診療曜日", "月").with("診療開始時間", "09:00").with("診療終了時間", "18:00");
    let clinic = clinic.with("電話番号", named).with("住所", "山形県鶴岡市馬場町2-1");
    for (file, row) in [("公共施設一覧.csv", desk), ("city.csv", clinic)] {
        let app = App::start().await;
        app.import_with(file, &csv(&[row]), &of(10, 1)).await;
        let (count, shown) = public(&app).await;
        assert_eq!(count, 1, "{file}");
        assert!(shown.contains("0235-00-0200") && !shown.contains("山田"), "{file}: {shown}");
    }
    let group = Row::kayoinoba("見本の会").with("電話番号", named);
    let app = App::start().await;
    app.import_with("062031_kayoinoba.csv", &csv(&[group]), &of(10, 1)).await;
    let (_, shown) = public(&app).await;
    assert!(!shown.contains("0235-00-0200") && !shown.contains("山田"), "mostly a number at home: {shown}");
}

#[actix_web::test]
async fn a_landline_beside_a_mobile_number_stays_public() {
    let app = App::start().await;
    let row = own(0).with("電話番号", "0235-00-0001").with("FAX番号", "9000000001");
    app.import_with("通いの場.csv", &csv(&[row]), &of(10, 1)).await;
    let (_, shown) = public(&app).await;
    assert!(shown.contains("0235-00-0001") && !shown.contains("90000000"), "{shown}");
}

#[actix_web::test]
async fn a_landline_without_its_zero_is_completed() {
    let app = App::start().await;
    let row = own(0).with("電話番号", "235000001");
    app.import_with("通いの場.csv", &csv(&[row]), &of(10, 1)).await;
    let data = app.as_anonymous().data("{ resources { nodes { contacts { tel telE164 } } } }").await;
    let contact = &data["resources"]["nodes"][0]["contacts"][0];
    assert_eq!(
        (contact["tel"].as_str(), contact["telE164"].as_str()),
        (Some("0235000001"), Some("+81235000001"))
    );
}

#[actix_web::test]
async fn remarks_are_withheld_whatever_stands_between_the_digits() {
    for written in [
        "連絡は090=0000=0001まで",
        "090、0000、0001",
        "ゼロ九ゼロ、〇〇〇〇、〇〇〇一",
        "会長 9000000001",
        "携帯90-0000-0001",
        "O90-0000-0001",
        "090-0000-001",
    ] {
        let app = App::start().await;
        let row = own(0).with("備考", written).with("内容", written);
        app.import_with("通いの場.csv", &csv(&[row]), &of(10, 1)).await;
        let data = app.as_anonymous().data("{ resources { nodes { note description } } }").await;
        let place = &data["resources"]["nodes"][0];
        assert!(place["note"].is_null() && place["description"].is_null(), "{written}: {place}");
    }
}
