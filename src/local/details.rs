//! What only one local kind has, as it is stored: one JSON text for each resource.

use crate::desks::DeskDetails;
use crate::gatherings::GatheringDetails;
use crate::mutual_aid::MutualAidDetails;
use crate::private_services::PrivateServiceDetails;
use entity::enums::ResourceKind;
use serde::Serialize;

/// The facts of a resource of a local kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
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
}
