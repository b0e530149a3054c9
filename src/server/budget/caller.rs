//! The caller to whose budget a request is charged.

use super::Address;
use crate::auth::{Credential, Viewer};
use std::sync::Arc;

/// The classes of callers; the budget of each class has a size of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// No valid token.
    Public,
    /// A program with a token.
    Partner,
    /// A person with a token.
    SignedIn,
}

impl Class {
    /// The name of its budget, for clients.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Partner => "partner",
            Self::SignedIn => "signed-in",
        }
    }
}

/// The caller of a request: the subject of its token, from whichever address, or else its address.
#[derive(Clone, Debug)]
pub struct Caller {
    pub(super) subject: Option<Arc<str>>,
    pub(super) class: Class,
    pub(super) address: Address,
}

impl Caller {
    /// A caller with these parts; a subject must come from a verified token.
    pub fn new(subject: Option<Arc<str>>, class: Class, address: Address) -> Self {
        Self { subject, class, address }
    }

    /// The caller that a viewer is: its subject and class, or the address of the public.
    pub fn of(viewer: &Viewer, address: Address) -> Self {
        let Some(identity) = viewer.identity() else { return Self::public(address) };
        let class = match identity.credential {
            Credential::ApiToken => Class::Partner,
            Credential::Account { .. } | Credential::IdentityProvider { .. } => Class::SignedIn,
        };
        Self::new(Some(identity.subject.clone()), class, address)
    }

    /// A caller without a valid token, known by its address only.
    pub fn public(address: Address) -> Self {
        Self::new(None, Class::Public, address)
    }
}
