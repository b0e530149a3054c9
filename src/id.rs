//! Public ids: opaque text of a type and a UUID, the same in every database that holds the thing.

use crate::error::{Error, Result};
use async_graphql::ID;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::enums::ResourceKind;
use sea_orm::Iterable;
use uuid::Uuid;

/// The types that have an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum NodeType {
    /// Any listed thing; the id also says which kind.
    Resource(ResourceKind),
    /// A corporation or office.
    Organization,
    /// A municipality.
    Municipality,
    /// A daily-life district.
    District,
    /// A coordinator of everyday support.
    SupportCoordinator,
    /// Somebody who may sign in here.
    Account,
    /// A token of a program.
    ApiToken,
    /// A line of the ledger of consents; `node` does not answer it.
    Consent,
    /// A version of a liaison sheet.
    LiaisonSheet,
    /// What a version of a sheet says of one physician; `node` does not answer it.
    PhysicianEntry,
    /// A physician; `node` does not answer it.
    Physician,
    /// A desk of professionals.
    LiaisonContact,
    /// Whether a facility takes people with a care need; `node` does not answer it.
    MedicalAcceptance,
    /// A report of vacancies; `node` does not answer it.
    VacancyReport,
}

/// A parsed public id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NodeId {
    /// What it is the id of.
    pub node: NodeType,
    /// Which one.
    pub uuid: Uuid,
}

impl NodeType {
    fn tag(self) -> u8 {
        match self {
            Self::Resource(kind) => kind as u8,
            Self::Organization => 32,
            Self::Municipality => 33,
            Self::District => 34,
            Self::SupportCoordinator => 35,
            Self::Account => 40,
            Self::ApiToken => 41,
            Self::Consent => 48,
            Self::LiaisonSheet => 49,
            Self::PhysicianEntry => 50,
            Self::Physician => 51,
            Self::LiaisonContact => 52,
            Self::MedicalAcceptance => 53,
            Self::VacancyReport => 54,
        }
    }

    fn of_tag(tag: u8) -> Option<Self> {
        let kinds = ResourceKind::iter();
        let others = [
            Self::Organization,
            Self::Municipality,
            Self::District,
            Self::SupportCoordinator,
            Self::Account,
            Self::ApiToken,
            Self::Consent,
            Self::LiaisonSheet,
            Self::PhysicianEntry,
            Self::Physician,
            Self::LiaisonContact,
            Self::MedicalAcceptance,
            Self::VacancyReport,
        ];
        kinds.map(Self::Resource).chain(others).find(|node| node.tag() == tag)
    }
}

impl NodeId {
    /// The id of a thing.
    pub fn new(node: NodeType, uuid: Uuid) -> Self {
        Self { node, uuid }
    }

    /// Reads an id.
    ///
    /// # Errors
    /// `INVALID_INPUT` on `field` when the text was never an id of this service.
    pub fn parse(id: &ID, field: &'static str) -> Result<Self> {
        let invalid = || {
            Error::invalid(field, "This is not an id of this service. Take ids from its answers, unchanged.")
        };
        let bytes = URL_SAFE_NO_PAD.decode(id.as_str()).map_err(|_| invalid())?;
        let (tag, uuid) = bytes.split_first().ok_or_else(invalid)?;
        let node = NodeType::of_tag(*tag).ok_or_else(invalid)?;
        let uuid = Uuid::from_slice(uuid).map_err(|_| invalid())?;
        Ok(Self { node, uuid })
    }

    /// The id as text.
    pub fn text(self) -> String {
        let mut bytes = [self.node.tag(); 17];
        bytes[1..].copy_from_slice(self.uuid.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }
}

impl From<NodeId> for ID {
    fn from(id: NodeId) -> Self {
        ID(id.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_id_is_read_back_as_it_was_written(bits: u128) {
            let id = NodeId::new(NodeType::Resource(ResourceKind::CareFacility), Uuid::from_u128(bits));
            prop_assert_eq!(NodeId::parse(&ID::from(id), "id").ok(), Some(id));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text: String) {
            let _ = NodeId::parse(&ID(text), "id");
        }
    }
}
