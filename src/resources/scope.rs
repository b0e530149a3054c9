//! The only way to resources and their contacts: what the viewer may know of.

use crate::auth::{Viewer, conditions};
use entity::{contact_point, map_cell, resource};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};

/// Resources this viewer may know about.
#[expect(clippy::disallowed_methods, reason = "this is the scoped select that everything else starts from")]
pub fn visible_to(viewer: &Viewer) -> Select<resource::Entity> {
    resource::Entity::find().filter(conditions::resources(viewer))
}

/// Contacts this viewer may read, of resources they may know about.
#[expect(clippy::disallowed_methods, reason = "this is the scoped select that everything else starts from")]
pub fn contacts_visible_to(viewer: &Viewer) -> Select<contact_point::Entity> {
    contact_point::Entity::find().filter(conditions::contacts(viewer))
}

/// Counts by map cell of resources this viewer may know about wherever they are. Where a tie decides, a
/// count cannot tell: see `Listing::counted_by_cell`.
#[expect(clippy::disallowed_methods, reason = "this is the scoped select that everything else starts from")]
pub fn map_cells_visible_to(viewer: &Viewer) -> Select<map_cell::Entity> {
    let states = conditions::states_known_anywhere(viewer);
    map_cell::Entity::find().filter(map_cell::Column::State.is_in(states))
}
