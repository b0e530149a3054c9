//! The only way to resources and their contacts: what the viewer may know of.

use crate::auth::{Viewer, policy};
use entity::{contact_point, map_cell, resource};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};

/// Resources this viewer may know about.
#[expect(clippy::disallowed_methods, reason = "this is the scoped select that everything else starts from")]
pub fn visible_to(viewer: &Viewer) -> Select<resource::Entity> {
    let states = policy::visible_states(viewer).iter().copied();
    resource::Entity::find().filter(resource::Column::State.is_in(states))
}

/// Contacts this viewer may read.
#[expect(clippy::disallowed_methods, reason = "this is the scoped select that everything else starts from")]
pub fn contacts_visible_to(viewer: &Viewer) -> Select<contact_point::Entity> {
    let visibilities = policy::visible_contacts(viewer).iter().copied();
    contact_point::Entity::find().filter(contact_point::Column::Visibility.is_in(visibilities))
}

/// Counts of resources this viewer may know about, by map cell.
#[expect(clippy::disallowed_methods, reason = "this is the scoped select that everything else starts from")]
pub fn map_cells_visible_to(viewer: &Viewer) -> Select<map_cell::Entity> {
    let states = policy::visible_states(viewer).iter().copied();
    map_cell::Entity::find().filter(map_cell::Column::State.is_in(states))
}
