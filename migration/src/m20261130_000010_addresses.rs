//! Postal codes, and the address of a service of a care facility where it differs from that of the facility.

use super::dialect;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const COLUMNS: &str = r#"
ALTER TABLE resource ADD COLUMN postal_code TEXT;
ALTER TABLE care_service ADD COLUMN address TEXT;
ALTER TABLE care_service ADD COLUMN building TEXT;
"#;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::execute(manager, COLUMNS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
