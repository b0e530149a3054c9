//! What others write while an import is prepared: it holds at once, and the import takes it in.

use super::support::{HOSPITAL, OFFICE, Row, csv, graph, of, stored};
use crate::consents::support::{
    MOBILE, admin, consent, id_of, list, public_numbers, recorded, row, with_leader, with_salon, withdraw,
};
use crate::support::{App, fixtures};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;
use std::cell::Cell;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::time::Instant;
use yui::database::Databases;
use yui::import::{ImportOptions, Outcome, import};

/// An import in a process of its own that has prepared everything and waits.
struct Prepared {
    go: Sender<()>,
    import: JoinHandle<bool>,
}

impl Prepared {
    fn of(app: &App, name: &'static str, text: &str, options: &ImportOptions) -> Self {
        let (ready, is_ready) = channel();
        let (go, may_go) = channel();
        let (url, text, options) = (app.url().to_owned(), text.to_owned(), options.clone());
        let import = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let folder = tempfile::tempdir().expect("a temporary folder");
                let path = folder.path().join(name);
                std::fs::write(&path, text).expect("a temporary file");
                let databases = Databases::connect(&url).await.expect("the database opens");
                let waited = Cell::new(false);
                let wait = |_, _| {
                    if !waited.replace(true) {
                        ready.send(()).expect("the test waits");
                        may_go.recv().expect("the test lets it go on");
                    }
                };
                let clock = crate::support::clock::clock();
                let outcome = import(&databases, &path, &options, clock, wait).await;
                databases.close().await.expect("an idle connection closes");
                matches!(outcome.expect("no database error"), Outcome::Read(report) if report.written)
            })
        });
        is_ready.recv().expect("the import comes to the end of its preparation");
        Self { go, import }
    }

    fn go_on(self) {
        self.go.send(()).expect("the import waits");
        assert!(self.import.join().expect("the import does not panic"), "it was written");
    }
}

fn care() -> Row {
    Row::care(OFFICE, "通所介護").with("電話番号", MOBILE).with("法人の名称", "見本会")
}

#[actix_web::test]
async fn others_write_while_an_import_is_prepared_and_nobody_sees_anything_of_it() {
    let app = App::start().await;
    let import = Prepared::of(&app, "jigyosho_20260601.csv", &csv(&[care()]), &ImportOptions::default());
    let soon = || Instant::now() + Duration::from_secs(1);
    let write = app.databases().begin_write_until(soon()).await.expect("the writer is free");
    write.commit().await.expect("it is committed");
    let rewrite = app.databases().begin_rewrite_until(soon()).await.expect("the directory can be rewritten");
    rewrite.commit().await.expect("it is committed");
    assert!(stored(&app).await.is_empty());
    for table in ["source", "organization", "municipality", "schedule_rule", "official_record", "change"] {
        assert_eq!(count(&app, table).await, 0, "{table}");
    }
    import.go_on();
    assert_eq!(graph(&app).await.len(), 1);
}

async fn count(app: &App, table: &str) -> i64 {
    let db = &app.databases().read;
    let sql = format!("SELECT count(*) FROM {table}");
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await;
    row.expect("a count").expect("one row").try_get_by_index(0).expect("a number")
}

#[actix_web::test]
async fn a_number_that_is_withdrawn_meanwhile_stays_withdrawn() {
    let app = with_salon().await;
    let id = id_of(&app, "見本サロン").await;
    let line = recorded(&admin(&app), consent(&id, "PUBLIC_WEB")).await;
    assert_eq!(public_numbers(&app, "見本サロン").await, [MOBILE]);
    let mut changed = with_leader();
    changed.push(("備考", "見本の備考"));
    let places = list(&[changed, row("K-2", "見本の会", "D01")]);
    let places = Prepared::of(&app, "places_20260602.csv", &places, &ImportOptions::default());
    withdraw(&admin(&app), &line).await;
    let desk = public_numbers(&app, "見本サロン").await;
    assert_ne!(desk, [MOBILE], "at once");
    places.go_on();
    assert_eq!(public_numbers(&app, "見本サロン").await, desk, "and after the import");
    assert_eq!(public_numbers(&app, "見本の会").await, desk, "which is there");
    let all = app.as_anonymous().data("{ resources { nodes { note } } }").await;
    assert!(all.to_string().contains("見本の備考"), "{all}");
}

#[actix_web::test]
async fn a_withdrawn_private_number_does_not_come_with_a_facility_that_was_prepared_before() {
    let app = with_salon().await;
    let id = id_of(&app, "見本サロン").await;
    let line = recorded(&admin(&app), consent(&id, "PUBLIC_WEB")).await;
    let import = Prepared::of(&app, "jigyosho_20260601.csv", &csv(&[care()]), &ImportOptions::default());
    withdraw(&admin(&app), &line).await;
    import.go_on();
    let all = app.as_anonymous().data("{ resources { nodes { name contacts { tel } } } }").await.to_string();
    assert!(all.contains("見本苑") && !all.contains(MOBILE), "{all}");
}

#[actix_web::test]
async fn a_consent_that_is_given_meanwhile_is_not_lost() {
    let app = with_salon().await;
    let id = id_of(&app, "見本サロン").await;
    let mut changed = with_leader();
    changed.push(("備考", "見本の備考"));
    let options = ImportOptions::default();
    let places = Prepared::of(&app, "places_20260602.csv", &list(&[changed]), &options);
    recorded(&admin(&app), consent(&id, "PUBLIC_WEB")).await;
    places.go_on();
    assert_eq!(public_numbers(&app, "見本サロン").await, [MOBILE]);
}

