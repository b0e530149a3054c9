//! Sessions go on by refresh tokens, and end at once on every instance.

use super::support::{PASSWORD, actions, code, refresh, sign_in, signed_in, somebody, tokens, who};
use crate::support::clock;
use crate::support::{App, standing};
use entity::{account, refresh_token, session};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use yui::auth::Role;

const DAY: i64 = 86_400_000;

#[actix_web::test]
async fn a_refresh_token_gets_the_next_pair_and_is_stored_as_a_digest() {
    let (app, other, row) = with_somebody().await;
    let (first, old) = signed_in(&app, &row).await;
    let (second, new) = tokens(&refresh(&other, &old).await);
    assert_ne!((&first, &old), (&second, &new));
    for access in [&first, &second] {
        assert_eq!(who(&app.with_token(access)).await.0, 200);
    }
    let stored = refresh_token::Entity::find().all(&app.databases().read).await.expect("tokens");
    assert_eq!(stored.len(), 2);
    assert!(!format!("{stored:?}").contains(&new));
    assert_eq!(actions(&app).await, ["signIn", "refreshSession"]);
}

#[actix_web::test]
async fn a_refresh_token_that_is_used_again_ends_the_whole_session() {
    let (app, other, row) = with_somebody().await;
    let (first, stolen) = signed_in(&app, &row).await;
    let (second, new) = tokens(&refresh(&app, &stolen).await);
    let (elsewhere, _) = signed_in(&app, &row).await;
    let reused = refresh(&other, &stolen).await;
    assert_eq!((code(&reused), &reused["session"]), ("REFUSED", &json!(null)));
    assert_eq!(refresh(&app, &new).await, reused);
    for access in [&first, &second] {
        assert_eq!(who(&app.with_token(access)).await.0, 401);
        assert_eq!(who(&other.with_token(access)).await.0, 401);
    }
    assert_eq!(who(&other.with_token(&elsewhere)).await.0, 200, "another session goes on");
    refresh(&other, &stolen).await;
    assert_eq!(actions(&app).await, ["signIn", "refreshSession", "signIn", "refreshSession"]);
}

#[actix_web::test]
async fn of_two_who_use_a_refresh_token_at_once_neither_keeps_the_session() {
    let (app, other, row) = with_somebody().await;
    let (access, token) = signed_in(&app, &row).await;
    let answers = futures_util::future::join(refresh(&app, &token), refresh(&other, &token)).await;
    let renewed = [&answers.0, &answers.1].iter().filter(|answer| !answer["session"].is_null()).count();
    assert_eq!(renewed, 1, "{answers:?}");
    assert_eq!(who(&app.with_token(&access)).await.0, 401);
}

#[actix_web::test]
async fn a_refresh_token_is_void_when_it_or_its_session_is_too_old() {
    let (app, _, row) = with_somebody().await;
    let (_, token) = signed_in(&app, &row).await;
    let idle = Expr::value(clock::now_ms() - 14 * DAY);
    let aged = refresh_token::Entity::update_many().col_expr(refresh_token::Column::CreatedAt, idle);
    aged.exec(app.databases().writer()).await.expect("time passes");
    assert_eq!(code(&refresh(&app, &token).await), "REFUSED");
    let (access, token) = signed_in(&app, &row).await;
    let over = Expr::value(clock::now_ms());
    let aged = session::Entity::update_many().col_expr(session::Column::ExpiresAt, over);
    aged.exec(app.databases().writer()).await.expect("time passes");
    assert_eq!(code(&refresh(&app, &token).await), "REFUSED");
    assert_eq!(who(&app.with_token(&access)).await.0, 401);
    assert_eq!(code(&refresh(&app, "nothing we made").await), "REFUSED");
}

