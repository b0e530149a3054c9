//! Tokens of programs: shown once, taken everywhere, taken back everywhere.

use super::support::{actions, code, who};
use crate::support::clock;
use crate::support::{App, Client};
use entity::api_token;
use sea_orm::EntityTrait;
use sea_orm::sea_query::Expr;
use serde_json::{Value, json};

async fn create(admin: &Client<'_>, expires_on: Option<&str>) -> Value {
    let create = "mutation($input: CreateApiTokenInput!) { createApiToken(input: $input) {
        token apiToken { id name roles { value } state { value } expiresAt createdBy } userErrors { code field } } }";
    let input = json!({ "name": "見本NPOの地図", "roles": ["PARTNER"], "expiresOn": expires_on });
    admin.data_with(create, json!({ "input": input })).await["createApiToken"].take()
}

async fn revoke(admin: &Client<'_>, id: &Value) -> Value {
    let revoke = "mutation($id: ID!) { revokeApiToken(input: { id: $id }) {
        apiToken { state { value } } userErrors { code } } }";
    admin.data_with(revoke, json!({ "id": id })).await["revokeApiToken"].take()
}

#[actix_web::test]
async fn a_token_is_shown_once_and_revoked_on_every_instance_at_once() {
    let app = App::start().await;
    let other = app.second_instance().await;
    let admin = app.as_admin().await;
    let made = create(&admin, None).await;
    let token = made["token"].as_str().expect("its text").to_owned();
    assert!(token.starts_with("yui_") && token.len() == 47, "{token}");
    assert_eq!(who(&other.with_token(&token)).await, (200, vec!["PARTNER".to_owned()]));
    let list = admin.data("{ apiTokens { totalCount nodes { id name state { value } } } }").await;
    assert!(!list.to_string().contains(&token));
    let revoked = revoke(&admin, &list["apiTokens"]["nodes"][0]["id"]).await;
    assert_eq!(revoked["apiToken"]["state"]["value"], "REVOKED");
    assert_eq!(who(&other.with_token(&token)).await.0, 401);
    assert_eq!(code(&revoke(&admin, &made["apiToken"]["id"]).await), "CONFLICT");
    assert_eq!(actions(&app).await, ["createApiToken", "revokeApiToken"]);
}

#[actix_web::test]
async fn a_token_is_stored_as_a_digest() {
    let app = App::start().await;
    let made = create(&app.as_admin().await, None).await;
    let token = made["token"].as_str().expect("its text");
    let stored = api_token::Entity::find().all(&app.databases().read).await.expect("tokens");
    let audit = super::support::audit(&app).await;
    assert!(!format!("{stored:?} {audit:?}").contains(&token[4..]));
    assert!(stored[0].created_by.starts_with("account:"));
}

#[actix_web::test]
async fn a_token_lasts_until_the_end_of_its_last_day_in_japan() {
    let app = App::start().await;
    let admin = app.as_admin().await;
    let today = clock::today().to_string();
    let made = create(&admin, Some(&today)).await;
    let token = made["token"].as_str().expect("its text");
    let ends = made["apiToken"]["expiresAt"].as_str().expect("an end");
    assert!(ends.ends_with("T00:00:00+09:00") && ends > today.as_str(), "{ends}");
    assert_eq!(who(&app.with_token(token)).await.0, 200);
    let over =
        api_token::Entity::update_many().col_expr(api_token::Column::ExpiresAt, Expr::value(clock::now_ms()));
    over.exec(app.databases().writer()).await.expect("time passes");
    assert_eq!(who(&app.with_token(token)).await.0, 401);
    let list = admin.data("{ apiTokens { nodes { state { value } } } }").await;
    assert_eq!(list["apiTokens"]["nodes"][0]["state"]["value"], "EXPIRED");
    let past = create(&admin, Some("2026-01-01")).await;
    assert_eq!((code(&past), &past["userErrors"][0]["field"]), ("INVALID_INPUT", &json!("expiresOn")));
}

#[actix_web::test]
async fn ids_of_other_things_name_no_token() {
    let app = App::start().await;
    let admin = app.as_admin().await;
    let list = admin.data("{ accounts { nodes { id } } }").await;
    let account = &list["accounts"]["nodes"][0]["id"];
    assert_eq!(code(&revoke(&admin, account).await), "NOT_FOUND");
}

#[actix_web::test]
async fn accounts_and_tokens_are_nodes_for_those_who_manage_them() {
    const NODES: &str = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id
        ... on Account { email } ... on ApiToken { name } } }";
    let app = App::start().await;
    let admin = app.as_admin().await;
    let token = create(&admin, None).await["apiToken"]["id"].take();
    let list = admin.data("{ accounts { nodes { id email } } }").await;
    let account = &list["accounts"]["nodes"][0];
    let ids = json!({ "ids": [account["id"], token] });
    let found = admin.data_with(NODES, ids.clone()).await;
    let expected = json!([
        { "__typename": "Account", "id": account["id"], "email": account["email"] },
        { "__typename": "ApiToken", "id": token, "name": "見本NPOの地図" },
    ]);
    assert_eq!(found["nodes"], expected);
    for other in [app.as_anonymous(), app.as_partner().await, app.as_coordinator(&["D01"]).await] {
        assert_eq!(other.data_with(NODES, ids.clone()).await["nodes"], json!([null, null]));
    }
}
