//! Steps that bring what is stored up to the rules of this version, each done once for a database.

use super::{Databases, ImportTurn, state};
use sea_orm::DbErr;

/// A step, with the name of its rules in this version. A version with other rules has another name.
#[derive(Clone, Copy, Debug)]
pub struct UpgradeStep {
    /// The name of its note in `state`.
    pub note: &'static str,
    /// The rules of this version.
    pub rules: &'static str,
}

impl UpgradeStep {
    /// Whether it was not done by the rules of this version yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_pending(&self, databases: &Databases) -> Result<bool, DbErr> {
        Ok(state::get(&databases.read, self.note).await?.as_deref() != Some(self.rules))
    }

    /// The transaction in which to do it; `None` when it was done.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin(&self, databases: &Databases) -> Result<Option<ImportTurn>, DbErr> {
        if !self.is_pending(databases).await? {
            return Ok(None);
        }
        let turn = ImportTurn::begin(databases, false).await?;
        // Another program may have done it while this one waited.
        if state::get(&turn, self.note).await?.as_deref() == Some(self.rules) {
            turn.rollback().await?;
            return Ok(None);
        }
        Ok(Some(turn))
    }

    /// Notes that it is done, and commits.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn finish(&self, turn: ImportTurn) -> Result<(), DbErr> {
        state::set(&turn, self.note, self.rules).await?;
        turn.commit_upgrade().await
    }
}
