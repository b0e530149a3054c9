//! Tickets: a link that opens one record in a browser for five minutes, for the viewer who asked for it.
//!
//! A ticket names the viewer's credential and the record, never a permission: the credential is checked and
//! the permission decided anew when it is opened. It is signed with the keys of access tokens but for another
//! audience, so that neither is accepted in place of the other.

use super::signing::SigningKeys;
use super::{Credential, Identity, Refusal, Roles, Standing, Viewer};
use japan::clock::Clock;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How long a ticket is valid, in seconds.
pub const TICKET_SECONDS: i64 = 5 * 60;
/// In bytes. A ticket holds the claims of a token of the identity provider, which has at most 8 KiB.
const LONGEST_TICKET: usize = 16 * 1024;
/// Issuer of tickets; below, their audience.
const ISSUER: &str = "yui";
const AUDIENCE: &str = "yui-print";

/// A new ticket, to be handed out.
pub struct Issued {
    /// Its text.
    pub text: String,
    /// Until when it is valid, in seconds since 1970.
    pub ends_at: i64,
}

/// The claims of a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    iss: String,
    aud: String,
    /// The subject of the viewer who asked for it, as the audit records it.
    pub sub: String,
    /// The id of the record that it opens.
    pub thing: Uuid,
    iat: i64,
    exp: i64,
    /// The credential of the viewer when they asked for it.
    pub by: Shown,
}

impl Ticket {
    /// Until when it is valid, in seconds since 1970.
    pub fn ends_at(&self) -> i64 {
        self.exp
    }
}

/// The credential of the viewer, as far as it is needed to authenticate them again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    /// A session of an account.
    Session {
        /// The account.
        account: Uuid,
        /// The session.
        session: Uuid,
    },
    /// A token of a program.
    Program(Uuid),
    /// A token of the identity provider, with its claims.
    Foreign(Box<Foreign>),
}

/// The claims of a token of the identity provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foreign {
    /// Its issuer.
    pub issuer: String,
    /// Its id.
    pub token_id: Option<String>,
    /// The viewer's name.
    pub name: Option<String>,
    roles: i16,
    organization_code: Option<String>,
    district_codes: Vec<String>,
}

impl Foreign {
    /// Roles and codes as the token stated them.
    pub fn standing(&self) -> Standing {
        Standing {
            roles: Roles::of_number(self.roles),
            organization_code: self.organization_code.clone(),
            district_codes: self.district_codes.clone(),
        }
    }
}

/// A ticket with which a viewer opens one record. It does not outlive a token of the identity provider, whose
/// expiry cannot be checked again.
///
/// # Errors
/// When the viewer is not authenticated, or signing fails.
pub fn issue(keys: &SigningKeys, viewer: &Viewer, thing: Uuid) -> Result<Issued, Refusal> {
    let identity = viewer.identity().ok_or(Refusal::NotAccepted)?;
    let now = viewer.clock().now_seconds();
    let ends_at = match identity.credential {
        Credential::IdentityProvider { ends_at, .. } => ends_at.min(now + TICKET_SECONDS),
        Credential::Account { .. } | Credential::ApiToken => now + TICKET_SECONDS,
    };
    let ticket = Ticket {
        iss: ISSUER.to_owned(),
        aud: AUDIENCE.to_owned(),
        sub: identity.subject.to_string(),
        thing,
        iat: now,
        exp: ends_at,
        by: shown(identity, viewer.permissions().roles)?,
    };
    Ok(Issued { text: keys.sign(&ticket)?, ends_at })
}

/// Reads a ticket that one of the keys has signed and that is valid now.
///
/// # Errors
/// When it is not.
pub fn read(keys: &SigningKeys, text: &str, clock: Clock) -> Result<Ticket, Refusal> {
    if text.len() > LONGEST_TICKET {
        return Err(Refusal::TooLong);
    }
    keys.read(text, AUDIENCE, clock)
}

