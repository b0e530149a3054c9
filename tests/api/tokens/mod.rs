//! Tokens of an identity provider, against the running server: accepted and refused ones.

mod issuer;

use crate::support::{Answer, App, strict};
use actix_web::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use issuer::{AUDIENCE, ISSUER, Published, SigningKey, now};
use jsonwebtoken::{Algorithm, Header};
use serde_json::json;

const SECRET: &str = "a secret of the tests that is long enough";

/// An App that accepts the tokens of one provider.
async fn believing(flags: &[&str]) -> App {
    App::with(&[&["--idp-issuer", ISSUER, "--idp-audience", AUDIENCE], flags].concat()).await
}

async fn believing_secret() -> (App, SigningKey) {
    let app = believing(&["--idp-algorithm", "HS256", "--idp-secret", SECRET]).await;
    (app, SigningKey::shared("k1", SECRET.as_bytes()))
}

async fn ask(app: &App, header: &str) -> Answer {
    let request = strict().insert_header(("authorization", header));
    app.send(request.set_json(json!({ "query": "{ __typename }" }))).await
}

async fn is_believed(app: &App, token: &str) -> bool {
    let answer = ask(app, &format!("Bearer {token}")).await;
    match answer.status {
        StatusCode::OK => true,
        StatusCode::UNAUTHORIZED => {
            assert_eq!(answer.code(), "UNAUTHENTICATED");
            assert_eq!(answer.header("www-authenticate"), "Bearer error=\"invalid_token\"");
            assert!(answer.json().get("data").is_none(), "{}", answer.body);
            false
        }
        other => panic!("{other}: {}", answer.body),
    }
}

#[actix_web::test]
async fn a_good_token_is_believed_and_no_token_is_the_public() {
    let (app, key) = believing_secret().await;
    assert!(is_believed(&app, &key.token(json!({}))).await);
    assert!(is_believed(&app, &key.token(json!({ "aud": ["other", AUDIENCE] }))).await);
    assert!(is_believed(&app, &key.token(json!({ "roles": ["no such role"] }))).await);
    assert_eq!(app.query("{ __typename }").await.status, StatusCode::OK);
}

#[actix_web::test]
async fn a_token_that_says_something_wrong_is_refused() {
    let (app, key) = believing_secret().await;
    for claims in [
        json!({ "exp": now() - 60 }),
        json!({ "exp": null }),
        json!({ "exp": "tomorrow" }),
        json!({ "nbf": now() + 120 }),
        json!({ "iss": "https://evil.example.jp" }),
        json!({ "iss": null }),
        json!({ "aud": "another-service" }),
        json!({ "aud": [] }),
        json!({ "aud": null }),
        json!({ "sub": null }),
        json!({ "sub": "" }),
    ] {
        assert!(!is_believed(&app, &key.token(claims.clone())).await, "{claims}");
    }
}

#[actix_web::test]
async fn clocks_may_differ_by_half_a_minute() {
    let (app, key) = believing_secret().await;
    assert!(is_believed(&app, &key.token(json!({ "exp": now() - 20 }))).await);
    assert!(is_believed(&app, &key.token(json!({ "nbf": now() + 20 }))).await);
}

#[actix_web::test]
async fn a_token_of_another_key_or_changed_on_the_way_is_refused() {
    let (app, key) = believing_secret().await;
    let good = key.token(json!({}));
    let other = SigningKey::shared("k1", b"another secret that is just as long as it");
    assert!(!is_believed(&app, &other.token(json!({}))).await);
    let parts: Vec<&str> = good.split('.').collect();
    let claims = URL_SAFE_NO_PAD.decode(parts[1]).expect("base64");
    let changed = String::from_utf8(claims).expect("JSON").replace("CARE_PROFESSIONAL", "ADMIN");
    let forged = format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode(changed), parts[2]);
    for token in [forged.as_str(), &good[..good.len() - 2], parts[1], &format!("{good}.x"), "", "a.b.c", "…"]
    {
        let header = format!("Bearer {token}");
        if header.is_ascii() {
            assert!(!is_believed(&app, token).await, "{token}");
        }
    }
}

#[actix_web::test]
async fn a_token_that_is_not_signed_is_refused() {
    let (app, key) = believing_secret().await;
    let good = key.token(json!({}));
    let claims = good.split('.').nth(1).expect("claims");
    for alg in ["none", "None", "NONE", "nOnE", ""] {
        let header = URL_SAFE_NO_PAD.encode(json!({ "alg": alg, "typ": "JWT" }).to_string());
        for signature in ["", "AAAA"] {
            assert!(!is_believed(&app, &format!("{header}.{claims}.{signature}")).await, "{alg}");
        }
    }
}

