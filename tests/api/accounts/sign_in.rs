//! Signing in with mail address and password.

use super::support::{PASSWORD, audit, code, sign_in, signed_in, somebody, who};
use crate::support::{App, strict};
use actix_web::test::TestRequest;
use entity::account;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::json;
use yui::auth::Role;

#[actix_web::test]
async fn the_right_password_signs_in_on_every_instance() {
    let (app, row) = with_somebody().await;
    let other = app.second_instance().await;
    let (access, _) = signed_in(&app, &row).await;
    for instance in [&app, &other] {
        assert_eq!(who(&instance.with_token(&access)).await, (200, vec!["COORDINATOR".to_owned()]));
    }
    let shouted = sign_in(&other, &format!(" {} ", row.email.to_uppercase()), PASSWORD).await;
    assert_eq!(shouted["userErrors"], json!([]));
}

#[actix_web::test]
async fn the_viewer_is_told_who_they_are_and_what_they_may_do() {
    let app = App::start().await;
    let row = somebody(&app, &[Role::Admin]).await;
    let (access, _) = signed_in(&app, &row).await;
    let ask =
        "{ viewer { signedIn name roles { value label } organization { code } districts may { value } } }";
    let viewer = app.with_token(&access).data(ask).await["viewer"].take();
    assert_eq!(viewer["name"], "見本 花子");
    assert_eq!(viewer["roles"], json!([{ "value": "ADMIN", "label": "市担当者" }]));
    assert!(viewer["may"].to_string().contains("MANAGE_ACCOUNTS"), "{viewer}");
    let public = app.as_anonymous().data(ask).await["viewer"].take();
    let nobody = json!({ "signedIn": false, "name": null, "roles": [], "organization": null, "districts": [], "may": [] });
    assert_eq!(public, nobody);
}

#[actix_web::test]
async fn a_wrong_password_and_an_unknown_address_are_told_alike() {
    let (app, row) = with_somebody().await;
    let wrong = sign_in(&app, &row.email, "雪かき と お茶 と 絆").await;
    assert_eq!((code(&wrong), &wrong["session"]), ("REFUSED", &json!(null)));
    assert_eq!(sign_in(&app, "nobody@example.jp", PASSWORD).await, wrong);
    let unaccepted = account::ActiveModel { password_hash: Set(None), ..row.clone().into() };
    unaccepted.update(app.databases().writer()).await.expect("the account is changed");
    assert_eq!(sign_in(&app, &row.email, PASSWORD).await, wrong);
    let closed = account::ActiveModel { closed_at: Set(Some(1)), ..row.clone().into() };
    closed.reset_all().update(app.databases().writer()).await.expect("the account is changed");
    assert_eq!(sign_in(&app, &row.email, PASSWORD).await, wrong);
}

#[actix_web::test]
async fn the_audit_knows_who_signed_in_and_no_secret() {
    let (app, row) = with_somebody().await;
    sign_in(&app, &row.email, "雪かき と お茶 と 絆").await;
    let (access, refresh) = signed_in(&app, &row).await;
    let entries = audit(&app).await;
    let subjects: Vec<_> = entries.iter().map(|entry| entry.subject.clone()).collect();
    assert_eq!(subjects, ["anonymous".to_owned(), format!("account:{}", row.uuid)]);
    assert!(entries.iter().all(|entry| entry.action == "signIn" && entry.request_id.is_some()));
    let told = format!("{entries:?}");
    for secret in [access.as_str(), &refresh, PASSWORD, "絆", "argon2"] {
        assert!(!told.contains(secret), "{told}");
    }
}

#[actix_web::test]
async fn nobody_signs_in_over_get() {
    let (app, row) = with_somebody().await;
    let query = format!(
        "/graphql?query=mutation%7BsignIn(input%3A%7Bemail%3A%22{}%22%2Cpassword%3A%22x%22%7D)%7B__typename%7D%7D",
        row.email
    );
    assert_eq!(app.send(TestRequest::get().uri(&query)).await.status.as_u16(), 405);
}

#[actix_web::test]
async fn other_schemes_of_authorization_are_not_for_us() {
    let app = App::start().await;
    let body = json!({ "query": "{ viewer { signedIn } }" });
    let ask = |value: &'static str| strict().insert_header(("authorization", value)).set_json(body.clone());
    let basic = app.send(ask("Basic eXVpOnl1aQ==")).await;
    assert_eq!(basic.json()["data"]["viewer"]["signedIn"], false);
    for empty in ["Bearer", "Bearer  ", "bearer "] {
        assert_eq!(app.send(ask(empty)).await.status.as_u16(), 401, "{empty}");
    }
    let twice = ask("Bearer yui_a").append_header(("authorization", "Bearer yui_b"));
    assert_eq!(app.send(twice).await.status.as_u16(), 401);
}

async fn with_somebody() -> (App, account::Model) {
    let app = App::start().await;
    let row = somebody(&app, &[Role::Coordinator]).await;
    (app, row)
}
