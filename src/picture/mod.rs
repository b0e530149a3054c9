//! The picture: every resource of the directory in memory, as of one commit, from which lists, counts, searches, maps and
//! calendars are answered.
//!
//! A `Picture` never changes. It is made of segments (`segment.rs`): one large one, and small ones with what has changed
//! since that was built, whose rows take the place of those with the same keys before them. `Pictures` (`keeper.rs`) keeps
//! the newest one: it follows the change log of the database, and makes a new picture that shares all that did not change.
//!
//! The picture holds what nobody may see, too. The only way in is `Picture::visible_to`: a `View` begins every question
//! with the rows of which its viewer may know, and gives out of each row what the viewer may read. The database stays the
//! truth, and has what is read by key for one record: services, departments, details, sources.

mod areas;
mod build;
mod calendar;
mod change;
mod grams;
mod index;
mod keeper;
mod liaison;
mod load;
mod open;
mod order;
mod raw;
mod record;
mod segment;
mod select;
mod snapshot;
mod spread;
mod text;
mod texts;
mod view;

pub use areas::{Areas, DistrictCode};
pub use calendar::Following;
pub use keeper::Pictures;
pub use liaison::{Desk, Entry, ReadableDesk, ReadableSheet, Sheet, TagGroup, Tags};
pub use open::{Dates, RuleGroups};
pub use order::{Sorting, Spot};
pub use record::{OwnContact, OwnOrganization, Record};
pub use select::{Criterion, OfService, Wanted};
pub use snapshot::Picture;
pub use spread::Heap;
pub use texts::ResourceTexts;
pub use view::{Matches, View};
