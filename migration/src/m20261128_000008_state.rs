//! Notes of the program about the database itself: whether loading the demo was completed, and a value that
//! is written to check whether writes succeed.

use super::dialect;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const STATE: &str = r#"
CREATE TABLE program_state (
  name {key} PRIMARY KEY,
  value TEXT NOT NULL
);
"#;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::execute(manager, STATE).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
