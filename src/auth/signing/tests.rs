//! Which access tokens are accepted.

use super::*;
use jsonwebtoken::EncodingKey;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use tempfile::TempDir;

#[expect(clippy::disallowed_methods, reason = "jsonwebtoken compares with the machine's clock")]
fn clock() -> Clock {
    Clock::read()
}

const SECRET: &str = "見本の鍵、三十二バイトより長い。";
const OTHER: &str = "another-key-of-more-than-32-bytes";

fn keys(text: &str) -> SigningKeys {
    SigningKeys::of_setting(text).unwrap_or_else(|cause| panic!("{cause}"))
}

fn token(keys: &SigningKeys) -> String {
    keys.issue(Uuid::nil(), Uuid::max(), clock()).expect("an HMAC key signs")
}

/// A token like ours with something changed, signed with the right key.
fn changed(change: impl FnOnce(&mut Header, &mut serde_json::Value)) -> String {
    let now = clock().now_seconds();
    let mut claims = serde_json::json!({
        "iss": "yui", "aud": "yui", "sub": Uuid::nil(), "sid": Uuid::max(), "iat": now, "exp": now + 60,
        "jti": Uuid::nil(),
    });
    let kid = keys(SECRET).ring(false).signer().id.clone();
    let mut header = Header { kid: Some(kid), ..Header::new(Algorithm::HS256) };
    change(&mut header, &mut claims);
    encode(&header, &claims, &EncodingKey::from_secret(SECRET.as_bytes())).expect("an HMAC key signs")
}

fn refused(token: &str) -> &'static str {
    keys(SECRET).verify(token, clock()).map_or_else(|refusal| refusal.class(), |_| "taken")
}

#[test]
fn what_was_signed_is_read_back() {
    let keys = keys(SECRET);
    let claims = keys.verify(&token(&keys), clock()).expect("our own token");
    assert_eq!((claims.sub, claims.sid), (Uuid::nil(), Uuid::max()));
    assert_eq!(claims.exp - claims.iat, ACCESS_TOKEN_SECONDS);
    assert_eq!(refused(&changed(|_, _| ())), "taken");
}

#[test]
fn what_was_not_is_refused_with_its_reason() {
    let now = clock().now_seconds();
    let set = |name: &'static str, value: serde_json::Value| changed(move |_, claims| claims[name] = value);
    assert_eq!(refused(&set("exp", (now - 1).into())), "expired");
    assert_eq!(refused(&set("nbf", (now + 60).into())), "not_yet_valid");
    assert_eq!(refused(&set("iss", "https://id.example.jp".into())), "wrong_issuer");
    assert_eq!(refused(&set("aud", "other".into())), "wrong_audience");
    for claim in ["exp", "iss", "aud"] {
        assert_eq!(refused(&set(claim, serde_json::Value::Null)), "missing_claim", "{claim}");
    }
    assert_eq!(refused(&set("sid", "x".into())), "missing_claim");
    assert_eq!(refused(&changed(|header, _| header.kid = None)), "unknown_key");
    assert_eq!(refused(&changed(|header, _| header.kid = Some("yui-0".into()))), "unknown_key");
    assert_eq!(refused(&changed(|header, _| header.alg = Algorithm::HS384)), "wrong_algorithm");
    assert_eq!(refused(&token(&keys(OTHER))), "unknown_key");
}

#[test]
fn what_was_damaged_is_refused() {
    let whole = token(&keys(SECRET));
    let (message, signature) = whole.rsplit_once('.').expect("three parts");
    assert_eq!(refused(message), "malformed");
    assert_eq!(refused(&format!("{message}.")), "wrong_signature");
    assert_eq!(refused(&whole[..whole.len() - 3]), "wrong_signature");
    let (_, payload) = message.split_once('.').expect("two parts");
    // {"alg":"none"}, with and without its key.
    for header in ["eyJhbGciOiJub25lIn0", "eyJhbGciOiJub25lIiwia2lkIjoieXVpLTAifQ"] {
        assert_eq!(refused(&format!("{header}.{payload}.")), "malformed");
        assert_eq!(refused(&format!("{header}.{payload}.{signature}")), "malformed");
    }
    assert_eq!(refused(&"x".repeat(20_000)), "malformed");
    assert_eq!(refused(&format!("{whole}{}", "A".repeat(20_000))), "malformed");
}

#[test]
fn of_several_keys_in_the_setting_the_first_signs_and_all_are_taken() {
    let (old, new, both) = (keys(SECRET), keys(OTHER), keys(&format!("{OTHER} {SECRET}")));
    assert!(both.verify(&token(&old), clock()).is_ok());
    assert!(new.verify(&token(&both), clock()).is_ok());
    assert!(old.verify(&token(&both), clock()).is_err());
    assert!(SigningKeys::of_setting("too short").is_err());
    assert!(SigningKeys::of_setting(" ").is_err());
}

#[test]
fn a_file_is_made_once_and_for_its_owner() {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join("keys.json");
    let (one, other) = (SigningKeys::open(&path, clock()), SigningKeys::open(&path, clock()));
    let (one, other) = (one.expect("the file is made"), other.expect("the file is read"));
    assert!(other.verify(&token(&one), clock()).is_ok());
    let mode = fs::metadata(&path).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("a mode is set");
    let refused = SigningKeys::open(&path, clock()).map_or_else(|cause| cause.to_string(), |_| String::new());
    assert!(refused.contains("chmod 600"), "{refused}");
}

#[test]
fn a_running_server_notices_a_new_key_and_still_takes_the_old_one() {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join("keys.json");
    let running = SigningKeys::open(&path, clock()).expect("the file is made");
    let before = token(&running);
    rotate(&path, clock()).expect("a key is added");
    let elsewhere = SigningKeys::open(&path, clock()).expect("the file is read");
    let after = token(&elsewhere);
    assert!(running.verify(&after, clock()).is_ok(), "an unknown key makes it look at once");
    assert!(running.verify(&before, clock()).is_ok() && elsewhere.verify(&before, clock()).is_ok());
    assert_eq!(decode_header(token(&running)).ok().map(|h| h.kid), decode_header(&after).ok().map(|h| h.kid));
}

#[test]
fn a_retired_key_is_taken_no_more() {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join("keys.json");
    let before = token(&SigningKeys::open(&path, clock()).expect("the file is made"));
    rotate(&path, clock()).expect("a key is added");
    let text = fs::read_to_string(&path).expect("the file");
    let mut content: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    content["keys"][0]["retires_at"] = "2026-01-01T00:00:00Z".into();
    fs::write(&path, content.to_string()).expect("the file is changed");
    let keys = SigningKeys::open(&path, clock()).expect("the file is read");
    assert_eq!(keys.verify(&before, clock()).map_err(|refusal| refusal.class()).err(), Some("unknown_key"));
}
