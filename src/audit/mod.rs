//! The audit: what was changed, and who read data for care professionals. Entries are written once, never
//! changed.
//!
//! A change and its audit entry are one transaction: a store function that changes something for a caller
//! takes the `Author`, and an import or a command names the command line as its author. Only the made-up
//! consents of the demo have no entry.

pub mod entry;
pub mod queries;
pub mod terms;
mod store;

pub use store::{all, record, record_reads};

use crate::auth::{Identity, Roles, Viewer};
use crate::id::NodeId;
use entity::enums::AuditAction;
use japan::clock::Clock;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The operation of a request in which a change or read happens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Occasion {
    /// Id of the request, as in the log.
    pub request_id: Option<String>,
    /// Name of the operation (操作名).
    pub operation: Option<String>,
}

/// The author of a change or read, and its operation.
#[derive(Clone, Debug)]
pub struct Author {
    /// Subject of the viewer, or the account on the server that ran a command.
    pub subject: String,
    /// Their roles.
    pub roles: Roles,
    /// The organization they belong to.
    pub organization_code: Option<String>,
    /// Id of their token.
    pub token_id: Option<String>,
    /// The operation.
    pub occasion: Arc<Occasion>,
    /// The instant of what they do: read when the author is made, which is after the turn of the writer has come, so
    /// that instants follow the order of the changes. Its commit comes a little later: a client that asks for changes
    /// since an instant passes the last instant that it was told, not one of its own clock.
    pub clock: Clock,
}

/// A change, for an audit entry.
#[derive(Clone, Debug)]
pub struct Change {
    /// The mutation, or the action of the command.
    pub action: AuditAction,
    /// What it is about.
    pub things: Vec<NodeId>,
    /// The fields that changed, before.
    pub before: Option<Value>,
    /// The same fields, after.
    pub after: Option<Value>,
}

impl Change {
    /// A change of which only the fact is kept.
    pub fn of(action: AuditAction) -> Self {
        Self { action, things: Vec::new(), before: None, after: None }
    }
}

/// Data for care professionals that one operation has read, by public id.
#[derive(Clone, Debug, Default)]
pub struct Reads(Arc<Mutex<BTreeSet<String>>>);

#[expect(
    clippy::disallowed_methods,
    reason = "a change is dated when it is made, not when its request began"
)]
fn now() -> Clock {
    Clock::read()
}

impl Author {
    /// The viewer of a request as author.
    pub fn of(viewer: &Viewer, occasion: Arc<Occasion>) -> Self {
        let identity = viewer.identity();
        Self {
            subject: identity.map_or_else(|| "anonymous".to_owned(), |identity| identity.subject.to_string()),
            roles: viewer.permissions().roles,
            organization_code: identity.and_then(Identity::organization_code).map(str::to_owned),
            token_id: identity.and_then(|identity| identity.token_id.clone()),
            occasion,
            clock: now(),
        }
    }

    /// The operator who runs a command on the server.
    pub fn command_line() -> Self {
        let account = std::env::var("USER").unwrap_or_else(|_| "unknown".to_owned());
        Self {
            subject: format!("command-line:{account}"),
            roles: Roles::NONE,
            organization_code: None,
            token_id: None,
            occasion: Arc::default(),
            clock: now(),
        }
    }
}

impl Reads {
    /// Notes that a record was read.
    pub fn note(&self, thing: NodeId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(thing.text());
    }

    /// Public ids of the records that were read, sorted.
    pub fn things(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}
