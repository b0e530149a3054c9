//! Complete files: records they no longer have are marked as missing, only within the scope of the file.

use super::support::{OFFICE, Row, counts, csv, graph, of, stored};
use crate::support::App;
use yui::import::ImportOptions;
use yui::import::complaint::Remark;

fn complete(month: u32) -> ImportOptions {
    ImportOptions { complete: true, ..of(month, 1) }
}

fn offices() -> [Row; 5] {
    [
        Row::care(OFFICE, "通所介護").with("事業所名", "残る"),
        Row::care("0670799902", "通所介護").with("事業所名", "消える"),
        Row::care("0670799903", "訪問介護").with("事業所名", "別のサービス"),
        Row::care("1370799904", "通所介護").with("事業所名", "別の県").with("住所", "東京都府中市1-1"),
        Row::care("0670799902", "訪問看護").with("事業所名", "消えない仲間"),
    ]
}

async fn filled() -> App {
    let app = App::start().await;
    app.import_with("jigyosho.csv", &csv(&offices()), &of(4, 1)).await;
    let list = Row::national("0670799905", "通所介護").with("名称", "別の形式");
    app.import_with("facilities.csv", &csv(&[list]), &of(4, 1)).await;
    app
}

/// The names of the services that are missing, with the day.
async fn missing(app: &App) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for node in graph(app).await {
        for service in node["services"].as_array().expect("a list") {
            if let Some(day) = service["vanishedOn"].as_str() {
                found.push((service["name"].as_str().unwrap_or_default().to_owned(), day.to_owned()));
            }
        }
    }
    found
}

#[actix_web::test]
async fn a_complete_file_marks_what_vanished_of_its_service_and_prefecture() {
    let app = filled().await;
    let report = app.import_with("jigyosho.csv", &csv(&offices()[..1]), &complete(6)).await;
    assert_eq!((counts(&report), report.written), ([0, 0, 1, 0, 0, 1, 0], true));
    assert_eq!(missing(&app).await, [("消える".to_owned(), "2026-06-01".to_owned())]);
    let facilities = graph(&app).await;
    assert_eq!(facilities.len(), 5, "nothing is deleted");
    assert!(facilities.iter().all(|node| node["vanishedOn"].is_null()), "one of its services is left");
}

#[actix_web::test]
async fn a_facility_is_missing_when_all_of_its_services_are() {
    let app = filled().await;
    app.import_with("jigyosho.csv", &csv(&offices()[..1]), &complete(5)).await;
    let nursing = Row::care("0670799908", "訪問看護").with("事業所名", "新しい看護");
    app.import_with("jigyosho.csv", &csv(&[nursing]), &complete(6)).await;
    let gone = graph(&app).await.into_iter().filter(|node| node["vanishedOn"] == "2026-06-01");
    assert_eq!(gone.map(|node| node["name"].clone()).collect::<Vec<_>>(), ["消える"]);
}

#[actix_web::test]
async fn what_vanished_comes_back_when_it_reappears() {
    let app = filled().await;
    app.import_with("jigyosho.csv", &csv(&offices()[..1]), &complete(6)).await;
    let again = app.import_with("jigyosho.csv", &csv(&offices()[..1]), &complete(6)).await;
    assert_eq!((counts(&again), again.written), ([0, 0, 0, 1, 0, 0, 0], false));
    let back = app.import_with("jigyosho.csv", &csv(&offices()), &of(7, 1)).await;
    assert_eq!(counts(&back), [0, 1, 4, 0, 0, 0, 0]);
    assert!(missing(&app).await.is_empty());
}

#[actix_web::test]
async fn a_file_that_is_not_called_complete_marks_nothing() {
    let app = filled().await;
    let report = app.import_with("jigyosho.csv", &csv(&offices()[..1]), &of(6, 1)).await;
    assert_eq!(counts(&report), [0, 0, 1, 0, 0, 0, 0]);
    assert!(missing(&app).await.is_empty());
}

#[actix_web::test]
async fn an_older_complete_file_does_not_mark_what_is_newer() {
    let app = filled().await;
    let before = stored(&app).await;
    for options in [complete(3), ImportOptions { complete: true, ..ImportOptions::default() }] {
        let report = app.import_with("jigyosho.csv", &csv(&offices()[..1]), &options).await;
        assert_eq!((report.vanished, report.written), (0, false));
    }
    assert_eq!(stored(&app).await, before);
}

#[actix_web::test]
async fn a_medical_list_is_complete_by_kind_of_institution() {
    let app = App::start().await;
    let rows = [
        Row::listed("61107990001").with("正式名称", "甲病院"),
        Row::listed("61107990002").with("正式名称", "乙病院"),
        Row::listed("61107990003").with("正式名称", "丙医院").with("機関区分", "2"),
    ];
    app.import_with("medical.csv", &csv(&rows), &of(4, 1)).await;
    let report = app.import_with("medical.csv", &csv(&rows[..1]), &complete(6)).await;
    assert_eq!(report.vanished, 1);
    let gone = graph(&app).await.into_iter().filter(|node| !node["vanishedOn"].is_null());
    assert_eq!(gone.map(|node| node["name"].clone()).collect::<Vec<_>>(), ["乙病院"]);
}

#[actix_web::test]
async fn a_file_with_rejected_rows_is_not_complete() {
    let app = filled().await;
    let rows = [Row::care(OFFICE, "通所介護").with("事業所名", "残る"), Row::care("1", "通所介護")];
    let report = app.import_with("jigyosho.csv", &csv(&rows), &complete(5)).await;
    assert_eq!((report.vanished, report.rejected.len()), (0, 1));
    assert!(report.notes.contains(&Remark::NothingMarkedMissing), "{:?}", report.notes);
    assert_eq!(missing(&app).await, []);
}
