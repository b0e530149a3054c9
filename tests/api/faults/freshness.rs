//! Two instances on one database: what one of them closes is closed on both within a second, whatever happened to the one
//! that has the answer in memory: it was frozen, its connection was cut, its database fell silent.

use super::program::{Program, demo, signal, token};
use super::proxy::Proxy;
use crate::support::TestDatabase;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// The number that a consent of the demo opens to everybody (K-022).
const NUMBER: &str = "090-0000-0011";
const CONTACTS: &str = "/graphql?query={gatheringPlaces(first:60){nodes{name%20contacts{tel}}}}";
/// An office that is on distribution lists of the demo.
const OFFICE: &str = "MIHON-CM1";
const SHEETS: &str = "{ liaisonSheets(first: 50) { nodes { institution { id } } }
    reachableNow(first: 50, filter: { kinds: [PHYSICIAN] }) { totalCount } }";
/// What is promised.
const PROMISED: Duration = Duration::from_secs(1);

/// Something that is open, and is then closed.
enum Open {
    /// A number, by the consent of a person.
    Contact,
    /// The sheet of an institution, to an office on its distribution list, by the token of the office.
    Sheet { institution: Value, token: String },
    /// The directory, to a program with a token of this id.
    Token { id: Value, token: String },
}

impl Open {
    fn all(server: &Program, url: &str, admin: &str) -> [Self; 3] {
        let office = token(url, &["CARE_PROFESSIONAL"], Some(OFFICE));
        let found = server.answer(SHEETS, &json!({}), Some(&office));
        let institution = found["data"]["liaisonSheets"]["nodes"][0]["institution"]["id"].clone();
        assert!(institution.is_string(), "{found}");
        let create =
            "mutation($i: CreateApiTokenInput!) { createApiToken(input: $i) { token apiToken { id } } }";
        let input = json!({ "i": { "name": "見本", "roles": ["PARTNER"] } });
        let made = server.answer(create, &input, Some(admin))["data"]["createApiToken"].clone();
        let program = made["token"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
        let sheet = Self::Sheet { institution, token: office };
        [Self::Contact, sheet, Self::Token { id: made["apiToken"]["id"].clone(), token: program }]
    }

    /// Whether an instance still tells it; and the status of its answer.
    fn is_told(&self, server: &Program) -> (bool, u16) {
        match self {
            Self::Contact => {
                let (status, body) = server.get(CONTACTS);
                (body.contains(NUMBER), status)
            }
            Self::Sheet { institution, token } => {
                let (status, _, found) = server.asks(SHEETS, &json!({}), Some(token));
                let nodes = found["data"]["liaisonSheets"]["nodes"].as_array();
                let is_listed = |node: &Value| node["institution"]["id"] == *institution;
                (nodes.is_some_and(|nodes| nodes.iter().any(is_listed)), status)
            }
            Self::Token { token, .. } => {
                let (status, _, _) = server.asks("{ viewer { name } }", &json!({}), Some(token));
                (status == 200, status)
            }
        }
    }

    /// Closes it, and says when that was acknowledged.
    fn close(&self, server: &Program, admin: &str) -> Instant {
        let (name, input) = match self {
            Self::Contact => ("withdrawConsent", json!({ "id": consent(server, admin) })),
            Self::Sheet { institution, .. } => {
                ("setLiaisonDistribution", json!({ "institution": institution, "organizations": [] }))
            }
            Self::Token { id, .. } => ("revokeApiToken", json!({ "id": id })),
        };
        let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
        let change = format!("mutation($i: {kind}!) {{ {name}(input: $i) {{ userErrors {{ message }} }} }}");
        let answer = server.answer(&change, &json!({ "i": input }), Some(admin));
        assert_eq!(answer["data"][name]["userErrors"], json!([]), "{answer}");
        Instant::now()
    }

    /// Asks until the answer is in memory.
    fn is_remembered(&self, server: &Program) {
        for _ in 0..3 {
            assert_eq!(self.is_told(server), (true, 200));
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Looks for it for a while: after what is promised it is nowhere. `silent`: the instance knows nothing at all.
    fn is_closed(&self, server: &Program, since: Instant, silent: bool) {
        let mut last = 0;
        while since.elapsed() < PROMISED + Duration::from_millis(1_500) {
            let begun = since.elapsed();
            let (is_told, status) = self.is_told(server);
            assert!(!is_told || begun < PROMISED, "still told {begun:?} after it was closed");
            last = status;
            std::thread::sleep(Duration::from_millis(20));
        }
        let expected = match self {
            _ if silent => 503,
            Self::Contact | Self::Sheet { .. } => 200,
            Self::Token { .. } => 401,
        };
        assert_eq!(last, expected);
    }
}

/// The consent that opens the number.
fn consent(server: &Program, admin: &str) -> Value {
    let due = "{ consentsDue(first: 50) { nodes { id tel purpose { value } expiresOn } } }";
    let found = server.answer(due, &json!({}), Some(admin));
    let nodes = found["data"]["consentsDue"]["nodes"].as_array().unwrap_or_else(|| panic!("{found}"));
    let is_it = |one: &&Value| one["tel"].as_str().is_some_and(|tel| tel.ends_with("11"));
    nodes.iter().find(is_it).unwrap_or_else(|| panic!("{found}"))["id"].clone()
}

#[actix_web::test]
async fn what_is_closed_is_closed_on_another_instance() {
    let (database, folder) = demo().await;
    let keys = folder.path().join("keys.json");
    let (here, there) =
        (Program::serve(database.url(), &keys, &[]), Program::serve(database.url(), &keys, &[]));
    let admin = token(database.url(), &["ADMIN"], None);
    for open in Open::all(&here, database.url(), &admin) {
        open.is_remembered(&here);
        open.is_remembered(&there);
        let since = open.close(&here, &admin);
        assert!(!open.is_told(&here).0, "at once where it was closed");
        open.is_closed(&there, since, false);
    }
}

#[actix_web::test]
async fn a_frozen_process_tells_nothing_old_when_it_goes_on() {
    let (database, folder) = demo().await;
    let keys = folder.path().join("keys.json");
    let (frozen, other) =
        (Program::serve(database.url(), &keys, &[]), Program::serve(database.url(), &keys, &[]));
    let admin = token(database.url(), &["ADMIN"], None);
    for open in Open::all(&other, database.url(), &admin) {
        open.is_remembered(&frozen);
        signal(frozen.pid(), "STOP");
        let since = open.close(&other, &admin);
        std::thread::sleep(PROMISED.saturating_sub(since.elapsed()));
        signal(frozen.pid(), "CONT");
        open.is_closed(&frozen, since, false);
    }
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
    for open in Open::all(&other, database.url(), &admin) {
        open.is_remembered(&cut_off);
        // Silent: nothing is refused, and nothing comes.
        proxy.holds_back(true);
        let since = open.close(&other, &admin);
        open.is_closed(&cut_off, since, true);
        proxy.holds_back(false);
        cut_off.until_ready_is(200);
        assert!(!open.is_told(&cut_off).0);
    }
    // Cut for a moment, as by a restart of the database.
    let before = cut_off.get(CONTACTS).1;
    proxy.cut();
    assert_eq!(cut_off.get(CONTACTS), (200, before));
}
