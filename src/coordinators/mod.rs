//! Coordinators of everyday support (生活支援コーディネーター): persons who know the help in a district and what is
//! missing.

mod object;
pub mod queries;
pub mod store;
pub mod terms;

use crate::districts::District;
use crate::id::{NodeId, NodeType};
use entity::coordinator::Model;
use terms::CoordinatorTier;

/// A coordinator of everyday support.
#[derive(Clone, Debug)]
pub struct SupportCoordinator {
    row: Model,
    tier: CoordinatorTier,
    districts: Vec<District>,
}

impl SupportCoordinator {
    /// Its public id.
    pub fn node_id(&self) -> NodeId {
        NodeId::new(NodeType::SupportCoordinator, self.row.uuid)
    }
}
