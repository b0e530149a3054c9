//! Watch lists, and what changed on the sheets of watched institutions.

use crate::support::liaison::{CLINIC, HOSPITAL, Liaison, channel, entry};
use crate::support::{Client, Person};
use serde_json::{Value, json};
use yui::auth::{Role, Standing};
use yui::liaison::sheets::versions::DraftEntry;
use yui::liaison::terms::ContactChannel;

const WATCH: &str =
    "mutation($id: ID!) { watch(input: { institution: $id }) { institution { name } userErrors { code } } }";
const UNWATCH: &str = "mutation($id: ID!) { unwatch(input: { institution: $id }) { userErrors { code } } }";
const WATCHED: &str = "{ watchedInstitutions { nodes { institution { name } } pageInfo { hasNextPage } } }";
const CHANGES: &str = "query($since: DateTime!) { watchedChanges(since: $since) { nodes {
    institution { name } sheet { version } previousVersion kind { value }
    physiciansAdded { physician { name } } physiciansLeft { name }
    physiciansChanged { entry { physician { name } } previous { channels { rank } } fields { value label } }
    institutionFields { value } } } }";
const LONG_AGO: &str = "2020-01-01T00:00:00+09:00";

async fn watch(liaison: &Liaison, client: &Client<'_>, institution: &str) -> Value {
    let id = liaison.institution_id(institution).await;
    client.ask_with(WATCH, json!({ "id": id })).await
}

async fn changes(client: &Client<'_>) -> Vec<Value> {
    let data = client.data_with(CHANGES, json!({ "since": LONG_AGO })).await;
    data["watchedChanges"]["nodes"].as_array().cloned().expect("changes")
}

fn said(name: &str, by: ContactChannel) -> DraftEntry {
    entry(name, vec![channel(by, "")])
}

fn of_home() -> Standing {
    Standing {
        roles: [Role::CareProfessional].into_iter().collect(),
        organization_code: Some("HOME".to_owned()),
        district_codes: Vec::new(),
    }
}

#[actix_web::test]
async fn any_institution_is_watched_whether_or_not_there_is_a_sheet() {
    let liaison = Liaison::create().await;
    let (one, other) = (liaison.app.as_somebody(of_home()).await, liaison.app.as_somebody(of_home()).await);
    let without = watch(&liaison, &one, CLINIC).await;
    assert_eq!(without["data"]["watch"], json!({ "institution": { "name": CLINIC }, "userErrors": [] }));
    liaison.sheet(CLINIC, "見本 一郎").await;
    assert_eq!(watch(&liaison, &other, CLINIC).await, without, "the same with a sheet");
    assert_eq!(watch(&liaison, &one, CLINIC).await, without, "and once more");
    watch(&liaison, &one, HOSPITAL).await;
    let list = one.data(WATCHED).await["watchedInstitutions"]["nodes"].clone();
    assert_eq!(list.as_array().map(Vec::len), Some(2), "{list}");
    let list = other.data(WATCHED).await["watchedInstitutions"]["nodes"].clone();
    assert_eq!(list, json!([{ "institution": { "name": CLINIC } }]), "everybody has a list of their own");
    let id = json!({ "id": liaison.institution_id(HOSPITAL).await });
    let gone = other.data_with(UNWATCH, id.clone()).await;
    assert_eq!(gone["unwatch"]["userErrors"], json!([{ "code": "NOT_FOUND" }]));
    assert_eq!(one.data_with(UNWATCH, id).await["unwatch"]["userErrors"], json!([]));
    assert_eq!(one.data(WATCHED).await["watchedInstitutions"]["nodes"].as_array().map(Vec::len), Some(1));
}

#[actix_web::test]
async fn watching_is_for_those_who_may_read_sheets() {
    let liaison = Liaison::create().await;
    for (client, code) in [
        (liaison.app.as_anonymous(), "UNAUTHENTICATED"),
        (liaison.app.as_partner().await, "FORBIDDEN"),
        (liaison.app.as_coordinator(&["D01"]).await, "FORBIDDEN"),
        (liaison.app.as_person(&Person::with(&[Role::Partner]).of("HOME")), "FORBIDDEN"),
    ] {
        assert_eq!(watch(&liaison, &client, CLINIC).await["errors"][0]["extensions"]["code"], code);
        assert_eq!(client.ask(WATCHED).await["errors"][0]["extensions"]["code"], code);
    }
}

