//! Permissions: who may read and do what. Pure decisions without database or GraphQL, made only here.
//!
//! A decision about reading is a set of [`RowScope`]: whether the viewer may read such records anywhere,
//! or only where a tie binds them to it. `auth/conditions.rs` turns a scope into conditions of a statement.

mod action;
mod contact;
mod liaison;

pub use action::{Action, Relation, may, row_scope};
pub use contact::{Circulation, is_for_professionals, reads_contact};
pub use liaison::{Audience, LiaisonScope, LiaisonTies, heard_by, is_on, is_professional, keeps, sheets};

use super::{Permissions, Role};
use entity::enums::{PublicationState, Visibility};

/// A row-level scope: the records that a viewer may read, or on which they may do an action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct RowScope {
    /// Wherever it is.
    pub anywhere: bool,
    /// Where it belongs to a district they work for.
    pub own_district: bool,
    /// Where their organization owns it.
    pub owner: bool,
}

impl RowScope {
    /// Every record.
    pub const ANYWHERE: Self = Self { anywhere: true, own_district: true, owner: true };

    /// Whether it can hold any record at all.
    pub fn exists(self) -> bool {
        self.anywhere || self.own_district || self.owner
    }

    /// Whether it holds a record to which the viewer has these ties.
    pub fn reaches(self, relation: Relation) -> bool {
        self.anywhere || (self.own_district && relation.own_district) || (self.owner && relation.owner)
    }
}

/// The scope in which a viewer may know of records in a state. Other records do not exist for them.
pub fn record(permissions: &Permissions, state: PublicationState) -> RowScope {
    match state {
        PublicationState::Published | PublicationState::Suspended | PublicationState::Ended => {
            RowScope::ANYWHERE
        }
        // Drafts and withdrawn ones: only for those who may edit them.
        PublicationState::Draft | PublicationState::Withdrawn => RowScope {
            anywhere: permissions.roles.has(Role::Admin),
            own_district: in_own_districts(permissions),
            owner: is_member(permissions),
        },
    }
}

/// The scope in which a viewer may read a contact or a restricted field of a visibility.
pub fn reads(permissions: &Permissions, visibility: Visibility) -> RowScope {
    let has = |role| permissions.roles.has(role);
    match visibility {
        Visibility::Public => RowScope::ANYWHERE,
        Visibility::Partner => RowScope {
            anywhere: !permissions.roles.is_empty(),
            own_district: false,
            owner: is_member(permissions),
        },
        Visibility::CareProfessional => RowScope {
            anywhere: has(Role::CareProfessional) || has(Role::Admin),
            own_district: false,
            owner: is_member(permissions),
        },
        Visibility::Coordinator => RowScope {
            anywhere: has(Role::Admin),
            own_district: in_own_districts(permissions),
            owner: is_member(permissions),
        },
        Visibility::Admin => RowScope { anywhere: has(Role::Admin), own_district: false, owner: false },
    }
}

/// Visibilities that a consent for the purpose of each opens to this viewer.
pub fn consents(permissions: &Permissions) -> impl Iterator<Item = Visibility> {
    [Visibility::Public, Visibility::Partner, Visibility::CareProfessional]
        .into_iter()
        .filter(|visibility| reads(permissions, *visibility).anywhere)
}

fn in_own_districts(permissions: &Permissions) -> bool {
    permissions.roles.has(Role::Coordinator) && !permissions.districts.is_empty()
}

fn is_member(permissions: &Permissions) -> bool {
    permissions.organization.is_some()
}

#[cfg(test)]
mod tests;
