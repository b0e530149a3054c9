//! The effect of consents and withdrawals, in every answer and after every later import.

use super::support::*;
use crate::support::clock::today;
use crate::support::{App, holding, on};
use chrono::{Days, NaiveDate};
use serde_json::json;
use yui::auth::{Role, Viewer};

const DESK: &str = "(0235-00-0301)";

async fn seen_by(app: &App, roles: &[Role]) -> Vec<String> {
    numbers(&app.as_viewer(holding(roles, &[])), "見本サロン").await
}

#[actix_web::test]
async fn a_consent_opens_for_its_purpose_only() {
    let app = with_salon().await;
    let id = id_of(&app, "見本サロン").await;
    for (purpose, public, partner, care) in [
        ("PRINTED_BOOKLET", DESK, DESK, DESK),
        ("DISASTER_ONLY", DESK, DESK, DESK),
        ("CARE", DESK, DESK, MOBILE),
        ("PARTNER", DESK, MOBILE, MOBILE),
        ("PUBLIC_WEB", MOBILE, MOBILE, MOBILE),
    ] {
        let line = recorded(&admin(&app), consent(&id, purpose)).await;
        assert_eq!(public_numbers(&app, "見本サロン").await, [public], "{purpose}");
        assert_eq!(seen_by(&app, &[Role::Partner]).await, [partner], "{purpose}");
        assert_eq!(seen_by(&app, &[Role::CareProfessional]).await, [care], "{purpose}");
        withdraw(&admin(&app), &line).await;
        assert_eq!(seen_by(&app, &[Role::CareProfessional]).await, [DESK], "{purpose} taken back");
    }
}

#[actix_web::test]
async fn a_consent_ends_with_its_last_day() {
    let app = with_salon().await;
    let id = id_of(&app, "見本サロン").await;
    let last = NaiveDate::from_ymd_opt(2026, 6, 30).expect("a day");
    let mut input = consent(&id, "PUBLIC_WEB");
    input["expiresOn"] = json!(last);
    recorded(&admin(&app), input).await;
    for (day, seen) in [(last, MOBILE), (last + Days::new(1), DESK)] {
        let visitor = app.as_viewer(on(&Viewer::public(crate::support::clock::clock()), day));
        assert_eq!(numbers(&visitor, "見本サロン").await, [seen], "{day}");
    }
}

#[actix_web::test]
async fn a_contact_opens_only_when_everything_in_it_is_covered() {
    let app = city().await;
    let mut row = with_leader();
    row.push(("代表者メール", MAIL));
    app.import("places_20260601.csv", &list(&[row])).await;
    let id = id_of(&app, "見本サロン").await;
    recorded(&admin(&app), consent(&id, "PUBLIC_WEB")).await;
    assert_eq!(public_numbers(&app, "見本サロン").await, [DESK]);
    let mut input = consent(&id, "PUBLIC_WEB");
    input["email"] = json!("Hanako@Example.JP");
    recorded(&admin(&app), input).await;
    assert_eq!(public_numbers(&app, "見本サロン").await, [MOBILE, MAIL]);
}

#[actix_web::test]
async fn a_withdrawal_hides_at_once_on_every_instance_and_in_every_answer() {
    let app = with_salon().await;
    let other = app.second_instance().await;
    let id = id_of(&app, "見本サロン").await;
    let line = recorded(&admin(&app), consent(&id, "PUBLIC_WEB")).await;
    let exits = [
        "{ resources { nodes { contacts { tel telE164 } } } }".to_owned(),
        format!("{{ node(id: \"{id}\") {{ ... on GatheringPlace {{ contacts {{ tel telE164 }} }} }} }}"),
        format!("{{ resource(by: {{ id: \"{id}\" }}) {{ contacts {{ tel telE164 }} }} }}"),
        "{ gatheringPlaces { nodes { contacts { tel telE164 } } } }".to_owned(),
        "{ suggest(text: \"見本\") { resource { contacts { tel telE164 } } } }".to_owned(),
    ];
    for hidden in [false, true] {
        for exit in &exits {
            let answer = other.as_anonymous().data(exit).await.to_string();
            assert_eq!(answer.contains(MOBILE), !hidden, "{exit}");
            assert_eq!(answer.contains("+819000000001"), !hidden, "{exit}");
        }
        if !hidden {
            withdraw(&admin(&app), &line).await;
        }
    }
}

