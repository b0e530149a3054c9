//! Publishes what was prepared: a handful of statements in one transaction, whatever the number of rows.

use crate::database::WriteTransaction;
use crate::import::derive::staged::{DIFFERING, NEW, Staged};
use entity::{
    change, municipality, official_record, organization, resource, resource_district, schedule_rule, source,
};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, EntityName, EntityTrait, IdenStatic, Iterable, Statement};

/// Columns of a resource that have an index: they are written only where they differ.
const INDEXED: [resource::Column; 3] =
    [resource::Column::MunicipalityId, resource::Column::HomeDistrictId, resource::Column::OrganizationId];

fn columns<E: EntityTrait>() -> Vec<&'static str> {
    E::Column::iter().map(|column| column.as_str()).collect()
}

impl Staged {
    /// Writes everything that was prepared, in a transaction that rewrites the directory. `logging` is that transaction,
    /// where the entries of the change log are prepared as well.
    pub(super) async fn publish(
        &self,
        db: &impl ConnectionTrait,
        logging: Option<&WriteTransaction>,
    ) -> Result<(), DbErr> {
        let last = last_key(db).await?;
        let begun = match logging {
            Some(transaction) => Some((transaction, transaction.begin_prepared().await?)),
            None => None,
        };
        for table in [
            municipality::Entity.table_name(),
            organization::Entity.table_name(),
            source::Entity.table_name(),
        ] {
            self.add_all(db, table).await?;
        }
        self.publish_rules(db).await?;
        self.publish_resources(db, last).await?;
        self.publish_records(db).await?;
        if let Some((transaction, begun)) = begun {
            transaction.take_up(begun, &self.name(change::Entity.table_name()), (NEW, last)).await?;
        }
        Ok(())
    }

    /// Makes the prepared rows known to the planner of the database.
    pub(super) async fn analyze(&self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        for (table, _) in self.all() {
            self.tables().analyze(db, table).await?;
        }
        Ok(())
    }

    /// Drops the prepared tables.
    pub(super) async fn drop_tables(self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        for table in self.all().into_iter().map(|(table, _)| table).chain([DIFFERING]) {
            self.tables().drop(db, table).await?;
        }
        Ok(())
    }

    /// Rows with keys of their own, in a table where the database gives keys too.
    async fn add_all(&self, db: &impl ConnectionTrait, table: &str) -> Result<(), DbErr> {
        let added = format!("INSERT INTO {table} SELECT * FROM {}", self.name(table));
        if db.execute_unprepared(&added).await?.rows_affected() > 0 {
            go_on_after(db, table).await?;
        }
        Ok(())
    }

    async fn publish_rules(&self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        let table = schedule_rule::Entity.table_name();
        let all = columns::<schedule_rule::Entity>().join(", ");
        let sql = format!(
            "INSERT INTO {table} ({all}) SELECT {all} FROM {} WHERE true ON CONFLICT DO NOTHING",
            self.name(table)
        );
        db.execute_unprepared(&sql).await.map(drop)
    }

