//! Invitations: a link that an admin hands over, good once and for a week.

use super::support::{PASSWORD, accept, actions, code, sign_in, signed_in, somebody, tokens, who};
use crate::support::clock;
use crate::support::{App, Client};
use entity::invitation;
use sea_orm::EntityTrait;
use sea_orm::sea_query::Expr;
use serde_json::{Value, json};
use yui::auth::Role;

const EMAIL: &str = "hanako@example.jp";

async fn invite(admin: &Client<'_>) -> Value {
    let invite = "mutation($input: InviteAccountInput!) { inviteAccount(input: $input) {
        account { id email state { value } } invitePath expiresAt userErrors { code field message } } }";
    let input = json!({ "email": "Hanako@Example.jp", "name": "見本 花子", "roles": ["PARTNER"] });
    admin.data_with(invite, json!({ "input": input })).await["inviteAccount"].take()
}

async fn invite_again(admin: &Client<'_>, id: &Value) -> Value {
    let resend = "mutation($id: ID!) { resendInvitation(input: { id: $id }) {
        account { id } invitePath userErrors { code } } }";
    admin.data_with(resend, json!({ "id": id })).await["resendInvitation"].take()
}

fn path(payload: &Value) -> &str {
    payload["invitePath"].as_str().unwrap_or_else(|| panic!("{payload}"))
}

#[actix_web::test]
async fn an_invitation_is_accepted_once_and_then_signs_in() {
    let app = App::start().await;
    let other = app.second_instance().await;
    let invited = invite(&app.as_admin().await).await;
    assert_eq!(
        (&invited["account"]["email"], &invited["account"]["state"]["value"]),
        (&json!(EMAIL), &json!("INVITED"))
    );
    assert_eq!(code(&sign_in(&app, EMAIL, PASSWORD).await), "REFUSED");
    let accepted = accept(&other, path(&invited), PASSWORD).await;
    assert_eq!(accepted, json!({ "email": EMAIL, "userErrors": [] }));
    tokens(&sign_in(&app, EMAIL, PASSWORD).await);
    let again = accept(&app, path(&invited), "another long password").await;
    assert_eq!((code(&again), &again["email"]), ("REFUSED", &json!(null)));
    assert_eq!(actions(&app).await, ["inviteAccount", "signIn", "acceptInvitation", "signIn"]);
    let stored = invitation::Entity::find().all(&app.databases().read).await.expect("invitations");
    assert!(!format!("{stored:?}").contains(&path(&invited)["/invite#".len()..]));
}

#[actix_web::test]
async fn of_two_who_accept_at_once_one_sets_the_password() {
    let app = App::start().await;
    let other = app.second_instance().await;
    let invited = invite(&app.as_admin().await).await;
    let both = futures_util::future::join(
        accept(&app, path(&invited), PASSWORD),
        accept(&other, path(&invited), "another long password"),
    );
    let (one, two) = both.await;
    let accepted = [&one, &two].iter().filter(|payload| payload["email"] == EMAIL).count();
    assert_eq!(accepted, 1, "{one} {two}");
}

#[actix_web::test]
async fn an_invitation_expires() {
    let app = App::start().await;
    let invited = invite(&app.as_admin().await).await;
    let over = Expr::value(clock::now_ms());
    let aged = invitation::Entity::update_many().col_expr(invitation::Column::ExpiresAt, over);
    aged.exec(app.databases().writer()).await.expect("time passes");
    assert_eq!(code(&accept(&app, path(&invited), PASSWORD).await), "REFUSED");
    assert_eq!(code(&accept(&app, "/invite#nothing", PASSWORD).await), "REFUSED");
}

#[actix_web::test]
async fn a_new_link_voids_the_old_one() {
    let app = App::start().await;
    let admin = app.as_admin().await;
    let first = invite(&admin).await;
    let second = invite_again(&admin, &first["account"]["id"]).await;
    assert_eq!(code(&accept(&app, path(&first), PASSWORD).await), "REFUSED");
    assert_eq!(accept(&app, path(&second), PASSWORD).await["email"], EMAIL);
}

#[actix_web::test]
async fn a_link_for_a_forgotten_password_ends_the_sessions_when_it_is_used() {
    let app = App::start().await;
    let row = somebody(&app, &[Role::Partner]).await;
    let (access, _) = signed_in(&app, &row).await;
    let admin = app.as_admin().await;
    let list = admin.data("{ accounts(first: 1) { nodes { id } } }").await;
    let link = invite_again(&admin, &list["accounts"]["nodes"][0]["id"]).await;
    assert_eq!(who(&app.with_token(&access)).await.0, 200);
    assert_eq!(accept(&app, path(&link), "結の庭 と 雪囲い 2026").await["email"], row.email);
    assert_eq!(who(&app.with_token(&access)).await.0, 401);
    assert_eq!(code(&sign_in(&app, &row.email, PASSWORD).await), "REFUSED");
}

#[actix_web::test]
async fn a_password_that_is_easily_guessed_leaves_the_link_good() {
    let app = App::start().await;
    let invited = invite(&app.as_admin().await).await;
    for wrong in ["short", "Password1234", EMAIL] {
        let refused = accept(&app, path(&invited), wrong).await;
        assert_eq!(code(&refused), "INVALID_INPUT", "{wrong}");
        assert_eq!(refused["userErrors"][0]["field"], "password");
    }
    assert_eq!(accept(&app, path(&invited), PASSWORD).await["email"], EMAIL);
}

#[actix_web::test]
async fn a_closed_account_is_not_opened_by_its_old_link() {
    let app = App::start().await;
    let admin = app.as_admin().await;
    let invited = invite(&admin).await;
    let close = "mutation($id: ID!) { closeAccount(input: { id: $id }) { userErrors { code } } }";
    admin.data_with(close, json!({ "id": invited["account"]["id"] })).await;
    assert_eq!(code(&accept(&app, path(&invited), PASSWORD).await), "REFUSED");
    let again = invite(&admin).await;
    assert_eq!(again["account"]["id"], invited["account"]["id"], "the same person, opened again");
    assert_eq!(accept(&app, path(&again), PASSWORD).await["email"], EMAIL);
    assert_eq!(code(&invite(&admin).await), "CONFLICT");
}
