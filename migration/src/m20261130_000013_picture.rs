//! Lists, searches and maps are answered from memory (`src/picture`): the text index becomes a table of plain search keys, of
//! which the index in memory is built, and the stored counts by map cell go.
//!
//! The keys are written by the upgrade that follows (`src/search_index.rs`).

use crate::dialect;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let triggers = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        dialect::execute(manager, triggers).await?;
        dialect::execute(manager, TABLES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const SQLITE: &str = "
DROP TRIGGER resource_map_insert;
DROP TRIGGER resource_map_delete;
DROP TRIGGER resource_map_leave;
DROP TRIGGER resource_map_enter;
";

const POSTGRES: &str = "
DROP TRIGGER resource_map ON resource;
DROP FUNCTION resource_map();
";

/// Indexes that only lists and searches have used go as well: each costs every import.
const TABLES: &str = r#"
DROP INDEX resource_cell;
DROP INDEX resource_prefecture;
DROP INDEX resource_kind;
DROP INDEX resource_name;
DROP INDEX resource_verified;
DROP INDEX medical_facility_department_code;
DROP INDEX care_service_code;
DROP INDEX resource_tag_of;
DROP TABLE map_cell;
DROP TABLE resource_search;
CREATE TABLE resource_search (
  resource_id BIGINT PRIMARY KEY REFERENCES resource (id) ON DELETE CASCADE,
  -- Search keys, each on a line of its own.
  names TEXT NOT NULL,
  others TEXT NOT NULL
);
"#;
