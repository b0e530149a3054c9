//! All of a file or nothing of it, for readers, for failures, for a program that is stopped.

use super::support::{BABA, IZUMI, OFFICE, Row, csv, graph, of, stored};
use crate::support::{App, TestDatabase};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use std::cell::Cell;
use std::path::PathBuf;
use std::pin::pin;
use tempfile::TempDir;
use tokio::sync::Notify;
use yui::database::Databases;
use yui::import::{ImportOptions, Outcome, import};

/// Offices in [`many`]: more than are written at once.
const OFFICES: i64 = 850;

/// Two services each, at two places: twice as many facilities.
fn many() -> String {
    let office = |n: i64| {
        let (row, branch) = (format!("{:010}", 670_700_000 + n), ("38.9", "139.9"));
        [
            Row::care(&row, "介護老人福祉施設").at(IZUMI).with("電話番号", "0235-00-0001"),
            Row::care(&row, "通所介護").at(branch).with("電話番号", "0235-00-0002"),
        ]
    };
    csv(&(0..OFFICES).flat_map(office).collect::<Vec<_>>())
}

fn file(text: &str) -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join("jigyosho_20260601.csv");
    std::fs::write(&path, text).expect("a temporary file");
    (folder, path)
}

/// Facilities, services and official records that a reader sees at one moment.
async fn seen(read: &DatabaseConnection) -> [i64; 3] {
    let sql = "SELECT (SELECT count(*) FROM resource) AS a, (SELECT count(*) FROM care_service) AS b, \
               (SELECT count(*) FROM official_record) AS c";
    let row = read.query_one_raw(Statement::from_string(read.get_database_backend(), sql)).await;
    let row = row.expect("a reader is never locked out").expect("one row");
    ["a", "b", "c"].map(|column| row.try_get("", column).expect("a number"))
}

#[actix_web::test]
async fn a_reader_sees_nothing_of_a_file_or_all_of_it() {
    let database = TestDatabase::migrated().await;
    let writer = Databases::connect(database.url()).await.expect("a database");
    let reader = Databases::connect(database.url()).await.expect("the same database");
    let (_folder, path) = file(&many());
    let (options, written) = (ImportOptions::default(), Cell::new(0));
    let mut import =
        pin!(import(&writer, &path, &options, crate::support::clock::clock(), |done, _| written.set(done)));
    let mut in_the_middle = 0;
    let outcome = loop {
        tokio::select! {
            outcome = &mut import => break outcome.expect("no database error"),
            now = seen(&reader.read) => {
                assert!(now == [0; 3] || now == [2 * OFFICES; 3], "half a file is visible: {now:?}");
                in_the_middle += i32::from(now == [0; 3] && written.get() > 0);
            }
        }
    };
    assert!(matches!(outcome, Outcome::Read(report) if report.written));
    assert_eq!(seen(&reader.read).await, [2 * OFFICES; 3], "visible at once");
    assert!(in_the_middle > 0, "nobody looked while it was written");
}

#[actix_web::test]
async fn an_import_that_is_dropped_in_the_middle_leaves_nothing() {
    let app = App::start().await;
    let (_folder, path) = file(&many());
    let (options, half) = (ImportOptions::default(), Notify::new());
    {
        let import = import(app.databases(), &path, &options, crate::support::clock::clock(), |_, _| {
            half.notify_one()
        });
        tokio::select! {
            biased;
            () = half.notified() => {}
            _ = import => panic!("the import ended before anybody could stop it"),
        }
    }
    assert!(stored(&app).await.is_empty());
    let report = app.import("jigyosho.csv", &csv(&[Row::care(OFFICE, "通所介護")])).await;
    assert!(report.written, "the writer is free again");
    assert_eq!(graph(&app).await.len(), 1);
}

#[actix_web::test]
async fn a_write_that_fails_leaves_nothing_half() {
    let app = App::start().await;
    let write = app.databases().writer();
    let (make, remove) = if TestDatabase::is_postgres() {
        (
            "ALTER TABLE contact_point ADD CONSTRAINT refused CHECK (phone <> '0235-00-0666')",
            "ALTER TABLE contact_point DROP CONSTRAINT refused",
        )
    } else {
        (
            "CREATE TRIGGER refused BEFORE INSERT ON contact_point WHEN NEW.phone = '0235-00-0666' \
             BEGIN SELECT RAISE(ABORT, 'refused'); END",
            "DROP TRIGGER refused",
        )
    };
    write.execute_unprepared(make).await.expect("a table that refuses one number");
    let first = Row::care(OFFICE, "通所介護").with("電話番号", "0235-00-0001").with("法人の名称", "見本会");
    let text = csv(&[first.clone(), Row::care("0670799902", "訪問介護").with("電話番号", "0235-00-0666")]);
    let (_folder, path) = file(&text);
    let options = ImportOptions::default();
    assert!(
        import(app.databases(), &path, &options, crate::support::clock::clock(), |_, _| {}).await.is_err()
    );
    assert!(stored(&app).await.is_empty());
    app.import("jigyosho.csv", &csv(&[first])).await;
    let before = (stored(&app).await, graph(&app).await);
    assert!(
        import(app.databases(), &path, &options, crate::support::clock::clock(), |_, _| {}).await.is_err()
    );
    assert_eq!((stored(&app).await, graph(&app).await), before);
    write.execute_unprepared(remove).await.expect("it refuses nothing any more");
    assert!(
        import(app.databases(), &path, &options, crate::support::clock::clock(), |_, _| {}).await.is_ok()
    );
    assert_eq!(graph(&app).await.len(), 2);
}

/// Two formats about the same hospitals, and a third file.
#[actix_web::test]
async fn imports_at_the_same_time_take_turns() {
    let hospital = |n: i32, name: &str| Row::medical(&format!("6110799{n:04}")).with("正式名称", name);
    let listed = |n: i32| Row::listed(&format!("6110799{n:04}")).with("正式名称", "写しの名");
    let one: Vec<Row> = (0..40).map(|n| hospital(n, "原本の名").at(BABA).with("一般病床", "9")).collect();
    let two: Vec<Row> = (0..40).map(|n| listed(n).at(IZUMI)).collect();
    let app = App::start().await;
    let (early, late) = (of(4, 1), of(6, 1));
    let (one, two) = (csv(&one), csv(&two));
    tokio::join!(
        app.import_with("01-1_a.csv", &one, &early),
        app.import_with("medical.csv", &two, &late),
        app.import(
            "jigyosho.csv",
            "事業所名,サービスの種類,住所,事業所番号\n見本,訪問介護,鶴岡市,0670799901\n"
        ),
    );
    let calm = App::start().await;
    calm.import_with("01-1_a.csv", &one, &early).await;
    calm.import_with("medical.csv", &two, &late).await;
    let without_care = |all: Vec<serde_json::Value>| -> Vec<serde_json::Value> {
        all.into_iter().filter(|node| node["kind"]["value"] == "MEDICAL_FACILITY").collect()
    };
    let (found, expected) = (graph(&app).await, graph(&calm).await);
    assert_eq!(found.len(), 41);
    assert_eq!(without_care(found), expected);
}
