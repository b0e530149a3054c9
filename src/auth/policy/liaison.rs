//! Who reads liaison sheets, desks of professionals, acceptances and vacancies of facilities.

use super::{Permissions, Role};
use crate::terms::labelled;

labelled! {
    /// Who reads a desk of professionals, an acceptance or a report of vacancies (閲覧範囲).
    Audience as entity::enums::Audience {
        /// Every care professional (医療・介護専門職).
        AllCareProfessionals = ("医療・介護専門職", "いりょうかいごせんもんしょく", "医療・介護の 仕事の 人", "All care professionals"),
        /// Care professionals of the organizations on its list (配布先に限る).
        Listed = ("配布先に限る", "はいふさきにかぎる", "リストの 人だけ", "Listed organizations only"),
        /// Everybody; its owner has opened it (公開). Names of persons never are.
        Public = ("公開", "こうかい", "だれでも", "Public"),
    }
}

/// The scope in which a viewer may read liaison data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct LiaisonScope {
    /// Wherever it is.
    pub anywhere: bool,
    /// Where their organization, or one above it that stands for it, is on the list.
    pub listed: bool,
    /// Where it is about their own institution.
    pub owner: bool,
}

impl LiaisonScope {
    /// Whether they may read anything at all.
    pub fn exists(self) -> bool {
        self.anywhere || self.listed || self.owner
    }

    /// Whether it holds something to which the viewer has these ties.
    pub fn reaches(self, ties: LiaisonTies) -> bool {
        self.anywhere || (self.listed && ties.listed) || (self.owner && ties.owner)
    }
}

/// The ties of a viewer to a sheet, a desk, an acceptance or a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct LiaisonTies {
    /// They are on its distribution list, and it may still be distributed.
    pub listed: bool,
    /// It is about an institution that their organization runs or is.
    pub owner: bool,
}

/// Whether a distribution list opens to a viewer what it stands for: their organization is on it, or one above it that
/// stands for those below. The list has internal keys, each with whether it stands for those below.
pub fn is_on(permissions: &Permissions, list: &[(i64, bool)]) -> bool {
    let above = |id| permissions.organizations_above.contains(&id);
    list.iter().any(|(id, covers)| Some(*id) == permissions.organization || *covers && above(*id))
}

/// The scope in which a viewer may read liaison sheets, their history and their physicians.
pub fn sheets(permissions: &Permissions) -> LiaisonScope {
    LiaisonScope {
        anywhere: permissions.roles.has(Role::Admin),
        listed: is_listed(permissions),
        owner: runs_facilities(permissions),
    }
}

/// The scope in which a viewer may read a record with an audience of its own.
pub fn heard_by(permissions: &Permissions, audience: Audience) -> LiaisonScope {
    let has = |role| permissions.roles.has(role);
    let anywhere = match audience {
        Audience::Public => true,
        Audience::AllCareProfessionals => has(Role::CareProfessional) || has(Role::Admin),
        Audience::Listed => has(Role::Admin),
    };
    let listed = audience == Audience::Listed && is_listed(permissions);
    LiaisonScope { anywhere, listed, owner: runs_facilities(permissions) }
}

/// Whether a viewer reads liaison data that is not public: names of persons, and data whose reading is
/// audited.
pub fn is_professional(permissions: &Permissions) -> bool {
    heard_by(permissions, Audience::AllCareProfessionals).exists()
}

/// The scope in which a viewer changes the distribution list, the consent and the vacancies of an
/// institution.
pub fn keeps(permissions: &Permissions) -> LiaisonScope {
    LiaisonScope {
        anywhere: permissions.roles.has(Role::Admin),
        listed: false,
        owner: runs_facilities(permissions),
    }
}

/// Whether distribution lists apply to the viewer. The list itself is compared with their organization
/// by [`is_on`]: a viewer without an organization is on no list.
fn is_listed(permissions: &Permissions) -> bool {
    permissions.roles.has(Role::CareProfessional)
}

/// Whether the viewer's organization is, or runs, a facility: without one they have no institution of their
/// own.
fn runs_facilities(permissions: &Permissions) -> bool {
    permissions.runs_facilities
}
