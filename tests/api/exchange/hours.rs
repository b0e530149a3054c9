//! Hours of medical facilities: they find their facility by its ID, whichever file comes first.

use super::support::{HOSPITAL, Row, csv, graph_size, of};
use crate::support::App;
use serde_json::{Value, json};

const HOURS_FILE: &str = "02-2_clinic_speciality_hours.csv";
const CLINIC_FILE: &str = "02-1_clinic_facility_info.csv";

/// 月 … 金 in one band.
fn weekdays(department: &str, band: &str, hours: (&str, &str)) -> Row {
    let row = Row::hours(HOSPITAL, department, band);
    ["月", "火", "水", "木", "金"].iter().fold(row, |row, day| {
        row.with(&format!("{day}_診療開始時間"), hours.0).with(&format!("{day}_診療終了時間"), hours.1)
    })
}

fn clinic() -> Row {
    Row::medical(HOSPITAL)
        .with(
            "その他の休診日（gw、お盆等）",
            "12月29日（改行）12月30日（改行）12月31日（改行）1月1日（改行）1月2日（改行）1月3日",
        )
        .with("毎週決まった曜日に休診（月）", "1")
        .with("祝日に休診", "0")
}

async fn facility(app: &App) -> Value {
    let query = r#"{ medicalFacilities { nodes { name
        schedules { label text computable occurrences(from: "2026-11-02", to: "2026-11-04") { date start } }
        open: openState(at: "2026-11-02T10:00:00+09:00") { state { value } }
        noon: openState(at: "2026-11-02T13:00:00+09:00") { state { value } }
        holiday: openState(at: "2026-11-03T10:00:00+09:00") { state { value } }
        newYear: openState(at: "2026-12-30T10:00:00+09:00") { state { value } }
    } } }"#;
    app.as_anonymous().data(query).await["medicalFacilities"]["nodes"][0].take()
}

async fn open_at(app: &App, at: &str) -> Value {
    let query = "query($at: DateTime!) { medicalFacilities(filter: { openAt: $at }) { totalCount } }";
    app.as_anonymous().data_with(query, json!({ "at": at })).await["medicalFacilities"]["totalCount"].take()
}

#[actix_web::test]
async fn hours_and_facility_meet_whichever_comes_first() {
    let hours = csv(&[
        weekdays("内科", "1", ("09:00", "12:00")),
        weekdays("内科", "2", ("14:00", "18:00")),
        weekdays("内科", "3", ("00:00", "00:00")),
    ]);
    let facilities = csv(&[clinic()]);
    let mut answers = Vec::new();
    for order in [[true, false], [false, true]] {
        let app = App::start().await;
        for hours_now in order {
            let (file, text) = if hours_now { (HOURS_FILE, &hours) } else { (CLINIC_FILE, &facilities) };
            assert_eq!(app.import_with(file, text, &of(6, 1)).await.rejected, []);
        }
        assert_eq!(open_at(&app, "2026-11-02T10:00:00+09:00").await, 1);
        assert_eq!(open_at(&app, "2026-11-02T13:00:00+09:00").await, 0);
        answers.push(facility(&app).await);
    }
    assert_eq!(answers[0], answers[1]);
    let [open, noon, holiday, new_year] = ["open", "noon", "holiday", "newYear"]
        .map(|at| answers[0][at]["state"]["value"].as_str().unwrap_or_default());
    assert_eq!([open, noon, holiday, new_year], ["OPEN", "CLOSED", "CLOSED", "CLOSED"]);
    assert_eq!(answers[0]["schedules"].as_array().map(Vec::len), Some(1));
    assert_eq!(answers[0]["schedules"][0]["label"], Value::Null);
}

#[actix_web::test]
async fn hours_without_a_facility_are_kept_and_shown_nowhere() {
    let app = App::start().await;
    let report =
        app.import_with(HOURS_FILE, &csv(&[weekdays("内科", "1", ("09:00", "12:00"))]), &of(6, 1)).await;
    assert_eq!((report.created, report.rejected.len()), (1, 0));
    assert_eq!(graph_size(&app).await, 0);
}

