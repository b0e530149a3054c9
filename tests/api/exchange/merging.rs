//! Several formats about the same facility: one answer, whichever file came first.

use super::support::{BABA, HOSPITAL, IZUMI, OFFICE, Row, csv, graph, of, only};
use crate::support::{App, fixtures};
use serde_json::Value;
use yui::import::ImportOptions;

type File = (&'static str, String, ImportOptions);

async fn graph_after<'f>(files: impl Iterator<Item = &'f File>) -> Vec<Value> {
    let app = App::start().await;
    for (name, text, options) in files {
        let report = app.import_with(name, text, options).await;
        assert_eq!(report.rejected, []);
    }
    graph(&app).await
}

/// The graph after the files, which must be the same in the opposite order.
async fn in_either_order(files: &[File]) -> Vec<Value> {
    let forward = graph_after(files.iter()).await;
    assert_eq!(forward, graph_after(files.iter().rev()).await);
    forward
}

fn fixture(name: &'static str, text: &str) -> File {
    (name, text.to_owned(), ImportOptions::default())
}

#[actix_web::test]
async fn a_care_facility_in_two_formats_is_one() {
    let table = Row::care(OFFICE, "通所介護").with("FAX番号", "0235-00-0009").with("備考", "見本");
    let list = Row::national(OFFICE, "通所介護").at(IZUMI).with("定員", "12").with("名称", "写しの名");
    let files = [("jigyosho_150.csv", csv(&[table]), of(6, 1)), ("facilities.csv", csv(&[list]), of(6, 1))];
    let found = in_either_order(&files).await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["name"], "見本苑", "on the same day the publisher is believed");
    assert_eq!(found[0]["services"][0]["capacity"], 12);
    assert_eq!(found[0]["location"]["position"]["precision"]["value"], "SOURCE");
    assert_eq!(found[0]["contacts"][0]["fax"], "0235-00-0009");
}

#[actix_web::test]
async fn of_two_formats_the_newer_one_is_believed_fact_by_fact() {
    let hospital = Row::medical(HOSPITAL).with("正式名称", "旧病院").with("一般病床", "50").at(IZUMI);
    let listed = Row::listed(HOSPITAL).with("正式名称", "新病院");
    let files =
        [("01-1_hospital.csv", csv(&[hospital]), of(4, 1)), ("medical.csv", csv(&[listed]), of(6, 1))];
    let found = in_either_order(&files).await;
    assert_eq!((found[0]["name"].as_str(), found[0]["asOf"].as_str()), (Some("新病院"), Some("2026-06-01")));
    assert_eq!(found[0]["beds"]["general"], 50);
    assert_eq!(found[0]["departments"][0]["name"], "内科");
    assert_eq!(found[0]["location"]["position"]["latitude"], 38.7315);
}

/// Both are derived lists: neither the day nor the rank decides.
#[actix_web::test]
async fn two_derived_lists_of_the_same_day_give_the_same_answer_in_either_order() {
    let listed = Row::listed(HOSPITAL).with("正式名称", "甲病院").at(IZUMI);
    let national = Row::national(HOSPITAL, "病院").with("名称", "乙病院").at(BABA);
    for options in [of(6, 1), ImportOptions::default()] {
        in_either_order(&[
            ("medical.csv", csv(std::slice::from_ref(&listed)), options.clone()),
            ("facilities.csv", csv(std::slice::from_ref(&national)), options),
        ])
        .await;
    }
}

#[actix_web::test]
async fn the_fixtures_give_the_same_graph_in_either_order() {
    let files = [
        fixture(fixtures::TOWNS_FILE, fixtures::towns()),
        fixture(fixtures::BOUNDARIES_FILE, fixtures::boundaries()),
        fixture(fixtures::CARE_FILE, fixtures::care()),
        fixture(fixtures::MEDICAL_LIST_FILE, fixtures::medical_list()),
        fixture(fixtures::HOSPITALS_FILE, fixtures::hospitals()),
        fixture(fixtures::CLINICS_FILE, fixtures::clinics()),
        ("districts.csv", csv(&[Row::district("D01", "泉町")]), ImportOptions::default()),
    ];
    assert_eq!(in_either_order(&files).await.len(), 14);
}

#[actix_web::test]
async fn a_facility_that_moved_is_not_left_at_its_old_position() {
    let app = App::start().await;
    let here = Row::care(OFFICE, "通所介護").at(IZUMI);
    app.import_with("jigyosho.csv", &csv(std::slice::from_ref(&here)), &of(4, 1)).await;
    assert_eq!(only(&app).await["location"]["status"]["value"], "LOCATED");
    let respelled = here.clone().with("住所", "鶴岡市大字泉町１０番地１").at(("", ""));
    app.import_with("jigyosho.csv", &csv(&[respelled]), &of(5, 1)).await;
    assert_eq!(only(&app).await["location"]["status"]["value"], "LOCATED", "the same place in other words");
    let moved = here.with("住所", "山形県鶴岡市馬場町9-1").at(("", ""));
    app.import_with("jigyosho.csv", &csv(&[moved]), &of(6, 1)).await;
    assert_eq!(only(&app).await["location"]["status"]["value"], "UNKNOWN");
}
