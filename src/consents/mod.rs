//! Consents (同意): who agreed to be reached for what, until when, and who took it back.

mod object;
pub mod effect;
pub mod mutations;
pub mod queries;
pub mod store;
pub mod terms;

use crate::id::{NodeId, NodeType};
use async_graphql::ID;
use chrono::NaiveDate;
use entity::consent::Model;
use japan::values::ContactValue;
use terms::ConsentState;

/// A consent and the resource it belongs to. Whoever holds one was allowed to read it.
#[derive(Clone, Debug)]
pub struct Consent {
    row: Model,
    resource_id: i64,
}

impl Consent {
    /// The numbers and the address it is about.
    pub fn values(&self) -> Vec<ContactValue> {
        store::values(&self.row)
    }

    fn node_id(&self) -> ID {
        NodeId::new(NodeType::Consent, self.row.uuid).into()
    }

    fn state_on(&self, today: NaiveDate) -> ConsentState {
        match (self.row.withdrawn_on, self.row.expires_on) {
            (Some(_), _) => ConsentState::Withdrawn,
            (None, Some(day)) if day < today => ConsentState::Expired,
            _ => ConsentState::Valid,
        }
    }
}