/// Facilities without what depends on the order in which rows were stored.
async fn directory(app: &App) -> Vec<Value> {
    let mut all = graph(app).await;
    all.sort_by_key(|one| one["id"].to_string());
    all
}

#[actix_web::test]
async fn of_two_imports_the_later_day_counts_whichever_is_published_first() {
    let hospital = Row::medical(HOSPITAL).with("正式名称", "早い名");
    let (early, late) =
        (csv(&[hospital.clone(), Row::medical("6110790002")]), csv(&[hospital.with("正式名称", "遅い名")]));
    let calm = App::start().await;
    calm.import_with("01-1_a.csv", &early, &of(4, 1)).await;
    calm.import_with("01-1_b.csv", &late, &of(6, 1)).await;
    let expected = directory(&calm).await;
    let app = App::start().await;
    let prepared = Prepared::of(&app, "01-1_a.csv", &early, &of(4, 1));
    app.import_with("01-1_b.csv", &late, &of(6, 1)).await;
    prepared.go_on();
    assert_eq!(directory(&app).await, expected, "the earlier day is published last");
    let app = App::start().await;
    let prepared = Prepared::of(&app, "01-1_b.csv", &late, &of(6, 1));
    app.import_with("01-1_a.csv", &early, &of(4, 1)).await;
    prepared.go_on();
    assert_eq!(directory(&app).await, expected, "the later day is published last");
    app.import_with("01-1_b.csv", &late, &of(6, 1)).await;
    assert_eq!(count(&app, "source").await, 2);
}

#[actix_web::test]
async fn areas_and_organizations_that_come_meanwhile_are_taken_in() {
    let files = [
        (fixtures::TOWNS_FILE, fixtures::towns()),
        (fixtures::BOUNDARIES_FILE, fixtures::boundaries()),
        ("organizations.csv", "組織コード,組織名,上位組織コード,法人番号,事業所番号\nORG-1,見本の団体,,,\n"),
        (fixtures::MEDICAL_LIST_FILE, fixtures::medical_list()),
    ];
    let calm = App::start().await;
    for (name, text) in files {
        calm.import(name, text).await;
    }
    calm.import(fixtures::CARE_FILE, fixtures::care()).await;
    let expected = directory(&calm).await;
    for (name, text) in files {
        let app = App::start().await;
        let prepared = Prepared::of(&app, fixtures::CARE_FILE, fixtures::care(), &ImportOptions::default());
        app.import(name, text).await;
        prepared.go_on();
        for (name, text) in files {
            app.import(name, text).await;
        }
        assert_eq!(directory(&app).await, expected, "{name}");
    }
}

#[actix_web::test]
async fn rows_that_do_not_change_are_not_written() {
    let app = App::start().await;
    let keys = async |table: &str| {
        let db = &app.databases().read;
        let sql = format!("SELECT id FROM {table} ORDER BY id");
        let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await;
        let rows = rows.expect("the keys are read");
        rows.iter().map(|row| row.try_get_by_index(0).expect("a key")).collect::<Vec<i64>>()
    };
    let other = Row::care("0670799902", "訪問介護").with("電話番号", "0235-00-0002");
    // Its rows come last: whatever is written again comes after them.
    let last = Row::care("0670799903", "訪問看護").with("電話番号", "0235-00-0003");
    app.import_with("jigyosho.csv", &csv(&[care(), other.clone(), last]), &of(4, 1)).await;
    let tables = ["contact_point", "official_record", "resource", "organization"];
    let before = [keys(tables[0]).await, keys(tables[1]).await, keys(tables[2]).await, keys(tables[3]).await];
    let services = keys("care_service").await;
    app.import_with("jigyosho.csv", &csv(&[care().with("定員", "9"), other]), &of(6, 1)).await;
    let after = [keys(tables[0]).await, keys(tables[1]).await, keys(tables[2]).await, keys(tables[3]).await];
    assert_eq!(after, before, "{tables:?}");
    assert_ne!(keys("care_service").await, services, "they have the day of the file");
    let all = app.as_anonymous().data("{ careFacilities { nodes { asOf services { capacity } } } }").await;
    let mut all: Vec<String> =
        all["careFacilities"]["nodes"].as_array().expect("a list").iter().map(Value::to_string).collect();
    all.sort();
    let one = |day: &str, capacity: &str| {
        format!("{{\"asOf\":\"{day}\",\"services\":[{{\"capacity\":{capacity}}}]}}")
    };
    assert_eq!(all, [one("2026-04-01", "null"), one("2026-06-01", "9"), one("2026-06-01", "null")]);
}

#[actix_web::test]
async fn search_keys_are_prepared_as_the_index_would_be_written() {
    let app = App::on(crate::support::TestDatabase::with_demo().await).await;
    let keys = async || {
        let db = &app.databases().read;
        let sql = "SELECT resource_id, names, others FROM resource_search ORDER BY resource_id";
        let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await;
        let read = |row: &sea_orm::QueryResult| -> (i64, String, String) {
            let text = |column| row.try_get_by_index(column).expect("a text");
            (row.try_get_by_index(0).expect("a key"), text(1), text(2))
        };
        rows.expect("the keys are read").iter().map(read).collect::<Vec<_>>()
    };
    let prepared = keys().await;
    assert!(prepared.len() > 20);
    let forget = "UPDATE program_state SET value = 'another way' WHERE name = 'search-index'";
    app.databases().writer().execute_unprepared(forget).await.expect("the note is changed");
    yui::import::upgrade::upgrade_stored(app.databases(), crate::support::clock::clock())
        .await
        .expect("the index is written again");
    assert_eq!(keys().await, prepared);
}
