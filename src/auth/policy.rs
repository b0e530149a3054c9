//! Who may see what: pure decisions, no database, no GraphQL. The only place that knows.

use super::Viewer;
use entity::enums::{PublicationState, Visibility};

/// States of records that this viewer may know of. What is missing here does not exist for them.
pub fn visible_states(_viewer: &Viewer) -> &'static [PublicationState] {
    &[PublicationState::Published, PublicationState::Suspended, PublicationState::Ended]
}

/// Visibilities of contacts that this viewer may read.
pub fn visible_contacts(_viewer: &Viewer) -> &'static [Visibility] {
    &[Visibility::Public]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_sees_nothing_unreviewed_or_withdrawn() {
        let states = visible_states(&Viewer::public());
        for hidden in [PublicationState::Draft, PublicationState::InReview, PublicationState::Withdrawn] {
            assert!(!states.contains(&hidden), "{hidden:?}");
        }
        assert_eq!(visible_contacts(&Viewer::public()), [Visibility::Public]);
    }
}
