//! Prepared changes: an import compares what it is going to write before it writes, so that the triggers of the change log
//! have nothing to note while it does (`src/database/changes/prepared.rs`). Who follows the log finds what closes something in
//! it without reading the rest.

use crate::dialect;
use crate::m20261130_000012_changes::WATCHES;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::execute(manager, CLOSINGS).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            return dialect::execute(manager, POSTGRES).await;
        }
        dialect::execute(manager, SQLITE).await?;
        for watch in WATCHES {
            let triggers = [watch.drop_sqlite(), watch.sqlite(UNPREPARED)].join("\n");
            dialect::execute(manager, &triggers).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// What closes something in a large transaction has to be known at once.
const CLOSINGS: &str = "CREATE INDEX change_closes ON change (set_id) WHERE closes;";

/// It has a row within a transaction that writes prepared changes, and none when that is committed.
const SQLITE: &str = "CREATE TABLE changes_prepared (n INTEGER PRIMARY KEY);";
const UNPREPARED: &str = "WHEN NOT EXISTS (SELECT 1 FROM changes_prepared)";

const POSTGRES: &str = r#"
CREATE OR REPLACE FUNCTION note_touched() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  keys TEXT := TG_ARGV[0] || ' FROM (' || TG_ARGV[1] || ') AS k WHERE k.id IS NOT NULL ON CONFLICT DO NOTHING';
  logs TEXT := current_setting('yui.logs', true);
BEGIN
  IF logs = 'prepared' THEN
    RETURN NULL;
  ELSIF logs = 'on' THEN
    EXECUTE 'INSERT INTO touched (tx, thing, id, part) SELECT DISTINCT txid_current(), ' || keys;
  ELSE
    EXECUTE 'INSERT INTO touched_past (thing, id, part) SELECT DISTINCT ' || keys;
  END IF;
  RETURN NULL;
END $$;
"#;
