//! `yui import` as a person types it: exit status, report, and the states a database may be in.

use super::support::{OFFICE, Row, csv};
use crate::support::fixtures;
use sea_orm::ConnectionTrait;
use serde_json::Value;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;
use yui::database::Databases;

/// A folder with an SQLite database, from which the program is started.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(TempDir::new().expect("a temporary folder"))
    }

    fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        std::fs::write(self.0.path().join(name), content).expect("a temporary file");
        self
    }

    fn yui(&self, arguments: &[&str]) -> Output {
        self.yui_with(&[], arguments)
    }

    fn yui_with(&self, environment: &[(&str, &str)], arguments: &[&str]) -> Output {
        let mut yui = Command::new(env!("CARGO_BIN_EXE_yui"));
        for name in ["DATABASE_URL", "YUI_LOG", "YUI_LOG_FORMAT", "YUI_LANGUAGE", "LANG"] {
            yui.env_remove(name);
        }
        yui.envs(environment.iter().copied());
        yui.current_dir(self.0.path()).args(arguments).stdin(Stdio::null());
        yui.output().expect("the program starts")
    }

    async fn open(&self) -> Databases {
        let file = self.0.path().join("yui.db").display().to_string();
        Databases::connect(&file).await.expect("the database of the program")
    }
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[track_caller]
fn ends(output: &Output, status: i32, said: &str) {
    let told = format!("{}\n{}", out(output), err(output));
    assert_eq!(output.status.code(), Some(status), "{told}");
    assert!(told.contains(said), "{told}");
}

#[test]
fn a_good_file_ends_with_0_and_says_what_it_was() {
    let desk = Desk::new().with(fixtures::CARE_FILE, fixtures::care());
    let first = desk.yui(&["import", "auto", fixtures::CARE_FILE]);
    ends(&first, 0, "jigyosho_20260601.csv  (jigyosho, UTF-8, 2026-06-01)");
    assert!(out(&first).contains("読込 9   新規 9"), "{}", out(&first));
    let second = desk.yui(&["import", "jigyosho", fixtures::CARE_FILE]);
    ends(&second, 0, "変更はありません");
    assert!(out(&second).contains("変更なし 9"), "{}", out(&second));
}

#[test]
fn a_rejected_row_ends_with_1_and_the_good_ones_are_in() {
    let rows = csv(&[Row::care(OFFICE, "通所介護"), Row::care("1", "通所介護")]);
    let desk = Desk::new().with("care.csv", rows);
    let first = desk.yui(&["import", "auto", "care.csv"]);
    ends(&first, 1, "受取不可 3行目 列 事業所番号");
    ends(&desk.yui(&["import", "auto", "care.csv"]), 1, "変更なし 1");
}

#[test]
fn an_unusable_file_ends_with_2_and_the_others_are_taken() {
    let desk = Desk::new().with(fixtures::CARE_FILE, fixtures::care()).with("list.csv", "a,b\n1,2\n");
    let output = desk.yui(&["import", "auto", "nowhere.csv", fixtures::CARE_FILE, "list.csv", "."]);
    ends(&output, 2, "新規 9");
    for said in ["nowhere.csv: ファイルがありません", "どの形式", ".: フォルダー"] {
        assert!(err(&output).contains(said), "{}", err(&output));
    }
}

#[test]
fn strict_ends_with_2_and_nothing_is_written() {
    let rows = csv(&[Row::care(OFFICE, "通所介護"), Row::care("1", "通所介護")]);
    let desk = Desk::new().with("care.csv", rows);
    ends(&desk.yui(&["import", "auto", "--strict", "care.csv"]), 2, "何も書き込んでいません。最初は3行目");
    ends(&desk.yui(&["import", "auto", "care.csv"]), 1, "新規 1");
}

#[test]
fn a_dry_run_may_be_followed_by_the_real_one() {
    let desk = Desk::new().with(fixtures::CARE_FILE, fixtures::care());
    let tried = desk.yui(&["import", "auto", "--dry-run", fixtures::CARE_FILE]);
    ends(&tried, 0, "新規 9");
    assert!(out(&tried).contains("何も書き込んでいません"), "{}", out(&tried));
    ends(&desk.yui(&["import", "auto", fixtures::CARE_FILE]), 0, "新規 9");
}

