//! Too many wrong passwords: an address waits, whether or not it has an account.

use super::support::{PASSWORD, code, sign_in, somebody};
use crate::support::App;
use crate::support::clock;
use entity::{account, unknown_sign_in};
use sea_orm::sea_query::Expr;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use yui::auth::Role;

const UNKNOWN: &str = "nobody@example.jp";

/// The answers for a mail address, by turns on two instances.
async fn told(instances: [&App; 2], email: &str, attempts: usize) -> Vec<String> {
    let mut told = Vec::new();
    for (_, app) in (0..attempts).zip(instances.into_iter().cycle()) {
        told.push(code(&sign_in(app, email, "wrong").await).to_owned());
    }
    told
}

/// Lets every lock end, as if its time had passed.
async fn wait(app: &App) {
    let (db, now) = (app.databases().writer(), clock::now_ms());
    let ended = account::Entity::update_many().col_expr(account::Column::LockedUntil, Expr::value(now));
    ended.exec(db).await.expect("time passes");
    let ended = unknown_sign_in::Entity::update_many()
        .col_expr(unknown_sign_in::Column::LockedUntil, Expr::value(now));
    ended.exec(db).await.expect("time passes");
}

fn seconds(payload: &Value) -> i64 {
    let sentence = payload["userErrors"][0]["message"].as_str().unwrap_or_default();
    let number: String = sentence.chars().filter(char::is_ascii_digit).collect();
    number.parse().unwrap_or_else(|_| panic!("{payload}"))
}

#[actix_web::test]
async fn an_address_without_an_account_is_locked_out_like_one_with_it() {
    let (app, row) = with_somebody().await;
    let other = app.second_instance().await;
    let known = told([&app, &other], &row.email, 7).await;
    assert_eq!(known[..5], ["REFUSED"; 5]);
    assert_eq!(known[5..], ["TOO_MANY_ATTEMPTS"; 2]);
    assert_eq!(told([&other, &app], UNKNOWN, 7).await, known);
    let kept = unknown_sign_in::Entity::find().all(&app.databases().read).await.expect("rows");
    assert!(kept.len() == 1 && !kept[0].email_hash.contains('@'));
}

#[actix_web::test]
async fn each_failure_after_a_wait_doubles_the_next_one() {
    let (app, row) = with_somebody().await;
    for email in [row.email.as_str(), UNKNOWN] {
        told([&app, &app], email, 5).await;
        let mut waits = Vec::new();
        for _ in 0..3 {
            waits.push(seconds(&sign_in(&app, email, "wrong").await));
            wait(&app).await;
            assert_eq!(code(&sign_in(&app, email, "wrong").await), "REFUSED");
        }
        assert!(
            waits.iter().zip([30, 60, 120]).all(|(got, said)| (said - 5..=said).contains(got)),
            "{waits:?}"
        );
    }
}

#[actix_web::test]
async fn the_right_password_waits_too_and_then_forgives() {
    let (app, row) = with_somebody().await;
    told([&app, &app], &row.email, 5).await;
    assert_eq!(code(&sign_in(&app, &row.email, PASSWORD).await), "TOO_MANY_ATTEMPTS");
    let list = app.as_admin().await.data("{ accounts { nodes { email state { value } } } }").await;
    assert!(list.to_string().contains("LOCKED"), "{list}");
    wait(&app).await;
    assert_eq!(sign_in(&app, &row.email, PASSWORD).await["userErrors"], json!([]));
    assert_eq!(told([&app, &app], &row.email, 5).await, ["REFUSED"; 5]);
}

#[actix_web::test]
async fn whoever_tries_many_at_once_gets_no_more_tries() {
    let (app, row) = with_somebody().await;
    let other = app.second_instance().await;
    for email in [row.email.as_str(), UNKNOWN] {
        let tries = (0..16).map(|n| sign_in(if n % 2 == 0 { &app } else { &other }, email, "wrong"));
        let answers = futures_util::future::join_all(tries).await;
        let looked_at = answers.iter().filter(|answer| code(answer) == "REFUSED").count();
        assert!(looked_at <= 6, "{email}: {looked_at}");
    }
}

#[actix_web::test]
async fn addresses_nobody_has_are_forgotten_after_a_day() {
    let (app, _) = with_somebody().await;
    told([&app, &app], UNKNOWN, 1).await;
    let long_ago = Expr::value(clock::now_ms() - 25 * 3_600_000);
    let aged =
        unknown_sign_in::Entity::update_many().col_expr(unknown_sign_in::Column::LockedUntil, long_ago);
    aged.exec(app.databases().writer()).await.expect("time passes");
    told([&app, &app], "somebody.else@example.jp", 1).await;
    let kept = unknown_sign_in::Entity::find().count(&app.databases().read).await.expect("rows");
    assert_eq!(kept, 1);
}

async fn with_somebody() -> (App, account::Model) {
    let app = App::start().await;
    let row = somebody(&app, &[Role::Partner]).await;
    (app, row)
}
