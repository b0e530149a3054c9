//! Organizations that run resources: corporations (法人) and, below them, offices.

mod object;
pub mod store;

use uuid::Uuid;

/// An organization that runs resources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    pub(crate) uuid: Uuid,
    name: String,
    corporate_number: Option<String>,
    parent_id: Option<i64>,
}
