//! The same source at several days: newer facts replace older ones, and never the other way round.

use super::support::{HOSPITAL, OFFICE, Row, counts, csv, graph, of, only, stored};
use crate::support::{App, fixtures};
use yui::import::ImportOptions;
use yui::import::complaint::Language::English;
use yui::import::complaint::Remark;

const FILE: &str = "jigyosho_150.csv";

fn day_care() -> Row {
    let row = Row::care(OFFICE, "通所介護").with("電話番号", "0235-00-0001").with("定員", "20");
    row.with("URL", "https://izumi.example.jp/").with("備考", "見本の備考")
}

#[actix_web::test]
async fn the_same_file_twice_changes_nothing_and_says_so() {
    let app = App::start().await;
    fixtures::import_all(&app).await;
    let before = stored(&app).await;
    for (file, text, rows) in [
        (fixtures::TOWNS_FILE, fixtures::towns(), 7),
        (fixtures::BOUNDARIES_FILE, fixtures::boundaries(), 2),
        (fixtures::CARE_FILE, fixtures::care(), 9),
        (fixtures::MEDICAL_LIST_FILE, fixtures::medical_list(), 5),
        (fixtures::HOSPITALS_FILE, fixtures::hospitals(), 2),
        (fixtures::CLINICS_FILE, fixtures::clinics(), 2),
    ] {
        let report = app.import(file, text).await;
        assert_eq!((counts(&report), report.written), ([0, 0, 0, rows, 0, 0, 0], false), "{file}");
        assert!(report.table(English).contains("nothing to change"), "{}", report.table(English));
    }
    assert_eq!(stored(&app).await, before);
}

#[actix_web::test]
async fn a_table_that_says_nothing_new_is_not_even_begun_to_be_written() {
    let app = App::start().await;
    app.import(fixtures::CARE_FILE, fixtures::care()).await;
    let again = app.import(fixtures::CARE_FILE, fixtures::care());
    let (_, statements) = app.statements().during(again).await;
    let read = "how far others have written and what is known is read by the trial and by the import";
    assert_eq!(statements.len(), 4, "{read}: {statements:#?}");
    assert!(statements.iter().all(|statement| statement.starts_with("SELECT")), "{statements:#?}");
}

#[actix_web::test]
async fn a_newer_snapshot_updates_and_lists_every_field_that_changed() {
    let app = App::start().await;
    let steady = Row::care("0670799902", "訪問看護").with("事業所名", "見本看護");
    app.import_with(FILE, &csv(&[day_care(), steady.clone()]), &of(4, 1)).await;
    let newer = day_care().with("事業所名", "見本苑デイ").with("電話番号", "0235-00-0002").with("定員", "");
    let report = app.import_with(FILE, &csv(&[newer, steady]), &of(6, 1)).await;
    assert_eq!(counts(&report), [0, 1, 1, 0, 0, 0, 0]);
    let changes: Vec<_> = report
        .changes
        .iter()
        .map(|c| (c.key.as_str(), c.field.as_str(), c.before.as_deref(), c.after.as_deref()))
        .collect();
    let key = "care:0670799901:150";
    assert_eq!(
        changes,
        [
            (key, "定員", Some("20"), None),
            (key, "名称", Some("見本苑"), Some("見本苑デイ")),
            (key, "電話番号", Some("0235-00-0001"), Some("0235-00-0002")),
        ]
    );
    let facility = super::support::named(&app, "見本苑デイ").await;
    assert_eq!(facility["contacts"][0]["tel"], "0235-00-0002");
    assert_eq!(facility["services"][0]["capacity"], serde_json::Value::Null);
    assert!(graph(&app).await.iter().all(|node| node["asOf"] == "2026-06-01"));
}

#[actix_web::test]
async fn neither_an_older_nor_an_undated_snapshot_overwrites_newer_facts() {
    let app = App::start().await;
    app.import_with(FILE, &csv(&[day_care()]), &of(6, 1)).await;
    let before = stored(&app).await;
    let other = csv(&[day_care().with("事業所名", "別の名").with("定員", "99")]);
    for options in [of(5, 31), ImportOptions::default()] {
        let report = app.import_with(FILE, &other, &options).await;
        assert_eq!((counts(&report), report.written), ([0, 0, 0, 0, 1, 0, 0], false));
        assert!(report.changes.is_empty());
        assert_eq!(stored(&app).await, before);
    }
    let undated = app.import(FILE, &other).await;
    assert_eq!(undated.notes[0], Remark::DayUnknown);
}

#[actix_web::test]
async fn a_dated_snapshot_replaces_undated_facts_and_the_day_may_stand_in_the_file_name() {
    let app = App::start().await;
    app.import(FILE, &csv(&[day_care()])).await;
    assert_eq!(only(&app).await["freshness"]["value"], "UNKNOWN");
    let newer = csv(&[day_care().with("定員", "25")]);
    let report = app.import("jigyosho_150_2026-07-01.csv", &newer).await;
    assert_eq!((counts(&report)[1], report.as_of.as_deref()), (1, Some("2026-07-01")));
    assert_eq!(only(&app).await["services"][0]["capacity"], 25);
}

#[actix_web::test]
async fn a_correction_of_the_same_day_counts() {
    let app = App::start().await;
    app.import_with(FILE, &csv(&[day_care()]), &of(6, 1)).await;
    let report = app.import_with(FILE, &csv(&[day_care().with("定員", "21")]), &of(6, 1)).await;
    assert_eq!(counts(&report), [0, 1, 0, 0, 0, 0, 0]);
    assert_eq!(only(&app).await["services"][0]["capacity"], 21);
}

#[actix_web::test]
async fn a_file_with_fewer_columns_takes_nothing_away() {
    let app = App::start().await;
    app.import_with(FILE, &csv(&[day_care()]), &of(4, 1)).await;
    let report = app.import_with(FILE, &csv(&[Row::care(OFFICE, "通所介護")]), &of(6, 1)).await;
    assert_eq!(report.changes, []);
    let facility = only(&app).await;
    assert_eq!(facility["asOf"], "2026-06-01");
    assert_eq!(facility["url"], "https://izumi.example.jp/");
    assert_eq!(facility["contacts"][0]["tel"], "0235-00-0001");
    assert_eq!(facility["services"][0]["capacity"], 20);
    assert_eq!(facility["services"][0]["note"], "見本の備考");
}

#[actix_web::test]
async fn an_empty_cell_takes_the_fact_away() {
    let app = App::start().await;
    let row = Row::medical(HOSPITAL).with("略称", "荘内").with("一般病床", "100");
    app.import_with("01-1.csv", &csv(std::slice::from_ref(&row)), &of(4, 1)).await;
    assert_eq!(only(&app).await["beds"]["general"], 100);
    app.import_with("01-1.csv", &csv(&[row.with("略称", "").with("一般病床", "")]), &of(6, 1)).await;
    let facility = only(&app).await;
    assert_eq!((facility["alias"].as_str(), facility["beds"]["general"].as_i64()), (None, None));
}

#[actix_web::test]
async fn the_day_of_a_snapshot_cannot_lie_in_the_future() {
    let app = App::start().await;
    let file = "jigyosho_20991231.csv";
    let outcome = app.try_import(file, csv(&[day_care()]), &ImportOptions::default()).await;
    let reason = super::support::unusable(outcome);
    assert!(reason.contains("future") && reason.contains("--as-of"), "{reason}");
    assert!(stored(&app).await.is_empty());
}
