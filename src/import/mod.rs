//! Files in: official open data, read, cleaned, compared, and written in one transaction per file.

mod cells;
pub mod check;
pub mod complaint;
pub mod demo;
mod derive;
mod file;
mod facts;
pub mod formats;
mod options;
mod read;
pub mod report;
pub mod review;
mod row;
mod run;
mod source;
pub mod tables;
pub mod template;

pub use crate::import::cells::clean::date_in_name;
pub use crate::import::derive::draft::uuid_of;
pub use crate::import::options::ImportOptions;
pub use crate::import::run::{Outcome, import};

use crate::auth::row_scope::{Unscoped, WithoutViewer};
use crate::database::{Databases, ImportTurn};
use sea_orm::DatabaseConnection;

/// Reads before the turn of an import begins. An import compares with every row, whoever may read it.
#[expect(clippy::disallowed_methods, reason = "an import has no viewer")]
fn reading(databases: &Databases) -> WithoutViewer<'_, DatabaseConnection> {
    WithoutViewer::of(&databases.read)
}

/// An import compares with every row, and derives what viewers may read afterwards.
impl Unscoped for ImportTurn {}
