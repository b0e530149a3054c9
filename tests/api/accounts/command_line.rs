//! `yui account` and `yui token` beside a running service, as the operator types them.

use super::support::{PASSWORD, accept, actions, sign_in, signed_in, tokens, who};
use crate::support::App;
use entity::{account, revoked_token};
use sea_orm::EntityTrait;
use std::process::{Command, Output, Stdio};
use yui::auth::Role;

fn yui(app: &App, arguments: &[&str]) -> Output {
    let mut yui = Command::new(env!("CARGO_BIN_EXE_yui"));
    for name in ["YUI_LOG", "YUI_LOG_FORMAT", "YUI_PUBLIC_URL", "YUI_SIGNING_KEY", "YUI_SIGNING_KEY_FILE"] {
        yui.env_remove(name);
    }
    yui.args(arguments).env("DATABASE_URL", app.url()).stdin(Stdio::null());
    yui.output().expect("the program starts")
}

/// The output of a command that must succeed.
#[track_caller]
fn printed(app: &App, arguments: &[&str]) -> String {
    let output = yui(app, arguments);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {told}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// The error of a command that must fail.
#[track_caller]
fn refused(app: &App, arguments: &[&str]) -> String {
    let output = yui(app, arguments);
    assert!(!output.status.success(), "{arguments:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const INVITE: [&str; 8] =
    ["account", "invite", "--email", "Hanako@example.jp", "--name", "見本 花子", "--role", "admin"];

#[actix_web::test]
async fn the_first_admin_is_invited_on_the_command_line() {
    let app = App::start().await;
    let link = printed(&app, &[&INVITE[..], &["--public-url", "https://yui.example.jp/"]].concat());
    let path = link.strip_prefix("https://yui.example.jp").unwrap_or_else(|| panic!("{link}"));
    assert_eq!(accept(&app, path, PASSWORD).await["email"], "hanako@example.jp");
    let (access, _) = tokens(&sign_in(&app, "hanako@example.jp", PASSWORD).await);
    assert_eq!(who(&app.with_token(&access)).await, (200, vec!["ADMIN".to_owned()]));
    assert!(refused(&app, &INVITE).contains("There is an account"));
    assert!(refused(&app, &["account", "resend", "nobody@example.jp"]).contains("no account"));
    let again = printed(&app, &["account", "resend", "hanako@example.jp"]);
    assert!(again.starts_with("http://127.0.0.1:8080/invite#"), "{again}");
    let list = printed(&app, &["account", "list"]);
    assert!(list.contains("ACTIVE") && list.contains("ADMIN  見本 花子"), "{list}");
    let closed = printed(&app, &["account", "close", "hanako@example.jp"]);
    assert!(closed.starts_with("CLOSED"), "even the last admin: {closed}");
    assert_eq!(who(&app.with_token(&access)).await.0, 401);
    let subjects = super::support::audit(&app).await.into_iter().map(|entry| entry.subject);
    assert_eq!(subjects.filter(|subject| subject.starts_with("command-line:")).count(), 3);
}

#[actix_web::test]
async fn tokens_of_programs_are_issued_listed_and_revoked() {
    let app = App::start().await;
    let issue = ["token", "issue", "--name", "見本NPO", "--role", "PARTNER", "--expires", "2100-03-31"];
    let token = printed(&app, &issue);
    assert_eq!(who(&app.with_token(&token)).await, (200, vec!["PARTNER".to_owned()]));
    let list = printed(&app, &["token", "list"]);
    assert!(list.contains("ACTIVE") && list.ends_with("PARTNER  見本NPO"), "{list}");
    let id = list.split(' ').next().expect("an id");
    printed(&app, &["token", "revoke", id]);
    assert_eq!(who(&app.with_token(&token)).await.0, 401);
    assert!(refused(&app, &["token", "revoke", id]).contains("revoked before"));
    assert!(refused(&app, &["token", "revoke", "nothing"]).contains("not the id of a token"));
    let unknown = ["token", "issue", "--name", "a", "--role", "PARTNER", "--organization", "なし"];
    assert!(refused(&app, &unknown).contains("「なし」"));
    assert_eq!(actions(&app).await, ["createApiToken", "revokeApiToken"]);
}

#[actix_web::test]
async fn a_token_of_the_identity_provider_is_refused_by_issuer_and_id() {
    let app = App::start().await;
    let revoke = ["token", "revoke", "--issuer", "https://id.example.jp", "--jti", "abc"];
    printed(&app, &revoke);
    printed(&app, &revoke);
    let rows = revoked_token::Entity::find().all(&app.databases().read).await.expect("rows");
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].issuer.as_str(), rows[0].token_id.as_str()), ("https://id.example.jp", "abc"));
    assert!(refused(&app, &["token", "revoke", "--jti", "abc"]).contains("--issuer"));
}

#[actix_web::test]
async fn the_signing_key_is_rotated_beside_a_running_service() {
    let app = App::start().await;
    let row: account::Model = super::support::somebody(&app, &[Role::Partner]).await;
    let (access, _) = signed_in(&app, &row).await;
    let file = app.key_file().display().to_string();
    let keys = || std::fs::read_to_string(app.key_file()).expect("the file").matches("\"kid\"").count();
    assert_eq!(keys(), 1);
    printed(&app, &["token", "rotate-key", "--signing-key-file", &file]);
    assert_eq!(keys(), 2);
    assert_eq!(who(&app.with_token(&access)).await.0, 200);
    let setting = ["token", "rotate-key", "--signing-key", "a-key-of-at-least-thirty-two-bytes"];
    assert!(refused(&app, &setting).contains("YUI_SIGNING_KEY"));
}
