//! The change log: what every transaction changed in the directory, in the order of the commits.
//!
//! Triggers of the database note the touched rows (`migration/src/m20261130_000012_changes.rs`), so that no writer
//! can forget the log. The commit ([`WriteTransaction::commit`](super::WriteTransaction::commit)) compares them with
//! what is committed (`compare.rs`), writes one row of `change` for each thing that differs (`record.rs`), and numbers
//! the transaction under a lock. Numbers are therefore without gaps and in the order of the commits: a reader that
//! asks for what follows the last one it has seen misses nothing and sees nothing twice (`log.rs`).
//!
//! A change names the fields, and who could read the thing and the field before and after (`readers.rs`), never a
//! value.

mod compare;
mod fields;
mod log;
mod prepared;
mod readers;
mod record;
mod rows;
mod seen;
mod watched;

pub use compare::compare_staged;
pub use log::{Expired, Follower, Logged, Mark, Marks, Position, marks, newest, trim};
pub use prepared::{Prepared, StagedRows, stage};
pub use readers::{Readers, Ties};
pub(super) use record::{finish, finish_everything};
pub(super) use seen::Seen;
pub use seen::Version;

use entity::enums::{ChangeType, ChangedThing};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A thing that a transaction changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Kind of thing.
    pub thing: ChangedThing,
    /// Internal key of the thing in its table.
    pub id: i64,
    /// Public id; `None`: it has none.
    pub uuid: Option<Uuid>,
    /// What happened to it.
    pub how: ChangeType,
    /// Whether somebody may see less than before.
    pub closes: bool,
    /// Who could read it before; `None`: it did not exist.
    pub before: Option<Readers>,
    /// Who can read it after; `None`: it does not exist.
    pub after: Option<Readers>,
    /// The fields that differ. Of a thing that is new or gone: none, all of it is meant.
    pub fields: Vec<ChangedField>,
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedField {
    /// In the words of the schema, `location.address`; `*`: unknown which, since the row was written past this program.
    pub field: String,
    /// Who could read what is no longer there, where these are others than the readers of the thing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<Readers>,
    /// Who can read what is there instead, in the same way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<Readers>,
}
