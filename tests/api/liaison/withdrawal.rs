//! An institution withdraws its consent: the effect on readers of its list, permissions, and audit.

use crate::support::Person;
use crate::support::liaison::{CLINIC, HOSPITAL, Liaison, channel, entry};
use serde_json::{Value, json};
use yui::auth::Role;
use yui::liaison::terms::ContactChannel;

const WITHDRAW: &str = "mutation ($id: ID!) { withdrawLiaisonConsent(input: { institution: $id }) {
    liaisonSheet { version warnings { code { value } } } userErrors { code field } } }";
const SEEN: &str = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } liaisonSheets { totalCount } }";

fn id(sheet: uuid::Uuid) -> String {
    yui::id::NodeId::new(yui::id::NodeType::LiaisonSheet, sheet).text()
}

#[actix_web::test]
async fn a_withdrawn_consent_hides_every_version_at_once_from_those_on_the_list() {
    let liaison = Liaison::create().await;
    let first = liaison.sheet(CLINIC, "見本 一郎").await;
    let entries = vec![entry("見本 二郎", vec![channel(ContactChannel::Fax, "")])];
    let second = liaison.write(&liaison.draft(CLINIC, entries).await).await.expect("a new version");
    let reader = liaison.care_manager("HOME");
    let ids = json!({ "ids": [id(first), id(second)] });
    let before = reader.data_with(SEEN, ids.clone()).await;
    assert!(before["nodes"].as_array().expect("a list").iter().all(|node| !node.is_null()), "{before}");
    let clinic = liaison.app.as_person(&Person::default().of("CLINIC"));
    let variables = json!({ "id": liaison.institution_id(CLINIC).await });
    let done = clinic.data_with(WITHDRAW, variables.clone()).await;
    let sheet = &done["withdrawLiaisonConsent"]["liaisonSheet"];
    assert_eq!(*sheet, json!({ "version": 2, "warnings": [{ "code": { "value": "CONSENT_WITHDRAWN" } }] }));
    let after = reader.data_with(SEEN, ids).await;
    assert_eq!(after, json!({ "nodes": [null, null], "liaisonSheets": { "totalCount": 0 } }));
    assert_eq!(clinic.data("{ liaisonSheets { totalCount } }").await["liaisonSheets"]["totalCount"], 1);
    let again = clinic.data_with(WITHDRAW, variables).await;
    let told = json!([{ "code": "CONFLICT", "field": "institution" }]);
    assert_eq!(again["withdrawLiaisonConsent"], json!({ "liaisonSheet": null, "userErrors": told }));
    let log = "{ auditLog(filter: { action: WITHDRAW_LIAISON_CONSENT }) { nodes { things { nodeId } } } }";
    let log = liaison.app.as_admin().await.data(log).await;
    assert_eq!(
        log["auditLog"]["nodes"],
        json!([{ "things": [{ "nodeId": id(first) }, { "nodeId": id(second) }] }])
    );
}

#[actix_web::test]
async fn nobody_takes_back_what_another_institution_agreed_to() {
    let liaison = Liaison::create().await;
    liaison.sheet(HOSPITAL, "見本 一郎").await;
    let hospital = json!({ "id": liaison.institution_id(HOSPITAL).await });
    let clinic = liaison.app.as_person(&Person::with(&[Role::CareProfessional]).of("CLINIC"));
    let without = json!({ "id": liaison.institution_id(CLINIC).await });
    let told = json!([{ "code": "NOT_FOUND", "field": "institution" }]);
    for variables in [&hospital, &without, &json!({ "id": "nothing" })] {
        let answer = clinic.data_with(WITHDRAW, variables.clone()).await;
        assert_eq!(answer["withdrawLiaisonConsent"]["userErrors"], told, "as if there were none");
    }
    for (client, code) in [
        (liaison.app.as_anonymous(), "UNAUTHENTICATED"),
        (liaison.care_manager("HOME"), "FORBIDDEN"),
        (liaison.app.as_partner().await, "FORBIDDEN"),
        (liaison.app.as_coordinator(&["D01"]).await, "FORBIDDEN"),
    ] {
        let answer = client.ask_with(WITHDRAW, hospital.clone()).await;
        assert_eq!(answer["data"]["withdrawLiaisonConsent"], Value::Null);
        assert_eq!(answer["errors"][0]["extensions"]["code"], code);
    }
    let done = liaison.app.as_admin().await.data_with(WITHDRAW, hospital).await;
    assert_eq!(done["withdrawLiaisonConsent"]["liaisonSheet"]["version"], 1);
}