#[actix_web::test]
async fn a_public_key_is_no_secret() {
    let key = SigningKey::rsa("k1");
    let published = Published::start(&[&key]).await;
    let app = believing(&["--idp-jwks", &published.url]).await;
    assert!(is_believed(&app, &key.token(json!({}))).await);
    // The public key, in every encoding, used as the secret of HS256.
    for form in [
        key.public().to_string(),
        key.public()["n"].to_string(),
        json!({ "keys": [key.public()] }).to_string(),
    ] {
        let confused = SigningKey::shared("k1", form.as_bytes());
        assert!(!is_believed(&app, &confused.token(json!({}))).await);
        let header = Header { alg: Algorithm::HS256, ..confused.header() };
        assert!(!is_believed(&app, &confused.token_with(header, json!({}))).await);
    }
}

#[actix_web::test]
async fn a_token_that_is_longer_than_any_token_is_refused() {
    let (app, key) = believing_secret().await;
    assert!(!is_believed(&app, &key.token(json!({ "padding": "x".repeat(20_000) }))).await);
}

#[actix_web::test]
async fn a_header_that_is_no_bearer_token_is_refused() {
    let (app, key) = believing_secret().await;
    let good = key.token(json!({}));
    for header in [good.as_str(), "Bearer", "Token abc"] {
        assert_eq!(ask(&app, header).await.status, StatusCode::UNAUTHORIZED, "{header}");
    }
    assert_eq!(ask(&app, &format!("bearer {good}")).await.status, StatusCode::OK);
    let guarded = ask(&app, "Basic eXVpOnl1aQ==").await;
    assert_eq!(guarded.status, StatusCode::OK, "a password for a proxy before this server says nothing");
    let twice = strict()
        .append_header(("authorization", format!("Bearer {good}")))
        .append_header(("authorization", format!("Bearer {good}")));
    let answer = app.send(twice.set_json(json!({ "query": "{ __typename }" }))).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[actix_web::test]
async fn without_a_provider_no_token_of_one_is_believed() {
    let app = App::with(&[]).await;
    assert!(!is_believed(&app, &SigningKey::shared("k1", SECRET.as_bytes()).token(json!({}))).await);
}

#[actix_web::test]
async fn every_kind_of_key_is_taken_from_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    for key in [SigningKey::rsa("a"), SigningKey::ec("b"), SigningKey::ed("c")] {
        let file = folder.path().join(format!("{}.json", key.name));
        let secret = json!({ "kty": "oct", "kid": "s", "k": URL_SAFE_NO_PAD.encode(SECRET) });
        let mut encryption = key.public();
        encryption["use"] = json!("enc");
        encryption["kid"] = json!("e");
        let keys = json!({ "keys": [key.public(), secret, encryption] });
        std::fs::write(&file, keys.to_string()).expect("a file");
        let name = format!("{:?}", key.algorithm);
        let file = file.display().to_string();
        let app = believing(&["--idp-algorithm", &name, "--idp-jwks", &file]).await;
        assert!(is_believed(&app, &key.token(json!({}))).await, "{name}");
        for kid in [None, Some("s"), Some("e"), Some("z")] {
            let header = Header { kid: kid.map(str::to_owned), ..key.header() };
            assert!(!is_believed(&app, &key.token_with(header, json!({}))).await, "{name} {kid:?}");
        }
        assert!(!is_believed(&app, &SigningKey::shared("s", SECRET.as_bytes()).token(json!({}))).await);
    }
}

#[actix_web::test]
async fn one_public_key_is_taken_from_a_pem_file_whatever_a_token_calls_it() {
    let folder = tempfile::tempdir().expect("a folder");
    for key in [SigningKey::rsa("a"), SigningKey::ec("b"), SigningKey::ed("c")] {
        let file = folder.path().join(key.name);
        std::fs::write(&file, &key.pem).expect("a file");
        let (name, file) = (format!("{:?}", key.algorithm), file.display().to_string());
        let app = believing(&["--idp-algorithm", &name, "--idp-public-key", &file]).await;
        for kid in [None, Some("z")] {
            let header = Header { kid: kid.map(str::to_owned), ..key.header() };
            assert!(is_believed(&app, &key.token_with(header, json!({}))).await, "{name} {kid:?}");
        }
        let confused = SigningKey::shared(key.name, key.pem.as_bytes());
        assert!(!is_believed(&app, &confused.token(json!({}))).await, "{name}");
    }
}

