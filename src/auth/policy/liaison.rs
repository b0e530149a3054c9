//! Who reads liaison sheets, desks of professionals, what facilities take on and whether they have room.

use super::{Role, Sight};
use crate::terms::labelled;

labelled! {
    /// Who reads a desk of professionals, an acceptance or a report of vacancies (閲覧範囲).
    Audience {
        /// Every care professional (医療・介護専門職).
        AllCareProfessionals = "医療・介護専門職",
        /// Care professionals of the organizations on its list (配布先に限る).
        Listed = "配布先に限る",
        /// Everybody; its owner has opened it (公開). Names of persons never are.
        Public = "公開",
    }
}

/// Through what a viewer may read liaison data.
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
    /// Whether there is anything that they may read.
    pub fn exists(self) -> bool {
        self.anywhere || self.listed || self.owner
    }
}

/// Through what a viewer may read liaison sheets, their history and their physicians.
pub fn sheets(sight: &Sight) -> Reading {
    Reading {
        anywhere: sight.roles.has(Role::Admin),
        listed: is_listed(sight),
        owner: runs_facilities(sight),
    }
}

/// Through what a viewer may read something with an audience of its own.
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

/// Whether somebody reads liaison data that is not for everybody: names of persons, what reading is logged for.
pub fn is_professional(sight: &Sight) -> bool {
    heard_by(sight, Audience::AllCareProfessionals).exists()
}

/// Whether somebody changes what an institution says of itself: its distribution list, its consent, its vacancies.
pub fn keeps(sight: &Sight) -> Reading {
    Reading { anywhere: sight.roles.has(Role::Admin), listed: false, owner: runs_facilities(sight) }
}

/// Whoever works in no office is on no list; that is not for the roles to say.
fn is_listed(sight: &Sight) -> bool {
    sight.roles.has(Role::CareProfessional)
}

/// Not every member of an organization: those of one without facilities have no institution of their own.
fn runs_facilities(sight: &Sight) -> bool {
    sight.runs_facilities
}
