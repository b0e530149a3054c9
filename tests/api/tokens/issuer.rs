//! An identity provider of the tests: keys of its own, tokens, and an address where its keys can be read.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

pub const ISSUER: &str = "https://id.example.jp/realms/city";
pub const AUDIENCE: &str = "yui";

/// A key that signs, by name.
pub struct SigningKey {
    pub name: &'static str,
    pub algorithm: Algorithm,
    key: EncodingKey,
    /// The public key as a PEM file; empty for a shared secret.
    pub pem: String,
}

impl SigningKey {
    pub fn rsa(name: &'static str) -> Self {
        let pair = KeyPair::generate(KeySize::Rsa2048).expect("a key");
        let der = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).expect("a key in DER");
        let private = pem("PRIVATE KEY", der.as_ref());
        let key = EncodingKey::from_rsa_pem(private.as_bytes()).expect("a key in PEM");
        let public = AsDer::<PublicKeyX509Der<'_>>::as_der(pair.public_key()).expect("a key in DER");
        Self { name, algorithm: Algorithm::RS256, key, pem: pem("PUBLIC KEY", public.as_ref()) }
    }

    pub fn ec(name: &'static str) -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a key");
        let document = pair.to_pkcs8v1().expect("a key in DER");
        let public = AsDer::<PublicKeyX509Der<'_>>::as_der(pair.public_key()).expect("a key in DER");
        let key = EncodingKey::from_ec_der(document.as_ref());
        Self { name, algorithm: Algorithm::ES256, key, pem: pem("PUBLIC KEY", public.as_ref()) }
    }

    pub fn ed(name: &'static str) -> Self {
        let pair = Ed25519KeyPair::generate().expect("a key");
        let document = pair.to_pkcs8v1().expect("a key in DER");
        let public = AsDer::<PublicKeyX509Der<'_>>::as_der(pair.public_key()).expect("a key in DER");
        let key = EncodingKey::from_ed_der(document.as_ref());
        Self { name, algorithm: Algorithm::EdDSA, key, pem: pem("PUBLIC KEY", public.as_ref()) }
    }

    pub fn shared(name: &'static str, secret: &[u8]) -> Self {
        let key = EncodingKey::from_secret(secret);
        Self { name, algorithm: Algorithm::HS256, key, pem: String::new() }
    }

    /// As the provider publishes it.
    pub fn public(&self) -> Value {
        let mut jwk = Jwk::from_encoding_key(&self.key, self.algorithm).expect("a public key");
        jwk.common.key_id = Some(self.name.to_owned());
        json!(jwk)
    }

    /// A token with these claims beside, or instead of, those of a good one; `null` takes one away.
    pub fn token(&self, claims: Value) -> String {
        self.token_with(self.header(), claims)
    }

    pub fn header(&self) -> Header {
        Header { kid: Some(self.name.to_owned()), ..Header::new(self.algorithm) }
    }

    pub fn token_with(&self, header: Header, claims: Value) -> String {
        let mut all = good_claims();
        for (name, value) in claims.as_object().expect("claims are an object") {
            match value {
                Value::Null => drop(all.as_object_mut().expect("an object").remove(name)),
                value => all[name] = value.clone(),
            }
        }
        jsonwebtoken::encode(&header, &all, &self.key).expect("a token")
    }
}

pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs()
}

fn good_claims() -> Value {
    json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "f3b1", "name": "見本 花子", "jti": "t-1",
        "iat": now(), "exp": now() + 300, "roles": ["CARE_PROFESSIONAL"],
    })
}

fn pem(label: &str, der: &[u8]) -> String {
    use base64::Engine;
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n")
}

/// An address whose answer the test sets, or that does not answer.
pub struct Published {
    pub url: String,
    answer: Arc<Mutex<Option<String>>>,
}

impl Published {
    pub async fn start(keys: &[&SigningKey]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/certs", listener.local_addr().expect("an address"));
        let answer = Arc::new(Mutex::new(None));
        let published = Self { url, answer: answer.clone() };
        published.publish(keys);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = [0; 4096];
                let _ = stream.read(&mut request).await;
                let body = answer.lock().expect("nobody panics here").clone();
                let text = match body {
                    Some(body) => format!(
                        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
                         connection: close\r\n\r\n{body}",
                        body.len()
                    ),
                    None => {
                        "HTTP/1.1 503 Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".into()
                    }
                };
                let _ = stream.write_all(text.as_bytes()).await;
            }
        });
        published
    }

    pub fn publish(&self, keys: &[&SigningKey]) {
        let keys: Vec<Value> = keys.iter().map(|key| key.public()).collect();
        *self.answer.lock().expect("nobody panics here") = Some(json!({ "keys": keys }).to_string());
    }

    pub fn fail(&self) {
        *self.answer.lock().expect("nobody panics here") = None;
    }
}
