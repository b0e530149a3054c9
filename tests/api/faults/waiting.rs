//! While an import holds the writer: reading goes on, waiting ends in time, and says why.

use super::program::{Program, demo, run, token, told};
use crate::support::TestDatabase;
use crate::support::clock;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use yui::database::Databases;

const SECONDS: u64 = 3;
/// A busy machine takes its time; far less than an import.
const SLACK: Duration = Duration::from_secs(2);
const REACH: &str = "{ reachableNow(first: 1) { nodes { physician { physician { name } } } } }";
const CREATE: &str =
    "mutation($i: CreateApiTokenInput!) { createApiToken(input: $i) { token userErrors { code } } }";
const RECORD: &str =
    "mutation($i: RecordConsentInput!) { recordConsent(input: $i) { consent { id } userErrors { code } } }";

const WITHDRAW: &str =
    "mutation($i: ID!) { withdrawConsent(input: { id: $i }) { consent { id } userErrors { code } } }";

fn new_token() -> Value {
    json!({ "i": { "name": "late", "roles": ["PARTNER"] } })
}

fn new_consent(resource: &str, tel: &str) -> Value {
    json!({ "i": { "resource": resource, "tel": tel, "purpose": "PUBLIC_WEB", "subject": "PERSON",
        "method": "WRITTEN", "obtainedOn": "2026-11-01" } })
}

/// Another program that rewrites the directory, as an import does.
async fn importing(url: &str) -> Databases {
    Databases::connect(url).await.expect("a database")
}

#[track_caller]
fn is_busy((status, retry, answer): &(u16, Option<String>, Value), took: Duration) {
    let error = &answer["errors"][0];
    assert_eq!(error["extensions"]["code"], "BUSY", "{answer}");
    assert_eq!(error["extensions"]["retryAfterSeconds"], 5, "{answer}");
    assert_eq!((*status, retry.as_deref()), (200, Some("5")), "{answer}");
    assert!(error["message"].as_str().is_some_and(|text| text.contains("データ取り込み中です")), "{answer}");
    assert!(took < Duration::from_secs(SECONDS) + SLACK, "waited {took:?}");
}

/// An answer, and how long it took.
fn timed(
    server: &Program,
    query: &str,
    variables: &Value,
    token: &str,
) -> ((u16, Option<String>, Value), Duration) {
    let began = Instant::now();
    let answer = server.asks(query, variables, Some(token));
    (answer, began.elapsed())
}

#[actix_web::test]
async fn a_change_that_waits_for_an_import_ends_in_time_and_says_why() {
    let (database, folder) = demo().await;
    let url = database.url();
    let limit = SECONDS.to_string();
    let server = Program::serve(url, &folder.path().join("keys.json"), &["--operation-timeout", &limit]);
    let admin = token(url, &["ADMIN"], None);
    let manager = token(url, &["CARE_PROFESSIONAL"], Some("MIHON-CM1"));
    let (place, tel) = super::program::private(&server, &admin);
    let recorded = server.answer(RECORD, &new_consent(&place, &tel), Some(&admin));
    let consent = json!({ "i": recorded["data"]["recordConsent"]["consent"]["id"] });
    let import = importing(url).await;
    let turn = import.begin_rewrite().await.expect("the turn of the import");
    // A withdrawal that cannot be made is told so; made it is when it is sent again.
    let (answer, took) = timed(&server, WITHDRAW, &consent, &admin);
    is_busy(&answer, took);
    if !TestDatabase::is_postgres() {
        // There is one writer for everything, the audit of reads included.
        let (answer, took) = timed(&server, CREATE, &new_token(), &admin);
        is_busy(&answer, took);
        let (answer, took) = timed(&server, REACH, &json!({}), &manager);
        is_busy(&answer, took);
        assert!(
            answer.2["data"].is_null(),
            "nothing is handed out without an entry in the audit: {}",
            answer.2
        );
    }
    assert_eq!(server.get("/readyz").0, 200, "an import is no failure");
    assert!(server.answer("{ resources { totalCount } }", &json!({}), None)["errors"].is_null());
    turn.rollback().await.expect("the import ends");
    server.makes_token("in time", &admin).expect("the writer is free again");
    let withdrawn = server.answer(WITHDRAW, &consent, Some(&admin));
    assert!(!withdrawn["data"]["withdrawConsent"]["consent"].is_null(), "{withdrawn}");
    assert!(!server.answer(REACH, &json!({}), Some(&manager))["data"]["reachableNow"].is_null());
}

