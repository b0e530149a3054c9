//! Who pays for a request.

use super::Address;
use crate::auth::{Credential, Viewer};
use std::sync::Arc;

/// Each has a budget of its own size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Nobody knows who asks.
    Public,
    /// A program with a token.
    Partner,
    /// A person with a token.
    SignedIn,
}

/// Whoever shows a token pays as its subject, wherever they ask from; everybody else as an address.
#[derive(Clone, Debug)]
pub struct Caller {
    pub(super) subject: Option<Arc<str>>,
    pub(super) class: Class,
    pub(super) address: Address,
}

impl Caller {
    /// Somebody whose token, if there is one, was found to be good.
    pub fn new(subject: Option<Arc<str>>, class: Class, address: Address) -> Self {
        Self { subject, class, address }
    }

    /// Whoever a request has shown to be.
    pub fn of(viewer: &Viewer, address: Address) -> Self {
        let Some(identity) = viewer.identity() else { return Self::public(address) };
        let class = match identity.credential {
            Credential::ApiToken => Class::Partner,
            Credential::Account { .. } | Credential::IdentityProvider { .. } => Class::SignedIn,
        };
        Self::new(Some(identity.subject.clone()), class, address)
    }

    /// Somebody who has not said who they are.
    pub fn public(address: Address) -> Self {
        Self::new(None, Class::Public, address)
    }
}