#[actix_web::test]
async fn signing_out_ends_the_session_on_the_other_instance_at_once() {
    let (app, other, row) = with_somebody().await;
    let (access, token) = signed_in(&app, &row).await;
    let (kept, _) = signed_in(&app, &row).await;
    assert_eq!(who(&other.with_token(&access)).await.0, 200);
    let out = app.with_token(&access).data("mutation { signOut { ended userErrors { code } } }").await;
    assert_eq!(out["signOut"], json!({ "ended": true, "userErrors": [] }));
    assert_eq!(who(&other.with_token(&access)).await.0, 401);
    assert_eq!(code(&refresh(&other, &token).await), "REFUSED");
    assert_eq!(who(&other.with_token(&kept)).await.0, 200);
    let nobody = app.as_anonymous().ask("mutation { signOut { ended } }").await;
    assert_eq!(nobody["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    assert_eq!(nobody["data"]["signOut"], json!(null));
    let program = app.as_partner().await.data("mutation { signOut { ended userErrors { code } } }").await;
    assert_eq!(code(&program["signOut"]), "CONFLICT");
}

#[actix_web::test]
async fn changing_the_password_ends_every_other_session() {
    let (app, other, row) = with_somebody().await;
    let (own, _) = signed_in(&app, &row).await;
    let (stolen, _) = signed_in(&app, &row).await;
    let wrong = change_password(&app, &own, "not the password", "結の庭 と 雪囲い 2026").await;
    assert_eq!((code(&wrong), &wrong["changed"]), ("REFUSED", &json!(false)));
    let short = change_password(&app, &own, PASSWORD, "short").await;
    assert_eq!((code(&short), &short["userErrors"][0]["field"]), ("INVALID_INPUT", &json!("newPassword")));
    let changed = change_password(&app, &own, PASSWORD, "結の庭 と 雪囲い 2026").await;
    assert_eq!(changed, json!({ "changed": true, "userErrors": [] }));
    assert_eq!(who(&other.with_token(&own)).await.0, 200);
    assert_eq!(who(&other.with_token(&stolen)).await.0, 401);
    assert_eq!(code(&sign_in(&app, &row.email, PASSWORD).await), "REFUSED");
    tokens(&sign_in(&other, &row.email, "結の庭 と 雪囲い 2026").await);
}

#[actix_web::test]
async fn guessing_the_current_password_is_locked_out_too() {
    let (app, _, row) = with_somebody().await;
    let (own, _) = signed_in(&app, &row).await;
    for _ in 0..5 {
        change_password(&app, &own, "not the password", "結の庭 と 雪囲い 2026").await;
    }
    let locked = change_password(&app, &own, PASSWORD, "結の庭 と 雪囲い 2026").await;
    assert_eq!(code(&locked), "TOO_MANY_ATTEMPTS");
}

#[actix_web::test]
async fn roles_and_closing_count_from_the_next_request_on() {
    let (app, other, row) = with_somebody().await;
    let (access, _) = signed_in(&app, &row).await;
    let admin = app.as_admin().await;
    let id = id_of(&admin, &row.email).await;
    let update = "mutation($id: ID!) { updateAccount(input: { id: $id, roles: [CARE_PROFESSIONAL] }) {
        account { roles { value } } userErrors { code } } }";
    admin.data_with(update, json!({ "id": id })).await;
    assert_eq!(who(&other.with_token(&access)).await, (200, vec!["CARE_PROFESSIONAL".to_owned()]));
    let close = "mutation($id: ID!) { closeAccount(input: { id: $id }) { account { state { value } } userErrors { code } } }";
    let closed = admin.data_with(close, json!({ "id": id })).await;
    assert_eq!(closed["closeAccount"]["account"]["state"]["value"], "CLOSED");
    assert_eq!(who(&other.with_token(&access)).await.0, 401);
    assert_eq!(code(&sign_in(&app, &row.email, PASSWORD).await), "REFUSED");
}

#[actix_web::test]
async fn a_token_costs_one_statement_before_its_codes_are_resolved() {
    let app = App::start().await;
    let client = app.as_admin().await;
    let (_, statements) = app.statements().during(client.data("{ viewer { signedIn } }")).await;
    assert_eq!(statements.len(), 1, "{statements:#?}");
    let program = app.as_partner().await;
    let (_, statements) = app.statements().during(program.data("{ viewer { signedIn } }")).await;
    assert_eq!(statements.len(), 1, "{statements:#?}");
    let coordinator = app.as_somebody(standing(&[Role::Coordinator], &["D01", "D02"])).await;
    let (_, statements) = app.statements().during(coordinator.data("{ viewer { signedIn } }")).await;
    assert_eq!(statements.len(), 2, "{statements:#?}");
}

#[actix_web::test]
async fn signing_in_clears_away_sessions_that_ended_long_ago() {
    let (app, _, row) = with_somebody().await;
    signed_in(&app, &row).await;
    let all = session::Entity::find().filter(session::Column::AccountId.eq(row.id));
    let first = all.clone().one(&app.databases().read).await.expect("sessions").expect("the first");
    let over =
        session::ActiveModel { ended_at: Set(Some(clock::now_ms() - 2 * DAY)), ..first.clone().into() };
    over.update(app.databases().writer()).await.expect("time passes");
    signed_in(&app, &row).await;
    let kept = all.all(&app.databases().read).await.expect("sessions");
    assert_eq!(kept.len(), 1);
    assert_ne!(kept[0].uuid, first.uuid);
}

async fn change_password(app: &App, token: &str, current: &str, new: &str) -> Value {
    let change = "mutation($input: ChangePasswordInput!) { changePassword(input: $input) {
        changed userErrors { code field } } }";
    let input = json!({ "input": { "currentPassword": current, "newPassword": new } });
    app.with_token(token).data_with(change, input).await["changePassword"].take()
}

async fn id_of(admin: &crate::support::Client<'_>, email: &str) -> String {
    let data = admin.data("{ accounts { nodes { id email } } }").await;
    let nodes = data["accounts"]["nodes"].as_array().expect("accounts");
    let own = nodes.iter().find(|node| node["email"] == email).expect("the account");
    own["id"].as_str().expect("an id").to_owned()
}

async fn with_somebody() -> (App, App, account::Model) {
    let app = App::start().await;
    let other = app.second_instance().await;
    let row = somebody(&app, &[Role::Partner]).await;
    (app, other, row)
}
