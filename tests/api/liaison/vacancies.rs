//! Vacancy reports: permissions, audiences, and how long they are valid.

use crate::support::Client;
use crate::support::clock;
use crate::support::liaison::Liaison;
use crate::support::professionals::{ACCEPTANCES, TAKING, directory, everybody, take, texts};
use sea_orm::EntityTrait;
use sea_orm::sea_query::Expr;
use serde_json::{Value, json};

const MUTATION: &str = "mutation ($input: ReportVacancyInput!) { reportVacancy(input: $input) {
    vacancyReport { status { value } places service { code } isExpired } userErrors { code field } } }";
const READ: &str = "{ careFacilities(text: \"いずみ苑\") { nodes { id vacancies { status { value } places note isExpired } } } }";

async fn facility(liaison: &Liaison) -> String {
    let data = liaison.app.as_anonymous().data(READ).await;
    data["careFacilities"]["nodes"][0]["id"].as_str().expect("the short stay").to_owned()
}

async fn report(client: &Client<'_>, input: Value) -> Value {
    client.ask_with(MUTATION, json!({ "input": input })).await
}

async fn read(client: &Client<'_>) -> Value {
    client.data(READ).await["careFacilities"]["nodes"][0]["vacancies"].clone()
}

async fn client<'l>(liaison: &'l Liaison, wanted: &str) -> Client<'l> {
    let found = everybody(liaison).await.into_iter().find(|(who, _)| *who == wanted);
    found.expect("somebody").1
}

#[actix_web::test]
async fn a_facility_reports_for_itself_and_nobody_for_others() {
    let liaison = directory().await;
    let id = facility(&liaison).await;
    let input = json!({ "facility": id, "serviceType": "210", "status": "AVAILABLE", "places": 2 });
    for (who, client) in everybody(&liaison).await {
        let answer = report(&client, input.clone()).await;
        let payload = &answer["data"]["reportVacancy"];
        match who {
            "ENT" | "admin" => {
                assert_eq!(payload["vacancyReport"]["places"], 2, "{who}: {answer}");
                assert_eq!(payload["vacancyReport"]["service"]["code"], "210");
            }
            "CLINIC" => {
                assert_eq!(payload["userErrors"], json!([{ "code": "NOT_FOUND", "field": "facility" }]))
            }
            "anonymous" => assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED"),
            _ => assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN", "{who}: {answer}"),
        }
    }
    let log = liaison.app.as_admin().await.data("{ auditLog { nodes { action { value } } } }").await;
    let actions = texts(&log["auditLog"]["nodes"], "/action/value");
    assert_eq!(actions.iter().filter(|action| **action == "REPORT_VACANCY").count(), 2);
    let kept = entity::vacancy_report::Entity::find().all(&liaison.app.databases().read).await;
    assert_eq!(kept.expect("reports are read").len(), 2, "older reports stay");
}

#[actix_web::test]
async fn a_report_that_makes_no_sense_is_told_what_is_wrong() {
    let liaison = directory().await;
    let id = facility(&liaison).await;
    let entity = client(&liaison, "ENT").await;
    let yesterday = clock::today() - chrono::Days::new(1);
    for (change, field) in [
        (json!({ "serviceType": "130" }), "serviceType"),
        (json!({ "serviceType": "999" }), "serviceType"),
        (json!({ "status": "FULL", "places": 1 }), "places"),
        (json!({ "status": "AVAILABLE", "places": 0 }), "places"),
        (json!({ "places": -1 }), "places"),
        (json!({ "periodTo": yesterday.to_string() }), "periodTo"),
        (json!({ "note": "090-0000-0001 まで" }), "note"),
        (json!({ "audience": "LISTED" }), "audience"),
    ] {
        let mut input = json!({ "facility": id, "status": "FEW" });
        for (key, value) in change.as_object().expect("fields") {
            input[key] = value.clone();
        }
        let answer = report(&entity, input).await;
        let errors = &answer["data"]["reportVacancy"]["userErrors"];
        assert_eq!(errors, &json!([{ "code": "INVALID_INPUT", "field": field }]), "{change}: {answer}");
    }
    assert_eq!(read(&liaison.app.as_admin().await).await, json!([]));
}

#[actix_web::test]
async fn each_audience_reads_its_reports() {
    let liaison = directory().await;
    let id = facility(&liaison).await;
    let entity = client(&liaison, "ENT").await;
    let listed = TAKING.lines().next().expect("the short stay").replace(",,,,,", ",,,,配布先に限る,HOME");
    take(&liaison.app, ACCEPTANCES, &listed).await;
    for (audience, readers) in [
        ("LISTED", &["HOME", "ENT", "admin"][..]),
        ("ALL_CARE_PROFESSIONALS", &["HOME", "AWAY", "ENT", "admin"]),
    ] {
        let input = json!({ "facility": id, "status": "FEW", "audience": audience });
        assert_eq!(report(&entity, input).await["data"]["reportVacancy"]["userErrors"], json!([]));
        for (who, client) in everybody(&liaison).await {
            let seen = read(&client).await.as_array().map_or(0, Vec::len);
            assert_eq!(seen, usize::from(readers.contains(&who)), "{who} {audience}");
        }
    }
    let input = json!({ "facility": id, "status": "FULL", "audience": "PUBLIC" });
    report(&entity, input).await;
    assert_eq!(read(&liaison.app.as_anonymous()).await[0]["status"]["value"], "FULL");
}

#[actix_web::test]
async fn after_seven_days_nobody_knows() {
    let liaison = directory().await;
    let id = facility(&liaison).await;
    let entity = client(&liaison, "ENT").await;
    let input = json!({ "facility": id, "status": "AVAILABLE", "places": 1, "note": "個室" });
    report(&entity, input).await;
    let fresh =
        json!([{ "status": { "value": "AVAILABLE" }, "places": 1, "note": "個室", "isExpired": false }]);
    assert_eq!(read(&entity).await, fresh);
    use entity::vacancy_report::{Column, Entity};
    let stored = Entity::find().one(&liaison.app.databases().read).await.expect("read").expect("the report");
    assert_eq!(stored.expires_at - stored.reported_at, 7 * 24 * 60 * 60 * 1000);
    let aged = Entity::update_many().col_expr(Column::ExpiresAt, Expr::value(clock::now_ms() - 1));
    aged.exec(liaison.app.databases().writer()).await.expect("a report is changed");
    let stale =
        json!([{ "status": { "value": "UNKNOWN" }, "places": null, "note": null, "isExpired": true }]);
    assert_eq!(read(&entity).await, stale);
}