fn shown(identity: &Identity, roles: Roles) -> Result<Shown, Refusal> {
    let token = || identity.token_id.as_deref().and_then(|id| id.parse().ok()).ok_or(Refusal::NotAccepted);
    Ok(match &identity.credential {
        Credential::Account { .. } => {
            let account = identity.subject.strip_prefix("account:").and_then(|id| id.parse().ok());
            Shown::Session { account: account.ok_or(Refusal::NotAccepted)?, session: token()? }
        }
        Credential::ApiToken => Shown::Program(token()?),
        Credential::IdentityProvider { issuer, .. } => Shown::Foreign(Box::new(Foreign {
            issuer: issuer.to_string(),
            token_id: identity.token_id.clone(),
            name: identity.name.clone(),
            roles: roles.number(),
            organization_code: identity.organization_code().map(str::to_owned),
            district_codes: identity.district_codes.clone(),
        })),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::{Permissions, Role};
    use std::sync::Arc;

    #[expect(clippy::disallowed_methods, reason = "jsonwebtoken compares with the machine's clock")]
    fn clock() -> Clock {
        Clock::read()
    }

    fn keys() -> SigningKeys {
        SigningKeys::of_setting("a-secret-of-the-tests-that-is-long-enough").unwrap_or_else(|e| panic!("{e}"))
    }

    fn somebody(ends_in: i64) -> Viewer {
        let identity = Identity {
            subject: Arc::from("idp:somebody"),
            credential: Credential::IdentityProvider {
                issuer: Arc::from("https://id.example.jp"),
                ends_at: clock().now_seconds() + ends_in,
            },
            name: None,
            token_id: Some("t1".to_owned()),
            organization: None,
            district_codes: vec!["D01".to_owned()],
        };
        let roles = [Role::CareProfessional].into_iter().collect();
        Viewer::known(identity, Permissions { roles, ..Permissions::public(clock().today()) }, clock())
    }

    #[test]
    fn a_ticket_says_who_asked_and_for_what() {
        let thing = Uuid::new_v4();
        let issued = issue(&keys(), &somebody(3_600), thing).unwrap();
        let ticket = read(&keys(), &issued.text, clock()).unwrap();
        assert_eq!((ticket.thing, ticket.sub.as_str()), (thing, "idp:somebody"));
        let Shown::Foreign(foreign) = ticket.by else { panic!("of the provider") };
        assert_eq!(
            (foreign.issuer.as_str(), foreign.token_id.as_deref()),
            ("https://id.example.jp", Some("t1"))
        );
        assert!(foreign.standing().roles.has(Role::CareProfessional));
        assert_eq!(foreign.standing().district_codes, ["D01"]);
    }

    #[test]
    fn a_ticket_ends_after_five_minutes_or_with_the_token() {
        let now = clock().now_seconds();
        let long = issue(&keys(), &somebody(3_600), Uuid::nil()).unwrap().ends_at;
        assert!((now + 299..=now + 301).contains(&long));
        let short = issue(&keys(), &somebody(60), Uuid::nil()).unwrap().ends_at;
        assert!((now + 59..=now + 61).contains(&short));
        let over = issue(&keys(), &somebody(-10), Uuid::nil()).unwrap();
        assert!(matches!(read(&keys(), &over.text, clock()), Err(Refusal::Expired)));
    }

    #[test]
    fn a_ticket_is_no_access_token_and_an_access_token_is_no_ticket() {
        let ticket = issue(&keys(), &somebody(3_600), Uuid::nil()).unwrap().text;
        assert!(keys().verify(&ticket, clock()).is_err());
        // Refused for their audience, not only for their different claims.
        let whatever = |text: &str, audience| keys().read::<serde_json::Value>(text, audience, clock());
        assert!(matches!(whatever(&ticket, "yui"), Err(Refusal::WrongAudience)));
        let token = keys().issue(Uuid::new_v4(), Uuid::new_v4(), clock()).unwrap();
        assert!(read(&keys(), &token, clock()).is_err());
        assert!(matches!(whatever(&token, AUDIENCE), Err(Refusal::WrongAudience)));
        let other = SigningKeys::of_setting("another-secret-of-the-tests-long-enough")
            .unwrap_or_else(|e| panic!("{e}"));
        assert!(matches!(read(&other, &ticket, clock()), Err(Refusal::UnknownKey)));
        assert!(matches!(issue(&keys(), &Viewer::public(clock()), Uuid::nil()), Err(Refusal::NotAccepted)));
    }
}
