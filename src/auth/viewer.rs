//! Who is asking, as far as it matters to what they may see and do.

use super::{Role, Roles};
use chrono::NaiveDate;
use japan::clock::Clock;
use std::sync::Arc;
use uuid::Uuid;

/// The person or program on whose behalf a request is answered.
#[derive(Clone, Debug)]
pub struct Viewer {
    sight: Arc<Sight>,
    identity: Option<Arc<Identity>>,
    clock: Clock,
}

/// All that decides what somebody sees: two viewers with the same sight get the same answers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sight {
    /// What they are trusted with.
    pub roles: Roles,
    /// Internal key of the organization they belong to.
    pub organization: Option<i64>,
    /// Internal keys of the organizations above it, the nearest first.
    pub organizations_above: Vec<i64>,
    /// Internal keys of the resources that are that organization itself.
    pub own_resources: Vec<i64>,
    /// Whether it is, or runs, a medical or care facility.
    pub runs_facilities: bool,
    /// Internal keys of the districts they work for.
    pub districts: Vec<i64>,
    /// The day on which they look: consents end.
    pub day: NaiveDate,
}

/// Who somebody has shown to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Stable name of the person or program, unique within the issuer.
    pub subject: Arc<str>,
    /// By what they have shown it.
    pub credential: Credential,
    /// What to call them.
    pub name: Option<String>,
    /// Id of the token, for the audit and for revoking it.
    pub token_id: Option<String>,
    /// The organization they belong to.
    pub organization: Option<Membership>,
    /// Codes of the districts they work for, as the token or account names them.
    pub district_codes: Vec<String>,
}

/// By what somebody has shown who they are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Credential {
    /// A token of the city's identity provider.
    IdentityProvider {
        /// Who made it.
        issuer: Arc<str>,
        /// Until when it is valid, in seconds since 1970.
        ends_at: i64,
    },
    /// An account of this directory, and its session.
    Account {
        /// Internal key of the account.
        account: i64,
        /// Internal key of the session.
        session: i64,
    },
    /// A token made for a program of an organization.
    ApiToken,
}

/// The organization somebody belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Public id.
    pub uuid: Uuid,
    /// Internal key.
    pub id: i64,
    /// The code tokens name it by.
    pub code: String,
    /// Its name.
    pub name: String,
}

impl Identity {
    /// Code of the organization they belong to.
    pub fn organization_code(&self) -> Option<&str> {
        self.organization.as_ref().map(|organization| organization.code.as_str())
    }
}

impl Sight {
    /// What everybody sees.
    pub fn public(day: NaiveDate) -> Self {
        Self {
            roles: Roles::NONE,
            organization: None,
            organizations_above: Vec::new(),
            own_resources: Vec::new(),
            runs_facilities: false,
            districts: Vec::new(),
            day,
        }
    }
}

impl Viewer {
    /// Somebody who has not said who they are.
    pub fn public(clock: Clock) -> Self {
        Self { sight: Arc::new(Sight::public(clock.today())), identity: None, clock }
    }

    /// Somebody who has shown who they are.
    pub fn known(identity: Identity, sight: Sight, clock: Clock) -> Self {
        Self { sight: Arc::new(sight), identity: Some(Arc::new(identity)), clock }
    }

    /// What decides what they see.
    pub fn sight(&self) -> &Arc<Sight> {
        &self.sight
    }

    /// Who they are, if they have shown it.
    pub fn identity(&self) -> Option<&Identity> {
        self.identity.as_deref()
    }

    /// Whether they hold a role.
    pub fn has(&self, role: Role) -> bool {
        self.sight.roles.has(role)
    }

    /// The instant at which their request began: all of it is answered as of then.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// The day of that instant in Japan.
    pub fn today(&self) -> NaiveDate {
        self.sight.day
    }
}
