//! Who reads a contact: by its visibility, or by a consent that holds.

use super::{Permissions, Relation, consents, reads};
use chrono::NaiveDate;
use entity::enums::Visibility;

/// What decides who reads a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Circulation {
    /// Who may always know it.
    pub visibility: Visibility,
    /// The last days on which consents open it to the public, to partners, and to care professionals.
    pub until: [Option<NaiveDate>; 3],
}

impl Circulation {
    /// Whether a consent to a purpose holds on the day of the viewer.
    fn is_agreed(&self, purpose: Visibility, permissions: &Permissions) -> bool {
        let [public, partner, care] = self.until;
        let until = match purpose {
            Visibility::Public => public,
            Visibility::Partner => partner,
            Visibility::CareProfessional | Visibility::Coordinator | Visibility::Admin => care,
        };
        until.is_some_and(|until| until >= permissions.day)
    }
}

/// Whether a viewer may read a contact of a resource to which they have these ties.
pub fn reads_contact(permissions: &Permissions, contact: &Circulation, relation: Relation) -> bool {
    let agreed = |purpose| contact.is_agreed(purpose, permissions);
    reads(permissions, contact.visibility).reaches(relation) || consents(permissions).any(agreed)
}

/// Whether a contact is one that care professionals read and partners do not: reading it is written to the audit.
pub fn is_for_professionals(permissions: &Permissions, contact: &Circulation) -> bool {
    let agreed = |purpose| contact.is_agreed(purpose, permissions);
    let is_open = matches!(contact.visibility, Visibility::Public | Visibility::Partner);
    let by_consent = !is_open
        && reads(permissions, Visibility::CareProfessional).anywhere
        && agreed(Visibility::CareProfessional);
    (contact.visibility == Visibility::CareProfessional || by_consent)
        && !agreed(Visibility::Public)
        && !agreed(Visibility::Partner)
}
