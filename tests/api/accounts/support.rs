//! Steps with an account: sign in, refresh, query `viewer`.

use crate::support::{App, Client, standing};
use entity::{account, audit_entry};
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};
use yui::accounts::password;
use yui::auth::Role;

pub const PASSWORD: &str = "雪かき と お茶 と 結";

const SIGN_IN: &str = "mutation($input: SignInInput!) { signIn(input: $input) {
    session { accessToken expiresAt refreshToken refreshExpiresAt } userErrors { code field message } } }";
const REFRESH: &str = "mutation($input: RefreshSessionInput!) { refreshSession(input: $input) {
    session { accessToken refreshToken refreshExpiresAt } userErrors { code field message } } }";
const ACCEPT: &str = "mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) {
    email userErrors { code field message } } }";

/// A person with an account and [`PASSWORD`].
pub async fn somebody(app: &App, roles: &[Role]) -> account::Model {
    let hash = password::hash(PASSWORD.to_owned()).await.expect("a password is hashed");
    app.account(standing(roles, &[]), Some(hash)).await
}

/// The payload of `signIn`.
pub async fn sign_in(app: &App, email: &str, password: &str) -> Value {
    let input = json!({ "input": { "email": email, "password": password } });
    app.as_anonymous().data_with(SIGN_IN, input).await["signIn"].take()
}

/// Signs in, which must work: access token and refresh token.
pub async fn signed_in(app: &App, row: &account::Model) -> (String, String) {
    tokens(&sign_in(app, &row.email, PASSWORD).await)
}

/// The payload of `refreshSession`.
pub async fn refresh(app: &App, token: &str) -> Value {
    let input = json!({ "input": { "refreshToken": token } });
    app.as_anonymous().data_with(REFRESH, input).await["refreshSession"].take()
}

/// The payload of `acceptInvitation`, for the path of a link.
pub async fn accept(app: &App, path: &str, password: &str) -> Value {
    let secret = path.strip_prefix("/invite#").expect("the path of the page");
    let input = json!({ "input": { "secret": secret, "password": password } });
    app.as_anonymous().data_with(ACCEPT, input).await["acceptInvitation"].take()
}

/// Access token and refresh token of a payload that holds a session.
#[track_caller]
pub fn tokens(payload: &Value) -> (String, String) {
    let text = |name: &str| payload["session"][name].as_str().map(str::to_owned);
    text("accessToken").zip(text("refreshToken")).unwrap_or_else(|| panic!("no session: {payload}"))
}

/// The code of the only user error.
#[track_caller]
pub fn code(payload: &Value) -> &str {
    assert_eq!(payload["userErrors"].as_array().map(Vec::len), Some(1), "{payload}");
    payload["userErrors"][0]["code"].as_str().unwrap_or_default()
}

/// Status of a query for `viewer`, and the roles in its answer.
pub async fn who(client: &Client<'_>) -> (u16, Vec<String>) {
    let answer = client.send("{ viewer { signedIn roles { value } } }", json!({})).await;
    let json = answer.json();
    let roles = json["data"]["viewer"]["roles"].as_array().cloned().unwrap_or_default();
    let roles = roles.iter().filter_map(|role| Some(role["value"].as_str()?.to_owned()));
    (answer.status.as_u16(), roles.collect())
}

/// The entries of the audit, in order.
pub async fn audit(app: &App) -> Vec<audit_entry::Model> {
    let all = audit_entry::Entity::find().order_by_asc(audit_entry::Column::Id);
    all.all(&app.databases().read).await.expect("the audit is read")
}

/// The actions in the audit, in order.
pub async fn actions(app: &App) -> Vec<String> {
    audit(app).await.into_iter().map(|entry| entry.action).collect()
}
