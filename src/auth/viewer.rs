//! The viewer of a request: identity, and everything that decides what they may read and do.

use super::{Role, Roles};
use chrono::NaiveDate;
use japan::clock::Clock;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;

/// The person or program on whose behalf a request is answered.
#[derive(Clone, Debug)]
pub struct Viewer {
    permissions: Arc<Permissions>,
    identity: Option<Arc<Identity>>,
    clock: Clock,
    /// Whether the instant of the request was asked for.
    timed: Arc<AtomicBool>,
}

/// Everything that decides what a viewer reads: two viewers with the same permissions get the same answers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Permissions {
    /// Their roles.
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
    /// The day of the request in Japan: consents end on a day.
    pub day: NaiveDate,
}

/// The identity of an authenticated viewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Stable name of the person or program, unique within the issuer.
    pub subject: Arc<str>,
    /// The credential that was authenticated.
    pub credential: Credential,
    /// Their name (回答者名).
    pub name: Option<String>,
    /// Id of the token, for the audit and for revoking it.
    pub token_id: Option<String>,
    /// The organization they belong to.
    pub organization: Option<Membership>,
    /// Codes of the districts they work for, as the token or account names them.
    pub district_codes: Vec<String>,
}

/// The credential by which a viewer was authenticated.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Credential {
    /// A token of the city's identity provider.
    IdentityProvider {
        /// Its issuer.
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

/// The organization to which a viewer belongs.
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

impl Permissions {
    /// The permissions of the public.
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
    /// The public: a viewer without a token.
    pub fn public(clock: Clock) -> Self {
        let permissions = Arc::new(Permissions::public(clock.today()));
        Self { permissions, identity: None, clock, timed: Arc::default() }
    }

    /// An authenticated viewer.
    pub fn known(identity: Identity, permissions: Permissions, clock: Clock) -> Self {
        let (permissions, identity) = (Arc::new(permissions), Some(Arc::new(identity)));
        Self { permissions, identity, clock, timed: Arc::default() }
    }

    /// Everything that decides what they read.
    pub fn permissions(&self) -> &Arc<Permissions> {
        &self.permissions
    }

    /// Their identity; `None` for the public.
    pub fn identity(&self) -> Option<&Identity> {
        self.identity.as_deref()
    }

    /// Whether they hold a role.
    pub fn has(&self, role: Role) -> bool {
        self.permissions.roles.has(role)
    }

    /// The instant at which the request began: all of it is answered as of then.
    pub fn clock(&self) -> Clock {
        self.timed.store(true, Ordering::Release);
        self.clock
    }

    /// Whether an answer to them may depend on the instant of their request. One that does not holds until the day ends, or
    /// what it tells changes.
    pub fn depends_on_instant(&self) -> bool {
        self.timed.load(Ordering::Acquire)
    }

    /// The day of the request, in Japan.
    pub fn today(&self) -> NaiveDate {
        self.permissions.day
    }
}
