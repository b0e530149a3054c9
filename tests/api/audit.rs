//! The audit: it cannot be changed, and only administrators read it.

use crate::support::world::World;
use crate::support::{App, Person, TestDatabase};
use entity::enums::AuditAction;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use uuid::Uuid;
use yui::audit::{Author, Change, record};
use yui::auth::Role;
use yui::id::{NodeId, NodeType};

fn thing(n: u128) -> NodeId {
    NodeId::new(NodeType::Consent, Uuid::from_u128(n))
}

async fn with_entries() -> App {
    let app = App::start().await;
    for n in 1..=3_u128 {
        let change = Change {
            action: AuditAction::WithdrawConsent,
            things: vec![thing(n), thing(9)],
            before: Some(json!({ "withdrawnOn": null })),
            after: Some(json!({ "withdrawnOn": "2026-11-20" })),
        };
        record(app.databases().writer(), &Author::command_line(), change).await.expect("an entry");
    }
    app
}

#[actix_web::test]
async fn entries_are_never_changed_or_deleted() {
    let app = with_entries().await;
    let db = app.databases().writer();
    for sql in [
        "UPDATE audit_entry SET subject = 'somebody else'",
        "UPDATE audit_entry SET at = 0 WHERE id = 1",
        "DELETE FROM audit_entry",
        "UPDATE audit_thing SET thing = 'another'",
        "DELETE FROM audit_thing",
    ] {
        let cause = db.execute_unprepared(sql).await.expect_err(sql).to_string();
        assert!(cause.contains("audit entries are never"), "{sql}: {cause}");
    }
    if TestDatabase::is_postgres() {
        for table in ["audit_entry CASCADE", "audit_thing"] {
            assert!(db.execute_unprepared(&format!("TRUNCATE {table}")).await.is_err(), "{table}");
        }
    }
    if !TestDatabase::is_postgres() {
        let again = "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE id = 1";
        assert!(db.execute_unprepared(again).await.is_err(), "{again}");
    }
    let log = app
        .as_person(&Person::with(&[Role::Admin]))
        .data("{ auditLog { nodes { things { nodeId } } } }")
        .await;
    assert_eq!(log["auditLog"]["nodes"].as_array().map(Vec::len), Some(3));
}

#[actix_web::test]
async fn administrators_read_the_newest_first_and_page_by_page() {
    let app = with_entries().await;
    let admin = app.as_person(&Person::with(&[Role::Admin]));
    let ask = "query($after: String) { auditLog(first: 2, after: $after) {
        nodes { kind { label } action { label } things { nodeId type { value } } changes { field before after } subject } pageInfo { hasNextPage endCursor } } }";
    let first = admin.data(ask).await["auditLog"].clone();
    assert_eq!(
        first["nodes"][0]["things"],
        json!([{ "nodeId": thing(3).text(), "type": { "value": "CONSENT" } }, { "nodeId": thing(9).text(), "type": { "value": "CONSENT" } }])
    );
    assert_eq!(first["nodes"][0]["kind"]["label"], "変更");
    assert_eq!(first["nodes"][0]["action"]["label"], "同意の撤回");
    let changed = json!([{ "field": "withdrawnOn", "before": [], "after": ["2026-11-20"] }]);
    assert_eq!(first["nodes"][0]["changes"], changed);
    assert_eq!(first["pageInfo"]["hasNextPage"], true);
    let rest = admin.data_with(ask, json!({ "after": first["pageInfo"]["endCursor"] })).await;
    assert_eq!(rest["auditLog"]["nodes"].as_array().map(Vec::len), Some(1));
    assert_eq!(rest["auditLog"]["pageInfo"]["hasNextPage"], false);
    let about = admin
        .data(&format!(
            "{{ auditLog(filter: {{ thing: \"{}\" }}) {{ nodes {{ things {{ nodeId }} }} }} }}",
            thing(2).text()
        ))
        .await;
    assert_eq!(
        about["auditLog"]["nodes"],
        json!([{ "things": [{ "nodeId": thing(2).text() }, { "nodeId": thing(9).text() }] }])
    );
    let looked = admin.data("{ auditLog(filter: { kind: READ }) { nodes { things { nodeId } } } }").await;
    assert_eq!(looked["auditLog"]["nodes"], json!([]));
}

