//! Two instances on one database: what a withdrawn consent closes is closed on both within a second, whatever happened to the
//! one that has the answer in memory: it was frozen, its connection was cut, its database fell silent.

use super::program::{Program, demo, signal, token};
use super::proxy::Proxy;
use crate::support::TestDatabase;
use serde_json::json;
use std::time::{Duration, Instant};

/// The number that a consent of the demo opens to everybody (K-022).
const NUMBER: &str = "090-0000-0011";
const CONTACTS: &str = "/graphql?query={gatheringPlaces(first:60){nodes{name%20contacts{tel}}}}";
/// What is promised.
const PROMISED: Duration = Duration::from_secs(1);

/// Withdraws the consent, and says when that was acknowledged.
fn withdraw(server: &Program, admin: &str) -> Instant {
    let due = "{ consentsDue(first: 50) { nodes { id tel purpose { value } expiresOn } } }";
    let found = server.answer(due, &json!({}), Some(admin));
    let nodes = found["data"]["consentsDue"]["nodes"].as_array().unwrap_or_else(|| panic!("{found}"));
    let consent = nodes
        .iter()
        .find(|one| one["tel"].as_str().is_some_and(|tel| tel.ends_with("11")))
        .unwrap_or_else(|| panic!("{found}"));
    let change =
        "mutation($i: WithdrawConsentInput!) { withdrawConsent(input: $i) { userErrors { message } } }";
    let answer = server.answer(change, &json!({ "i": { "id": consent["id"] } }), Some(admin));
    assert_eq!(answer["data"]["withdrawConsent"]["userErrors"], json!([]), "{answer}");
    Instant::now()
}

/// Asks until the answer is in memory.
fn remembers(server: &Program) {
    for _ in 0..3 {
        let (status, body) = server.get(CONTACTS);
        assert!(status == 200 && body.contains(NUMBER), "{status} {body}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Looks for the number for a while: after what is promised it is nowhere.
fn is_closed(server: &Program, since: Instant, wanted: &[u16]) {
    let mut last = 0;
    while since.elapsed() < PROMISED + Duration::from_millis(1_500) {
        let begun = since.elapsed();
        let (status, body) = server.get(CONTACTS);
        assert!(!body.contains(NUMBER) || begun < PROMISED, "still told {begun:?} after the withdrawal");
        last = status;
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(wanted.contains(&last), "{last}");
}

#[actix_web::test]
async fn a_withdrawn_consent_closes_the_number_on_another_instance() {
    let (database, folder) = demo().await;
    let keys = folder.path().join("keys.json");
    let (here, there) =
        (Program::serve(database.url(), &keys, &[]), Program::serve(database.url(), &keys, &[]));
    let admin = token(database.url(), &["ADMIN"], None);
    remembers(&here);
    remembers(&there);
    let since = withdraw(&here, &admin);
    assert!(!here.get(CONTACTS).1.contains(NUMBER), "at once where it was withdrawn");
    is_closed(&there, since, &[200]);
}

#[actix_web::test]
async fn a_frozen_process_tells_nothing_old_when_it_goes_on() {
    let (database, folder) = demo().await;
    let keys = folder.path().join("keys.json");
    let (frozen, other) =
        (Program::serve(database.url(), &keys, &[]), Program::serve(database.url(), &keys, &[]));
    let admin = token(database.url(), &["ADMIN"], None);
    remembers(&frozen);
    signal(frozen.pid(), "STOP");
    let since = withdraw(&other, &admin);
    std::thread::sleep(PROMISED.saturating_sub(since.elapsed()));
    signal(frozen.pid(), "CONT");
    is_closed(&frozen, since, &[200]);
}

#[actix_web::test]
async fn an_instance_whose_database_is_cut_off_tells_nothing_old() {
    if !TestDatabase::is_postgres() {
        return; // A file beside the program is never away.
    }
    let (database, folder) = demo().await;
    let keys = folder.path().join("keys.json");
    let proxy = Proxy::before(&database);
    let (cut_off, other) =
        (Program::serve(proxy.url(), &keys, &[]), Program::serve(database.url(), &keys, &[]));
    let admin = token(database.url(), &["ADMIN"], None);
    remembers(&cut_off);
    // Silent: nothing is refused, and nothing comes.
    proxy.holds_back(true);
    let since = withdraw(&other, &admin);
    is_closed(&cut_off, since, &[503]);
    proxy.holds_back(false);
    cut_off.until_ready_is(200);
    assert!(!cut_off.get(CONTACTS).1.contains(NUMBER));
    // Cut for a moment, as by a restart of the database.
    let before = cut_off.get(CONTACTS).1;
    proxy.cut();
    assert_eq!(cut_off.get(CONTACTS), (200, before));
}
