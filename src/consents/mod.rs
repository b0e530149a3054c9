//! Consents (同意): agreements to publish contacts, by purpose and until when, and their withdrawals.

mod object;
pub mod effect;
pub mod mutations;
pub mod queries;
pub mod store;
pub mod terms;

use crate::id::{NodeId, NodeType};
use chrono::NaiveDate;
use entity::consent::Model;
use japan::values::ContactValue;
use terms::ConsentState;

/// A consent and the internal key of its resource. It is made only of rows that the viewer may read.
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

    /// Its public id.
    pub fn node_id(&self) -> NodeId {
        NodeId::new(NodeType::Consent, self.row.uuid)
    }

    fn state_on(&self, today: NaiveDate) -> ConsentState {
        match (self.row.withdrawn_on, self.row.expires_on) {
            (Some(_), _) => ConsentState::Withdrawn,
            (None, Some(day)) if day < today => ConsentState::Expired,
            _ => ConsentState::Valid,
        }
    }
}
