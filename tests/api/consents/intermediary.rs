//! The intermediary that stands in for resources without a visible phone number.

use super::support::*;
use crate::support::{App, desks};
use entity::contact_point;
use entity::enums::ContactKind;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

const ASK: &str = "{ resources(first: 100) { nodes { name kind { value } contacts { kind { value } label tel telE164 fax email } } } }";

#[actix_web::test]
async fn the_support_centre_of_the_district_stands_in_with_its_name() {
    let app = with_salon().await;
    let data = app
        .as_anonymous()
        .data("{ gatheringPlaces { nodes { contacts { kind { value } label tel } } } }")
        .await;
    assert_eq!(
        data["gatheringPlaces"]["nodes"][0]["contacts"],
        json!([{ "kind": { "value": "INTERMEDIARY" }, "label": "見本第1センター", "tel": "0235-00-0301" }])
    );
}

#[actix_web::test]
async fn whether_there_is_a_hidden_number_cannot_be_told() {
    let app = city().await;
    let mut open = row("K-2", "見本公開サロン", "D02");
    open.push(("電話番号", "0235-00-0500"));
    let lists = list(&[with_leader(), row("K-3", "見本無番号サロン", "D02"), open]);
    app.import("places_20260601.csv", &lists).await;
    let with = app.as_anonymous().data(ASK).await;
    assert_eq!(public_numbers(&app, "見本無番号サロン").await, ["(0235-00-0302)"]);
    assert_eq!(public_numbers(&app, "見本公開サロン").await, ["0235-00-0500"]);
    let hidden = contact_point::Entity::delete_many()
        .filter(contact_point::Column::Kind.eq(ContactKind::LeaderPersonal));
    let gone = hidden.exec(app.databases().writer()).await.expect("contacts go");
    assert_eq!(gone.rows_affected, 1);
    assert_eq!(with, app.as_anonymous().data(ASK).await);
}

#[actix_web::test]
async fn what_was_taken_back_leaves_no_trace_for_anybody_else() {
    let app = city().await;
    let mut office = row("K-1", "見本サロン", "D01");
    office.push(("FAX番号", "050-0000-0009"));
    app.import("places_20260601.csv", &list(&[office])).await;
    let mut input = consent(&id_of(&app, "見本サロン").await, "PUBLIC_WEB");
    (input["tel"], input["fax"]) = (json!(null), json!("050-0000-0009"));
    let line = recorded(&admin(&app), input).await;
    withdraw(&admin(&app), &line).await;
    let with = app.as_anonymous().data(ASK).await;
    let all = contact_point::Entity::delete_many().filter(contact_point::Column::Fax.is_not_null());
    assert_eq!(all.exec(app.databases().writer()).await.expect("contacts go").rows_affected, 1);
    assert_eq!(with, app.as_anonymous().data(ASK).await);
}

#[actix_web::test]
async fn the_district_it_stands_in_comes_first_then_those_it_serves() {
    let app = with_salon().await;
    desks::move_office(&app, "見本サロン", "062031:D02").await;
    assert_eq!(public_numbers(&app, "見本サロン").await, ["(0235-00-0302)"]);
    let everywhere = list(&[row("K-9", "見本全域サロン", "D02、D01")]);
    app.import("places_20260602.csv", &everywhere).await;
    assert_eq!(public_numbers(&app, "見本全域サロン").await, ["(0235-00-0301)"]);
}

#[actix_web::test]
async fn who_may_ring_the_leader_is_not_sent_elsewhere() {
    let app = with_salon().await;
    let own = app.as_viewer(coordinator(&app, "062031:D01").await);
    assert_eq!(numbers(&own, "見本サロン").await, [MOBILE]);
}

async fn statements(app: &App) -> usize {
    app.statements().during(app.as_anonymous().data(ASK)).await.1.len()
}

#[actix_web::test]
async fn standing_in_takes_a_few_statements_however_many_need_it() {
    let app = with_salon().await;
    let few = statements(&app).await;
    let ids: Vec<(String, String)> = (10..40).map(|n| (format!("K-{n}"), format!("見本サロン{n}"))).collect();
    let rows = ids.iter().map(|(id, name)| row(id, name, if id.as_str() < "K-25" { "D01" } else { "D02" }));
    app.import("places_20260602.csv", &list(&rows.collect::<Vec<_>>())).await;
    assert_eq!(statements(&app).await, few);
    assert!(few <= 5, "{few} statements");
}
