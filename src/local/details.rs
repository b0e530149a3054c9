//! What only one local kind has, as it is stored: one JSON text for each resource.
//!
//! What filters ask for follows from these facts in `tags.rs` and is stored as words in `resource_tag`. What
//! partners and professionals may know beside is a second JSON text (`partner.rs`).

use crate::desks::DeskDetails;
use crate::gatherings::GatheringDetails;
use crate::mutual_aid::MutualAidDetails;
use crate::private_services::PrivateServiceDetails;
use entity::enums::ResourceKind;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The facts of a resource of a local kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Details {
    /// Of a place of gathering.
    Gathering(Box<GatheringDetails>),
    /// Of a mutual-aid group.
    MutualAid(Box<MutualAidDetails>),
    /// Of a private service.
    PrivateService(Box<PrivateServiceDetails>),
    /// Of a consultation desk.
    Desk(Box<DeskDetails>),
}

impl Details {
    /// Of which kind the resource is.
    pub fn kind(&self) -> ResourceKind {
        match self {
            Self::Gathering(_) => ResourceKind::GatheringPlace,
            Self::MutualAid(_) => ResourceKind::MutualAidGroup,
            Self::PrivateService(_) => ResourceKind::PrivateService,
            Self::Desk(_) => ResourceKind::ConsultationDesk,
        }
    }

    /// The stored text: the facts alone, for the resource says of which kind it is.
    pub fn body(&self) -> serde_json::Result<String> {
        match self {
            Self::Gathering(facts) => serde_json::to_string(facts),
            Self::MutualAid(facts) => serde_json::to_string(facts),
            Self::PrivateService(facts) => serde_json::to_string(facts),
            Self::Desk(facts) => serde_json::to_string(facts),
        }
    }

    /// The facts as data, of which [`Details::body`] is the text.
    pub fn facts(&self) -> serde_json::Result<Value> {
        match self {
            Self::Gathering(facts) => serde_json::to_value(facts),
            Self::MutualAid(facts) => serde_json::to_value(facts),
            Self::PrivateService(facts) => serde_json::to_value(facts),
            Self::Desk(facts) => serde_json::to_value(facts),
        }
    }

    /// Reads the facts of a resource of a kind; nothing when it is no local one.
    pub fn read(kind: ResourceKind, facts: Value) -> serde_json::Result<Option<Self>> {
        Ok(Some(match kind {
            ResourceKind::GatheringPlace => Self::Gathering(serde_json::from_value(facts)?),
            ResourceKind::MutualAidGroup => Self::MutualAid(serde_json::from_value(facts)?),
            ResourceKind::PrivateService => Self::PrivateService(serde_json::from_value(facts)?),
            ResourceKind::ConsultationDesk => Self::Desk(serde_json::from_value(facts)?),
            ResourceKind::CareFacility | ResourceKind::MedicalFacility => return Ok(None),
        }))
    }
}
