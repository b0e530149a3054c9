//! A whole picture: its segments, and its views.

use super::areas::Areas;
use super::liaison::{ByName, Liaison};
use super::segment::{Rows, Segment};
use super::spread::Heap;
use super::view::{View, visible};
use crate::auth::{Permissions, Viewer};
use crate::cache::Cache;
use crate::database::changes::Version;
use entity::enums::{PublicationState, ResourceKind};
use std::num::NonZeroUsize;
use std::sync::{Arc, OnceLock};

/// Viewers with other permissions whose visible rows are kept; for 323,000 resources some 40 kB each.
const KEPT_VIEWS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(63);

/// Counts of the whole directory that are kept, some thousands of numbers each.
const KEPT_COUNTS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(63);

/// Every resource as of one commit.
pub struct Picture {
    /// The version of the change log of which it has everything.
    version: Version,
    /// The oldest and largest first.
    pub(super) parts: Vec<Part>,
    pub(super) areas: Arc<Areas>,
    pub(super) liaison: Arc<Liaison>,
    /// Made when one of its lists is first asked for.
    pub(super) by_name: OnceLock<ByName>,
    visible: Cache<Arc<Permissions>, Arc<Vec<Rows>>>,
    /// Counts of the whole directory.
    pub(super) counted: Cache<Counted, Arc<Vec<Heap>>>,
}

/// What is counted: for a viewer, at a level, the resources of states and kinds.
pub(super) type Counted = (Arc<Permissions>, (u32, Vec<PublicationState>, Vec<ResourceKind>));

/// A segment, and which of its rows no later one has replaced.
#[derive(Clone)]
pub(super) struct Part {
    pub(super) segment: Arc<Segment>,
    pub(super) alive: Arc<Rows>,
}

impl Picture {
    pub(super) fn new(version: Version, parts: Vec<Part>, areas: Arc<Areas>, liaison: Arc<Liaison>) -> Self {
        Self {
            version,
            parts,
            areas,
            liaison,
            by_name: OnceLock::new(),
            visible: Cache::with_capacity(KEPT_VIEWS),
            counted: Cache::with_capacity(KEPT_COUNTS),
        }
    }

    /// Makes the orders that a first list in them would wait for.
    pub(super) fn warm(&self) {
        for Part { segment, .. } in &self.parts {
            segment.by_name();
            segment.by_verified();
            segment.extents();
        }
    }

    /// Whether it has everything of a version of the change log.
    pub(super) fn is_of(&self, version: Version) -> bool {
        self.version.covers(version)
    }

    /// What a viewer may see of it.
    pub fn visible_to(self: &Arc<Self>, viewer: &Viewer) -> Arc<View> {
        let permissions = viewer.permissions();
        let found = self.visible.get(permissions).unwrap_or_else(|| {
            let rows = |part: &Part| visible(&part.segment, permissions) & &*part.alive;
            let visible: Arc<Vec<Rows>> = Arc::new(self.parts.iter().map(rows).collect());
            self.visible.put(Arc::clone(permissions), Arc::clone(&visible));
            visible
        });
        Arc::new(View::new(Arc::clone(self), found, Arc::clone(permissions)))
    }
}
