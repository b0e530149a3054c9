//! Which tokens are accepted, over HTTP. A request with an invalid token is never answered as the public.

use super::support::{signed_in, somebody, who};
use crate::support::App;
use crate::support::clock::clock;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use std::time::Duration;
use yui::auth::Role;
use yui::auth::signing::{SigningKeys, rotate};

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// Forgeries of a token of this service.
fn forged(token: &str) -> Vec<String> {
    let parts: Vec<&str> = token.split('.').collect();
    let [header, payload, signature] = parts[..] else { panic!("{token}") };
    let kid = jsonwebtoken::decode_header(token).expect("a header").kid;
    let none = encoded(&json!({ "alg": "none", "kid": kid, "typ": "JWT" }));
    let text = URL_SAFE_NO_PAD.decode(payload).expect("base64");
    let mut claims: Value = serde_json::from_slice(&text).expect("JSON");
    claims["exp"] = json!(4_000_000_000_u32);
    let other =
        SigningKeys::of_setting("another key of at least thirty-two bytes".replace(' ', "-").as_str());
    let other =
        other.expect("long enough").issue(uuid::Uuid::nil(), uuid::Uuid::nil(), clock()).expect("signed");
    let (message, _) = other.rsplit_once('.').expect("three parts");
    vec![
        format!("{none}.{payload}."),
        format!("{none}.{payload}.{signature}"),
        format!("{header}.{}.{signature}", encoded(&claims)),
        format!("{header}.{payload}"),
        format!("{header}.{payload}."),
        token[..token.len() - 3].to_owned(),
        other.clone(),
        format!("{message}.{signature}"),
        format!("{token}{}", "A".repeat(20_000)),
        "x".repeat(20_000),
        format!("yui_{}", "A".repeat(43)),
        format!("yui_{}", "A".repeat(20_000)),
    ]
}

#[actix_web::test]
async fn what_we_did_not_sign_refuses_the_whole_request() {
    let app = App::start().await;
    let row = somebody(&app, &[Role::Admin]).await;
    let (access, _) = signed_in(&app, &row).await;
    assert_eq!(who(&app.with_token(&access)).await.0, 200);
    for token in forged(&access) {
        let answer = app.with_token(&token).send("{ vocabularies { name } }", json!({})).await;
        let start: String = token.chars().take(60).collect();
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (401, "UNAUTHENTICATED"), "{start}");
        assert_eq!(answer.header("www-authenticate"), "Bearer error=\"invalid_token\"");
        assert!(answer.json().get("data").is_none());
    }
}

#[actix_web::test]
async fn the_right_signature_alone_opens_nothing() {
    let app = App::start().await;
    let row = somebody(&app, &[Role::Admin]).await;
    let no_session = app.keys().issue(row.uuid, uuid::Uuid::new_v4(), clock()).expect("signed");
    assert_eq!(who(&app.with_token(&no_session)).await.0, 401);
    let (access, _) = signed_in(&app, &row).await;
    let claims = app.keys().verify(&access, clock()).expect("our own");
    let somebody_elses = app.keys().issue(uuid::Uuid::new_v4(), claims.sid, clock()).expect("signed");
    assert_eq!(who(&app.with_token(&somebody_elses)).await.0, 401);
}

#[actix_web::test]
async fn after_a_rotation_tokens_of_both_keys_are_taken_on_both_instances() {
    let app = App::start().await;
    let other = app.second_instance().await;
    let row = somebody(&app, &[Role::Partner]).await;
    let (before, _) = signed_in(&app, &row).await;
    rotate(&app.key_file(), clock()).expect("a key is added");
    // The signing instance checks the file once a second.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let (after, _) = signed_in(&app, &row).await;
    let kid = |token: &str| jsonwebtoken::decode_header(token).expect("a header").kid;
    assert_ne!(kid(&before), kid(&after));
    for (instance, token) in [(&app, &before), (&app, &after), (&other, &before), (&other, &after)] {
        assert_eq!(who(&instance.with_token(token)).await.0, 200);
    }
}
