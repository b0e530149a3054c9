//! The change log: what changed in the directory, in the order of the commits.
//!
//! Triggers note the rows that a transaction touches in `touched`; its commit compares them with what is committed,
//! writes what differs to `change`, and empties `touched` (`src/database/changes`). So a writer of a watched table
//! cannot forget the log.

use crate::dialect;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
        dialect::execute(manager, TABLES).await?;
        let touched = if is_postgres { TOUCHED_POSTGRES } else { TOUCHED_SQLITE };
        dialect::execute(manager, touched).await?;
        for watch in WATCHES {
            let triggers = if is_postgres { watch.postgres() } else { watch.sqlite("") };
            dialect::execute(manager, &triggers).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const TABLES: &str = r#"
CREATE TABLE change_set (
  id {id},
  -- Position in the log: 1, 2, 3 without gaps, in the order of the commits. Null until the commit.
  seq BIGINT UNIQUE,
  at BIGINT NOT NULL,
  audit_entry_id BIGINT,
  everything BOOLEAN NOT NULL,
  changes INTEGER NOT NULL
);
CREATE TABLE change (
  set_id BIGINT NOT NULL,
  ordinal INTEGER NOT NULL,
  thing SMALLINT NOT NULL,
  thing_id BIGINT NOT NULL,
  uuid {uuid},
  how SMALLINT NOT NULL,
  closes BOOLEAN NOT NULL,
  readers_before TEXT,
  readers_after TEXT,
  fields TEXT NOT NULL,
  PRIMARY KEY (set_id, ordinal)
);
"#;

/// What another program wrote is in it as well, once it is committed.
const TOUCHED_SQLITE: &str = r#"
CREATE TABLE touched (
  tx BIGINT NOT NULL,
  thing SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  part INTEGER NOT NULL,
  PRIMARY KEY (tx, thing, id, part)
) WITHOUT ROWID;
"#;

/// The number of the transaction comes first in the key: nobody waits for, or looks through, the rows of others. Rows that
/// another program touches, whose transactions write no log, go to `touched_past`, which the next commit takes up.
const TOUCHED_POSTGRES: &str = r#"
CREATE UNLOGGED TABLE touched (
  tx BIGINT NOT NULL,
  thing SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  part INTEGER NOT NULL,
  PRIMARY KEY (tx, thing, id, part)
);
CREATE TABLE touched_past (
  thing SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  part INTEGER NOT NULL,
  PRIMARY KEY (thing, id, part)
);
CREATE FUNCTION note_touched() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  keys TEXT := TG_ARGV[0] || ' FROM (' || TG_ARGV[1] || ') AS k WHERE k.id IS NOT NULL ON CONFLICT DO NOTHING';
BEGIN
  IF current_setting('yui.logs', true) = 'on' THEN
    EXECUTE 'INSERT INTO touched (tx, thing, id, part) SELECT DISTINCT txid_current(), ' || keys;
  ELSE
    EXECUTE 'INSERT INTO touched_past (thing, id, part) SELECT DISTINCT ' || keys;
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'TRUNCATE would bypass the change log; use DELETE';
END $$;
"#;

/// A watched table: its rows are a part of a thing.
pub(crate) struct Watch {
    table: &'static str,
    /// Number of the thing in `entity::enums::ChangedThing`.
    thing: i16,
    /// Bit of the part, in `src/database/changes/watched.rs`.
    part: i32,
    /// Column with the internal key of the thing, or with its UUID.
    key: &'static str,
    /// Table of the thing, where the key is its UUID.
    named: Option<&'static str>,
    /// Condition on the row; `true`: every one.
    only: &'static str,
}

const fn by_id(table: &'static str, thing: i16, part: i32, key: &'static str) -> Watch {
    Watch { table, thing, part, key, named: None, only: "true" }
}

const fn by_uuid(
    table: &'static str,
    thing: i16,
    part: i32,
    key: &'static str,
    named: &'static str,
) -> Watch {
    Watch { table, thing, part, key, named: Some(named), only: "true" }
}

pub(crate) const WATCHES: &[Watch] = &[
    // Changes; data that was only read concerns no reader of the log.
    Watch { only: "kind = 2", ..by_id("audit_entry", 0, 1, "id") },
    by_id("resource", 1, 1, "id"),
    by_id("resource_district", 1, 2, "resource_id"),
    by_id("contact_point", 1, 4, "resource_id"),
    by_id("schedule", 1, 8, "resource_id"),
    by_id("care_service", 1, 16, "resource_id"),
    by_id("medical_facility", 1, 32, "resource_id"),
    by_id("medical_facility_department", 1, 64, "resource_id"),
    by_id("local_details", 1, 128, "resource_id"),
    by_id("resource_tag", 1, 256, "resource_id"),
    by_id("identifier", 1, 512, "resource_id"),
    by_uuid("consent", 1, 1024, "resource_uuid", "resource"),
    by_id("held_text", 1, 2048, "resource_id"),
    by_id("district", 2, 1, "id"),
    by_id("district_town", 2, 2, "district_id"),
    by_id("municipality", 3, 1, "id"),
    by_id("municipality_boundary", 3, 2, "municipality_id"),
    by_id("town", 3, 4, "municipality_id"),
    by_id("coordinator", 4, 1, "id"),
    by_id("coordinator_district", 4, 2, "coordinator_id"),
    by_id("organization", 5, 1, "id"),
    by_id("source", 6, 1, "id"),
    by_id("physician", 7, 1, "id"),
    by_id("affiliation", 7, 2, "physician_id"),
    by_id("liaison_sheet", 8, 1, "id"),
    by_uuid("distribution", 8, 2, "thing_uuid", "liaison_sheet"),
    by_id("liaison_entry", 8, 4, "sheet_id"),
    by_id("liaison_contact", 9, 1, "id"),
    by_uuid("distribution", 9, 2, "thing_uuid", "liaison_contact"),
    by_id("medical_acceptance", 10, 1, "id"),
    by_uuid("distribution", 10, 2, "thing_uuid", "medical_acceptance"),
    by_id("vacancy_report", 11, 1, "id"),
    by_uuid("distribution", 11, 2, "thing_uuid", "vacancy_report"),
];

impl Watch {
    fn name(&self, event: &str) -> String {
        format!("touched_{}_{}_{event}", self.table, self.thing)
    }

    /// The triggers of SQLite, which fire under a condition: `WHEN …`, or nothing.
    pub(crate) fn sqlite(&self, when: &str) -> String {
        let Self { table, thing, part, key, named, only } = self;
        let note = |row: &str| {
            let (id, rows) = match named {
                Some(named) => ("id".to_owned(), format!("FROM {named} WHERE uuid = {row}.{key}")),
                None if *only == "true" => (format!("{row}.{key}"), format!("WHERE {row}.{key} IS NOT NULL")),
                None => (format!("{row}.{key}"), format!("WHERE {row}.{only}")),
            };
            format!(
                "INSERT INTO touched (tx, thing, id, part) SELECT 0, {thing}, {id}, {part} {rows} ON CONFLICT DO NOTHING;"
            )
        };
        let (new, old) = (note("NEW"), note("OLD"));
        let (inserted, updated, deleted) = (self.name("insert"), self.name("update"), self.name("delete"));
        format!(
            "CREATE TRIGGER {inserted} AFTER INSERT ON {table} {when} BEGIN {new} END;
             CREATE TRIGGER {updated} AFTER UPDATE ON {table} {when} BEGIN {old} {new} END;
             CREATE TRIGGER {deleted} AFTER DELETE ON {table} {when} BEGIN {old} END;"
        )
    }

    pub(crate) fn drop_sqlite(&self) -> String {
        ["insert", "update", "delete"].map(|event| format!("DROP TRIGGER {};", self.name(event))).join("\n")
    }

    fn postgres(&self) -> String {
        let Self { table, thing, part, key, named, only } = self;
        let keys = |rows: &str| match named {
            Some(named) => format!("SELECT n.id FROM {rows} r JOIN {named} n ON n.uuid = r.{key}"),
            None => format!("SELECT {key} AS id FROM {rows} WHERE {only}"),
        };
        let row = format!("{thing}, k.id, {part}");
        let (one, both) = (keys("rows_now"), format!("{} UNION {}", keys("rows_before"), keys("rows_now")));
        let trigger = |event: &str, tables: &str, keys: &str| {
            format!(
                "CREATE TRIGGER {} AFTER {event} ON {table} REFERENCING {tables} FOR EACH STATEMENT
                   EXECUTE FUNCTION note_touched('{row}', '{keys}');",
                self.name(&event.to_lowercase())
            )
        };
        [
            trigger("INSERT", "NEW TABLE AS rows_now", &one),
            trigger("UPDATE", "OLD TABLE AS rows_before NEW TABLE AS rows_now", &both),
            trigger("DELETE", "OLD TABLE AS rows_now", &one),
            format!(
                "CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_truncate();"
            ),
        ]
        .join("\n")
    }
}
