//! Imports read without a viewer: before their turn, and in it.

use crate::auth::row_scope::{Unscoped, WithoutViewer};
use crate::database::{Databases, ImportTurn};
use sea_orm::DatabaseConnection;

/// Reads before the turn of an import begins. An import compares with every row, whoever may read it.
#[expect(clippy::disallowed_methods, reason = "an import has no viewer")]
pub(super) fn reading(databases: &Databases) -> WithoutViewer<'_, DatabaseConnection> {
    WithoutViewer::of(&databases.read)
}

/// An import compares with every row, and derives what viewers may read afterwards.
impl Unscoped for ImportTurn {}
