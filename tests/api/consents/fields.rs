//! The restricted fields of a contact: who reads them, and the errors for the others.

use super::support::*;
use crate::support::{holding, member};
use entity::{organization, resource};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use yui::auth::Role;

const ASK: &str = "{ gatheringPlaces { nodes { contacts {
    kind { value } tel personName visibility { value label } consents { purpose { value } state { value } } } } } }";

async fn of_salon(app: &crate::support::App, viewer: yui::auth::Viewer) -> serde_json::Value {
    let data = app.as_viewer(viewer).data(ASK).await;
    data["gatheringPlaces"]["nodes"][0]["contacts"].clone()
}

#[actix_web::test]
async fn who_looks_after_a_resource_reads_its_people_and_consents() {
    let app = with_salon().await;
    let id = id_of(&app, "見本サロン").await;
    recorded(&admin(&app), consent(&id, "PARTNER")).await;
    let leader = json!([{
        "kind": { "value": "LEADER_PERSONAL" }, "tel": MOBILE, "personName": "見本 花子",
        "visibility": { "value": "COORDINATOR", "label": "生活支援コーディネーター限り" },
        "consents": [{ "purpose": { "value": "PARTNER" }, "state": { "value": "VALID" } }],
    }]);
    assert_eq!(of_salon(&app, coordinator(&app, "062031:D01").await).await, leader);
    assert_eq!(of_salon(&app, holding(&[Role::Admin], &[])).await, leader);
    let row = organization::ActiveModel {
        uuid: sea_orm::Set(uuid::Uuid::nil()),
        name_key: sea_orm::Set("name:見本".into()),
        name: sea_orm::Set("見本".into()),
        ..Default::default()
    };
    let db = app.databases().writer();
    let owner = organization::Entity::insert(row).exec(db).await.expect("an organization").last_insert_id;
    let all = resource::Entity::update_many().filter(resource::Column::Name.eq("見本サロン"));
    all.col_expr(resource::Column::OrganizationId, Expr::value(owner)).exec(db).await.expect("an owner");
    assert_eq!(of_salon(&app, member(owner)).await, leader);
}

#[actix_web::test]
async fn in_a_foreign_district_they_are_null_without_an_error() {
    let app = with_salon().await;
    let id = id_of(&app, "見本サロン").await;
    let mut input = consent(&id, "PUBLIC_WEB");
    input["evidence"] = json!("綴り1番");
    recorded(&admin(&app), input).await;
    for viewer in [coordinator(&app, "062031:D02").await, member(7)] {
        let contact = &of_salon(&app, viewer).await[0];
        assert_eq!((&contact["tel"], &contact["personName"]), (&json!(MOBILE), &json!(null)));
        assert_eq!((&contact["visibility"], &contact["consents"]), (&json!(null), &json!(null)));
    }
}

#[actix_web::test]
async fn who_can_never_read_them_learns_so_once_per_field() {
    let app = city().await;
    let mut rows = Vec::new();
    for id in ["K-1", "K-2", "K-3"] {
        let mut row = row(id, "見本サロン", "D01");
        row.extend([("電話番号", "0235-00-0500"), ("代表者名", "見本 花子"), ("代表者電話", MOBILE)]);
        rows.push(row);
    }
    app.import("places_20260601.csv", &list(&rows)).await;
    let fields = ["personName", "visibility", "consents"];
    let partner = app.as_viewer(holding(&[Role::Partner], &[]));
    let anybody = app.as_viewer(yui::auth::Viewer::public(crate::support::clock::clock()));
    for (seen, code) in [(partner, "FORBIDDEN"), (anybody, "UNAUTHENTICATED")] {
        let errors = seen.errors(ASK).await;
        let path = |field: &str| format!("gatheringPlaces.nodes.0.contacts.0.{field}");
        let expected: Vec<_> = fields.iter().map(|field| (code.to_owned(), path(field))).collect();
        assert_eq!(errors, expected);
        let data = seen.ask(ASK).await["data"].to_string();
        assert!(data.contains("0235-00-0500") && !data.contains("見本 花子") && !data.contains(MOBILE));
    }
    let (_, taken) = app.statements().during(app.as_anonymous().ask(ASK)).await;
    assert!(taken.iter().all(|sql| !sql.contains("person_name")), "{taken:#?}");
}

#[actix_web::test]
async fn a_consent_is_a_node_for_those_who_read_the_consents_of_its_resource() {
    let app = with_salon().await;
    let line = recorded(&admin(&app), consent(&id_of(&app, "見本サロン").await, "PUBLIC_WEB")).await;
    let query = format!("{{ node(id: \"{line}\") {{ id ... on Consent {{ tel resource {{ name }} }} }} }}");
    let here = app.as_viewer(coordinator(&app, "062031:D01").await);
    let expected =
        json!({ "node": { "id": line, "tel": "+819000000001", "resource": { "name": "見本サロン" } } });
    for seen in [admin(&app), here] {
        assert_eq!(seen.data(&query).await, expected);
    }
    let elsewhere = app.as_viewer(coordinator(&app, "062031:D02").await);
    assert_eq!(elsewhere.data(&query).await, json!({ "node": null }));
    for roles in [&[][..], &[Role::Partner], &[Role::CareProfessional]] {
        assert_eq!(app.as_viewer(holding(roles, &[])).data(&query).await, json!({ "node": null }));
    }
}
