//! Reading the database as of one commit.

use super::Databases;
use sea_orm::{AccessMode, DatabaseTransaction, DbErr, IsolationLevel, TransactionTrait};

impl Databases {
    /// A transaction that only reads: all of its statements see the database as of one commit. Ends when dropped.
    ///
    /// # Errors
    /// When the database does not answer.
    #[expect(clippy::disallowed_methods, reason = "nothing is written in it")]
    pub async fn snapshot(&self) -> Result<DatabaseTransaction, DbErr> {
        if !self.is_postgres() {
            return self.shared.reading.begin().await;
        }
        let (isolation, access) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
        self.shared.reading.begin_with_config(Some(isolation), Some(access)).await
    }
}