#[actix_web::test]
async fn commands_that_only_read_and_starts_do_not_wait_for_an_import() {
    let (database, folder) = demo().await;
    let url = database.url();
    let lists = lists(folder.path());
    let import = importing(url).await;
    let turn = import.begin_rewrite().await.expect("the turn of the import");
    let began = Instant::now();
    for command in
        [&["token", "list"][..], &["account", "list"], &["audit", "export"], &["migrate"], &["check"]]
    {
        let output = run(url, command);
        assert!(output.status.success(), "{command:?}: {}", told(&output));
    }
    let today = clock::today().to_string();
    let rehearse = ["import", "auto", "--dry-run", "--language", "en", "--as-of", &today, "--complete"];
    let names: Vec<&str> = lists.iter().map(String::as_str).collect();
    let output = run(url, &[&rehearse[..], &names].concat());
    assert!(output.status.code() < Some(2), "{}", told(&output));
    assert!(told(&output).matches("nothing was written").count() >= lists.len(), "{}", told(&output));
    let server = Program::serve(url, &folder.path().join("keys.json"), &[]);
    assert_eq!(server.get("/readyz").0, 200);
    assert!(began.elapsed() < super::program::PATIENCE, "{:?}", began.elapsed());
    turn.rollback().await.expect("the import ends");
}

/// A copy of every demo list that is kept beside the resources: its first row is gone, something in the others is
/// different, and one row may be new.
fn lists(folder: &std::path::Path) -> Vec<String> {
    let demo = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    let changed = [
        ("districts.csv", "見本第4圏域", "見本第四圏域", ""),
        ("生活支援コーディネーター_見本.csv", "0235-00-", "0235-01-", ""),
        (
            "organizations_見本.csv",
            "見本沢",
            "見本澤",
            "MIHON-N1,見本の新法人,,,\nMIHON-N2,見本の新事業所,MIHON-N1,,\n",
        ),
        ("平時の連絡窓口_見本.csv", "0235-00-", "0235-01-", ""),
        ("退院調整担当者_見本.csv", "0235-00-", "0235-01-", ""),
        ("受け入れ施設_見本.csv", "△", "○", ""),
        ("連携シート調査票2_見本.csv", "0235-00-02", "0235-01-02", ""),
        ("配布先_見本.csv", "はい", "いいえ", ""),
    ];
    let copied = changed.iter().map(|(name, before, after, more)| {
        let text = std::fs::read_to_string(demo.join(name)).expect("a list of the demo");
        let (header, rows) = text.split_once('\n').expect("a header");
        let rows = rows.split_once('\n').expect("a first row").1.replace(before, after);
        let copy = folder.join(name);
        std::fs::write(&copy, dated(&format!("{header}\n{rows}{more}"))).expect("a copy");
        copy.display().to_string()
    });
    copied.collect()
}

/// Days before today, as the demo writes them, become yesterday.
fn dated(text: &str) -> String {
    let yesterday = clock::today().pred_opt().expect("a day").to_string();
    let mut parts = text.split('【');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + &yesterday + part.split_once('】').map_or(part, |(_, rest)| rest))
}

#[actix_web::test]
async fn a_rehearsal_counts_what_the_import_then_does() {
    let (database, folder) = demo().await;
    let (url, today) = (database.url(), clock::today().to_string());
    for list in lists(folder.path()) {
        let import = ["import", "auto", "--as-of", &today, "--complete", "--report", "json", &list];
        let rehearsed = run(url, &[&import[..], &["--dry-run"]].concat());
        let done = run(url, &import);
        let counts = |output: &std::process::Output| {
            let reports: Value =
                serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", told(output)));
            let report = reports[0].clone();
            let fields =
                ["read", "created", "updated", "unchanged", "confirmed", "older", "vanished", "rejected"];
            fields.map(|field| report[field].clone())
        };
        let (rehearsed, done) = (counts(&rehearsed), counts(&done));
        assert_eq!(rehearsed, done, "{list}");
        assert!(done[1..3].iter().any(|count| *count != json!(0)), "{list} changes nothing: {done:?}");
    }
}

#[actix_web::test]
async fn many_who_wait_for_an_import_stop_no_reader() {
    let (database, folder) = demo().await;
    let server =
        Program::serve(database.url(), &folder.path().join("keys.json"), &["--operation-timeout", "4"]);
    let admin = token(database.url(), &["ADMIN"], None);
    let (place, tel) = super::program::private(&server, &admin);
    let import = importing(database.url()).await;
    let turn = import.begin_rewrite().await.expect("the turn of the import");
    let slowest = std::thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| {
                let (answer, took) = timed(&server, RECORD, &new_consent(&place, &tel), &admin);
                is_busy(&answer, took);
            });
        }
        let reads = (0..20).map(|_| {
            let (answer, took) = timed(&server, "{ resources { totalCount } }", &json!({}), &admin);
            assert_eq!(answer.0, 200, "{}", answer.2);
            std::thread::sleep(Duration::from_millis(50));
            took
        });
        reads.max()
    });
    assert!(slowest < Some(Duration::from_secs(2)), "a reader waited {slowest:?}");
    turn.rollback().await.expect("the import ends");
}
