//! The list of consents that end soon.

use super::support::*;
use crate::support::clock::today;
use crate::support::{App, Seen, holding};
use chrono::Days;
use serde_json::{Value, json};
use yui::auth::Role;

async fn due(seen: &Seen<'_>, arguments: &str) -> Value {
    let query = format!(
        "{{ consentsDue{arguments} {{ nodes {{ purpose {{ value }} expiresOn state {{ value }} tel
            resource {{ name }} }} edges {{ cursor }} pageInfo {{ hasNextPage endCursor }} }} }}"
    );
    seen.data(&query).await["consentsDue"].take()
}

fn purposes(page: &Value) -> Vec<&str> {
    let nodes = page["nodes"].as_array().expect("a list");
    nodes.iter().map(|node| node["purpose"]["value"].as_str().unwrap_or("")).collect()
}

/// One consent of each purpose, ending after so many days.
async fn ending(app: &App, ends: &[(&str, i64)]) -> Vec<String> {
    let id = id_of(app, "見本サロン").await;
    let mut lines = Vec::new();
    for (purpose, days) in ends {
        let mut input = consent(&id, purpose);
        input["obtainedOn"] = json!("2020-01-01");
        input["expiresOn"] = json!(today() + chrono::TimeDelta::days(*days));
        lines.push(recorded(&admin(app), input).await);
    }
    lines
}

#[actix_web::test]
async fn what_has_ended_or_ends_soon_is_due_the_earliest_first() {
    let app = with_salon().await;
    ending(&app, &[("PARTNER", 59), ("PUBLIC_WEB", -3), ("CARE", 61)]).await;
    let seen = app.as_viewer(coordinator(&app, "062031:D01").await);
    let page = due(&seen, "").await;
    assert_eq!(purposes(&page), ["PUBLIC_WEB", "PARTNER"]);
    assert_eq!(page["nodes"][0]["state"]["value"], "EXPIRED");
    assert_eq!(page["nodes"][0]["resource"]["name"], "見本サロン");
    let later = due(&seen, &format!("(endingBefore: \"{}\")", today() + Days::new(100))).await;
    assert_eq!(purposes(&later), ["PUBLIC_WEB", "PARTNER", "CARE"]);
}

#[actix_web::test]
async fn what_was_renewed_or_taken_back_is_not_due() {
    let app = with_salon().await;
    let lines = ending(&app, &[("PARTNER", 10), ("PUBLIC_WEB", 10), ("CARE", 10)]).await;
    withdraw(&admin(&app), &lines[0]).await;
    let id = id_of(&app, "見本サロン").await;
    recorded(&admin(&app), consent(&id, "PUBLIC_WEB")).await;
    // Taken back under another line of the same purpose.
    let other = ending(&app, &[("CARE", 400)]).await;
    withdraw(&admin(&app), &other[0]).await;
    assert_eq!(purposes(&due(&admin(&app), "").await), [""; 0]);
}

#[actix_web::test]
async fn pages_follow_each_other() {
    let app = with_salon().await;
    ending(&app, &[("PARTNER", 10), ("PUBLIC_WEB", 10), ("CARE", 5)]).await;
    let seen = admin(&app);
    let first = due(&seen, "(first: 2)").await;
    assert_eq!(purposes(&first), ["CARE", "PARTNER"]);
    assert_eq!(first["pageInfo"]["hasNextPage"], true);
    let after = first["pageInfo"]["endCursor"].as_str().expect("a cursor");
    let second = due(&seen, &format!("(first: 2, after: \"{after}\")")).await;
    assert_eq!((purposes(&second), &second["pageInfo"]["hasNextPage"]), (vec!["PUBLIC_WEB"], &json!(false)));
    let errors = seen.errors("{ consentsDue(after: \"x\") { nodes { id } } }").await;
    assert_eq!(errors, [("INVALID_INPUT".to_owned(), "consentsDue".to_owned())]);
}

#[actix_web::test]
async fn only_who_looks_after_a_resource_is_told() {
    let app = with_salon().await;
    ending(&app, &[("PARTNER", 10)]).await;
    let foreign = app.as_viewer(coordinator(&app, "062031:D02").await);
    assert_eq!(purposes(&due(&foreign, "").await), [""; 0]);
    let query = "{ consentsDue { nodes { id } } }";
    let care = app.as_viewer(holding(&[Role::CareProfessional], &[]));
    assert_eq!(care.ask(query).await["data"], json!({ "consentsDue": null }));
    assert_eq!(care.errors(query).await, [("FORBIDDEN".to_owned(), "consentsDue".to_owned())]);
    let anybody = app.as_anonymous().ask(query).await;
    assert_eq!(anybody["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
}
