//! Texts of cells, cleaned of the habits of forms and spreadsheets.

use super::support::{HOSPITAL, OFFICE, Row, csv, only, warnings};
use crate::support::App;
use serde_json::{Value, json};

async fn facility(row: Row) -> Value {
    let app = App::start().await;
    let report = app.import("01-1_jigyosho.csv", &csv(&[row])).await;
    assert_eq!((report.created, report.rejected.as_slice()), (1, &[][..]));
    only(&app).await
}

fn care() -> Row {
    Row::care(OFFICE, "通所介護")
}

#[actix_web::test]
async fn a_written_line_break_is_a_line_break() {
    let note = facility(care().with("備考", "一行目（改行）二行目(改行)（改行）　三行目  です")).await;
    assert_eq!(note["services"][0]["note"], "一行目\n二行目\n三行目 です");
    let closed = "１２月３０日午後（改行）１２月３１日";
    let closed = facility(Row::medical(HOSPITAL).with("その他の休診日（gw、お盆等）", closed)).await;
    assert_eq!(closed["closedDaysNote"], "１２月３０日午後\n１２月３１日");
    let name = facility(care().with("事業所名", "見本苑（改行）本館")).await;
    assert_eq!(name["name"], "見本苑 本館");
}

#[actix_web::test]
async fn words_that_say_nothing_are_nothing() {
    for nothing in ["なし", "無し", "特になし", "特になし。", "該当なし", "-", "－", "ー", "―", "　", "*"]
    {
        let row = care().with("備考", nothing).with("URL", nothing).with("電話番号", nothing);
        let found = facility(row.with("定員", "0").with("方書（ビル名等）", nothing)).await;
        let service = &found["services"][0];
        assert_eq!([&service["note"], &service["capacity"], &found["url"]], [&Value::Null; 3], "{nothing}");
        assert_eq!(
            (&found["contacts"], &found["location"]["building"]),
            (&json!([]), &Value::Null),
            "{nothing}"
        );
    }
    assert_eq!(facility(care().with("事業所名", "なし")).await["name"], "なし", "a name is a name");
}

#[actix_web::test]
async fn an_address_is_in_half_width() {
    let row = care()
        .with("住所", "山形県鶴岡市泉町１０－１　Ａ棟（２階）")
        .with("方書（ビル名等）", "見本ビル２０１");
    let found = facility(row).await;
    assert_eq!(found["location"]["address"], "山形県鶴岡市泉町10-1 A棟(2階)");
    assert_eq!(found["location"]["municipality"]["code"], "062031");
}

#[actix_web::test]
async fn phone_numbers_are_tidied_and_international_where_whole() {
    for (written, tel, international) in [
        ("0235-00-0001", "0235-00-0001", Some("+81235000001")),
        ("０２３５－００－０００１", "0235-00-0001", Some("+81235000001")),
        ("0235ー00ー0001", "0235-00-0001", Some("+81235000001")),
        ("0235‐00―0001", "0235-00-0001", Some("+81235000001")),
        ("0235−00–0001", "0235-00-0001", Some("+81235000001")),
        ("(0235)00-0001", "0235-00-0001", Some("+81235000001")),
        ("00-0001", "00-0001", None),
        ("0235-00-0001（代）", "0235-00-0001(代)", Some("+81235000001")),
    ] {
        let found = facility(care().with("電話番号", written).with("FAX番号", written)).await;
        let contact = &found["contacts"][0];
        assert_eq!((&contact["tel"], &contact["fax"]), (&json!(tel), &json!(tel)), "{written}");
        assert_eq!(
            (&contact["telE164"], &contact["faxE164"]),
            (&json!(international), &json!(international))
        );
    }
}

#[actix_web::test]
async fn what_is_left_empty_is_warned_about() {
    let app = App::start().await;
    let row = care().with("電話番号", "00-0001").with("FAX番号", "事務所へ").with("定員", "若干名");
    let report = app.import("jigyosho.csv", &csv(&[row.with("URL", "javascript:alert(1)")])).await;
    assert_eq!(
        warnings(&report),
        [
            ("FAX番号: it is not a phone number; left empty", 1),
            ("URL: it is not a web address; kept as written, in the note", 1),
            ("定員: it is not a number; left empty", 1),
            ("電話番号: it has no known area code, or a digit too few or too many; kept as written", 1),
        ]
    );
    assert_eq!(only(&app).await["url"], Value::Null);
}

#[actix_web::test]
async fn days_and_numbers_are_read_in_every_width() {
    let row = care().with("利用可能曜日", "平日,土曜日，祝日").with("定員", "１８人");
    let service = facility(row).await["services"][0].take();
    assert_eq!(
        service["availableDays"],
        json!([{ "value": "WEEKDAY" }, { "value": "SATURDAY" }, { "value": "HOLIDAY" }])
    );
    assert_eq!(service["capacity"], 18);
    let unclear = facility(care().with("利用可能曜日", "平日,お盆")).await;
    assert_eq!(unclear["services"][0]["availableDays"], Value::Null);
}

#[actix_web::test]
async fn no_beds_is_said_and_unpublished_beds_are_not() {
    let row =
        Row::medical(HOSPITAL).with("一般病床", "０").with("療養病床", "0").with("合計病床数", "1,019床");
    let beds = facility(row).await["beds"].take();
    assert_eq!(
        (&beds["longTerm"], &beds["total"], &beds["psychiatric"]),
        (&json!(0), &json!(1019), &Value::Null)
    );
    assert_eq!(beds["general"], 0, "in full width as well");
}
