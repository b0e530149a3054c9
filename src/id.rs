//! Public ids: opaque text of a type and a UUID, the same in every database that holds the record.
//!
//! The UUID of a facility follows from its official key (`uuid_of` in `src/import/derive/draft.rs`), so that
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
            $($(#[$doc])* $name,)+
        }

        impl NodeType {
            fn tag(self) -> u8 {
                match self {
                    Self::Resource(kind) => kind as u8,
                    $(Self::$name => $tag,)+
                }
            }

            /// A tag that is there twice does not compile: the second arm is never reached.
            fn of_tag(tag: u8) -> Option<Self> {
                match tag {
                    $($tag => Some(Self::$name),)+
                    _ => ResourceKind::iter().find(|kind| *kind as u8 == tag).map(Self::Resource),
                }
            }
        }
    };
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
    /// What a service of a facility takes on: an answer to the needs asked about, which `node` does not ask.
    MedicalAcceptance = 53,
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

    #[test]
    fn a_kind_of_resource_has_a_tag_of_its_own() {
        for kind in ResourceKind::iter() {
            let node = NodeType::Resource(kind);
            assert_eq!(NodeType::of_tag(node.tag()), Some(node));
        }
    }

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
