//! Sheets: row-level scope, filters, and the audit of every read.

use crate::support::liaison::{CLINIC, HOSPITAL, Liaison, channel, entry};
use crate::support::{Client, Person};
use serde_json::{Value, json};
use yui::auth::Role;
use yui::liaison::terms::ContactChannel;

const NAMES: &str =
    "{ liaisonSheets { totalCount nodes { institution { name } physicians { physician { name } } } } }";

async fn institutions(client: &Client<'_>) -> Value {
    client.data("{ liaisonSheets { totalCount nodes { institution { name } } } }").await["liaisonSheets"]
        .clone()
}

#[actix_web::test]
async fn a_sheet_is_read_by_those_on_its_list_by_the_institution_and_by_the_city() {
    let liaison = Liaison::create().await;
    liaison.sheet(CLINIC, "見本 一郎").await;
    let there = json!({ "totalCount": 1, "nodes": [{ "institution": { "name": CLINIC } }] });
    let nothing = json!({ "totalCount": 0, "nodes": [] });
    assert_eq!(institutions(&liaison.care_manager("HOME")).await, there);
    assert_eq!(institutions(&liaison.care_manager("AWAY")).await, nothing);
    assert_eq!(
        institutions(&liaison.care_manager("CORP")).await,
        nothing,
        "a child on the list is not its parent"
    );
    let clinic = liaison.app.as_person(&Person::default().of("CLINIC"));
    assert_eq!(institutions(&clinic).await, there);
    assert_eq!(institutions(&liaison.app.as_admin().await).await, there);
    for (client, code) in [
        (liaison.app.as_anonymous(), "UNAUTHENTICATED"),
        (liaison.app.as_partner().await, "FORBIDDEN"),
        (liaison.app.as_coordinator(&["D01"]).await, "FORBIDDEN"),
        (liaison.app.as_person(&Person::with(&[Role::Partner]).of("HOME")), "FORBIDDEN"),
    ] {
        let answer = client.ask(NAMES).await;
        assert_eq!(answer["data"]["liaisonSheets"], Value::Null);
        assert_eq!(answer["errors"][0]["extensions"]["code"], code);
    }
}

#[actix_web::test]
async fn a_parent_covers_its_children_only_when_the_list_says_so() {
    let liaison = Liaison::create().await;
    let entry = || entry("見本 一郎", vec![channel(ContactChannel::Fax, "")]);
    let alone = liaison.write(&liaison.draft(CLINIC, vec![entry()]).await).await.expect("a sheet");
    let covering = liaison.write(&liaison.draft(HOSPITAL, vec![entry()]).await).await.expect("a sheet");
    liaison.distribute(alone, "CORP", false).await;
    liaison.distribute(covering, "CORP", true).await;
    let seen = institutions(&liaison.care_manager("HOME")).await;
    assert_eq!(seen, json!({ "totalCount": 1, "nodes": [{ "institution": { "name": HOSPITAL } }] }));
}

#[actix_web::test]
async fn a_list_takes_as_many_statements_for_two_as_for_one_and_is_logged_sheet_by_sheet() {
    let liaison = Liaison::create().await;
    liaison.sheet(CLINIC, "見本 一郎").await;
    let client = liaison.care_manager("HOME");
    client.data(NAMES).await;
    let (_, one) = liaison.app.statements().during(client.data(NAMES)).await;
    liaison.sheet(HOSPITAL, "見本 二郎").await;
    // The change log takes up what the fixture wrote past it.
    client.data(NAMES).await;
    let (_, two) = liaison.app.statements().during(client.data(NAMES)).await;
    assert_eq!(one.len(), two.len(), "as many statements for two as for one:\n{two:#?}");
    let log = liaison
        .app
        .as_admin()
        .await
        .data("{ auditLog { nodes { action { value } things { nodeId } } } }")
        .await;
    let reads = log["auditLog"]["nodes"]
        .as_array()
        .expect("entries")
        .iter()
        .filter(|e| e["action"]["value"] == "READ");
    assert_eq!(reads.map(|entry| entry["things"].as_array().map_or(0, Vec::len)).sum::<usize>(), 6);
}

#[actix_web::test]
async fn one_physician_at_two_institutions_is_one_and_has_preferences_at_each() {
    let liaison = Liaison::create().await;
    liaison.sheet(CLINIC, "見本 一郎").await;
    let ask = "{ liaisonSheets { nodes { institution { name } physicians { channels { channel { value } }
               physician { id code sheets { institution { name } } } } } } }";
    let client = liaison.care_manager("HOME");
    let first = client.data(ask).await["liaisonSheets"]["nodes"][0]["physicians"][0]["physician"].clone();
    let mut same = entry("見本 一郎", vec![channel(ContactChannel::Fax, "Mo 09:00-10:00")]);
    same.code = first["code"].as_str().map(str::to_owned);
    let stranger = entry("見本 一郎", vec![channel(ContactChannel::Post, "")]);
    let sheet = liaison.write(&liaison.draft(HOSPITAL, vec![same, stranger]).await).await.expect("a sheet");
    assert_eq!(
        first["sheets"],
        json!([{ "institution": { "name": CLINIC } }]),
        "the list of the other is empty yet"
    );
    liaison.distribute(sheet, "HOME", false).await;
    let sheets = client.data(ask).await["liaisonSheets"]["nodes"].clone();
    let hospital =
        sheets.as_array().expect("sheets").iter().find(|sheet| sheet["institution"]["name"] == HOSPITAL);
    let people = &hospital.expect("the hospital")["physicians"];
    assert_eq!(people[0]["physician"]["id"], first["id"]);
    assert_eq!(people[0]["channels"][0]["channel"]["value"], "FAX");
    assert_eq!(people[0]["physician"]["sheets"].as_array().map(Vec::len), Some(2));
    assert_ne!(people[1]["physician"]["id"], first["id"], "an equal name elsewhere is somebody else");
}