#[test]
fn the_report_as_json_is_all_there_is_on_standard_output() {
    let rows = csv(&[Row::care(OFFICE, "通所介護").at(("0", "0")), Row::care("1", "通所介護")]);
    let desk = Desk::new().with("care.csv", rows).with(fixtures::TOWNS_FILE, fixtures::towns());
    let files = ["care.csv", fixtures::TOWNS_FILE, "nowhere.csv"];
    let day = ["import", "auto", "--report", "json", "--as-of", "2026-06-01", "--publisher", "見本市"];
    let output = desk.yui(&[&day[..], &files[..]].concat());
    assert_eq!(output.status.code(), Some(2));
    let reports: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(reports.as_array().map(Vec::len), Some(2), "{reports:#}");
    assert_eq!((&reports[0]["format"], &reports[1]["format"]), (&"jigyosho".into(), &"towns".into()));
    assert_eq!((&reports[0]["as_of"], &reports[0]["created"]), (&"2026-06-01".into(), &1.into()));
    assert_eq!(reports[0]["rejected"][0]["line"], 3);
    assert_eq!(reports[0]["warnings"]["緯度：座標が0のため、使いません。"], 1);
    let told = &reports[0]["warned"][0];
    assert_eq!(
        (&told["line"], &told["column"], &told["code"]),
        (&2.into(), &"緯度".into(), &"CoordinatesZero".into())
    );
    assert!(err(&output).contains("nowhere.csv"), "{}", err(&output));
}

#[test]
fn the_report_is_in_japanese_unless_english_is_asked_for() {
    let desk = Desk::new().with("care.csv", csv(&[Row::care("1", "通所介護")]));
    let import = ["import", "auto", "--dry-run", "--report", "json"];
    for (variable, value, arguments, told) in [
        ("LANG", "C.UTF-8", &[][..], "10桁の事業所番号ではありません"),
        ("LANG", "ja_JP.UTF-8", &[], "10桁の事業所番号ではありません"),
        ("LANG", "en_GB.UTF-8", &[], "is not an office number"),
        ("YUI_LANGUAGE", "en", &[], "is not an office number"),
        ("YUI_LANGUAGE", "en", &["--language", "ja"], "10桁の事業所番号ではありません"),
        ("LANG", "ja_JP.UTF-8", &["--language", "en"], "is not an office number"),
    ] {
        let output = desk.yui_with(&[(variable, value)], &[&import, arguments, &["care.csv"]].concat());
        let reports: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let rejected = &reports[0]["rejected"][0];
        assert_eq!(rejected["code"], "NotAnOfficeNumber");
        let reason = rejected["reason"].as_str().unwrap_or_default();
        assert!(reason.contains(told), "{variable}={value} {arguments:?}: {reason}");
    }
}

#[test]
fn words_that_are_no_format_or_day_are_refused_before_anything_happens() {
    let desk = Desk::new().with("care.csv", "");
    let output = desk.yui(&["import", "excel", "care.csv"]);
    ends(&output, 2, "known formats are auto, jigyosho, medical-list");
    ends(&desk.yui(&["import", "auto", "--as-of", "last week", "care.csv"]), 2, "--as-of");
    ends(&desk.yui(&["import", "auto"]), 2, "FILE");
    assert!(!desk.0.path().join("yui.db").exists());
}

#[actix_web::test]
async fn a_database_that_may_not_be_written_is_told_apart() {
    let desk = Desk::new().with(fixtures::CARE_FILE, fixtures::care());
    ends(&desk.yui(&["migrate"]), 0, "up to date");
    let url = format!("sqlite://{}?mode=ro", desk.0.path().join("yui.db").display());
    let output = desk.yui(&["--database", &url, "import", "auto", fixtures::CARE_FILE]);
    ends(&output, 2, "can only be read");
    ends(
        &desk.yui(&["--database", "care.csv/x.db", "import", "auto", fixtures::CARE_FILE]),
        2,
        "cannot be opened",
    );
    let text = desk.yui(&["--database", fixtures::CARE_FILE, "import", "auto", fixtures::CARE_FILE]);
    ends(&text, 2, "not an SQLite database");
}

#[actix_web::test]
async fn a_database_that_another_program_holds_is_named() {
    let desk = Desk::new().with(fixtures::CARE_FILE, fixtures::care());
    ends(&desk.yui(&["migrate"]), 0, "up to date");
    let other = desk.open().await;
    let held = other.begin_write().await.expect("the write lock");
    ends(&desk.yui(&["import", "auto", "--wait", "1", fixtures::CARE_FILE]), 2, "held by another program");
    held.rollback().await.expect("the lock is given back");
    ends(&desk.yui(&["import", "auto", fixtures::CARE_FILE]), 0, "新規 9");
}

#[actix_web::test]
async fn a_database_of_a_newer_version_is_left_alone() {
    let desk = Desk::new().with(fixtures::CARE_FILE, fixtures::care());
    ends(&desk.yui(&["migrate"]), 0, "up to date");
    let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20990101_000001_future', 0)";
    let database = desk.open().await;
    database.writer().execute_unprepared(newer).await.expect("a step from the future");
    database.close().await.expect("an idle database closes");
    ends(&desk.yui(&["import", "auto", fixtures::CARE_FILE]), 2, "made by a newer version of Yui");
    let database = desk.open().await;
    let records = database.read.query_all_raw(sea_orm::Statement::from_string(
        sea_orm::DbBackend::Sqlite,
        "SELECT id FROM official_record",
    ));
    assert!(records.await.expect("the table is there").is_empty());
}
