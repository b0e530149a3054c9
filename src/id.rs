//! Public ids: opaque text of a type and a UUID, the same in every database that holds the record.
//!
//! An acceptance has the UUID of its facility, followed by the number of the service. The UUID of a facility follows from its official key (`uuid_of` in `src/import/derive/draft.rs`), so that
//! a database that is filled again from the same files gives the same ids. Integer keys are no ids; outside
//! of the program they appear in cursors only.

use crate::error::{Error, Result};
use async_graphql::ID;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::enums::ResourceKind;
use sea_orm::Iterable;
use uuid::Uuid;

/// Declares the types that have an id beside resources, each with its tag: the first byte of the id, forever.
macro_rules! node_types {
    ($($(#[$doc:meta])* $name:ident = $tag:literal,)+) => {
        /// The types that have an id.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum NodeType {
            /// A resource; the id also has its kind.
            Resource(ResourceKind),
            /// What a service of a facility takes on; the id is that of the facility, with the service.
            MedicalAcceptance(ServiceNumber),
            $($(#[$doc])* $name,)+
        }

        impl NodeType {
            fn tag(self) -> u8 {
                match self {
                    Self::Resource(kind) => kind as u8,
                    Self::MedicalAcceptance(_) => ACCEPTANCE,
                    $(Self::$name => $tag,)+
                }
            }

            /// The type of a tag and of what follows the UUID. A tag that is there twice does not compile: the second arm
            /// is never reached.
            fn of_tag(tag: u8, rest: &[u8]) -> Option<Self> {
                match (tag, rest) {
                    (ACCEPTANCE, &[high, low]) => {
                        Some(Self::MedicalAcceptance(ServiceNumber(u16::from_be_bytes([high, low]))))
                    }
                    (_, [_, ..]) | (ACCEPTANCE, _) => None,
                    $(($tag, []) => Some(Self::$name),)+
                    (_, []) => ResourceKind::iter().find(|kind| *kind as u8 == tag).map(Self::Resource),
                }
            }
        }
    };
}

/// The tag of acceptances.
const ACCEPTANCE: u8 = 53;

/// The official code of a service of a facility as a number, `210`; 0: the whole facility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ServiceNumber(u16);

impl ServiceNumber {
    /// Of a code of three digits; empty: the whole facility. A code that is no number is that of no service.
    pub fn of_code(code: &str) -> Self {
        match code {
            "" => Self(0),
            code => Self(code.parse().unwrap_or(u16::MAX)),
        }
    }
}

node_types! {
    /// A corporation or office.
    Organization = 32,
    /// A municipality.
    Municipality = 33,
    /// A daily-life district.
    District = 34,
    /// A coordinator of everyday support.
    SupportCoordinator = 35,
    /// An account of a person who may sign in here.
    Account = 40,
    /// A token of a program.
    ApiToken = 41,
    /// A line of the ledger of consents.
    Consent = 48,
    /// A version of a liaison sheet.
    LiaisonSheet = 49,
    /// The entry of a version of a sheet about one physician.
    PhysicianEntry = 50,
    /// A physician.
    Physician = 51,
    /// A desk of professionals.
    LiaisonContact = 52,
    /// A report of vacancies.
    VacancyReport = 54,
}

/// A parsed public id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NodeId {
    /// The type of the node.
    pub node: NodeType,
    /// Its UUID.
    pub uuid: Uuid,
}

impl NodeId {
    /// The id of a node.
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
        let (tag, rest) = bytes.split_first().ok_or_else(invalid)?;
        let (uuid, rest) = rest.split_first_chunk().ok_or_else(invalid)?;
        let node = NodeType::of_tag(*tag, rest).ok_or_else(invalid)?;
        Ok(Self { node, uuid: Uuid::from_bytes(*uuid) })
    }

    /// The id as text.
    pub fn text(self) -> String {
        let mut bytes = vec![self.node.tag()];
        bytes.extend(self.uuid.as_bytes());
        if let NodeType::MedicalAcceptance(ServiceNumber(number)) = self.node {
            bytes.extend(number.to_be_bytes());
        }
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

    #[test]
    fn a_kind_of_resource_has_a_tag_of_its_own() {
        for kind in ResourceKind::iter() {
            let node = NodeType::Resource(kind);
            assert_eq!(NodeType::of_tag(node.tag(), &[]), Some(node));
        }
    }

    proptest! {
        #[test]
        fn an_id_is_read_back_as_it_was_written(bits: u128) {
            let id = NodeId::new(NodeType::Resource(ResourceKind::CareFacility), Uuid::from_u128(bits));
            prop_assert_eq!(NodeId::parse(&ID::from(id), "id").ok(), Some(id));
        }

        #[test]
        fn the_id_of_an_acceptance_has_its_service(bits: u128, number: u16) {
            let node = NodeType::MedicalAcceptance(ServiceNumber(number));
            let id = NodeId::new(node, Uuid::from_u128(bits));
            prop_assert_eq!(NodeId::parse(&ID::from(id), "id").ok(), Some(id));
            let of_facility = NodeId::new(NodeType::Organization, id.uuid);
            prop_assert_eq!(NodeId::parse(&ID::from(of_facility), "id").ok(), Some(of_facility));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text: String) {
            let _ = NodeId::parse(&ID(text), "id");
        }
    }
}