#[actix_web::test]
async fn changes_say_who_came_who_went_and_what_is_said_otherwise() {
    let liaison = Liaison::create().await;
    let client = liaison.care_manager("HOME");
    watch(&liaison, &client, CLINIC).await;
    let first = vec![said("見本 一郎", ContactChannel::Phone), said("見本 二郎", ContactChannel::Fax)];
    let first = liaison.write(&liaison.draft(CLINIC, first).await).await.expect("a sheet");
    assert_eq!(changes(&client).await, [json!(null); 0], "none that they may read");
    liaison.distribute(first, "HOME", false).await;
    let second = vec![said("見本 一郎", ContactChannel::Fax), said("見本 三郎", ContactChannel::Fax)];
    let mut second = liaison.draft(CLINIC, second).await;
    second.facts.document_fee = Some("3,300円".to_owned());
    liaison.write(&second).await.expect("a new version");
    let found = changes(&client).await;
    let named = |name: &str| json!({ "physician": { "name": name } });
    let newest = json!({
        "institution": { "name": CLINIC }, "sheet": { "version": 2 }, "previousVersion": 1,
        "kind": { "value": "NEW_VERSION" },
        "physiciansAdded": [named("見本 三郎")], "physiciansLeft": [{ "name": "見本 二郎" }],
        "physiciansChanged": [{ "entry": named("見本 一郎"), "previous": { "channels": [{ "rank": 1 }] },
            "fields": [{ "value": "CHANNELS", "label": "望ましい連絡手段" }] }],
        "institutionFields": [{ "value": "DOCUMENT_FEE" }],
    });
    assert_eq!(found[0], newest);
    assert_eq!(
        (&found[1]["kind"]["value"], &found[1]["previousVersion"]),
        (&json!("NEW_SHEET"), &Value::Null)
    );
    assert_eq!(found.len(), 2);
    let later = client.data_with(CHANGES, json!({ "since": "2100-01-01T00:00:00+09:00" })).await;
    assert_eq!(later["watchedChanges"]["nodes"], json!([]));
}

#[actix_web::test]
async fn a_version_is_never_compared_with_one_its_reader_was_not_given() {
    let liaison = Liaison::create().await;
    let client = liaison.care_manager("HOME");
    watch(&liaison, &client, CLINIC).await;
    let secret = vec![said("見本 秘密", ContactChannel::Phone)];
    liaison.write(&liaison.draft(CLINIC, secret).await).await.expect("a sheet");
    let second = liaison.draft(CLINIC, vec![said("見本 一郎", ContactChannel::Fax)]).await;
    let second = liaison.write(&second).await.expect("a new version");
    liaison.distribute(second, "HOME", false).await;
    let found = changes(&client).await;
    assert_eq!((found.len(), &found[0]["kind"]["value"]), (1, &json!("NEW_SHEET")));
    assert!(!json!(found).to_string().contains("秘密"), "{found:?}");
}

#[actix_web::test]
async fn changes_take_as_many_statements_for_two_as_for_one_and_are_logged() {
    let liaison = Liaison::create().await;
    let client = liaison.care_manager("HOME");
    for institution in [CLINIC, HOSPITAL] {
        watch(&liaison, &client, institution).await;
    }
    liaison.sheet(CLINIC, "見本 一郎").await;
    changes(&client).await;
    let (_, one) = liaison.app.statements().during(changes(&client)).await;
    liaison.sheet(HOSPITAL, "見本 二郎").await;
    // The change log takes up what the fixture wrote past it.
    changes(&client).await;
    let (found, two) = liaison.app.statements().during(changes(&client)).await;
    assert_eq!((found.len(), one.len()), (2, two.len()), "as many statements for two as for one:\n{two:#?}");
    let log = liaison.app.as_admin().await.data("{ auditLog { nodes { things { nodeId } } } }").await;
    assert_eq!(log["auditLog"]["nodes"][0]["things"].as_array().map(Vec::len), Some(2), "{log}");
}