/// What other versions wrote is shown as far as it is understood, and never closes the audit.
#[actix_web::test]
async fn an_entry_of_another_version_is_read() {
    let app = with_entries().await;
    let columns =
        "uuid, at, kind, subject, roles, organization_code, token_id, operation, request_id, before, after";
    let newer = format!(
        "INSERT INTO audit_entry ({columns}, action, things) SELECT {columns}, 'futureAction', '[\"MIHON-1\"]' FROM audit_entry WHERE id = 1"
    );
    let newer = newer.replacen("SELECT uuid", "SELECT $1", 1);
    let uuid = Uuid::from_u128(77);
    let db = app.databases().writer();
    let statement = Statement::from_sql_and_values(db.get_database_backend(), newer, [uuid.into()]);
    db.execute_raw(statement).await.expect("an entry");
    let ask = "{ auditLog(first: 1) { nodes { action { value } things { nodeId type { value } code } } } }";
    let log = app.as_person(&Person::with(&[Role::Admin])).data(ask).await;
    let shown = json!([{ "action": null, "things": [{ "nodeId": null, "type": null, "code": "MIHON-1" }] }]);
    assert_eq!(log["auditLog"]["nodes"], shown);
}

#[actix_web::test]
async fn nobody_else_reads_it_and_the_rest_of_the_answer_stays() {
    let app = with_entries().await;
    let ask = "{ auditLog { nodes { subject } } __typename }";
    for (roles, code) in [
        (&[][..], "FORBIDDEN"),
        (&[Role::Partner][..], "FORBIDDEN"),
        (&[Role::CareProfessional][..], "FORBIDDEN"),
        (&[Role::Coordinator, Role::Partner][..], "FORBIDDEN"),
    ] {
        let answer = app.as_person(&Person::with(roles)).ask(ask).await;
        assert_eq!(answer["data"], json!({ "auditLog": null, "__typename": "Query" }), "{roles:?}");
        assert_eq!(answer["errors"][0]["extensions"]["code"], code);
        assert_eq!(answer["errors"].as_array().map(Vec::len), Some(1));
    }
    let anonymous = app.as_anonymous().ask(ask).await;
    assert_eq!(anonymous["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
}

#[actix_web::test]
async fn whoever_reads_contacts_for_care_professionals_is_remembered_once_for_each_operation() {
    let world = World::create().await;
    let ask = "query Lookup { a: careFacilities(text: \"しるし丙事業所\") { nodes { id contacts { label }
        services { contacts { label } } } } b: careFacilities { nodes { contacts { tel } } } }";
    let care = Person::with(&[Role::CareProfessional]).of("FOREIGN");
    let read = world.app.as_person(&care).data(ask).await;
    assert!(read.to_string().contains("窓口丙"), "{read}");
    for other in [Person::with(&[Role::Partner]), Person::with(&[Role::Coordinator]).in_district("D01")] {
        world.app.as_person(&other).data(ask).await;
    }
    world.app.as_anonymous().data(ask).await;
    let log = world.app.as_person(&Person::with(&[Role::Admin]));
    let log = log.data(
        "{ auditLog(filter: { kind: READ }) { nodes { subject roles { value } organizationCode
        action { value } operation requestId things { nodeId type { value } } changes { field } } } }",
    );
    let mut log = log.await["auditLog"]["nodes"].take();
    assert!(log[0]["requestId"].take().as_str().is_some_and(|id| !id.is_empty()));
    let id = &read["a"]["nodes"][0]["id"];
    assert_eq!(
        log,
        json!([{
            "subject": "idp:somebody", "roles": [{ "value": "CARE_PROFESSIONAL" }], "organizationCode": "FOREIGN",
            "action": { "value": "READ" }, "operation": "Lookup", "requestId": null,
            "things": [{ "nodeId": id, "type": { "value": "RESOURCE" } }], "changes": [],
        }])
    );
}

#[actix_web::test]
async fn what_cannot_be_remembered_is_not_answered() {
    let world = World::create().await;
    let broken =
        world.app.databases().writer().execute_unprepared("ALTER TABLE audit_entry RENAME TO gone").await;
    broken.expect("a table is renamed");
    let ask = "{ careFacilities(text: \"しるし丙事業所\") { nodes { contacts { label } } } }";
    let answer = world.app.as_person(&Person::with(&[Role::CareProfessional])).ask(ask).await;
    assert_eq!(answer["data"], json!(null));
    assert_eq!(answer["errors"][0]["extensions"]["code"], "INTERNAL");
    assert!(!answer.to_string().contains("窓口"), "{answer}");
    let public = world.app.as_anonymous().ask(ask).await;
    assert!(public.to_string().contains("窓口甲"), "{public}");
}
