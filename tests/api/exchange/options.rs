//! Common to every import: its audit entry, and options that are never silently ignored.

use super::support::notes;
use crate::support::{App, Person, fixtures};
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use yui::auth::Role;
use yui::import::complaint::Language::English;
use yui::import::{ImportOptions, Outcome, demo};

const LOG: &str = "{ auditLog(first: 100) { nodes { action { value } things { nodeId type { value } } changes { field before after } subject } } }";

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day")
}

fn action(entry: &Value) -> &str {
    entry["action"]["value"].as_str().expect("an action")
}

async fn imports(app: &App) -> Vec<Value> {
    let log = app.as_person(&Person::with(&[Role::Admin])).data(LOG).await;
    let entries = log["auditLog"]["nodes"].as_array().expect("entries");
    let is_import = |entry: &&Value| action(entry).starts_with("IMPORT");
    entries.iter().filter(is_import).cloned().collect()
}

#[actix_web::test]
async fn every_import_that_writes_leaves_one_entry_in_the_audit() {
    let app = App::start().await;
    let options = ImportOptions { as_of: Some(day()), for_several: true, ..ImportOptions::default() };
    let rehearsal = ImportOptions { dry_run: true, ..options.clone() };
    let mut files = 0;
    let area = [(fixtures::BOUNDARIES_FILE, fixtures::boundaries().to_owned())];
    for (name, text) in area.into_iter().chain(demo::files(day())) {
        app.import_with(name, &text, &rehearsal).await;
        assert_eq!(imports(&app).await.len(), files, "{name}: a rehearsal leaves none");
        app.import_with(name, &text, &options).await;
        files += 1;
        assert_eq!(imports(&app).await.len(), files, "{name}");
    }
    let entries = imports(&app).await;
    let actions: BTreeSet<&str> = entries.iter().map(action).collect();
    let expected = [
        "IMPORT_BOUNDARIES",
        "IMPORT_COORDINATORS",
        "IMPORT_DISTRICTS",
        "IMPORT_LIAISON_CONTACTS",
        "IMPORT_LIAISON_DISTRIBUTION",
        "IMPORT_LIAISON_SHEETS",
        "IMPORT_MEDICAL_ACCEPTANCES",
        "IMPORT_ORGANIZATIONS",
        "IMPORT_RESOURCES",
        "IMPORT_TOWNS",
    ];
    assert_eq!(actions, BTreeSet::from(expected));
    let coordinators = entries.iter().find(|entry| action(entry) == "IMPORT_COORDINATORS").expect("an entry");
    let changes = coordinators["changes"].as_array().expect("counts");
    let after = |field: &str| {
        let change = changes.iter().find(|change| change["field"] == field).expect("a field");
        assert_eq!(change["before"], json!([]), "{field}");
        change["after"][0].as_str().expect("a value")
    };
    assert_eq!(after("file"), "生活支援コーディネーター_見本.csv");
    assert_eq!((after("format"), after("asOf")), ("coordinators", "2026-11-01"));
    assert!(after("created").parse::<u64>().is_ok_and(|created| created > 0), "{changes:?}");
    for thing in entries.iter().flat_map(|entry| entry["things"].as_array().expect("things")) {
        assert!(!thing["type"].is_null(), "every import names its things by their ids: {thing}");
    }
    let taking =
        entries.iter().find(|entry| action(entry) == "IMPORT_MEDICAL_ACCEPTANCES").expect("an entry");
    let things = taking["things"].as_array().expect("things");
    assert!(!things.is_empty() && things.iter().all(|thing| thing["type"]["value"] == "MEDICAL_ACCEPTANCE"));
    assert!(coordinators["subject"].as_str().is_some_and(|who| who.starts_with("command-line:")));
}

#[actix_web::test]
async fn an_option_that_means_nothing_for_a_format_is_refused_or_told() {
    let app = App::start().await;
    let organizations = "組織コード,組織名\n見本-1,見本法人\n";
    let none = ImportOptions::default;
    let publisher = Some("見本市".to_owned());
    for (options, named) in [
        (ImportOptions { complete: true, ..none() }, "--complete"),
        (ImportOptions { as_of: Some(day()), ..none() }, "--as-of"),
        (ImportOptions { publisher, ..none() }, "--publisher"),
    ] {
        let outcome = app.try_import("organizations.csv", organizations, &options).await;
        let Outcome::Unusable(refusal) = outcome else { panic!("{named} was ignored") };
        let reason = refusal.say(English);
        assert!(reason.contains(named) && reason.ends_with("Leave it out."), "{reason}");
        let several = ImportOptions { for_several: true, dry_run: true, ..options };
        let report = app.import_with("organizations.csv", organizations, &several).await;
        assert!(notes(&report).iter().any(|note| note.starts_with(named)), "{:?}", report.notes);
    }
}
