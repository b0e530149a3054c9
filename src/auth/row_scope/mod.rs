//! Row-level scope: the four ways to read rows. `tables.rs` lists which of them each table has.
//!
//! `EntityTrait::find` is forbidden by clippy. A statement begins with one of these instead:
//! [`visible_to`] for a table whose rows depend on the viewer, [`public`] for a public table,
//! [`below`] for rows that are as visible as the resource they belong to, and [`Unscoped::every`] for code that has
//! no viewer: imports, commands, sign-in, and changes whose permission was checked before.
//! A table without an entry there is read through [`Unscoped`] only.
//!
//! A row that the viewer may not read equals a row that does not exist: it is not listed, counted, found or
//! hinted at. `tests/api/access.rs` compares every root field with a directory that never held the hidden
//! rows.

mod tables;

use super::Viewer;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, ExecResult, QueryFilter, QueryResult,
    Select, Statement,
};
use uuid::Uuid;

/// A table of which a viewer may read some rows.
pub trait Scoped: EntityTrait {
    /// Limits a statement to the rows that the viewer may read.
    fn scope(select: Select<Self>, viewer: &Viewer) -> Select<Self>;
}

/// A public table: every viewer may read every row.
pub trait Public: EntityTrait {}

/// A table whose rows are as visible as the resource they belong to.
pub trait Below: EntityTrait {
    /// References `resource.id`.
    const RESOURCE: Self::Column;
}

/// The rows of a table that a viewer may read.
#[expect(clippy::disallowed_methods, reason = "the scope of the table is applied here")]
pub fn visible_to<E: Scoped>(viewer: &Viewer) -> Select<E> {
    E::scope(E::find(), viewer)
}

/// The rows with some public ids that a viewer may read, in no particular order.
///
/// # Errors
/// When the database fails.
pub async fn find_visible<E: Scoped>(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    uuid: E::Column,
    ids: &[Uuid],
) -> Result<Vec<E::Model>, DbErr> {
    visible_to::<E>(viewer).filter(uuid.is_in(ids.iter().copied())).all(db).await
}

/// All rows of a public table.
#[expect(clippy::disallowed_methods, reason = "the table is public")]
pub fn public<E: Public>() -> Select<E> {
    E::find()
}

/// The rows that belong to resources, by their internal keys: the caller has found those with [`visible_to`].
#[expect(clippy::disallowed_methods, reason = "the rows are as visible as the resources that are given")]
pub fn below<E: Below>(resources: impl IntoIterator<Item = i64>) -> Select<E> {
    E::find().filter(E::RESOURCE.is_in(resources))
}

/// The same for the resources that a statement finds, which began with [`visible_to`].
#[expect(clippy::disallowed_methods, reason = "the rows are as visible as the resources that are found")]
pub fn below_found<E: Below>(resources: SelectStatement) -> Select<E> {
    E::find().filter(E::RESOURCE.in_subquery(resources))
}

/// A connection of code that has no viewer.
pub trait Unscoped: ConnectionTrait {
    /// All rows of a table, without row-level scope.
    #[expect(clippy::disallowed_methods, reason = "the connection shows that there is no viewer")]
    fn every<E: EntityTrait>(&self) -> Select<E> {
        E::find()
    }
}

/// A connection that is used without a viewer. Clippy forbids to make one; the places that do give their reason.
#[derive(Debug)]
pub struct WithoutViewer<'c, C>(&'c C);

impl<'c, C: ConnectionTrait> WithoutViewer<'c, C> {
    /// For sign-in, for commands of the operator, and for changes whose permission was checked before.
    pub fn of(connection: &'c C) -> Self {
        Self(connection)
    }
}

impl<C: ConnectionTrait> Unscoped for WithoutViewer<'_, C> {}

#[async_trait::async_trait]
impl<C: ConnectionTrait> ConnectionTrait for WithoutViewer<'_, C> {
    fn get_database_backend(&self) -> DbBackend {
        self.0.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.0.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.0.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.0.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.0.query_all_raw(statement).await
    }
}
