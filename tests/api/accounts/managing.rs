//! Managing accounts: permissions, refusals, audit.

use super::support::{audit, code};
use crate::support::{App, Client, standing};
use serde_json::{Value, json};
use yui::auth::Role;

/// Every field that only managers of accounts or tokens may use.
const FOR_ADMINS: [&str; 8] = [
    "{ field: accounts { totalCount } }",
    "{ field: apiTokens { totalCount } }",
    r#"mutation { field: inviteAccount(input: { email: "a@example.jp", name: "a", roles: [ADMIN] }) { invitePath } }"#,
    r#"mutation { field: resendInvitation(input: { id: "x" }) { invitePath } }"#,
    r#"mutation { field: updateAccount(input: { id: "x", roles: [ADMIN] }) { account { id } } }"#,
    r#"mutation { field: closeAccount(input: { id: "x" }) { account { id } } }"#,
    r#"mutation { field: createApiToken(input: { name: "a", roles: [ADMIN] }) { token } }"#,
    r#"mutation { field: revokeApiToken(input: { id: "x" }) { apiToken { id } } }"#,
];

async fn invite(admin: &Client<'_>, input: Value) -> Value {
    let invite = "mutation($input: InviteAccountInput!) { inviteAccount(input: $input) {
        account { id } userErrors { code field message } } }";
    admin.data_with(invite, json!({ "input": input })).await["inviteAccount"].take()
}

#[actix_web::test]
async fn nobody_but_an_admin_manages_accounts_and_tokens() {
    let app = App::start().await;
    let everybody_else = [
        (app.as_anonymous(), "UNAUTHENTICATED"),
        (app.as_partner().await, "FORBIDDEN"),
        (app.as_care_manager().await, "FORBIDDEN"),
        (app.as_coordinator(&["D01"]).await, "FORBIDDEN"),
    ];
    let before = audit(&app).await.len();
    for document in FOR_ADMINS {
        for (client, said) in &everybody_else {
            let answer = client.ask(document).await;
            assert_eq!(answer["data"], json!({ "field": null }), "{document}");
            assert_eq!(answer["errors"][0]["extensions"]["code"], *said, "{document}");
        }
    }
    assert_eq!(audit(&app).await.len(), before);
}

#[actix_web::test]
async fn what_an_admin_writes_is_checked() {
    let app = App::start().await;
    let admin = app.as_admin().await;
    let good = json!({ "email": "hanako@example.jp", "name": "見本 花子", "roles": ["PARTNER"] });
    let wrong = [
        ("email", json!("hanako"), "INVALID_INPUT"),
        ("name", json!("  "), "INVALID_INPUT"),
        ("roles", json!([]), "INVALID_INPUT"),
        ("organizationCode", json!("見本会"), "NOT_FOUND"),
        ("districtCodes", json!(["D01", "D02"]), "NOT_FOUND"),
    ];
    for (field, value, said) in wrong {
        let mut input = good.clone();
        input[field] = value;
        let refused = invite(&admin, input).await;
        assert_eq!((code(&refused), &refused["userErrors"][0]["field"]), (said, &json!(field)));
    }
    assert_eq!(invite(&admin, good).await["userErrors"], json!([]));
}

#[actix_web::test]
async fn the_last_admin_stays() {
    let app = App::start().await;
    let admin = app.as_admin().await;
    let list = admin.data("{ accounts { nodes { id } } }").await;
    let id = &list["accounts"]["nodes"][0]["id"];
    let demote = "mutation($id: ID!) { change: updateAccount(input: { id: $id, roles: [PARTNER] }) { userErrors { code } } }";
    let close = "mutation($id: ID!) { change: closeAccount(input: { id: $id }) { userErrors { code } } }";
    for change in [demote, close] {
        let refused = admin.data_with(change, json!({ "id": id })).await;
        assert_eq!(code(&refused["change"]), "CONFLICT");
    }
    let second = app.as_admin().await;
    assert_eq!(admin.data_with(demote, json!({ "id": id })).await["change"]["userErrors"], json!([]));
    assert_eq!(
        admin.ask("{ accounts { totalCount } }").await["errors"][0]["extensions"]["code"],
        "FORBIDDEN"
    );
    assert_eq!(second.data("{ accounts { totalCount } }").await["accounts"]["totalCount"], 2);
}

#[actix_web::test]
async fn two_admins_who_remove_each_other_at_once_do_not_both_succeed() {
    let app = App::start().await;
    let other = app.second_instance().await;
    let (one, two) = (app.as_admin().await, other.as_admin().await);
    let list = one.data("{ accounts { nodes { id } } }").await;
    let id = |n: usize| json!({ "id": list["accounts"]["nodes"][n]["id"] });
    let close =
        "mutation($id: ID!) { closeAccount(input: { id: $id }) { account { id } userErrors { code } } }";
    let both = futures_util::future::join(one.ask_with(close, id(1)), two.ask_with(close, id(0))).await;
    let closed = |answer: &Value| answer["data"]["closeAccount"]["account"].is_object();
    assert_ne!(closed(&both.0), closed(&both.1), "{both:?}");
}

#[actix_web::test]
async fn what_is_left_out_of_a_change_stays() {
    let app = App::start().await;
    let admin = app.as_admin().await;
    app.as_somebody(standing(&[Role::Partner, Role::Coordinator], &[])).await;
    let list = admin.data("{ accounts(first: 2) { nodes { id } } }").await;
    let input = json!({ "id": list["accounts"]["nodes"][1]["id"], "name": "見本 太郎" });
    let update = "mutation($input: UpdateAccountInput!) { updateAccount(input: $input) {
        account { name roles { value } organizationCode districtCodes } userErrors { message } } }";
    let updated = admin.data_with(update, json!({ "input": input })).await["updateAccount"].take();
    assert_eq!(updated["account"]["name"], "見本 太郎");
    assert_eq!(updated["account"]["roles"], json!([{ "value": "PARTNER" }, { "value": "COORDINATOR" }]));
    let entry = audit(&app).await.pop().expect("an entry");
    assert_eq!(entry.action, "updateAccount");
    let (before, after) = (entry.before.unwrap_or_default(), entry.after.unwrap_or_default());
    assert!(before.contains("花子") && after.contains("太郎"), "{before} {after}");
    assert!(entry.things.contains(list["accounts"]["nodes"][1]["id"].as_str().expect("an id")));
}

#[actix_web::test]
async fn accounts_are_listed_page_by_page_in_one_statement() {
    let app = App::start().await;
    let admin = app.as_admin().await;
    for _ in 0..4 {
        app.as_care_manager().await;
    }
    let ask = "query($after: String) { accounts(first: 2, after: $after) {
        nodes { email roles { value } state { value } } pageInfo { hasNextPage endCursor } } }";
    let (mut after, mut emails) = (Value::Null, Vec::new());
    loop {
        let work = admin.data_with(ask, json!({ "after": after }));
        let (data, statements) = app.statements().during(work).await;
        assert_eq!(statements.len(), 2, "whose token it is, and the page: {statements:#?}");
        let page = &data["accounts"];
        emails.extend(page["nodes"].as_array().expect("nodes").iter().map(|node| node["email"].to_string()));
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    emails.dedup();
    assert_eq!(emails.len(), 5);
}
