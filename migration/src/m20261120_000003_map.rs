//! Numbers of resources on the map, by cell at three sizes, so that a map of all Japan and a count for a city
//! read a few hundred rows instead of every resource.
//!
//! Triggers maintain the numbers: they agree with the table after any write to a resource, also when its
//! state hides it. A cell of level n is a quad of the globe, split n times in both directions
//! (`crates/japan/src/values/cell.rs`): 8 is about 120 km, 11 about 15 km, 14 about 2 km wide.

use crate::dialect;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::execute(manager, TABLE).await?;
        let triggers = match manager.get_database_backend() {
            DbBackend::Postgres => postgres(),
            _ => sqlite(),
        };
        dialect::execute(manager, &triggers).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const TABLE: &str = r#"
CREATE TABLE map_cell (
  level SMALLINT NOT NULL,
  cell BIGINT NOT NULL,
  kind SMALLINT NOT NULL,
  categories {key} NOT NULL,
  state SMALLINT NOT NULL,
  count BIGINT NOT NULL,
  latitude_sum DOUBLE PRECISION NOT NULL,
  longitude_sum DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (level, cell, kind, categories, state)
);
"#;

/// Adds a row to its cell of each level.
fn add(row: &str) -> String {
    let value = |level: u32| {
        let size = 1_i64 << (2 * (20 - level));
        format!(
            "({level}, {row}.cell / {size}, {row}.kind, {row}.categories, {row}.state, 1, {row}.latitude, {row}.longitude)"
        )
    };
    format!(
        "INSERT INTO map_cell (level, cell, kind, categories, state, count, latitude_sum, longitude_sum)
         VALUES {}, {}, {}
         ON CONFLICT (level, cell, kind, categories, state) DO UPDATE SET
           count = map_cell.count + 1,
           latitude_sum = map_cell.latitude_sum + excluded.latitude_sum,
           longitude_sum = map_cell.longitude_sum + excluded.longitude_sum;",
        value(8),
        value(11),
        value(14)
    )
}

/// Removes a row from its cell of each level.
fn take(row: &str) -> String {
    let cell =
        |level: u32| format!("(level = {level} AND cell = {row}.cell / {})", 1_i64 << (2 * (20 - level)));
    let which = format!(
        "({} OR {} OR {}) AND kind = {row}.kind AND categories = {row}.categories AND state = {row}.state",
        cell(8),
        cell(11),
        cell(14)
    );
    format!(
        "UPDATE map_cell SET count = count - 1, latitude_sum = latitude_sum - {row}.latitude,
           longitude_sum = longitude_sum - {row}.longitude WHERE {which};
         DELETE FROM map_cell WHERE count = 0 AND {which};"
    )
}

fn sqlite() -> String {
    let (add, take) = (add("NEW"), take("OLD"));
    format!(
        "CREATE TRIGGER resource_map_insert AFTER INSERT ON resource WHEN NEW.cell IS NOT NULL BEGIN {add} END;
         CREATE TRIGGER resource_map_delete AFTER DELETE ON resource WHEN OLD.cell IS NOT NULL BEGIN {take} END;
         CREATE TRIGGER resource_map_leave AFTER UPDATE OF cell, kind, categories, state, latitude, longitude
           ON resource WHEN OLD.cell IS NOT NULL BEGIN {take} END;
         CREATE TRIGGER resource_map_enter AFTER UPDATE OF cell, kind, categories, state, latitude, longitude
           ON resource WHEN NEW.cell IS NOT NULL BEGIN {add} END;"
    )
}

fn postgres() -> String {
    let (add, take) = (add("NEW"), take("OLD"));
    format!(
        "CREATE FUNCTION resource_map() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN
           IF TG_OP <> 'INSERT' AND OLD.cell IS NOT NULL THEN {take} END IF;
           IF TG_OP <> 'DELETE' AND NEW.cell IS NOT NULL THEN {add} END IF;
           RETURN NULL;
         END $$;
         CREATE TRIGGER resource_map AFTER INSERT OR DELETE OR
           UPDATE OF cell, kind, categories, state, latitude, longitude ON resource
           FOR EACH ROW EXECUTE FUNCTION resource_map();"
    )
}