    /// The resources and the rows below them. `last` is the last internal key that is stored.
    async fn publish_resources(&self, db: &impl ConnectionTrait, last: i64) -> Result<(), DbErr> {
        let (table, staged) = (resource::Entity.table_name(), self.name(resource::Entity.table_name()));
        let stored = format!("SELECT id FROM {staged} WHERE id < {NEW}");
        let key = |column: &str| {
            format!("CASE WHEN {column} >= {NEW} THEN {column} - {NEW} + {last} ELSE {column} END")
        };
        // What leaves one resource may come to another: all rows go before any comes.
        let differing = self.name(DIFFERING);
        for (place, below) in self.below.iter().enumerate() {
            let those = format!("SELECT id FROM {differing} WHERE place = {place}");
            let sql = format!("DELETE FROM {} WHERE resource_id IN ({those})", below.name);
            db.execute_unprepared(&sql).await?;
        }
        let districts = resource_district::Entity.table_name();
        if !self.with_districts.is_empty() {
            let listed = self.with_districts.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
            db.execute_unprepared(&format!("DELETE FROM {districts} WHERE resource_id IN ({listed})"))
                .await?;
        }
        let indexed = INDEXED.map(|column| column.as_str());
        let plain: Vec<&str> = columns::<resource::Entity>()
            .into_iter()
            .filter(|column| !indexed.contains(column) && !["id", "uuid"].contains(column))
            .collect();
        let set = |columns: &[&str], of_these: &str| {
            let (names, values) = (columns.join(", "), columns.iter().map(|column| format!("s.{column}")));
            let values = values.collect::<Vec<_>>().join(", ");
            format!(
                "UPDATE {table} SET ({names}) = (SELECT {values} FROM {staged} s WHERE s.id = {table}.id) WHERE id IN ({of_these})"
            )
        };
        db.execute_unprepared(&set(&plain, &stored)).await?;
        let differs = indexed.map(|column| format!("r.{column} IS DISTINCT FROM s.{column}")).join(" OR ");
        let moved = format!(
            "SELECT s.id FROM {staged} s JOIN {table} r ON r.id = s.id WHERE s.id < {NEW} AND ({differs})"
        );
        db.execute_unprepared(&set(&indexed, &moved)).await?;
        let rest: Vec<&str> =
            columns::<resource::Entity>().into_iter().filter(|name| *name != "id").collect();
        let rest = rest.join(", ");
        let (id, new) = (key("id"), format!("FROM {staged} WHERE id >= {NEW} ORDER BY id"));
        let added = format!("INSERT INTO {table} (id, {rest}) SELECT {id}, {rest} {new}");
        if db.execute_unprepared(&added).await?.rows_affected() > 0 {
            go_on_after(db, table).await?;
        }
        let districts = (districts, columns::<resource_district::Entity>());
        let below = self.below.iter().map(|below| (below.name, below.columns.clone()));
        for (name, columns) in below.chain([districts]) {
            let values = columns.iter().map(|column| match *column {
                "resource_id" => key("resource_id"),
                other => other.to_owned(),
            });
            let (names, values) = (columns.join(", "), values.collect::<Vec<_>>().join(", "));
            let sql = format!("INSERT INTO {name} ({names}) SELECT {values} FROM {}", self.name(name));
            db.execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    /// The records; the ones of the same format and key are replaced. Of those that only say the same at another day, the
    /// day is written.
    async fn publish_records(&self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        let table = official_record::Entity.table_name();
        let all = columns::<official_record::Entity>().into_iter().filter(|column| *column != "id");
        let all: Vec<&str> = all.collect();
        let over = all.iter().filter(|column| !["format", "record_key"].contains(column));
        let over: Vec<String> = over.map(|column| format!("{column} = excluded.{column}")).collect();
        let (all, over, staged) = (all.join(", "), over.join(", "), self.name(table));
        let days = format!(
            "UPDATE {table} SET (as_of, source_id, vanished_on) = \
             (SELECT s.as_of, s.source_id, s.vanished_on FROM {staged} s WHERE s.id = {table}.id) \
             WHERE id IN (SELECT id FROM {staged} WHERE id > 0)"
        );
        db.execute_unprepared(&days).await?;
        let sql = format!(
            "INSERT INTO {table} ({all}) SELECT {all} FROM {staged} WHERE id = 0 \
             ON CONFLICT (format, record_key) DO UPDATE SET {over}"
        );
        db.execute_unprepared(&sql).await.map(drop)
    }
}

/// The last internal key of a stored resource; 0: there is none.
async fn last_key(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let sql = "SELECT COALESCE(MAX(id), 0) FROM resource";
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    row.map_or(Ok(0), |row| row.try_get_by_index(0))
}

/// Has PostgreSQL give keys after the last one that is stored; SQLite does so by itself.
async fn go_on_after(db: &impl ConnectionTrait, table: &str) -> Result<(), DbErr> {
    if db.get_database_backend() == DbBackend::Postgres {
        let sequence = format!("pg_get_serial_sequence('{table}', 'id')");
        db.execute_unprepared(&format!("SELECT setval({sequence}, (SELECT MAX(id) FROM {table}))")).await?;
    }
    Ok(())
}
