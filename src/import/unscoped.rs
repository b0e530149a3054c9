//! Database reads of imports, which have no viewer: before the write transaction and within it.

use crate::auth::row_scope::{Unscoped, WithoutViewer};
use crate::database::{Databases, ImportTurn};
use sea_orm::DatabaseConnection;

/// Reads before the write transaction. An import compares with every row, whatever its visibility.
#[expect(clippy::disallowed_methods, reason = "an import has no viewer")]
pub(super) fn reading(databases: &Databases) -> WithoutViewer<'_, DatabaseConnection> {
    WithoutViewer::of(&databases.read)
}

/// An import compares with every row, and derives from them what viewers may read.
impl Unscoped for ImportTurn {}