#[actix_web::test]
async fn a_later_list_does_not_bring_the_number_back() {
    let app = with_salon().await;
    let id = id_of(&app, "見本サロン").await;
    let line = recorded(&admin(&app), consent(&id, "PUBLIC_WEB")).await;
    withdraw(&admin(&app), &line).await;
    // As the application desk of the same group, as the fax of another, and as the office of a third.
    let mut again = row("K-1", "見本サロン", "D01");
    again.extend([("申込先", "受付"), ("申込先電話", "０９０（００００）０００１")]);
    let mut another = row("K-2", "見本第二サロン", "D01");
    another.push(("FAX番号", MOBILE));
    app.import("places_20260701.csv", &list(&[again, another])).await;
    let care = "事業所名,サービスの種類,住所,電話番号,事業所番号\n\
                見本事業所,通所介護,山形県鶴岡市泉町1,09000000001,0670199001\n";
    app.import("jigyosho_20260701.csv", care).await;
    assert_eq!(public_numbers(&app, "見本サロン").await, [DESK]);
    assert_eq!(public_numbers(&app, "見本第二サロン").await, [DESK]);
    assert_eq!(public_numbers(&app, "見本事業所").await, [""; 0]);
    let theirs = app.as_viewer(coordinator(&app, "062031:D01").await);
    // The leader's column is not in the later list, so what it said stays, beside the desk with the same number.
    assert_eq!(numbers(&theirs, "見本サロン").await, ["090-0000-0001"; 2]);
}

#[actix_web::test]
async fn a_withdrawal_closes_the_same_mobile_elsewhere_but_not_the_line_of_an_office() {
    let app = city().await;
    let mut rows = Vec::new();
    for (id, name) in [("K-1", "見本サロン"), ("K-2", "見本第二サロン")] {
        let mut row = row(id, name, "D01");
        row.extend([("電話番号", "0235-00-0500"), ("FAX番号", "050-0000-0009")]);
        rows.push(row);
    }
    app.import("places_20260601.csv", &list(&rows)).await;
    let id = id_of(&app, "見本サロン").await;
    let both = ["0235-00-0500".to_owned(), "050-0000-0009".to_owned()];
    for (field, value, elsewhere) in
        [("tel", "0235-00-0500", both.as_slice()), ("fax", "050-0000-0009", &[DESK.to_owned()])]
    {
        let mut input = consent(&id, "PUBLIC_WEB");
        input["tel"] = json!(null);
        input[field] = json!(value);
        let coordinator = app.as_viewer(coordinator(&app, "062031:D01").await);
        let line = recorded(&coordinator, input).await;
        withdraw(&coordinator, &line).await;
        assert_eq!(public_numbers(&app, "見本サロン").await, [DESK], "{value}");
        assert_eq!(public_numbers(&app, "見本第二サロン").await, elsewhere, "{value}");
    }
}

#[actix_web::test]
async fn a_newer_consent_opens_again_what_was_taken_back() {
    let app = with_salon().await;
    let id = id_of(&app, "見本サロン").await;
    let line = recorded(&admin(&app), consent(&id, "PUBLIC_WEB")).await;
    let payload = withdraw_with(&admin(&app), json!({ "id": line, "withdrawnOn": "2026-06-10" })).await;
    assert_eq!(payload["consent"]["withdrawnOn"], "2026-06-10");
    // An old paper that is only recorded now does not undo it.
    recorded(&admin(&app), consent(&id, "PUBLIC_WEB")).await;
    assert_eq!(public_numbers(&app, "見本サロン").await, [DESK]);
    let mut newer = consent(&id, "PUBLIC_WEB");
    newer["obtainedOn"] = json!(today());
    recorded(&admin(&app), newer).await;
    assert_eq!(public_numbers(&app, "見本サロン").await, [MOBILE]);
    app.import("places_20260701.csv", &list(&[with_leader()])).await;
    assert_eq!(public_numbers(&app, "見本サロン").await, [MOBILE]);
}