#[actix_web::test]
async fn keys_that_change_are_followed_and_an_address_that_fails_keeps_the_old_ones() {
    let (old, new) = (SigningKey::rsa("2026-10"), SigningKey::rsa("2026-11"));
    let published = Published::start(&[&old]).await;
    let app = believing(&["--idp-jwks", &published.url]).await;
    assert!(is_believed(&app, &old.token(json!({}))).await);
    assert!(!is_believed(&app, &new.token(json!({}))).await);
    published.publish(&[&old, &new]);
    assert!(is_believed(&app, &new.token(json!({}))).await, "a new key is asked for");
    published.fail();
    assert!(!is_believed(&app, &SigningKey::rsa("2026-12").token(json!({}))).await);
    assert!(is_believed(&app, &old.token(json!({}))).await, "the last good answer stays");
    assert!(is_believed(&app, &new.token(json!({}))).await);
    published.publish(&[&new]);
    assert!(!is_believed(&app, &SigningKey::rsa("2027-01").token(json!({}))).await, "asks once more");
    assert!(!is_believed(&app, &old.token(json!({}))).await, "a key that was taken back is refused");
}

#[actix_web::test]
async fn made_up_keys_do_not_make_the_provider_busy() {
    let key = SigningKey::rsa("k1");
    let published = Published::start(&[&key]).await;
    let app = believing(&["--idp-jwks", &published.url]).await;
    for _ in 0..5 {
        let header = Header { kid: Some("made up".into()), ..key.header() };
        assert!(!is_believed(&app, &key.token_with(header, json!({}))).await);
    }
    let late = SigningKey::rsa("k2");
    published.publish(&[&key, &late]);
    assert!(!is_believed(&app, &late.token(json!({}))).await, "it is not asked a sixth time in a minute");
    assert!(is_believed(&app, &key.token(json!({}))).await);
}

#[actix_web::test]
async fn a_token_that_was_taken_back_is_refused_at_once() {
    use entity::revoked_token;
    use sea_orm::{ActiveModelTrait, ActiveValue::Set};
    let (app, key) = believing_secret().await;
    let token = key.token(json!({ "jti": "t-9" }));
    assert!(is_believed(&app, &token).await);
    let revoked = revoked_token::ActiveModel {
        issuer: Set(ISSUER.to_owned()),
        token_id: Set("t-9".to_owned()),
        revoked_at: Set(0),
    };
    revoked.insert(app.databases().writer()).await.expect("a row");
    assert!(!is_believed(&app, &token).await);
    assert!(is_believed(&app, &key.token(json!({ "jti": "t-8" }))).await);
}

#[actix_web::test]
async fn a_token_with_a_thousand_districts_or_an_odd_id_ends_nothing_but_itself() {
    let (app, key) = believing_secret().await;
    let many: Vec<String> = (0..900).map(|n| format!("{n}")).collect();
    assert!(is_believed(&app, &key.token(json!({ "districts": many, "roles": ["COORDINATOR"] }))).await);
    for odd in [json!("x".repeat(300)), json!("a\u{0}"), json!([1])] {
        assert!(!is_believed(&app, &key.token(json!({ "jti": odd }))).await);
    }
}

#[actix_web::test]
async fn what_no_database_keeps_is_nobodys_fault() {
    let (app, key) = believing_secret().await;
    let admin = app.with_token(&key.token(json!({ "roles": ["ADMIN"] })));
    let odd = [
        "mutation { signIn(input: { email: \"a\\u0000@b.jp\", password: \"x\" }) { userErrors { code } } }",
        "{ auditLog(filter: { subject: \"a\\u0000\" }) { nodes { subject } } }",
        "{ auditLog(filter: { thing: \"a\\u0000\" }) { nodes { subject } } }",
        "{ resources(filter: { openOn: \"-262143-01-01\" }) { totalCount } }",
        "{ occurrences(from: \"+99999-01-01\", to: \"+99999-01-02\") { undatedCount } }",
        "{ consentsDue(endingBefore: \"-0001-01-01\") { pageInfo { hasNextPage } } }",
    ];
    for document in odd {
        let answer = admin.ask(document).await;
        let code = answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("none");
        assert!(matches!(code, "none" | "INVALID_INPUT"), "{document}: {answer}");
    }
}
