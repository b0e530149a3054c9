//! A person with a token of the identity provider that every App of the tests accepts.

use super::{App, Client};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::json;
use std::time::{SystemTime, UNIX_EPOCH};
use yui::auth::Role;
use yui::terms::Labelled;

const ISSUER: &str = "https://id.example.jp/tests";
const SECRET: &str = "the secret of the tests, known to everybody";

/// The settings with which an App accepts tokens made here.
pub const BELIEVED: [&str; 8] =
    ["--idp-issuer", ISSUER, "--idp-audience", "yui", "--idp-algorithm", "HS256", "--idp-secret", SECRET];

/// A person with the claims of their token, to be changed before the first request.
#[derive(Clone, Debug, Default)]
pub struct Person {
    roles: Vec<Role>,
    organization: Option<String>,
    districts: Vec<String>,
    token_id: Option<String>,
    ended: bool,
}

impl Person {
    /// The subject (`sub`) that all of them have at the provider.
    pub const SUBJECT: &str = "somebody";

    /// Holding these roles.
    pub fn with(roles: &[Role]) -> Self {
        Self { roles: roles.to_vec(), ..Self::default() }
    }

    /// Working in an office.
    pub fn of(self, organization: &str) -> Self {
        Self { organization: Some(organization.to_owned()), ..self }
    }

    /// Working for a district.
    pub fn in_district(mut self, code: &str) -> Self {
        self.districts.push(code.to_owned());
        self
    }

    /// With a token that can be taken back by this id.
    pub fn with_token_id(self, id: &str) -> Self {
        Self { token_id: Some(id.to_owned()), ..self }
    }

    /// With a token whose time is over.
    pub fn expired(self) -> Self {
        Self { ended: true, ..self }
    }

    fn token(&self) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
        let claims = json!({
            "iss": ISSUER,
            "aud": "yui",
            "sub": Self::SUBJECT,
            "jti": self.token_id,
            "exp": if self.ended { now - 3_600 } else { now + 3_600 },
            "roles": self.roles.iter().map(|role| role.code()).collect::<Vec<_>>(),
            "org": self.organization,
            "districts": self.districts,
        });
        let key = EncodingKey::from_secret(SECRET.as_bytes());
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).expect("a token")
    }
}

impl App {
    /// A person with a token of the identity provider.
    pub fn as_person(&self, person: &Person) -> Client<'_> {
        Client::new(self, Some(person.token()))
    }
}
