//! A database of an earlier version: after its migration it answers as before, and the same files change
//! nothing.
//!
//! `old_database/` holds the database and the answers of commit b35f44a. It imported the files of the demo as
//! of one day, on both databases; the answers are to `queries.graphql`, line by line.

use crate::support::clock::clock;
use crate::support::{App, TestDatabase};
use chrono::NaiveDate;
use lzma_rust2::XzReader;
use serde_json::Value;
use std::io::Read;
use yui::import::complaint::Language::English;
use yui::import::report::Change;
use yui::import::{ImportOptions, demo, upgrade};

const SQLITE: &[u8] = include_bytes!("old_database/sqlite.db.xz");
const POSTGRES: &[u8] = include_bytes!("old_database/postgres.sql.xz");
const QUERIES: &str = include_str!("old_database/queries.graphql");
const ANSWERS: &str = include_str!("old_database/answers.json");

fn unpacked(packed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    XzReader::new(packed, false).read_to_end(&mut bytes).expect("a packed file");
    bytes
}

async fn upgraded() -> App {
    let dump = String::from_utf8(unpacked(POSTGRES)).expect("statements");
    let app = App::on(TestDatabase::holding(&unpacked(SQLITE), &dump).await).await;
    let applied = app.databases().migrate().await;
    assert!(applied.is_ok_and(|steps| !steps.is_empty()), "nothing was to be migrated");
    let upgraded = upgrade::upgrade_stored(app.databases(), clock()).await;
    assert_eq!(upgraded.expect("what is stored is upgraded"), 0, "the demo holds no private number");
    app
}

/// The answer with the value of each word in place of `{ value }`.
fn with_bare_words(answer: Value) -> Value {
    match answer {
        Value::Object(fields) if fields.len() == 1 && fields.contains_key("value") => fields["value"].clone(),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (name, with_bare_words(value))).collect())
        }
        Value::Array(all) => Value::Array(all.into_iter().map(with_bare_words).collect()),
        Value::String(text) => match text.as_str() {
            "care-office-number" | "medical-institution-id" | "local-id" => {
                Value::String(text.to_uppercase().replace('-', "_"))
            }
            _ => Value::String(text),
        },
        other => other,
    }
}

async fn answers_as_before(app: &App) {
    let answers: Vec<Value> = serde_json::from_str(ANSWERS).expect("answers");
    let queries: Vec<&str> = QUERIES.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(queries.len(), answers.len());
    for (query, before) in queries.into_iter().zip(answers) {
        let now = app.as_anonymous().ask(query).await;
        // Words that a period of 年末年始 once had beside it are gone when its list is imported again, and
        // identifiers of lists once had no list and municipality before their number; a closure called 年末年始 is now said to
        // be one.
        let told = |answer: &Value| {
            let lists = ["gathering-places", "mutual-aid", "private-services", "desks"];
            let named = lists.map(|list| format!("{list}:062031:"));
            // A word was once its bare value in some fields, and systems of codes had names of their own.
            let told = with_bare_words(answer.clone())
                .to_string()
                .replace("年末年始も開催、", "")
                .replace("は年末年始休み", "は年末年始");
            named.iter().fold(told, |told, named| told.replace(named, ""))
        };
        let same = told(&now["data"]) == told(&before);
        assert!(same, "{query}\n{}\n{}\nbefore\n{before}", now["data"], now["errors"]);
    }
}

#[actix_web::test]
async fn it_answers_as_before_and_the_same_files_change_nothing() {
    let app = upgraded().await;
    answers_as_before(&app).await;
    let day = NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day");
    let options = ImportOptions { as_of: Some(day), for_several: true, ..ImportOptions::default() };
    // The first questionnaire was answered once more in the second, which took back a consent that it gives.
    for (name, text) in demo::files(day).filter(|(name, _)| !name.contains("調査票1")) {
        let report = app.import_with(name, &text, &options).await;
        assert!(report.rejected.is_empty(), "{name}: {:?}", report.rejected);
        // A period of 年末年始 was once taken for a promise about the days around it; those rows are read anew.
        let anew = |change: &Change| {
            let read_anew = |after: &String| after.contains("年末年始") && after.ends_with("（読み直し）");
            change.field == "開催日時" && change.after.as_ref().is_some_and(read_anew)
        };
        let read_anew = report.changes.iter().filter(|change| anew(change)).count() as u64;
        let news = report.created + report.updated + report.confirmed + report.vanished;
        assert_eq!((news, report.written), (read_anew, read_anew > 0), "{}", report.table(English));
    }
    answers_as_before(&app).await;
}
