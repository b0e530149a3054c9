//! The content of the fixtures, so that tests may rely on it.

use crate::support::{App, fixtures};
use yui::import::complaint::Refusal;
use yui::import::{ImportOptions, Outcome};

async fn counts(app: &App) -> (i64, i64) {
    let query = "{ careFacilities { totalCount } medicalFacilities { totalCount } }";
    let data = app.as_anonymous().data(query).await;
    let count = |field: &str| data[field]["totalCount"].as_i64().expect("a number");
    (count("careFacilities"), count("medicalFacilities"))
}

#[actix_web::test]
async fn the_care_fixture_has_nine_services_at_seven_places() {
    let app = App::start().await;
    let report = app.import(fixtures::CARE_FILE, fixtures::care()).await;
    assert_eq!((report.format, report.read, report.created), ("jigyosho", 9, 9));
    assert_eq!((report.rejected.as_slice(), report.as_of.as_deref()), (&[][..], Some("2026-06-01")));
    assert_eq!(counts(&app).await, (7, 0));
}

#[actix_web::test]
async fn the_medical_fixtures_know_each_others_facilities() {
    let app = App::start().await;
    for (name, text, format, rows, facilities) in [
        (fixtures::MEDICAL_LIST_FILE, fixtures::medical_list(), "medical-list", 5, 5),
        (fixtures::HOSPITALS_FILE, fixtures::hospitals(), "iryo", 2, 6),
        (fixtures::CLINICS_FILE, fixtures::clinics(), "iryo", 2, 7),
    ] {
        let report = app.import(name, text).await;
        assert_eq!((report.format, report.read, report.rejected.len()), (format, rows, 0), "{name}");
        assert_eq!(counts(&app).await, (0, facilities), "{name}");
    }
}

#[actix_web::test]
async fn the_area_fixtures_are_of_tsuruoka_and_yamagata() {
    let app = App::start().await;
    let report = app.import(fixtures::TOWNS_FILE, fixtures::towns()).await;
    assert_eq!((report.format, report.created, report.rejected.len()), ("towns", 7, 0));
    let report = app.import(fixtures::BOUNDARIES_FILE, fixtures::boundaries()).await;
    assert_eq!((report.format, report.read, report.rejected.len()), ("boundaries", 2, 0));
    assert!(report.written);
}

#[actix_web::test]
async fn all_fixtures_go_together() {
    let app = App::start().await;
    fixtures::import_all(&app).await;
    assert_eq!(counts(&app).await, (7, 7));
    let query = "{ resources(filter: { located: false }) { nodes { name } } }";
    let unlocated = app.as_anonymous().data(query).await;
    let names: Vec<&str> = unlocated["resources"]["nodes"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|node| node["name"].as_str())
        .collect();
    assert_eq!(names, ["見本福祉用具", "見本調剤薬局"]);
}

#[actix_web::test]
async fn a_dry_run_reports_and_writes_nothing() {
    let app = App::start().await;
    let options = ImportOptions { dry_run: true, ..ImportOptions::default() };
    let report = app.import_with(fixtures::CARE_FILE, fixtures::care(), &options).await;
    assert_eq!((report.created, report.written), (9, false));
    assert_eq!(counts(&app).await, (0, 0));
}

#[actix_web::test]
async fn a_file_of_no_known_format_is_unusable() {
    let app = App::start().await;
    let outcome = app.try_import("list.csv", "a,b\n1,2\n", &ImportOptions::default()).await;
    assert!(matches!(
        outcome,
        Outcome::Unusable(Refusal::UnknownHeader { .. } | Refusal::NearestHeader { .. })
    ));
}

#[actix_web::test]
async fn statements_are_counted_one_by_one() {
    let app = App::start().await;
    let anyone = app.as_anonymous();
    let ask = |query| app.statements().during(anyone.ask(query));
    for (query, expected) in [
        ("{ careServiceTypes { code } }", 0),
        ("{ supportCoordinators { name } }", 1),
        ("{ all: supportCoordinators { name } again: supportCoordinators { tier { value } } }", 2),
    ] {
        let (answer, statements) = ask(query).await;
        assert!(answer.get("errors").is_none(), "{answer}");
        assert_eq!(statements.len(), expected, "{query}: {statements:#?}");
    }
}
