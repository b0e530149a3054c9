//! Where a long change is prepared: tables of one session, which nobody else sees and which end with it. While they are
//! filled no lock of the directory is held, so that others can write.
//!
//! On PostgreSQL they belong to a transaction that has touched nothing else yet. On SQLite they lie in the temporary database
//! of the writer's connection, whose file has no name and is gone with the process.

use super::{Databases, ImportTurn, WriteTransaction};
use sea_orm::sea_query::Alias;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, EntityTrait, ExecResult,
    QueryResult, QueryTrait, Statement,
};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::time::Instant;

/// Rows of a statement. Few sizes, so that the statements are prepared once and few of them are kept.
const SIZES: [usize; 4] = [256, 32, 4, 1];

/// The session in which a change is prepared.
#[derive(Debug)]
pub struct Staging {
    databases: Databases,
    /// On PostgreSQL.
    transaction: Option<WriteTransaction>,
}

impl Databases {
    /// Begins to prepare a change.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn stage(&self) -> Result<Staging, DbErr> {
        let transaction = if self.is_postgres() { Some(self.begin_write().await?) } else { None };
        Ok(Staging { databases: self.clone(), transaction })
    }
}

impl Staging {
    /// Waits for the lock for rewriting the directory, and begins to write; the tables stay.
    ///
    /// # Errors
    /// When the database fails, or when other transactions held the lock for too long.
    pub async fn begin_rewrite(self) -> Result<ImportTurn, DbErr> {
        let Self { databases, transaction } = self;
        let Some(transaction) = transaction else { return ImportTurn::begin(&databases, false).await };
        let deadline = Instant::now() + databases.patience;
        let transaction = transaction.rewriting(databases.rewrite_turn(deadline).await?);
        super::begin::take_rewrite_lock(&transaction, deadline).await?;
        Ok(ImportTurn::Real(transaction))
    }
}

/// The names of prepared tables: no two changes of a process use the same.
#[derive(Clone, Copy, Debug)]
pub struct StagedTables(u64);

impl Default for StagedTables {
    fn default() -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Self(LAST.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

impl StagedTables {
    /// The name of the table that is prepared in place of another.
    pub fn name(self, table: &str) -> String {
        format!("staged_{}_{table}", self.0)
    }

    /// Makes an empty table with the columns of another, and an index of one of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn create(self, db: &impl ConnectionTrait, table: &str, key: &str) -> Result<(), DbErr> {
        let name = self.name(table);
        let rest = match db.get_database_backend() {
            DbBackend::Postgres => format!("ON COMMIT DROP AS SELECT * FROM {table} WITH NO DATA"),
            _ => format!("AS SELECT * FROM {table} WHERE false"),
        };
        db.execute_unprepared(&format!("CREATE TEMPORARY TABLE {name} {rest}")).await?;
        db.execute_unprepared(&format!("CREATE INDEX {name}_{key} ON {name} ({key})")).await?;
        Ok(())
    }

    /// Makes an empty table with columns of its own, `place INTEGER, id BIGINT`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn create_with(
        self,
        db: &impl ConnectionTrait,
        table: &str,
        columns: &str,
    ) -> Result<(), DbErr> {
        let rest = match db.get_database_backend() {
            DbBackend::Postgres => "ON COMMIT DROP",
            _ => "",
        };
        let name = self.name(table);
        db.execute_unprepared(&format!("CREATE TEMPORARY TABLE {name} ({columns}) {rest}")).await?;
        Ok(())
    }

    /// Makes its rows known to the planner of PostgreSQL, which takes a table of a session for an empty one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn analyze(self, db: &impl ConnectionTrait, table: &str) -> Result<(), DbErr> {
        if db.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared(&format!("ANALYZE {}", self.name(table))).await?;
        }
        Ok(())
    }

    /// Drops a table.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop(self, db: &impl ConnectionTrait, table: &str) -> Result<(), DbErr> {
        db.execute_unprepared(&format!("DROP TABLE IF EXISTS {}", self.name(table))).await?;
        Ok(())
    }
}

/// Inserts rows into a table with the columns of their own one.
///
/// # Errors
/// When the database fails.
pub async fn insert_into<A>(
    db: &impl ConnectionTrait,
    table: &str,
    rows: impl IntoIterator<Item = A>,
) -> Result<(), DbErr>
where
    A: ActiveModelTrait + Send,
{
    let mut rows: VecDeque<A> = rows.into_iter().collect();
    for size in SIZES {
        while rows.len() >= size {
            let mut insert = A::Entity::insert_many(rows.drain(..size));
            let statement = insert.query().into_table(Alias::new(table));
            db.execute(statement).await?;
        }
    }
    Ok(())
}

impl Staging {
    fn writer(&self) -> &DatabaseConnection {
        self.databases.writer()
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Staging {
    fn get_database_backend(&self) -> DbBackend {
        self.writer().get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match &self.transaction {
            Some(transaction) => transaction.execute_raw(statement).await,
            None => self.writer().execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match &self.transaction {
            Some(transaction) => transaction.execute_unprepared(sql).await,
            None => self.writer().execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match &self.transaction {
            Some(transaction) => transaction.query_one_raw(statement).await,
            None => self.writer().query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match &self.transaction {
            Some(transaction) => transaction.query_all_raw(statement).await,
            None => self.writer().query_all_raw(statement).await,
        }
    }
}
