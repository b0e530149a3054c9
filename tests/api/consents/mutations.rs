//! Mutations of the ledger: permissions, refusals, and their audit entries.

use super::support::*;
use crate::support::clock::today;
use crate::support::holding;
use chrono::Days;
use serde_json::{Value, json};
use yui::auth::Role;

const RECORD: &str = "mutation ($input: RecordConsentInput!) { recordConsent(input: $input) {
    consent { id } userErrors { code field message } } }";

fn codes(payload: &Value) -> Vec<(&str, &str)> {
    let errors = payload["userErrors"].as_array().expect("a list");
    errors.iter().map(|e| (e["code"].as_str().unwrap_or(""), e["field"].as_str().unwrap_or(""))).collect()
}

#[actix_web::test]
async fn those_who_never_may_are_refused_whatever_they_name() {
    let app = with_salon().await;
    let id = id_of(&app, "見本サロン").await;
    let nowhere = holding(&[Role::Coordinator], &[]);
    for viewer in [holding(&[Role::Partner, Role::CareProfessional], &[]), nowhere] {
        for id in [id.as_str(), "nothing"] {
            let input = json!({ "input": consent(id, "PUBLIC_WEB") });
            let answer = app.as_viewer(viewer.clone()).ask_with(RECORD, input).await;
            assert_eq!(answer["data"], json!({ "recordConsent": null }));
            assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
        }
    }
    let answer = app.as_anonymous().ask_with(RECORD, json!({ "input": consent(&id, "PUBLIC_WEB") })).await;
    assert_eq!(answer["data"], json!({ "recordConsent": null }));
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    let withdraw = "mutation { withdrawConsent(input: { id: \"x\" }) { consent { id } } }";
    let answer = app.as_anonymous().ask(withdraw).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
}

#[actix_web::test]
async fn a_foreign_district_is_told_the_same_as_nothing_at_all() {
    let app = with_salon().await;
    let id = id_of(&app, "見本サロン").await;
    let own = app.as_viewer(coordinator(&app, "062031:D01").await);
    let foreign = app.as_viewer(coordinator(&app, "062031:D02").await);
    let there = record(&foreign, consent(&id, "PUBLIC_WEB")).await;
    let nothing = record(&foreign, consent("AQAAAAAAAAAAAAAAAAAAAAA", "PUBLIC_WEB")).await;
    assert_eq!(there, nothing);
    assert_eq!(codes(&there), [("NOT_FOUND", "resource")]);
    assert_eq!(there, record(&foreign, consent("no id", "PUBLIC_WEB")).await);
    let line = recorded(&own, consent(&id, "PUBLIC_WEB")).await;
    let there = withdraw(&foreign, &line).await;
    assert_eq!(there, withdraw(&foreign, &id).await);
    assert_eq!(codes(&there), [("NOT_FOUND", "id")]);
    assert_eq!(public_numbers(&app, "見本サロン").await, [MOBILE]);
}

#[actix_web::test]
async fn what_makes_no_sense_is_refused_with_its_field() {
    let app = with_salon().await;
    let id = id_of(&app, "見本サロン").await;
    let tomorrow = today() + Days::new(1);
    let with = |field: &str, value: Value| {
        let mut input = consent(&id, "PUBLIC_WEB");
        input[field] = value;
        input
    };
    for (input, field) in [
        (with("obtainedOn", json!(tomorrow)), "obtainedOn"),
        (with("expiresOn", json!("2026-05-31")), "expiresOn"),
        (with("tel", json!("090-0000-0002")), "tel"),
        (with("tel", json!("090-0000-0001、090-0000-0002")), "tel"),
        (with("tel", json!("")), "tel"),
        (with("fax", json!("0235-00-0301")), "fax"),
        (with("email", json!("no address")), "email"),
        (with("evidence", json!("長".repeat(501))), "evidence"),
        (with("evidence", json!("\0")), "evidence"),
    ] {
        let payload = record(&admin(&app), input.clone()).await;
        assert_eq!(codes(&payload), [("INVALID_INPUT", field)], "{input}");
        assert_eq!(payload["consent"], json!(null));
    }
    assert!(audit(&app, &id).await.is_empty());
}

#[actix_web::test]
async fn what_was_taken_back_cannot_be_taken_back_again() {
    let app = with_salon().await;
    let id = id_of(&app, "見本サロン").await;
    let line = recorded(&admin(&app), consent(&id, "PARTNER")).await;
    for (day, field) in [(json!(today() + Days::new(1)), "withdrawnOn"), (json!("2026-05-31"), "withdrawnOn")]
    {
        let payload = withdraw_with(&admin(&app), json!({ "id": line, "withdrawnOn": day })).await;
        assert_eq!(codes(&payload), [("INVALID_INPUT", field)]);
    }
    let payload = withdraw(&admin(&app), &line).await;
    assert_eq!(payload["consent"]["withdrawnOn"], json!(today()));
    assert_eq!(payload["consent"]["state"]["value"], "WITHDRAWN");
    assert_eq!(codes(&withdraw(&admin(&app), &line).await), [("CONFLICT", "id")]);
}

#[actix_web::test]
async fn the_audit_remembers_who_recorded_and_took_back_what() {
    let app = with_salon().await;
    let id = id_of(&app, "見本サロン").await;
    let line = recorded(&admin(&app), consent(&id, "PUBLIC_WEB")).await;
    withdraw(&admin(&app), &line).await;
    let entries = audit(&app, &id).await;
    let actions: Vec<&str> = entries.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["recordConsent", "withdrawConsent"]);
    for entry in &entries {
        assert_eq!(entry.subject, "見本 花子");
        assert!(entry.things.contains(&line), "{}", entry.things);
    }
    let after = entries[0].after.as_deref().unwrap_or_default();
    assert!(after.contains("PUBLIC_WEB") && after.contains("+819000000001"), "{after}");
    assert_eq!(entries[1].before.as_deref(), Some("{\"withdrawnOn\":null}"));
}
