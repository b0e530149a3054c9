//! Who can read a thing, as the facts by which the policy decides (`src/auth/policy`), not as a list of persons.

use chrono::NaiveDate;
use entity::enums::{Audience, PublicationState, Visibility};
use sea_orm::ActiveEnum;
use serde::{Deserialize, Serialize};

/// What binds viewers to a resource.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ties {
    /// Internal key of the resource.
    pub resource: i64,
    /// Its [`PublicationState`].
    pub state: i16,
    /// Internal keys of the districts in which it stands and from which it is used, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub districts: Vec<i64>,
    /// Internal key of the organization that runs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<i64>,
}

/// The readers of a thing or of one of its fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Readers {
    /// Every viewer.
    Everyone,
    /// Those who read the records that name it: an organization, a physician.
    OfItsRecords,
    /// Those who may know of a resource.
    Resource(Ties),
    /// Those who read a contact, or a field as restricted as one.
    Contact {
        /// Its [`Visibility`].
        visibility: i16,
        /// Last days on which consents open it to all, to partners and to care professionals.
        until: [Option<NaiveDate>; 3],
    },
    /// Those who read a sheet.
    Sheet {
        /// Its institution.
        institution: Option<Ties>,
        /// Internal keys of the organizations on its list, and whether those below them are meant too.
        listed: Vec<(i64, bool)>,
        /// Whether the institution has taken back its consent.
        withdrawn: bool,
    },
    /// Those who read a record with an audience of its own.
    Audience {
        /// Its [`Audience`].
        audience: String,
        /// Its facility; `None`: it has none.
        facility: Option<Ties>,
        /// Internal key of the organization that owns it, beside that of the facility.
        owner: Option<i64>,
        /// As of a sheet.
        listed: Vec<(i64, bool)>,
    },
}

impl Readers {
    /// Whether these are no more than a narrower circle may read: nobody but those who may edit, or a visibility, a list
    /// or a day that others do not satisfy.
    pub(super) fn is_restricted(&self) -> bool {
        match self {
            Self::Everyone => false,
            Self::OfItsRecords | Self::Sheet { .. } => true,
            Self::Resource(ties) => is_hidden(ties),
            Self::Contact { visibility, until } => {
                *visibility != Visibility::Public.to_value() || until.iter().any(Option::is_some)
            }
            Self::Audience { audience, facility, .. } => {
                *audience != Audience::Public.to_value() || facility.as_ref().is_some_and(is_hidden)
            }
        }
    }
}

/// Whether only those who may edit a resource know of it.
pub(super) fn is_hidden(ties: &Ties) -> bool {
    match PublicationState::try_from_value(&ties.state) {
        Ok(PublicationState::Published | PublicationState::Suspended | PublicationState::Ended) => false,
        Ok(PublicationState::Draft | PublicationState::Withdrawn) | Err(_) => true,
    }
}
