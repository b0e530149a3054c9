//! Indexes for the search by a phone or fax number.

use super::dialect;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEXES: &str = r#"
CREATE INDEX contact_point_phone ON contact_point (phone_e164);
CREATE INDEX contact_point_fax ON contact_point (fax_e164);
"#;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::execute(manager, INDEXES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
