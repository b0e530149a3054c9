//! Facts verified here are not overwritten by a national file with fewer facts.

use super::support::{BABA, IZUMI, OFFICE, Row, csv, graph, of, only};
use crate::support::App;
use sea_orm::ConnectionTrait;
use yui::import::complaint::Language::English;

async fn verify(app: &App, day: &str) {
    let sql = format!("UPDATE resource SET last_verified_on = '{day}', name = '確認した名'");
    app.databases().writer().execute_unprepared(&sql).await.expect("verified");
}

#[actix_web::test]
async fn facts_verified_later_than_the_file_stay_and_are_listed() {
    let app = App::start().await;
    let row = Row::care(OFFICE, "通所介護");
    app.import_with("jigyosho.csv", &csv(std::slice::from_ref(&row)), &of(4, 1)).await;
    verify(&app, "2026-07-01").await;
    let newer = csv(&[row.clone().with("事業所名", "国の名")]);
    let report = app.import_with("jigyosho.csv", &newer, &of(6, 1)).await;
    assert_eq!(report.kept, ["care:0670799901 国の名"]);
    assert!(
        report.table(English).contains("kept as verified here: care:0670799901"),
        "{}",
        report.table(English)
    );
    assert_eq!(only(&app).await["name"], "確認した名");
    let newest = csv(&[row.with("事業所名", "もっと新しい名")]);
    let report = app.import_with("jigyosho.csv", &newest, &of(8, 1)).await;
    assert!(report.kept.is_empty());
    assert_eq!(only(&app).await["name"], "もっと新しい名");
}

/// The kept facility still holds the service that the file says is elsewhere now.
#[actix_web::test]
async fn a_verified_facility_does_not_stop_the_import_of_its_office() {
    let app = App::start().await;
    let (home, day_care) = (Row::care(OFFICE, "介護老人福祉施設").at(IZUMI), Row::care(OFFICE, "通所介護"));
    let together = csv(&[home.clone(), day_care.clone().at(IZUMI)]);
    app.import_with("jigyosho.csv", &together, &of(4, 1)).await;
    verify(&app, "2026-07-01").await;
    let apart = csv(&[home, day_care.at(BABA), Row::care("0670799902", "訪問介護")]);
    let report = app.import_with("jigyosho.csv", &apart, &of(6, 1)).await;
    assert!(report.written && !report.kept.is_empty(), "{report:?}");
    let all = graph(&app).await;
    let verified = all.iter().find(|node| node["name"] == "確認した名").expect("it stays");
    assert_eq!(verified["services"].as_array().map(Vec::len), Some(2));
    assert_eq!(all.len(), 2, "the office stays whole: {all:#?}");
    let newest =
        csv(&[Row::care(OFFICE, "介護老人福祉施設").at(IZUMI), Row::care(OFFICE, "通所介護").at(BABA)]);
    app.import_with("jigyosho.csv", &newest, &of(8, 1)).await;
    assert_eq!(graph(&app).await.len(), 3);
    verify(&app, "2026-09-01").await;
    let report = app.import_with("jigyosho.csv", &together, &of(8, 2)).await;
    assert_eq!(report.kept.len(), 1, "what would be left over is verified too: {report:?}");
    assert_eq!(graph(&app).await.len(), 3);
}
