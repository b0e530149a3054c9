//! Who reads liaison sheets, desks of professionals, acceptances and vacancies of facilities.

use super::{Role, Sight};
use crate::terms::labelled;

labelled! {
    /// Who reads a desk of professionals, an acceptance or a report of vacancies (閲覧範囲).
    Audience as entity::enums::Audience {
        /// Every care professional (医療・介護専門職).
        AllCareProfessionals = "医療・介護専門職",
        /// Care professionals of the organizations on its list (配布先に限る).
        Listed = "配布先に限る",
        /// Everybody; its owner has opened it (公開). Names of persons never are.
        Public = "公開",
    }
}

/// The ties through which a viewer may read liaison data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Reading {
    /// Wherever it is.
    pub anywhere: bool,
    /// Where their organization, or one above it that stands for it, is on the list.
    pub listed: bool,
    /// Where it is about their own institution.
    pub owner: bool,
}

impl Reading {
    /// Whether they may read anything at all.
    pub fn exists(self) -> bool {
        self.anywhere || self.listed || self.owner
    }
}

/// The ties through which a viewer may read liaison sheets, their history and their physicians.
pub fn sheets(sight: &Sight) -> Reading {
    Reading {
        anywhere: sight.roles.has(Role::Admin),
        listed: is_listed(sight),
        owner: runs_facilities(sight),
    }
}

/// The ties through which a viewer may read a record with an audience of its own.
pub fn heard_by(sight: &Sight, audience: Audience) -> Reading {
    let has = |role| sight.roles.has(role);
    let anywhere = match audience {
        Audience::Public => true,
        Audience::AllCareProfessionals => has(Role::CareProfessional) || has(Role::Admin),
        Audience::Listed => has(Role::Admin),
    };
    let listed = audience == Audience::Listed && is_listed(sight);
    Reading { anywhere, listed, owner: runs_facilities(sight) }
}

/// Whether a viewer reads liaison data that is not public: names of persons, and data whose reading is
/// audited.
pub fn is_professional(sight: &Sight) -> bool {
    heard_by(sight, Audience::AllCareProfessionals).exists()
}

/// The ties through which a viewer changes the distribution list, the consent and the vacancies of an
/// institution.
pub fn keeps(sight: &Sight) -> Reading {
    Reading { anywhere: sight.roles.has(Role::Admin), listed: false, owner: runs_facilities(sight) }
}

/// Whether distribution lists apply to the viewer. The list itself is compared with their organization in
/// SQL: a viewer without an organization is on no list.
fn is_listed(sight: &Sight) -> bool {
    sight.roles.has(Role::CareProfessional)
}

/// Whether the viewer's organization is, or runs, a facility: without one they have no institution of their
/// own.
fn runs_facilities(sight: &Sight) -> bool {
    sight.runs_facilities
}