#[actix_web::test]
async fn departments_with_hours_of_their_own_are_schedules_of_their_own() {
    let app = App::start().await;
    app.import_with(CLINIC_FILE, &csv(&[clinic()]), &of(6, 1)).await;
    let rows = [
        weekdays("内科", "1", ("09:00", "12:00")),
        weekdays("外科", "1", ("09:00", "12:00")),
        weekdays("眼科", "1", ("13:00", "15:00")),
    ];
    app.import_with(HOURS_FILE, &csv(&rows), &of(6, 1)).await;
    let found = facility(&app).await;
    let labels: Vec<&str> = found["schedules"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|schedule| schedule["label"].as_str())
        .collect();
    assert_eq!(labels, ["内科・外科", "眼科"]);
}

#[actix_web::test]
async fn newer_hours_replace_older_ones() {
    let app = App::start().await;
    app.import_with(CLINIC_FILE, &csv(&[clinic()]), &of(6, 1)).await;
    app.import_with(HOURS_FILE, &csv(&[weekdays("内科", "1", ("09:00", "12:00"))]), &of(6, 1)).await;
    app.import_with(HOURS_FILE, &csv(&[weekdays("内科", "1", ("13:00", "14:00"))]), &of(7, 1)).await;
    let found = facility(&app).await;
    assert_eq!(found["schedules"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&found["open"]["state"]["value"], &found["noon"]["state"]["value"]),
        (&json!("CLOSED"), &json!("OPEN"))
    );
}

#[actix_web::test]
async fn one_id_in_two_prefectures_gets_the_hours_of_neither() {
    let app = App::start().await;
    let elsewhere = Row::medical(HOSPITAL).with("所在地", "秋田県湯沢市佐竹町1-1");
    app.import_with(CLINIC_FILE, &csv(&[clinic()]), &of(6, 1)).await;
    app.import_with(CLINIC_FILE, &csv(&[elsewhere]), &of(6, 1)).await;
    app.import_with(HOURS_FILE, &csv(&[weekdays("内科", "1", ("09:00", "12:00"))]), &of(6, 1)).await;
    let data = app.as_anonymous().data("{ medicalFacilities { nodes { schedules { label } } } }").await;
    let nodes = data["medicalFacilities"]["nodes"].as_array().expect("a list");
    assert_eq!(nodes.len(), 2);
    assert!(nodes.iter().all(|node| node["schedules"] == json!([])), "{nodes:?}");
}

#[actix_web::test]
async fn a_note_that_is_not_understood_leaves_openness_unknown() {
    let app = App::start().await;
    let vague = clinic().with("その他の休診日（gw、お盆等）", "水曜隔週で午前休診");
    app.import_with(CLINIC_FILE, &csv(&[vague]), &of(6, 1)).await;
    app.import_with(HOURS_FILE, &csv(&[weekdays("内科", "1", ("09:00", "12:00"))]), &of(6, 1)).await;
    let found = facility(&app).await;
    assert_eq!(
        (&found["schedules"][0]["computable"], &found["open"]["state"]["value"]),
        (&json!(false), &json!("UNKNOWN"))
    );
}

#[actix_web::test]
async fn a_pharmacy_has_its_hours_in_its_own_file() {
    let app = App::start().await;
    let pharmacy = Row::pharmacy("61107990005")
        .with("定期閉店毎週（月）", "1")
        .with("月_開店時間帯1_開始時間", "09:00")
        .with("月_開店時間帯1_終了時間", "18:00")
        .with("祝_開店時間帯1_開始時間", "09:00")
        .with("祝_開店時間帯1_終了時間", "11:00")
        .with("祝日", "1");
    app.import_with("05_pharmacy.csv", &csv(&[pharmacy]), &of(6, 1)).await;
    let found = facility(&app).await;
    let [open, holiday] =
        ["open", "holiday"].map(|at| found[at]["state"]["value"].as_str().unwrap_or_default());
    assert_eq!([open, holiday], ["OPEN", "OPEN"]);
}
