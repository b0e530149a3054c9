//! The index behind Japanese full-text search: grams written as plain words, so that neither
//! database needs a Japanese tokenizer (`crates/japan/src/text` says how they are made).

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sql = match manager.get_database_backend() {
            DbBackend::Postgres => {
                "CREATE TABLE resource_search (
                   resource_id BIGINT PRIMARY KEY REFERENCES resource (id) ON DELETE CASCADE,
                   grams TSVECTOR NOT NULL
                 );
                 CREATE INDEX resource_search_grams ON resource_search USING GIN (grams)"
            }
            _ => {
                "CREATE VIRTUAL TABLE resource_search USING fts5(
                   grams, content='', contentless_delete=1, tokenize='ascii')"
            }
        };
        manager.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
