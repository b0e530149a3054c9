//! Failed sign-ins with a mail address that no account has. They are counted like those of accounts, so that
//! a client cannot find out which addresses have an account.

use crate::dialect;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::execute(manager, TABLES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const TABLES: &str = r#"
CREATE TABLE unknown_sign_in (
  -- Only a digest: people mistype addresses, and sometimes type their password there.
  email_hash {key} PRIMARY KEY,
  failed_attempts INTEGER NOT NULL,
  locked_until BIGINT NOT NULL
);
CREATE INDEX unknown_sign_in_locked_until ON unknown_sign_in (locked_until);
"#;
