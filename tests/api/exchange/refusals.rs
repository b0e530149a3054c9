//! Rows that cannot be taken, and files that are only tried or must be taken whole.

use super::support::{
    HOSPITAL, IZUMI, OFFICE, Row, columns, counts, csv, graph, of, stored, table, unusable,
};
use crate::support::{App, fixtures};
use yui::import::ImportOptions;
use yui::import::complaint::Language::{English, Japanese};
use yui::import::complaint::{Complaint, Flaw};

/// Two good rows around three that cannot be taken.
fn mixed() -> String {
    let rows = [
        Row::care(OFFICE, "通所介護").with("備考", "二行に\nわたる"),
        Row::care("0670799902", "占い"),
        Row::care("12345", "通所介護"),
        Row::care("0670799904", "通所介護").with("事業所名", "　"),
        Row::care("0670799905", "訪問介護"),
    ];
    csv(&rows)
}

#[actix_web::test]
async fn a_row_that_cannot_be_taken_is_named_and_the_good_ones_are_in() {
    let app = App::start().await;
    let report = app.import("jigyosho.csv", &mixed()).await;
    assert_eq!((counts(&report), report.read, report.exit_status()), ([2, 0, 0, 0, 0, 0, 3], 5, 1));
    assert_eq!(
        report.rejected,
        [
            Complaint::of_cell(3, "サービスの種類", Flaw::NotAService { cell: "占い".into() }),
            Complaint::of_cell(4, "事業所番号", Flaw::NotAnOfficeNumber { cell: "12345".into() }),
            Complaint::of_cell(5, "事業所名", Flaw::NoName),
        ]
    );
    assert_eq!(graph(&app).await.len(), 2);
    for (language, told) in [
        (English, "rejected line 4 column 事業所番号: 「12345」 is not an office number"),
        (Japanese, "受取不可 4行目 列 事業所番号: 「12345」は10桁の事業所番号ではありません。"),
    ] {
        assert!(report.table(language).contains(told), "{}", report.table(language));
    }
}

#[actix_web::test]
async fn rows_are_counted_as_a_spreadsheet_shows_them() {
    let app = App::start().await;
    let rows = [Row::care("0670799902", "占い")];
    let row = table(&rows, ",", columns(&rows));
    let (header, bad) = row.split_once('\n').expect("a header");
    let good = csv(&[Row::care(OFFICE, "通所介護").with("事業所名", "見本\n苑")]);
    let (_, good) = good.split_once('\n').expect("a header");
    let text = format!("{header}\r\n\r\n{}\r\n  \r\n{bad}", good.replace('\n', "\r\n"));
    let report = app.import("jigyosho.csv", &text).await;
    assert_eq!((report.read, report.rejected[0].line), (2, 6), "{text}");
}

#[actix_web::test]
async fn strict_refuses_the_whole_file() {
    let app = App::start().await;
    let strict = ImportOptions { strict: true, ..ImportOptions::default() };
    let district = [Row::district("D01", "泉町"), Row::district("D02", "")];
    let outline = fixtures::boundaries().replacen("\"Polygon\"", "\"Point\"", 1);
    for (file, text, said) in [
        ("jigyosho.csv", mixed(), ["3 rows", "line 3"]),
        ("districts.csv", csv(&district), ["1 rows", "line 3"]),
        ("N03.geojson", outline, ["1 rows", "neither a Polygon"]),
    ] {
        let reason = unusable(app.try_import(file, text, &strict).await);
        assert!(said.iter().all(|words| reason.contains(words)), "{reason}");
        assert!(stored(&app).await.is_empty(), "{file}");
    }
    let good = app.import_with(fixtures::CARE_FILE, fixtures::care(), &strict).await;
    assert_eq!((good.created, good.written), (9, true));
}

#[actix_web::test]
async fn a_dry_run_counts_the_same_and_writes_nothing() {
    let app = App::start().await;
    app.import_with(
        "jigyosho.csv",
        &csv(&[Row::care(OFFICE, "通所介護"), Row::care(OFFICE, "訪問介護")]),
        &of(4, 1),
    )
    .await;
    let changed = Row::care(OFFICE, "通所介護").with("事業所名", "新しい名").at(IZUMI);
    let newer = csv(&[changed, Row::care("0670799902", "通所介護"), Row::care("1", "通所介護")]);
    let options = ImportOptions { complete: true, ..of(6, 1) };
    let before = stored(&app).await;
    let dry = ImportOptions { dry_run: true, ..options.clone() };
    let tried = app.import_with("jigyosho.csv", &newer, &dry).await;
    assert_eq!(stored(&app).await, before);
    assert!(
        !tried.written && tried.table(English).contains("nothing was written"),
        "{}",
        tried.table(English)
    );
    let done = app.import_with("jigyosho.csv", &newer, &options).await;
    assert!(done.written);
    assert_eq!(counts(&tried), counts(&done));
    assert_eq!((tried.changes, tried.warnings, tried.rejected), (done.changes, done.warnings, done.rejected));
}

#[actix_web::test]
async fn a_dry_run_of_areas_writes_nothing_either() {
    let app = App::start().await;
    let options = ImportOptions { dry_run: true, ..ImportOptions::default() };
    for (file, text, rows) in [
        (fixtures::TOWNS_FILE, fixtures::towns(), 7),
        (fixtures::BOUNDARIES_FILE, fixtures::boundaries(), 2),
        ("districts.csv", &csv(&[Row::district("D01", "泉町")]), 1),
    ] {
        let report = app.import_with(file, text, &options).await;
        assert_eq!((report.created, report.written), (rows, false), "{file}");
        assert!(stored(&app).await.is_empty(), "{file}");
    }
}

#[actix_web::test]
async fn a_file_of_which_no_row_can_be_taken_does_not_claim_to_be_known() {
    let app = App::start().await;
    let report = app.import("01-1.csv", &csv(&[Row::medical("?").with("ID", "?"), Row::medical("-")])).await;
    assert_eq!(counts(&report), [0, 0, 0, 0, 0, 0, 2]);
    assert!(!report.table(English).contains("known already"), "{}", report.table(English));
    assert!(report.table(English).contains("nothing was written"), "{}", report.table(English));
}

#[actix_web::test]
async fn what_is_no_kind_of_institution_is_rejected() {
    let app = App::start().await;
    let rows =
        [Row::listed(HOSPITAL).with("機関区分", "9"), Row::listed("61107990002").with("機関区分", "薬局")];
    let report = app.import("medical.csv", &csv(&rows)).await;
    let nine = Flaw::NotAnInstitutionKind { cell: "9".into() };
    assert_eq!(report.rejected, [Complaint::of_cell(2, "機関区分", nine)]);
    let unknown = Row::national(OFFICE, "温泉");
    let report = app.import("facilities.csv", &csv(&[unknown])).await;
    let spa = Flaw::NotAFacilityKind { cell: "温泉".into() };
    assert_eq!(report.rejected, [Complaint::of_cell(2, "種別", spa)]);
}
