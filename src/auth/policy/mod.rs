//! Permissions: who may read and do what. Pure decisions without database or GraphQL, made only here.
//!
//! A decision about reading is a set of [`Ties`]: whether the viewer may read such records anywhere,
//! or only where a tie binds them to it. `auth/conditions.rs` turns ties into conditions of a statement.

mod action;
mod liaison;

pub use action::{Action, Relation, may, ties};
pub use liaison::{Audience, Reading, heard_by, is_professional, keeps, sheets};

use super::{Role, Sight};
use entity::enums::{PublicationState, Visibility};

/// The ties through which a viewer may read a record or do an action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ties {
    /// Wherever it is.
    pub anywhere: bool,
    /// Where it belongs to a district they work for.
    pub own_district: bool,
    /// Where their organization owns it.
    pub owner: bool,
}

impl Ties {
    /// Whatever the viewer's ties.
    pub const ANYWHERE: Self = Self { anywhere: true, own_district: true, owner: true };

    /// Whether there is any record for which they hold.
    pub fn exist(self) -> bool {
        self.anywhere || self.own_district || self.owner
    }
}

/// The ties through which a viewer may know of records in a state. Other records do not exist for them.
pub fn record(sight: &Sight, state: PublicationState) -> Ties {
    match state {
        PublicationState::Published | PublicationState::Suspended | PublicationState::Ended => Ties::ANYWHERE,
        // Drafts, records in review and withdrawn ones: only for those who may edit them.
        PublicationState::Draft | PublicationState::InReview | PublicationState::Withdrawn => Ties {
            anywhere: sight.roles.has(Role::Admin),
            own_district: in_own_districts(sight),
            owner: is_member(sight),
        },
    }
}

/// The ties through which a viewer may read a contact or a restricted field of a visibility.
pub fn reads(sight: &Sight, visibility: Visibility) -> Ties {
    let has = |role| sight.roles.has(role);
    match visibility {
        Visibility::Public => Ties::ANYWHERE,
        Visibility::Partner => {
            Ties { anywhere: !sight.roles.is_empty(), own_district: false, owner: is_member(sight) }
        }
        Visibility::CareProfessional => Ties {
            anywhere: has(Role::CareProfessional) || has(Role::Admin),
            own_district: false,
            owner: is_member(sight),
        },
        Visibility::Coordinator => Ties {
            anywhere: has(Role::Admin),
            own_district: in_own_districts(sight),
            owner: is_member(sight),
        },
        Visibility::Admin => Ties { anywhere: has(Role::Admin), own_district: false, owner: false },
    }
}

/// Visibilities that a consent for the purpose of each opens to this viewer.
pub fn consents(sight: &Sight) -> impl Iterator<Item = Visibility> {
    [Visibility::Public, Visibility::Partner, Visibility::CareProfessional]
        .into_iter()
        .filter(|visibility| reads(sight, *visibility).anywhere)
}

fn in_own_districts(sight: &Sight) -> bool {
    sight.roles.has(Role::Coordinator) && !sight.districts.is_empty()
}

fn is_member(sight: &Sight) -> bool {
    sight.organization.is_some()
}

#[cfg(test)]
mod tests;
